import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MIGRATIONS } from '../../migrations/index.ts';
import { Problem } from '../../src/domain/errors.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { openBook, tempFolder } from '../support/book.ts';
import { startChild } from './child.ts';

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
    expect(look(file).applied).toEqual(names.map((name) => ({ name, applied_at: expect.any(String) })));
    const folder = readdirSync(join(import.meta.dirname, '../../migrations')).filter((entry) => /^\d{4}-/.test(entry));
    expect(folder.toSorted()).toEqual(names.map((name) => `${name}.ts`));
    expect(look(file).tables).toEqual(expect.arrayContaining(['accounts', 'jobs', 'changes', 'job_figures', 'words']));
  });

  it('is left as it is by the second opening', async () => {
    const book = await openBook();
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
    raw.prepare("insert into migrations values ('9999-from-the-future', '2031-01-01')").run();
    raw.close();
    const before = look(file);
    const refusal = await openSqlite(file).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Problem);
    expect(refusal).toMatchObject({
      code: 'unavailable',
      message:
        'This book was written by a newer Jobwright (it has 9999-from-the-future). Update Jobwright, or open a backup from before.',
    });
    expect(look(file)).toEqual(before);
  });

  it('that is no book is refused in words, and left as it is', async () => {
    const file = bookFile();
    mkdirSync(dirname(file));
    writeFileSync(file, 'Dear diary, '.repeat(1000));
    await expect(openSqlite(file)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('damaged'),
    });
    expect(statSync(file).size).toBe(12_000);
  });
});

describe('a first opening that is killed', () => {
  const KILLS = 20;
  const TIMED_KILLS = 10;

  /** Starts an opening that ends itself at some statement; says what it left. */
  async function killedAt(file: string, mode: '--careful-until' | '--careless-until', statement: number) {
    const child = await startChild('open-book', file, mode, String(statement));
    child.tell('go');
    expect(await child.ends()).toBe('SIGKILL');
    return look(file);
  }

  it('leaves all or nothing, and the next one succeeds', { timeout: 60_000 }, async () => {
    const whole = bookFile();
    const counting = await startChild('open-book', whole, '--count');
    counting.tell('go');
    expect([await counting.says('open'), counting.complaint()]).toEqual([true, '']);
    counting.process.stdin.end();
    const statements = Number(counting.heard.find((line) => line.startsWith('open'))?.split(' ')[1]);
    expect(statements).toBeGreaterThan(40);
    await counting.ends();
    const all = look(whole).tables;

    const moments = fc.sample(fc.integer({ min: 0, max: statements - 1 }), KILLS);
    const kills = moments.map((statement) => ({ statement, file: bookFile() }));
    const left: string[] = [];
    for (let next = kills.splice(0, 2); next.length > 0; next = kills.splice(0, 2)) {
      await Promise.all(
        next.map(async ({ statement, file }) => {
          const { tables } = await killedAt(file, '--careful-until', statement);
          left.push(tables.length > 1 ? 'all' : 'nothing');
          expect([statement, tables.length > 1 ? tables : all]).toEqual([statement, all]);
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
          await pause(step * 2 + Math.random() * 4);
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
