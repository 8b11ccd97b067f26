// What nothing was said of is not seen: every cost, expense, vendor and receipt of a company is odd enough to be found
// again, and whoever has no costs:read, and crew, go through all that can be asked, written and completed without one.
import { Client } from '@modelcontextprotocol/client';
import { InMemoryTransport } from '@modelcontextprotocol/server';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SCOPES, type Scope } from '../../src/domain/access.ts';
import { buildServer } from '../../src/protocol.ts';
import { writes } from '../../src/tools/authority.ts';
import { TOOLS_OF } from '../../src/tools/shown.ts';
import { ALL_CASES } from '../support/arbitrary.ts';
import { openCompany, PEOPLE, type Company, type Who } from '../support/company.ts';
import { goodCallsAs } from '../support/examples.ts';

const WITHOUT_COSTS: readonly Scope[] = ['books:read', 'books:write'];
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Private words: no other word of the books is near one of them, and each is long enough to be mistyped. */
const WORDS = [
  'mugwump',
  'gobbledy',
  'kerfuffle',
  'taradiddle',
  'widdershins',
  'bumfuzzle',
  'snollygoster',
  'collywobbles',
];
type Word = 'rental' | 'vendor' | 'receipt' | 'caption' | 'second' | 'gone' | 'slip' | 'moved';

/** Never whole units, where every price is: no sum of prices is like one of them. */
const odd = fc
  .tuple(fc.integer({ min: 1001, max: 9899 }), fc.integer({ min: 1, max: 99 }))
  .map(([whole, cents]) => `${whole}.${String(cents).padStart(2, '0')}`);
const scenario = fc.record({
  words: fc.shuffledSubarray(WORDS, { minLength: WORDS.length }),
  costs: fc.uniqueArray(odd, { minLength: 6, maxLength: 6 }),
  status: fc.constantFrom('in_progress', 'completed', 'cancelled'),
  covers: fc.boolean(),
});
type Scenario = typeof scenario extends fc.Arbitrary<infer S> ? S : never;

/** Two jobs that Tom is on, with costs wherever there is a place for one, and every way in which they change. */
async function seeded({ words, costs, status, covers }: Scenario): Promise<Company> {
  const company = await openCompany();
  const maria = async (tool: string, args: object) => await company.ok('maria', tool, args);
  const word = wordsIn(words);
  const [unitCost, optionCost, spent, other, before, lost] = costs;
  const sold = { description: 'Shingles', quantity: 1, unitPrice: 70_000, category: 'materials' };
  const assignees = [{ name: 'Tom Reyes', role: 'crew' }];
  await maria('create-job', { newCustomer: { name: 'Dana Henderson' }, name: 'Roof', assignees });
  await maria('create-job', { customer: 'C-1', name: 'Porch', assignees });
  await maria('create-quote', { job: 'J-1', status: 'accepted', lines: [{ ...sold, unitCost }] });
  await maria('create-quote', {
    job: 'J-1',
    kind: 'change_order',
    lines: [{ ...sold, unitPrice: 100, unitCost: optionCost }],
  });
  await maria('create-invoice', { job: 'J-1', lines: [{ description: 'Deposit', quantity: 1, unitPrice: 9000 }] });
  await maria('create-invoice', {
    job: 'J-1',
    draft: true,
    lines: [{ description: 'Rest', quantity: 1, unitPrice: 400 }],
  });
  await maria('record-payment', { invoice: 'INV-1001', amount: 500 });
  const expense = { category: 'equipment', vendor: `${word('vendor')} Supply` };
  await maria('add-job-expense', {
    ...expense,
    job: 'J-1',
    description: `${word('rental')} rental`,
    amount: spent,
    ...(covers ? { coversLine: 'Q-1/1' } : {}),
  });
  await maria('add-job-expense', { ...expense, job: 'J-1', description: `${word('gone')} rental`, amount: lost });
  await maria('add-job-expense', { ...expense, job: 'J-1', description: `${word('moved')} rental`, amount: before });
  await maria('attach-file', {
    job: 'J-1',
    content: PIXEL,
    name: `${word('receipt')} slip.png`,
    kind: 'receipt',
    caption: `${word('caption')} paid`,
  });
  await maria('attach-file', {
    expense: 'E-1',
    content: PIXEL,
    name: `${word('second')} slip.png`,
    kind: 'document',
    allowDuplicate: true,
  });
  await maria('attach-file', {
    job: 'J-1',
    content: PIXEL,
    name: `${word('slip')} slip.png`,
    kind: 'photo',
    allowDuplicate: true,
  });
  await maria('attach-file', {
    job: 'J-1',
    content: PIXEL,
    name: 'ridge slip.png',
    kind: 'photo',
    allowDuplicate: true,
  });
  await maria('record-walk-and-talk', {
    job: 'J-1',
    title: 'First look',
    consent: 'Dana agreed.',
    transcript: 'The ridge is soft.',
    photos: ['F-1', 'F-4'],
  });
  await maria('schedule-appointment', {
    job: 'J-1',
    title: 'Tear-off',
    starts: '2030-03-20T09:00',
    people: ['Tom Reyes'],
  });
  await maria('update-job-expense', { expense: 'E-1', receipt: 'F-3', amount: other });
  await maria('update-job-expense', { expense: 'E-3', job: 'J-2' });
  const removal = { expense: 'E-2', remove: true };
  const { confirm } = await company.ok('maria', 'update-job-expense', { ...removal, preview: true });
  const { change } = await maria('update-job-expense', { ...removal, ...(confirm === undefined ? {} : { confirm }) });
  await maria('undo-change', { change });
  await maria('file-under-job', { job: 'J-2', records: ['W-1'] });
  await maria('file-under-job', { job: 'J-1', records: ['W-1'] });
  await maria('create-quote', {
    revises: 'Q-1',
    status: 'accepted',
    lines: [{ ...sold, description: 'Metal', unitCost: optionCost }],
  });
  const step = { job: 'J-1', status };
  const asked = await company.ok('maria', 'update-job', { ...step, preview: true });
  await maria('update-job', { ...step, ...(asked.confirm === undefined ? {} : { confirm: asked.confirm }) });
  return company;
}

