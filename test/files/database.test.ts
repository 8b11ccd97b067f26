// What is of files in the database alone: who sees them, what a lost connection leaves of them, and that they are swept on
// the word of their own rows.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { closeApp, openApp } from '../../src/commands/book.ts';
import { configOf, readCommandLine } from '../../src/commands/command-line.ts';
import { databaseFiles } from '../../src/files/database.ts';
import { sweepWhenDue } from '../../src/services/site/file-sweep.ts';
import { saveSweeping, sweepingOf } from '../../src/store/books/sweeping.ts';
import { instantAt } from '../../src/domain/dates.ts';
import { keptFilesIn } from '../../src/store/books/kept-files.ts';
import type { Engine } from '../../src/store/database.ts';
import { BEST, LOPEZ } from '../support/company.ts';
import { openBook } from '../support/book.ts';
import { whenDone } from '../support/ending.ts';
import { addressOf, postgres } from '../support/engines/postgres.ts';
import { forgetting } from '../support/statements/across.ts';
import { rowsOf, valueOf } from '../support/store.ts';
import { twoBooks } from '../support/two-jobs.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const BYTES = Buffer.alloc(900_000, 'receipt ');
const HASH = hashOf(BYTES);
const base64 = (text: string) => Buffer.from(text).toString('base64');

function hashOf(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function opened(place: { readonly folder: string }): Promise<Engine> {
  const engine = await postgres.open(place);
  whenDone(async () => await engine.close());
  return engine;
}

test('a query that forgets whose they are sees those of one account, or none', async () => {
  const engine = await opened(await twoBooks());
  const files = databaseFiles(keptFilesIn(engine));
  for (const account of [LOPEZ, BEST]) await files.put(account, HASH, BYTES);
  for (const table of ['kept_files', 'file_parts'] as const) {
    const seen = async (account?: number) =>
      await forgetting(
        async () =>
          await engine.read(
            async (db) => await db.selectFrom(table).select('account_id').distinct().execute(),
            account,
          ),
      );
    expect(await seen(LOPEZ)).toEqual([{ account_id: LOPEZ }]);
    expect(await seen(BEST)).toEqual([{ account_id: BEST }]);
    expect(await seen()).toEqual([]);
  }
});

test('a connection that is cut in the middle of a file leaves nothing of it, and it is sent again', async () => {
  const place = await openBook({ samples: false });
  const engine = await opened(place);
  const left: unknown[] = [];
  const cut = async () => {
    const others =
      "from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state = 'idle in transaction'";
    await rowsOf(place, `select pg_terminate_backend(pid, 5000) ${others}`);
    left.push(await rowsOf(place, 'select part from file_parts'));
  };
  const failing: Engine = {
    ...engine,
    write: async (work, account, turn) =>
      await engine.write(
        async (db) => {
          const result = await work(db);
          if (left.length === 0) await cut();
          return result;
        },
        account,
        turn,
      ),
  };
  const files = databaseFiles(keptFilesIn(failing));
  await files.put(1, HASH, BYTES);
  expect(left).toEqual([[]]);
  expect(BYTES.equals(await files.get(1, HASH))).toBe(true);
});

test('no write of the account waits until a file is there', async () => {
  const place = await openBook({ samples: false });
  const engine = await opened(place);
  const files = databaseFiles(keptFilesIn(engine));
  await engine.write(async () => await files.put(1, HASH, BYTES), 1);
  expect(await files.list(1)).toHaveLength(1);
});

test('bytes that a kill parted from their record are swept by the rows that are there, and those of a record are not', async () => {
  const book = await openBook({ samples: false });
  const { folder, session, directory } = book;
  const { store, files } = session;
  await book.ok('create-job', { newCustomer: { name: 'Dana Henderson' }, name: 'Roof' });
  await book.ok('attach-file', { job: 'J-1', content: base64('Gate code 4411.'), name: 'gate.txt' });
  await files.put(1, HASH, BYTES);
  // What was once doubted of a folder says nothing of them.
  const engine = await opened({ folder });
  const at = instantAt(Date.now());
  await engine.write(
    async (db) => await saveSweeping(db, { place: 'folder', since: at, sweptAt: at, withheld: 'a doubt' }),
  );
  const start = Date.now() + 2 * DAY;
  const sweep = async (ms: number) => {
    const now = new Date(start + ms);
    const swept = await sweepWhenDue({ store, files, directory }, { doubt: null, now, isEnding: () => false });
    return swept.step === 'sweep' ? `${swept.discarded} ${swept.emptied}` : swept.step;
  };
  expect([await sweep(0), await sweep(HOUR - 1), await sweep(HOUR)]).toEqual(['begin', 'wait', '1 0']);
  expect(await valueOf({ folder }, 'select count(*) from kept_files where trashed_on is not null')).toBe(1);
  expect([await sweep(HOUR + 31 * DAY), await sweep(HOUR + 32 * DAY)]).toEqual(['0 0', '0 1']);
  expect((await files.list(1)).map(({ name }) => name)).toEqual([hashOf('Gate code 4411.')]);
  expect(await rowsOf({ folder }, 'select distinct hash from file_parts')).toHaveLength(1);
  expect((await engine.read(sweepingOf))?.withheld).toBe('a doubt');
});

test('of two programs that sweep at once one does', async () => {
  const { folder, session, directory } = await openBook({ samples: false });
  const { store, files } = session;
  await files.put(1, HASH, BYTES);
  const other = databaseFiles(keptFilesIn(await opened({ folder })));
  const start = Date.now() + 2 * DAY;
  const sweep = async (place: typeof files, now: number) =>
    await sweepWhenDue({ store, files: place, directory }, { doubt: null, now: new Date(now), isEnding: () => false });
  await sweep(files, start);
  const swept = await Promise.all([sweep(files, start + HOUR), sweep(other, start + HOUR)]);
  expect(swept.map(({ step }) => step).toSorted()).toEqual(['sweep', 'wait']);
  expect(swept.reduce((sum, { discarded }) => sum + discarded, 0)).toBe(1);
});

test('the program keeps them there unless it is told otherwise, and makes no folder for them', async () => {
  const { folder } = await openBook({ samples: false });
  const data = join(folder, 'data');
  const open = async (...argv: string[]) => {
    const line = readCommandLine(['call', '--data', data, '--database', addressOf({ folder }), ...argv]);
    const { app } = await openApp(configOf(line, {}, data));
    whenDone(async () => await closeApp(app));
    return app.files;
  };
  const files = await open();
  await files.put(1, HASH, BYTES);
  expect([await files.place(), existsSync(data)]).toEqual(['database', false]);
  expect(await rowsOf({ folder }, 'select hash from kept_files')).toEqual([{ hash: HASH }]);
  await (await open('--files-store', 'folder')).put(1, HASH, BYTES);
  expect(existsSync(join(data, 'files', '1'))).toBe(true);
});
