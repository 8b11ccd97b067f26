// Quotes: making and changing them, change orders, revisions, and what passes from one to the next.
import { parseDate } from '../domain/dates.ts';
import { invalid, refused } from '../domain/errors.ts';
import type { Job } from '../domain/job.ts';
import { paperTotals } from '../domain/paper.ts';
import {
  checkEditable,
  checkStep,
  isOpen,
  type Quote,
  type QuoteKind,
  type QuoteStatus,
  type QuoteSummary,
} from '../domain/quote.ts';
import { sum } from '../domain/money.ts';
import { invoiceRef, lineRef, parseLineReference, refOf } from '../domain/reference.ts';
import { whatIf, type WhatIfAnswer } from '../domain/what-if.ts';
import { fold } from '../domain/words.ts';
import type { Customer } from '../domain/customer.ts';
import { customerById } from '../store/customers.ts';
import { expensesCovering, uncover } from '../store/expenses.ts';
import { billsOf } from '../store/invoices.ts';
import {
  contractQuotes,
  countQuotes,
  currentLines,
  insertQuote,
  lineAt,
  listQuotes as loadQuotes,
  markDone,
  quoteById,
  replaceLines,
  revisionOf,
  updateQuote as saveQuote,
  type LinePlace,
  type NewLine,
  type QuoteFilter,
} from '../store/quotes.ts';
import type { ReadScope, WriteScope } from '../store/scope.ts';
import { readQuoteLine, type SpokenQuoteLine } from './lines.ts';
import { cutPage, DEFAULT_PAGE, makeCursor, readCursor } from './paging.ts';
import { defined } from './patch.ts';
import { resolveCustomer, resolveJob, resolveQuote } from './resolve.ts';
import { readWhatIf, type SpokenWhatIf } from './what-if.ts';

export type NewQuoteInput = {
  readonly customer?: string | undefined;
  readonly job?: string | undefined;
  readonly title?: string | undefined;
  readonly kind?: QuoteKind | undefined;
  readonly status?: 'draft' | 'sent' | 'accepted' | 'declined' | undefined;
  readonly revises?: string | undefined;
  readonly lines: readonly SpokenQuoteLine[];
  readonly notes?: string | undefined;
  readonly quotedOn?: string | undefined;
};

/** A written quote, and the expenses that no longer cover anything because their line was dropped. */
export type QuoteWritten = { readonly quote: Quote; readonly uncovered: readonly string[] };

export async function createQuote(scope: WriteScope, input: NewQuoteInput): Promise<QuoteWritten> {
  const revised = input.revises === undefined ? null : await revisable(scope, input.revises);
  const { customer, job } = await whoseFor(scope, input, revised);
  const kind = revised?.kind ?? input.kind ?? 'original';
  const changed = kind === 'change_order' && revised === null ? await originalFor(scope, customer, job) : null;
  const lines = await readLines(scope, input.lines, {
    earlier: revised,
    jobId: job?.id ?? null,
    customerId: customer.id,
  });
  const status = input.status ?? 'draft';
  const title = input.title ?? revised?.title ?? (kind === 'change_order' ? 'Change order' : (job?.name ?? 'Quote'));
  if (status !== 'draft') checkStep({ ref: 'The quote', from: 'draft', to: status, lines, invoicedBy: [] });
  const id = await insertQuote(scope, {
    quote: {
      customerId: customer.id,
      jobId: job?.id ?? null,
      kind,
      status,
      title,
      notes: input.notes ?? revised?.notes ?? null,
      revisesId: revised?.id ?? null,
      contractId: (revised ?? changed)?.contractId ?? null,
      totals: paperTotals(lines),
      lines,
      quotedOn: input.quotedOn === undefined ? scope.today : parseDate(input.quotedOn, 'quotedOn'),
    },
    sample: false,
    at: scope.now,
  });
  const quote = await reload(scope, id);
  const as = revised === null ? '' : `, revises ${refOf('quote', revised.id)}`;
  logPaper(scope, quote, `${capital(kindInWords(kind))} ${refOf('quote', id)} "${title}" ${status}${as}`);
  if (status === 'accepted') return { quote, uncovered: await takePlace(scope, quote) };
  const passesOn = revised !== null && isOpen(revised.status);
  return { quote, uncovered: passesOn ? await supersede(scope, revised, quote) : [] };
}

