// The built program moves a whole book to PostgreSQL and back: cut off anywhere it is run again, and what arrives is equal.
import { cpSync, existsSync, readdirSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { Client, types } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TEMPLATE_NAMES, type TemplateName } from '../../src/domain/templates.ts';
import { acceptInvitation, inviteMember } from '../../src/services/access/people.ts';
import { addAccount } from '../../src/services/account/account.ts';
import { typesOver } from '../../src/store/engine/postgres-driver.ts';
import { LEFT_OUT, tablesToMove } from '../../src/store/moving/tables.ts';
import { MARKS_WRITES } from '../../src/store/engine/sqlite-mark.ts';
import { sharing } from '../support/ending.ts';
import type { Row } from '../support/engines/engine.ts';
import { openBook } from '../support/answers.ts';
import { BILL, roof } from '../support/roof.ts';
import { walked } from '../support/walk.ts';
import { overFile, sqlite } from '../support/engines/sqlite.ts';
import { lineDownAt } from '../support/engines/postgres-line.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { letPass, until } from '../support/time.ts';
import { home, legacy, run, start } from '../support/program.ts';

/** What either engine might take for something else. */
const HARD = String.raw`Roof “é”, \u0000 and \n, {"a": 'b'} \\ ` + '\u{1F3E0}\u2028\ttab';

/** A book with records of every kind, one more account of each of these trades, people and files. */
async function someBook(trades: readonly TemplateName[]) {
  const book = await openBook();
  await roof(book.ok);
  await walked(book.ok);
  await book.ok('create-invoice', { job: 'J-1', kind: 'standard', lines: BILL });
  await book.ok('create-invoice', { job: 'J-1', kind: 'standard', draft: true, lines: BILL });
  await book.ok('record-payment', { invoice: 'INV-1001', amount: 250 });
  await book.ok('add-job-expense', { job: 'J-1', description: 'Permit', amount: 612.4, category: 'permit' });
  await book.ok('update-job', { job: 'J-1', note: 'Two layers.', assignees: [{ name: 'Tom', role: 'crew' }] });
  await book.ok('schedule-appointment', { job: 'J-1', title: 'Measure', starts: '2026-03-12T09:00', people: ['Tom'] });
  for (const name of ['note.txt', 'permit.txt'])
    await book.ok('attach-file', { job: 'J-1', content: Buffer.from(`Of ${name}`).toString('base64'), name });
  await book.ok('create-quote', { customer: 'C-1', lines: [{ description: HARD, quantity: 1, unitPrice: 5 }] });
  await book.ok('record-payment', { invoice: 'INV-1001', amount: 5 });
  const { store, directory } = book;
  const terms = {
    currency: 'USD',
    timeZone: 'America/Chicago',
    plan: 'business' as const,
    samples: true,
    actor: 'operator',
  };
  for (const template of trades) await addAccount(directory, store, { ...terms, name: `All ${template}`, template });
  const asked = { accountId: 1, email: 'maria@example.com', name: 'Maria Lopez', role: 'owner' as const };
  const { invitation } = await inviteMember(directory, asked);
  await acceptInvitation(directory, invitation ?? '', 'maria climbs a tall ladder');
  await store.close();
  return book.folder;
}

let server: Awaited<ReturnType<typeof startPostgres>>;
type Made = Awaited<ReturnType<typeof sharing<string>>>;
let large: Made;
let small: Made;
beforeAll(async () => {
  large = await sharing(async () => await someBook(TEMPLATE_NAMES));
  small = await sharing(async () => await someBook(['hvac']));
  server = await startPostgres();
  await over('postgres', async (client) => {
    await client.query("create role owner login password 'o'");
    await client.query("create role server login password 's'");
  });
});
afterAll(async () => {
  await large.end();
  await small.end();
  await server.stop();
});

async function over<T>(database: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: `${server.url}/${database}`, types: typesOver(types) });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

