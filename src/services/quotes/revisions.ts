// Revisions: what a quote may revise, and how one takes the place of what it revises, at once or when it is accepted.
import { refused } from '../../domain/errors.ts';
import type { Quote, QuoteSummary } from '../../domain/quote.ts';
import { refOf } from '../../kinds/reference.ts';
import { expensesCovering, uncover } from '../../store/books/expenses.ts';
import { keepPlace, quoteById, revisionOf, updateQuote as saveQuote } from '../../store/books/quotes.ts';
import type { WriteScope } from '../../store/scope.ts';
import { contractQuotes } from './contracts.ts';
import { isNotReplaced, isOfferedOrAccepted } from './quote-meant.ts';
import { resolveQuote } from '../resolve/resolve.ts';
import { reload } from '../shared/patch.ts';
import { currentLines } from '../../store/books/quote-places.ts';
import { says, type Message } from '../../domain/message.ts';

export async function revisable(scope: WriteScope, ref: string): Promise<Quote> {
  const said = { ref, field: 'revises', intent: 'write' } as const;
  const quote = await resolveQuote(scope, said, { can: isOfferedOrAccepted, orElse: isNotReplaced });
  if (quote.status !== 'superseded') return quote;
  const revision = await revisionOf(scope, quote.id);
  const by = revision === null ? 'its revision' : refOf('quote', revision);
  throw refused(says('quote.revised-already', { ref: refOf('quote', quote.id), by }), 'revises');
}

/** An accepted revision takes the place of all that it revises, also where it revises an offer to revise. */
export async function takePlace(scope: WriteScope, accepted: Quote): Promise<string[]> {
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
    throw refused(says('quote.revised-meanwhile', { ref: refOf('quote', first.id), by }), 'status');
  }
  const standing = earlier.find(({ status }) => status === 'accepted');
  if (standing !== undefined) await keepPlace(scope, accepted.id, standing.acceptedIn);
  const uncovered: string[] = [];
  for (const { id, status } of earlier) {
    if (status !== 'superseded')
      uncovered.push(...(await supersede(scope, await reload(quoteById, scope, id), accepted)));
  }
  return uncovered;
}

/** The quote, what it revises, what that revises, and so on to the first. */
function revisionsUpTo(quote: QuoteSummary, quotes: readonly QuoteSummary[]): QuoteSummary[] {
  const earlier = quotes.find((each) => each.id === quote.revisesId);
  return earlier === undefined ? [quote] : [quote, ...revisionsUpTo(earlier, quotes)];
}

/** Puts a revision in the place of what it revises. Expenses of dropped lines cover nothing any more. */
export async function supersede(scope: WriteScope, revised: Quote, revision: Quote): Promise<string[]> {
  await saveQuote(scope, revised.id, { status: 'superseded' });
  const replaced = { quote: refOf('quote', revised.id), by: refOf('quote', revision.id) };
  logPaper(scope, revised, says('log.quote-replaced', replaced));
  return await dropAllocations(scope, revised, revision);
}

export async function dropAllocations(scope: WriteScope, before: Quote, after: Quote): Promise<string[]> {
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

export function logPaper(scope: WriteScope, quote: QuoteSummary, said: Message): void {
  scope.journal.log({ kind: 'quote', id: quote.id, entry: 'paper', said });
  if (quote.job !== null) scope.journal.log({ kind: 'job', id: quote.job.id, entry: 'paper', said });
}
