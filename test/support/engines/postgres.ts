// Books as databases of one PostgreSQL server, for the tests: the engine under `store.ts`, and what the tests of
// PostgreSQL itself need of it. A folder notes which database it stands for.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { databaseFiles } from '../../../src/files/database.ts';
import { keptFilesIn } from '../../../src/store/books/kept-files.ts';
import type { Engine } from '../../../src/store/database.ts';
import { openPostgres } from '../../../src/store/engine/postgres.ts';
import { whenDone } from '../ending.ts';
import type { Cell, Place, Raw, Row, Sent, TestEngine } from './engine.ts';
import {
  behindIts,
  create,
  createKept,
  giveBack,
  keepAsItIs,
  lend,
  newName,
  onServer,
  opened,
  over,
  ROLE,
  served,
  useNoMore,
  urlOf,
} from './postgres-books.ts';

const TEMPLATE = 'jobwright_template';

const noteOf = ({ folder }: Place): string => join(folder, 'database');
const databaseOf = (place: Place): string => readFileSync(noteOf(place), 'utf8');

/** The address of a book, which is there, for its program. */
export function addressOf(place: Place): string {
  useNoMore(databaseOf(place));
  return served(databaseOf(place));
}

/** The same for whoever owns the tables. */
export function ownersAddressOf(place: Place): string {
  useNoMore(databaseOf(place));
  return urlOf(databaseOf(place));
}

/** An engine over this address, closed when the test is done. */
export async function engineAt(url: string): Promise<Engine> {
  const engine = await openPostgres(url);
  whenDone(async () => await engine.close());
  return engine;
}

/** Copies a book that may be open: whoever has it connects again. */
async function createLike(database: string, place: Place, making = create): Promise<void> {
  const source = databaseOf(place);
  useNoMore(source);
  await onServer(`alter database ${source} allow_connections false`);
  await onServer('select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1', [source]);
  await making(database, source);
  for (const each of [source, database]) await onServer(`alter database ${each} allow_connections true`);
}

async function end(place: Place): Promise<void> {
  if (existsSync(noteOf(place))) await giveBack(databaseOf(place));
}

/** Brought up to date once by whichever process comes first; the others wait. */
async function makeTemplate(): Promise<void> {
  await over(urlOf('postgres'), async (client) => {
    await client.query('select pg_advisory_lock(1)');
    const { rows } = await client.query('select 1 from pg_database where datname = $1', [TEMPLATE]);
    if (rows.length > 0) return;
    const begun = `${TEMPLATE}_begun`;
    await client.query(`create database ${begun}`);
    await client.query(`create role ${ROLE} login password '${ROLE}' nosuperuser nobypassrls`);
    const engine = await openPostgres(served(begun), { migrateUrl: urlOf(begun) });
    await engine.close();
    await keepAsItIs(begun);
    await client.query(`alter database ${begun} rename to ${TEMPLATE}`);
  });
}

let template: Promise<void> | undefined;

/**
 * A database of a test's own without a table, for which this place stands from now on.
 * @returns its address for the role that owns it, which is none above row-level security
 */
export async function emptyDatabase(place: Place): Promise<string> {
  template ??= makeTemplate();
  await template;
  const [database, owner] = [newName(), `${newName()}_owner`];
  await onServer(`create role ${owner} login password '${owner}' nosuperuser nobypassrls`);
  await onServer(`create database ${database} owner ${owner}`);
  whenDone(async () => {
    await end(place);
    await onServer(`drop role ${owner}`);
  });
  writeFileSync(noteOf(place), database);
  const url = new URL(urlOf(database));
  [url.username, url.password] = [owner, owner];
  return url.href;
}

/** Values stand in statements as `?`. */
function numbered(sql: string): string {
  let count = 0;
  return sql.replace(/'[^']*'|\?/g, (part) => {
    if (part !== '?') return part;
    count += 1;
    return `$${count}`;
  });
}

/** @param spoils is told of what rows alone do not bring back */
function rawOf(client: Client, spoils: () => void): Raw {
  const run = async (sql: string, cells: readonly Cell[] = []) => {
    if (CHANGES_TABLES.test(sql)) spoils();
    return await client.query<Row>({ text: numbered(sql), values: [...cells] });
  };
  const strings = async (sql: string, cells: readonly Cell[] = []) =>
    (await run(sql, cells)).rows.flatMap((row) => Object.values(row).map(String));
  return {
    rows: async (sql, ...cells) => (await run(sql, cells)).rows,
    run: async (sql, ...cells) => (await run(sql, cells)).rowCount ?? 0,
    all: async (tables) => {
      // In one question: there are some fifty tables, and tests ask for all of them twice.
      const each = tables.map(
        (name) =>
          `select '${name}' as name, (select coalesce(json_agg(t order by t::text collate "C"), '[]') from ${name} as t) as rows`,
      );
      const { rows } = await client.query<{ name: string; rows: Row[] }>(each.join(' union all '));
      return Object.fromEntries(rows.map(({ name, rows: all }) => [name, all]));
    },
    unguard: async () => void (await run("set session_replication_role = 'replica'")),
    tables: async () =>
      await strings(`select table_name from information_schema.tables
        where table_schema = current_schema() and table_type = 'BASE TABLE' and table_name <> 'write_ids' order by table_name`),
    columns: async (table) =>
      (
        await run(
          `select column_name as name, data_type as type from information_schema.columns
           where table_schema = current_schema() and table_name = ? order by ordinal_position`,
          [table],
        )
      ).rows.map(({ name, type }) => ({ name: String(name), isText: type === 'text' })),
    references: async (table) =>
      (
        await run(
          `select a.attname::text as "column", c.confrelid::regclass::text as "to", f.attname::text as by
           from pg_constraint c, unnest(c.conkey, c.confkey) as k (own, other), pg_attribute a, pg_attribute f
           where c.contype = 'f' and c.conrelid = ?::regclass
             and a.attrelid = c.conrelid and a.attnum = k.own and f.attrelid = c.confrelid and f.attnum = k.other`,
          [table],
        )
      ).rows.map((row) => ({ column: String(row['column']), to: String(row['to']), by: String(row['by']) })),
  };
}

