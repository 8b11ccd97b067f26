// Closed months: keeping what each job had made in them, and the one gate that holds what is dated in them as it is.
import { cost } from '../../domain/cost.ts';
import { addDays, type CalendarDate, BEFORE_EVERY_DAY } from '../../domain/dates.ts';
import { refused, type Problem } from '../../domain/errors.ts';
import { says, type Message, type Messages } from '../../domain/message.ts';
import { price } from '../../domain/money.ts';
import type { DaySums } from '../../domain/period.ts';
import { invoiceRef, refOf } from '../../kinds/reference.ts';
import { closedDays, closedPeople, closedText } from './closed-days.ts';
import { letInvoicesGo } from './closed-invoices.ts';
import type { Database } from '../database.ts';
import { DAY_COLUMNS } from '../derived/columns.ts';
import { LEDGER, type Snapshot, type LedgerTable } from '../journal/ledger.ts';
import { inPortions } from '../engine/many.ts';
import { prepared } from '../engine/prepared.ts';
import type { Journal } from '../journal/write.ts';
import type { JobDayRow } from '../derived/rows.ts';

type Dated = {
  readonly column: string;
  readonly field: string;
  /** What of a row must stay; null where it does not count. */
  readonly worth: (row: Snapshot) => string | null;
  readonly ref: (row: Snapshot) => string;
  /** What to do instead, of what was otherwise. */
  readonly instead: (open: CalendarDate, change: Pick<Change, 'before' | 'after'>) => Message;
};

const DATED: Readonly<Partial<Record<LedgerTable, Dated>>> = {
  invoices: {
    column: 'issued_on',
    field: 'issuedOn',
    worth: (row) => (row['status'] === 'issued' ? `${row['subtotal']} ${row['tax']} ${row['total']}` : null),
    ref: (row) => invoiceRef(Number(row['id']), typeof row['number'] === 'number' ? row['number'] : null),
    instead: (open) => says('months.credit-instead', { open }),
  },
  expenses: {
    column: 'spent_on',
    field: 'spentOn',
    // By category and by job a period shows what was spent in it, less the tax that one gets back, so none of these
    // changes once that was reported.
    worth: (row) => `${row['amount']} ${row['category']} ${row['job_id']} ${row['reclaimable_tax'] ?? 0}`,
    ref: (row) => refOf('expense', Number(row['id'])),
    instead: (open, { before, after }) =>
      before !== null &&
      after !== null &&
      before['spent_on'] === after['spent_on'] &&
      before['amount'] === after['amount']
        ? says('months.reported', { what: reportedOf(before, after) })
        : says('months.log-difference', { open }),
  },
  payments: {
    column: 'paid_on',
    field: 'paidOn',
    worth: (row) => (row['void_reason'] === null ? `${row['is_refund']} ${row['amount']}` : null),
    ref: (row) => refOf('payment', Number(row['id'])),
    instead: (open, { before }) =>
      says('months.give-back', { payment: refOf('payment', Number(before?.['id'])), open }),
  },
};

/** What of an expense was reported and is another now, though its day and amount are the same. */
function reportedOf(before: Snapshot, after: Snapshot): Messages['months.reported']['what'] {
  if (before['job_id'] !== after['job_id']) return 'job';
  return before['category'] === after['category'] ? 'reclaimable tax' : 'category';
}

type Change = {
  readonly table: LedgerTable;
  readonly key: Snapshot;
  readonly before: Snapshot | null;
  readonly after: Snapshot | null;
};

/**
 * What is dated in a closed month stays as it is, whatever the write was for: nothing comes into it, and nothing that
 * stands in it is taken out, re-dated or made another amount. Samples are free of this, and so is what makes one real.
 * @throws Problem naming the day, the closed month and what to do instead
 */
