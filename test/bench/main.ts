// npm run bench: what matters to the person waiting, each as a ratio to a floor measured in the same run. Figures of
// shared machines drift; the ratios hold. Writes the table that the README shows.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { busyRows, holds } from './busy.ts';
import { callers } from './callers.ts';
import { connect, type Connection } from './connection.ts';
import { diskOfExpenses } from './disk.ts';
import { throughput } from './http.ts';
import { partsInTime } from './in-time.ts';
import { pieces } from './pieces.ts';
import { growthOnPostgres, growthOnSqlite, type Growth } from './growth.ts';
import { expensesOnPostgres } from './postgres.ts';
import { rawExpense } from './raw-expense.ts';
import { seed } from './seed.ts';

const PROGRAM = fileURLToPath(new URL('../../dist/launch.js', import.meta.url));
const FLOOR = fileURLToPath(new URL('./floor-server.mjs', import.meta.url));
/** Alone, for who works on it. */
const ONLY = process.env['BENCH'];
/** So many expenses are written for what one keeps on the disk. */
const EXPENSES = Number(process.env['BENCH_EXPENSES'] ?? '100000');
const SIZES = (process.env['BENCH_JOBS'] ?? '10000,1000000').split(',').map(Number);

type Row = { what: string; measured: string; floor: string; ratio: number; goal: string };
let rows: Row[] = [];
const folder = mkdtempSync(join(tmpdir(), 'jobwright-bench-'));

function report(what: string, ms: number, floor: { name: string; ms: number }, goal: string): void {
  const ratio = ms / floor.ms;
  rows.push({ what, measured: `${ms.toFixed(2)} ms`, floor: `${floor.name}, ${floor.ms.toFixed(2)} ms`, ratio, goal });
}

function median(times: number[]): number {
  return [...times].sort((left, right) => left - right)[times.length >> 1] ?? Number.NaN;
}

/** The middle of so many runs, after half as many that warm up what is measured: a server is started once a day. */
async function timed(runs: number, work: () => Promise<unknown>): Promise<number> {
  for (let warm = 0; warm < runs / 2; warm += 1) await work();
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return median(times);
}

async function bareNode(): Promise<void> {
  await new Promise((resolve) => spawn(process.execPath, ['-e', '0']).on('exit', resolve));
}

/** From nothing to an answer, in turn with bare Node so that both feel the same machine. */
async function coldStart(
  args: string[],
  ask: (server: Connection) => Promise<unknown>,
): Promise<{ ms: number; floor: number }> {
  const [times, floors]: [number[], number[]] = [[], []];
  for (let run = 0; run < 15; run += 1) {
    const bare = performance.now();
    await bareNode();
    floors.push(performance.now() - bare);
    const start = performance.now();
    const server = await connect(args);
    await ask(server);
    times.push(performance.now() - start);
    await server.close();
  }
  return { ms: median(times), floor: median(floors) };
}

/** One row, inserted and committed at synchronous=FULL. */
function rawCommit(file: string): number {
  const db = new Sqlite(file);
  db.pragma('journal_mode = wal');
  db.pragma('synchronous = full');
  db.exec('create table if not exists floor (id integer primary key, words text)');
  const insert = db.prepare('insert into floor (words) values (?)');
  const times = Array.from({ length: 300 }, (_, run) => {
    const start = performance.now();
    insert.run(`shingles ${run}`);
    return performance.now() - start;
  });
  db.close();
  return median(times);
}

async function bookOf(jobs: number): Promise<void> {
  const data = join(folder, `jobs-${jobs}`);
  await seed(data, jobs);
  const floor = await connect([FLOOR]);
  const book = await connect([PROGRAM, 'stdio', '--data', data]);
  for (const server of [floor, book]) await server.request('tools/list', {});
  memory('memory once listed', jobs, book, floor);
  const noop = { name: 'no-op tool', ms: await timed(4000, async () => await floor.call('noop', {})) };
  const size = jobs.toLocaleString('en-US');
  const job = `J-${Math.round(jobs * 0.6)}`;
  report(
    `get-job, whole page, ${size} jobs`,
    await timed(4000, async () => await book.call('get-job', { job })),
    noop,
    '≤ 2',
  );
  report(
    `list-jobs, 50 newest and totals over all, ${size} jobs`,
    await timed(2000, async () => await book.call('list-jobs', { limit: 50 })),
    noop,
    '≤ 5',
  );
  report(
    `get-job by words with a typing error, ${size} jobs`,
    await timed(1000, async () => await book.call('get-job', { job: `gutterz ${6 * Math.round(jobs * 0.1) + 1}` })),
    noop,
    '',
  );
  await expenses(book, { jobs, noop });
  memory('memory after these calls', jobs, book, floor);
  await floor.close();
  await book.close();
}

