import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { MIGRATIONS } from '../../../migrations/index.ts';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import { openSqlite } from '../../../src/store/engine/sqlite.ts';
import { openBook, tempFolder } from '../../support/book.ts';
import { startChild } from './child.ts';
import { formerBook } from '../former-book.ts';
import { everything, plant, rowsOf } from '../../support/store.ts';
import { letPass } from '../../support/time.ts';
import { refusalOf } from '../../support/refusal.ts';

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

function bookFile(): string {
  return join(tempFolder(), 'books', 'jobwright.db');
}

/** What stands in the file, as another program would see it. */
function look(file: string): { tables: string[]; applied: unknown[]; schemaVersion: unknown; integrity: unknown } {
  const raw = new Sqlite(file);
  const tables = raw
    .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name")
    .pluck()
    .all() as string[];
  const seen = {
    tables,
    applied: tables.includes('migrations') ? raw.prepare('select * from migrations order by name').all() : [],
    schemaVersion: raw.pragma('schema_version', { simple: true }),
    integrity: raw.pragma('integrity_check', { simple: true }),
  };
  raw.close();
  return seen;
}

/** Opens the book as the program does, and closes it again. */
async function open(file: string): Promise<string[]> {
  const engine = await openSqlite(file);
  const faults = await engine.check();
  await engine.close();
  return faults;
}

describe('a new book', () => {
  it('has every migration, in the order of the folder', async () => {
    const file = bookFile();
    expect(await open(file)).toEqual([]);
    const names = MIGRATIONS.map((migration) => migration.name);
    expect(look(file).applied).toEqual(
      MIGRATIONS.map(({ name, digest }) => ({ name, digest, applied_at: expect.any(String) })),
    );
    const folder = readdirSync(join(import.meta.dirname, '../../../migrations')).filter((entry) =>
      /^\d{4}-/.test(entry),
    );
    expect(folder.toSorted()).toEqual(names.map((name) => `${name}.ts`));
    expect(look(file).tables).toEqual(expect.arrayContaining(['accounts', 'jobs', 'changes', 'job_figures', 'words']));
  });

  it('is made by the very texts that are noted in it', () => {
    for (const { name, digest } of MIGRATIONS) {
      const text = readFileSync(join(import.meta.dirname, `../../../migrations/${name}.ts`));
      // A released migration is never edited; one that is being written gets its new digest here.
      expect([name, createHash('sha256').update(text).digest('hex').slice(0, 16)]).toEqual([name, digest]);
    }
  });

  it('is left as it is by the second opening', async () => {
    const book = await openBook({ isOwn: true });
    await book.ok('create-customer', { name: 'Dana Henderson' });
    const file = join(book.folder, 'jobwright.db');
    const before = look(file);
    const again = await openBook({ folder: book.folder });
    expect(look(file)).toEqual(before);
    expect(await again.ok('get-customer', { customer: 'C-1' })).toMatchObject({ customer: { name: 'Dana Henderson' } });
  });

  it('belongs to its owner alone, whatever the umask', async () => {
    const file = bookFile();
    const child = await startChild('open-book', file);
    child.tell('go');
    expect([await child.says('open'), child.complaint()]).toEqual([true, '']);
    expect(modeOf(dirname(file))).toBe('700');
    expect(
      Object.fromEntries(readdirSync(dirname(file)).map((name) => [name, modeOf(join(dirname(file), name))])),
    ).toEqual({
      'jobwright.db': '600',
      'jobwright.db-shm': '600',
      'jobwright.db-wal': '600',
    });
    child.process.stdin.end();
    expect(await child.ends()).toBe(0);
  });

  it('takes back what was open to others', async () => {
    const file = bookFile();
    mkdirSync(dirname(file));
    writeFileSync(file, '');
    chmodSync(dirname(file), 0o777);
    chmodSync(file, 0o666);
    expect(await open(file)).toEqual([]);
    expect([modeOf(dirname(file)), modeOf(file)]).toEqual(['700', '600']);
  });
});

