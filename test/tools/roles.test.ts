// Who may call what, and which fields they set and see: every role, every tool, every field.
import { Client } from '@modelcontextprotocol/client';
import { InMemoryTransport } from '@modelcontextprotocol/server';
import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { ROLES, scopesOf, SCOPES, type Scope } from '../../src/domain/access.ts';
import { buildServer } from '../../src/protocol.ts';
import { callTool, listTools, openFile } from '../../src/server.ts';
import { resourceReader } from '../../src/server/resource-reader.ts';
import { setPlan } from '../../src/services/account/account.ts';
import { principalOf, setRole } from '../../src/services/access/people.ts';
import { TOOLS } from '../../src/tools/index.ts';
import { scopesNeeded, TOOLS_OF } from '../../src/tools/shown.ts';
import { openCompany, type Who } from '../support/company.ts';
import { NOT_HIS, ODD_AMOUNTS, ODD_WORDS, twoJobs } from '../support/two-jobs.ts';
import { sessionFor } from '../../src/server/session.ts';
import { textOf } from '../support/read.ts';
import { refusalOf } from '../support/refusal.ts';

const CALLER = { client: 'test 1.0', canAsk: false };
const OF: Readonly<Record<(typeof ROLES)[number], Who>> = { owner: 'maria', office: 'olga', crew: 'tom' };

/** Every field of a schema, at any depth: `job.customer.name`, `job.files[].ref`. */
function fieldsOf(schema: unknown, at = ''): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties, items, anyOf, $ref } = schema as Record<string, unknown>;
  if (typeof $ref === 'string') return [`${at} ${$ref}`];
  const own = Object.entries(properties ?? {}).flatMap(([name, inner]) => [
    `${at}${name}`,
    ...fieldsOf(inner, `${at}${name}.`),
  ]);
  const each = items === undefined ? [] : fieldsOf(items, at.replace(/\.$/, '[].'));
  const either = Array.isArray(anyOf) ? anyOf.flatMap((one) => fieldsOf(one, at)) : [];
  return [...own, ...each, ...either];
}

/** What is in words when it is sent is a field as any. */
const outputOf = (tool: { output: z.ZodType }) =>
  z.toJSONSchema(tool.output, { io: 'output', reused: 'inline', unrepresentable: 'any' });

test('what crew set and see, field by field', async () => {
  const table = TOOLS_OF.crew.flatMap((tool) => [
    `## ${tool.name}`,
    ...fieldsOf(tool.inputJson).map((field) => `takes ${field}`),
    ...[...new Set(fieldsOf(outputOf(tool)))].map((field) => `gives ${field}`),
  ]);
  expect(table.length).toBeGreaterThan(150);
  await expect(`${table.join('\n')}\n`).toMatchFileSnapshot('__snapshots__/crew/fields.md');
});

test('no field that crew see is one of money or of a paper', () => {
  const MONEY = /price|cost|amount|total|tax|billed|billing|margin|paid|balance|invoice|quote|payment|expense|plan$/i;
  const fields = TOOLS_OF.crew.flatMap((tool) => fieldsOf(outputOf(tool)));
  expect(fields.length).toBeGreaterThan(100);
  expect(fields.filter((field) => MONEY.test(field))).toEqual([]);
});

