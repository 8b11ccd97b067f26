// Quotes: making and changing them, and change orders. What a revision does to what it revises stands in revisions.ts.
import { parseDate, type CalendarDate } from '../../domain/dates.ts';
import { checkFits } from '../../domain/discount.ts';
import { invalid, refused } from '../../domain/errors.ts';
import { lessDiscount, paperTotals } from '../../domain/paper.ts';
import { checkStep, isOpen, type Quote, type QuoteAge, type QuoteKind, type QuoteStatus } from '../../domain/quote.ts';
import { lineRef, refOf } from '../../kinds/reference.ts';
import { cut } from '../../domain/text.ts';
import type { WalkAndTalk } from '../../domain/walk-and-talk.ts';
import { whatIf, type WhatIfAnswer } from '../../domain/what-if.ts';
import { insertQuote, markDone, quoteById, revisionOf, updateQuote as saveQuote } from '../../store/books/quotes.ts';
import type { ReadScope, WriteScope } from '../../store/scope.ts';
import { checkCount, copiedQuote, linesTakenOver, type CopyInput } from './copies.ts';
import { discountFor, type DiscountSaid } from './discounts.ts';
import { checkAmounts, editOffer, walkOf, type OfferSaid } from './edit-offer.ts';
import { acceptanceNotes, contractOfOrder, declinedNotes, invoicesOn, originalFor } from './change-orders.ts';
import { excerptOf, type Excerpt } from '../shared/paging.ts';
import { defined, reload } from '../shared/patch.ts';
import { readLines, workOf } from './quote-lines.ts';
import { quoteMeant } from './quote-meant.ts';
import { resolveQuote, resolveWalkAndTalk } from '../resolve/resolve.ts';
import { uncoverParted } from './parted-returns.ts';
import { logPaper, revisable, supersede, takePlace } from './revisions.ts';
import { agesOf } from './sent-days.ts';
import { amountText } from '../shared/amounts.ts';
import { recipientOf, type Recipient } from '../shared/recipient.ts';
import { readWhatIf, type WhatIfInput } from './what-if.ts';
import { resolvePartyFor } from '../resolve/resolve-party.ts';
import { freshFigures, type JobAfter } from '../shared/job-profit.ts';
import { says, type Message } from '../../domain/message.ts';

export type NewQuoteInput = CopyInput & {
  readonly customer?: string | undefined;
  readonly job?: string | undefined;
  readonly title?: string | undefined;
  readonly kind?: QuoteKind | undefined;
  /** What a change order changes, where there are several contracts. */
  readonly contract?: string | undefined;
  readonly status?: 'draft' | 'sent' | 'accepted' | 'declined' | undefined;
  readonly notes?: string | undefined;
  readonly quotedOn?: string | undefined;
  readonly discount?: DiscountSaid;
};

/** A written quote, and the expenses that no longer cover anything because their line was dropped. */
export type QuoteSaved = {
  readonly quote: Quote;
  /** The contract of a change order. */
  readonly contract: string | null;
  readonly uncovered: readonly string[];
  readonly notes: readonly Message[];
  /** Where it was sent by this; nothing mails it. */
  readonly sentTo: Recipient | null;
  /** What it is a copy of. */
  readonly copyOf?: string;
};

