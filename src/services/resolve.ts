// Finds the record that a person means, by its number or by words. Every tool that takes a reference goes through here.
import { spanInWords, type Appointment } from '../domain/appointment.ts';
import type { Expense } from '../domain/cost.ts';
import type { Customer } from '../domain/customer.ts';
import { Problem, quoted } from '../domain/errors.ts';
import type { StoredFile } from '../domain/file.ts';
import type { Invoice } from '../domain/invoice.ts';
import { spoken as inWords, type Job } from '../domain/job.ts';
import type { Payment } from '../domain/payment.ts';
import type { Quote } from '../domain/quote.ts';
import { declared, type Kind } from '../kinds/index.ts';
import { EXAMPLES, invoiceRef, lineRef, parseLineReference, parseReference, refOf } from '../kinds/reference.ts';
import { inLine } from '../domain/text.ts';
import { namingWords, withoutKind, wordsOf } from '../domain/words.ts';
import type { WalkAndTalk, WalkAndTalkSummary } from '../domain/walk-and-talk.ts';
import { appointmentById } from '../store/appointments.ts';
import { customerById } from '../store/customers.ts';
import { expenseById } from '../store/expenses.ts';
import { fileById } from '../store/files.ts';
import { invoiceById, invoiceIdByNumber } from '../store/invoices.ts';
import { jobById } from '../store/jobs.ts';
import { paymentById } from '../store/payments.ts';
import { lineAt, listQuotes, quoteById, type LinePlace } from '../store/quotes.ts';
import type { ReadScope } from '../store/scope.ts';
import { checkCostsIn, visibleFiles, type VisibleBooks } from './visibility.ts';
import { findByWords, SHOWN_CANDIDATES, type Matches } from '../store/search/find.ts';
import { walkAndTalkById } from '../store/walk-and-talks.ts';

/** A read may answer the clearly best match; a write needs to be certain. */
type Intent = 'read' | 'write';

/** What each kind of record takes to be found and to be told from another. */
type Records<R> = {
  readonly kind: Kind;
  readonly noun: string;
  readonly listedBy: string;
  readonly load: (scope: ReadScope, id: number) => Promise<R | null>;
  readonly describe: (record: R) => string;
  /** Those that tell of costs are not among them. */
  readonly withoutCosts?: boolean;
};

const CUSTOMERS: Records<Customer> = {
  kind: 'customer',
  noun: 'customer',
  listedBy: 'list-customers',
  load: customerById,
  describe: (customer) =>
    [`${refOf('customer', customer.id)} ${customer.name}`, customer.address ?? '', inWords(customer.stage)]
      .filter(Boolean)
      .join(', '),
};
const JOBS: Records<Job> = {
  kind: 'job',
  noun: 'job',
  listedBy: 'list-jobs',
  load: jobById,
  describe: (job) => `${refOf('job', job.id)} ${job.name}, ${job.customer.name}, ${inWords(job.status)}`,
};
const QUOTES: Records<Quote> = {
  kind: 'quote',
  noun: 'quote',
  listedBy: 'list-quotes',
  load: quoteById,
  describe: (quote) => `${refOf('quote', quote.id)} ${quote.title}, ${quote.customer.name}, ${quote.status}`,
};
const INVOICES: Records<Invoice> = {
  kind: 'invoice',
  noun: 'invoice',
  listedBy: 'list-invoices',
  load: invoiceById,
  describe: (invoice) =>
    `${invoiceRef(invoice.id, invoice.number)} ${invoice.job?.name ?? inWords(invoice.kind)}, ${invoice.customer.name}, ${invoice.status}`,
};
const EXPENSES: Records<Expense> = {
  kind: 'expense',
  noun: 'expense',
  listedBy: 'get-job',
  load: expenseById,
  describe: (expense) =>
    `${refOf('expense', expense.id)} ${expense.description}, ${expense.job.name}, ${expense.spentOn}`,
};
const FILE_WORDS = {
  kind: 'file',
  noun: 'file',
  listedBy: 'get-job',
  describe: (file: StoredFile) => `${refOf('file', file.id)} ${file.name}, ${file.customer.name}, ${file.kind}`,
} as const;
const FILES: Records<StoredFile> = { ...FILE_WORDS, load: fileById };
/** By its number a file that shows costs is there all the same, and not to be seen. */
const filesOf = (sighted: VisibleBooks): Records<StoredFile> => ({
  ...FILES,
  ...visibleFiles(sighted),
  load: async (scope, id) => {
    const file = await fileById(scope, id);
    return file === null ? null : checkCostsIn(file, sighted.account);
  },
});
const WALK_AND_TALK_WORDS = {
  kind: 'walk_and_talk',
  noun: 'walk & talk',
  listedBy: 'get-customer',
  describe: (walk: WalkAndTalkSummary) =>
    `${refOf('walk_and_talk', walk.id)} ${walk.title}, ${walk.customer.name}, ${walk.heldAt.slice(0, 10)}`,
} as const;
const WALK_AND_TALKS: Records<WalkAndTalk> = { ...WALK_AND_TALK_WORDS, load: walkAndTalkById };
/** Told in the zone that the business is in now. */
const appointmentsIn = (zone: string): Records<Appointment> => ({
  kind: 'appointment',
  noun: 'appointment',
  listedBy: 'list-appointments',
  load: appointmentById,
  describe: (appointment) =>
    `${refOf('appointment', appointment.id)} ${appointment.title}, ${appointment.customer.name}, ${spanInWords(appointment, zone)}, ${appointment.status}`,
});

