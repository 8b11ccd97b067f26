// Rot: whatever single byte of a book changes, in a stored value or in the file's own pages, the audit ends with words.
// Every changed row of the ledger and of the journal is found and named. JOBWRIGHT_SOAK=10 looks ten times as often.
import { inWords } from '../../../src/printers/in-words.ts';
import { copyFileSync } from 'node:fs';
import type Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import { Store } from '../../../src/store/scope.ts';
import { openSqlite } from '../../../src/store/engine/sqlite.ts';
import { type Book, openBook, tempFolder } from '../../support/book.ts';
import { formerBook } from '../former-book.ts';
import { openFullBook } from '../full-book.ts';
import { fileOf, overFile } from '../../support/engines/sqlite.ts';
import { everything } from '../../support/store.ts';
import {
  DERIVED,
  type Flip,
  flipValue,
  halfZeroed,
  JOURNAL,
  LEDGER_TABLES,
  namesOf,
  pageFlipped,
  random,
  truncated,
  unflip,
  uncheck,
} from './rot.ts';

const SOAK = Number(process.env['JOBWRIGHT_SOAK'] ?? 1);
const SEED = 20_261_127;

const lookAt = async (store: Store) => await store.look(1, async (scope) => await auditBooks(scope));

const PATIENCE = { timeout: 180_000 * SOAK };

describe(`one byte of a stored value (seed ${SEED})`, PATIENCE, () => {
  /** Plants that many changes, one at a time, and tells of each what the audit said. @returns how many were planted */
  async function rot(
    book: Book,
    tables: readonly string[],
    { times, judge }: { times: number; judge: (flip: Flip, faults: readonly string[]) => void },
  ): Promise<number> {
    overFile(book, uncheck);
    const next = random(SEED);
    const unguarded = <T>(work: (raw: Sqlite.Database) => T) =>
      overFile(book, (raw) => {
        uncheck(raw);
        return work(raw);
      });
    let done = 0;
    for (let tries = 0; done < times * SOAK; tries += 1) {
      const flip = unguarded((raw) => flipValue(raw, next, tables[tries % tables.length] ?? ''));
      if (flip === null) continue;
      done += 1;
      judge(flip, inWords((await lookAt(book.store)).faults));
      unguarded((raw) => unflip(raw, flip));
    }
    // The control: all of it put back, nothing is wrong.
    expect((await lookAt(book.store)).faults).toEqual([]);
    return done;
  }

  test('of the ledger: found, and the record named', async () => {
    const done = await rot(await openFullBook(), LEDGER_TABLES, { times: 250, judge: expectRecordNamed });
    expect(done).toBe(250 * SOAK);
  });

  test('of the journal: found, and the change named', async () => {
    const done = await rot(await openFullBook(), JOURNAL, { times: 150, judge: expectChangeNamed });
    expect(done).toBe(150 * SOAK);
  });

  test('of a journal in the forms of before and of now: found, and the change named', async () => {
    const { folder } = formerBook('0011');
    const book = await openBook({ folder, actor: 'root', now: '2026-11-28T12:00:00.000Z' });
    await book.store.renew(1);
    // Beside what it holds, some that is said in codes.
    await book.ok('update-job', { job: 'J-1', name: 'Roof, gutter and all', status: 'completed' });
    await book.ok('undo-change', { change: 7 });
    const done = await rot(book, JOURNAL, { times: 60, judge: expectChangeNamed });
    expect(done).toBe(60 * SOAK);
  });

  test('the control: an audit that finds nothing, or another record, does not pass', async () => {
    const flip: Flip = {
      ...{ table: 'jobs', column: 'name' },
      ...{ before: { id: 1, name: 'Roof', change_number: 4 }, after: { id: 1, name: 'Rook', change_number: 4 } },
    };
    const other = 'J-12: jobs {"id":12} is not as change 41 has it';
    for (const judge of [expectRecordNamed, expectChangeNamed])
      for (const faults of [[], [other]]) expect(() => judge(flip, faults)).toThrow('deeply equal');
    expect(() => expectLines(['TypeError: x is undefined'])).toThrow('not to match');
    expect(() => expectLines(['J-1: two\nlines'])).toThrow('to match');
  });

  test('of what is derived: the audit ends, and finds what is reckoned', async () => {
    let found = 0;
    await rot(await openFullBook(), DERIVED, {
      times: 60,
      judge: (_, faults) => {
        expectLines(faults);
        if (faults.length > 0) found += 1;
      },
    });
    expect(found).toBeGreaterThan(20);
  });
});

