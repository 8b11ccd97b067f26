// A PostgreSQL server of a test's own, as an operator sets one up: one role owns the tables, another serves.
import { Client } from 'pg';
import { whenDone } from './ending.ts';
import { startPostgres } from './postgres-server.ts';

/** A database of its own with the role that owns it and one that serves. */
export async function database(): Promise<{ readonly owner: string; readonly server: string; readonly super: string }> {
  const { url, stop } = await startPostgres();
  whenDone(stop);
  const client = new Client({ connectionString: `${url}/postgres` });
  await client.connect();
  await client.query("create role owner login password 'o'");
  await client.query("create role server login password 's'");
  await client.query('create database books owner owner');
  await client.end();
  const as = (who: string) => `${url.replace('postgres:postgres@', `${who}@`)}/books`;
  return { owner: as('owner:o'), server: as('server:s'), super: `${url}/books` };
}
