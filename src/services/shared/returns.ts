// Where suppliers gave back more on a job than was bought there, as its records stand.
import { returnedBeyond, type ReturnedBeyond } from '../../domain/cost.ts';
import { countedQuotes } from '../../domain/profit.ts';
import type { ReadScope } from '../../store/scope.ts';

/** None where the job is gone. */
export async function returnsBeyond(scope: ReadScope, jobId: number): Promise<ReturnedBeyond[]> {
  const ledger = (await scope.jobs.find(jobId))?.ledger;
  if (ledger === undefined) return [];
  if (ledger.expenses.every(({ amount, allocatedLineId }) => amount > 0 || allocatedLineId === null)) return [];
  const counted = countedQuotes(ledger).quotes;
  const others = ledger.quotes.filter((quote) => !counted.includes(quote));
  const linesOf = (quotes: typeof counted) => quotes.flatMap(({ lines }) => lines);
  return returnedBeyond({ counted: linesOf(counted), others: linesOf(others) }, ledger.expenses);
}
