import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import Sqlite from 'better-sqlite3';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Problem } from '../../../src/domain/errors.ts';
import { KINDS } from '../../../src/kinds/index.ts';
import type { Column } from '../../../src/kinds/kind.ts';
import { callTool } from '../../../src/server.ts';
import type { Database, Engine } from '../../../src/store/database.ts';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import { Store } from '../../../src/store/scope.ts';
import { openCopyUpToDate } from '../../../src/store/engine/sqlite-copy.ts';
import { inWords } from '../../../src/store/engine/sqlite-errors.ts';
import { openSqlite, openSqliteToRead } from '../../../src/store/engine/sqlite.ts';
import { LEDGER } from '../../../src/store/journal/ledger.ts';
import { type Book, openBook, tempFolder } from '../../support/book.ts';
import { startChild } from './child.ts';
import { overFile } from '../../support/engines/sqlite.ts';
import { everything, plant, rowsOf } from '../../support/store.ts';
import { letPass, timed } from '../../support/time.ts';
import { refusalOf } from '../../support/refusal.ts';
import { says } from '../../../src/domain/message.ts';

const SAM = { actor: 'sam', client: 'test', tool: 'test' };
const line = { description: 'Work', quantity: 1, unitPrice: 100 };

async function openEngine(): Promise<Engine> {
  const engine = await openSqlite(join(tempFolder(), 'jobwright.db'));
  onTestFinished(async () => await engine.close());
  return engine;
}

const pragma = async (engine: Engine, name: string) =>
  await engine.write(
    async (db) =>
      Object.values((await sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(db)).rows[0] ?? {})[0],
  );

describe('the file', () => {
  it('is written ahead, synced in full, and keeps its references', async () => {
    const engine = await openEngine();
    expect(await pragma(engine, 'journal_mode')).toBe('wal');
    expect(await pragma(engine, 'synchronous')).toBe(2);
    expect(await pragma(engine, 'foreign_keys')).toBe(1);
    // The driver's own wait stops the whole program, so it is short.
    expect(Number(await pragma(engine, 'busy_timeout'))).toBeLessThanOrEqual(20);
  });

  /** Of the people who sign in, who can belong to several accounts, of the server itself, and of the whole book. */
  const OF_NO_ACCOUNT = [
    ...['people', 'invitations', 'sessions', 'oauth_records', 'host_secrets'],
    ...['attempts', 'turns', 'book', 'sweeping'],
  ];

  it('has every column of a kind as its row is typed: text or a number, and where it may be empty', async () => {
    const book = await openBook({ isOwn: true });
    for (const { table, columns } of KINDS) {
      const stored = await rowsOf(book, 'select name, upper(type) as type, "notnull" from pragma_table_info(?)', table);
      const declared = Object.entries<Column>(columns).map(([name, { form, optional = false }]) => [
        name,
        { type: ['text', 'word', 'day', 'instant'].includes(form) ? 'TEXT' : 'INTEGER', notnull: optional ? 0 : 1 },
      ]);
      expect({ account_id: expect.anything(), ...Object.fromEntries(declared) }, table).toEqual(
        Object.fromEntries(stored.map(({ name, type, notnull }) => [name, { type, notnull }])),
      );
    }
  });

  it('has strict tables only, each beginning with its account', async () => {
    const book = await openBook({ isOwn: true });
    const tables = await rowsOf(
      book,
      "select name, strict, wr from pragma_table_list where schema = 'main' and type = 'table'",
    );
    const ours = tables.filter(({ name }) => !String(name).startsWith('sqlite_') && name !== 'migrations');
    expect(ours.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(LEDGER)));
    expect(ours.filter(({ strict, wr }) => strict !== 1 || wr !== 1)).toEqual([]);
    expect(ours.map(({ name }) => name)).toEqual(expect.arrayContaining(OF_NO_ACCOUNT));
    for (const { name } of ours.filter((table) => !OF_NO_ACCOUNT.includes(String(table.name)))) {
      expect([name, await rowsOf(book, 'select name from pragma_table_info(?) where pk = 1', String(name))]).toEqual([
        name,
        [{ name: 'account_id' }],
      ]);
    }
    const misfit = () =>
      overFile(book, (raw) =>
        raw.prepare("update accounts set payment_terms_days = 'soon' where account_id = 1").run(),
      );
    expect(misfit).toThrow(/cannot store TEXT value in INTEGER column/);
  });

  it.each(['read', 'write'] as const)(
    'is whole in itself once it is closed, without a log, after a %s',
    async (last) => {
      const file = join(tempFolder(), 'jobwright.db');
      const engine = await openSqlite(file);
      await engine.write(async (db) => await sql`update book set identity = 'another'`.execute(db));
      await engine[last](async (db) => await sql`select identity from book`.execute(db));
      await engine.close();
      expect(existsSync(`${file}-wal`)).toBe(false);
    },
  );

  it('cannot be written to while reading', async () => {
    const engine = await openEngine();
    const write = engine.read(async (db) => await sql`delete from accounts`.execute(db));
    await expect(write).rejects.toThrow(Problem);
  });

  it('refuses a row that refers to nothing', async () => {
    const book = await openBook({ isOwn: true });
    const orphan = book.store.write(
      1,
      SAM,
      async ({ journal }) =>
        await journal.insert('job_notes', { id: 1, is_sample: 0, job_id: 77, text: 'Nobody', change_number: 1 }),
      () => 'never',
    );
    await expect(orphan).rejects.toThrow(/FOREIGN KEY/);
  });
});

