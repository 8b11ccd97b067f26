// Finds the record that a person means, by its number or by words. Every tool that takes a reference goes through here.
import type { Appointment } from '../../domain/appointment.ts';
import { Problem, quoted } from '../../domain/errors.ts';
import { says } from '../../domain/message.ts';
import type { StoredFile } from '../../domain/file.ts';
import type { Invoice } from '../../domain/invoice.ts';
import type { Job } from '../../domain/job.ts';
import type { Quote } from '../../domain/quote.ts';
import { declared } from '../../kinds/declared.ts';
import type { Kind } from '../../kinds/index.ts';
import { EXAMPLES, lineRef, parseLineReference, parseReference } from '../../kinds/reference.ts';
import { isBarePhone, namingTerms, withoutKind, termsOf } from '../../domain/terms.ts';
import { appointmentById } from '../../store/books/appointments.ts';
import { standingCustomer } from '../../store/books/customers.ts';
import { expenseById } from '../../store/books/expenses.ts';
import { fileById } from '../../store/books/files.ts';
import { invoiceById, invoiceIdByNumber } from '../../store/books/invoices.ts';
import { monthlyExpenseById } from '../../store/books/monthly-expenses.ts';
import { jobById } from '../../store/books/jobs.ts';
import { listQuotes, quoteById } from '../../store/books/quotes.ts';
import { inOrder } from '../../store/in-order.ts';
import type { ReadScope } from '../../store/scope.ts';
import { checkCostsIn, visibleFiles, type VisibleBooks } from '../shared/visibility.ts';
import { findByTerms, isSeen, SHOWN_CANDIDATES, type Matches, type Within } from '../../store/search/find.ts';
import { walkAndTalkById } from '../../store/books/walk-and-talks.ts';
import { describeById, couldBe, standingRecords, type Described } from './described.ts';
import { lineAt, type LinePlace } from '../../store/books/quote-places.ts';

/** A read may answer the clearly best match; a write needs to be certain. */
type Intent = 'read' | 'write';

/** What the books have of each kind, for who needs the record itself. */
type Records<R> = {
  readonly kind: Kind;
  readonly load: (scope: ReadScope, id: number) => Promise<R | null>;
  /** Those that tell of costs are not among them. */
  readonly withoutCosts?: boolean;
};

/** By its number a file that shows costs is there all the same, and not to be seen. */
const filesOf = (sighted: VisibleBooks): Records<StoredFile> => ({
  kind: 'file',
  ...visibleFiles(sighted),
  load: async (scope, id) => {
    const file = await fileById(scope, id);
    return file === null ? null : checkCostsIn(file, sighted.account);
  },
});

/** Of so many that the words fit, those are looked for that can be meant. */
const LOOKED_OVER = 50;

/** Of what words fit, that which a call can be about: they lead to it alone, and it alone is named where it is several. */
export type MeantBy<R> = {
  readonly can: (record: R) => boolean;
  /** Where none of those is there; all that fit where none of these is there either. */
  readonly orElse?: (record: R) => boolean;
  /** Those that are likeliest, and named before the others. */
  readonly first?: (record: R) => boolean;
};

type RefInput = { readonly ref: string; readonly field: string; readonly intent: Intent };

export const resolveCustomer = async (scope: ReadScope, said: RefInput) =>
  await resolve(scope, { kind: 'customer', load: standingCustomer }, said);
export const resolveJob = async (scope: ReadScope, said: RefInput, meant?: MeantBy<Job>) =>
  await resolve(scope, { kind: 'job', load: jobById }, said, meant);
export const resolveQuote = async (scope: ReadScope, said: RefInput, meant?: MeantBy<Quote>) =>
  await resolve(scope, { kind: 'quote', load: quoteById }, said, meant);
export const resolveInvoice = async (scope: ReadScope, said: RefInput, meant?: MeantBy<Invoice>) =>
  await resolve(scope, { kind: 'invoice', load: invoiceById }, said, meant);
export const resolveExpense = async (scope: ReadScope, said: RefInput) =>
  await resolve(scope, { kind: 'expense', load: expenseById }, said);
export const resolveMonthlyExpense = async (scope: ReadScope, said: RefInput) =>
  await resolve(scope, { kind: 'monthly_expense', load: monthlyExpenseById }, said);
export const resolveFile = async (scope: VisibleBooks, said: RefInput) => await resolve(scope, filesOf(scope), said);
export const resolveWalkAndTalk = async (scope: ReadScope, said: RefInput) =>
  await resolve(scope, { kind: 'walk_and_talk', load: walkAndTalkById }, said);