describe.each(ROLES)('%s', (role) => {
  it('lists its own tools, and is refused every other', async () => {
    const company = await openCompany();
    const session = company.host(OF[role]);
    expect((await listTools(session)).map(({ name }) => name)).toEqual(TOOLS_OF[role].map(({ name }) => name));
    for (const { name } of TOOLS) {
      const answer = textOf(await callTool(session, name, { nonsense: 1 }, CALLER));
      const isTheirs = TOOLS_OF[role].some((tool) => tool.name === name);
      expect(/is not for|There is no tool/.test(answer), `${name}: ${answer}`).toBe(!isTheirs);
    }
  });

  it('of each tool may set what its own contract has, and nothing else that anybody may', async () => {
    const company = await openCompany();
    const session = company.host(OF[role]);
    const taken: string[] = [];
    for (const tool of TOOLS_OF[role]) {
      const own = Object.keys(tool.input.shape);
      const all = Object.keys(TOOLS.find(({ name }) => name === tool.name)?.input.shape ?? {});
      for (const field of all.filter((each) => !own.includes(each))) {
        const answer = await callTool(session, tool.name, { ...callsOf(tool.name)[0], [field]: 'x' }, CALLER);
        if (answer.isError !== true || !textOf(answer).includes(field)) taken.push(`${tool.name} ${field}`);
      }
    }
    expect(taken).toEqual([]);
  });
});

test('office takes back no account settings either, nor does an undo of an undo', async () => {
  const company = await openCompany();
  const { change } = await company.ok('maria', 'update-account', { name: 'Lopez & Daughters' });
  expect(await company.error('olga', 'undo-change', { change })).toContain('not for you');
  expect(await company.error('olga', 'undo-change', {})).toContain('no change of yours');
  const undone = await company.ok('maria', 'undo-change', { change });
  expect(await company.error('olga', 'undo-change', { change: undone.change })).toContain('not for you');
  expect(await company.ok('olga', 'get-account')).toMatchObject({ account: { name: 'Lopez Roofing' } });
});

test('who goes by other words than somebody on a job is somebody else', async () => {
  const company = await twoJobs();
  for (const name of ['Reyes Tom', 'Tom A. Reyes', 'Reyes, Tom', 'Tom Reyes Jr'])
    await company.ok('maria', 'create-job', {
      customer: 'C-2',
      name: `Susquehanna ${name.length}`,
      assignees: [{ name, role: 'crew' }],
      allowDuplicate: true,
    });
  await company.ok('maria', 'schedule-appointment', {
    job: 'J-2',
    title: 'Skedaddle again',
    starts: '2030-04-02T09:00',
    people: ['Reyes, Tom'],
    allowDuplicate: true,
  });
  const jobs = await company.ok('tom', 'list-jobs');
  expect(jobs.jobs.map(({ ref }: { ref: string }) => ref)).toEqual(['J-1']);
  const visits = await company.ok('tom', 'list-appointments', { from: '2030-01-01', to: '2030-12-31' });
  expect(visits.appointments.map(({ title }: { title: string }) => title)).toEqual(['Tear-off']);
});

test('crew change nothing by words that fit two of their jobs', async () => {
  const company = await openCompany();
  const tom = [{ name: 'Tom Reyes', role: 'crew' }];
  for (const name of ['Gutter repair front', 'Gutters repair back'])
    await company.ok('maria', 'create-job', {
      ...(name.endsWith('front') ? { newCustomer: { name: 'Dana' } } : { customer: 'C-1' }),
      ...{ name, assignees: tom, allowDuplicate: true },
    });
  const refused = await company.error('tom', 'update-job', { job: 'gutter repair', note: 'Started.' });
  expect(refused).toContain('J-1');
  expect(refused).toContain('J-2');
  expect(await company.ok('tom', 'update-job', { job: 'Gutters repair back', note: 'Started.' })).toMatchObject({
    job: { ref: 'J-2' },
  });
  expect(await company.ok('tom', 'get-job', { job: 'gutter repair front' })).toMatchObject({ job: { ref: 'J-1' } });
});

test('what was answered to the office is no answer for crew, whatever the request id', async () => {
  const company = await twoJobs();
  const args = { job: 'J-1', note: 'Gate is open.', requestId: 'req-12345' };
  await company.ok('olga', 'update-job', args);
  await setRole(company.directory, { ...company.member('olga'), role: 'crew' });
  const session = sessionFor(company.app, principalOf({ ...company.member('olga'), role: 'crew' }, SCOPES));
  const again = await callTool(session, 'update-job', args, CALLER);
  expect(textOf(again)).toContain('was used for another call');
  expect(JSON.stringify(again)).not.toContain('Pecan');
});