describe('a write', () => {
  it('keeps others out from its first moment, so that what it reads still holds when it writes', async () => {
    const folder = tempFolder();
    const engine = await openSqlite(join(folder, 'jobwright.db'));
    onTestFinished(async () => await engine.close());
    const intrude = () =>
      overFile({ folder }, (raw) => {
        raw.pragma('busy_timeout = 0');
        return raw.prepare("insert into counters (account_id, kind, value) values (7, 'job', 1)").run().changes;
      });
    await engine.write(async (db) => {
      expect(await db.selectFrom('counters').select('value').execute()).toEqual([]);
      expect(intrude).toThrow(/locked/);
    });
    expect(intrude()).toBe(1);
  });

  it('that fails leaves nothing: no row, no number, no word, no change', async () => {
    const book = await openBook({ isOwn: true });
    await book.ok('create-customer', { name: 'Dana Henderson' });
    await book.ok('create-job', { customer: 'C-1', name: 'Roof replacement' });
    const before = await everything(book);

    await book.error('create-job', { newCustomer: { name: 'Marta Ortiz' }, name: 'Deck', startsOn: '2026-02-30' });
    await book.error('create-quote', { job: 'J-1', lines: [line, { ...line, changesLine: 'Q-9/9' }] });
    await book.error('create-invoice', { job: 'J-1', lines: [line, { ...line, unitPrice: null }] });
    const failing = async (where: 'work' | 'summary') =>
      await book.store.write(
        1,
        SAM,
        async (scope) => {
          await scope.journal.next('customer');
          await scope.journal.update('jobs', { id: 1 }, { name: 'Half done', status: 'completed' });
          if (where === 'work') throw new Error('the roof fell in');
        },
        () => {
          throw new Error('the roof fell in');
        },
      );
    await expect(failing('work')).rejects.toThrow('the roof fell in');
    await expect(failing('summary')).rejects.toThrow('the roof fell in');

    expect(await everything(book)).toEqual(before);
    expect(await book.ok('create-customer', { name: 'Marta Ortiz' })).toMatchObject({
      customer: { ref: 'C-2' },
      change: 3,
    });
  });

  it('that changes nothing takes no number', async () => {
    const book = await openBook({ isOwn: true });
    await book.ok('create-customer', { name: 'Dana Henderson' });
    const before = await everything(book);
    expect(await book.ok('update-customer', { customer: 'C-1', name: 'Dana Henderson' })).toMatchObject({
      change: null,
    });
    expect(await everything(book)).toEqual(before);
  });

  it('is seen whole or not at all by a reader that began before', async () => {
    const book = await openBook({ isOwn: true });
    await book.ok('create-customer', { name: 'Dana Henderson' });
    const names = await book.store.read(1, async ({ db }) => {
      const load = async () => (await db.selectFrom('customers').select('name').execute()).map(({ name }) => name);
      const first = await load();
      overFile(book, (raw) => raw.prepare("update customers set name = 'Somebody else'").run());
      return [first, await load()];
    });
    expect(names).toEqual([['Dana Henderson'], ['Dana Henderson']]);
    expect(
      await book.store.read(1, async ({ db }) => await db.selectFrom('customers').select('name').execute()),
    ).toEqual([{ name: 'Somebody else' }]);
  });
});