function wordsIn(words: readonly string[]): (of: Word) => string {
  const places: readonly Word[] = ['rental', 'vendor', 'receipt', 'caption', 'second', 'gone', 'slip', 'moved'];
  return (of) => words[places.indexOf(of)] ?? '';
}

/** As somebody hears it who does not know it. */
const mistyped = (word: string) => `${word.slice(0, 3)}${word.slice(4)}`;

const REFS = [
  'J-1',
  'J-2',
  'C-1',
  'Q-1',
  'Q-1/1',
  'Q-2',
  'Q-3',
  'INV-1001',
  'DRAFT-2',
  'P-1',
  'E-1',
  'E-2',
  'F-1',
  'F-2',
  'F-3',
  'F-4',
  'A-1',
  'W-1',
];

function reads({ words }: Scenario): [string, object][] {
  const heard = [
    ...words.map(mistyped),
    ...words.map((word) => `${mistyped(word)} slip`),
    'slip',
    'rental',
    'supply',
    'paid',
    'roof',
  ];
  const everything = [...REFS, ...heard];
  return [
    ...everything.flatMap((said): [string, object][] => [
      ...(['J-1', 'J-2', ...heard].includes(said)
        ? [
            ['get-job', { job: said, explain: true }] satisfies [string, object],
            ['get-job', { job: said }] satisfies [string, object],
          ]
        : []),
      ['fetch', { id: said }],
      ['search', { query: said }],
      ['get-customer', { customer: said }],
      ['get-quote', { quote: said }],
      ['get-invoice', { invoice: said }],
      ['get-document', { document: said }],
      ['list-changes', { record: said }],
      ['list-jobs', { query: said }],
      ['list-customers', { query: said }],
      ['list-quotes', { query: said }],
      ['list-invoices', { query: said }],
      ['list-appointments', { job: said }],
    ]),
    ...['quotes', 'invoices', 'expenses', 'files', 'appointments', 'walk-and-talks', 'activity', 'jobs'].flatMap(
      (section): [string, object][] => [
        ['get-job', { job: 'J-1', section }],
        ['get-job', { job: 'J-2', section }],
        ['get-customer', { customer: 'C-1', section }],
      ],
    ),
    ...['margin', '-margin', 'profit', '-profit', 'newest'].map((sort): [string, object] => ['list-jobs', { sort }]),
    ...['list-customers', 'list-quotes', 'list-invoices', 'list-changes', 'list-appointments', 'get-account'].map(
      (tool): [string, object] => [tool, {}],
    ),
    ['list-receivables', { explain: true }],
    ['profit-report', { by: 'job', explain: true }],
    ['list-changes', { on: new Date().toISOString().slice(0, 10) }],
    ['list-changes', { change: 12 }],
  ];
}

