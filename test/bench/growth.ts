// How calls grow with the book, on both engines: the same calls, in turn on a small book and a large one, in this process.
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { Client } from 'pg';
import { openPostgres } from '../../src/store/engine/postgres.ts';
import { openSqlite } from '../../src/store/engine/sqlite.ts';
import { Store } from '../../src/store/scope.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { seed } from './seed.ts';
import { callsOf, openRoofer, type Calls } from './session.ts';

export type Growth = {
  readonly what: string;
  readonly small: number;
  readonly large: number;
  /** Of the number of jobs, as which the time grows: 0 is not at all, 1 in step. */
  readonly exponent: number;
};

const RUNS = 60;
const WARM = 20;

type Call = {
  readonly what: string;
  /** Not timed. @returns the call */
  readonly make: (calls: Calls, jobs: number, run: number) => Promise<readonly [string, object]>;
};

/** Spread over the book. */
const jobOf = (jobs: number, run: number) => `J-${1 + ((run * 7919) % jobs)}`;
const LINES = [1, 2, 3].map(() => ({ description: 'Shingles', quantity: 6, unitPrice: 450, unitCost: 280 }));

const CALLS: readonly Call[] = [
  { what: 'get-job', make: async (_, jobs, run) => ['get-job', { job: jobOf(jobs, run) }] },
  { what: 'list-jobs, 50 newest', make: async () => ['list-jobs', { limit: 50 }] },
  {
    what: 'search, a job by its words',
    make: async (_, jobs, run) => ['search', { query: `roof ${1 + (run % jobs)}` }],
  },
  {
    what: 'add-job-expense',
    make: async (_, jobs, run) => [
      'add-job-expense',
      { job: jobOf(jobs, run), description: `Nails ${run}`, amount: 12.5, category: 'materials' },
    ],
  },
  {
    what: 'create-invoice from a quote',
    make: async (calls, jobs, run) => {
      const made = await calls('create-quote', {
        job: jobOf(jobs, run),
        status: 'accepted',
        lines: LINES,
        allowDuplicate: true,
      });
      const [quote] = /Q-\d+/.exec(made) ?? [];
      return ['create-invoice', { fromQuote: { quote, rest: true }, allowDuplicate: true }];
    },
  },
];

/** @param sizes so many jobs, small and large */
export async function growthOnSqlite(folder: string, sizes: readonly [number, number]): Promise<Growth[]> {
  const stores: Store[] = [];
  const opened = async (jobs: number) => {
    const data = mkdtempSync(join(folder, 'growth-'));
    await seed(data, jobs);
    const store = new Store(await openSqlite(join(data, 'jobwright.db')));
    stores.push(store);
    await store.renew(1);
    return callsOf(store, 1, data);
  };
  try {
    return await growth(sizes, opened);
  } finally {
    for (const store of stores) await store.close();
  }
}

/** The same, of a book that was seeded on SQLite and has the same rows here. */
export async function growthOnPostgres(folder: string, sizes: readonly [number, number]): Promise<Growth[]> {
  const server = await startPostgres({});
  const stores: Store[] = [];
  const opened = async (jobs: number) => {
    const data = mkdtempSync(join(folder, 'growth-'));
    await seed(data, jobs);
    const owner = new Client({ connectionString: `${server.url}/postgres` });
    await owner.connect();
    await owner.query(`create database jobs_${jobs}`);
    await owner.end();
    const url = `${server.url}/jobs_${jobs}`;
    const store = new Store(await openPostgres(url));
    stores.push(store);
    await openRoofer(store, 1);
    await copy(join(data, 'jobwright.db'), url);
    await store.renew(1);
    return callsOf(store, 1, data);
  };
  try {
    return await growth(sizes, opened);
  } finally {
    for (const store of stores) await store.close();
    await server.stop();
  }
}

/** Every row of the account, as it is. */
async function copy(file: string, url: string): Promise<void> {
  const from = new Sqlite(file, { readonly: true });
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await copyInto(client, from);
  } finally {
    await client.end();
    from.close();
  }
}

async function copyInto(client: Client, from: Sqlite.Database): Promise<void> {
  // Neither references nor triggers are asked: they hold in the book that is copied.
  await client.query("set session_replication_role = 'replica'; set synchronous_commit = off");
  const { rows: tables } = await client.query<{ name: string }>(
    `select table_name as name from information_schema.columns natural join information_schema.tables
      where table_schema = 'public' and column_name = 'account_id' and table_type = 'BASE TABLE'`,
  );
  const portion = (rows: readonly unknown[], table: string) =>
    client.query(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1)`, [
      JSON.stringify(rows),
    ]);
  for (const { name } of tables) {
    await client.query(`delete from ${name}`);
    let rows: unknown[] = [];
    for (const row of from.prepare(`select * from ${name}`).iterate()) {
      rows.push(row);
      if (rows.length < 5000) continue;
      await portion(rows, name);
      rows = [];
    }
    if (rows.length > 0) await portion(rows, name);
  }
  await client.query('vacuum analyze');
}

async function growth(sizes: readonly [number, number], opened: (jobs: number) => Promise<Calls>): Promise<Growth[]> {
  const books = [
    { jobs: sizes[0], calls: await opened(sizes[0]) },
    { jobs: sizes[1], calls: await opened(sizes[1]) },
  ];
  const found: Growth[] = [];
  for (const { what, make } of CALLS) {
    const times = books.map((): number[] => []);
    for (let run = 0; run < WARM + RUNS; run += 1)
      for (const [at, { jobs, calls }] of books.entries()) {
        const [tool, args] = await make(calls, jobs, run);
        const started = performance.now();
        await calls(tool, args);
        if (run >= WARM) times[at]?.push(performance.now() - started);
      }
    const [small = Number.NaN, large = Number.NaN] = times.map(middle);
    found.push({ what, small, large, exponent: Math.log(large / small) / Math.log(sizes[1] / sizes[0]) });
  }
  return found;
}

function middle(all: readonly number[]): number {
  return all.toSorted((one, other) => one - other)[all.length >> 1] ?? Number.NaN;
}
