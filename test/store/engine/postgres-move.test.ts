// A book moved into PostgreSQL is proved to be the same there: whatever differs, or fails on the way, is said, and the book
// stays where it was.
import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Client } from 'pg';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { SCOPES } from '../../../src/domain/access.ts';
import { Problem } from '../../../src/domain/errors.ts';
import { says } from '../../../src/domain/message.ts';
import type { FileStore } from '../../../src/files/file-store.ts';
import { localFolder } from '../../../src/files/local-folder.ts';
import { intoDatabase } from '../../../src/move/into-database.ts';
import { moveBook } from '../../../src/move/move.ts';
import { forPerson } from '../../../src/printers/in-words.ts';
import { callTool } from '../../../src/server.ts';
import { openAccount } from '../../../src/services/account/account.ts';
import { Directory } from '../../../src/store/directory/directory.ts';
import { openPostgres } from '../../../src/store/engine/postgres.ts';
import { Store } from '../../../src/store/scope.ts';
import { TOOLSETS } from '../../../src/domain/toolsets.ts';
import { createLogger } from '../../../src/logger.ts';
import { tempFolder } from '../../support/book.ts';
import { whenDone } from '../../support/ending.ts';
import { SERVER } from '../../support/postgres-server.ts';
import { WORKERS } from '../../support/workers.ts';
import { overFile, sqlite } from '../../support/engines/sqlite.ts';

const BYTES = Buffer.from('A photo of the roof.');
const HASH = createHash('sha256').update(BYTES).digest('hex');

/** A small book in a file, with a photo beside it. */
async function someBook() {
  const folder = tempFolder();
  const engine = await sqlite.open({ folder });
  whenDone(async () => await engine.close());
  const [store, directory, files] = [new Store(engine), new Directory(engine), localFolder(join(folder, 'files'))];
  const terms = {
    template: 'roofing',
    currency: 'USD',
    timeZone: 'America/Chicago',
    plan: 'business',
    samples: true,
  } as const;
  await openAccount(store, { id: 1, ...terms, actor: 'sam' });
  await store.renew(1);
  const call = async (tool: string, args: object) => {
    const session = {
      ...{ store, files, workers: WORKERS, folders: [], conversation: null, toolsets: TOOLSETS, readOnly: false },
      ...{ log: createLogger('silent'), siteUrl: null, deferCall: null, inFlight: new Set<never>(), personId: null },
      ...{ accountId: 1, actor: 'sam', role: 'owner' as const, scopes: new Set(SCOPES) },
    };
    const { content, isError } = await callTool(session, tool, args, { client: 'test', canAsk: false });
    return { isError, text: content.map((part) => part.text).join('\n') };
  };
  await call('create-job', { newCustomer: { name: 'Dana Mirov' }, name: 'Roof' });
  await call('attach-file', { job: 'J-1', content: BYTES.toString('base64'), name: 'roof.txt' });
  return { folder, engine, directory, files, call };
}

/** An empty database that is up to date. */
async function database() {
  const server = process.env[SERVER] ?? '';
  const name = `moved_${randomBytes(6).toString('hex')}`;
  const over = async (database: string, sql: string) => {
    const client = new Client({ connectionString: `${server}/${database}` });
    await client.connect();
    try {
      return await client.query<Record<string, unknown>>(sql);
    } finally {
      await client.end();
    }
  };
  await over('postgres', `create database ${name}`);
  whenDone(async () => await over('postgres', `drop database ${name} with (force)`));
  const url = `${server}/${name}`;
  await (await openPostgres(url)).close();
  return { url, run: async (sql: string) => await over(name, sql) };
}

type Book = Awaited<ReturnType<typeof someBook>>;
type Moving = { readonly signal?: AbortSignal; readonly files?: FileStore; readonly insteadOf?: string };

async function moved(
  book: Book,
  url: string,
  { signal = new AbortController().signal, files = book.files, insteadOf }: Moving = {},
) {
  const place = intoDatabase({ url, migrateUrl: undefined, filesOf: async () => files });
  return await moveBook(book, place, { signal, step: () => {}, now: new Date(), insteadOf });
}

/** Why it was not finished; the book is written to as before. */
async function refusal(book: Book, url: string, how: Moving = {}): Promise<string> {
  const problem = await moved(book, url, how).then(
    () => null,
    (error: unknown) => error,
  );
  expect(problem).toBeInstanceOf(Problem);
  const args = { job: 'J-1', description: 'Permit', amount: 5, category: 'permit', allowDuplicate: true };
  const written = await book.call('add-job-expense', args);
  expect(written.isError ?? false, written.text).toBe(false);
  return problem instanceof Problem ? forPerson(problem.said) : '';
}