type Spoken = { readonly spoken: string; readonly field: string; readonly intent: Intent };

export const resolveCustomer = async (scope: ReadScope, said: Spoken) => await resolve(scope, CUSTOMERS, said);
export const resolveJob = async (scope: ReadScope, said: Spoken) => await resolve(scope, JOBS, said);
export const resolveQuote = async (scope: ReadScope, said: Spoken) => await resolve(scope, QUOTES, said);
export const resolveInvoice = async (scope: ReadScope, said: Spoken) => await resolve(scope, INVOICES, said);
export const resolveExpense = async (scope: ReadScope, said: Spoken) => await resolve(scope, EXPENSES, said);
export const resolveFile = async (scope: VisibleBooks, said: Spoken) => await resolve(scope, filesOf(scope), said);
export const resolveWalkAndTalk = async (scope: ReadScope, said: Spoken) => await resolve(scope, WALK_AND_TALKS, said);
/** @param canBeMeant what is over or called off is no candidate for being moved */
export const resolveAppointment = async (
  scope: ReadScope,
  said: Spoken,
  canBeMeant?: (appointment: Appointment) => boolean,
) => await resolve(scope, appointmentsIn(scope.account.timeZone), said, canBeMeant);

/** Payments have no name: only their number finds them. */
const PAYMENTS: Records<Payment> = {
  kind: 'payment',
  noun: 'payment',
  listedBy: 'get-invoice',
  load: paymentById,
  describe: ({ id, isRefund, paidOn, voidReason }) =>
    `${refOf('payment', id)} ${isRefund ? 'refund' : 'payment'} of ${paidOn}${voidReason === null ? '' : ', void'}`,
};

/** A record as it is told from others, its number first: `J-12 Roof replacement, Dana Henderson, completed`. */
export type Described = { readonly kind: Kind; readonly id: number; readonly ref: string; readonly title: string };

/** For what takes records of any kind. */
export async function resolveAny(scope: VisibleBooks, kind: Kind, said: Spoken): Promise<Described> {
  const use = async <R extends { readonly id: number }>(records: Records<R>) =>
    inShort(records, await resolve(scope, records, said));
  return kind === 'file' ? await use(filesOf(scope)) : await withRecords(scope, kind, use);
}

/** Of a record that is in sight, or of whoever sees all. */
export async function describeById(scope: ReadScope, kind: Kind, id: number): Promise<Described | null> {
  return await withRecords(scope, kind, async (records) => {
    const record = await records.load(scope, id);
    return record === null ? null : inShort(records, record);
  });
}

function inShort<R extends { readonly id: number }>(
  { kind, describe }: Pick<Records<R>, 'kind' | 'describe'>,
  record: R,
): Described {
  const title = describe(record).replace(/\s+/g, ' ');
  return { kind, id: record.id, ref: title.split(' ', 1).join(), title };
}