export type QuotePatch = {
  readonly quote: string;
  readonly status?: 'draft' | 'sent' | 'accepted' | 'declined' | undefined;
  readonly title?: string | undefined;
  readonly notes?: string | null | undefined;
  readonly lines?: readonly SpokenQuoteLine[] | undefined;
  readonly doneLines?: readonly (string | number)[] | undefined;
  readonly notDoneLines?: readonly (string | number)[] | undefined;
};

export async function updateQuote(scope: WriteScope, input: QuotePatch): Promise<QuoteWritten & { changed: string[] }> {
  const before = await resolveQuote(scope, { spoken: input.quote, field: 'quote', intent: 'write' });
  const ref = refOf('quote', before.id);
  const changed: string[] = [];
  const uncovered: string[] = [];
  if (input.title !== undefined || input.notes !== undefined) {
    if (await saveQuote(scope, before.id, defined({ title: input.title, notes: input.notes }))) changed.push('details');
  }
  let now = before;
  if (input.lines !== undefined) {
    checkEditable(ref, before.status);
    const lines = await readLines(scope, input.lines, {
      earlier: before,
      jobId: before.job?.id ?? null,
      customerId: before.customer.id,
    });
    if (!sameLines(before, lines)) {
      await replaceLines(scope, before, lines, paperTotals(lines));
      now = await reload(scope, before.id);
      uncovered.push(...(await dropCovers(scope, before, now)));
      changed.push('lines');
      logPaper(scope, now, `${ref} has new lines`);
    }
  }
  if (input.status !== undefined && input.status !== before.status) {
    checkStep({
      ref,
      from: before.status,
      to: input.status,
      lines: now.lines,
      invoicedBy: await invoicesOn(scope, before),
    });
    await saveQuote(scope, before.id, { status: input.status });
    changed.push(`${before.status} → ${input.status}`);
    logPaper(scope, now, `${ref} ${before.status} → ${input.status}`);
    if (input.status === 'accepted') uncovered.push(...(await takePlace(scope, now)));
  } else if (input.lines !== undefined && before.status === 'sent') {
    // A sent quote stays fit to be sent.
    checkStep({ ref, from: 'draft', to: 'sent', lines: now.lines, invoicedBy: [] });
  }
  const status = input.status ?? before.status;
  for (const [lines, done] of [
    [input.doneLines ?? [], true],
    [input.notDoneLines ?? [], false],
  ] as const) {
    const field = done ? 'doneLines' : 'notDoneLines';
    for (const [index, spoken] of lines.entries()) {
      const line = await lineOf(scope, now, String(spoken), `${field}[${index}]`);
      if (done) checkAccepted(ref, status, `${field}[${index}]`);
      if (!(await markDone(scope, line.lineId, done))) continue;
      const text = `${lineRef(line.quoteId, line.position)} ${line.description}: ${done ? 'done' : 'not done after all'}`;
      changed.push(text);
      logPaper(scope, now, text);
    }
  }
  return { quote: await reload(scope, before.id), uncovered, changed };
}

/** One quote, and what it would come to if its costs or prices were others. */
export type QuotePage = {
  readonly quote: Quote;
  readonly revisedBy: string | null;
  readonly whatIf: WhatIfAnswer | null;
};

export async function getQuote(
  scope: ReadScope,
  { quote, whatIf: asked }: { quote: string; whatIf?: SpokenWhatIf | undefined },
): Promise<QuotePage> {
  const found = await resolveQuote(scope, { spoken: quote, field: 'quote', intent: 'read' });
  const revision = await revisionOf(scope, found.id);
  return {
    quote: found,
    revisedBy: revision === null ? null : refOf('quote', revision),
    whatIf: asked === undefined ? null : whatIf(found.lines, readWhatIf(asked)),
  };
}

export type QuoteListInput = {
  readonly customer?: string | undefined;
  readonly job?: string | undefined;
  readonly status?: QuoteStatus | undefined;
  readonly query?: string | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
};