let databases = 0;
/** An empty database, for the role that owns its tables and for one that serves. */
async function database() {
  databases += 1;
  const name = `moved_${databases}`;
  await over('postgres', async (client) => await client.query(`create database ${name} owner owner`));
  const as = (who: string) => `${server.url.replace('postgres:postgres@', `${who}@`)}/${name}`;
  return {
    name,
    owner: as('owner:o'),
    server: as('server:s'),
    place: `postgres://${new URL(server.url).host}/${name}`,
  };
}

/** A copy of a book in a home of its own. */
function copied({ opened: origin }: Made = small): string {
  const folder = home();
  cpSync(origin, join(folder, 'book'), { recursive: true });
  return folder;
}

type Rows = Record<string, Row[]>;
/** All that is the book's, in one order. */
function rowsIn(folder: string): Rows {
  return overFile({ folder }, (db) => {
    const names = db.prepare<[], string>("select name from sqlite_schema where type = 'table'").pluck().all();
    return sorted(names.map((name) => [name, db.prepare<[], Row>(`select * from ${name}`).all()]));
  });
}

async function rowsOver(name: string): Promise<Rows> {
  return await over(name, async (client) => {
    const tables = await client.query<{ name: string }>(
      "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
    );
    const found: [string, Row[]][] = [];
    for (const table of tables.rows)
      found.push([table.name, (await client.query<Row>(`select * from ${table.name}`)).rows]);
    return sorted(found);
  });
}

function sorted(all: readonly (readonly [string, Row[]])[]): Rows {
  const text = (row: Row) => JSON.stringify(Object.entries(row).toSorted(([left], [right]) => (left < right ? -1 : 1)));
  return Object.fromEntries(
    all
      .filter(([name]) => !Object.hasOwn(LEFT_OUT, name) && !name.startsWith('sqlite_'))
      .map(([name, rows]) => [name, rows.toSorted((left, right) => (text(left) < text(right) ? -1 : 1))]),
  );
}

const bookOf = (folder: string) => join(folder, 'book');

/** Changes the row of the book, as a kill between two steps would have left it. */
function setBook(folder: string, set: string): void {
  overFile({ folder: bookOf(folder) }, (db) => {
    db.function(MARKS_WRITES, () => 1);
    db.exec(`update book set ${set}`);
  });
}

test('there and back: every row, every file and whoever signs in are the same, and the old books are read alone', {
  timeout: 180_000,
}, async () => {
  const folder = copied(large);
  const before = rowsIn(bookOf(folder));
  const to = await database();
  const open = await legacy(folder);
  await open.ask('get-job', { job: 'J-1' });
  const there = await run(folder, ['move', '--to', to.server, '--migrate-url', to.owner]);
  expect(there).toMatchObject({ code: 0, err: '' });
  expect(there.out).toContain(`The book is in ${to.place} now.`);
  expect(there.out).toMatch(
    /Account 1 .*: \d+ rows and \d+ files, up to change \d+ \(.*…\): the same on both sides, and in order\./,
  );
  const { host_secrets: keys, ...rest } = await rowsOver(to.name);
  const { host_secrets: earlier, ...others } = before;
  expect(rest).toEqual(others);
  expect(keys).toEqual(expect.arrayContaining(earlier ?? []));

  // Whoever had it open writes no more, and reads on.
  const written = await open.call('create-customer', { name: 'Dana Henderson' });
  expect(written).toMatchObject({ isError: true });
  expect(written.text).toContain(`This book was moved to ${to.place} on 20`);
  expect(await open.ask('get-job', { job: 'J-1' })).toBeDefined();
  for (const command of [['stdio'], ['http', '--no-auth', '--port', '0'], ['call', 'get-account']]) {
    const started = await run(folder, command);
    expect(started).toMatchObject({ code: 1, out: '' });
    expect(started.err).toContain(`This book was moved to ${to.place} on 20`);
    expect(started.err).not.toMatch(/owner|server:|\bo@/);
  }
  expect(await run(folder, ['call', 'get-account', '--read-only'])).toMatchObject({ code: 0 });
  expect(await run(folder, ['doctor'])).toMatchObject({ code: 0 });
  expect(await run(folder, ['backup', '--to', join(folder, 'shelf')])).toMatchObject({ code: 0 });
  expect((await run(folder, ['move', '--to', to.server])).err).toContain(`This book was moved to ${to.place} on 20`);

  const env = { DATABASE_URL: to.server };
  expect(await run(folder, ['doctor'], env)).toMatchObject({ code: 0 });
  expect((await run(folder, ['call', 'create-customer', '{"name":"Rob Lee"}', '--account', '1'], env)).err).toBe('');
  const served = await rowsOver(to.name);

  const back = join(folder, 'back');
  expect(await run(folder, ['move', '--to', back], env)).toMatchObject({ code: 0, err: '' });
  expect(rowsIn(back)).toEqual(served);
  expect((await run(folder, ['call', 'create-customer', '{"name":"Ann Wu"}', '--account', '1'], env)).err).toContain(
    `This book was moved to ${back}`,
  );
  expect((await run(folder, ['doctor'], env)).code).toBe(0);
  const here = { JOBWRIGHT_DATA: back };
  expect(await run(folder, ['doctor'], here)).toMatchObject({ code: 0 });
  expect(await run(folder, ['call', 'create-customer', '{"name":"Ann Wu"}', '--account', '1'], here)).toMatchObject({
    code: 0,
    err: '',
  });
  const all = readdirSync(back, { recursive: true, withFileTypes: true }).map((entry) => ({
    entry,
    mode: statSync(join(entry.parentPath, entry.name)).mode & 0o777,
  }));
  expect(statSync(back).mode & 0o777).toBe(0o700);
  for (const { entry, mode } of all) expect(mode).toBe(entry.isDirectory() ? 0o700 : 0o600);
});

