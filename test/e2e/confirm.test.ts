// A yes that only the person says, in a terminal beside the very server that the assistant talks to: real processes, and
// a real terminal of the system's.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { database } from '../support/postgres-database.ts';
import { BIN, environment, home, legacy, modern, run, start, type Connection } from '../support/program.ts';
import { freePort } from '../support/port.ts';
import { rpcRequest } from '../support/site.ts';

const VOID = { invoice: 'INV-1001', status: 'void', voidReason: 'Mistyped' };
const WHAT = 'Voided INV-1001 of Dana Henderson, 100.00 USD';

/** Is a terminal around the command that it is given. */
const TERMINAL = 'script';

/** What a person types in a terminal. */
async function typed(folder: string, code: string, answers: string, meanwhile = async () => Promise.resolve()) {
  const command = `${process.execPath} ${BIN} confirm ${code}`;
  const child = spawn(TERMINAL, ['-qec', command, '/dev/null'], { env: environment(folder) });
  let seen = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (seen += chunk));
  const ended = once(child, 'close');
  let asked = 0;
  for (const answer of answers) {
    asked += 1;
    await expect
      .poll(() => seen.split('Do it? (y/N)').length - 1 >= asked || child.exitCode !== null, { timeout: 20_000 })
      .toBe(true);
    if (asked === 1) await meanwhile();
    child.stdin.write(`${answer}\n`);
  }
  await ended;
  return { code: child.exitCode, seen: seen.replaceAll('\r', '') };
}

async function billed(desk: Connection): Promise<void> {
  await desk.ask('create-customer', { name: 'Dana Henderson' });
  await desk.ask('create-invoice', { customer: 'C-1', lines: [{ description: 'Roof', quantity: 1, unitPrice: 100 }] });
  await desk.ask('update-account', { confirmBy: 'person' });
}

const codeIn = (words: string) => / jobwright confirm ([0-9A-Z]{4}-[0-9A-Z]{4})$/m.exec(words)?.[1] ?? '';
const status = async (desk: Connection) => (await desk.ask('get-invoice', { invoice: 'INV-1001' })).invoice.status;

test('the assistant is given a code; the person sees what it comes to and says no, then yes, once', {
  timeout: 90_000,
}, async () => {
  const folder = home();
  const asked: string[] = [];
  const desk = await modern(folder, 'auto', { argv: ['--no-samples'], asked });
  await billed(desk);
  expect(asked).toHaveLength(1);
  const { text: words, isError } = await desk.call('update-invoice', VOID);
  expect([isError, words]).toEqual([true, expect.stringContaining(`Once done, the books will say: ${WHAT}.`)]);
  // It was not asked by the client, whose answer would not count.
  expect(asked).toHaveLength(1);
  const code = codeIn(words);
  const refused = await typed(folder, code, 'n');
  expect(refused).toMatchObject({
    code: 1,
    seen: expect.stringContaining(`New Desk 4.5.6 asked for this. Once done, the books will say: ${WHAT}.`),
  });
  expect([refused.seen, await status(desk)]).toEqual([
    expect.stringContaining('Not done, nothing was saved.'),
    'issued',
  ]);
  // However it is typed.
  expect(await typed(folder, code.toLowerCase().replace('-', ' '), 'y')).toMatchObject({
    code: 0,
    seen: expect.stringContaining(`${WHAT}. (change 4)`),
  });
  expect(await status(desk)).toBe('void');
  expect(await typed(folder, code, '')).toMatchObject({
    code: 1,
    seen: expect.stringContaining('This was done already, as change 4.'),
  });
  const { changes } = await desk.ask('list-changes', { limit: 1 });
  expect(changes[0]).toMatchObject({ number: 4, tool: 'update-invoice' });
});

test('where the books moved meanwhile it is asked anew', { timeout: 90_000 }, async () => {
  const folder = home();
  const desk = await legacy(folder, { argv: ['--no-samples'], person: 'cannot be asked' });
  const turnedOn = async (args: object) => {
    const { text: words } = await desk.call('update-account', args);
    return await desk.ask('update-account', { ...args, confirm: /confirm: "([^"]+)"/.exec(words)?.[1] });
  };
  await desk.ask('create-customer', { name: 'Dana Henderson' });
  await desk.ask('create-invoice', { customer: 'C-1', lines: [{ description: 'Roof', quantity: 1, unitPrice: 100 }] });
  await turnedOn({ confirmBy: 'person' });
  const { text: words } = await desk.call('update-invoice', VOID);
  const { seen, code } = await typed(folder, codeIn(words), 'yy', async () => {
    await desk.ask('update-customer', { customer: 'C-1', name: 'Dana H.' });
  });
  expect([code, seen]).toEqual([0, expect.stringContaining('The books have changed since you were shown this.')]);
  expect(seen).toContain('Once done, the books will say: Voided INV-1001 of Dana H., 100.00 USD.');
  expect(await status(desk)).toBe('void');
});

