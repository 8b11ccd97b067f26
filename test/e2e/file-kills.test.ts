// A file and the record of it are two writes. The program is killed between them, as kill -9 does it, wherever the files
// are: no record is without its bytes, and bytes that no record came to need are gone after the next tidying.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { configOf, readCommandLine } from '../../src/commands/command-line.ts';
import { closeApp, openApp } from '../../src/commands/book.ts';
import { localFolder } from '../../src/files/local-folder.ts';
import { sweepWhenDue } from '../../src/services/site/file-sweep.ts';
import { openDesk, type Desk } from '../faults/desk.ts';
import { startChild } from '../store/engine/child.ts';
import { bucketServer } from '../support/bucket-server.ts';
import { whenDone } from '../support/ending.ts';
import { database } from '../support/postgres-database.ts';
import { home, run } from '../support/program.ts';
import { until } from '../support/time.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const KEPT = 'Gate code 4411.';
const LOST = 'Two dogs. '.repeat(60_000);
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

type Held = {
  /** Whether the program has come so far and waits. */
  readonly waits: () => Promise<boolean>;
  readonly letGo: () => Promise<void>;
};
type Place = {
  readonly argv: readonly string[];
  readonly env: Record<string, string>;
  /** From now on bytes are kept, and no record is written. */
  readonly holdRecords: () => Promise<Held>;
};

async function besideBook(folder: string): Promise<Place> {
  const holdRecords = async () => {
    const holder = await startChild('hold-lock', join(folder, 'book', 'jobwright.db'), '60000');
    expect(await holder.says('held')).toBe(true);
    const letGo = async () => {
      holder.process.kill('SIGKILL');
      await holder.ends();
    };
    const files = localFolder(join(folder, 'book', 'files'));
    return { waits: async () => (await files.list(1)).length > 1, letGo };
  };
  return { argv: ['--data', join(folder, 'book')], env: {}, holdRecords };
}

type InDatabase = Place & {
  /** From now on a file is begun, and its bytes are not kept. */
  readonly holdBytes: () => Promise<Held>;
};

async function inDatabase(folder: string): Promise<InDatabase> {
  return await onPostgres(folder, [], {});
}

async function onPostgres(folder: string, argv: readonly string[], also: Record<string, string>): Promise<InDatabase> {
  const { owner, server } = await database();
  const env = { DATABASE_URL: server, ...also };
  const made = await run(folder, ['accounts', 'create', 'Lopez Roofing', '--migrate-url', owner, ...argv], env);
  expect(made).toMatchObject({ code: 0, err: '' });
  const hold = async (statement: string): Promise<Held> => {
    const client = new Client({ connectionString: owner });
    whenDone(async () => await client.end());
    await client.connect();
    await client.query(`begin; set local jobwright.account = '1'; ${statement}`);
    return {
      waits: async () => (await client.query('select 1 from pg_locks where not granted')).rows.length > 0,
      letGo: async () => void (await client.query('rollback')),
    };
  };
  return {
    ...{ argv, env },
    // The row that whoever writes to the account waits for; who keeps bytes only asks that it is there.
    holdRecords: async () => await hold('select 1 from accounts where account_id = 1 for no key update'),
    holdBytes: async () => await hold('lock table file_parts in exclusive mode'),
  };
}

async function inBucket(folder: string): Promise<Place> {
  const { endpoint, name } = await bucketServer();
  const argv = ['--files-store', `s3://${name}/books?endpoint=${endpoint}&region=us-east-1`];
  const keys = { AWS_ACCESS_KEY_ID: 'key of the tests', AWS_SECRET_ACCESS_KEY: 'secret of the tests' };
  return await onPostgres(folder, argv, keys);
}

/** The book and its files as the program opens them. */
async function opened(folder: string, { argv, env }: Place) {
  const config = configOf(readCommandLine(['call', ...argv]), env, folder);
  const { app, directory } = await openApp(config);
  const { store, files } = app;
  const start = Date.now() + 2 * DAY;
  return {
    hashes: async () => (await files.list(1)).map(({ name }) => name).toSorted(),
    /** As the days go by. @returns what went to the trash, and what is gone for good */
    tidied: async () => {
      const swept = [];
      for (const ms of [0, HOUR, HOUR + 31 * DAY, HOUR + 32 * DAY]) {
        const wish = { doubt: null, now: new Date(start + ms), isEnding: () => false };
        swept.push(await sweepWhenDue({ store, files, directory }, wish));
      }
      const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);
      return [sum(swept.map(({ discarded }) => discarded)), sum(swept.map(({ emptied }) => emptied))];
    },
    close: async () => await closeApp(app),
  };
}

const attach = (text: string) => ({
  ...{ job: 'J-1', name: `${text.slice(0, 3)}.txt` },
  content: Buffer.from(text).toString('base64'),
});

/**
 * A book with one file, whose program was killed when it was attaching another one.
 * @param meanwhile done before it is killed
 */
async function killed(
  folder: string,
  { argv, env }: Place,
  hold: () => Promise<Held>,
  meanwhile: (desk: Desk) => Promise<unknown> = async () => undefined,
): Promise<void> {
  const desk = await openDesk(folder, { argv: [...argv, '--no-samples'], env });
  await desk.ask('create-job', { newCustomer: { name: 'Dana' }, name: 'Roof' });
  await desk.ask('attach-file', attach(KEPT));
  const held = await hold();
  const answer = desk.call('attach-file', attach(LOST));
  await until(held.waits);
  await meanwhile(desk);
  await desk.kill();
  expect(await answer).toBeNull();
  await held.letGo();
}

async function filesOfJob(folder: string, { argv, env }: Place): Promise<string[]> {
  const desk = await openDesk(folder, { argv, env });
  const { text } = await desk.ask('get-job', { job: 'J-1' });
  await desk.close();
  return [...new Set(text.match(/F-\d+/g))];
}

test.each([
  ['a folder', besideBook],
  ['the database', inDatabase],
  ['a bucket', inBucket],
])(
  'between its bytes in %s and its record: no record, and the bytes go with the next tidying',
  { timeout: 60_000 },
  async (_, open) => {
    const folder = home();
    const place = await open(folder);
    await killed(folder, place, place.holdRecords);
    expect(await filesOfJob(folder, place)).toEqual(['F-1']);
    const book = await opened(folder, place);
    expect(await book.hashes()).toEqual([hashOf(KEPT), hashOf(LOST)].toSorted());
    expect(await book.tidied()).toEqual([1, 1]);
    expect(await book.hashes()).toEqual([hashOf(KEPT)]);
    await book.close();
    expect(await run(folder, ['doctor', ...place.argv], place.env)).toMatchObject({ code: 0 });
  },
);

test('in the middle of its bytes: nothing of it is there, and sent again it is whole', {
  timeout: 60_000,
}, async () => {
  const folder = home();
  const place = await inDatabase(folder);
  // A record that waited for nothing would be there by then.
  await killed(folder, place, place.holdBytes, async (desk) => {
    for (const name of ['Walt', 'Ann']) await desk.ask('create-customer', { name });
  });
  const book = await opened(folder, place);
  expect(await book.hashes()).toEqual([hashOf(KEPT)]);
  expect(await filesOfJob(folder, place)).toEqual(['F-1']);
  const desk = await openDesk(folder, place);
  await desk.ask('attach-file', attach(LOST));
  expect((await desk.ask('fetch', { id: 'F-2' })).text).toContain('Two dogs.');
  await desk.close();
  await book.close();
  expect(await run(folder, ['doctor'], place.env)).toMatchObject({ code: 0 });
});