export function checkClosed(through: CalendarDate | null, changes: readonly Change[]): void {
  if (through === null) return;
  const rows = netChanges(changes);
  for (const [table, dated] of Object.entries(DATED)) {
    const own = rows.filter((row) => row.table === table);
    // A payment may be split over two invoices, as long as as much was paid on that day.
    if (table === 'payments' && isSameMoney(own, through)) continue;
    for (const { before, after } of own) {
      const [was, is] = [closedOf(dated, before, through), closedOf(dated, after, through)];
      if (was !== is) throw closedProblem(dated, { before, after, through, was });
    }
  }
}

/** Each row once, as it was before the write and as it is after. */
function netChanges(changes: readonly Change[]): Change[] {
  return [...Map.groupBy(changes, ({ table, key }) => `${table} ${JSON.stringify(key)}`).values()].flatMap((some) => {
    const [first, last] = [some[0], some.at(-1)];
    return first === undefined || last === undefined || isMade(first.before, last.after)
      ? []
      : [{ ...first, after: last.after }];
  });
}

/** What it has made in closed months stands in the first open one, as it does of all that a sample becomes real with. */
function isMade(before: Snapshot | null, after: Snapshot | null): boolean {
  return before !== null && after !== null && before['is_sample'] !== after['is_sample'];
}

function closedOf({ column, worth }: Dated, row: Snapshot | null, through: CalendarDate): string | null {
  const day = row?.[column];
  if (row === null || row['is_sample'] === 1 || typeof day !== 'string' || day > through) return null;
  const value = worth(row);
  return value === null ? null : `${day} ${value}`;
}

function isSameMoney(rows: readonly Change[], through: CalendarDate): boolean {
  const sums = new Map<string, number>();
  for (const { before, after } of rows) {
    for (const [row, sign] of [
      [before, -1],
      [after, 1],
    ] as const) {
      const day = row?.['paid_on'];
      if (row === null || typeof day !== 'string' || day > through || row['void_reason'] !== null) continue;
      if (row['is_sample'] === 1) continue;
      const key = `${day} ${row['is_refund']}`;
      sums.set(key, (sums.get(key) ?? 0) + sign * Number(row['amount']));
    }
  }
  return [...sums.values()].every((sum) => sum === 0);
}

function closedProblem(
  { column, field, ref, instead }: Dated,
  {
    before,
    after,
    through,
    was,
  }: { before: Snapshot | null; after: Snapshot | null; through: CalendarDate; was: string | null },
): Problem {
  const open = addDays(through, 1);
  if (was === null) return refused(says('months.day-closed', { day: String(after?.[column]), through, open }), field);
  const row = before ?? after ?? {};
  return refused(
    says('months.record-closed', {
      ...{ ref: ref(row), day: String(row[column]), through },
      instead: instead(open, { before, after }),
    }),
  );
}

type Closing = {
  readonly db: Database;
  readonly account: { readonly id: number };
  readonly journal: Journal;
  readonly changeNumber: number;
};

/** Keeps what every job made by day, after the last closed day and up to this one. @returns how many had something */
export async function keepClosed(scope: Closing, after: CalendarDate | null, through: CalendarDate): Promise<number> {
  const { journal, changeNumber: closing } = scope;
  const ids = await jobsWithin(scope, after, through);
  await inPortions(ids, async (some) => {
    const [from = 0, to = from] = [some[0], some.at(-1)];
    const rows = await daysWithin(scope.db, {
      ...{ account: scope.account.id, after: after ?? BEFORE_EVERY_DAY, through },
      ...{ from, to },
    });
    await journal.insertAll(
      'closed_jobs',
      [...Map.groupBy(rows, ({ job_id }) => job_id)].map(([job_id, days]) => {
        const [{ customer_id, status } = { customer_id: 0, status: '' }] = days;
        return { job_id, closing, through, customer_id, status, days: closedText(days.map(sumsOf)) };
      }),
    );
  });
  return ids.length;
}