test('only in a terminal, with a code that waits, on a book that is there', { timeout: 90_000 }, async () => {
  const folder = home();
  const desk = await modern(folder, 'auto', { argv: ['--no-samples'] });
  await billed(desk);
  const { text: words } = await desk.call('update-invoice', VOID);
  const code = codeIn(words);
  const piped = spawn(process.execPath, [BIN, 'confirm', code], { env: environment(folder) });
  piped.stdin.end('y\n');
  expect(await text(piped.stderr)).toContain('no program can say yes for them');
  expect(piped.exitCode ?? (await once(piped, 'close'))).not.toBe(0);
  expect(await typed(folder, 'K7QP-3XTA', '')).toMatchObject({
    code: 1,
    seen: expect.stringContaining('Nothing waits under this code'),
  });
  expect((await run(folder, ['confirm'])).code).toBe(2);
  expect(await status(desk)).toBe('issued');
  const elsewhere = home();
  expect(await typed(elsewhere, code, '')).toMatchObject({
    code: 1,
    seen: expect.stringContaining('There is no book in'),
  });
  // What is called from a terminal waits as well: a model may type there.
  const called = await run(folder, ['call', 'update-invoice', JSON.stringify(VOID)]);
  expect([called.code, codeIn(called.err)]).toEqual([1, expect.stringMatching(/^.{9}$/)]);
});

test('over HTTP without sign-in it is a code too: there is no page that would take anybody for the person', {
  timeout: 90_000,
}, async () => {
  const folder = home();
  const desk = await modern(folder, 'auto', { argv: ['--no-samples'] });
  await billed(desk);
  const port = await freePort();
  const server = start(folder, ['http', '--no-auth', '--port', String(port)]);
  await once(server.stderr, 'data');
  const url = `http://localhost:${port}`;
  const params = { name: 'update-invoice', arguments: VOID };
  const answer = await fetch(`${url}/mcp`, rpcRequest(null, 'tools/call', params, {}));
  const { result } = JSON.parse(/\{.*\}/s.exec(await answer.text())?.[0] ?? '') as {
    result: { content: { text: string }[] };
  };
  const code = codeIn(result.content[0]?.text ?? '');
  expect((await fetch(`${url}/confirm/${'a'.repeat(43)}`)).status).toBe(404);
  expect(await typed(folder, code, 'y')).toMatchObject({ code: 0, seen: expect.stringContaining(WHAT) });
  expect(await status(desk)).toBe('void');
});

test('books in a database: it is said yes to where they are, and a sample is none of them', {
  timeout: 90_000,
}, async () => {
  const { owner, server } = await database();
  const env = { DATABASE_URL: server, JOBWRIGHT_MIGRATE_URL: owner };
  const folder = home();
  const desk = await modern(folder, 'auto', { argv: ['--no-samples'], env });
  await billed(desk);
  const { text: words } = await desk.call('update-invoice', VOID);
  const code = codeIn(words);
  expect(await typed(folder, code, '')).toMatchObject({
    code: 1,
    seen: expect.stringContaining('--data says where it is, or --database, as in the settings of your assistant.'),
  });
  const sample = await run(folder, ['sample'], env);
  expect(sample).toMatchObject({ code: 0, err: '' });
  expect(sample.out).toContain('A temporary sample book of the roofing trade on this machine,');
  const there = `${code} --database ${server}`;
  expect(await typed(folder, there, 'n')).toMatchObject({ code: 1, seen: expect.stringContaining(WHAT) });
  expect(await status(desk)).toBe('issued');
  expect(await typed(folder, there, 'y')).toMatchObject({
    code: 0,
    seen: expect.stringContaining(`${WHAT}. (change 4)`),
  });
  expect(await status(desk)).toBe('void');
  expect(await typed(folder, there, '')).toMatchObject({
    code: 1,
    seen: expect.stringContaining('This was done already, as change 4.'),
  });
  expect((await desk.ask('list-jobs')).jobs).toEqual([]);
});