/** What is no statement of a scope's own. */
const AROUND = /^\s*(?:begin|commit|rollback|set |delete from write_ids|insert into write_ids|select pg_)/;

/** What rows alone do not bring back. */
const CHANGES_TABLES = /\b(?:create|alter|drop|truncate|grant|revoke)\b/i;

export const postgres: TestEngine = {
  open: async (place) => {
    if (!existsSync(noteOf(place))) {
      template ??= makeTemplate();
      await template;
      whenDone(async () => await end(place));
      writeFileSync(noteOf(place), await lend(TEMPLATE));
    }
    return await opened(databaseOf(place));
  },
  files: (_, engine) => databaseFiles(keptFilesIn(engine)),
  spoil: async (place, hash, bytes) =>
    await behindIts(databaseOf(place), async (client) => {
      const altered = "update file_parts set bytes = $2 where hash = $1 and what = 'bytes' and part = 0";
      const { rowCount } = await (bytes === null
        ? client.query('delete from kept_files where hash = $1', [hash])
        : client.query(altered, [hash, bytes]));
      if (rowCount === 0) throw new Error(`no bytes of ${hash} are kept`);
    }),
  changesSoFar: 'select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) as n from pg_stat_xact_user_tables',
  behind: async (place, work) =>
    await behindIts(databaseOf(place), async (client) => await work(rawOf(client, () => useNoMore(databaseOf(place))))),
  copy: async (from, to) => {
    await end(to);
    const database = newName();
    await createLike(database, from);
    writeFileSync(noteOf(to), database);
  },
  take: async (from) => {
    const kept = newName();
    await createLike(kept, from, createKept);
    await keepAsItIs(kept);
    return {
      layInto: async (to, identity) => {
        whenDone(async () => await end(to));
        const database = await lend(kept);
        writeFileSync(noteOf(to), database);
        if (identity !== undefined)
          await behindIts(database, async (client) => {
            await client.query('update book set identity = $1', [identity]);
          });
      },
    };
  },
  bytes: async (place) =>
    await behindIts(databaseOf(place), async (client) => {
      const { tables, rows } = rawOf(client, () => undefined);
      const all: string[] = [];
      for (const table of await tables()) all.push(JSON.stringify(await rows(`select * from ${table}`)));
      return all.join('\n');
    }),
  refuse: async (place, table, when) => {
    const run = async (sql: string) =>
      await over(ownersAddressOf(place), async (client) => void (await client.query(sql)));
    await run(`create function full_disk() returns trigger language plpgsql as 'begin raise exception ''full''; end';
      create trigger full_disk before insert on ${table} for each row when (${when}) execute function full_disk()`);
    return async () => await run(`drop trigger full_disk on ${table}; drop function full_disk`);
  },
  hold: async (place) => {
    const client = new Client({ connectionString: ownersAddressOf(place) });
    client.on('error', () => undefined);
    await client.connect();
    await client.query('begin; lock table accounts, people in exclusive mode');
    return async () => await client.end();
  },
  settle: async (place) =>
    await behindIts(databaseOf(place), async (client) => void (await client.query('vacuum analyze'))),
  visited: async (place, sent) => {
    useNoMore(databaseOf(place));
    return await behindIts(databaseOf(place), async (client) => {
      // A small table may be read whole, to be sorted or joined. What is asked is how a large one is read.
      for (const way of ['seqscan', 'bitmapscan', 'hashjoin', 'mergejoin'])
        await client.query(`set enable_${way} = off`);
      const each: number[] = [];
      for (const { sql, parameters } of sent) {
        const text = `explain (analyze, timing off, format json) ${sql}`;
        const { rows } = await client.query<{ 'QUERY PLAN': unknown }>({ text, values: [...parameters] });
        each.push(rowsGoneThrough(rows[0]?.['QUERY PLAN']));
      }
      return each;
    });
  },
  watching: async (work) => {
    const { vi } = await import('vitest');
    const spy = vi.spyOn(Client.prototype, 'query');
    try {
      const result = await work();
      const asked: readonly unknown[] = spy.mock.calls.map(([query]) => query);
      return { sent: asked.flatMap(sentIn), result };
    } finally {
      spy.mockRestore();
    }
  },
};

/** Of every step of a plan that reads a table: what it gave and what it looked at in vain, each time it was taken. */
function rowsGoneThrough(plan: unknown): number {
  if (typeof plan !== 'object' || plan === null) return 0;
  const within = Object.values(plan).reduce((sum: number, each) => sum + rowsGoneThrough(each), 0);
  if (!('Relation Name' in plan)) return within;
  const step = new Map<string, unknown>(Object.entries(plan));
  const of = (name: string) => Number(step.get(name) ?? 0);
  const once = of('Actual Rows') + of('Rows Removed by Filter') + of('Rows Removed by Index Recheck');
  return within + Math.ceil(once * of('Actual Loops'));
}

function sentIn(query: unknown): Sent[] {
  if (typeof query !== 'object' || query === null || !('text' in query) || typeof query.text !== 'string') return [];
  if (AROUND.test(query.text)) return [];
  return [{ sql: query.text, parameters: 'values' in query && Array.isArray(query.values) ? query.values : [] }];
}