test('cut off anywhere, it serves nothing, and is whole after the next run', { timeout: 240_000 }, async () => {
  const folder = copied();
  const before = rowsIn(bookOf(folder));
  const to = await database();
  const argv = ['move', '--to', to.server, '--migrate-url', to.owner];
  const arriving = async () =>
    await over(
      to.name,
      async (client) => (await client.query<Row>('select arriving from book')).rows[0]?.['arriving'],
    ).catch(() => undefined);
  let unfinished = 0;
  for (const after of [0, 100, 250, 500]) {
    const child = start(folder, argv);
    const ended = once(child, 'close');
    // From the moment when there is something half done.
    await until(async () => child.exitCode !== null || typeof (await arriving()) === 'string');
    await letPass(after, 'it is killed at this moment of its work');
    child.kill('SIGKILL');
    await ended;
    if (typeof (await arriving()) !== 'string') continue;
    unfinished += 1;
    const env = { DATABASE_URL: to.server };
    for (const command of [['call', 'get-account'], ['doctor']]) {
      const opened = await run(folder, command, env);
      expect(opened).toMatchObject({ code: 1, out: '' });
      expect(opened.err).toContain(
        'A move into this database was not finished, so nothing is served from it; run it again',
      );
    }
  }
  expect(unfinished).toBeGreaterThan(1);
  // Nothing was lost here meanwhile, and the book is still this one.
  expect(await run(folder, ['call', 'get-account', '--account', '1'])).toMatchObject({ code: 0 });
  expect(await run(folder, argv)).toMatchObject({ code: 0, err: '' });
  const { host_secrets: _keys, ...rest } = await rowsOver(to.name);
  const { host_secrets: _earlier, ...others } = before;
  expect(rest).toEqual(others);

  // Between two of its last steps.
  setBook(folder, 'moved_at = null');
  const started = await run(folder, ['call', 'get-account']);
  expect(started.err).toContain(`A move of this book to ${to.place} was not finished`);
  expect((await run(folder, ['move', '--to', join(folder, 'back')])).err).toContain('--database');
  expect(await run(folder, argv)).toMatchObject({ code: 0, err: '' });
  expect((await run(folder, ['call', 'get-account'])).err).toContain(`This book was moved to ${to.place} on 20`);
  setBook(folder, 'moved_at = null');
  await over(to.name, async (client) => await client.query("update book set arriving = identity || ' before'"));
  expect(await run(folder, argv)).toMatchObject({ code: 0, err: '' });
  expect(await run(folder, ['doctor'], { DATABASE_URL: to.server })).toMatchObject({ code: 0 });
});