export async function listQuotes(scope: ReadScope, input: QuoteListInput) {
  const limit = input.limit ?? DEFAULT_PAGE;
  const [before = null] = readCursor('quotes', input.cursor, 1) ?? [];
  const filter: QuoteFilter = { status: input.status, query: input.query, ...(await whose(scope, input)) };
  const rows: QuoteSummary[] = await loadQuotes(scope, filter, { limit: limit + 1, before });
  const { page, nextCursor } = cutPage(rows, limit, (last) => makeCursor('quotes', [last.id]));
  return { quotes: page, count: await countQuotes(scope, filter), nextCursor };
}

/** The customer and job that a list is narrowed to. */
export async function whose(
  scope: ReadScope,
  { customer, job }: { customer?: string | undefined; job?: string | undefined },
): Promise<{ customerId: number | undefined; jobId: number | undefined }> {
  const theirs =
    customer === undefined
      ? null
      : await resolveCustomer(scope, { spoken: customer, field: 'customer', intent: 'read' });
  const on = job === undefined ? null : await resolveJob(scope, { spoken: job, field: 'job', intent: 'read' });
  return { customerId: theirs?.id, jobId: on?.id };
}

/** The customer, and the job if any, that a new paper is for. The two must agree. */
export async function whoseFor(
  scope: WriteScope,
  input: { customer?: string | undefined; job?: string | undefined },
  earlier: QuoteSummary | null = null,
): Promise<{ customer: Customer; job: Pick<Job, 'id' | 'name'> | null }> {
  const job =
    input.job === undefined ? null : await resolveJob(scope, { spoken: input.job, field: 'job', intent: 'write' });
  const named =
    input.customer === undefined
      ? null
      : await resolveCustomer(scope, { spoken: input.customer, field: 'customer', intent: 'write' });
  const customerId = job?.customer.id ?? earlier?.customer.id ?? named?.id;
  if (customerId === undefined) {
    const choice =
      scope.account.template === 'sales-pipeline'
        ? 'customer (C-7, or a name)'
        : 'job (J-12, or its name) or customer (C-7, or a name)';
    throw invalid('customer', `say who it is for: ${choice}.`);
  }
  if (named !== null && named.id !== customerId) {
    const other = job === null ? 'the quote it revises is' : `${refOf('job', job.id)} is`;
    throw refused(
      `${refOf('customer', named.id)} is not the customer ${other} for. Leave customer out, or correct it.`,
      'customer',
    );
  }
  if (job !== null && earlier !== null && earlier.job !== null && earlier.job.id !== job.id) {
    throw refused(
      `${refOf('quote', earlier.id)} is on ${refOf('job', earlier.job.id)}. A revision stays on its job; leave job out.`,
      'job',
    );
  }
  const customer = named ?? (await customerById(scope, customerId));
  if (customer === null) throw new Error(`customer ${customerId} is missing`);
  return { customer, job: job ?? earlier?.job ?? null };
}

async function revisable(scope: WriteScope, spoken: string): Promise<Quote> {
  const quote = await resolveQuote(scope, { spoken, field: 'revises', intent: 'write' });
  if (quote.status !== 'superseded') return quote;
  const revision = await revisionOf(scope, quote.id);
  const by = revision === null ? 'its revision' : refOf('quote', revision);
  throw refused(`${refOf('quote', quote.id)} was replaced by ${by}. Revise ${by} instead.`, 'revises');
}

/** The original that a change order stands beside: an accepted one before an open one, the newest of several. */
async function originalFor(
  scope: WriteScope,
  customer: Customer,
  job: Pick<Job, 'id' | 'name'> | null,
): Promise<QuoteSummary> {
  const of = job === null ? { customerId: customer.id } : { jobId: job.id };
  const originals = (await loadQuotes(scope, of, { limit: 1000, before: null })).filter(
    (quote) => quote.kind === 'original' && (job !== null || quote.job === null),
  );
  const original =
    originals.find((quote) => quote.status === 'accepted') ?? originals.find((quote) => isOpen(quote.status));
  if (original !== undefined) return original;
  const where = job === null ? customer.name : `${refOf('job', job.id)} ${job.name}`;
  throw refused(
    `${where} has no original quote that a change order could change. Make this one kind: original.`,
    'kind',
  );
}

