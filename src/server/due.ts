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

/** What was booked before a call that failed. */
const BOOKED_BEFORE = new WeakMap<object, readonly DueRow[]>();

export function bookedBefore(error: unknown): readonly DueRow[] {
  return typeof error === 'object' && error !== null ? (BOOKED_BEFORE.get(error) ?? []) : [];
}

/** Whether a call has to end before it did anything, since something has to be booked first. */
export type Stops = (scope: ReadScope) => Promise<boolean>;

/**
 * @param attempt the call; it asks of each scope that it opens before anything else, and is null where it was stopped
 * @returns its result, and what was booked before it, or is due and was not
 */
export async function onceBooked<T>(
  session: Session,
  tool: Tool,
  attempt: (stops: Stops) => Promise<{ readonly done: T } | null>,
): Promise<{ readonly result: T; readonly due: readonly DueRow[] }> {
  let due: readonly DueRow[] = [];
  const first = await attempt(async (scope) => {
    if (!maySee(session, tool, scope)) return false;
    if (isDue(scope) && mayWrite(session)) return true;
    if (isDue(scope) || (tool.ofOverhead === true && waits(scope))) due = await unbooked(session, scope);
    return false;
  });
  if (first !== null) return { result: first.done, due };
  due = await book(session, tool);
  try {
    const second = await attempt(async () => false);
    if (second === null) throw new Error('a call stopped that had nothing to stop for');
    return { result: second.done, due };
  } catch (error) {
    if (typeof error === 'object' && error !== null) BOOKED_BEFORE.set(error, due);
    throw error;
  }
}

function isDue({ dueOn, today }: ReadScope): boolean {
  return dueOn !== null && dueOn <= today;
}

/** What waits for a month to be opened is told where overhead is, not at every call; no write can book it. */
function waits({ waitsSince, today }: ReadScope): boolean {
  return waitsSince !== null && waitsSince <= today;
}

async function unbooked(session: Session, scope: ReadScope): Promise<readonly DueRow[]> {
  const due = await monthlyExpenses(scope, { upTo: scope.today });
  return mayWrite(session)
    ? dueRows({ booked: [], waiting: due.map((monthly) => ({ monthly })) }, scope.account)
    : unbookedRows(due, scope.account);
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