describe('between the statements of a long read others have their turn', () => {
  const COUNTING = sql`with recursive n (i) as (select 1 union all select i + 1 from n where i < 300000) select max(i) from n`;
  /** How often somebody else had a turn while three long statements followed each other. */
  const turns = async (db: Database) => {
    let others = 0;
    for (let each = 0; each < 3; each += 1) {
      const other = nextTurn().then(() => (others += 1));
      await COUNTING.execute(db);
      void other;
    }
    return others;
  };

  it('after each of them; in a write, which everybody waits for, after none', async () => {
    const engine = await openEngine();
    expect([await engine.read(turns), await engine.write(turns)]).toEqual([3, 0]);
  });
});

describe('inside a write nothing is awaited but the store', () => {
  /** A book whose every write sets a timer of the event loop at BEGIN; `strayed` counts those that fired before COMMIT. */
  async function watched(): Promise<{ session: Book['session']; seen: { writes: number; strayed: number } }> {
    const book = await openBook({ isOwn: true });
    const engine = await openSqlite(join(book.folder, 'jobwright.db'));
    onTestFinished(async () => await engine.close());
    const seen = { writes: 0, strayed: 0 };
    const store = new Store({
      ...engine,
      write: async (work) => {
        const fired: true[] = [];
        const result = await engine.write(async (db) => {
          setImmediate(() => fired.push(true));
          return await work(db);
        });
        seen.writes += 1;
        seen.strayed += fired.length;
        return result;
      },
    });
    return { session: { ...book.session, store }, seen };
  }

  it('by any writing tool', async () => {
    const { session, seen } = await watched();
    const calls: [string, object][] = [
      ['create-customer', { name: 'Dana Henderson', phone: '(512) 555-0143', address: '418 Pecan Hollow Ln' }],
      ['update-customer', { customer: 'C-1', notes: 'Call before five' }],
      ['create-job', { newCustomer: { name: 'Marta Ortiz' }, name: 'Roof replacement', note: 'Two layers' }],
      ['update-job', { job: 'J-1', status: 'in_progress', assignees: [{ name: 'Tom', role: 'lead' }] }],
      ['create-quote', { job: 'J-1', lines: [{ ...line, unitCost: 60, category: 'materials' }] }],
      ['update-quote', { quote: 'Q-1', status: 'accepted', doneLines: [1] }],
      [
        'create-quote',
        { job: 'J-1', kind: 'change_order', status: 'accepted', lines: [{ ...line, changesLine: 'Q-1/1' }] },
      ],
      [
        'add-job-expense',
        { job: 'J-1', description: 'Shingles', amount: 70, category: 'materials', coversLine: 'Q-1/1' },
      ],
      ['update-job-expense', { expense: 'E-1', amount: '71.50', coversLine: null }],
      ['create-invoice', { job: 'J-1', lines: [line], draft: true }],
      ['update-invoice', { invoice: 'DRAFT-1', status: 'issued' }],
      ['record-payment', { invoice: 'INV-1001', amount: 40, method: 'card' }],
      ['update-account', { paymentTermsDays: 14 }],
    ];
    for (const [tool, args] of calls) {
      const { isError, content } = await callTool(session, tool, args, { client: 'test', canAsk: false });
      expect([tool, isError === true ? content : 'ok']).toEqual([tool, 'ok']);
    }
    expect(seen).toEqual({ writes: calls.length, strayed: 0 });
  });

  it('and one that awaited something else would be noticed (the control)', async () => {
    const { session, seen } = await watched();
    await session.store.write(
      1,
      SAM,
      async () => await nextTurn(),
      () => 'strayed',
    );
    expect(seen).toEqual({ writes: 1, strayed: 1 });
  });
});