test('office changes no account settings, and reads them', async () => {
  const company = await openCompany();
  expect(await company.error('olga', 'update-account', { name: 'Mine' })).toContain('is not for the office');
  expect(await company.ok('olga', 'get-account')).toMatchObject({ account: { name: 'Lopez Roofing' } });
});

describe('what somebody did not grant', () => {
  it('is refused by name, tool by tool', async () => {
    const company = await openCompany();
    for (const role of ROLES) {
      const member = company.member(OF[role]);
      for (const left of scopesOf(role)) {
        const session = sessionFor(
          company.app,
          principalOf(
            member,
            SCOPES.filter((scope) => scope !== left),
          ),
        );
        for (const tool of TOOLS_OF[role]) {
          const needs = scopesNeeded(tool.name, role).includes(left);
          const answer = textOf(await callTool(session, tool.name, { nonsense: 1 }, CALLER));
          expect(answer, `${role} ${tool.name} without ${left}`).toMatch(
            needs ? new RegExp(`needs.*${left}`) : /nonsense/,
          );
        }
      }
    }
  });
});

function canariesIn(answer: unknown, canaries: readonly string[]): string[] {
  const all = JSON.stringify(answer)
    .toLowerCase()
    .replace(/(?<=\d)[,\s](?=\d{3})/g, '');
  return canaries.filter((canary) => all.includes(canary.toLowerCase()));
}

/** Every way that comes to mind to name a record, of his and of others. */
const REFS = ['J', 'C', 'Q', 'E', 'P', 'F', 'A', 'W', 'INV', 'DRAFT'].flatMap((letters) =>
  [1, 2, 3, 4, 5, 6, 7, 8, 1001, 1002].map((number) => `${letters}-${number}`),
);
const WORDS = [...ODD_WORDS, ...NOT_HIS, 'roof', 'the visit', 'photo', 'receipt', 'Dana', 'Luis Ortega', 'Q-1/1'];

function callsOf(name: string): object[] {
  const named = [...REFS, ...WORDS];
  switch (name) {
    case 'list-jobs':
      return [{}, ...WORDS.map((query) => ({ query })), { status: 'open' }];
    case 'get-job':
      return named.flatMap((job) => [{ job }, { job, section: 'files' }, { job, section: 'activity' }]);
    case 'update-job':
      return named.map((job) => ({ job, note: 'On site.' }));
    case 'list-appointments':
      return [
        {},
        { from: '2030-03-01', to: '2030-04-01' },
        ...named.map((job) => ({ job, from: '2030-03-01', to: '2030-04-01' })),
        { person: 'Luis Ortega', from: '2030-03-01', to: '2030-04-01' },
      ];
    case 'schedule-appointment':
      return named.map((job) => ({
        job,
        title: 'Look',
        starts: '2030-03-20T09:30',
        people: ['Luis Ortega', 'Tom Reyes'],
        allowDuplicate: true,
      }));
    case 'update-appointment':
      return named.map((appointment) => ({
        appointment,
        notes: `Later. ${appointment.length}`,
        people: ['Luis Ortega'],
      }));
    case 'attach-file':
      return named.map((job) => ({ job, content: 'aGVsbG8gd29ybGQK', name: 'hello.txt', allowDuplicate: true }));
    case 'record-walk-and-talk':
      return named.flatMap((each) => [
        { job: each, consent: 'Dana said yes.', transcript: 'Soft.', allowDuplicate: true },
        { corrects: each, summary: `Soft ${each.length}` },
        { job: 'J-1', consent: 'Dana said yes.', transcript: 'Soft.', photos: [each], allowDuplicate: true },
      ]);
    case 'search':
      return named.map((query) => ({ query }));
    case 'fetch':
      return named.map((id) => ({ id }));
    default:
      throw new Error(`say how crew call ${name}`);
  }
}