describe('a book that cannot be opened', () => {
  it('by a newer Jobwright is refused in words, and left as it is', async () => {
    const file = bookFile();
    await open(file);
    const raw = new Sqlite(file);
    raw.prepare("insert into migrations values ('9999-from-the-future', '2031-01-01', 'feed')").run();
    raw.close();
    const before = look(file);
    expect(await refusalOf(openSqlite(file))).toBe(
      'This book was written by a newer Jobwright (it has 9999-from-the-future). Update Jobwright, or open a backup from before.',
    );
    expect(look(file)).toEqual(before);
  });

  it('by a Jobwright that was never released is refused in words, and left as it is', async () => {
    const file = bookFile();
    await open(file);
    const raw = new Sqlite(file);
    raw.prepare("update migrations set digest = 'of a draft' where name = '0004-identity'").run();
    raw.close();
    const before = look(file);
    expect(await refusalOf(openSqlite(file))).toMatch(
      /^This book was made by a Jobwright that was never released \(its 0004-identity /,
    );
    expect(look(file)).toEqual(before);
  });

  it('that is no book is refused in words, and left as it is', async () => {
    const file = bookFile();
    mkdirSync(dirname(file));
    writeFileSync(file, 'Dear diary, '.repeat(1000));
    expect(await refusalOf(openSqlite(file))).toContain('damaged');
    expect(statSync(file).size).toBe(12_000);
  });
});

/** How many statements an opening of the book comes to. */
async function statementsOf(file: string): Promise<number> {
  const counting = await startChild('open-book', file, '--count');
  counting.tell('go');
  expect([await counting.says('open'), counting.complaint()]).toEqual([true, '']);
  counting.process.stdin.end();
  await counting.ends();
  return Number(counting.heard.find((line) => line.startsWith('open'))?.split(' ')[1]);
}

/** Starts an opening that ends itself at some statement; says what it left. */
async function killedAt(file: string, mode: '--careful-until' | '--careless-until', statement: number) {
  const child = await startChild('open-book', file, mode, String(statement));
  child.tell('go');
  expect(await child.ends()).toBe('SIGKILL');
  return look(file);
}

const SCHEMAS = ['0001', '0002', '0003', '0011'] as const;
/** Tables that came with the migrations after 0004 and before 0012, where they made any. */
const MADE_BY: readonly (readonly string[])[] = [['job_plans', 'write_offs'], ['contract_parts'], ['closed_jobs']];
/** Those that came after it, in their order. */
const MADE_AFTER: readonly (readonly string[])[] = [
  ['attempts', 'turns'],
  ['kept_files', 'file_parts'],
  ['monthly_expenses'],
  ['closed_invoices'],
  ['outside_totals'],
];
/** What is made anew by `renew` where the rules have changed; and additions, which nobody reads but who writes. */
const isRenewed = (table: string) => /^(job_days|job_figures|job_plans|account_totals|counters|additions)$/.test(table);

/** The journal, as the programs before 0012 read it. */
async function formerly(place: { folder: string }): Promise<Record<string, unknown[]>> {
  const found: Record<string, unknown[]> = {};
  // In the order in which the tables that they were gave their rows.
  for (const [table, key] of [
    ['change_contents', 'change_number'],
    ['change_records', 'kind, record_id, change_number, position'],
    ['change_refs', 'change_number, kind, record_id'],
  ] as const)
    found[table] = await rowsOf(place, `select * from ${table} order by ${key}`);
  return found;
}

describe('a first opening that is killed', () => {
  const KILLS = 20;
  const TIMED_KILLS = 10;

  it('leaves all or nothing, and the next one succeeds', { timeout: 60_000 }, async () => {
    const whole = bookFile();
    const statements = await statementsOf(whole);
    expect(statements).toBeGreaterThan(40);
    const all = look(whole).tables;
    // Each migration happens whole or not at all, so that a kill between two leaves what the first one made.
    const earlier = SCHEMAS.map((schema) => look(formerBook(schema).file).tables);
    const beforeLog = earlier.at(-1) ?? [];
    for (const [index] of MADE_BY.entries()) {
      const since = MADE_BY.slice(index).flat();
      earlier.push(beforeLog.filter((table) => !since.includes(table)));
    }
    for (const [index] of MADE_AFTER.entries()) {
      const since = MADE_AFTER.slice(index).flat();
      earlier.push(all.filter((table) => !since.includes(table)));
    }

    const moments = fc.sample(fc.integer({ min: 0, max: statements - 1 }), KILLS);
    const kills = moments.map((statement) => ({ statement, file: bookFile() }));
    const left: string[] = [];
    for (let next = kills.splice(0, 2); next.length > 0; next = kills.splice(0, 2)) {
      await Promise.all(
        next.map(async ({ statement, file }) => {
          const { tables } = await killedAt(file, '--careful-until', statement);
          left.push(tables.length > 1 ? 'all' : 'nothing');
          expect([all, ...earlier, []]).toContainEqual(tables.length > 1 ? tables : []);
          expect([statement, await open(file)]).toEqual([statement, []]);
          expect(look(file)).toMatchObject({ tables: all, integrity: 'ok' });
        }),
      );
    }
    expect(left).toHaveLength(KILLS);
    expect(left).toContain('nothing');
  });

  it('at any moment of the clock, inside a sync too', { timeout: 60_000 }, async () => {
    for (let kill = 0; kill < TIMED_KILLS; kill += 2) {
      await Promise.all(
        [kill, kill + 1].map(async (step) => {
          const file = bookFile();
          const child = await startChild('open-book', file);
          await child.says('ready');
          child.tell('go');
          await letPass(step * 2 + Math.random() * 4, 'a kill falls into any moment');
          child.process.kill('SIGKILL');
          expect(await child.ends()).toBe('SIGKILL');
          expect(await open(file)).toEqual([]);
          expect(look(file).integrity).toBe('ok');
        }),
      );
    }
  });

  it('would leave the book stuck without the transaction (the control that must fail)', async () => {
    const file = bookFile();
    const { tables } = await killedAt(file, '--careless-until', 30);
    expect(tables.length).toBeGreaterThan(2);
    await expect(open(file)).rejects.toThrow(/already exists/);
  });
});

/** A folder with the book of the first released schema, as it was left: a roof billed and paid in part, and samples. */
const firstBook = () => formerBook('0001');

describe('a book of the first schema', () => {
  const KILLS = 16;
  const opened = async (folder: string) => await openBook({ folder, actor: 'root', now: '2026-11-23T12:00:00.000Z' });

  it('opens, is brought up to date, and doctor finds nothing', async () => {
    const { folder, file } = firstBook();
    expect(look(file).applied).toEqual([expect.objectContaining({ name: '0001-books' })]);
    const book = await opened(folder);
    await book.store.renew(1);
    expect(look(file).applied).toHaveLength(MIGRATIONS.length);
    expect(await book.store.check()).toEqual([]);
    const { looked, faults } = await book.store.read(1, auditBooks);
    expect(faults).toEqual([]);
    expect(looked).toMatchObject({ changes: 10, jobs: 7 });
  });

  it('its figures and rows are what they were', async () => {
    const { folder } = firstBook();
    const before = await everything({ folder });
    const book = await opened(folder);
    const after = await everything({ folder });
    const kept = Object.keys(before).filter(
      (table) => !/^(sqlite_|migrations$|change)/.test(table) && !isRenewed(table),
    );
    expect(kept.length).toBeGreaterThan(15);
    for (const table of kept) {
      expect([table, after[table]?.length]).toEqual([table, before[table]?.length]);
      expect(after[table]).toEqual(before[table]?.map((row) => expect.objectContaining(row)));
    }
    const sum = (column: string) =>
      (before['account_totals'] ?? []).reduce((sofar, row) => sofar + Number(row[column]), 0);
    const dollars = (cents: number) => (cents / 100).toFixed(2);
    const { totals, count } = await book.ok('list-jobs', { includeSamples: true });
    expect(count).toBe(sum('jobs'));
    expect(totals).toMatchObject({
      billed: dollars(sum('billed')),
      costOfWork: dollars(sum('cost_of_work')),
      expenses: dollars(sum('expenses')),
    });
    expect((await book.ok('get-job', { job: 'J-1' })).job.profit).toMatchObject({
      billed: '3240.00',
      costOfWork: '6720.00',
    });
  });

  it('its changes are listed with their sentences, the opening before them', async () => {
    const { folder } = firstBook();
    const sentences = await rowsOf({ folder }, 'select change_number as number, summary from changes');
    const book = await opened(folder);
    const { changes } = await book.ok('list-changes', {});
    expect(changes.toReversed().map(({ number, by, summary }: any) => [number, by, summary])).toEqual([
      [0, 'jobwright', 'Account opened'],
      ...sentences.map(({ number, summary }) => [number, 'you', summary]),
    ]);
    const expense = await book.ok('list-changes', { record: 'E-1' });
    expect(expense.changes.map(({ number, changed }: any) => [number, changed])).toEqual([
      [9, ['removed']],
      [5, ['added']],
    ]);
  });

  it('its changes can be undone where the rules allow it, and only there', async () => {
    const { folder } = firstBook();
    const book = await opened(folder);
    const refusals = {
      1: 'update-account with removeSamples: true',
      2: 'J-1',
      3: 'later records stand on it',
      4: 'INV-1001',
      5: 'change 9 by you',
      6: 'create-invoice with creditFor: "INV-1001"',
      7: 'record-payment with void: "P-1"',
    };
    for (const [change, words] of Object.entries(refusals))
      expect(await book.error('undo-change', { change: Number(change) })).toContain(words);
    expect((await book.ok('undo-change', {})).undone.number).toBe(9);
    expect((await book.ok('get-job', { job: 'J-1' })).job.expenses[0]).toMatchObject({ ref: 'E-1', amount: '6800.00' });
    await book.ok('undo-change', { change: 5 });
    await book.ok('undo-change', { change: 8 });
    expect((await book.ok('get-account', {})).account.name).toBe('My business');
    await book.ok('update-account', { removeSamples: true });
    await book.ok('undo-change', {});
    expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
  });

  it('is left as it was by a kill in the middle, and opens afterwards', { timeout: 120_000 }, async () => {
    const whole = firstBook();
    const before = await everything(whole);
    const statements = await statementsOf(whole.file);
    expect(statements).toBeGreaterThan(60);
    const left: string[] = [];
    const moments = fc.sample(fc.integer({ min: 0, max: statements - 1 }), KILLS);
    for (let next = moments.splice(0, 2); next.length > 0; next = moments.splice(0, 2)) {
      await Promise.all(
        next.map(async (statement) => {
          const { folder, file } = firstBook();
          const { applied } = await killedAt(file, '--careful-until', statement);
          left.push(applied.length === 1 ? 'nothing' : 'all');
          const { sqlite_stat1: _, sqlite_stat4: __, ...rows } = await everything({ folder });
          const { sqlite_stat1: ___, sqlite_stat4: ____, ...wanted } = before;
          const isAsBefore = JSON.stringify(rows) === JSON.stringify(wanted);
          expect([statement, applied.length === 1 ? isAsBefore : true]).toEqual([statement, true]);
          expect([statement, await open(file)]).toEqual([statement, []]);
          const book = await opened(folder);
          await book.store.renew(1);
          expect([statement, (await book.store.read(1, auditBooks)).faults]).toEqual([statement, []]);
        }),
      );
    }
    expect(left).toHaveLength(KILLS);
    expect(left).toContain('nothing');
  });

  it('would be left half done without the transaction (the control that must fail)', async () => {
    const whole = firstBook();
    const statements = await statementsOf(whole.file);
    const stuck: boolean[] = [];
    // A kill just between two migrations leaves nothing half done, and one moment alone may be there.
    for (const part of [3, 4, 5]) {
      const { file } = firstBook();
      await killedAt(file, '--careless-until', Math.floor(statements / part));
      stuck.push(/already exists|duplicate column/.test(await open(file).then(() => 'opened', String)));
    }
    expect(stuck).toContain(true);
  });
});

describe('two programs that open a new book at once', () => {
  it('both succeed, and every migration was applied once', async () => {
    const file = bookFile();
    const children = await Promise.all([1, 2, 3].map(async () => await startChild('open-book', file)));
    await Promise.all(children.map(async (child) => await child.says('ready')));
    for (const child of children) child.tell('go');
    expect(await Promise.all(children.map(async (child) => [await child.says('open'), child.complaint()]))).toEqual(
      children.map(() => [true, '']),
    );
    for (const child of children) child.process.stdin.end();
    expect(await Promise.all(children.map(async (child) => await child.ends()))).toEqual([0, 0, 0]);
    expect(look(file).applied).toHaveLength(MIGRATIONS.length);
  });

  it('also where one finishes between the other’s look and its turn', async () => {
    for (let round = 0; round < 3; round += 1) {
      const file = bookFile();
      const engines = await Promise.all([1, 2, 3].map(async () => await openSqlite(file)));
      await Promise.all(engines.map(async (engine) => await engine.close()));
      expect(look(file).applied).toHaveLength(MIGRATIONS.length);
    }
  });
});

describe('a book of the second schema', () => {
  it('opens, is brought up to date, and is what it was: its files, visits and history too', async () => {
    const { folder, file } = formerBook('0002');
    expect(look(file).applied).toHaveLength(2);
    const before = await everything({ folder });
    const book = await openBook({ folder, actor: 'root', now: '2026-11-24T12:00:00.000Z' });
    expect(look(file).applied).toHaveLength(MIGRATIONS.length);
    const after = { ...(await everything({ folder })), ...(await formerly({ folder })) };
    for (const [table, rows] of Object.entries(before)) {
      if (/^(sqlite_|migrations$)/.test(table) || isRenewed(table)) continue;
      expect([table, after[table]]).toEqual([table, rows.map((row) => expect.objectContaining(row))]);
    }
    await book.store.renew(1);
    expect(await book.store.check()).toEqual([]);
    const { looked, faults } = await book.store.read(1, auditBooks);
    expect(faults).toEqual([]);
    expect(looked).toMatchObject({ changes: 11, jobs: 1, files: 1 });
    expect(await book.ok('get-job', { job: 'roof replacement' })).toMatchObject({
      job: { files: [{ ref: 'F-1' }], appointments: [{ ref: 'A-1' }], walkAndTalks: [{ ref: 'W-1' }] },
    });
  });
});

describe('a book of the third schema', () => {
  it('opens, is brought up to date, and is what it was: its people and their tokens too', async () => {
    const { folder, file } = formerBook('0003');
    expect(look(file).applied).toHaveLength(3);
    const before = await everything({ folder });
    const book = await openBook({ folder, actor: 'root', now: '2026-11-28T12:00:00.000Z' });
    expect(look(file).applied).toHaveLength(MIGRATIONS.length);
    const after = { ...(await everything({ folder })), ...(await formerly({ folder })) };
    for (const [table, rows] of Object.entries(before)) {
      if (/^(sqlite_|migrations$)/.test(table) || isRenewed(table)) continue;
      expect([table, after[table]]).toEqual([table, rows.map((row) => expect.objectContaining(row))]);
    }
    await book.store.renew(1);
    expect([before['people']?.length, before['access_tokens']?.length]).toEqual([1, 1]);
    expect(await book.store.check()).toEqual([]);
    expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
    expect((await book.ok('get-job', { job: 'roof replacement' })).job.profit).toMatchObject({ billed: '3240.00' });
  });
});

describe('a book of the eleventh schema, whose journal stood in five tables', () => {
  const opened = async () => {
    const { folder, file } = formerBook('0011');
    const before = await everything({ folder });
    return { before, file, book: await openBook({ folder, actor: 'root', now: '2026-11-28T12:00:00.000Z' }) };
  };

  it('opens, is brought up to date, and says of its past what it said', async () => {
    const { before, file, book } = await opened();
    expect(look(file).applied).toHaveLength(MIGRATIONS.length);
    await book.store.renew(1);
    expect(await book.store.check()).toEqual([]);
    const { looked, faults } = await book.store.read(1, auditBooks);
    expect(faults).toEqual([]);
    expect(looked).toMatchObject({ changes: 14, jobs: 7, files: 1 });

    const { changes } = await book.ok('list-changes', { limit: 50 });
    expect(changes.map(({ summary }: any) => summary).toReversed()).toEqual(
      before['change_contents']?.map(({ summary }) => summary),
    );
    const { activity } = (await book.ok('get-job', { job: 'J-1' })).job;
    const lines = before['change_records']?.filter(({ kind, record_id }) => kind === 'job' && record_id === 1) ?? [];
    const notes = new Map(before['job_notes']?.map(({ id, text }) => [String(id), text]));
    expect(lines).toHaveLength(15);
    expect(activity.map(({ text }: any) => text).toReversed()).toEqual(
      lines.map(({ entry, text }) => (entry === 'note' ? notes.get(String(text)) : text)),
    );
    const told = await book.ok('list-changes', { record: 'E-2' });
    expect(told.changes.map(({ number }: any) => number)).toEqual([5]);
  });

  it('is read by whoever was at work on it before as it was', async () => {
    const { before, book } = await opened();
    const after = { ...(await everything(book)), ...(await formerly(book)) };
    for (const [table, rows] of Object.entries(before)) {
      if (/^(sqlite_|migrations$)/.test(table) || isRenewed(table)) continue;
      expect([table, after[table]]).toEqual([table, rows.map((row) => expect.objectContaining(row))]);
    }
    expect(before['change_refs']?.length).toBeGreaterThan(20);
  });

  it('goes on: changes stand on those before them, and the former ones are undone', async () => {
    const { book } = await opened();
    await book.ok('undo-change', { change: 7 });
    await book.ok('update-job', { job: 'J-1', note: 'Dry' });
    expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
    // What is said from now on is a code, for which a program from before has a line all the same.
    expect(await rowsOf(book, 'select summary from change_contents where change_number >= 13')).toEqual([
      {
        summary: 'Undid change 10: J-1 Roof and gutter: name is now "Roof and gutter"; description is now "Both sides"',
      },
      { summary: '(written by a newer Jobwright: log.undone)' },
      { summary: '(written by a newer Jobwright: log.became)' },
    ]);
    expect(await rowsOf(book, 'select text from change_records where change_number >= 15')).toEqual([{ text: '3' }]);
    expect(await rowsOf(book, 'select status from appointments where id = 1')).toEqual([]);
  });
});

describe('a book of the seventeenth schema, whose journal said all that it says at length', () => {
  const NOW = '2026-03-10T17:05:00.000Z';
  const opened = async () => {
    const { folder, file } = formerBook('0017');
    const before = await everything({ folder });
    return { before, file, book: await openBook({ folder, actor: 'sam', now: NOW, repeats: 'noticed' }) };
  };

  it('keeps every change, image and line as it was, digests and hashes too', async () => {
    const { before, file, book } = await opened();
    expect(look(file)).toMatchObject({ integrity: 'ok', applied: { length: MIGRATIONS.length } });
    expect(await book.store.check()).toEqual([]);
    const { looked, faults } = await book.store.read(1, auditBooks);
    expect([looked, faults]).toMatchObject([{ changes: 23, files: 1 }, []]);
    const after = await everything(book);
    expect(before['record_log']?.length).toBeGreaterThan(50);
    for (const table of ['changes', 'change_images', 'record_log'] as const) {
      const rows = before[table]?.map((row) => expect.objectContaining(row));
      expect([table, after[table]?.length]).toEqual([table, rows?.length]);
      expect([table, after[table]]).toEqual([table, expect.arrayContaining(rows ?? [])]);
    }
  });

  it('goes on: former changes are undone, logs run through both', async () => {
    const { before, book } = await opened();
    await book.ok('add-job-expense', { job: 'J-2', description: 'Screws', amount: 7, category: 'materials' });
    await book.ok('undo-change', { change: 22 });
    expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
    const former = before['record_log']?.filter(
      ({ kind, record_id, position }) => kind === 'job' && record_id === 2 && Number(position) >= 0,
    );
    const { activity } = (await book.ok('get-job', { job: 'J-2' })).job;
    expect(activity.map(({ text }: any) => text).slice(0, 3)).toEqual([
      'Undid change 22: Logged E-4 Screws, 6.00 USD, on J-2 Gutter cleaning',
      'E-5 Screws: 7.00 (materials)',
      'E-4 Screws: 6.00 (materials)',
    ]);
    expect(activity).toHaveLength((former?.length ?? 0) + 2);
    const { changes } = await book.ok('list-changes', { record: 'E-4' });
    expect(changes.map(({ number }: any) => number)).toEqual([24, 22]);
  });
});

describe('an older Jobwright that is still at work on a book that a newer one has brought up to date', () => {
  it('stops writing and says so, and goes on reading', async () => {
    const book = await openBook({ isOwn: true });
    await book.ok('create-customer', { name: 'Dana Henderson' });
    await plant(book, "update book set schema = '9999-from-the-future'");
    expect(await book.error('create-customer', { name: 'Marta Ortiz' })).toMatch(
      /^A newer Jobwright has brought this book up to date.*nothing was saved.*End it and start the newer one\.$/,
    );
    expect(await book.ok('list-customers')).toMatchObject({ customers: [{ name: 'Dana Henderson' }] });
    expect(await rowsOf(book, 'select name from customers')).toHaveLength(1);
  });

  it('cannot write where it is from before books counted their writes', async () => {
    const book = await openBook({ isOwn: true });
    const raw = new Sqlite(join(book.folder, 'jobwright.db'));
    onTestFinished(() => void raw.close());
    // How every write of it begins.
    const write = () => raw.prepare('update accounts set change_number = change_number + 1 where account_id = 1').run();
    expect(write).toThrow('no such function: jobwright_marks_writes');
    expect(await book.ok('create-customer', { name: 'Dana Henderson' })).toMatchObject({ change: 1 });
  });
});

/**
 * Before it was kept what a bill counts against: a roof billed whole from lines, loose deposits, bills from before their
 * contract, credits in full and in part, and a correction after a price reduction.
 */
describe('bills from before it was kept what they count against', () => {
  const opened = async () => {
    const { folder } = formerBook('0004');
    const book = await openBook({ folder, actor: 'root', now: '2026-12-01T12:00:00.000Z' });
    await book.store.renew(1);
    return book;
  };

  it.each([
    ['a roof billed whole from lines', 'J-1', 'Q-1', null, 'billed'],
    ['a deposit, half, and the rest with extra work', 'J-2', 'Q-2', null, 'billed'],
    ['a deposit that is more than the first contract', 'J-3', 'Q-3', null, 'part_billed'],
    ['the second contract beside it', 'J-3', 'Q-4', '3000.00', 'part_billed'],
    ['a bill credited in full', 'J-4', 'Q-5', '1000.00', 'not_billed'],
    ['a bill whose part credit was a price reduction', 'J-5', 'Q-6', null, 'billed'],
    ['a bill from before the contract', 'J-6', 'Q-7', '1400.00', 'part_billed'],
    ['a correction after a price reduction', 'J-7', 'Q-8', '4000.00', 'part_billed'],
  ])('%s leaves what it should', async (_, job, quote, left, how) => {
    const book = await opened();
    const { billing } = (await book.ok('get-job', { job })).job;
    const { structuredContent, isError } = await book.call('create-invoice', { fromQuote: { quote, rest: true } });
    const rest =
      isError === true ? null : z.object({ invoice: z.object({ subtotal: z.string() }) }).parse(structuredContent);
    expect([rest?.invoice.subtotal ?? null, billing]).toEqual([left, how]);
    expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
  });

  it('costs follow what is billed, and nothing of a roof that is billed stands apart', async () => {
    const { rows } = await (await opened()).ok('profit-report', { by: 'job' });
    const costs = rows.map(({ key, costOfWork, costNotYetBilled }: any) => [key, costOfWork, costNotYetBilled]);
    expect(costs.toSorted()).toEqual([
      ['J-1', '9650.00', '0.00'],
      ['J-2', '6000.00', '0.00'],
      ['J-3', '1800.00', '1800.00'],
      ['J-4', '0.00', '600.00'],
      ['J-5', '600.00', '0.00'],
      ['J-6', '360.00', '840.00'],
      ['J-7', '3333.33', '2666.67'],
    ]);
  });

  it('an old bill over two contracts has its credit taken off once, the extra work first', async () => {
    const book = await opened();
    await book.ok('create-invoice', { creditFor: 'INV-1004', amount: 2500 });
    expect(await book.error('create-invoice', { fromQuote: { quote: 'Q-2', rest: true } })).toContain(
      '9500.00 USD of 9500.00 USD is billed',
    );
    await book.ok('create-invoice', { creditFor: 'INV-1005', amount: 2500, billAgain: true });
    const rest = async (quote: string) =>
      (await book.ok('create-invoice', { fromQuote: { quote, rest: true } })).invoice.subtotal;
    expect([await rest('Q-3'), await rest('Q-4')]).toEqual(['500.00', '5000.00']);
    expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
  });
});