export async function createQuote(scope: WriteScope, input: NewQuoteInput): Promise<QuoteSaved> {
  const revised = input.revises === undefined ? null : await revisable(scope, input.revises);
  const copied = await copiedQuote(scope, input);
  const walk =
    input.fromWalkAndTalk === undefined ? null : await draftedFrom(scope, input.fromWalkAndTalk, input.status);
  const { customer, job } = await resolvePartyFor(scope, input, { revised, walk });
  const kind = revised?.kind ?? input.kind ?? 'original';
  const changed =
    kind === 'change_order' && revised === null ? await originalFor(scope, { customer, job }, input.contract) : null;
  if (input.contract !== undefined && changed === null) throw invalid('contract', says('order.contract-without-order'));
  const written = await readLines(scope, input.lines ?? [], {
    earlier: revised,
    jobId: job?.id ?? null,
    customerId: customer.id,
    walk: walk ?? (await walkOf(scope, revised)),
    mustCite: walk !== null,
  });
  const lines = [...linesTakenOver({ copied, revised }, input), ...written];
  checkCount(lines, 'lines');
  checkAmounts(scope, lines);
  const discount = discountFor(scope, input.discount, { lines, before: (revised ?? copied)?.discount ?? null });
  const status = input.status ?? 'draft';
  const title = input.title ?? titleOf({ revised, copied, kind, job });
  // What one customer is told may be for nobody else.
  const told = copied?.customer.id === customer.id ? copied.notes : null;
  if (status !== 'draft') checkStep({ ref: 'The quote', from: 'draft', to: status, lines, invoicedBy: [] });
  const id = await insertQuote(scope, {
    quote: {
      customerId: customer.id,
      jobId: job?.id ?? null,
      kind,
      status,
      title,
      notes: input.notes ?? revised?.notes ?? told,
      revisesId: revised?.id ?? null,
      contractId: (revised ?? changed)?.contractId ?? null,
      walkAndTalkId: walk?.id ?? revised?.walkAndTalkId ?? null,
      discount,
      totals: paperTotals(lessDiscount(lines, discount)),
      lines,
      quotedOn: input.quotedOn === undefined ? scope.today : parseDate(input.quotedOn, 'quotedOn'),
    },
    sample: false,
    at: scope.now,
  });
  const quote = await reload(quoteById, scope, id);
  const copyOf = copied === null ? {} : { copyOf: refOf('quote', copied.id) };
  logWritten(scope, quote, { walk, ...copyOf });
  const passesOn = revised !== null && isOpen(revised.status);
  const uncovered =
    status === 'accepted' ? await takePlace(scope, quote) : passesOn ? await supersede(scope, revised, quote) : [];
  const notes = status === 'accepted' ? await acceptanceNotes(scope, quote) : [];
  if (revised !== null || status === 'accepted') notes.push(...(await uncoverParted(scope, job)));
  if (copied !== null && copied.notes !== quote.notes && input.notes === undefined)
    notes.push(says('note.notes-not-copied', { from: refOf('quote', copied.id) }));
  if (input.changePercent !== undefined && input.discount === undefined && discount?.percent === null)
    notes.push(says('note.amount-off-kept', { amount: amountText(scope, discount.amount) }));
  const sentTo = status === 'sent' ? await recipientOf(scope, quote.customer) : null;
  return { quote, uncovered, notes, sentTo, contract: await contractOfOrder(scope, quote), ...copyOf };
}

function logWritten(
  scope: WriteScope,
  quote: Quote,
  { walk, ...copy }: { readonly walk: WalkAndTalk | null; readonly copyOf?: string },
): void {
  const { title, kind, status, revisesId } = quote;
  const ref = refOf('quote', quote.id);
  if (walk !== null) {
    const said = says('log.drafted-from', { quote: ref, title });
    scope.journal.log({ kind: 'walk_and_talk', id: walk.id, entry: 'paper', said });
  }
  const revises = revisesId === null ? null : refOf('quote', revisesId);
  logPaper(scope, quote, says('log.quote-written', { quote: ref, title, kind, status, revises, ...copy }));
}

/** A copy keeps the title, but for one that is only the name of its job. */
function titleOf({
  revised,
  copied,
  kind,
  job,
}: {
  readonly revised: Quote | null;
  readonly copied: Quote | null;
  readonly kind: QuoteKind;
  readonly job: { readonly name: string } | null;
}): string {
  if (revised !== null) return revised.title;
  if (copied !== null && (job === null || copied.title !== copied.job?.name)) return copied.title;
  return kind === 'change_order' ? 'Change order' : (job?.name ?? 'Quote');
}

export type QuotePatch = OfferSaid & {
  readonly quote: string;
  readonly status?: 'draft' | 'sent' | 'accepted' | 'declined' | undefined;
  /** The day of that; today where nothing is said. */
  readonly statusOn?: string | undefined;
  readonly title?: string | undefined;
  readonly notes?: string | null | undefined;
  readonly doneLines?: readonly (string | number)[] | undefined;
  /** Nothing was spent on the doneLines. */
  readonly spentNothing?: boolean | undefined;
  readonly notDoneLines?: readonly (string | number)[] | undefined;
};

