// What is read of an expense before it is kept: where it belongs, what was paid, and the quote line that it may cover.
import { cost, kept, type Cost, type Expense } from '../../domain/cost.ts';
import { refused } from '../../domain/errors.ts';
import type { Job } from '../../domain/job.ts';
import { says, type Message } from '../../domain/message.ts';
import { parseAmount, text, type AmountInput } from '../../domain/money.ts';
import { lineRef, refOf } from '../../kinds/reference.ts';
import { returnsBeyond } from '../shared/returns.ts';
import type { LinePlace } from '../../store/books/quote-places.ts';
import type { ReadScope, WriteScope } from '../../store/scope.ts';
import { resolveLine } from '../resolve/resolve.ts';

/** What somebody says of the money of an expense. */
export type MoneySaid = {
  readonly amount?: AmountInput | undefined;
  /** A supplier gave it back. */
  readonly refund?: boolean | undefined;
  readonly reclaimableTax?: AmountInput | null | undefined;
};
export type Paid = Pick<Expense, 'amount' | 'reclaimableTax'>;

/** @param before what stays where nothing else is said */
export function moneyOf(scope: ReadScope, said: MoneySaid, before: Paid | null = null): Paid {
  const read = (input: AmountInput, field: string, sign: 'positive' | 'not_negative' = 'positive'): Cost =>
    parseAmount<'cost'>(input, field, scope.account.currency, { sign });
  const was = { amount: Math.abs(before?.amount ?? 0), tax: before?.reclaimableTax ?? null };
  const paid = said.amount === undefined ? cost(was.amount) : read(said.amount, 'amount');
  const stays = was.tax === null ? null : cost(Math.abs(was.tax));
  const asked = said.reclaimableTax;
  const given = asked === undefined ? stays : asked === null ? null : read(asked, 'reclaimableTax', 'not_negative');
  // Nothing to get back is none.
  const tax = given === 0 ? null : given;
  if (tax !== null && tax >= paid) {
    const { currency } = scope.account;
    throw refused(
      says('expense.tax-is-all', { tax: text(tax, currency), amount: text(paid, currency) }),
      'reclaimableTax',
    );
  }
  return kept({ amount: paid, reclaimableTax: tax }, said.refund ?? (before !== null && before.amount < 0));
}

/** Where an expense is, or goes. Null: it is overhead. */
export type Whereabouts = Job | null;

export async function coverable(scope: ReadScope, asked: string, place: Whereabouts): Promise<LinePlace> {
  if (place === null) throw refused(says('expense.overhead-covers-nothing'), 'coversLine');
  const line = await resolveLine(scope, { ref: asked, field: 'coversLine', jobId: place.id });
  const ref = lineRef(line.quoteId, line.position);
  if (line.status === 'superseded' || line.status === 'declined') {
    throw refused(says('expense.line-counts-no-more', { ref, status: line.status }), 'coversLine');
  }
  if (line.plannedCost < 0) {
    throw refused(says('expense.line-takes-out', { ref }), 'coversLine');
  }
  return line;
}

/** A line that a write took something from, or put something back on, with its job and the argument that said so. */
export type TouchedLine = { readonly jobId: number; readonly lineId: number; readonly field: string };

export function touchedBy({ job, allocatedTo }: Expense, field = 'coversLine'): TouchedLine[] {
  return job === null || allocatedTo === null ? [] : [{ jobId: job.id, lineId: allocatedTo.lineId, field }];
}

/**
 * What a supplier gave back may cover a line only as far as other expenses cover it, or what it changes. It is looked at
 * once all of a write is done: in which order that said it makes no difference.
 * @throws Problem that names the line
 */
export async function checkReturns(scope: WriteScope, touched: readonly TouchedLine[]): Promise<void> {
  const { currency } = scope.account;
  for (const jobId of new Set(touched.map((each) => each.jobId))) {
    const own = touched.filter((each) => each.jobId === jobId);
    for (const { ref, lineIds, returned, spent } of await returnsBeyond(scope, jobId)) {
      const said = own.findLast(({ lineId }) => lineIds.has(lineId));
      if (said === undefined) continue;
      const facts = { line: ref, returned: text(returned, currency), spent: text(spent, currency) };
      throw refused(says('expense.returned-beyond', facts), said.field);
    }
  }
}

export function inShort({ account }: ReadScope, expense: Expense) {
  const { id, description, amount, category } = expense;
  return {
    expense: refOf('expense', id),
    description,
    amount: text(cost(Math.abs(amount)), account.currency),
    category,
    isRefund: amount < 0,
  };
}

/** In the log of the expense, and in that of its job where it has one. */
export function logMoney(
  scope: WriteScope,
  expenseId: number,
  place: { readonly id: number } | null,
  said: Message,
): void {
  scope.journal.log({ kind: 'expense', id: expenseId, entry: 'money', said });
  if (place !== null) scope.journal.log({ kind: 'job', id: place.id, entry: 'money', said });
}