async function expenses(
  book: Connection,
  { jobs, noop }: { readonly jobs: number; readonly noop: { readonly ms: number } },
): Promise<void> {
  const raw = await rawExpense(mkdtempSync(join(folder, 'raw-')));
  const one = rawCommit(join(folder, 'floor.db'));
  const rawMs = await timed(500, async () => raw.write());
  raw.close();
  let receipt = 0;
  const expense = await timed(2000, async () => {
    receipt += 1;
    return await book.call('add-job-expense', {
      // A day's receipts are of many jobs.
      job: `J-${1 + ((receipt * 7919) % jobs)}`,
      description: `Nails ${receipt}`,
      amount: 12.5,
      category: 'materials',
    });
  });
  const what = `add-job-expense, ${jobs.toLocaleString('en-US')} jobs`;
  const same = `raw commit of the same ${raw.rows} rows of ${raw.tables} tables + no-op tool`;
  report(what, expense, { name: same, ms: rawMs + noop.ms }, '≤ 2');
  report(what, expense, { name: 'raw commit of one row + no-op tool', ms: one + noop.ms }, '');
}

function memory(what: string, jobs: number, book: Connection, floor: Connection): void {
  const [taken, bare] = [book.memory(), floor.memory()];
  rows.push({
    what: `${what}, ${jobs.toLocaleString('en-US')} jobs`,
    measured: `${taken} MB`,
    floor: `no-op server, ${bare} MB`,
    ratio: taken / bare,
    goal: '≤ 1.3',
  });
}

/** With sign-in and every guard, against a server of the SDK that has one tool, which does nothing, and no guard. */
async function overHttp(data: string, jobs: number): Promise<void> {
  const empty = await throughput(['floor'], 'noop', {});
  const job = `J-${Math.round(jobs * 0.6)}`;
  const rate = (what: string, measured: number, floor: string, of: number, goal: string) =>
    rows.push({
      what,
      measured: `${Math.round(measured)} a second`,
      floor: `${floor}, ${Math.round(of)} a second`,
      ratio: measured / of,
      goal,
    });
  const name = "SDK's server per request, one no-op tool";
  const one = await throughput(['book', data], 'get-job', { job });
  rate(`HTTP, 16 at a time: get-job, ${jobs.toLocaleString('en-US')} jobs`, one, name, empty, '≥ 0.6');
  rate(
    'HTTP, 16 at a time: get-job, of two processes on one book',
    await throughput(['book', data], 'get-job', { job }, { processes: 2 }),
    `${name}, in one process`,
    empty,
    '≥ 1.2',
  );
  rate(
    'HTTP, 16 at a time: what is refused at once (no such tool)',
    await throughput(['book', data], 'get-appointments', {}),
    name,
    empty,
    '',
  );
  const account = await throughput(['book', data], 'get-account', {});
  rate('HTTP, 16 at a time: get-account', account, 'get-job', one, '≥ 1');
  rate(
    'HTTP, 16 at a time: get-account, all 34 tools',
    account,
    'the same with the 4 tools of one toolset',
    await throughput(['book', data, 'account'], 'get-account', {}),
    '',
  );
  rate(
    "HTTP, 16 at a time: the SDK's server with 30 no-op tools",
    await throughput(['floor', '', '30'], 'noop', {}),
    name,
    empty,
    '',
  );
}

/** One caller against the others. */
async function oneAgainstOthers(): Promise<void> {
  console.log(
    '| while another account sends | get-account p99 | its control | event loop p99 | its control | longest piece | memory | holds |\n|---|---|---|---|---|---|---|---|',
  );
  await busyRows((row) => {
    const { what, answered, delay, control, longest, rss } = row;
    const figures = [answered, control.answered, delay, control.delay, longest].map((ms) => `${ms.toFixed(1)} ms`);
    console.log(`| ${[what, ...figures, `${rss} MB`, holds(row) ? 'yes' : 'NO'].join(' | ')} |`);
  });
}

/** What each tool holds up others for. */
async function piecesOfTools(jobs: number): Promise<void> {
  console.log(
    `| who | call, of ${jobs.toLocaleString('en-US')} jobs | longest piece | whole | holds |\n|---|---|---|---|---|`,
  );
  for (const { who, what, longest, whole } of await pieces(jobs))
    console.log(
      `| ${[who, what, `${longest.toFixed(1)} ms`, `${whole.toFixed(0)} ms`, longest <= 50 ? 'yes' : 'NO'].join(' | ')} |`,
    );
}

/** Many callers against one. */
async function manyAgainstOne(): Promise<void> {
  console.log(
    '| while many send | so often | get-account p99 of another account | memory grown by |\n|---|---|---|---|',
  );
  for (const { what, done, p99, grownMb } of await callers(mkdtempSync(join(tmpdir(), 'jobwright-callers-'))))
    console.log(`| ${what} | ${done} | ${p99.toFixed(1)} ms | ${Math.round(grownMb)} MB |`);
}

