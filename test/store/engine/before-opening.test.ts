// Books and logs that do not belong together, as hurried copies and crashes leave them: SQLite would replay any of them.
// Whatever is mixed, either the book that was meant opens with all its rows, or it is refused and nothing is touched.
import { inWords } from '../../../src/printers/in-words.ts';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import { openSqlite, openSqliteToRead } from '../../../src/store/engine/sqlite.ts';
import { type Book, openBook, tempFolder } from '../../support/book.ts';
import { overFile } from '../../support/engines/sqlite.ts';
import { rowsOf } from '../../support/store.ts';
import { inWords as said, refusalOf } from '../../support/refusal.ts';

const PAGE = 4096;
const NAMES = ['Henderson', 'Ortiz', 'Barker', 'Lindqvist', 'Petrova', 'Okafor'];

/** What a crash leaves at this moment: the file and its log, as they are on the disk. */
type Left = { readonly file: Buffer; readonly log: Buffer; readonly customers: number };

async function left(book: Book): Promise<Left> {
  const path = join(book.folder, 'jobwright.db');
  const log = existsSync(`${path}-wal`) ? readFileSync(`${path}-wal`) : Buffer.alloc(0);
  const [row] = await rowsOf(book, 'select count(*) as customers from customers');
  return { file: readFileSync(path), log, customers: Number(row?.['customers']) };
}

/** A book that goes on being written, and is looked at now and then; a checkpoint begins its log anew. */
async function histories(): Promise<Left[]> {
  const book = await openBook({ isOwn: true });
  const all: Left[] = [];
  for (let round = 0; round < 6; round += 1) {
    for (let index = 0; index < 4; index += 1) {
      await book.ok('create-customer', { name: `${NAMES[index]} ${NAMES[round]}`, evenIfSimilar: true });
      all.push(await left(book));
    }
    overFile(book, (raw) => raw.pragma(`wal_checkpoint(${round % 2 === 0 ? 'restart' : 'passive'})`));
    all.push(await left(book));
  }
  return all;
}

function put({ file, log }: Pick<Left, 'file' | 'log'>): string {
  const folder = tempFolder();
  writeFileSync(join(folder, 'jobwright.db'), file);
  if (log.length > 0) writeFileSync(join(folder, 'jobwright.db-wal'), log);
  return folder;
}

const hashOf = (folder: string) =>
  ['jobwright.db', 'jobwright.db-wal']
    .filter((name) => existsSync(join(folder, name)))
    .map((name) =>
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    );

/** Opens it as the program does: how many customers it has, or the refusal, after which nothing may have changed. */
async function open(folder: string): Promise<number | string> {
  const before = hashOf(folder);
  const opened = await openBook({ folder }).catch(said);
  if (typeof opened === 'string') {
    const isTouched =
      JSON.stringify(hashOf(folder)) !== JSON.stringify(before) || existsSync(join(folder, 'jobwright.db-shm'));
    return isTouched ? `touched, and ${opened}` : opened;
  }
  const faults = [...(await opened.store.check()), ...(await opened.store.read(1, auditBooks)).faults];
  if (faults.length > 0) return inWords(faults).join();
  return (await rowsOf(opened, 'select id from customers')).length;
}