async function withRecords<T>(
  { account }: ReadScope,
  kind: Kind,
  use: <R extends { readonly id: number }>(records: Records<R>) => Promise<T>,
): Promise<T> {
  switch (kind) {
    case 'customer':
      return await use(CUSTOMERS);
    case 'job':
      return await use(JOBS);
    case 'quote':
      return await use(QUOTES);
    case 'invoice':
      return await use(INVOICES);
    case 'expense':
      return await use(EXPENSES);
    case 'payment':
      return await use(PAYMENTS);
    case 'file':
      return await use(FILES);
    case 'appointment':
      return await use(appointmentsIn(account.timeZone));
    case 'walk_and_talk':
      return await use(WALK_AND_TALKS);
  }
}

async function resolve<R>(
  scope: ReadScope,
  records: Records<R>,
  { spoken, field, intent }: Spoken,
  canBeMeant?: (record: R) => boolean,
): Promise<R> {
  const id = await numbered(scope, records, spoken, field);
  if (id !== null) {
    const record = await records.load(scope, id);
    if (record !== null) return record;
  }
  // A number means that very record; as words it could lead to somebody's house number. Only a read may try that.
  const isNumber = parseReference(spoken, records.kind) !== null;
  if (isNumber && (intent === 'write' || /^[a-z]/i.test(spoken.trim()))) {
    throw noneOrMany(records, { spoken, field }, [], false);
  }
  const { full, exact, close } = await matching(scope, records, spoken);
  const best = [full, exact, close].find((level) => level.length > 0) ?? [];
  const certain = full.length === 1 || close.length === 1;
  const [only] = best;
  if (only !== undefined && best.length === 1 && (intent === 'read' || certain)) {
    const record = await records.load(scope, only);
    if (record !== null) return record;
  }
  const candidates = (
    await Promise.all(
      (intent === 'read' ? best : [...new Set([...full, ...exact, ...close])])
        .slice(0, SHOWN_CANDIDATES)
        .map(async (each) => await records.load(scope, each)),
    )
  ).filter((record) => record !== null);
  const more = close.length > SHOWN_CANDIDATES;
  const meant = canBeMeant === undefined || more ? [] : candidates.filter(canBeMeant);
  const [one] = meant;
  if (one !== undefined && meant.length === 1) return one;
  throw noneOrMany(records, { spoken, field }, candidates, more);
}

/** Where no record is called so, `the Lopez visit` may be the appointment with Lopez, whatever its title. */
async function matching(
  { db, account }: ReadScope,
  { kind, withoutCosts = false }: Pick<Records<unknown>, 'kind' | 'withoutCosts'>,
  spoken: string,
): Promise<Matches> {
  const within = { accountId: account.id, withoutCosts };
  const matches = await findByWords(db, within, kind, spoken);
  return matches.close.length === 0
    ? await findByWords(db, within, kind, withoutKind(spoken, declared(kind).called))
    : matches;
}

/** The record's id where a number was said; null where words were. */
async function numbered<R>(
  scope: ReadScope,
  records: Records<R>,
  spoken: string,
  field: string,
): Promise<number | null> {
  const reference = parseReference(spoken, records.kind);
  if (reference === null) return null;
  if (reference.kind !== records.kind) {
    throw new Problem(
      'invalid',
      `${quoted(spoken)} is the number of ${aOrAn(spokenKind(reference.kind))}. Give ${aOrAn(records.noun)}, like ${EXAMPLES[records.kind]}, or its name.`,
      field,
    );
  }
  return reference.by === 'id' ? reference.value : await invoiceIdByNumber(scope, reference.value);
}

/** The same words for what is looked for among some of the records only. */
export function noneOrSeveral<K extends keyof DescribedRecords>(
  kind: K,
  said: { spoken: string; field: string },
  candidates: readonly DescribedRecords[K][],
  zone: string,
): Problem {
  return noneOrMany(
    {
      ...describers(zone)[kind],
      listedBy: kind === 'appointment' ? 'list-appointments' : kind === 'job' ? 'list-jobs' : 'get-job',
    },
    said,
    candidates.slice(0, SHOWN_CANDIDATES),
    candidates.length > SHOWN_CANDIDATES,
  );
}