/** Every write there is, with what was heard in each place for a record. */
function changes({ words }: Scenario): [string, object][] {
  const heard = [...words.map(mistyped), 'slip', 'rental'];
  const line = { description: 'More', quantity: 1, unitPrice: 10 };
  return [
    ...heard.flatMap((said): [string, object][] => [
      ['update-job', { job: said, note: 'x' }],
      ['add-job-expense', { job: 'J-1', description: 'x', amount: 1, category: 'other', receipt: said }],
      ['update-job-expense', { expense: said, vendor: 'x' }],
      ['file-under-job', { job: 'J-2', records: [said] }],
      ['attach-file', { expense: said, content: PIXEL, name: 'x.png' }],
      ['attach-file', { job: said, content: PIXEL, name: 'x.png' }],
      ['record-walk-and-talk', { corrects: 'W-1', photos: [said] }],
      ['record-walk-and-talk', { corrects: said, title: 'x' }],
      ['create-invoice', { fromQuote: { quote: said, rest: true } }],
      ['update-invoice', { invoice: said, notes: 'x' }],
      ['update-quote', { quote: said, notes: 'x' }],
      ['update-customer', { customer: said, notes: 'x' }],
      ['update-appointment', { appointment: said, notes: 'x' }],
    ]),
    ...['F-1', 'F-2', 'F-3'].map((ref): [string, object] => [
      'record-walk-and-talk',
      { corrects: 'W-1', photos: [ref] },
    ]),
    ...['E-1', 'E-2'].map((expense): [string, object] => ['attach-file', { expense, content: PIXEL, name: 'x.png' }]),
    ...['open', 'in_progress', 'completed', 'cancelled', 'open'].map((status): [string, object] => [
      'update-job',
      { job: 'J-1', status, note: `Now ${status}.` },
    ]),
    ['update-job', { job: 'J-2', status: 'completed' }],
    ['attach-file', { job: 'J-1', content: PIXEL, name: 'mine.png', kind: 'photo', allowDuplicate: true }],
    ['record-walk-and-talk', { job: 'J-1', title: 'Again', consent: 'Dana agreed.', transcript: 'Soft.' }],
    ['record-walk-and-talk', { corrects: 'W-1', title: 'First look, corrected' }],
    ['schedule-appointment', { job: 'J-1', title: 'Ridge', starts: '2030-03-20T09:00', people: ['Tom Reyes'] }],
    ['update-appointment', { appointment: 'A-1', place: 'Back gate' }],
    ['create-invoice', { job: 'J-1', lines: [line] }],
    ['create-invoice', { fromQuote: { quote: 'Q-3', percent: 10 } }],
    ['update-invoice', { invoice: 'DRAFT-2', status: 'issued' }],
    ['create-invoice', { creditFor: 'INV-1001', amount: 10 }],
    ['record-payment', { invoice: 'INV-1001', amount: 20 }],
    ['update-invoice', { invoice: 'INV-1001', correct: true, lines: [line] }],
    ['update-customer', { customer: 'C-1', notes: 'Back door.' }],
    ['create-customer', { name: 'Priya Raman' }],
    ['create-job', { customer: 'C-1', name: 'Gutters' }],
    ['undo-change', {}],
    ['undo-change', { change: 10 }],
  ];
}

type Viewer = { readonly who: Who; readonly scopes: readonly Scope[] };

/** Everything that this one is told, with what was asked. */
async function told(
  company: Company,
  given: Scenario,
  { who, scopes }: Viewer,
): Promise<{ asked: string; answer: string; isError: boolean }[]> {
  const [here, there] = InMemoryTransport.createLinkedPair();
  const member = company.member(who);
  await (await buildServer(company.host(who, { scopes: member.role === 'crew' ? WITHOUT_COSTS : scopes }))).connect(
    there,
  );
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(here);
  const all: { asked: string; answer: string; isError: boolean }[] = [];
  const hear = async (asked: string, work: Promise<object>) => {
    const [answer, isError] = await work.then(
      (good): [string, boolean] => [JSON.stringify(good), 'isError' in good && good.isError === true],
      (error: unknown): [string, boolean] => [error instanceof Error ? error.message : 'refused', true],
    );
    all.push({ asked, answer, isError });
    return answer;
  };
  const call = async (name: string, args: object) =>
    await hear(`${name} ${JSON.stringify(args)}`, client.callTool({ name, arguments: { ...args } }));
  const look = async () => {
    for (const [name, args] of reads(given)) await call(name, args);
  };
  await look();
  await consult(client, given, hear);
  const tools = new Set(TOOLS_OF[member.role].map(({ name }) => name));
  for (const [name, args] of changes(given)) {
    if (!tools.has(name)) continue;
    await call(name, { ...args, preview: true });
    const answer = await call(name, args);
    const [, confirm] = /confirm: \\"([\w-]+)\\"/.exec(answer) ?? [];
    if (confirm !== undefined) await call(name, { ...args, confirm });
  }
  await look();
  // Whatever tools there are besides.
  for (const tool of TOOLS_OF[member.role])
    for (const args of goodCallsAs(tool)) await call(tool.name, writes(tool) ? { ...args, preview: true } : args);
  await client.close();
  return all;
}