async function onPostgres(): Promise<void> {
  const { ours, raw, tables, trips } = await expensesOnPostgres(folder);
  rows.push({
    what: `PostgreSQL, 16 at a time over 16 accounts: add-job-expense, in ${trips} trips`,
    measured: `${Math.round(ours)} a second`,
    floor: `raw transaction of the same rows in ${tables} statements, ${Math.round(raw)} a second`,
    ratio: ours / raw,
    goal: '≥ 0.4',
  });
}

/** How calls grow with the book. */
async function growths(): Promise<void> {
  console.log('| engine | call | jobs | p50 | jobs | p50 | exponent | goal |\n|---|---|---|---|---|---|---|---|');
  const print = (engine: string, [few, many]: readonly [number, number], found: readonly Growth[]) => {
    for (const { what, small, large, exponent } of found) {
      const figures = [few, small, many, large].map((figure, at) =>
        at % 2 === 0 ? figure.toLocaleString('en-US') : `${figure.toFixed(2)} ms`,
      );
      console.log(`| ${[engine, what, ...figures, exponent.toFixed(2), '≤ 0.1'].join(' | ')} |`);
    }
  };
  print('SQLite', GROWN.sqlite, await growthOnSqlite(folder, GROWN.sqlite));
  print('PostgreSQL', GROWN.postgres, await growthOnPostgres(folder, GROWN.postgres));
}
const GROWN = { sqlite: [100, 30_000], postgres: [1000, 30_000] } as const;

async function starts(data: string): Promise<void> {
  const args = [PROGRAM, 'stdio', '--data', data];
  const listed = await coldStart(args, async (server) => await server.request('tools/list', {}));
  report('start to tools/list', listed.ms, { name: 'node -e 0', ms: listed.floor }, '≤ 4');
  const called = await coldStart(args, async (server) => await server.call('get-job', { job: 'J-7' }));
  report('start to the first answer', called.ms, { name: 'node -e 0', ms: called.floor }, '≤ 8');
}

/** What an expense leaves on the disk; a book of its own, since it grows. */
async function onDisk(jobs: number): Promise<void> {
  const data = join(folder, 'disk');
  await seed(data, jobs);
  const { pages, kept } = await diskOfExpenses(data, { jobs, expenses: EXPENSES });
  const bytes = kept.reduce((sum, each) => sum + each.bytes, 0);
  console.log(
    `| an expense, of ${EXPENSES.toLocaleString('en-US')} over ${jobs.toLocaleString('en-US')} jobs | on disk |\n|---|---|`,
  );
  console.log(`| pages of its commit in the log | ${pages.toFixed(1)} |\n| bytes kept | ${Math.round(bytes)} |`);
  for (const { name, bytes: part } of kept) console.log(`| of these in ${name} | ${part.toFixed(1)} |`);
}

/** Each alone by its name, in BENCH; without one, all. */
const PARTS: Readonly<Record<string, (data: string, jobs: number) => Promise<void>>> = {
  start: starts,
  calls: async () => {
    for (const jobs of SIZES) await bookOf(jobs);
  },
  http: overHttp,
  postgres: onPostgres,
  growth: growths,
  disk: async (_, jobs) => await onDisk(jobs),
  pieces: async (_, jobs) => await piecesOfTools(jobs),
  busy: async () => {
    await oneAgainstOthers();
    await manyAgainstOne();
  },
};

/** Of each part when it is done, so that a run that is ended has told what it found. */
function printRows(): void {
  if (rows.length === 0) return;
  console.log('| what | measured | floor in the same run | ratio | goal |\n|---|---|---|---|---|');
  for (const { what, measured, floor, ratio, goal } of rows)
    console.log(`| ${what} | ${measured} | ${floor} | ${ratio.toFixed(2)} | ${goal} |`);
  rows = [];
}

/** What each may take of the eight minutes of all. */
const SECONDS: Readonly<Record<string, number>> = {
  start: 25,
  http: 35,
  postgres: 25,
  growth: 40,
  pieces: 25,
  busy: 140,
};
/** A book of a million jobs takes most of it to be made. */
const SECONDS_OF_CALLS = (jobs: number) => (jobs > 100_000 ? 150 : 35);

async function alone(name: string, [first = 10_000]: readonly number[]): Promise<void> {
  const measure = PARTS[name];
  if (measure === undefined) throw new Error(`BENCH is one of ${Object.keys(PARTS).join(', ')}, not ${name}`);
  const data = join(folder, `jobs-${first}`);
  await seed(data, first);
  await measure(data, first);
  printRows();
}

async function all([first = 10_000]: readonly number[]): Promise<void> {
  const parts = Object.keys(PARTS).flatMap((name) =>
    name === 'calls'
      ? SIZES.map((jobs) => ({ name, jobs, seconds: SECONDS_OF_CALLS(jobs) }))
      : [{ name, jobs: first, seconds: SECONDS[name] ?? 40 }],
  );
  await partsInTime(fileURLToPath(import.meta.url), parts);
}

try {
  await (ONLY === undefined ? all(SIZES) : alone(ONLY, SIZES));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
