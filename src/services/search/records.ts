// Any record by its number, its address or words: what `fetch` answers with, and what a resource holds.
import type { Appointment } from '../../domain/appointment.ts';
import type { Expense } from '../../domain/cost.ts';
import { Problem, quoted, refused } from '../../domain/errors.ts';
import { says, type Said } from '../../domain/message.ts';
import { isPicture, LARGEST_IN_ANSWER, SEEN_BY_MODELS, type StoredFile } from '../../domain/file.ts';
import type { Paper } from '../../domain/paper.ts';
import type { Payment } from '../../domain/payment.ts';
import { checkPlan } from '../../domain/plans.ts';
import type { Quote, QuoteLine } from '../../domain/quote.ts';
import { declared } from '../../kinds/declared.ts';
import type { Kind } from '../../kinds/index.ts';
import type { Values } from '../../kinds/kind.ts';
import { EXAMPLES, holdsCosts, lineRef, parseLineReference } from '../../kinds/reference.ts';
import { beginning, visible } from '../../domain/text.ts';
import { TEMPLATES } from '../../domain/templates.ts';
import { kindOf, readAsked, type AddressKind } from '../../kinds/uri.ts';
import { textIn } from '../../files/text-type.ts';
import { appointmentById } from '../../store/books/appointments.ts';
import { expenseById } from '../../store/books/expenses.ts';
import { fileById } from '../../store/books/files.ts';
import { invoiceById } from '../../store/books/invoices.ts';
import { paymentById } from '../../store/books/payments.ts';
import { quoteById } from '../../store/books/quotes.ts';
import { recordRows } from '../../store/books/records.ts';
import type { Effects, ReadContext } from '../context.ts';
import { getCustomer, type CustomerFacts } from '../customers/customers.ts';
import { getPaper } from '../invoices/documents.ts';
import { loadBytes } from '../site/files.ts';
import { getInvoice, invoiceInShort, type InvoiceFacts } from '../invoices/invoices.ts';
import { getJob, type FullJobPage } from '../jobs/jobs.ts';
import { getQuote, type QuoteFacts } from '../quotes/quotes.ts';
import { couldBe, type Described } from '../resolve/described.ts';
import { notFound, resolveAny } from '../resolve/resolve.ts';
import { FIT } from '../../store/search/find.ts';
import { ranked } from './search.ts';
import { showingOf } from '../site/showing.ts';
import type { Names } from '../../kinds/history.ts';
import { namesOf } from '../shared/names.ts';
import { checkCostsIn } from '../shared/visibility.ts';
import { withPayments } from '../invoices/with-payments.ts';
import { getWalkAndTalk, type WalkAndTalkPage } from '../site/walk-and-talks.ts';

/** A record with its page: what its own tool would be given to show. */
export type FoundRecord = { readonly place: AddressKind; readonly ref: string; readonly title: Said } & (
  | { readonly kind: 'customer'; readonly page: CustomerFacts }
  | { readonly kind: 'job'; readonly page: FullJobPage }
  | { readonly kind: 'quote'; readonly page: QuoteFacts }
  | { readonly kind: 'line'; readonly page: { readonly quote: Quote; readonly line: QuoteLine } }
  | { readonly kind: 'invoice'; readonly page: InvoiceFacts }
  | { readonly kind: 'payment'; readonly page: { readonly payment: Payment; readonly invoice: InvoiceFacts } }
  | { readonly kind: 'expense'; readonly page: Expense }
  | { readonly kind: 'file'; readonly page: StoredFile }
  | { readonly kind: 'appointment'; readonly page: Appointment }
  | { readonly kind: 'walk_and_talk'; readonly page: WalkAndTalkPage }
  | { readonly kind: 'paper'; readonly page: Paper }
  | { readonly kind: 'record'; readonly page: PlainRecord }
);

/** A record of a kind that has no page of its own: its columns, as they are declared. */
export type PlainRecord = { readonly of: Kind; readonly row: Values; readonly names: Names };

/** @param said a number, an address, or words that fit one record best */
export async function getRecord(scope: ReadContext, said: string, field: string): Promise<FoundRecord> {
  const { place, ref } = readAsked(said);
  if (place === 'document') return await paperOf(scope, ref, field);
  const line = place === 'quote' ? parseLineReference(ref) : null;
  if (line === null) return await foundRecord(scope, await findRecord(scope, said, field));
  checkCosts(scope, 'quote');
  checkVisible(scope, 'quote');
  return await lineOf(scope, { ...line, ref, field });
}

