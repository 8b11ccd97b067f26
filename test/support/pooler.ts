// A real pooler before the tests' PostgreSQL server: PgBouncer, Debian's, found or, by root on Debian, installed. It hands out
// a connection for one transaction, another one for the next, and leaves nothing on it.
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whenDone } from './ending.ts';
import { freePort } from './port.ts';
import { SERVER } from './postgres-server.ts';
import { until } from './time.ts';

const PLACES = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer', '/usr/local/bin/pgbouncer', '/opt/homebrew/bin/pgbouncer'];

function program(): string {
  const found = () => PLACES.find((path) => existsSync(path));
  if (found() === undefined && process.getuid?.() === 0) {
    process.stderr.write("No PgBouncer was found; installing Debian's.\n");
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    for (const what of [['update'], ['install', '-y', '--no-install-recommends', 'pgbouncer']])
      execFileSync('apt-get', what, { stdio: 'ignore', env });
  }
  const path = found();
  if (path === undefined) throw new Error('These tests need PgBouncer. On Debian: apt-get install pgbouncer.');
  return path;
}

/** @returns what makes an address of the server one of the pooler */
export async function startPooler(): Promise<(url: string) => string> {
  const folder = mkdtempSync(join(tmpdir(), 'jobwright-pooler-'));
  chmodSync(folder, 0o755);
  const [port, { hostname, port: behind }] = [await freePort(), new URL(process.env[SERVER] ?? '')];
  writeFileSync(join(folder, 'users'), '"jobwright" "jobwright"\n"postgres" "postgres"\n');
  const settings = {
    ...{ listen_addr: '127.0.0.1', listen_port: port, auth_type: 'scram-sha-256', auth_file: join(folder, 'users') },
    ...{ pool_mode: 'transaction', default_pool_size: 3, server_round_robin: 1, unix_socket_dir: '' },
    ...{ server_reset_query: 'DISCARD ALL', server_reset_query_always: 1 },
    // It runs as nobody's root.
    ...(process.getuid?.() === 0 ? { user: 'postgres' } : {}),
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  const ini = join(folder, 'pgbouncer.ini');
  writeFileSync(ini, `[databases]\n* = host=${hostname} port=${behind}\n[pgbouncer]\n${lines.join('\n')}\n`);
  const child = spawn(program(), ['-q', ini], { stdio: 'ignore' });
  whenDone(() => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  await until(async () => await listens(port));
  return (url) => {
    const own = new URL(url);
    own.port = String(port);
    return own.href;
  };
}

async function listens(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => {
      socket.end();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
