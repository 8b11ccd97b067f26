// Closing months through a day, and opening them again.
import { parseDate, type CalendarDate } from '../../domain/dates.ts';
import { invalid, refused } from '../../domain/errors.ts';
import { leftToBill } from '../../domain/left-to-bill.ts';
import { price, type Price } from '../../domain/money.ts';
import { refOf } from '../../kinds/reference.ts';
import { checkClosed, keepClosed, letGo, waitingJobs } from '../../store/books/closing.ts';
import { changeAccount, type WriteScope } from '../../store/scope.ts';
import { amountsOf } from '../shared/amounts.ts';
import { says, type Message } from '../../domain/message.ts';

/** What the end of every write asks again. @throws Problem where it would change what is dated in a closed month */
export function checkClosedMonths({ account, journal }: WriteScope): void {
  checkClosed(account.closedThrough, journal.changes);
}

/** Jobs that are named; closing goes on without more. */
const MOST_NAMED = 20;
/** Jobs looked through for these. */
const MOST_LOOKED = 100;

/** @returns what it did, in words; nothing where the books are closed so already */
export async function closeThrough(
  scope: WriteScope,
  day: string | null,
  reason: string | undefined,
): Promise<{ readonly said: readonly Message[]; readonly through: CalendarDate | null }> {
  const before = scope.account.closedThrough;
  const through = day === null ? null : parseDate(day, 'closedThrough');
  if (through === before) return { said: [], through };
  if (through !== null && through >= scope.today)
    throw refused(says('months.not-over', { through, today: scope.today }), 'closedThrough');
  if (through !== null && (before === null || through > before)) {
    const jobs = await keepClosed(scope, before, through);
    await changeAccount(scope, { closedThrough: through });
    const kept = says('log.closed-through', { day: through, jobs });
    return { said: [kept, ...(await waiting(scope))], through };
  }
  if (reason === undefined) throw invalid('reason', says('months.opened-without-reason'));
  await letGo(scope, through);
  await changeAccount(scope, { closedThrough: through });
  return { said: [says('log.opened-again', { after: through, reason })], through };
}

/** Completed jobs with something left to bill: part of their cost is in no month. */
async function waiting(scope: WriteScope): Promise<Message[]> {
  const named: { job: string; left: string }[] = [];
  let before = Number.MAX_SAFE_INTEGER;
  for (let looked = 0; looked < MOST_LOOKED && named.length < MOST_NAMED; looked += MOST_NAMED) {
    const ids = await waitingJobs(scope, { limit: MOST_NAMED, before });
    for (const id of ids) {
      const left = await leftOn(scope, id);
      if (left > 0) named.push({ job: refOf('job', id), left: amountsOf(scope)(left) });
    }
    before = ids.at(-1) ?? Number.MIN_SAFE_INTEGER;
  }
  return named.length === 0 ? [] : [says('log.waiting-to-bill', { jobs: named.slice(0, MOST_NAMED) })];
}

async function leftOn(scope: WriteScope, jobId: number): Promise<Price> {
  // Figures may outlive their job in a damaged book.
  const job = await scope.jobs.find(jobId);
  if (job === null) return price(0);
  const { contracts, billingDoneOn } = job.ledger;
  return leftToBill(contracts, null, billingDoneOn !== null);
}