test('back into a folder too, of which nothing is seen before it is whole', { timeout: 120_000 }, async () => {
  const folder = copied();
  const to = await database();
  const env = { DATABASE_URL: to.owner };
  expect(await run(folder, ['move', '--to', to.owner])).toMatchObject({ code: 0 });
  const back = join(folder, 'back');
  const halves = () => readdirSync(folder).filter((name) => name.startsWith('.back.moving-'));
  for (const [signal, after] of [
    ['SIGKILL', 0],
    ['SIGKILL', 150],
    ['SIGINT', 60],
  ] as const) {
    const child = start(folder, ['move', '--to', back], env);
    const ended = once(child, 'close');
    const begun = halves().join();
    await until(() => child.exitCode !== null || (halves().length > 0 && halves().join() !== begun));
    await letPass(after, 'it is ended at this moment of its work');
    child.kill(signal);
    await ended;
    expect(existsSync(back)).toBe(false);
    expect(halves().length).toBe(signal === 'SIGKILL' ? 1 : 0);
    expect((await run(folder, ['call', 'get-account', '--account', '1'], env)).code).toBe(0);
  }
  expect(await run(folder, ['move', '--to', back], env)).toMatchObject({ code: 0, err: '' });
  expect(halves()).toEqual([]);
  expect(rowsIn(back)).toEqual(await rowsOver(to.name));
});

test('a line to the database that is cut in the middle ends it, either way, and the next run clears up and is whole', {
  timeout: 120_000,
}, async () => {
  const folder = copied();
  const before = rowsIn(bookOf(folder));
  const to = await database();
  const there = await lineDownAt(to.owner, ['insert into "payments"']);
  const cutOff = await run(folder, ['move', '--to', there.url]);
  expect(there.isDown()).toBe(true);
  expect(cutOff).toMatchObject({ code: 1, out: '' });
  expect(cutOff.err).toMatch(/was not finished\. The database cannot be reached.*Run it again: it clears/);
  const env = { DATABASE_URL: to.owner };
  expect((await run(folder, ['call', 'get-account'], env)).err).toContain('A move into this database was not finished');
  const { host_secrets: _earlier, ...others } = before;
  const { host_secrets: _made, ...unmoved } = rowsIn(bookOf(folder));
  expect(unmoved).toEqual(others);
  there.mend();
  expect(await run(folder, ['move', '--to', there.url])).toMatchObject({ code: 0, err: '' });
  const { host_secrets: _keys, ...rest } = await rowsOver(to.name);
  expect(rest).toEqual(others);

  const back = join(folder, 'back');
  const here = await lineDownAt(to.owner, ['from "payments"']);
  const cutOffHere = await run(folder, ['move', '--to', back], { DATABASE_URL: here.url });
  expect(here.isDown()).toBe(true);
  expect(cutOffHere).toMatchObject({ code: 1, out: '' });
  expect(cutOffHere.err).toContain('The database cannot be reached');
  expect(readdirSync(folder).filter((name) => name.includes('back'))).toEqual([]);
  expect((await run(folder, ['call', 'get-account', '--account', '1'], env)).code).toBe(0);
  here.mend();
  expect(await run(folder, ['move', '--to', back], { DATABASE_URL: here.url })).toMatchObject({ code: 0, err: '' });
  expect(rowsIn(back)).toEqual(await rowsOver(to.name));
});