/** Which record it is. @param said as above */
export async function findRecord(scope: ReadContext, said: string, field: string): Promise<Described> {
  const { place, ref } = readAsked(said);
  if (place === null) return await bestMatch(scope, ref, field);
  if (scope.crew !== null && (place === 'document' || !scope.visible.has(place)))
    throw await notFound(scope, place === 'file' ? 'file' : 'job', { ref, field });
  if (place === 'document') throw await notFound(scope, 'quote', { ref, field });
  checkCosts(scope, place);
  checkVisible(scope, place);
  return await resolveAny(scope, place, { ref, field, intent: 'read' });
}

function checkCosts({ account }: ReadContext, kind: Kind): void {
  if (account.profitHidden !== 'scope' || !holdsCosts(kind)) return;
  throw refused(says('record.holds-costs'));
}

/** @throws Problem that says why this caller sees no such records */
function checkVisible({ visible, account }: ReadContext, kind: Kind): void {
  if (visible.has(kind)) return;
  const { plan, needsJobs } = declared(kind);
  if (plan !== null) checkPlan(account.plan, plan);
  if (needsJobs === true && !TEMPLATES[account.template].jobs) {
    throw refused(says('record.no-jobs-here'));
  }
  throw refused(says('record.switched-off', { like: EXAMPLES[kind] }));
}

/** An address of something else than a record, like a web page or a file of this machine. */
const OTHER_ADDRESS = /^\s*[a-z][a-z0-9+.-]*:(\/\/|\/)/i;

async function bestMatch(scope: ReadContext, ref: string, field: string): Promise<Described> {
  // Its words are not what somebody calls a record by.
  if (OTHER_ADDRESS.test(ref)) throw new Problem('not_found', says('record.no-address', { said: quoted(ref) }), field);
  const found = await ranked(scope, ref);
  const [first] = found;
  // A job's words lead to its papers too: where the job alone fits, it is meant.
  const alike = found.filter(
    ({ fit, isSample, record }) =>
      fit === first?.fit && isSample === first.isSample && record.kind === first.record.kind,
  );
  if (first !== undefined && alike.length === 1 && first.fit >= FIT.close) return first.record;
  if (first === undefined) {
    throw new Problem('not_found', says('record.none', { said: quoted(ref) }), field);
  }
  const records = found.slice(0, 5).map(({ record }) => couldBe(record, scope.account));
  throw new Problem('ambiguous', says('record.could-be', { said: quoted(ref), records, are: 'some' }), field);
}

async function foundRecord(scope: ReadContext, { kind, id, ref, title }: Described): Promise<FoundRecord> {
  checkCosts(scope, kind);
  const head = { place: kind, ref, title };
  switch (kind) {
    case 'customer':
      return { ...head, kind, page: await getCustomer(scope, { customer: ref }) };
    case 'job':
      return { ...head, kind, page: await getJob(scope, { job: ref }) };
    case 'quote':
      return { ...head, kind, page: await getQuote(scope, { quote: ref }) };
    case 'invoice':
      return { ...head, kind, page: await getInvoice(scope, { invoice: ref }) };
    case 'payment': {
      const payment = there(await paymentById(scope, id));
      const invoice = await withPayments(scope, there(await invoiceById(scope, payment.invoiceId)));
      return { ...head, kind, page: { payment, invoice: invoiceInShort(invoice) } };
    }
    case 'expense':
      return { ...head, kind, page: there(await expenseById(scope, id)) };
    case 'file':
      return { ...head, kind, page: checkCostsIn(there(await fileById(scope, id)), scope.account) };
    case 'appointment':
      return { ...head, kind, page: there(await appointmentById(scope, id)) };
    case 'walk_and_talk':
      return { ...head, kind, page: await getWalkAndTalk(scope, { walkAndTalk: ref }) };
    default:
      return { ...head, kind: 'record', page: await plainRecord(scope, kind, id) };
  }
}

async function plainRecord(scope: ReadContext, of: Kind, id: number): Promise<PlainRecord> {
  const { row } = there((await recordRows(scope, of, [id]))[0] ?? null);
  return { of, row, names: await namesOf(scope, [{ table: declared(of).table, images: [row] }]) };
}

type AskedLine = {
  readonly quoteId: number;
  readonly position: number;
  readonly ref: string;
  readonly field: string;
};

async function lineOf(scope: ReadContext, { quoteId, position, ref: asked, field }: AskedLine): Promise<FoundRecord> {
  const quote = await quoteById(scope, quoteId);
  const line = quote?.lines[position - 1];
  if (quote === null || line === undefined) {
    throw new Problem('not_found', says('record.no-such-line', { said: quoted(asked) }), field);
  }
  const ref = lineRef(quote.id, position);
  const title = says('record.line-title', {
    ...{ ref, description: line.description, quote: quote.title, customer: quote.customer.name },
  });
  return { place: 'quote', ref, title, kind: 'line', page: { quote, line } };
}