/** @property after the job once lines of it were marked, which changes what it made */
export type QuoteUpdated = QuoteSaved & { readonly changed: readonly Message[]; readonly after: JobAfter | null };

export async function updateQuote(scope: WriteScope, input: QuotePatch): Promise<QuoteUpdated> {
  const said = { ref: input.quote, field: 'quote', intent: 'write' } as const;
  const before = await resolveQuote(scope, said, quoteMeant(input));
  const ref = refOf('quote', before.id);
  if (input.statusOn !== undefined && input.status === undefined)
    throw invalid('statusOn', says('quote.day-without-status'));
  const changed: Message[] = [];
  const uncovered: string[] = [];
  const notes: Message[] = [];
  if (input.title !== undefined || input.notes !== undefined) {
    if (await saveQuote(scope, before.id, defined({ title: input.title, notes: input.notes })))
      changed.push(says('log.part-changed', { part: 'details' }));
  }
  const { now, ...edits } = await editOffer(scope, before, input);
  changed.push(...edits.changed);
  uncovered.push(...edits.uncovered);
  notes.push(...edits.notes);
  if (input.status !== undefined && input.status !== before.status) {
    changed.push(await stepTo(scope, { before, now }, { to: input.status, ...dayOfStep(scope, input) }));
    if (input.status === 'accepted') {
      uncovered.push(...(await takePlace(scope, now)));
      notes.push(...(await acceptanceNotes(scope, now)));
    } else if (input.status === 'declined') notes.push(...(await declinedNotes(scope, now)));
  } else {
    // A sent quote stays fit to be sent.
    if ((input.lines ?? input.addLines) !== undefined && before.status === 'sent')
      checkStep({ ref, from: 'draft', to: 'sent', lines: now.lines, invoicedBy: [] });
    if (input.status === 'sent' && before.to !== null)
      changed.push(await sendAgain(scope, now, dayOfStep(scope, input)));
  }
  if (input.status !== undefined || input.lines !== undefined) notes.push(...(await uncoverParted(scope, before.job)));
  const isOut = input.status === 'sent' && (before.status !== 'sent' || before.to !== null);
  const marks = await markLines(scope, now, input);
  changed.push(...marks);
  const contract = await contractOfOrder(scope, before);
  const { job } = before;
  const after = marks.length === 0 || job === null ? null : { job, figures: await freshFigures(scope, job.id) };
  const sentTo = isOut ? await recipientOf(scope, before.customer) : null;
  return { quote: await reload(quoteById, scope, before.id), contract, uncovered, notes, sentTo, changed, after };
}

/** Where it was another day than that of its entry. @throws Problem on a day that is still to come */
function dayOfStep({ today }: WriteScope, { statusOn }: QuotePatch): { on?: CalendarDate } {
  if (statusOn === undefined) return {};
  const on = parseDate(statusOn, 'statusOn');
  if (on > today) throw invalid('statusOn', says('quote.day-to-come', { said: on, today }));
  return on === today ? {} : { on };
}

async function stepTo(
  scope: WriteScope,
  { before, now }: { readonly before: Quote; readonly now: Quote },
  { to, ...day }: { readonly to: QuoteStatus; readonly on?: CalendarDate },
): Promise<Message> {
  const [ref, step] = [refOf('quote', before.id), { from: before.status, to, ...day }];
  checkStep({ ref, from: before.status, to, lines: now.lines, invoicedBy: await invoicesOn(scope, before) });
  await saveQuote(scope, before.id, { status: to });
  logPaper(scope, now, says('log.quote-status', { quote: ref, ...step }));
  return says('log.quote-step', step);
}

/** One that names somebody as they were called before goes out once more, to who they are by now. */
async function sendAgain(scope: WriteScope, quote: Quote, day: { readonly on?: CalendarDate }): Promise<Message> {
  await saveQuote(scope, quote.id, { status: 'sent' });
  const sent = { name: quote.customer.name, ...day };
  logPaper(scope, quote, says('log.quote-sent-again-of', { quote: refOf('quote', quote.id), ...sent }));
  return says('log.quote-sent-again', sent);
}

