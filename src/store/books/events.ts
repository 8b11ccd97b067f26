// What happened on some days: money and visits by the days that they are dated, and what the logs tell of the rest. None
// of these queries reads more of the books than those days hold.
import { sql } from 'kysely';
import type { CalendarDate, Instant } from '../../domain/dates.ts';
import type { Said } from '../../domain/message.ts';
import type { Database } from '../database.ts';
import { gathered } from '../engine/gathered.ts';
import { numbersIn } from '../engine/json-rows.ts';
import { prepared } from '../engine/prepared.ts';
import { lacksPrice } from './quote-summaries.ts';
import { BARE } from '../journal/log-rows.ts';
import { saidIn } from '../journal/said.ts';
import type { ReadScope } from '../scope.ts';

/** Of each sort at most so many are told of. */
export const MOST_EVENTS = 1000;

export type EventDays = {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly startsAt: Instant;
  /** Up to, and not including. */
  readonly endsAt: Instant;
  /** Up to, and not including: what is dated on these days may have been entered until then. */
  readonly enteredBy: Instant;
  readonly withSamples: boolean;
};

/** Invoices, payments and expenses by their days, visits that are not called off, and jobs that ended, as they still are. */
export async function datedEvents({ db, account }: ReadScope, { from, to, startsAt, endsAt, withSamples }: EventDays) {
  const given = { account: account.id, samples: withSamples ? 1 : 0, limit: MOST_EVENTS + 1 } as const;
  return await dated(db, { ...given, from, to, startsAt, endsAt });
}

type Given = Omit<EventDays, 'withSamples' | 'enteredBy'> & {
  readonly account: number;
  /** 1 where they count. */
  readonly samples: 0 | 1;
  readonly limit: number;
};

const dated = gathered((db, { account, from, to, startsAt, endsAt, samples, limit }: Given) => ({
  invoices: db
    .selectFrom('invoices')
    .select(['id', 'is_sample', 'customer_id', 'job_id', 'number', 'kind', 'total', 'issued_on'])
    .where('account_id', '=', account)
    .where('issued_on', '>=', from)
    .where('issued_on', '<=', to)
    .where('status', '=', 'issued')
    .where('is_sample', '<=', samples)
    .orderBy('issued_on')
    .orderBy('id')
    .limit(limit),
  payments: db
    .selectFrom('payments as p')
    .innerJoin('invoices as i', (join) =>
      join.onRef('i.account_id', '=', 'p.account_id').onRef('i.id', '=', 'p.invoice_id'),
    )
    .select(['p.id', 'p.is_sample', 'i.customer_id', 'i.job_id', 'p.invoice_id', 'i.number'])
    .select(['p.amount', 'p.method', 'p.is_refund', 'p.paid_on', 'p.takes_back_id', 'p.note'])
    .where('p.account_id', '=', account)
    .where('p.paid_on', '>=', from)
    .where('p.paid_on', '<=', to)
    .where('p.voided_on', 'is', null)
    .where('p.is_sample', '<=', samples)
    .orderBy('p.paid_on')
    .orderBy('p.id')
    .limit(limit),
  expenses: db
    .selectFrom('expenses')
    .select(['id', 'is_sample', 'job_id', 'description', 'amount', 'vendor', 'spent_on'])
    .where('account_id', '=', account)
    .where('spent_on', '>=', from)
    .where('spent_on', '<=', to)
    .where('is_sample', '<=', samples)
    .orderBy('spent_on')
    .orderBy('id')
    .limit(limit),
  visits: db
    .selectFrom('appointments')
    .select(['id', 'is_sample', 'customer_id', 'job_id', 'title', 'starts_at', 'ends_at', 'status'])
    .where('account_id', '=', account)
    .where('starts_at', '>=', startsAt)
    .where('starts_at', '<', endsAt)
    .where('status', '<>', 'cancelled')
    .where('is_sample', '<=', samples)
    .orderBy('starts_at')
    .orderBy('id')
    .limit(limit),
  completed: endedAs(db, 'completed', { account, from, to, samples, limit }),
  cancelled: endedAs(db, 'cancelled', { account, from, to, samples, limit }),
}));

type Ended = Pick<Given, 'account' | 'from' | 'to' | 'samples' | 'limit'>;

function endedAs(db: Database, status: 'completed' | 'cancelled', { account, from, to, samples, limit }: Ended) {
  const column = `${status}_on` as const;
  return db
    .selectFrom('jobs')
    .select(['id', 'is_sample', 'status', `${column} as day`])
    .where('account_id', '=', account)
    .where('status', '=', status)
    .where(column, '>=', from)
    .where(column, '<=', to)
    .where('is_sample', '<=', samples)
    .orderBy(column)
    .orderBy('id')
    .limit(limit);
}

/** What is told of from the log of the record that it happened to. */
const TOLD = {
  customer: ['log.customer-created'],
  job: ['log.job-started', 'log.job-status', 'log.note'],
  quote: ['log.quote-written', 'log.quote-status', 'log.quote-sent-again-of'],
  invoice: ['log.invoice-void'],
  walk_and_talk: ['log.walk-and-talk-recorded'],
} as const;

export type LogEvent = {
  readonly change: number;
  readonly at: Instant;
  readonly kind: string;
  readonly recordId: number;
  readonly said: Said;
};