/** What the lines of a quote are measured against: the quote's earlier lines, and where its change orders may point. */
type LineContext = { readonly earlier: Quote | null; readonly jobId: number | null; readonly customerId: number };

/** Reads the lines; one that says the same as an earlier line, or names it, keeps that line's identity. */
async function readLines(
  scope: WriteScope,
  lines: readonly SpokenQuoteLine[],
  context: LineContext,
): Promise<NewLine[]> {
  const unclaimed = [...(context.earlier?.lines ?? [])];
  const claim = (matches: (line: Quote['lines'][number]) => boolean) => {
    const index = unclaimed.findIndex(matches);
    return index < 0 ? null : (unclaimed.splice(index, 1)[0] ?? null);
  };
  const read: NewLine[] = [];
  for (const [index, spoken] of lines.entries()) {
    const line = readQuoteLine(spoken, `lines[${index}]`, scope.account.currency);
    const named =
      spoken.changesLine === undefined
        ? null
        : await changedLine(scope, spoken.changesLine, `lines[${index}].changesLine`, context);
    const own = named !== null && context.earlier?.lines.some((earlier) => earlier.lineId === named.lineId) === true;
    const kept = own
      ? claim((earlier) => earlier.lineId === named.lineId)
      : claim((earlier) => fold(earlier.description) === fold(line.description));
    const changesLineId = own ? (kept?.changes?.lineId ?? null) : (named?.lineId ?? kept?.changes?.lineId ?? null);
    read.push({ ...line, lineId: kept?.lineId ?? null, changesLineId });
  }
  return read;
}

async function changedLine(scope: WriteScope, spoken: string, field: string, context: LineContext): Promise<LinePlace> {
  const reference = parseLineReference(spoken);
  if (reference === null)
    throw invalid(
      field,
      `"${spoken.slice(0, 40)}" is not a line's number. Write it like Q-31/2; get-quote shows them.`,
    );
  const place = await lineAt(scope, reference.quoteId, reference.position);
  if (place === null) throw invalid(field, `there is no line ${spoken.slice(0, 40)}. get-quote shows a quote's lines.`);
  const sameWork =
    context.jobId === null
      ? place.customerId === context.customerId && place.jobId === null
      : place.jobId === context.jobId;
  if (!sameWork)
    throw refused('that line belongs to other work. A change order changes a line of the same job.', field);
  return place;
}

function sameLines(before: Quote, lines: readonly NewLine[]): boolean {
  const bare = (line: Omit<NewLine, 'changesLineId'>, changesLineId: number | null) =>
    JSON.stringify([
      line.lineId,
      line.description,
      line.quantity,
      line.unit,
      line.unitPrice,
      line.unitCost,
      line.category,
      line.taxRate,
      changesLineId,
    ]);
  return (
    before.lines.length === lines.length &&
    before.lines.every((line, index) => {
      const other = lines[index];
      return other !== undefined && bare(line, line.changes?.lineId ?? null) === bare(other, other.changesLineId);
    })
  );
}

/** An accepted revision takes the place of all that it revises, also where it revises an offer to revise. */
async function takePlace(scope: WriteScope, accepted: Quote): Promise<string[]> {
  const quotes = await contractQuotes(scope, accepted.contractId);
  const [, ...earlier] = revisionsUpTo(accepted, quotes);
  // Of several offers to revise one quote, the first accepted takes its place.
  const first = earlier.at(-1);
  const other = quotes.find(
    (quote) =>
      quote.status === 'accepted' &&
      quote.id !== accepted.id &&
      !earlier.includes(quote) &&
      revisionsUpTo(quote, quotes).at(-1) === first,
  );
  if (first !== undefined && other !== undefined) {
    const by = refOf('quote', other.id);
    throw refused(`${refOf('quote', first.id)} was replaced by ${by} meanwhile. Revise ${by} instead.`, 'status');
  }
  const uncovered: string[] = [];
  for (const { id, status } of earlier) {
    if (status !== 'superseded') uncovered.push(...(await supersede(scope, await reload(scope, id), accepted)));
  }
  return uncovered;
}

