// Writes on PostgreSQL: an expense, 16 at a time over as many accounts, against a raw transaction that writes the same
// rows into the same tables, one prepared statement a table, as pgbench would.
import { Client } from 'pg';
import { Pipeline } from '../../src/store/engine/postgres-pipeline.ts';
import { openPostgres } from '../../src/store/engine/postgres.ts';
import { Store } from '../../src/store/scope.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { callsOf, openRoofer, type Calls } from './session.ts';

const AT_A_TIME = 16;
const ROUND_MS = 3000;
const ROUNDS = 3;

type Written = { readonly table: string; readonly rows: readonly unknown[]; readonly isNew: boolean };

/** In turn, so that both feel the same machine. @returns expenses and raw transactions a second, and what they come to */
export async function expensesOnPostgres(
  folder: string,
): Promise<{ ours: number; raw: number; tables: number; trips: number }> {
  // With every COMMIT on the disk, as the server comes.
  const server = await startPostgres({});
  const url = `${server.url}/postgres`;
  const store = new Store(await openPostgres(url));
  const clients = Array.from({ length: AT_A_TIME }, () => new Client({ connectionString: url }));
  try {
    const sessions = await Promise.all(clients.map(async (_, at) => await accountOf(store, folder, at + 1)));
    await Promise.all(clients.map(async (client) => await client.connect()));
    const [client] = clients;
    if (client === undefined) throw new Error('nobody measures');
    const written = await rowsOfOne(client, sessions);
    await likeThem(client, written);
    const rates = { ours: [] as number[], raw: [] as number[] };
    for (let round = 0; round <= ROUNDS; round += 1) {
      const ours = await rate(async (who) => await expense(sessions[who]));
      const raw = await rate(async (who) => await rawly(clients[who], who, written));
      // The first warms up.
      if (round > 0) {
        rates.ours.push(ours);
        rates.raw.push(raw);
      }
    }
    const trips = await tripsOf(sessions[0]);
    return { ours: middle(rates.ours), raw: middle(rates.raw), tables: written.length, trips };
  } finally {
    await Promise.all(clients.map(async (client) => await client.end().catch(() => undefined)));
    await store.close();
    await server.stop();
  }
}

async function accountOf(store: Store, folder: string, id: number): Promise<Calls> {
  await openRoofer(store, id);
  const calls = callsOf(store, id, folder);
  await calls('create-job', { newCustomer: { name: 'Dana Henderson' }, name: 'Roof' });
  await expense(calls);
  return calls;
}

let receipt = 0;

async function expense(calls: Calls | undefined): Promise<void> {
  if (calls === undefined) throw new Error('nobody books');
  receipt += 1;
  await calls('add-job-expense', { job: 'J-1', description: `Nails ${receipt}`, amount: 12.5, category: 'materials' });
}

/** How often one expense waits for the server. */
async function tripsOf(calls: Calls | undefined): Promise<number> {
  const ask: unknown = Reflect.get(Pipeline.prototype, 'ask');
  if (typeof ask !== 'function') throw new Error('nothing is asked');
  let trips = 0;
  Reflect.set(Pipeline.prototype, 'ask', function counted(this: Pipeline, ...args: unknown[]): unknown {
    trips += 1;
    return Reflect.apply(ask, this, args);
  });
  await expense(calls);
  Reflect.set(Pipeline.prototype, 'ask', ask);
  return trips;
}

/** What one expense leaves: the rows of its transaction, table by table. */
async function rowsOfOne(client: Client, [session]: readonly Calls[]): Promise<Written[]> {
  const { rows: tables } = await client.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' order by tablename",
  );
  const counts = async () => {
    const all = new Map<string, number>();
    for (const { name } of tables) {
      const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from ${name}`);
      all.set(name, rows[0]?.n ?? 0);
    }
    return all;
  };
  const before = await counts();
  await expense(session);
  const after = await counts();
  const { rows: newest } = await client.query<{ x: string }>(
    'select xmin::text as x from expenses where account_id = 1 order by id desc limit 1',
  );
  const found: Written[] = [];
  for (const { name } of tables) {
    const { rows } = await client.query<{ row: unknown }>(
      `select to_jsonb(t) as row from ${name} t where t.xmin::text = $1`,
      [newest[0]?.x],
    );
    if (rows.length === 0) continue;
    const isNew = (after.get(name) ?? 0) > (before.get(name) ?? 0);
    found.push({ table: name, rows: rows.map(({ row }) => row), isNew });
  }
  return found;
}

/** Tables with the same columns and indexes, in which each connection has the rows that it changes. */
async function likeThem(client: Client, written: readonly Written[]): Promise<void> {
  for (const { table, rows, isNew } of written) {
    await client.query(`create table floor_${table} (like ${table} including all)`);
    if (isNew) continue;
    for (let who = 0; who < AT_A_TIME; who += 1)
      await client.query(insertInto(table), [JSON.stringify(rows), -1 - who]);
  }
}

/** Every key begins with the account, but for one that is drawn: under a new one, all rows are new. */
function insertInto(table: string): string {
  const key = `'account_id', $2::bigint${table === 'write_ids' ? ", 'id', gen_random_uuid()" : ''}`;
  const row = `jsonb_populate_record(null::floor_${table}, each || jsonb_build_object(${key}))`;
  return `insert into floor_${table} select (${row}).* from jsonb_array_elements($1::jsonb) each`;
}

let accounts = 0;

async function rawly(client: Client | undefined, who: number, written: readonly Written[]): Promise<void> {
  if (client === undefined) throw new Error('nobody writes');
  accounts += 1;
  const account = accounts;
  await client.query('begin');
  for (const { table, rows, isNew } of written)
    await client.query(
      isNew
        ? { name: `i ${table}`, text: insertInto(table), values: [JSON.stringify(rows), account] }
        : {
            name: `u ${table}`,
            text: `update floor_${table} set account_id = account_id where account_id = $1`,
            values: [-1 - who],
          },
    );
  await client.query('commit');
}

async function rate(work: (who: number) => Promise<void>): Promise<number> {
  const started = performance.now();
  let done = 0;
  await Promise.all(
    Array.from({ length: AT_A_TIME }, async (_, who) => {
      while (performance.now() - started < ROUND_MS) {
        await work(who);
        done += 1;
      }
    }),
  );
  return (done * 1000) / (performance.now() - started);
}

function middle(all: readonly number[]): number {
  return all.toSorted((one, other) => one - other)[all.length >> 1] ?? Number.NaN;
}