describe('crew see no money, and no job that they are not on', () => {
  it.each(TOOLS_OF.crew.map(({ name }) => name))('%s', { timeout: 60_000 }, async (name) => {
    const company = await twoJobs();
    const session = company.host('tom');
    let answered = 0;
    for (const args of callsOf(name)) {
      const result = await callTool(session, name, args, CALLER);
      if (result.isError !== true) answered += 1;
      // What was asked comes back in an error; it is no secret to whoever asked.
      const said = new Set(WORDS.filter((word) => JSON.stringify(args).includes(word)));
      const secrets = [...ODD_AMOUNTS, ...[...ODD_WORDS, ...NOT_HIS].filter((word) => !said.has(word))];
      expect(canariesIn(result, secrets), JSON.stringify({ args, result })).toEqual([]);
    }
    expect(answered).toBeGreaterThan(0);
  });

  it('the same calls by the office do show them', async () => {
    const company = await twoJobs();
    expect(
      canariesIn(await company.call('olga', 'get-job', { job: 'J-1' }), [...ODD_AMOUNTS, ...ODD_WORDS]).length,
    ).toBeGreaterThan(8);
    expect(canariesIn(await company.call('olga', 'list-jobs'), NOT_HIS)).toEqual(['Susquehanna', 'Oconomowoc']);
  });

  it('their own job is there in full but for that', async () => {
    const company = await twoJobs();
    const { job } = await company.ok('tom', 'get-job', { job: 'the roof' });
    expect(job).toMatchObject({
      ...{ ref: 'J-1', name: 'Roof replacement', address: '418 Pecan Hollow Ln', profit: null, profitHidden: 'role' },
      customer: { name: 'Dana Henderson', phone: '(512) 555-0143' },
      files: [{ name: 'keys.txt' }],
      appointments: [{ title: 'Tear-off' }],
      walkAndTalks: [{ title: 'First look' }],
    });
    expect(job.activity.map(({ text }: { text: string }) => text)).toEqual([
      'Gate code 4411.',
      'On it: tom reyes (crew)',
      'Job started for Dana Henderson',
    ]);
  });

  it('a receipt that the office hung on a visit stays hidden; on a plan without files there are none', async () => {
    const company = await twoJobs();
    const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';
    await company.ok('maria', 'attach-file', { job: 'J-1', content: pixel, name: 'Kerfuffle.png', kind: 'receipt' });
    await company.ok('maria', 'record-walk-and-talk', { corrects: 'W-1', photos: ['F-9'] });
    const seen = await company.ok('tom', 'record-walk-and-talk', { corrects: 'W-1', summary: 'Soft ridge.' });
    expect(seen.walkAndTalk.photos).toEqual([]);
    await setPlan(company.app.store, { accountId: 1, plan: 'pro', actor: 'operator' });
    expect((await company.ok('tom', 'get-job', { job: 'J-1' })).job.files).toEqual([]);
    expect(await company.error('tom', 'fetch', { id: 'F-4' })).toContain('no file matches');
    expect(await refusalOf(openFile(company.host('maria'), 'F-4'))).toContain('Business plan');
  });

  it('what was filed together with a receipt is not told where costs are hidden', async () => {
    const company = await twoJobs();
    const attached = async (name: string, kind: string) => {
      const content = Buffer.from(`What ${name} says.`).toString('base64');
      return (await company.ok('maria', 'attach-file', { customer: 'C-1', content, name, kind })).file.ref;
    };
    const [plan, other, receipt] = [
      await attached('plan.txt', 'document'),
      await attached('other.txt', 'document'),
      await attached('nails.txt', 'receipt'),
    ];
    await company.ok('maria', 'file-under-job', { records: [plan], job: 'J-1' });
    await company.ok('maria', 'file-under-job', { records: [other, receipt], job: 'J-1' });
    const told = async (scopes: readonly Scope[]) => {
      const session = { ...company.host('maria'), scopes: new Set(scopes) };
      const { structuredContent } = await callTool(
        session,
        'get-job',
        { job: 'J-1' },
        { client: 'test', canAsk: false },
      );
      return (structuredContent?.job.activity ?? []).map(({ text }) => text).join();
    };
    expect(await told(SCOPES)).toContain(receipt);
    const without = await told(SCOPES.filter((scope) => scope !== 'costs:read'));
    expect(without).toContain(plan);
    expect(without).not.toContain(receipt);
  });

  it('resources, prompts and completions hold nothing for them', async () => {
    const company = await twoJobs();
    const visible = await resourceReader(company.host('tom'))({ name: 'resources/list' }, async (scope) => async () => [
      ...scope.visible,
    ]);
    expect(visible).toEqual([]);
    const [here, there] = InMemoryTransport.createLinkedPair();
    await (await buildServer(company.host('tom'))).connect(there);
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(here);
    for (const path of ['jobs/J-1', 'jobs/J-2', 'quotes/Q-1', 'files/F-4', 'customers/C-1', 'documents/Q-1'])
      await expect(client.readResource({ uri: `jobwright://${path}` })).rejects.toThrow('by crew');
    expect((await client.listResources()).resources).toEqual([]);
    expect((await client.listPrompts()).prompts).toEqual([]);
    const { content } = await client.callTool({ name: 'get-job', arguments: { job: 'J-1' } });
    expect(JSON.stringify(content)).not.toContain('resource_link');
    await client.close();
  });
});

