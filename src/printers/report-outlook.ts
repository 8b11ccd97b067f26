// A row of a profit report in words: a running job by where it heads, one not sold by what it makes if they accept, a
// finished one by what it made; where a row mixes, what of it is running stands behind.
import type { ProfitReport } from '../views/internal/report.ts';
import type { Printed } from './catalogue.ts';
import { counted } from './format.ts';
import { isNotZero, NO_COST, profitInShort } from './profit-summary.ts';

type Row = Printed<ProfitReport>['rows'][number];
type Running = Row['running'];

const LEAST = ', of several open quotes the one that makes least';

/** Nothing in the row is finished, so that what it made so far is no result. */
export function leadsWithForecast({ jobs, running, forecast }: Row, isWhole: boolean): boolean {
  return forecast !== undefined || (isWhole && running?.jobs === jobs);
}

/** @param isWhole whether the sums are of whole jobs, and not of a period */
export function madeText(each: Row, profit: string, isWhole: boolean): string {
  const { marginPercent, unknownCost, jobs, billed, forecast, running } = each;
  // What of a period has no cost in it may get some, or be moved: its words are to be the same then.
  const isBare = marginPercent !== null && marginPercent >= 100 && (!isWhole || unknownCost === undefined);
  const made = isBare ? `profit ${profit} (${NO_COST})` : profitInShort({ profit, marginPercent, jobs, unknownCost });
  const sofar = isWhole ? `earned by what is billed: ${made}` : `in the period ${made}, billed ${billed}`;
  if (forecast !== undefined)
    return forecast.sold ? runningJobText(each, forecast, sofar, isWhole) : unsoldText(each, forecast, sofar);
  if (running === undefined) return `${made}, billed ${billed}`;
  if (!leadsWithForecast(each, isWhole)) return `${wholeText(each)}${isWhole ? sofar : made}, billed ${billed}`;
  const others = running.expectedProfit === profit ? '' : `; ${sofar}`;
  return `${expectedText(running)}, billed ${billed}, ${running.leftToBill} left to bill${others}`;
}

type Forecast = NonNullable<Row['forecast']>;

function runningJobText(
  { unknownCost, billed, profit }: Row,
  { expectedProfit, expectedMarginPercent: margin, leftToBill, undecided }: Forecast,
  sofar: string,
  isWhole: boolean,
): string {
  const billedText = isWhole ? `, billed ${billed}` : '';
  if (expectedProfit === null) return `running, a price is not known yet${billedText}; ${sofar}`;
  const whole = profitInShort({ profit: expectedProfit, marginPercent: margin, jobs: 1, unknownCost });
  const expected = isWhole || margin === null || unknownCost !== undefined ? whole : `${margin} %`;
  const left = isWhole || isNotZero(leftToBill ?? '') ? `, ${leftToBill ?? ''} left to bill` : '';
  const about = `${isWhole ? '' : ' as a whole'}${billedText}${left}${undecided === true ? LEAST : ''}`;
  return `expected ${expected}${about}${isWhole && expectedProfit === profit ? '' : `; ${sofar}`}`;
}

function unsoldText(
  { unknownCost, profit }: Row,
  { contract, expectedProfit, expectedMarginPercent, undecided }: Forecast,
  sofar: string,
): string {
  const spent = isNotZero(profit ?? '') ? `; ${sofar}` : '';
  if (expectedProfit === null) return `not sold, a price is not known yet${spent}`;
  if (contract === null || !isNotZero(contract)) return `not sold, nothing quoted yet${spent}`;
  const made = profitInShort({ profit: expectedProfit, marginPercent: expectedMarginPercent, jobs: 1, unknownCost });
  return `not sold, quoted ${contract}: ${made} if accepted${undecided === true ? LEAST : ''}${spent}`;
}

/** `profit 4400.00 in all (750.00 of jobs not running + 3650.00 expected of those that are); ` */
function wholeText({ whole, running }: Row): string {
  if (whole === undefined || running === undefined) return '';
  const { profit, notRunning } = whole;
  const parts = `${notRunning} of jobs not running + ${running.expectedProfit} expected of those that are`;
  return `profit ${profit} in all (${parts}); `;
}

function expectedText({ expectedProfit, expectedMarginPercent, ...running }: NonNullable<Running>): string {
  return `expected ${profitInShort({ ...running, profit: expectedProfit, marginPercent: expectedMarginPercent })}`;
}

/** `; 2 of them still running: expected profit 3187.59 (29.5 %), 7560.00 left to bill` */
export function runningText({ running, jobs }: Pick<Row, 'jobs' | 'running'>, isWhole: boolean): string {
  if (running === undefined) return '';
  const { leftToBill, unpriced, expectedMarginPercent: margin, unknownCost } = running;
  const which = running.jobs === jobs ? 'still running' : `${running.jobs} of them still running`;
  const isDoubted = unknownCost !== undefined;
  const expected = isWhole || margin === null || isDoubted ? expectedText(running) : `expected ${margin} %`;
  const left = isWhole || isNotZero(leftToBill) ? `, ${leftToBill} left to bill` : '';
  const without = unpriced === undefined ? '' : `, without ${counted(unpriced, 'job')} with a price not known yet`;
  return `; ${which}: ${expected} as a whole${left}${without}`;
}
