// What the logs of jobs, quotes and others tell of, as events: what a record is and whose, is looked up for all at once.
import { calendarDate, dayAt, daysBetween, isInstant, type CalendarDate } from '../../domain/dates.ts';
import type { TradeEvent } from '../../domain/events.ts';
import { price } from '../../domain/money.ts';
import { says, type Message, type Said } from '../../domain/message.ts';
import { refOf } from '../../kinds/reference.ts';
import { MOST_DAYS_LATER } from '../../domain/events.ts';
import { subjectsOf, type LogEvent } from '../../store/books/events.ts';
import type { ReadScope } from '../../store/scope.ts';
import { amountText, worthText } from '../shared/amounts.ts';

/** An event before it is known what its customer and its job are called. */
export type Unnamed = Omit<TradeEvent, 'customer' | 'job'> & {
  readonly customerId: number | null;
  readonly jobId: number | null;
};

type Told = Pick<Unnamed, 'sort' | 'what' | 'customerId' | 'jobId'> & { readonly note?: string | null };
type Subjects = Awaited<ReturnType<typeof subjectsOf>>;

/** Only those whose own day is one of these. */
export async function eventsOfLogs(
  scope: ReadScope,
  logged: readonly LogEvent[],
  { from, to }: { readonly from: CalendarDate; readonly to: CalendarDate },
): Promise<Unnamed[]> {
  const ids = (kind: string) => [
    ...new Set(logged.filter((each) => each.kind === kind).map(({ recordId }) => recordId)),
  ];
  const subjects = await subjectsOf(scope, {
    jobs: ids('job'),
    quotes: ids('quote'),
    invoices: ids('invoice'),
    walks: ids('walk_and_talk'),
    notes: logged.flatMap(({ said }) => noteIn(said) ?? []),
  });
  return logged.flatMap((each, index) => {
    const entered = dayAt(each.at, scope.account.timeZone);
    const told = isStillEnded({ each, logged, subjects }, entered) ? null : toldOf(scope, each, subjects);
    if (told === null) return [];
    const own = ownDay({ each, logged, subjects }, scope.account.timeZone);
    const isPast = own !== null && own <= entered;
    const isLate = isPast && daysBetween(own, entered) > MOST_DAYS_LATER;
    const day = isPast && !isLate ? own : entered;
    if (day < from || day > to) return [];
    const id = each.change * MOST_OF_ONE + (index % MOST_OF_ONE);
    return [{ note: null, ...told, day, dated: isLate ? own : null, id, isSample: each.recordId < 0 }];
  });
}

type Own = { readonly each: LogEvent; readonly logged: readonly LogEvent[]; readonly subjects: Subjects };

/** Its own day; null where only that of its entry is known. */
function ownDay(of: Own, zone: string): CalendarDate | null {
  const { recordId, kind } = of.each;
  if (kind === 'quote') return dayOfQuote(of);
  if (kind === 'job') return dayOfJob(of);
  const walk = kind === 'walk_and_talk' ? of.subjects.walks.find(({ id }) => id === recordId) : undefined;
  if (walk === undefined) return null;
  return isInstant(walk.held_at) ? dayAt(walk.held_at, zone) : walk.held_at;
}

/** A quote is dated; what became of it stands on the day that was said with it. */
function dayOfQuote({ each: { recordId, said }, subjects }: Own): CalendarDate | null {
  if (fact(said, 'to') === null) return subjects.quotes.find(({ id }) => id === recordId)?.quoted_on ?? null;
  const on = fact(said, 'on');
  return on === null ? null : calendarDate(on);
}

/** The day on which its work began. */
function dayOfJob({ each, logged, subjects }: Own): CalendarDate | null {
  const { recordId, said } = each;
  const job = subjects.jobs.find(({ id }) => id === recordId);
  if (job === undefined || noteIn(said) !== null) return null;
  const to = fact(said, 'to');
  if (to === null) return job.starts_on;
  // One that was open again between began once, the first time.
  return to === 'in_progress' && each.change === Math.min(...alikeOf({ each, logged })) ? job.starts_on : null;
}

