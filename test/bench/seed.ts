// A large book: one job made by the program itself, with its quote, invoice and expenses, then copied row by row under
// new numbers. What is derived is copied with it, so `doctor` agrees with a seeded book.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { SCOPES } from '../../src/domain/access.ts';
import { nameKey, variants, termsOf } from '../../src/domain/terms.ts';
import { localFolder } from '../../src/files/local-folder.ts';
import { createLogger } from '../../src/logger.ts';
import { callTool } from '../../src/server.ts';
import { openAccount } from '../../src/services/account/account.ts';
import { Store } from '../../src/store/scope.ts';
import { openSqlite } from '../../src/store/engine/sqlite.ts';
import { Workers } from '../../src/workers/workers.ts';
import { TOOLSETS } from '../../src/domain/toolsets.ts';
import type { Session } from '../../src/server/session.ts';

const KINDS = ['Roof replacement', 'Gutters', 'Storm repair', 'Skylight', 'Siding', 'Porch cover'];
const LINES = 4;
const EXPENSES = 3;
const COPIED = ['customers', 'jobs', 'quotes', 'quote_lines', 'invoices', 'invoice_lines', 'invoice_taxes', 'expenses'];
const DERIVED = ['job_figures', 'invoice_figures', 'job_days', 'job_plans'];

export async function seed(folder: string, jobs: number): Promise<void> {
  const file = join(folder, 'jobwright.db');
  if (existsSync(file)) return;
  await firstJob(file);
  const db = new Sqlite(file);
  db.pragma('synchronous = off');
  db.pragma('foreign_keys = off');
  db.exec('begin');
  copyJob(db, jobs);
  db.exec('commit');
  db.pragma('wal_checkpoint(truncate)');
  db.close();
}

async function firstJob(file: string): Promise<void> {
  const store = new Store(await openSqlite(file));
  await openAccount(store, {
    ...{ id: 1, template: 'roofing', currency: 'USD', timeZone: 'America/Chicago', plan: 'business' },
    ...{ samples: false, actor: 'bench' },
  });
  await store.renew(1);
  const session: Session = {
    ...{
      store,
      accountId: 1,
      toolsets: TOOLSETS,
      readOnly: false,
      actor: 'bench',
      siteUrl: null,
      deferCall: null,
      inFlight: new Set(),
    },
    ...{ role: 'owner' as const, scopes: new Set(SCOPES), personId: null },
    ...{
      files: localFolder(`${file}-files`),
      workers: new Workers(createLogger('error')),
      folders: [],
      conversation: null,
    },
    log: createLogger('error'),
  };
  const call = async (tool: string, args: object) => {
    const { content, isError } = await callTool(session, tool, args, { client: 'bench', canAsk: false });
    if (isError === true) throw new Error(content.map((part) => part.text).join());
  };
  await call('create-customer', { name: nameOf('customer', 1), address: '1 Pecan Lane' });
  await call('create-job', { customer: 'C-1', name: nameOf('job', 1), status: 'completed' });
  const line = {
    description: 'Shingles',
    quantity: 6,
    unit: 'square',
    unitPrice: 450,
    unitCost: 280,
    category: 'materials',
  };
  await call('create-quote', { job: 'J-1', status: 'accepted', lines: Array.from({ length: LINES }, () => line) });
  await call('create-invoice', { fromQuote: { quote: 'Q-1', rest: true } });
  for (let each = 0; each < EXPENSES; each += 1) {
    await call('add-job-expense', {
      job: 'J-1',
      description: 'Permit',
      amount: 50,
      category: 'permit',
      allowDuplicate: true,
    });
  }
  await store.close();
}

type Row = Record<string, string | number | null>;

/** The same row in the papers of job `n`. */
function copyOf(table: string, row: Row, n: number): Row {
  const customer = Math.ceil(n / 3);
  const copy = { ...row };
  for (const column of ['job_id', 'quote_id', 'contract_id', 'invoice_id'])
    if (typeof row[column] === 'number') copy[column] = n;
  if ('customer_id' in row) copy['customer_id'] = customer;
  if ('number' in row) copy['number'] = 1000 + n;
  if (typeof row['line_id'] === 'number') copy['line_id'] = row['line_id'] + (n - 1) * LINES;
  if (table === 'customers')
    Object.assign(copy, { id: customer, name: nameOf('customer', customer), address: `${customer} Pecan Lane` });
  if (table === 'jobs' || table === 'quotes' || table === 'invoices') copy['id'] = n;
  if (table === 'expenses') copy['id'] = Number(row['id']) + (n - 1) * EXPENSES;
  if (table === 'jobs') copy['name'] = nameOf('job', n);
  return copy;
}

function nameOf(kind: 'job' | 'customer', n: number): string {
  return kind === 'customer' ? `Customer ${n}` : `${KINDS[n % KINDS.length] ?? 'Roof'} ${n}`;
}

function copyJob(db: Sqlite.Database, jobs: number): void {
  const tables = db.prepare("select name from sqlite_schema where type = 'table'").pluck().all();
  const copied = [...COPIED, ...DERIVED].filter((table) => tables.includes(table));
  const rows = new Map(copied.map((table) => [table, db.prepare(`select * from ${table}`).all() as Row[]]));
  const inserts = new Map<string, Sqlite.Statement<unknown[]>>();
  const insert = (table: string, row: Row) => {
    const columns = Object.keys(row);
    const sql = `insert or ignore into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`;
    const statement = inserts.get(table) ?? db.prepare<unknown[]>(sql);
    inserts.set(table, statement);
    statement.run(...Object.values(row));
  };
  const known = new Set<string>();
  for (let n = 2; n <= jobs; n += 1) {
    for (const [table, some] of rows) {
      if (table === 'customers' && n % 3 !== 1) continue;
      for (const row of some) insert(table, copyOf(table, row, n));
    }
    for (const [kind, id] of n % 3 === 1
      ? [['job', n] as const, ['customer', Math.ceil(n / 3)] as const]
      : [['job', n] as const]) {
      const where = `Customer ${Math.ceil(n / 3)} ${Math.ceil(n / 3)} Pecan Lane`;
      const words = termsOf(`${nameOf(kind, id)} ${where}`);
      for (const word of [...words, `=${nameKey(nameOf(kind, id))}`]) {
        insert('words', { account_id: 1, kind, word, is_sample: 0, record_id: id });
      }
      for (const word of words.filter((each) => !known.has(each))) {
        known.add(word);
        for (const variant of variants(word)) insert('spellings', { account_id: 1, variant, word });
      }
    }
  }
  scale(db, jobs);
}

/** Totals over all jobs, and the counters under which the next records get their numbers. */
function scale(db: Sqlite.Database, jobs: number): void {
  const [totals] = db.prepare('select * from account_totals where jobs > 0').all() as Row[];
  const money = Object.entries(totals ?? {}).filter(
    ([column, value]) => typeof value === 'number' && !column.startsWith('account') && column !== 'is_sample',
  );
  db.prepare(
    `update account_totals set ${money.map(([column]) => `${column} = ${column} * ?`).join(', ')} where jobs > 0`,
  ).run(...money.map(() => jobs));
  for (const [kind, value] of Object.entries({
    ...{ customer: Math.ceil(jobs / 3), job: jobs, quote: jobs, line: jobs * LINES, invoice: jobs },
    ...{ invoice_number: 1000 + jobs, expense: jobs * EXPENSES },
  })) {
    db.prepare('update counters set value = ? where account_id = 1 and kind = ?').run(value, kind);
  }
}
