// What the logs of jobs, quotes and others tell of, as events: what a record is and whose, is looked up for all at once.
import { dayAt } from '../../domain/dates.ts';
import type { TradeEvent } from '../../domain/events.ts';
import { price } from '../../domain/money.ts';
import { says, type Message, type Said } from '../../domain/message.ts';
import { refOf } from '../../kinds/reference.ts';
import { subjectsOf, type LogEvent } from '../../store/books/events.ts';
import type { ReadScope } from '../../store/scope.ts';
import { amountText } from '../shared/amounts.ts';

/** An event before it is known what its customer and its job are called. */
export type Unnamed = Omit<TradeEvent, 'customer' | 'job'> & {
  readonly customerId: number | null;
  readonly jobId: number | null;
};

type Told = Pick<Unnamed, 'sort' | 'what' | 'customerId' | 'jobId'> & { readonly note?: string | null };
type Subjects = Awaited<ReturnType<typeof subjectsOf>>;

export async function eventsOfLogs(scope: ReadScope, logged: readonly LogEvent[]): Promise<Unnamed[]> {
  const ids = (kind: string) => [
    ...new Set(logged.filter((each) => each.kind === kind).map(({ recordId }) => recordId)),
  ];
  const subjects = await subjectsOf(scope, {
    quotes: ids('quote'),
    invoices: ids('invoice'),
    walks: ids('walk_and_talk'),
    notes: logged.flatMap(({ said }) => noteIn(said) ?? []),
  });
  return logged.flatMap((each, index) => {
    const told = toldOf(scope, each, subjects);
    if (told === null) return [];
    const day = dayAt(each.at, scope.account.timeZone);
    return [
      { note: null, ...told, day, id: each.change * MOST_OF_ONE + (index % MOST_OF_ONE), isSample: each.recordId < 0 },
    ];
  });
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
  const { title, kind, subtotal } = quote;
  const became = fact(said, 'to');
  const facts = { quote: refOf('quote', id), title, isChangeOrder: kind === 'change_order' };
  const status = became ?? fact(said, 'status') ?? 'draft';
  const what = says('event.quote', {
    ...facts,
    status,
    isNew: became === null,
    subtotal: amountText(scope, price(subtotal)),
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
