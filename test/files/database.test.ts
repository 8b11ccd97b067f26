// What is of files in the database alone: who sees them, what a lost connection leaves of them, and that they are swept on
// the word of their own rows.
import { createHash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { closeApp, openApp } from '../../src/commands/book.ts';
import { configOf, readCommandLine } from '../../src/commands/command-line.ts';
import { databaseFiles } from '../../src/files/database.ts';
import { localFolder } from '../../src/files/local-folder.ts';
import { sweepWhenDue } from '../../src/services/site/file-sweep.ts';
import { saveSweeping, sweepingOf } from '../../src/store/books/sweeping.ts';
import { instantAt } from '../../src/domain/dates.ts';
import { keptFilesIn } from '../../src/store/books/kept-files.ts';
import type { Engine } from '../../src/store/database.ts';
import { bookMark } from '../../src/store/engine/book.ts';
import { BEST, LOPEZ } from '../support/company.ts';
import { openBook } from '../support/book.ts';
import { whenDone } from '../support/ending.ts';
import { addressOf, postgres } from '../support/engines/postgres.ts';
import { forgetting } from '../support/statements/across.ts';
import { plant, rowsOf, valueOf } from '../support/store.ts';
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

/** A book with a note and a photo, and how the program opens it: what it says, or why it does not. */
async function bookWithFiles() {
  const book = await openBook({ samples: false });
  await book.ok('create-job', { newCustomer: { name: 'Dana Mirov' }, name: 'Roof' });
  for (const [name, text] of [
    ['gate.txt', GATE],
    ['roof.txt', ROOF],
  ] as const)
    await book.ok('attach-file', { job: 'J-1', content: base64(text), name });
  const data = join(book.folder, 'data');
  const beside = localFolder(join(data, 'files'));
  const opens = async (command: string, ...argv: string[]) => {
    const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      const line = readCommandLine([command, '--data', data, '--database', addressOf(book), ...argv]);
      const { app } = await openApp(configOf(line, {}, data));
      await closeApp(app);
      return stderr.mock.calls.map(([text]) => String(text)).join('');
    } catch (error) {
      return `refused: ${error instanceof Error ? error.message : String(error)}`;
    } finally {
      stderr.mockRestore();
    }
  };
  /** As an early version kept it: in the folder alone. */
  const keepBeside = async (text: string) => {
    await beside.put(1, hashOf(text), Buffer.from(text));
    await beside.marker.raise(await (await opened(book)).read(bookMark));
    await plant(book, `delete from kept_files where hash = '${hashOf(text)}'`);
  };
  return { book, data, opens, keepBeside };
}
const [GATE, ROOF] = ['Gate code 4411.', 'A photo of the roof.'];

test('files of an early version in the data folder, where the database lacks them, are not lost sight of', async () => {
  const { data, opens, keepBeside } = await bookWithFiles();
  expect(await opens('doctor')).toBe('');
  await keepBeside(GATE);
  await keepBeside(ROOF);
  const found = `2 files that these books need are in ${join(data, 'files')} and not in the database, which`;
  for (const command of ['doctor', 'http'])
    expect(await opens(command)).toBe(
      `refused: ${found} is where they belong unless --files-store says otherwise. Nothing was changed. The other place has every file that this one has: write --files-store folder to go on with those in the folder (every command that opens these books needs it), or --files-store database to go on without them.`,
    );
  expect(await opens('http', '--files-store', 'folder')).toBe('');
  expect(await opens('http', '--files-store', 'database')).toMatch(
    `${found} --files-store names. Nothing was changed.`,
  );
  // Of another book they are none of this one's.
  writeFileSync(join(data, 'files', 'book.json'), JSON.stringify({ identity: 'ab'.repeat(16), writeNumber: 0 }));
  expect(await opens('doctor')).toBe('');
});

test('where each of two places has files that the other one lacks, a start says so, whichever it goes by', async () => {
  const { book, data, opens, keepBeside } = await bookWithFiles();
  await keepBeside(GATE);
  const folder = join(data, 'files');
  const inFolder = `1 file that these books need is in ${folder} and not in the database, which`;
  expect(await opens('http')).toMatch(
    `refused: ${inFolder} is where they belong unless --files-store says otherwise. 1 other is in the database alone.`,
  );
  expect(await opens('http', '--files-store', 'database')).toMatch(
    /1 other is in the database alone\. Nothing was changed\. No command brings .* write --files-store folder to go on /,
  );
  expect(await opens('http', '--files-store', 'folder')).toMatch(
    `1 file that these books need is in the database and not in ${folder}, which --files-store names. 1 other is in ${folder} alone.`,
  );
  // What it says to do.
  await book.ok('attach-file', { job: 'J-1', content: base64(GATE), name: 'gate again.txt' });
  expect(await opens('doctor')).toBe('');
});
