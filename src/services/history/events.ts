// What happened on some days, over all jobs: money, visits, quotes and ends of jobs on the days that they are dated, and what
// else was said of jobs and quotes on the day on which it was said. What was undone did not happen.
import { cost } from '../../domain/cost.ts';
import { addDays, dayAt, daysBetween, parseDate, type CalendarDate } from '../../domain/dates.ts';
import { invalid, refused } from '../../domain/errors.ts';
import {
  compareEvents,
  comparePlaces,
  MOST_DAYS_LATER,
  MOST_EVENT_DAYS,
  placeOf,
  type EventSort,
  type TradeEvent,
} from '../../domain/events.ts';
import { price, sumUp, type Total } from '../../domain/money.ts';
import { checkDays } from '../shared/days.ts';
import { says, type Message } from '../../domain/message.ts';
import { invoiceRef, refOf } from '../../kinds/reference.ts';
import {
  datedEvents,
  loggedEvents,
  MOST_EVENTS,
  namesForEvents,
  type EventDays,
  type LogEvent,
} from '../../store/books/events.ts';
import { takenBack } from '../../store/books/payments.ts';
import { undoneAmong } from '../../store/journal/history.ts';
import type { ReadScope } from '../../store/scope.ts';
import { amountText } from '../shared/amounts.ts';
import { samplesCount } from '../shared/counted.ts';
import { cutPage, makeCursor, readCursor } from '../shared/paging.ts';
import { shownAt } from '../site/visit-times.ts';
import { startOfDay } from './days.ts';
import { eventsOfLogs, type Unnamed } from './logged-events.ts';

export type EventsInput = {
  readonly on?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly includeSamples?: boolean | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
};

type Asked = EventsInput & {
  readonly record?: string | undefined;
  readonly person?: string | undefined;
  readonly assistant?: string | undefined;
  readonly change?: number | undefined;
};

/**
 * What happened on some days is asked for where days alone are named.
 * @throws Problem where somebody or something is whose changes are
 */
export function asksForEvents(show: 'events' | 'changes' | undefined, asked: Asked): boolean {
  const { record, person, assistant, change, on, from, to } = asked;
  const named = Object.entries({ record, person, assistant, change }).find(([, value]) => value !== undefined);
  if (show === 'events' && named !== undefined) throw invalid(named[0], says('history.not-of-events'));
  return show === 'events' || (show === undefined && named === undefined && (on ?? from ?? to) !== undefined);
}

/** A page of a week. */
const USUAL_PAGE = 50;
/** Where nothing is said: today and the six days before it. */
const USUAL_DAYS = 7;

export type Events = {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly events: readonly TradeEvent[];
  readonly count: number;
  /** Of all of them: issued with tax, less credits; paid, and apart from it refunded and taken back by the bank; spent. */
  readonly totals: Readonly<Record<'invoiced' | 'paid' | 'refunded' | 'bounced', Total<'price'>>> & {
    readonly spent: Total<'cost'>;
  };
  readonly nextCursor: string | null;
};

/** Oldest first. */
export async function listEvents(scope: ReadScope, input: EventsInput): Promise<Events> {
  const days = await daysAsked(scope, input);
  const dated = await datedEvents(scope, days);
  const logged = await standing(scope, await loggedEvents(scope, days));
  const most = Math.max(
    logged.filter(({ at }) => at < days.endsAt).length,
    ...Object.values(dated).map((rows) => rows.length),
  );
  if (most > MOST_EVENTS) throw refused(says('history.too-much-happened', { most: MOST_EVENTS }), 'from');
  const found = [...eventsOfRows(scope, dated), ...(await eventsOfLogs(scope, logged, days))];
  const events = (await named(scope, found)).sort(compareEvents);
  const [day = null, rank = null, id = null] = readCursor('events', input.cursor, 3) ?? [];
  const rest =
    day === null || rank === null || id === null
      ? events
      : events.filter((each) => comparePlaces(placeOf(each), [day, rank, id]) > 0);
  const { page, nextCursor } = cutPage(rest, input.limit ?? USUAL_PAGE, (last) => makeCursor('events', placeOf(last)));
  const { from, to } = days;
  return { from, to, events: page, count: events.length, totals: totalsOf(dated), nextCursor };
}

type Dated = Awaited<ReturnType<typeof datedEvents>>;

function totalsOf({ invoices, payments, expenses }: Dated): Events['totals'] {
  const moved = (move: 'paid' | 'refunded' | 'bounced') =>
    sumUp(payments.filter((row) => moveOf(row) === move).map(({ amount }) => price(amount)));
  return {
    invoiced: sumUp(invoices.map(({ total }) => price(total))),
    ...{ paid: moved('paid'), refunded: moved('refunded'), bounced: moved('bounced') },
    spent: sumUp(expenses.map(({ amount }) => cost(amount))),
  };
}

type PaymentRow = Dated['payments'][number];

function moveOf(row: PaymentRow): 'paid' | 'refunded' | 'bounced' {
  if (row.is_refund === 0) return 'paid';
  return takenBack(row).takesBackId === null ? 'refunded' : 'bounced';
}

