// Which jobs a write bears on: those that its rows are of, and those of the contracts that its bills are on.
import { sql } from 'kysely';
import { BEFORE_EVERY_DAY, calendarDate } from '../../domain/dates.ts';
import type { Papers } from '../books/papers.ts';
import type { Database } from '../database.ts';
import { numbersIn } from '../engine/json-rows.ts';
import { prepared } from '../engine/prepared.ts';
import type { Touched } from '../journal/ledger.ts';

/** The jobs that these writes bear on. */
export async function jobsTouched(
  db: Database,
  accountId: number,
  touched: readonly Touched[],
  papers: Papers,
): Promise<Set<number>> {
  const jobs = new Set<number>();
  const quotes = new Set<number>();
  const lines = new Set<number>();
  const contracts = new Set<number>();
  const credited = new Set<number>();
  for (const { table, before, after } of touched) {
    for (const snapshot of [before, after]) {
      if (snapshot === null) continue;
      if (table === 'jobs') collect(jobs, snapshot['id']);
      if (table === 'quotes' || table === 'invoices' || table === 'expenses') collect(jobs, snapshot['job_id']);
      if (table === 'invoices' || table === 'write_offs' || table === 'contract_parts')
        collect(contracts, snapshot['contract_id']);
      if (table === 'invoices') collect(credited, snapshot['credits_id']);
      if (table === 'quote_lines') collect(quotes, snapshot['quote_id']);
      if (table === 'done_lines') collect(lines, snapshot['line_id']);
    }
  }
  // What is written itself says whose it is, before and after.
  for (const { table, before, after } of touched)
    if (table === 'quotes') quotes.delete(Number((after ?? before)?.['id']));
  for (const id of credited) {
    const bill = papers.billOf(id);
    if (bill === null) continue;
    credited.delete(id);
    collect(contracts, bill.contractId);
  }
  for (const id of contracts) {
    const known = papers.jobsOf(id);
    if (known === null) continue;
    contracts.delete(id);
    for (const job of known) jobs.add(job);
  }
  if (quotes.size + lines.size + contracts.size + credited.size > 0) {
    const lists = {
      quotes: listed(quotes),
      lines: listed(lines),
      contracts: listed(contracts),
      bills: listed(credited),
    };
    for (const { job_id } of await jobsOf(db, { account: accountId, ...lists })) collect(jobs, job_id);
  }
  for (const job of await jobsReopened(db, accountId, touched)) jobs.add(job);
  return jobs;
}

type Whose = {
  readonly account: number;
  /** Lists of numbers as JSON; `bills` are those that are credited. */
  readonly quotes: string;
  readonly lines: string;
  readonly contracts: string;
  readonly bills: string;
};

/** A bill may be filed elsewhere than its contract, whose job it bears on all the same. */
const jobsOf = prepared((db, { account, quotes, lines, contracts, bills }: Whose) => {
  const of = (condition: ReturnType<typeof sql>) =>
    sql`select q.job_id from quotes as q where q.account_id = ${account} and ${condition}`;
  return sql<{ job_id: number | null }>`
    ${of(sql`q.id in (${numbersIn(db, quotes)})`)}
    union ${of(sql`q.id in (select l.quote_id from quote_lines as l
      where l.account_id = ${account} and l.line_id in (${numbersIn(db, lines)}))`)}
    union ${of(sql`q.contract_id in (${numbersIn(db, contracts)})`)}
    union ${of(sql`q.contract_id in (select i.contract_id from invoices as i
      where i.account_id = ${account} and i.id in (${numbersIn(db, bills)}))`)}`;
});

function listed(numbers: ReadonlySet<number>): string {
  return JSON.stringify([...numbers]);
}

/** Where months are opened again, what changed in them stands on other days. */
async function jobsReopened(db: Database, accountId: number, touched: readonly Touched[]): Promise<number[]> {
  const kept = touched.flatMap(({ table, before }) =>
    table === 'closed_jobs' && before !== null ? [Number(before['job_id'])] : [],
  );
  const through = ({ before, after }: Touched) =>
    [before, after].map((snapshot) => String(snapshot?.['closed_through'] ?? ''));
  const opened = touched.find((each) => {
    const [from = '', to = ''] = each.table === 'accounts' ? through(each) : [];
    return to < from;
  });
  if (opened === undefined) return kept;
  const [, to = ''] = through(opened);
  const carried = await db
    .selectFrom('job_days')
    .select('job_id')
    .distinct()
    .where('account_id', '=', accountId)
    .where('day', '>', to === '' ? BEFORE_EVERY_DAY : calendarDate(to))
    .where((eb) =>
      eb.or([
        eb('from_closed_billed', '<>', 0),
        eb('from_closed_cost_of_work', '<>', 0),
        eb('from_closed_expenses', '<>', 0),
      ]),
    )
    .execute();
  return [...kept, ...carried.map(({ job_id }) => job_id)];
}

function collect(into: Set<number>, value: string | number | null | undefined): void {
  if (typeof value === 'number') into.add(value);
}