describe(`the file’s own pages (seed ${SEED})`, PATIENCE, () => {
  /** Damages a copy of the book that is open, and looks at it. */
  async function damaged(book: Book, damage: (file: string) => void) {
    const folder = tempFolder();
    const file = fileOf({ folder });
    overFile(book, (raw) => raw.pragma('wal_checkpoint(truncate)'));
    copyFileSync(fileOf(book), file);
    const store = new Store(await openSqlite(file));
    damage(file);
    const faults = [...(await store.check()), ...inWords((await lookAt(store)).faults)];
    await store.close();
    expectLines(faults);
    return { faults, differs: await differs(book, folder) };
  }

  const BOOKS = [...LEDGER_TABLES, ...JOURNAL];
  async function differs(book: Book, folder: string): Promise<boolean> {
    const before = await everything(book);
    try {
      const after = await everything({ folder });
      return BOOKS.some((table) => JSON.stringify(before[table]) !== JSON.stringify(after[table]));
    } catch {
      return true;
    }
  }

  test('a byte of a page: the audit ends, and a row that reads otherwise is found', async () => {
    const book = await openFullBook();
    const next = random(SEED);
    let found = 0;
    for (let time = 0; time < 120 * SOAK; time += 1) {
      const { faults, differs: isOther } = await damaged(book, (file) => pageFlipped(file, next));
      if (!isOther) continue;
      expect(faults).not.toEqual([]);
      found += 1;
    }
    expect(found).toBeGreaterThan(20);
  });

  test.each([
    ['half of it is zero', halfZeroed],
    ['half of it is gone', truncated],
  ])('%s: what cannot be read is said, and the rest is looked at', async (_, damage) => {
    const book = await openFullBook();
    const next = random(SEED);
    for (let time = 0; time < 10 * SOAK; time += 1) {
      const { faults } = await damaged(book, (file) => damage(file, next));
      expect(faults).toContainEqual(expect.stringMatching(/could not be read: the file is damaged there$/));
    }
  });

  test('an undamaged copy has no faults', async () => {
    expect(await damaged(await openFullBook(), () => {})).toEqual({
      faults: [],
      differs: false,
    });
  });
});

function expectRecordNamed(flip: Flip, faults: readonly string[]): void {
  const names = namesOf(flip);
  const told = `${flip.table}.${flip.column} of ${names.join(' or ')}: ${String(flip.after[flip.column])}`;
  const isNamed = names.some((name) => faults.some((fault) => fault.includes(name)));
  expect([told, isNamed, faults]).toEqual([told, true, faults]);
  expectLines(faults);
}

function expectChangeNamed(flip: Flip, faults: readonly string[]): void {
  const number = String(flip.before['change_number']);
  const told = `${flip.table}.${flip.column} of change ${number}`;
  const isNamed = faults.some((fault) => new RegExp(`change.* ${number}\\b`).test(fault));
  expect([told, isNamed, faults]).toEqual([told, true, faults]);
  expectLines(faults);
}

/** One line each, of a length that can be read, without a word of the program's insides. */
function expectLines(faults: readonly string[]): void {
  for (const fault of faults) {
    expect(fault).toMatch(/^\P{Cc}{5,420}$/u);
    expect(fault).not.toMatch(/\bat .*:\d+:\d+|TypeError|undefined|SqliteError/);
  }
}
