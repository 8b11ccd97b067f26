// What comes every month books itself at the first call on or after its day: a change of its own, before that call, by
// nobody. Whoever may not see costs leaves it to the next who may.
import type { DueRow } from '../views/internal/monthly-expense.ts';
import { dueRows } from '../views/internal/monthly-expense.ts';
import { planHas } from '../domain/plans.ts';
import { says } from '../domain/message.ts';
import { text } from '../domain/money.ts';
import { refOf } from '../kinds/reference.ts';
import { bookWhatIsDue, type DueBooked } from '../services/jobs/monthly-expenses.ts';
import type { ReadScope, WriteScope } from '../store/scope.ts';
import type { Tool } from '../tools/define-tool.ts';
import type { Session } from './session.ts';

/** Ends a call before it did anything, since something has to be booked first. */
class Due extends Error {}

/** What was booked before a call that failed. */
const BOOKED_BEFORE = new WeakMap<object, readonly DueRow[]>();

export function bookedBefore(error: unknown): readonly DueRow[] {
  return typeof error === 'object' && error !== null ? (BOOKED_BEFORE.get(error) ?? []) : [];
}

/**
 * @param attempt the call; it checks each scope that it opens before anything else
 * @returns its result, and what was booked before it
 */
export async function onceBooked<T>(
  session: Session,
  tool: Tool,
  attempt: (check: (scope: ReadScope) => void) => Promise<T>,
): Promise<{ readonly result: T; readonly due: readonly DueRow[] }> {
  const check = (scope: ReadScope) => {
    if (scope.dueOn !== null && scope.dueOn <= scope.today && books(session, tool, scope))
      throw new Due('something is due');
  };
  try {
    return { result: await attempt(check), due: [] };
  } catch (error) {
    if (!(error instanceof Due)) throw error;
  }
  const due = await book(session);
  try {
    return { result: await attempt(() => undefined), due };
  } catch (error) {
    if (typeof error === 'object' && error !== null) BOOKED_BEFORE.set(error, due);
    throw error;
  }
}

function books({ role, scopes, readOnly, store }: Session, { booksDue }: Tool, { account }: ReadScope): boolean {
  const maySee = role !== 'crew' && scopes.has('costs:read') && planHas(account.plan, 'expenses');
  return booksDue === true && maySee && !readOnly && !store.isReadOnly;
}

async function book(session: Session): Promise<readonly DueRow[]> {
  const author = { actor: 'jobwright', client: 'jobwright', tool: 'monthly' };
  const work = async (scope: WriteScope) => {
    const done = await bookWhatIsDue(scope);
    return { done, rows: dueRows(done, scope.account), currency: scope.account.currency };
  };
  const { rows } = await session.store.write(session.accountId, author, work, summaryOf);
  return rows;
}

function summaryOf({ done, currency }: { readonly done: DueBooked; readonly currency: string }) {
  const booked = done.booked.flatMap(({ monthly, booked: some }) =>
    some.map(({ id, description, amount, spentOn }) => ({
      ...{ expense: refOf('expense', id), monthly: refOf('monthly_expense', monthly.id), description, on: spentOn },
      amount: text(amount, currency),
    })),
  );
  return says('log.due-booked', { booked });
}