test('what is there already, or cannot go there, is refused in words, and nothing is changed', {
  timeout: 120_000,
}, async () => {
  const folder = copied();
  const before = rowsIn(bookOf(folder));
  const taken = await database();
  await run(home(), ['accounts', 'create', 'Best Painting'], { DATABASE_URL: taken.owner });
  expect((await run(folder, ['move', '--to', taken.owner])).err).toContain('There are books in that database already.');
  expect((await rowsOver(taken.name))['accounts']).toHaveLength(1);
  const other = await database();
  await run(home(), ['doctor', '--migrate-url', other.owner], { DATABASE_URL: other.owner });
  await run(home(), ['people'], { DATABASE_URL: other.owner });
  await over(other.name, async (client) => await client.query("update book set arriving = 'another move'"));
  expect((await run(folder, ['move', '--to', other.owner])).err).toContain('A move of another book into that database');
  for (const argv of [
    ['move', '--to', join(folder, 'new')],
    ['move', '--to', taken.owner, '--database', other.owner],
  ])
    expect(await run(folder, argv)).toMatchObject({ code: 2, out: '' });
  expect((await run(folder, ['move', '--to', folder], { DATABASE_URL: taken.owner })).err).toContain('is not empty');
  const emptied = join(folder, 'without-files');
  expect(await run(folder, ['move', '--to', emptied], { DATABASE_URL: taken.owner })).toMatchObject({
    code: 0,
    err: '',
  });
  expect(await run(folder, ['doctor'], { JOBWRIGHT_DATA: emptied })).toMatchObject({ code: 0 });
  expect((await run(folder, ['move', '--to', 'postgres://a:b@127.0.0.1:1/books'])).err).toMatch(
    /^jobwright: The database cannot be reached[^@]*$/,
  );

  setBook(folder, 'moved_at = null');
  overFile({ folder: bookOf(folder) }, (db) => {
    db.function(MARKS_WRITES, () => 1);
    db.prepare("update people set name = 'Maria' || char(0) || 'Lopez'").run();
  });
  const nul = await run(folder, ['move', '--to', (await database()).owner]);
  expect(nul.code).toBe(1);
  expect(nul.err).toContain('There are NUL characters in texts of this book');
  expect(nul.err).toMatch(/people p_\w+ \(name\)/);
  const { people: _people, ...rest } = rowsIn(bookOf(folder));
  const { people: _earlier, ...others } = before;
  expect({ ...rest, host_secrets: [] }).toEqual({ ...others, host_secrets: [] });
});

test('while it goes on, others read the book and do not write to it', { timeout: 120_000 }, async () => {
  const folder = copied();
  const to = await database();
  const open = await legacy(folder);
  const child = start(folder, ['move', '--to', to.owner]);
  const ended = once(child, 'close');
  const begun = async () =>
    await over(
      to.name,
      async (client) => (await client.query('select 1 from book where arriving is not null')).rows.length > 0,
    ).catch(() => false);
  await until(async () => child.exitCode !== null || (await begun()));
  const writing = open.call('create-customer', { name: 'Dana Henderson' });
  expect(await open.ask('get-job', { job: 'J-1' })).toBeDefined();
  expect(child.exitCode).toBeNull();
  expect((await writing).text).toMatch(
    /Another program is writing to this book right now|This book was moved to|A move of this book/,
  );
  await ended;
  expect(child.exitCode).toBe(0);
  expect((await rowsOver(to.name))['customers']?.filter((row) => row['name'] === 'Dana Henderson')).toEqual(
    rowsIn(bookOf(folder))['customers']?.filter((row) => row['name'] === 'Dana Henderson'),
  );
});

test('every table there is, on either engine, is moved or named as left out', async () => {
  const folder = copied();
  const to = await database();
  await run(folder, ['people'], { DATABASE_URL: to.owner });
  const engine = await sqlite.open({ folder: bookOf(folder) });
  const tables = await engine.read(tablesToMove);
  await engine.close();
  const moved = tables.map(({ name }) => name);
  const there = await over(to.name, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'public'",
    );
    return rows.map(({ name }) => name);
  });
  expect(moved.length).toBeGreaterThan(40);
  expect(there.filter((name) => !moved.includes(name) && !Object.hasOwn(LEFT_OUT, name))).toEqual([]);
  expect(moved.filter((name) => !there.includes(name))).toEqual([]);
});