/** Whether it is the end of a job that still is at it: that is told on its day, by the job itself. */
function isStillEnded({ each, logged, subjects }: Own, entered: CalendarDate): boolean {
  const job = each.kind === 'job' ? subjects.jobs.find(({ id }) => id === each.recordId) : undefined;
  const to = fact(each.said, 'to');
  if (job === undefined || to !== job.status || each.change !== Math.max(...alikeOf({ each, logged }))) return false;
  const day = to === 'completed' ? job.completed_on : to === 'cancelled' ? job.cancelled_on : null;
  return day !== null && day <= entered;
}

/** The changes by which the job became the same. */
function alikeOf({ each, logged }: Omit<Own, 'subjects'>): number[] {
  const to = fact(each.said, 'to');
  return logged
    .filter((other) => other.kind === 'job' && other.recordId === each.recordId && fact(other.said, 'to') === to)
    .map(({ change }) => change);
}

/** Lines of one change, at most, among those that are read. */
const MOST_OF_ONE = 2000;

function toldOf(scope: ReadScope, { kind, recordId, said }: LogEvent, subjects: Subjects): Told | null {
  switch (kind) {
    case 'customer':
      return { sort: 'customer', what: says('event.customer'), customerId: recordId, jobId: null };
    case 'job':
      return ofJob(recordId, said, subjects);
    case 'quote':
      return ofQuote(scope, recordId, said, subjects);
    case 'invoice':
      return ofVoid(scope, recordId, said, subjects);
    default:
      return ofWalk(recordId, said, subjects);
  }
}

function ofJob(jobId: number, said: Said, { notes }: Subjects): Told | null {
  const about = { customerId: null, jobId };
  const id = noteIn(said);
  if (id !== null) {
    const text = notes.find((note) => note.id === id)?.text;
    return text === undefined ? null : { ...about, sort: 'note', what: says('event.note'), note: text };
  }
  const to = fact(said, 'to');
  if (to === null) return { ...about, sort: 'job', what: says('event.job') };
  return {
    ...about,
    sort: to === 'completed' || to === 'cancelled' ? 'status' : 'job',
    what: says('event.job-status', { to }),
  };
}

function ofQuote(scope: ReadScope, id: number, said: Said, { quotes }: Subjects): Told | null {
  const quote = quotes.find((each) => each.id === id);
  if (quote === undefined) return null;
  const { title, kind, subtotal, unpriced } = quote;
  const became = fact(said, 'to');
  const facts = { quote: refOf('quote', id), title, isChangeOrder: kind === 'change_order' };
  const status = became ?? fact(said, 'status') ?? 'draft';
  const what = says('event.quote', {
    ...facts,
    status,
    isNew: became === null,
    subtotal: worthText(scope, { isPriced: unpriced === 0, subtotal: price(subtotal) }),
  });
  return { sort: 'quote', what, customerId: quote.customer_id, jobId: quote.job_id };
}

function ofVoid(scope: ReadScope, id: number, said: Said, { invoices }: Subjects): Told | null {
  const row = invoices.find((each) => each.id === id);
  const [invoice, reason] = [fact(said, 'invoice'), fact(said, 'reason')];
  if (row === undefined || invoice === null) return null;
  const what = says('event.invoice-void', { invoice, total: amountText(scope, price(row.total)) });
  return { sort: 'invoice', what, note: reason, customerId: row.customer_id, jobId: row.job_id };
}

function ofWalk(id: number, said: Said, { walks }: Subjects): Told | null {
  const walk = walks.find((each) => each.id === id);
  if (walk === undefined) return null;
  const what: Message = says('event.walk', { ref: refOf('walk_and_talk', id), title: fact(said, 'title') ?? '' });
  return { sort: 'walk', what, customerId: walk.customer_id, jobId: walk.job_id };
}

/** A fact of what was said, where it is a text. */
function fact(said: Said, name: string): string | null {
  if (typeof said === 'string') return null;
  const value = new Map<string, unknown>(Object.entries(said.facts)).get(name);
  return typeof value === 'string' ? value : null;
}

function noteIn(said: Said): number | null {
  if (typeof said === 'string' || said.code !== 'log.note' || !('note' in said.facts)) return null;
  return Number(said.facts.note);
}