/** What the customer sees of a quote or an invoice. */
async function paperOf(scope: ReadContext, ref: string, field: string): Promise<FoundRecord> {
  const kind = kindOf(ref);
  if ((kind !== 'quote' && kind !== 'invoice') || parseLineReference(ref) !== null) {
    throw new Problem('not_found', says('record.document-by-number', { said: quoted(ref) }), field);
  }
  checkVisible(scope, kind);
  const page = await getPaper(scope, { document: ref });
  return {
    place: 'document',
    ref: page.ref,
    title: says('record.document-title', { ref: page.ref }),
    kind: 'paper',
    page,
  };
}

/** What was just found in this very scope. */
function there<T>(record: T | null): T {
  if (record === null) throw new Error('a record vanished within its own scope');
  return record;
}

/** What a file holds: words as words, anything else in base64, and whether models can see it as a picture. */
export type FileContent =
  | { readonly kind: 'text'; readonly text: string; readonly isCut: boolean }
  | { readonly kind: 'file'; readonly base64: string }
  | {
      readonly kind: 'image';
      readonly base64: string;
      readonly mediaType: string;
      /** Where it is a copy: pixels of the copy and of the whole, and whether the whole is to be had as a resource. */
      readonly copy: { readonly size: string; readonly of: string; readonly isResource: boolean } | null;
    }
  /** A picture that must not be shown: it would break the conversation of the model that sees it. */
  | { readonly kind: 'unseen'; readonly why: 'damaged' | 'too-many-pixels' | 'too hard' }
  /** Too large for an answer, or a picture that takes a library which is not installed here. */
  | { readonly kind: 'apart'; readonly lacks: 'sharp' | 'libheif-js' | null };

/** More of a text file than this no model reads. */
const LONGEST_WORDS = 200_000;
/** Larger pictures are refused by models; in base64 a third more, this is their 5 MB. */
const LARGEST_SEEN = 3_750_000;
const LONGEST_SIDE_SEEN = 8000;

/** @param asked within an answer, which holds little, or as a resource of its own */
export async function contentOf(
  effects: Effects,
  file: StoredFile,
  asked: 'answer' | 'resource' = 'answer',
): Promise<FileContent> {
  if (isPicture(file.mediaType) && !effects.wantsWhole) return await pictureOf(effects, file, asked);
  const isText = file.mediaType.startsWith('text/');
  if (isApart(effects, file, asked) && !(isText && effects.linkTo === null)) return { kind: 'apart', lacks: null };
  const bytes = await loadBytes(effects, file);
  const text = isText ? textIn(bytes) : null;
  if (text !== null)
    return { kind: 'text', text: visible(beginning(text, LONGEST_WORDS)), isCut: text.length > LONGEST_WORDS };
  return { kind: 'file', base64: base64Of(bytes) };
}

/** What is too large to stand in this answer. */
function isApart({ linkTo, wantsWhole }: Effects, { size }: StoredFile, asked: 'answer' | 'resource'): boolean {
  return !wantsWhole && size > LARGEST_IN_ANSWER && (asked === 'answer' || linkTo !== null);
}

/** As a model is shown it: decoded whole, and no larger than it sees. */
async function pictureOf(effects: Effects, file: StoredFile, asked: 'answer' | 'resource'): Promise<FileContent> {
  const load = async () => await loadBytes(effects, file);
  const shown = await showingOf(effects, file, load);
  const asKept = async () =>
    ({ kind: 'image', base64: base64Of(await load()), mediaType: file.mediaType, copy: null }) as const;
  switch (shown.kind) {
    case 'whole':
      return await asKept();
    case 'copy': {
      const { mediaType, size, of } = shown;
      const isResource = effects.linkTo === null && isSeenWhole(file, of);
      if (asked === 'resource' && isResource) return await asKept();
      return { kind: 'image', base64: base64Of(shown.bytes), mediaType, copy: { size, of, isResource } };
    }
    case 'no library':
      if (SEEN_BY_MODELS.has(file.mediaType) && file.size <= LARGEST_IN_ANSWER) return await asKept();
      return { kind: 'apart', lacks: shown.library };
    case 'unseen':
      return shown;
  }
}

/** Whether a model that is handed it takes it. @param size in pixels, like `4032 × 3024` */
function isSeenWhole({ mediaType, size: bytes }: StoredFile, size: string): boolean {
  const sides = size.split(' × ').map(Number);
  return SEEN_BY_MODELS.has(mediaType) && bytes <= LARGEST_SEEN && Math.max(...sides) <= LONGEST_SIDE_SEEN;
}

function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