/** Lines that are named one by one; the rest is counted, and stands in the log. */
const MOST_NAMED = 20;

/** Lines of an accepted quote that are done, or not done after all. @returns what it did */
async function markLines(scope: WriteScope, quote: Quote, input: QuotePatch): Promise<Message[]> {
  const ref = refOf('quote', quote.id);
  const marks: Message[] = [];
  if (input.spentNothing !== undefined && input.doneLines === undefined)
    throw invalid('spentNothing', says('quote.goes-with-done-lines'));
  for (const [lines, done] of [
    [input.doneLines ?? [], true],
    [input.notDoneLines ?? [], false],
  ] as const) {
    const field = done ? 'doneLines' : 'notDoneLines';
    for (const [index, asked] of lines.entries()) {
      const work = await workOf(scope, quote, String(asked), `${field}[${index}]`);
      if (done) checkAccepted(ref, input.status ?? quote.status, `${field}[${index}]`);
      const line = work.at(-1);
      if (line === undefined) continue;
      // A mark may have been set while a line stood alone; what is not done is so without any.
      let marked = false;
      const how = { spentNothing: input.spentNothing === true };
      for (const each of done ? [line] : work) if (await markDone(scope, each.lineId, done, how)) marked = true;
      if (!marked) continue;
      const said = says('log.line-done', {
        line: lineRef(line.quoteId, line.position),
        description: cut(line.description, 80),
        done,
        spentNothing: how.spentNothing,
      });
      marks.push(said);
      logPaper(scope, quote, said);
    }
  }
  const more = marks.length - MOST_NAMED;
  return more > 0 ? [...marks.slice(0, MOST_NAMED), says('log.more-lines', { count: more })] : marks;
}

/** One quote, and what it would come to if its costs or prices were others. */
export type QuoteFacts = {
  readonly quote: Quote;
  readonly revisedBy: string | null;
  readonly contract: string | null;
  readonly whatIf: WhatIfAnswer | null;
  readonly age: QuoteAge;
  /** Of its lines. */
  readonly excerpt: Excerpt;
};

export async function getQuote(
  scope: ReadScope,
  { quote, whatIf: asked, cursor }: { quote: string; whatIf?: WhatIfInput | undefined; cursor?: string | undefined },
): Promise<QuoteFacts> {
  const found = await resolveQuote(scope, { ref: quote, field: 'quote', intent: 'read' });
  const revision = await revisionOf(scope, found.id);
  return {
    quote: found,
    revisedBy: revision === null ? null : refOf('quote', revision),
    contract: await contractOfOrder(scope, found),
    age: (await agesOf(scope, [found])).get(found.id) ?? { sentOn: null, daysOld: null },
    whatIf: asked === undefined ? null : tried(scope, found, asked),
    excerpt: excerptOf(`quote/${found.id}/lines`, found.lines, { cursor, besides: found.notes?.length ?? 0 }),
  };
}

/** @throws Problem where the prices would come to less than the discount on the whole, which no quote can */
function tried({ account }: ReadScope, { lines, discount }: Quote, asked: WhatIfInput): WhatIfAnswer {
  const answer = whatIf(lines, readWhatIf(asked), discount);
  if (discount?.percent === null && answer.linesTotal !== null)
    checkFits(discount, answer.linesTotal, { currency: account.currency, field: 'whatIf' });
  return answer;
}

/** The walk & talk that a new quote is drafted from. A draft is read by its owner before anybody else sees it. */
async function draftedFrom(scope: WriteScope, asked: string, status: QuoteStatus = 'draft'): Promise<WalkAndTalk> {
  if (status !== 'draft') {
    throw refused(says('quote.from-walk-is-draft'), 'status');
  }
  return await resolveWalkAndTalk(scope, { ref: asked, field: 'fromWalkAndTalk', intent: 'write' });
}

function checkAccepted(ref: string, status: QuoteStatus, field: string): void {
  if (status !== 'accepted') throw refused(says('quote.done-before-accepted', { ref, status }), field);
}
