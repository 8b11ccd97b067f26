// What comes every month books itself at the first call on or after its day that could tell of it: a change of its own,
// before that call, by nobody, so that a call that only reads, and one that was granted no more, has it too. Whoever may
// not see costs, and a tool that shows none, leaves it to the next that may. Where nothing is written, what is due is told.
import type { DueRow } from '../views/internal/monthly-expense.ts';
import { dueRows, unbookedRows } from '../views/internal/monthly-expense.ts';
import { planHas } from '../domain/plans.ts';
import { says } from '../domain/message.ts';
import { text } from '../domain/money.ts';
import { refOf } from '../kinds/reference.ts';
import { bookWhatIsDue, type DueBooked } from '../services/jobs/monthly-expenses.ts';
import { monthlyExpenses } from '../store/books/monthly-expenses.ts';
import type { ReadScope, WriteScope } from '../store/scope.ts';
import { mayShowCosts } from '../tools/authority.ts';
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
 * @returns its result, and what was booked before it, or is due and was not
 */
export async function onceBooked<T>(
  session: Session,
  tool: Tool,
  attempt: (check: (scope: ReadScope) => Promise<void>) => Promise<T>,
): Promise<{ readonly result: T; readonly due: readonly DueRow[] }> {
  let unbooked: readonly DueRow[] = [];
  const check = async (scope: ReadScope) => {
    if (!isDue(tool, scope) || !maySee(session, tool, scope)) return;
    if (mayWrite(session)) throw new Due('something is due');
    unbooked = unbookedRows(await monthlyExpenses(scope, { upTo: scope.today }), scope.account);
  };
  try {
    return { result: await attempt(check), due: unbooked };
  } catch (error) {
    if (!(error instanceof Due)) throw error;
  }
  const due = await book(session, tool);
  try {
    return { result: await attempt(async () => undefined), due };
  } catch (error) {
    if (typeof error === 'object' && error !== null) BOOKED_BEFORE.set(error, due);
    throw error;
  }
}

/** What waits for a month to be opened is told where overhead is, not at every call. */
function isDue({ ofOverhead }: Tool, { dueOn, waitsSince, today }: ReadScope): boolean {
  return (dueOn !== null && dueOn <= today) || (ofOverhead === true && waitsSince !== null && waitsSince <= today);
}

/** Crew have tools of their own, which show none. */
function maySee({ scopes }: Session, tool: Tool, { account }: ReadScope): boolean {
  return mayShowCosts(tool) && scopes.has('costs:read') && planHas(account.plan, 'expenses');
}

function mayWrite({ readOnly, store }: Session): boolean {
  return !readOnly && !store.isReadOnly;
}

async function book(session: Session, { ofOverhead }: Tool): Promise<readonly DueRow[]> {
  const author = { actor: 'jobwright', client: 'jobwright', tool: 'monthly' };
  const work = async (scope: WriteScope) => {
    const done = await bookWhatIsDue(scope);
    return { done, rows: dueRows(done, scope.account), currency: scope.account.currency };
  };
  const { rows } = await session.store.write(session.accountId, author, work, summaryOf);
  return rows.filter(({ waits }) => ofOverhead === true || waits !== true);
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