async function daysAsked(
  scope: ReadScope,
  { on, from: first, to: last, includeSamples }: EventsInput,
): Promise<EventDays> {
  if (on !== undefined && (first !== undefined || last !== undefined))
    throw invalid('on', says('history.day-or-period'));
  const given = (text: string | undefined, field: string) => (text === undefined ? null : parseDate(text, field));
  const [one, start, end] = [given(on, 'on'), given(first, 'from'), given(last, 'to')];
  const to = one ?? end ?? (start === null ? scope.today : later(start, scope.today));
  const from = one ?? start ?? addDays(to, 1 - USUAL_DAYS);
  checkDays(from, to);
  if (daysBetween(from, to) >= MOST_EVENT_DAYS)
    throw invalid('from', says('history.too-many-days', { most: MOST_EVENT_DAYS }));
  const { timeZone } = scope.account;
  return {
    from,
    to,
    startsAt: startOfDay(from, timeZone),
    endsAt: startOfDay(addDays(to, 1), timeZone),
    enteredBy: startOfDay(addDays(to, 1 + MOST_DAYS_LATER), timeZone),
    withSamples: await samplesCount(scope, { includeSamples }),
  };
}

function later(one: CalendarDate, other: CalendarDate): CalendarDate {
  return one > other ? one : other;
}

async function standing(scope: ReadScope, logged: readonly LogEvent[]): Promise<LogEvent[]> {
  const undone = await undoneAmong(scope, [...new Set(logged.map(({ change }) => change))]);
  return logged.filter(({ change }) => !undone.has(change));
}

function eventsOfRows(
  scope: ReadScope,
  { invoices, payments, expenses, visits, completed, cancelled }: Dated,
): Unnamed[] {
  const money = (amount: number) => amountText(scope, price(amount));
  return [
    ...invoices.flatMap((row) => {
      if (row.issued_on === null) return [];
      const facts = { invoice: invoiceRef(row.id, row.number), kind: row.kind, total: money(row.total) };
      return [found('invoice', row, row.issued_on, says('event.invoice', facts))];
    }),
    ...payments.map((row) => {
      const { takesBackId, note } = takenBack(row);
      const facts = { amount: money(row.amount), invoice: invoiceRef(row.invoice_id, row.number) };
      const ref = refOf('payment', row.id);
      if (takesBackId !== null) {
        const bounced = says('event.bounced', { ...facts, payment: refOf('payment', takesBackId), as: ref });
        return { ...found('payment', row, row.paid_on, bounced), note };
      }
      const moved = { ...facts, payment: ref, method: row.method, isRefund: row.is_refund === 1 };
      return found('payment', row, row.paid_on, says('event.payment', moved));
    }),
    ...expenses.map((row) => {
      const facts = { expense: refOf('expense', row.id), description: row.description, vendor: row.vendor };
      const isBack = row.amount < 0;
      const what = says('event.expense', {
        ...{ ...facts, isBack, isOverhead: row.job_id === null },
        amount: money(Math.abs(row.amount)),
      });
      return found('expense', { customer_id: null, ...row }, row.spent_on, what);
    }),
    ...[...completed, ...cancelled].flatMap((row) => {
      if (row.day === null) return [];
      const of = { ...row, customer_id: null, job_id: row.id };
      return [found('end', of, row.day, says('event.job-status', { to: row.status }))];
    }),
    ...visits.map((row) => {
      const { timeZone } = scope.account;
      const isOver = row.ends_at <= scope.now;
      const facts = {
        ref: refOf('appointment', row.id),
        title: row.title,
        time: shownAt(row.starts_at, timeZone).time,
      };
      const status = row.status === 'done' ? 'done' : isOver ? 'over' : 'ahead';
      return found('visit', row, dayAt(row.starts_at, timeZone), says('event.visit', { ...facts, status }));
    }),
  ];
}

type Row = {
  readonly id: number;
  readonly is_sample: 0 | 1;
  readonly customer_id: number | null;
  readonly job_id: number | null;
};

function found(sort: EventSort, row: Row, day: CalendarDate, what: Message): Unnamed {
  const { id, is_sample: isSample, customer_id: customerId, job_id: jobId } = row;
  return { sort, id, isSample: isSample === 1, day, what, dated: null, note: null, customerId, jobId };
}

async function named(scope: ReadScope, events: readonly Unnamed[]): Promise<TradeEvent[]> {
  const ids = (of: 'customerId' | 'jobId') => [...new Set(events.flatMap((each) => each[of] ?? []))];
  const names = await namesForEvents(scope, { customers: ids('customerId'), jobs: ids('jobId') });
  const customers = new Map(names.customers.map((customer) => [customer.id, customer]));
  const jobs = new Map(names.jobs.map((job) => [job.id, job]));
  return events.map(({ customerId, jobId, ...event }) => {
    const job = jobs.get(jobId ?? 0) ?? null;
    const customer = customers.get(customerId ?? job?.customer_id ?? 0) ?? null;
    return { ...event, customer, job: job === null ? null : { id: job.id, name: job.name } };
  });
}