describe('another program that holds the book', () => {
  it('for a second is waited for, for half a minute not; meanwhile the program goes on', {
    timeout: 60_000,
  }, async () => {
    const [patient, impatient] = [await openBook({ isOwn: true }), await openBook({ isOwn: true })];
    await impatient.ok('create-customer', { name: 'Dana Henderson' });
    const [short, long] = await Promise.all([
      startChild('hold-lock', join(patient.folder, 'jobwright.db'), '1000'),
      startChild('hold-lock', join(impatient.folder, 'jobwright.db'), '30000'),
    ]);
    expect(await Promise.all([short.says('held'), long.says('held')])).toEqual([true, true]);

    let longestPause = 0;
    let last = performance.now();
    const ticking = setInterval(() => {
      longestPause = Math.max(longestPause, performance.now() - last);
      last = performance.now();
    }, 5);
    const refused = impatient.store
      .write(
        1,
        SAM,
        async ({ journal }) => await journal.update('customers', { id: 1 }, { name: 'X' }),
        () => 'renamed',
      )
      .catch((error: unknown) => error);
    const [waited, gaveUp, queued, read] = await Promise.all([
      timed(patient.ok('create-customer', { name: 'Marta Ortiz' })),
      timed(refused),
      timed(patient.ok('create-customer', { name: 'Lou Barker' })),
      timed(impatient.ok('get-customer', { customer: 'C-1' })),
    ]);
    clearInterval(ticking);

    expect(waited.answer).toMatchObject({ customer: { ref: 'C-1' } });
    expect(waited.ms).toBeGreaterThan(500);
    expect(waited.ms).toBeLessThan(4000);
    expect(queued.answer).toMatchObject({ customer: { ref: 'C-2' } });
    expect(gaveUp.answer).toBeInstanceOf(Problem);
    expect(gaveUp.answer).toMatchObject({
      kind: 'busy',
      said: says('book.held'),
    });
    expect(gaveUp.ms).toBeGreaterThan(4000);
    expect(gaveUp.ms).toBeLessThan(6000);
    // Reading goes on, and nobody else's call is frozen.
    expect(read.ms).toBeLessThan(3000);
    expect(longestPause).toBeLessThan(1500);

    long.process.kill('SIGKILL');
    await long.ends();
    expect(await impatient.ok('update-customer', { customer: 'C-1', name: 'Dana H' })).toMatchObject({ change: 2 });
  });
});

describe('two programs on one book', () => {
  it('make 400 invoices at once: none lost, no number twice, no gap', { timeout: 60_000 }, async () => {
    const first = await openBook({ isOwn: true });
    const second = await openBook({ folder: first.folder });
    await first.ok('create-job', { newCustomer: { name: 'Dana Henderson' }, name: 'Roof replacement' });
    const answers = await Promise.all(
      Array.from({ length: 400 }, async (_, index) => {
        const book = index % 2 === 0 ? first : second;
        return await book.ok('create-invoice', { job: 'J-1', lines: [{ ...line, unitPrice: index }] });
      }),
    );
    const expected = Array.from({ length: 400 }, (_, index) => `INV-${1001 + index}`);
    expect(answers).toHaveLength(expected.length);
    expect(new Set(answers.map(({ invoice }) => invoice.ref))).toEqual(new Set(expected));
    expect(
      (await rowsOf(first, 'select number from invoices order by number')).map(({ number }) => `INV-${number}`),
    ).toEqual(expected);
    expect(new Set(answers.map(({ change }) => change)).size).toBe(400);
    const { job } = await second.ok('get-job', { job: 'J-1' });
    expect([job.profit.billed, job.counts.invoices]).toEqual(['79800.00', 400]);
    expect(await first.store.read(1, auditBooks)).toMatchObject({
      looked: { 'issued invoices besides samples': 400 },
      faults: [],
    });
    expect(await first.store.check()).toEqual([]);
  });
});

describe('its end', () => {
  it('waits for the write at work alone: those behind it are told that nothing was saved', async () => {
    const engine = await openEngine();
    const entered = Promise.withResolvers<void>();
    const atWork = engine.write(async () => {
      entered.resolve();
      await nextTurn();
      return 'done';
    });
    const behindIt = Array.from({ length: 3 }, async () => await engine.write(async () => 'done'));
    const told = Promise.allSettled([atWork, ...behindIt]);
    await entered.promise;
    await engine.close();
    const [first, ...others] = await told;
    expect(first).toEqual({ status: 'fulfilled', value: 'done' });
    for (const other of others) {
      expect(other).toMatchObject({ status: 'rejected', reason: { kind: 'unavailable', said: says('book.closing') } });
    }
  });
});