/** The quote, what it revises, what that revises, and so on to the first. */
function revisionsUpTo(quote: QuoteSummary, quotes: readonly QuoteSummary[]): QuoteSummary[] {
  const earlier = quotes.find((each) => each.id === quote.revisesId);
  return earlier === undefined ? [quote] : [quote, ...revisionsUpTo(earlier, quotes)];
}

/** Puts a revision in the place of what it revises. Expenses of dropped lines cover nothing any more. */
async function supersede(scope: WriteScope, revised: Quote, revision: Quote): Promise<string[]> {
  await saveQuote(scope, revised.id, { status: 'superseded' });
  logPaper(scope, revised, `${refOf('quote', revised.id)} replaced by ${refOf('quote', revision.id)}`);
  return await dropCovers(scope, revised, revision);
}

async function dropCovers(scope: WriteScope, before: Quote, after: Quote): Promise<string[]> {
  const kept = new Set(after.lines.map((line) => line.lineId));
  const dropped = before.lines.map((line) => line.lineId).filter((lineId) => !kept.has(lineId));
  // A line may still stand on the accepted quote that these lines are only an offer to revise.
  const standing = await currentLines(scope, dropped);
  const gone = dropped.filter((lineId) =>
    ['superseded', 'declined'].includes(standing.get(lineId)?.status ?? 'superseded'),
  );
  const expenses = await expensesCovering(scope, gone);
  for (const expense of expenses) await uncover(scope, expense);
  return expenses.map((id) => refOf('expense', id));
}

/** The issued invoices that stand on an accepted quote; a change order carries those that its original cannot. */
async function invoicesOn(scope: WriteScope, quote: Quote): Promise<string[]> {
  const bills = await billsOf(scope, { contractId: quote.contractId, jobId: null, isOldest: false });
  const accepted = (await contractQuotes(scope, quote.contractId)).filter((each) => each.status === 'accepted');
  const left = sum(accepted.filter((each) => each.id !== quote.id).map((each) => each.subtotal));
  const stands = quote.kind === 'original' || sum(bills.map((bill) => bill.subtotal)) > left;
  return stands ? bills.map((bill) => invoiceRef(bill.id, bill.number)) : [];
}

/** A line of this quote, by number within it (`2`) or in full (`Q-31/2`). A changed line is marked where it began. */
async function lineOf(scope: WriteScope, quote: Quote, spoken: string, field: string): Promise<LinePlace> {
  const reference = parseLineReference(spoken) ?? {
    quoteId: quote.id,
    position: /^\d{1,4}$/.test(spoken) ? Number(spoken) : 0,
  };
  const place = reference.quoteId === quote.id ? await lineAt(scope, quote.id, reference.position) : null;
  if (place === null) {
    throw invalid(
      field,
      `"${spoken.slice(0, 40)}" is not a line of ${refOf('quote', quote.id)}. Use ${lineRef(quote.id, 1)} to ${lineRef(quote.id, quote.lines.length)}.`,
    );
  }
  let root = place;
  for (let steps = 0; steps < 20 && root.changesLineId !== null; steps += 1) {
    const changed = (await currentLines(scope, [root.changesLineId])).get(root.changesLineId);
    if (changed === undefined) break;
    root = changed;
  }
  return root;
}

function checkAccepted(ref: string, status: QuoteStatus, field: string): void {
  if (status !== 'accepted')
    throw refused(`${ref} is ${status}. Lines are marked done once the quote is accepted.`, field);
}

function logPaper(scope: WriteScope, quote: QuoteSummary, text: string): void {
  scope.journal.log({ kind: 'quote', id: quote.id, entry: 'paper', text });
  if (quote.job !== null) scope.journal.log({ kind: 'job', id: quote.job.id, entry: 'paper', text });
}

function kindInWords(kind: QuoteKind): string {
  return kind === 'change_order' ? 'change order' : 'quote';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

async function reload(scope: ReadScope, id: number): Promise<Quote> {
  const quote = await quoteById(scope, id);
  if (quote === null) throw new Error(`quote ${id} vanished within its own write`);
  return quote;
}
