// Overhead that comes every month, in words.
import type { DueRow, MonthlyRow } from '../views/internal/monthly-expense.ts';
import { line, next, phrase, row, toRecord, type Block, type Phrase } from './blocks.ts';
import { joined } from './format.ts';

function monthlyRowText({
  ref,
  description,
  amount,
  category,
  vendor,
  nextOn,
  until,
  reclaimableTax,
  waits,
  later,
}: MonthlyRow): Phrase {
  const due = waits === undefined ? `next on ${nextOn}` : `waits: ${nextOn} lies in closed months`;
  const when = nextOn === null ? 'ended' : due;
  const details = joined([
    category,
    vendor,
    reclaimableTax !== undefined && `${reclaimableTax} of it tax to reclaim`,
    when,
    until !== null && nextOn !== null && `until ${until}`,
  ]);
  return phrase`${toRecord(ref)} ${description}: ${amount} every month${laterText(later)} (${details})`;
}

function laterText(later: MonthlyRow['later']): string {
  if (later === undefined) return '';
  const { from, amount, reclaimableTax: tax } = later;
  return `, ${amount} from ${from} on${tax === undefined ? '' : `, ${tax} of it tax to reclaim`}`;
}

/** A row of it, with how it goes on where it waits. */
export function monthlyBlocks(monthly: MonthlyRow): Block[] {
  const { ref, waits } = monthly;
  return [row(monthlyRowText(monthly)), ...(waits === undefined ? [] : [next(goesOn(ref, waits.goesOnFrom))])];
}

function goesOn(monthly: string, from: string | null | undefined): string {
  return typeof from === 'string'
    ? `From ${from}? update-job-expense with expense ${monthly} and spentOn ${from}.`
    : `All its days lie there: end it with update-job-expense, expense ${monthly} and remove, or give it a later until.`;
}

/** What stands below an answer. */
export function dueBlocks(rows: readonly DueRow[]): Block[] {
  return rows.map((due) => {
    const { ref, monthly, description, amount, on } = due;
    const what = phrase`${toRecord(monthly)} ${description}, ${amount}`;
    if (due.readOnly === true)
      return line(
        phrase`${what}, is due since ${on} and not booked, since nothing is written here: no sum above has it.`,
      );
    if (due.waits === true)
      return line(phrase`${what}, was due on ${on}, which lies in closed months: it is not booked and waits.`, {
        next: ` ${goesOn(monthly, due.goesOnFrom)}`,
      });
    return line(
      phrase`Booked by itself, as every month: ${toRecord(ref ?? '')} ${description}, ${amount}, ${on} (${toRecord(monthly)})`,
    );
  });
}