/** As `describeById` has it, of a record that is at hand. */
export function describedAs<K extends keyof DescribedRecords>(
  kind: K,
  record: DescribedRecords[K],
  zone: string,
): Described {
  return inShort(describers(zone)[kind], record);
}

type DescribedRecords = { job: Job; appointment: Appointment; file: StoredFile; walk_and_talk: WalkAndTalkSummary };
type Words<R> = Pick<Records<R>, 'kind' | 'noun' | 'listedBy' | 'describe'>;

function describers(zone: string): { readonly [K in keyof DescribedRecords]: Words<DescribedRecords[K]> } {
  return { job: JOBS, appointment: appointmentsIn(zone), file: FILE_WORDS, walk_and_talk: WALK_AND_TALK_WORDS };
}

function noneOrMany<R>(
  { noun, listedBy, kind, describe }: Words<R>,
  { spoken, field }: { spoken: string; field: string },
  candidates: readonly R[],
  more: boolean,
): Problem {
  if (candidates.length === 0) {
    return new Problem(
      'not_found',
      `no ${noun} matches ${quoted(spoken)}. Give its number, like ${EXAMPLES[kind]}, or words from its name; ${listedBy} shows them.`,
      field,
    );
  }
  const shown = candidates.map((candidate) => `\n- ${inLine(describe(candidate))}`).join('');
  return new Problem(
    'ambiguous',
    `${quoted(spoken)} could be ${more ? 'any of many; the newest are' : candidates.length === 1 ? 'this one, but the words do not fit exactly' : 'any of these'}:${shown}\nSay which by its number.`,
    field,
  );
}

/** A line of one of the job's quotes, by `Q-31/2` or by words of its description. */
export async function resolveLine(
  scope: ReadScope,
  { spoken, field, jobId }: { spoken: string; field: string; jobId: number },
): Promise<LinePlace> {
  const numberedLine = parseLineReference(spoken);
  const place =
    numberedLine === null
      ? await lineByWords(scope, { spoken, field, jobId })
      : await lineAt(scope, numberedLine.quoteId, numberedLine.position);
  if (place === null)
    throw new Problem(
      'not_found',
      `there is no line ${quoted(spoken)}. get-quote shows a quote's lines, numbered like Q-31/2.`,
      field,
    );
  if (place.jobId !== jobId) {
    const ref = lineRef(place.quoteId, place.position);
    throw new Problem(
      'refused',
      `${ref} belongs to another job. An expense covers a line of its own job's quotes.`,
      field,
    );
  }
  return place;
}

async function lineByWords(
  scope: ReadScope,
  { spoken, field, jobId }: { spoken: string; field: string; jobId: number },
): Promise<LinePlace | null> {
  const wanted = namingWords(spoken);
  const quotes = (await listQuotes(scope, { jobId }, { limit: 100, before: null })).filter(
    (quote) => quote.status !== 'superseded' && quote.status !== 'declined',
  );
  const found: { ref: string; description: string; quoteId: number; position: number }[] = [];
  for (const { id } of quotes) {
    for (const [index, line] of ((await quoteById(scope, id))?.lines ?? []).entries()) {
      const words = wordsOf(line.description);
      if (wanted.length > 0 && wanted.every((word) => words.includes(word))) {
        found.push({ ref: lineRef(id, index + 1), description: line.description, quoteId: id, position: index + 1 });
      }
    }
  }
  const [only] = found;
  if (found.length > 1) {
    const shown = found.slice(0, SHOWN_CANDIDATES).map(({ ref, description }) => `\n- ${ref} ${inLine(description)}`);
    throw new Problem(
      'ambiguous',
      `${quoted(spoken)} could be any of these lines:${shown.join('')}\nSay which by its number.`,
      field,
    );
  }
  return only === undefined ? null : await lineAt(scope, only.quoteId, only.position);
}

function aOrAn(noun: string): string {
  return /^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`;
}

/** A kind of record as people say it. */
function spokenKind(kind: Kind): string {
  return kind === 'walk_and_talk' ? WALK_AND_TALKS.noun : kind;
}