/** On the way into this table rows become others. */
const alters = (table: string, does: string) => `create function alter_it() returns trigger language plpgsql as
  'begin ${does}; return new; end'; create trigger alter_it before insert on ${table} for each row execute function alter_it()`;

test.each([
  [
    'another text',
    'customers',
    "new.notes = coalesce(new.notes, '''') || '' ''",
    'does not come to what was copied (account 1, customers)',
  ],
  [
    'another sum',
    'job_figures',
    'new.billed = new.billed + 1',
    'does not come to what was copied (account 1, job_figures)',
  ],
  [
    'a row that is lost',
    'words',
    "if new.word = ''roof'' then return null; end if",
    'does not come to what was copied (account 1, words)',
  ],
  ['no room', 'expenses', "raise exception ''full'' using errcode = ''53100''", 'disk is full'],
])('what arrives with %s is not taken for the book', async (_, table, does, words) => {
  const book = await someBook();
  const { url, run } = await database();
  await run(alters(table, does));
  expect(await refusal(book, url)).toContain(words);
  await arrivesAfter(book, { url, run }, table);
});

test('nor with a key that differs: by that step the book has said that it is leaving', async () => {
  const book = await someBook();
  const to = await database();
  await to.run(alters('host_secrets', "new.value = ''x''"));
  await expect(moved(book, to.url)).rejects.toThrow('move.not-finished');
  expect((await book.call('create-customer', { name: 'Dana' })).text).toContain(
    'was not finished, so nothing is written',
  );
  await arrivesAfter(book, to, 'host_secrets');
});

/** Nothing is served before, and all of it is there after what was in the way is gone. */
async function arrivesAfter(book: Book, { url, run }: Awaited<ReturnType<typeof database>>, table: string) {
  await expect(openPostgres(url)).rejects.toThrow('database.arriving');
  await run(`drop trigger alter_it on ${table}`);
  const { accounts } = await moved(book, url);
  expect(accounts).toMatchObject([{ id: 1, files: 1 }]);
  const { rows } = await run('select arriving, identity from book');
  expect(rows).toEqual([{ arriving: null, identity: expect.stringMatching(/^[0-9a-f]{32}$/) }]);
  expect((await book.call('create-customer', { name: 'Rob Lee' })).text).toContain(
    'This book was moved to postgres://',
  );
}

test('a file that cannot be read back is said, and one that was lost before is named', async () => {
  const book = await someBook();
  const { url } = await database();
  const there: FileStore = localFolder(join(book.folder, 'there'));
  const altering: FileStore = {
    ...there,
    put: async (account, hash) => await there.put(account, hash, Buffer.from('x')),
  };
  expect(await refusal(book, url, { files: altering })).toContain(
    `The file ${HASH.slice(0, 12)}… of account 1 cannot be read back`,
  );
  await moved(book, url, { files: there });
  expect(Buffer.from(await there.get(1, HASH))).toEqual(BYTES);

  const lost = await someBook();
  const gone: Book['files'] = {
    ...lost.files,
    get: async () => await Promise.reject(Object.assign(new Error(), { code: 'ENOENT' })),
  };
  const result = await moved({ ...lost, files: gone }, (await database()).url);
  expect(result.lost).toEqual([{ account: 1, hash: HASH, size: BYTES.length, is: 'missing' }]);
});

test('a book that is damaged is not begun with, nor one with characters that PostgreSQL has not', async () => {
  const book = await someBook();
  const { url, run } = await database();
  overFile(book, (db) => db.exec('update job_figures set billed = billed + 1 where job_id = 1'));
  expect(await refusal(book, url)).toMatch(/^The book is damaged .*Nothing was moved/);
  overFile(book, (db) => db.exec('update job_figures set billed = billed - 1 where job_id = 1'));
  overFile(book, (db) => db.exec("update spellings set variant = variant || char(0) where word = 'roof'"));
  expect(await refusal(book, url)).toMatch(
    /NUL characters in texts of this book.*account 1: spellings roof\? roof \(variant\)/,
  );
  expect((await run('select arriving from book')).rows).toEqual([{ arriving: null }]);
});