export const resolveAppointment = async (scope: ReadScope, said: RefInput, meant?: MeantBy<Appointment>) =>
  await resolve(scope, { kind: 'appointment', load: appointmentById }, said, meant);

/** For what takes records of any kind. */
export async function resolveAny(scope: VisibleBooks, kind: Kind, said: RefInput): Promise<Described> {
  const load = async (of: ReadScope, id: number) =>
    await describeById(of, kind, kind === 'customer' ? ((await standingCustomer(of, id))?.id ?? id) : id);
  if (kind !== 'file') return await resolve(scope, { kind, load, ...visibleFiles(scope) }, said);
  const found = await load(scope, (await resolveFile(scope, said)).id);
  if (found === null) throw new Error('a record vanished within its own scope');
  return found;
}

async function resolve<R extends { readonly id: number }>(
  scope: ReadScope,
  records: Records<R>,
  { ref, field, intent }: RefInput,
  asked?: MeantBy<R>,
): Promise<R> {
  const id = await numbered(scope, records, ref, field);
  if (id !== null) {
    const isThere = await isSeen(scope.db, withinOf(scope, records), records.kind, id);
    const record = isThere ? await records.load(scope, id) : null;
    if (record !== null) return record;
  }
  // A number means that very record; as words it could lead to somebody's house number. Only a read may try that.
  const isNumber = parseReference(ref, records.kind) !== null && !(records.kind === 'customer' && isBarePhone(ref));
  if (isNumber && (intent === 'write' || /^[a-z]/i.test(ref.trim()))) {
    throw await noneOrMany(scope, records.kind, { ref, field });
  }
  const most = (asked === undefined ? SHOWN_CANDIDATES : LOOKED_OVER) + 1;
  const { full, exact, alike, begun, close } = await matching(scope, records, ref, most);
  const best = [full, exact, alike, begun, close].find((level) => level.length > 0) ?? [];
  // What is only begun or nearly spelled so is a guess, which nothing is written on: Hansen is not Jansen.
  const certain = full.length === 1 || (alike.length === 1 && close.length === 1);
  const all = alike.length > 0 ? close : [...begun, ...close];
  const [only] = best;
  if (only !== undefined && best.length === 1 && (intent === 'read' || certain)) {
    const record = await records.load(scope, only);
    if (record !== null) return record;
  }
  const fitting = intent === 'read' ? best : [...new Set([...full, ...exact, ...alike, ...all])];
  const looked = asked === undefined ? SHOWN_CANDIDATES : LOOKED_OVER;
  const loaded = await inOrder(fitting.slice(0, looked), async (each) => await records.load(scope, each));
  const there = loaded.filter((record) => record !== null);
  // What cannot be meant is left out, unless nothing else fits.
  const meant = asked === undefined ? [] : meantAmong(there, asked);
  const candidates = meant.length > 0 ? meant : there;
  const more = candidates.length > SHOWN_CANDIDATES || fitting.length > looked;
  const [one] = meant;
  const isGuess = one !== undefined && ![...full, ...alike].includes(one.id);
  if (one !== undefined && meant.length === 1 && !more && (intent === 'read' || !isGuess)) return one;
  throw await noneOrMany(
    scope,
    records.kind,
    { ref, field },
    { candidates: candidates.slice(0, SHOWN_CANDIDATES), more },
  );
}

function meantAmong<R>(there: readonly R[], { can, orElse, first }: MeantBy<R>): R[] {
  const those = there.filter(can);
  const meant = those.length > 0 || orElse === undefined ? those : there.filter(orElse);
  return first === undefined ? meant : meant.toSorted((one, other) => Number(first(other)) - Number(first(one)));
}

type Whose = Pick<Records<unknown>, 'kind' | 'withoutCosts'>;

function withinOf({ account, crew }: ReadScope, { withoutCosts = false }: Whose): Within {
  return { accountId: account.id, withoutCosts, crew };
}

/** Whether words lead to any record of this kind. */
export async function namesAny(scope: ReadScope, kind: Kind, ref: string): Promise<boolean> {
  return (await matching(scope, { kind }, ref, 1)).close.length > 0;
}

/** Jobs that have every word as well, newest first; none where a number was said. */
export async function jobsFitting(scope: ReadScope, ref: string, most: number): Promise<readonly number[]> {
  return parseReference(ref, 'job') === null ? (await matching(scope, { kind: 'job' }, ref, most)).alike : [];
}

