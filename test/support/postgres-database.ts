// A PostgreSQL server of a test's own, as an operator sets one up: one role owns the tables, another serves.
import { Client } from 'pg';
import { whenDone } from './ending.ts';
import { startPostgres, startStandby, type TestServer } from './postgres-server.ts';
import { until } from './time.ts';

export async function askServer(
  server: Pick<TestServer, 'url'>,
  sql: string,
  database = 'postgres',
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const client = new Client({ connectionString: `${server.url}/${database}` });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** A database of its own with the role that owns it and one that serves. */
export async function database(): Promise<{ readonly owner: string; readonly server: string; readonly super: string }> {
  const server = await startPostgres();
  whenDone(server.stop);
  return await booksOn(server);
}

/** The same on a server that is there. */
export async function booksOn(server: Pick<TestServer, 'url'>) {
  await askServer(server, "create role owner login password 'o'");
  await askServer(server, "create role server login password 's'");
  await askServer(server, 'create database books owner owner');
  const { url } = server;
  const as = (who: string) => `${url.replace('postgres:postgres@', `${who}@`)}/books`;
  return { owner: as('owner:o'), server: as('server:s'), super: `${url}/books` };
}

/** One that takes writes and one that copies it. @param isWaited whether a COMMIT is answered once both have it, or at once */
export async function primaryAndStandby(isWaited = true) {
  const primary = await startPostgres({});
  whenDone(primary.stop);
  const standby = await startStandby(primary);
  whenDone(standby.stop);
  if (isWaited) await askServer(primary, "alter system set synchronous_standby_names = 'standby'");
  await askServer(primary, 'select pg_reload_conf()');
  const replicates = `select 1 from pg_stat_replication where sync_state = '${isWaited ? 'sync' : 'async'}'`;
  await until(async () => (await askServer(primary, replicates)).length === 1);
  return { primary, standby, hosts: [primary, standby].map(({ url }) => new URL(url).host).join() };
}