/** In the order in which they were written, whatever became of them since. */
export async function loggedEvents({ db, account }: ReadScope, days: EventDays): Promise<LogEvent[]> {
  const { startsAt, endsAt, enteredBy } = days;
  const given = { account: account.id, limit: MOST_EVENTS + 1 };
  const rows = [
    ...(await logged(db, { ...given, startsAt, endsAt })),
    ...(await enteredLater(db, { ...given, startsAt: endsAt, endsAt: enteredBy })),
  ];
  return rows.map(({ change_number: change, at, kind, record_id: recordId, code, text }) => {
    return { change, at, kind, recordId, said: saidIn({ code, text: text ?? '' }) };
  });
}

const OF_OWN_DAY = [
  ...(['log.job-started', 'log.job-status', 'log.quote-written', 'log.quote-status'] as const),
  'log.quote-sent-again-of',
  'log.walk-and-talk-recorded',
] as const;

type LoggedGiven = Pick<Given, 'account' | 'startsAt' | 'endsAt' | 'limit'>;

/** Lines of the logs of what was changed then; the samples tell of days before the change that loaded them. */
function linesOf(db: Database, { account, startsAt, endsAt, limit }: LoggedGiven) {
  return db
    .selectFrom('changes as c')
    .innerJoin('record_log as r', (join) =>
      join.onRef('r.account_id', '=', 'c.account_id').onRef('r.change_number', '=', 'c.change_number'),
    )
    .select(['c.change_number', 'c.at', 'r.kind', 'r.record_id', 'r.code', 'r.text'])
    .where('c.account_id', '=', account)
    .where('c.at', '>=', startsAt)
    .where('c.at', '<', endsAt)
    .where('r.position', '<>', BARE)
    .where('r.at', 'is', null)
    .orderBy('c.change_number')
    .orderBy('r.position', 'desc')
    .limit(limit);
}

const logged = prepared((db, given: LoggedGiven) =>
  linesOf(db, given).where((eb) =>
    eb.or(
      Object.entries(TOLD).map(([kind, codes]) => eb.and([eb('r.kind', '=', kind), eb('r.code', 'in', [...codes])])),
    ),
  ),
);

/** What has a day of its own: beginnings of jobs, quotes and what became of them, and site visits that were recorded. */
const enteredLater = prepared((db, given: LoggedGiven) => linesOf(db, given).where('r.code', 'in', [...OF_OWN_DAY]));

type Ids = readonly number[];

/** What the records are that the logs tell of. */
export async function subjectsOf(
  { db, account }: ReadScope,
  { jobs, quotes, invoices, notes, walks }: Readonly<Record<'jobs' | 'quotes' | 'invoices' | 'notes' | 'walks', Ids>>,
) {
  return await subjects(db, {
    account: account.id,
    jobs: JSON.stringify(jobs),
    quotes: JSON.stringify(quotes),
    invoices: JSON.stringify(invoices),
    notes: JSON.stringify(notes),
    walks: JSON.stringify(walks),
  });
}

type SubjectsGiven = Readonly<Record<'jobs' | 'quotes' | 'invoices' | 'notes' | 'walks', string>> & {
  readonly account: number;
};

const subjects = gathered((db, { account, jobs, quotes, invoices, notes, walks }: SubjectsGiven) => ({
  jobs: db
    .selectFrom('jobs')
    .select(['id', 'status', 'starts_on', 'completed_on', 'cancelled_on'])
    .where('account_id', '=', account)
    .where(sql<boolean>`id in (${numbersIn(db, jobs)})`),
  quotes: db
    .selectFrom('quotes')
    .select(['id', 'customer_id', 'job_id', 'title', 'kind', 'subtotal', 'quoted_on'])
    .select(lacksPrice('quotes').as('unpriced'))
    .where('account_id', '=', account)
    .where(sql<boolean>`id in (${numbersIn(db, quotes)})`),
  invoices: db
    .selectFrom('invoices')
    .select(['id', 'customer_id', 'job_id', 'total'])
    .where('account_id', '=', account)
    .where(sql<boolean>`id in (${numbersIn(db, invoices)})`),
  walks: db
    .selectFrom('walk_and_talks')
    .select(['id', 'customer_id', 'job_id', 'held_at'])
    .where('account_id', '=', account)
    .where(sql<boolean>`id in (${numbersIn(db, walks)})`),
  notes: db
    .selectFrom('job_notes')
    .select(['id', 'text'])
    .where('account_id', '=', account)
    .where(sql<boolean>`id in (${numbersIn(db, notes)})`),
}));

/** Names of jobs and customers, and whose each job is. */
export async function namesForEvents({ db, account }: ReadScope, given: { customers: Ids; jobs: Ids }) {
  const { customers, jobs } = given;
  return await names(db, {
    account: account.id,
    customers: JSON.stringify(customers),
    jobs: JSON.stringify(jobs),
  });
}

type NamesGiven = { readonly account: number; readonly customers: string; readonly jobs: string };

const names = gathered((db, { account, customers, jobs }: NamesGiven) => ({
  jobs: db
    .selectFrom('jobs')
    .select(['id', 'name', 'customer_id'])
    .where('account_id', '=', account)
    .where(sql<boolean>`id in (${numbersIn(db, jobs)})`),
  customers: db
    .selectFrom('customers')
    .select(['id', 'name'])
    .where('account_id', '=', account)
    .where(
      sql<boolean>`(id in (${numbersIn(db, customers)}) or id in (select customer_id from jobs
        where account_id = ${account} and id in (${numbersIn(db, jobs)})))`,
    ),
}));
