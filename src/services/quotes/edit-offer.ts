// What is offered by an open quote: its lines, given anew or added to, and what they are less by.
import { checkPlannedCost } from '../../domain/cost.ts';
import { invalid } from '../../domain/errors.ts';
import { says, type Message, type Messages } from '../../domain/message.ts';
import { checkSize, lessDiscount, paperTotals } from '../../domain/paper.ts';
import { checkEditable, type Quote } from '../../domain/quote.ts';
import { cut } from '../../domain/text.ts';
import type { WalkAndTalk } from '../../domain/walk-and-talk.ts';
import { refOf } from '../../kinds/reference.ts';
import { quoteById, replaceLines, type NewLine } from '../../store/books/quotes.ts';
import { walkAndTalkById } from '../../store/books/walk-and-talks.ts';
import type { ReadScope, WriteScope } from '../../store/scope.ts';
import { amountText } from '../shared/amounts.ts';
import type { QuoteLineInput } from '../shared/lines.ts';
import { reload } from '../shared/patch.ts';
import { asWritten, checkCount } from './copies.ts';
import { discountFor, keepDiscount, type DiscountSaid } from './discounts.ts';
import { readLines, sameLines } from './quote-lines.ts';
import { dropAllocations, logPaper } from './revisions.ts';

export type OfferSaid = {
  /** In place of all that there are. */
  readonly lines?: readonly QuoteLineInput[] | undefined;
  /** Behind those that there are. */
  readonly addLines?: readonly QuoteLineInput[] | undefined;
  readonly discount?: DiscountSaid;
};

/** @property notes what was taken out, since whoever adds a line may have meant to keep the others */
type Edited = {
  readonly now: Quote;
  readonly changed: readonly Message[];
  readonly uncovered: readonly string[];
  readonly notes: readonly Message[];
};

/** @throws Problem where it is no offer any more */
export async function editOffer(scope: WriteScope, before: Quote, said: OfferSaid): Promise<Edited> {
  const { lines: given, addLines: added, discount } = said;
  const field = given === undefined ? 'addLines' : 'lines';
  if (given !== undefined && added !== undefined) throw invalid('addLines', says('quote.lines-or-added'));
  if ((given ?? added ?? discount) === undefined) return { now: before, changed: [], uncovered: [], notes: [] };
  const ref = refOf('quote', before.id);
  checkEditable(ref, before.status, (given ?? added) === undefined ? 'discount' : field);
  const lines = await linesSaid(scope, before, said);
  if (lines === null || sameLines(before, lines))
    return { now: before, changed: await keepDiscount(scope, before, discount), uncovered: [], notes: [] };
  checkCount(lines, field);
  checkAmounts(scope, lines);
  await replaceLines(scope, before, lines);
  const now = await reload(quoteById, scope, before.id);
  const uncovered = await dropAllocations(scope, before, now);
  const discounted = await keepDiscount(scope, now, discount);
  const { subtotal } = paperTotals(
    lessDiscount(now.lines, discountFor(scope, discount, { ...now, before: now.discount })),
  );
  const difference = differenceOf(scope, before, { ...now, subtotal });
  logPaper(scope, now, says('log.new-lines', { quote: ref, ...difference }));
  return {
    now,
    changed: [says('log.lines-replaced', difference), ...discounted],
    uncovered,
    notes: difference.outCount <= difference.added ? [] : [says('note.lines-taken-out', { quote: ref })],
  };
}

async function linesSaid(scope: WriteScope, before: Quote, { lines, addLines }: OfferSaid): Promise<NewLine[] | null> {
  const context = {
    jobId: before.job?.id ?? null,
    customerId: before.customer.id,
    walk: await walkOf(scope, before),
    mustCite: false,
  };
  if (lines !== undefined) return await readLines(scope, lines, { earlier: before, ...context });
  if (addLines === undefined) return null;
  // One that says the same as a line that is there is another all the same.
  const added = await readLines(scope, addLines, { earlier: null, ...context, field: 'addLines' });
  return [...before.lines.map(asWritten), ...added];
}

/** Lines that are named; the rest is counted. */
const MOST_NAMED = 5;

/** What became of the lines, and of what they come to, where every price is known. */
function differenceOf(scope: ReadScope, before: Quote, after: Quote): Required<Messages['log.lines-replaced']> {
  const lineIds = ({ lines }: Quote) => new Set(lines.map(({ lineId }) => lineId));
  const [had, has] = [lineIds(before), lineIds(after)];
  const out = before.lines.filter(({ lineId }) => !has.has(lineId));
  const worth = ({ isPriced, subtotal }: Quote) => (isPriced ? amountText(scope, subtotal) : null);
  return {
    out: out.slice(0, MOST_NAMED).map(({ description }) => cut(description, 60)),
    outCount: out.length,
    added: after.lines.filter(({ lineId }) => !had.has(lineId)).length,
    from: worth(before),
    to: worth(after),
  };
}

export function checkAmounts({ account }: ReadScope, lines: readonly NewLine[]): void {
  checkSize(paperTotals(lines), account.currency);
  checkPlannedCost(lines, account.currency);
}

/** The walk & talk that the lines of a quote rest on, if any. */
export async function walkOf(scope: ReadScope, quote: Quote | null): Promise<WalkAndTalk | null> {
  const id = quote?.walkAndTalkId ?? null;
  return id === null ? null : await walkAndTalkById(scope, id);
}