describe('a file and its log', () => {
  it('that a crash left open with every row that was written', async () => {
    const all = await histories();
    expect(all.some(({ log }) => log.length > 0)).toBe(true);
    for (const each of all) expect(await open(put(each))).toBe(each.customers);
  });

  it('of a first start, whose power went before its first page was on the disk, are begun anew', async () => {
    // What is undone here: a database of no page at all, by what SQLite noted before it began (its file format, section 3).
    const journal = Buffer.alloc(512);
    journal.write('d9d505f920a163d7', 'hex');
    journal.writeUInt32BE(512, 20);
    journal.writeUInt32BE(PAGE, 24);
    const folder = put({ file: Buffer.alloc(PAGE), log: Buffer.alloc(0) });
    writeFileSync(join(folder, 'jobwright.db-journal'), journal);
    expect(await open(folder)).toBe(0);
    expect(await open(put({ file: Buffer.alloc(PAGE * 20), log: Buffer.alloc(0) }))).toContain(
      'does not begin as a book',
    );
  });

  it('of two moments open only as the book of the later one, or are refused in words', async () => {
    const all = await histories();
    const refusals: string[] = [];
    const opened: [number | string, number[]][] = [];
    for (const older of all) {
      for (const newer of all.filter((_, index) => index % 3 === 0)) {
        const answer = await open(put({ file: older.file, log: newer.log }));
        if (typeof answer === 'string') refusals.push(answer);
        else if (newer.log.length > 0) opened.push([answer, [older.customers, newer.customers]]);
      }
    }
    expect([refusals.length > 20, opened.length > 10]).toEqual([true, true]);
    const wording =
      /^The (book's file is an older copy|log jobwright\.db-wal beside the book is older)[^]*Nothing was touched\./;
    expect(refusals.filter((words) => !wording.test(words))).toEqual([]);
    expect(opened.filter(([answer, either]) => !either.includes(Number(answer)))).toEqual([]);
  });

  it('of two books are refused, also where both were written to as often', async () => {
    const [first, second] = [await histories(), await histories()];
    let tried = 0;
    for (const [index, { file }] of first.entries()) {
      const log = second[index]?.log ?? Buffer.alloc(0);
      // Before its first checkpoint a file holds nothing of its book yet: all of it is in the log.
      if (log.length === 0 || file.length === PAGE) continue;
      tried += 1;
      expect(await open(put({ file, log }))).toMatch(/is of another book\. Nothing was touched\./);
    }
    expect(tried).toBeGreaterThan(15);
  });

  it('are read by SQLite itself without a word (the control)', async () => {
    const [first, second] = [await histories(), await histories()];
    const file = first[6]?.file ?? Buffer.alloc(0);
    const log = second.at(-2)?.log ?? Buffer.alloc(0);
    const raw = new Sqlite(join(put({ file, log }), 'jobwright.db'));
    onTestFinished(() => void raw.close());
    expect(raw.prepare('select count(*) as customers from customers').get()).not.toEqual({
      customers: first[6]?.customers,
    });
  });

  it('of which the log is cut inside its last transaction open with all before it', async () => {
    const all = await histories();
    const [last, before] = [all[3], all[2]];
    if (last === undefined || before === undefined) throw new Error('no history');
    for (const cut of [1, 100, 3000, last.log.length - before.log.length - 1]) {
      const folder = put(last);
      truncateSync(join(folder, 'jobwright.db-wal'), last.log.length - cut);
      expect(await open(folder)).toBe(before.customers);
    }
  });

  it('of which the log is damaged in its midst are refused, where SQLite would leave out what follows', async () => {
    const all = await histories();
    const last = all[3];
    if (last === undefined) throw new Error('no history');
    const damaged = Buffer.from(last.log);
    const at = 32 + 24 + 100;
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    expect(await open(put({ file: last.file, log: damaged }))).toMatch(
      /is damaged: writes \d+ to \d+ cannot be read\. Nothing was touched\./,
    );
    const raw = new Sqlite(join(put({ file: last.file, log: damaged }), 'jobwright.db'));
    onTestFinished(() => void raw.close());
    expect(raw.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(() => raw.prepare('select count(*) as customers from customers').get()).toThrow(/no such table/);
  });

  it.each([
    ['one bit of its beginning', (log: Buffer) => log.writeUInt8(log.readUInt8(20) ^ 1, 20)],
    ['its beginning overwritten', (log: Buffer) => log.fill(0, 0, 32)],
    ['another page size', (log: Buffer) => log.writeUInt32BE(8192, 8)],
  ])('of which the log has %s are refused, where SQLite would leave out all of it', async (_, damage) => {
    const last = (await histories()).findLast(({ log }, index) => log.length > 0 && index % 5 === 3);
    if (last === undefined) throw new Error('no history');
    const log = Buffer.from(last.log);
    damage(log);
    expect(await open(put({ file: last.file, log }))).toMatch(/is damaged: writes \d+ to \d+ cannot be read\. Nothing/);
  });

  it('of which the log was hit as it was begun anew open, since all of it is in the file', async () => {
    const book = await openBook({ isOwn: true });
    await book.ok('create-customer', { name: 'Dana Henderson' });
    overFile(book, (raw) => raw.pragma('wal_checkpoint(restart)'));
    const { file, log, customers } = await left(book);
    log.fill(0, 0, 32);
    expect(await open(put({ file, log }))).toBe(customers);
  });

  it.each([
    ['a version of the format that there is not', 18, 9],
    ['a page size that there is not', 16, 3],
    ['a schema format that there is not', 47, 9],
  ])('of which the file has %s are refused in words', async (_, at, value) => {
    const file = Buffer.from((await histories())[6]?.file ?? Buffer.alloc(0));
    file[at] = value;
    expect(await open(put({ file, log: Buffer.alloc(0) }))).toMatch(/^The book file is damaged/);
  });

  it('of another program are left alone', async () => {
    const folder = tempFolder();
    const raw = new Sqlite(join(folder, 'jobwright.db'));
    raw.exec("create table recipes (name text); insert into recipes values ('Pecan pie')");
    raw.close();
    expect(await open(folder)).toMatch(/^The file is another program's database, not a book/);
  });

  it('from before books had an identity open, with and without a log', async () => {
    const folder = tempFolder();
    const { gunzipSync } = await import('node:zlib');
    writeFileSync(
      join(folder, 'jobwright.db'),
      gunzipSync(readFileSync(join(import.meta.dirname, '../fixtures/0003-books.db.gz'))),
    );
    const raw = new Sqlite(join(folder, 'jobwright.db'));
    raw.pragma('journal_mode = wal');
    raw.prepare("update customers set notes = 'Call after five' where id = 1").run();
    const copy = put({
      file: readFileSync(join(folder, 'jobwright.db')),
      log: readFileSync(join(folder, 'jobwright.db-wal')),
    });
    raw.close();
    const book = await openBook({ folder: copy });
    expect(await rowsOf(book, 'select notes from customers where id = 1')).toEqual([{ notes: 'Call after five' }]);
  });
});

describe('a book whose file is gone', () => {
  it.each([
    ['missing', (file: string) => rmSync(file)],
    ['empty', (file: string) => truncateSync(file, 0)],
  ])('(%s) is not made anew over its log', async (_, lose) => {
    const all = await histories();
    const last = all[3];
    if (last === undefined) throw new Error('no history');
    const folder = put(last);
    lose(join(folder, 'jobwright.db'));
    const before = hashOf(folder);
    expect(await refusalOf(openSqlite(join(folder, 'jobwright.db')))).toMatch(
      /^The book's file is missing or empty, but its log/,
    );
    expect(hashOf(folder)).toEqual(before);
  });
});

describe('a book that is opened to be read', () => {
  it('is not written to, nor brought up to date', async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'old'));
    const file = join(folder, 'old', 'jobwright.db');
    const { gunzipSync } = await import('node:zlib');
    writeFileSync(file, gunzipSync(readFileSync(join(import.meta.dirname, '../fixtures/0001-books.db.gz'))));
    const before = hashOf(join(folder, 'old'));
    const engine = await openSqliteToRead(file);
    expect([engine.isReadOnly, engine.isUpToDate, engine.schema]).toEqual([true, false, '0001-books']);
    await expect(engine.write(async () => 1)).rejects.toMatchObject({ kind: 'unavailable' });
    await engine.close();
    expect(hashOf(join(folder, 'old'))).toEqual(before);
    expect(statSync(file).size).toBeGreaterThan(0);
    copyFileSync(file, join(folder, 'copy.db'));
  });
});