describe('a book that this process has open', () => {
  /** Another process that opens it and closes it again, after which the log is there only if it saw ours. */
  async function logAfterAnother(book: Book): Promise<boolean> {
    const child = await startChild('open-book', join(book.folder, 'jobwright.db'));
    child.tell('go');
    expect([await child.says('open'), child.complaint()]).toEqual([true, '']);
    child.process.stdin.end();
    expect(await child.ends()).toBe(0);
    return existsSync(join(book.folder, 'jobwright.db-wal'));
  }

  it('is never opened as bytes beside SQLite, which would lose its locks and then its log', async () => {
    const book = await openBook({ isOwn: true });
    const file = join(book.folder, 'jobwright.db');
    await book.ok('create-customer', { name: 'Dana Henderson' });
    const again = await openSqlite(file);
    inWords(new Sqlite.SqliteError('not opened', 'SQLITE_CANTOPEN'), file);
    await again.close();
    expect(await logAfterAnother(book)).toBe(true);
    // What it guards against (the control).
    for (const ending of ['', '-wal', '-shm']) closeSync(openSync(`${file}${ending}`, 'r'));
    expect(await logAfterAnother(book)).toBe(false);
  });
});

describe('a book whose log is begun or ended just now by another process', () => {
  it.each([
    ['to be written', openSqlite],
    ['to be read', openSqliteToRead],
  ])('is waited for by whoever opens it %s', async (_, open) => {
    const { folder, store } = await openBook({ isOwn: true });
    await store.close();
    const file = join(folder, 'jobwright.db');
    const holder = new Sqlite(file);
    holder.pragma('locking_mode = exclusive');
    holder.exec('begin immediate; commit');
    const opening = open(file);
    await letPass(200, 'it is held for so long, and waited for');
    holder.close();
    const engine = await opening;
    onTestFinished(async () => await engine.close());
    expect(await engine.check()).toEqual([]);
  });
});

describe('a copy that is only looked at', () => {
  it('is gone from the folder for temporary files when it is closed', async () => {
    const temporary = tempFolder();
    const before = process.env['TMPDIR'];
    process.env['TMPDIR'] = temporary;
    onTestFinished(() => {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
    });
    const folder = tempFolder();
    const file = join(folder, 'jobwright.db');
    writeFileSync(file, gunzipSync(readFileSync(join(import.meta.dirname, '../fixtures/0001-books.db.gz'))));
    const heeding = process.listenerCount('SIGTERM');
    const copy = await openCopyUpToDate(file);
    expect(await copy.check()).toEqual([]);
    await copy.close();
    expect(readdirSync(temporary).filter((name) => name !== basename(folder))).toEqual([]);
    expect(process.listenerCount('SIGTERM')).toBe(heeding);
    process.env['TMPDIR'] = join(temporary, 'not-there');
    expect(await refusalOf(openCopyUpToDate(file))).toMatch(
      /folder for temporary files, .*not-there: it is not there\. The variable TMPDIR names another\.$/,
    );
  });
});

describe('a book that is taken away under a program at work on it', () => {
  it.each([
    ['removed', (file: string) => rmSync(file)],
    ['moved', (file: string) => renameSync(file, `${file}.aside`)],
    [
      'exchanged',
      (file: string) => {
        copyFileSync(file, `${file}.copy`);
        renameSync(`${file}.copy`, file);
      },
    ],
  ])('%s: nothing is acknowledged that would be nowhere', async (_, take) => {
    const book = await openBook({ isOwn: true });
    await book.ok('create-customer', { name: 'Dana Henderson' });
    take(join(book.folder, 'jobwright.db'));
    expect(await book.error('create-customer', { name: 'Marta Ortiz' })).toMatch(
      /^The book was moved or taken away while Jobwright was at work on it, so nothing was saved\./,
    );
  });
});

describe("the engine's own look at what no account sees", () => {
  it.each([
    ['delete from book', /^what the book says of itself .* was altered or is gone$/],
    ["update book set schema = '0001-books'", /^what the book says of itself/],
    ['update book set write_number = 9223372036854775807', /^what the book says of itself/],
    ['delete from accounts', /^account 1 is gone, and its records are there$/],
  ])('%s', async (statement, fault) => {
    const book = await openBook({ isOwn: true });
    await book.ok('create-customer', { name: 'Dana Henderson' });
    await plant(book, statement);
    expect(await book.store.check()).toContainEqual(expect.stringMatching(fault));
  });
});
