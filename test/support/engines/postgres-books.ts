// Databases for the books of the tests, which are used again: a new one takes a tenth of a second until a first
// statement is answered, and one that is brought back to how it began, with the connections to it, a few milliseconds.
import { randomBytes } from 'node:crypto';
import { Client, types } from 'pg';
import type { Engine, Subscription } from '../../../src/store/database.ts';
import { shuttingDown } from '../../../src/store/engine/held.ts';
import { openPostgres } from '../../../src/store/engine/postgres.ts';
import { typesOver } from '../../../src/store/engine/postgres-driver.ts';
import { KEPT, SERVER } from '../postgres-server.ts';

/** The role that serves the books, which owns no table and is held to row-level security. */
export const ROLE = 'jobwright';

/** The address of a database of the tests' server, for who owns it. */
export function urlOf(database: string): string {
  const server = process.env[SERVER];
  if (server === undefined) throw new Error('no PostgreSQL was started for the tests');
  return `${server}/${database}`;
}

export function served(database: string): string {
  const url = new URL(urlOf(database));
  [url.username, url.password] = [ROLE, ROLE];
  return url.href;
}

async function connected(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, types: typesOver(types), application_name: 'test' });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

export async function over<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = await connected(url);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

let server: Promise<Client> | undefined;

/** One at a time, over one connection for all. */
export async function onServer(sql: string, values: readonly string[] = []): Promise<void> {
  server ??= connected(urlOf('postgres'));
  await (await server).query(sql, [...values]);
}

export const newName = () => `book_${randomBytes(8).toString('hex')}`;

/** @param of the database that it begins as; of nobody's connection. @param place the tablespace */
export async function create(database: string, of: string, place = 'pg_default'): Promise<void> {
  await onServer(`create database ${database} template ${of} tablespace ${place} strategy file_copy`);
}

/** Only to begin others as it. */
export async function createKept(database: string, of: string): Promise<void> {
  await create(database, of, KEPT);
}

async function remove(database: string): Promise<void> {
  await onServer(`drop database if exists ${database} with (force)`);
}

/**
 * From now on `kept.bring_back()` makes every table of a database what it is now, also in those that begin as it. Nothing
 * refuses it, as something does refuse to take out of the journal.
 */
const BRINGS_BACK = `drop schema if exists kept cascade;
  create schema kept;
  do $do$
  declare
    each text;
    isEmpty boolean;
    body text := '';
  begin
    for each in select quote_ident(tablename) from pg_tables where schemaname = 'public' loop
      body := body || format('delete from public.%s; ', each);
      execute format('select not exists (select 1 from public.%s)', each) into isEmpty;
      if not isEmpty then
        execute format('create table kept.%s as table public.%s', each, each);
        body := body || format('insert into public.%s select * from kept.%s; ', each, each);
      end if;
    end loop;
    execute format('create function kept.bring_back() returns void language plpgsql
      set session_replication_role = replica set lock_timeout = 2000 as %L', 'begin ' || body || 'end');
  end $do$`;

export async function keepAsItIs(database: string): Promise<void> {
  await over(urlOf(database), async (client) => await client.query(BRINGS_BACK));
}

type Lent = {
  readonly database: string;
  /** The database that it began as. */
  readonly of: string;
  readonly owner: Client;
  readonly engine: Engine;
  /** Whether somebody has it open, or looks at it behind its back. */
  isOpen: boolean;
  isLookedAt: boolean;
  /** What is in flight over it. */
  readonly inFlight: Set<Promise<unknown>>;
  isSpoilt: boolean;
  uses: number;
};

const lent = new Map<string, Lent>();
/** The one that was used last is the last. */
const idle: Lent[] = [];

/** Each has some connections. */
const IDLE = 12;
/** What is taken out is not tidied away. */
const USES = 100;

/** @returns the name of a database that is as `of` is, until it is given back */
export async function lend(of: string): Promise<string> {
  const at = idle.findLastIndex((each) => each.of === of);
  const [found] = at < 0 ? [] : idle.splice(at, 1);
  const one = found ?? (await made(of));
  one.uses += 1;
  lent.set(one.database, one);
  return one.database;
}

async function made(of: string): Promise<Lent> {
  const database = newName();
  await create(database, of);
  const [owner, engine] = await Promise.all([
    connected(urlOf(database)),
    openPostgres(served(database), { isFenced: true }),
  ]);
  const states = { isOpen: false, isLookedAt: false, isSpoilt: false, uses: 0 };
  return { database, of, owner, engine, inFlight: new Set(), ...states };
}

/** It is as it was, for another test, or gone. */
export async function giveBack(database: string): Promise<void> {
  const one = lent.get(database);
  lent.delete(database);
  if (one === undefined) return await remove(database);
  one.isOpen = false;
  await Promise.all(one.inFlight);
  if (one.isSpoilt || one.uses >= USES || !(await isBroughtBack(one))) return await drop(one);
  idle.push(one);
  if (idle.length > IDLE) await Promise.all(idle.splice(0, 1).map(drop));
}

async function drop({ database, owner, engine }: Lent): Promise<void> {
  await remove(database);
  await Promise.allSettled([owner.end(), engine.close()]);
}

async function isBroughtBack({ owner }: Lent): Promise<boolean> {
  return await owner.query('select kept.bring_back()').then(
    () => true,
    () => false,
  );
}

/** For a process that ends with its file of tests: what it has no use for any more. */
export async function dropIdle(): Promise<void> {
  await Promise.all(idle.splice(0).map(drop));
}

/** No other test has it afterwards: something was done to it that is not brought back. */
export function useNoMore(database: string): void {
  const one = lent.get(database);
  if (one !== undefined) one.isSpoilt = true;
}

/** The books of a database as a program opens them; who opens them beside it is another program. */
export async function opened(database: string): Promise<Engine> {
  const one = lent.get(database);
  if (one === undefined || one.isOpen) return await openPostgres(served(database), { isFenced: true });
  one.isOpen = true;
  return lentEngine(one);
}

/** What ends with `close`, as if it were one of its own. */
function lentEngine(one: Lent): Engine {
  let isClosed = false;
  const listening: Subscription[] = [];
  const { engine, inFlight } = one;
  const during = async <T>(work: () => Promise<T>): Promise<T> => {
    if (isClosed || !one.isOpen) throw shuttingDown();
    const working = work();
    const settled = working.catch(() => undefined);
    inFlight.add(settled);
    void settled.then(() => inFlight.delete(settled));
    return await working;
  };
  return {
    ...engine,
    read: async (work, account) => await during(async () => await engine.read(work, account)),
    write: async (work, account) => await during(async () => await engine.write(work, account)),
    alone: async (work) => await during(async () => await engine.alone(work)),
    listen: (heard) => {
      const begun = engine.listen?.(heard);
      if (begun === undefined) throw new Error('PostgreSQL says what others commit');
      listening.push(begun);
      return begun;
    },
    close: async () => {
      if (isClosed) return;
      isClosed = true;
      for (const each of listening) each.close();
      await Promise.all(inFlight);
      one.isOpen = false;
    },
  };
}

/** @returns what `work` finds over a connection of the owner's, which is one that is there already where it can be */
export async function behindIts<T>(database: string, work: (client: Client) => Promise<T>): Promise<T> {
  const one = lent.get(database);
  if (one === undefined || one.isLookedAt) return await over(urlOf(database), work);
  one.isLookedAt = true;
  try {
    return await work(one.owner);
  } finally {
    one.isLookedAt = false;
    await one.owner.query('rollback; reset all').catch(() => undefined);
  }
}