type Hear = (asked: string, work: Promise<object>) => Promise<string>;

/** Resources, prompts, and what is offered while somebody types. */
async function consult(client: Client, { words }: Scenario, hear: Hear): Promise<void> {
  const places = [
    'jobs',
    'customers',
    'quotes',
    'invoices',
    'payments',
    'expenses',
    'files',
    'appointments',
    'walk-and-talks',
    'documents',
  ];
  await hear('resources', client.listResources());
  await hear('prompts', client.listPrompts());
  for (const ref of REFS)
    for (const place of places)
      await hear(`${place}/${ref}`, client.readResource({ uri: `jobwright://${place}/${ref}` }));
  for (const name of ['price-a-job', 'close-out-a-job', 'weekly-review', 'chase-what-is-owed']) {
    await hear(name, client.getPrompt({ name }));
    for (const job of ['J-1', ...words.map(mistyped)])
      await hear(`${name} ${job}`, client.getPrompt({ name, arguments: { job } }));
  }
  const { resourceTemplates } = await client.listResourceTemplates().catch(() => ({ resourceTemplates: [] }));
  const typed = ['', 'F', 'F-', 'E-', 'J-', 'W', 'slip', 'rent', ...words.map((word) => word.slice(0, 3))];
  for (const value of typed) {
    for (const { uriTemplate, name } of resourceTemplates)
      await hear(
        `complete ${uriTemplate} ${value}`,
        client.complete({ ref: { type: 'ref/resource', uri: uriTemplate }, argument: { name, value } }),
      );
    for (const name of ['price-a-job', 'close-out-a-job'])
      await hear(
        `complete ${name} ${value}`,
        client.complete({ ref: { type: 'ref/prompt', name }, argument: { name: 'job', value } }),
      );
  }
}

function canariesIn(answer: string, { words, costs }: Scenario): string[] {
  const plain = answer.replace(/(?<=\d)[,\s](?=\d{3})/g, '').toLowerCase();
  return [...words, ...costs].filter((canary) => plain.includes(canary));
}

const VIEWERS: readonly (readonly [string, Viewer])[] = [
  ['the owner’s assistant without costs:read', { who: 'maria', scopes: WITHOUT_COSTS }],
  ['the office’s assistant without costs:read', { who: 'olga', scopes: WITHOUT_COSTS }],
  ['crew', { who: 'tom', scopes: WITHOUT_COSTS }],
];

// Thousands of calls, one after the other, on a server too.
describe('costs, expenses and receipts', { timeout: 360_000 }, () => {
  it.each(VIEWERS)('are seen nowhere by %s', async (_, viewer) => {
    await fc.assert(
      fc.asyncProperty(scenario, async (given) => {
        const all = await told(await seeded(given), given, viewer);
        const shown = all
          .filter(({ answer }) => canariesIn(answer, given).length > 0)
          .map(({ asked, answer }) => `${asked}: ${canariesIn(answer, given).join()} in ${answer.slice(0, 400)}`);
        expect(shown.slice(0, 12)).toEqual([]);
        const unasked = TOOLS_OF[PEOPLE[viewer.who].role].filter(
          ({ name }) => !all.some(({ asked }) => asked.startsWith(`${name} `)),
        );
        expect(unasked.map(({ name }) => name)).toEqual([]);
        expect(all.filter(({ isError }) => !isError).length).toBeGreaterThan(viewer.who === 'tom' ? 40 : 150);
      }),
      { numRuns: ALL_CASES ? 2 : 1, endOnFailure: true },
    );
  });

  it('are all seen by the owner with it (the control)', async () => {
    const [given] = fc.sample(scenario, 1);
    if (given === undefined) throw new Error('no scenario');
    const all = await told(await seeded(given), given, { who: 'maria', scopes: SCOPES });
    const seen = new Set(all.flatMap(({ answer }) => canariesIn(answer, given)));
    expect([...given.words, ...given.costs].filter((canary) => !seen.has(canary))).toEqual([]);
  });
});