test('it can be stopped, and goes on from nothing the next time', async () => {
  const book = await someBook();
  const { url, run } = await database();
  const told = new AbortController();
  const place = intoDatabase({ url, migrateUrl: undefined, filesOf: async () => book.files });
  const step = (doing: string) => {
    if (doing.startsWith('Copying')) told.abort(new Problem('refused', says('backup.stopped')));
  };
  await expect(moveBook(book, place, { signal: told.signal, step, now: new Date() })).rejects.toThrow(
    'move.not-finished',
  );
  expect((await run('select count(*)::int as n from customers')).rows).toEqual([{ n: 0 }]);
  expect((await moved(book, url)).accounts).toHaveLength(1);
});

test('while it is filled nobody writes into the book or reads what is there, and nobody else fills it', async () => {
  const book = await someBook();
  const { url, run } = await database();
  const server = await openPostgres(url);
  whenDone(async () => await server.close());
  const seen: string[] = [];
  const place = intoDatabase({ url, migrateUrl: undefined, filesOf: async () => book.files });
  let doing: Promise<unknown> | undefined;
  const step = (at: string) => {
    if (!at.startsWith('Copying')) return;
    const told = (error: unknown) => seen.push(String(error));
    doing ??= Promise.all([
      server.write(async () => null).catch(told),
      server.read(async (db) => await db.selectFrom('access_tokens').selectAll().execute()).catch(told),
    ]);
  };
  await moveBook(book, place, { signal: new AbortController().signal, step, now: new Date() });
  await doing;
  expect(seen).toEqual([expect.stringContaining('database.arriving'), expect.stringContaining('database.arriving')]);
  expect((await run('select moved_to from book')).rows).toEqual([{ moved_to: null }]);
  // Whoever had it open before goes on with it.
  expect(await server.read(async (db) => await db.selectFrom('people').select('id').execute())).toEqual([]);
});

test('a book whose files are not where they are taken to be stays where it is', async () => {
  const book = await someBook();
  const { url } = await database();
  const elsewhere = { ...book, files: localFolder(join(book.folder, 'elsewhere')), isFilesPlaceAssumed: true };
  expect(await refusal(elsewhere, url)).toMatch(/^The move .* 1 file that .* Say where they are with --files-store/);
  expect((await moved(book, url)).lost).toEqual([]);
});

test('a place that is lost is given up for another, by its name alone', async () => {
  const book = await someBook();
  const [lost, other] = [await database(), await database()];
  await lost.run(alters('host_secrets', "new.value = ''x''"));
  await expect(moved(book, lost.url)).rejects.toThrow('move.not-finished');
  await expect(moved(book, other.url)).rejects.toThrow('book.leaving');
  await expect(moved(book, other.url, { insteadOf: 'postgres://elsewhere/books' })).rejects.toThrow('book.leaving');
  const named = intoDatabase({ url: lost.url, migrateUrl: undefined, filesOf: async () => book.files }).name;
  expect((await moved(book, other.url, { insteadOf: named })).accounts).toHaveLength(1);
  const { rows } = await other.run('select arriving from book');
  expect(rows).toEqual([{ arriving: null }]);
  await expect(moved(book, lost.url, { insteadOf: named })).rejects.toThrow('book.moved');
});

test('what was filled is closed where the book could not say that it is leaving', async () => {
  const book = await someBook();
  const { url } = await database();
  const closed: string[] = [];
  const inner = intoDatabase({ url, migrateUrl: undefined, filesOf: async () => book.files });
  const place: typeof inner = {
    ...inner,
    async begin(...of) {
      const filling = await inner.begin(...of);
      if (filling === null) return null;
      const close = async () => {
        closed.push('closed');
        await filling.close();
      };
      return { ...filling, close };
    },
  };
  const full: Book['engine'] = {
    ...book.engine,
    alone: async (work) => {
      await book.engine.alone(work);
      throw new Error('full');
    },
  };
  const wish = { signal: new AbortController().signal, step: () => {}, now: new Date() };
  await expect(moveBook({ ...book, engine: full }, place, wish)).rejects.toThrow('full');
  expect(closed).toEqual(['closed']);
});

test('a move reads as long as it takes', async () => {
  const { url } = await database();
  const asked = sql<{ ms: number }>`select setting::int as ms from pg_settings where name = 'statement_timeout'`;
  for (const [serving, ms] of [
    [{}, 30_000],
    [{ filling: 'a move' }, 900_000],
  ] as const) {
    const engine = await openPostgres(url, serving);
    expect((await engine.read(async (db) => await asked.execute(db))).rows).toEqual([{ ms }]);
    await engine.close();
  }
});