/** Numbers that are not theirs, and one that was never given. */
const OTHERS: readonly (readonly [string, string, string])[] = [
  ['job', 'J-2', 'J-999'],
  ['appointment', 'A-2', 'A-999'],
  ['file', 'F-8', 'F-999'],
  ['receipt of their own job', 'F-1', 'F-999'],
  ['walk & talk', 'W-2', 'W-999'],
  ['customer', 'C-2', 'C-999'],
  ['quote', 'Q-1', 'Q-999'],
  ['invoice', 'INV-1001', 'INV-1999'],
  ['expense', 'E-1', 'E-999'],
  ['payment', 'P-1', 'P-999'],
];

describe.each(OTHERS)('to crew a %s that is not theirs', (_, theirs, never) => {
  it('answers exactly like a number that was never given', async () => {
    const company = await twoJobs();
    const session = company.host('tom');
    for (const { name } of TOOLS_OF.crew) {
      const calls = callsOf(name);
      for (const args of calls.filter((each) => JSON.stringify(each).includes(`"${theirs}"`))) {
        const ask = async (ref: string) =>
          textOf(
            await callTool(
              session,
              name,
              JSON.parse(JSON.stringify(args).replaceAll(`"${theirs}"`, `"${ref}"`)),
              CALLER,
            ),
          );
        expect((await ask(theirs)).replaceAll(theirs, never), `${name} ${theirs}`).toBe(await ask(never));
      }
    }
  });
});

test('a name that is nearly somebody’s is pointed out, since crew see the jobs that their name is on', async () => {
  const company = await openCompany();
  const started = await company.ok('maria', 'create-job', {
    newCustomer: { name: 'Dana' },
    name: 'Roof',
    assignees: [{ name: 'Tom Reyse', role: 'lead' }],
  });
  expect(started.did).toContain('nobody here goes by "Tom Reyse": if Tom Reyes is meant');
  const update = async (...names: string[]) =>
    (
      await company.ok('maria', 'update-job', {
        job: 'J-1',
        assignees: names.map((name) => ({ name, role: 'crew' })),
      })
    ).did;
  expect(await update('Tom')).toContain('if Tom Reyes is meant');
  // A sub of theirs, and Tom himself, whatever the case.
  expect(await update('Luis Ortega', 'tom reyes')).not.toContain('nobody here');
});