async function jobsWithin({ db, account }: Closing, after: CalendarDate | null, through: CalendarDate) {
  const rows = await db
    .selectFrom('job_days')
    .select('job_id')
    .distinct()
    .where('account_id', '=', account.id)
    .where('is_sample', '=', 0)
    .where('day', '>', after ?? BEFORE_EVERY_DAY)
    .where('day', '<=', through)
    .orderBy('job_id')
    .execute();
  return rows.map(({ job_id }) => job_id);
}

type DaysWithin = {
  readonly account: number;
  readonly after: CalendarDate;
  readonly through: CalendarDate;
  readonly from: number;
  readonly to: number;
};

const daysWithin = prepared((db, { account, after, through, from, to }: DaysWithin) =>
  db
    .selectFrom('job_days')
    .select(DAY_COLUMNS)
    .where('account_id', '=', account)
    .where('is_sample', '=', 0)
    .where('job_id', '>=', from)
    .where('job_id', '<=', to)
    .where('day', '>', after)
    .where('day', '<=', through)
    .orderBy('job_id')
    .orderBy('day'),
);

function sumsOf(row: JobDayRow): DaySums {
  return {
    day: row.day,
    billed: price(row.billed),
    costOfWork: cost(row.cost_of_work),
    expenses: cost(row.expenses),
    fromClosed: {
      billed: price(row.from_closed_billed),
      costOfWork: cost(row.from_closed_cost_of_work),
      expenses: cost(row.from_closed_expenses),
    },
  };
}

/** Lets go of what was kept after this day. What a closing kept up to it stays, under the status it was reported with. */
export async function letGo(scope: Closing, through: CalendarDate | null): Promise<void> {
  await letInvoicesGo(scope, through);
  const { db, account, journal } = scope;
  const keys = await db
    .selectFrom('closed_jobs')
    .select('job_id')
    .distinct()
    .where('account_id', '=', account.id)
    .where('through', '>', through ?? BEFORE_EVERY_DAY)
    .orderBy('job_id')
    .execute();
  await inPortions(keys, async (some) => {
    const [from = 0, to = from] = [some[0]?.job_id, some.at(-1)?.job_id];
    const rows = await keptAfter(db, { account: account.id, through: through ?? BEFORE_EVERY_DAY, from, to });
    const kept = rows.map((before) => {
      const left = through === null ? [] : closedDays(before.days).filter(({ day }) => day <= through);
      return {
        before,
        after:
          through === null || left.length === 0
            ? null
            : { ...before, through, days: closedText(left, closedPeople(before.days)) },
      };
    });
    await journal.removeAll(
      'closed_jobs',
      kept.flatMap(({ before, after }) => (after === null ? [before] : [])),
    );
    await journal.replaceAll(
      'closed_jobs',
      kept.flatMap(({ before, after }) => (after === null ? [] : [{ before, after }])),
    );
  });
}

const keptAfter = prepared(
  (db, { account, through, from, to }: { account: number; through: CalendarDate; from: number; to: number }) =>
    db
      .selectFrom('closed_jobs')
      .select(LEDGER.closed_jobs.columns)
      .where('account_id', '=', account)
      .where('job_id', '>=', from)
      .where('job_id', '<=', to)
      .where('through', '>', through)
      .orderBy('job_id')
      .orderBy('closing'),
);

/** Completed jobs of which a part of the cost waits for a bill, the newest first. @param before the last one seen */
export async function waitingJobs(
  { db, account }: Pick<Closing, 'db' | 'account'>,
  { limit, before }: { readonly limit: number; readonly before: number },
): Promise<number[]> {
  const rows = await db
    .selectFrom('job_figures')
    .select('job_id')
    .where('account_id', '=', account.id)
    .where('status', '=', 'completed')
    .where('is_sample', '=', 0)
    .where('cost_not_yet_billed', '<>', 0)
    .where('job_id', '<', before)
    .orderBy('job_id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ job_id }) => job_id);
}