/** Where no record is called so, `the Lopez visit` may be the appointment with Lopez, whatever its title. */
async function matching(scope: ReadScope, records: Whose, ref: string, most: number): Promise<Matches> {
  const { db } = scope;
  const { kind } = records;
  const within = withinOf(scope, records);
  const matches = await findByTerms(db, within, { kind, query: ref, limit: most });
  return matches.close.length + matches.begun.length === 0
    ? await findByTerms(db, within, { kind, query: withoutKind(ref, declared(kind).called), limit: most })
    : matches;
}

const NEVER_GIVEN = 0;

/** The record's id where a number was said; null where words were. */
async function numbered(
  scope: ReadScope,
  { kind }: Pick<Records<unknown>, 'kind'>,
  ref: string,
  field: string,
): Promise<number | null> {
  const reference = parseReference(ref, kind);
  if (reference === null) return null;
  if (reference.kind !== kind) {
    // Of what crew do not see they are told nothing, not even of which kind it is.
    if (scope.crew !== null) return NEVER_GIVEN;
    throw new Problem(
      'invalid',
      says('record.of-other-kind', {
        said: quoted(ref),
        is: declared(reference.kind).noun,
        wanted: declared(kind).noun,
        like: EXAMPLES[kind],
      }),
      field,
    );
  }
  return reference.by === 'id' ? reference.value : await invoiceIdByNumber(scope, reference.value);
}

/** What is not there for this caller, in the very words of a number that was never given. */
export async function notFound(scope: ReadScope, kind: Kind, said: { ref: string; field: string }): Promise<Problem> {
  return await noneOrMany(scope, kind, said);
}

async function noneOrMany(
  scope: ReadScope,
  kind: Kind,
  { ref, field }: { ref: string; field: string },
  { candidates = [], more = false }: { candidates?: readonly { readonly id: number }[]; more?: boolean } = {},
): Promise<Problem> {
  const { noun, crew, ...others } = declared(kind);
  const { listedBy } = scope.crew === null ? others : (crew ?? others);
  if (candidates.length === 0) {
    return new Problem(
      'not_found',
      says('record.none-of-kind', { said: quoted(ref), noun, like: EXAMPLES[kind], listedBy }),
      field,
    );
  }
  const ids = candidates.map(({ id }) => id);
  const records = (await standingRecords(scope, kind, ids)).map((record) => couldBe(record, scope.account));
  const are = candidates.length === 1 ? 'one' : 'some';
  return new Problem(
    'ambiguous',
    says('record.could-be', { said: quoted(ref), records, are: more ? 'many' : are }),
    field,
  );
}

/** A line of one of the job's quotes, by `Q-31/2` or by words of its description. */
export async function resolveLine(
  scope: ReadScope,
  { ref: asked, field, jobId }: { ref: string; field: string; jobId: number },
): Promise<LinePlace> {
  const numberedLine = parseLineReference(asked);
  const place =
    numberedLine === null
      ? await lineByTerms(scope, { ref: asked, field, jobId })
      : await lineAt(scope, numberedLine.quoteId, numberedLine.position);
  if (place === null) throw new Problem('not_found', says('record.no-such-line', { said: quoted(asked) }), field);
  if (place.jobId !== jobId) {
    const ref = lineRef(place.quoteId, place.position);
    throw new Problem('refused', says('record.line-of-other-job', { ref }), field);
  }
  return place;
}

async function lineByTerms(
  scope: ReadScope,
  { ref: asked, field, jobId }: { ref: string; field: string; jobId: number },
): Promise<LinePlace | null> {
  const wanted = namingTerms(asked);
  const quotes = (await listQuotes(scope, { jobId }, { limit: 100, before: null })).filter(
    (quote) => quote.status !== 'superseded' && quote.status !== 'declined',
  );
  const found: { ref: string; description: string; quoteId: number; position: number }[] = [];
  for (const { id } of quotes) {
    for (const [index, line] of ((await quoteById(scope, id))?.lines ?? []).entries()) {
      const words = termsOf(line.description);
      if (wanted.length > 0 && wanted.every((word) => words.includes(word))) {
        found.push({ ref: lineRef(id, index + 1), description: line.description, quoteId: id, position: index + 1 });
      }
    }
  }
  const [only] = found;
  if (found.length > 1) {
    const lines = found.slice(0, SHOWN_CANDIDATES).map(({ ref, description }) => ({ ref, description }));
    throw new Problem('ambiguous', says('record.line-could-be', { said: quoted(asked), lines }), field);
  }
  return only === undefined ? null : await lineAt(scope, only.quoteId, only.position);
}
