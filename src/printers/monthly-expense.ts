// Overhead that comes every month, in words.
import type { DueRow, MonthlyRow } from '../views/internal/monthly-expense.ts';
import { line, phrase, toRecord, type Block, type Phrase } from './blocks.ts';
import { joined } from './format.ts';

export function monthlyRowText({
  ref,
  description,
  amount,
  category,
  vendor,
  nextOn,
  until,
  reclaimableTax,
}: MonthlyRow): Phrase {
  const when = nextOn === null ? 'ended' : `next on ${nextOn}`;
  const details = joined([
    category,
    vendor,
    reclaimableTax !== undefined && `${reclaimableTax} of it tax to reclaim`,
    when,
    until !== null && nextOn !== null && `until ${until}`,
  ]);
  return phrase`${toRecord(ref)} ${description}: ${amount} every month (${details})`;
}

/** What stands below an answer. */
export function dueBlocks(rows: readonly DueRow[]): Block[] {
  return rows.map(({ ref, monthly, description, amount, on, waits }) =>
    waits === true
      ? line(
          phrase`${toRecord(monthly)} ${description}, ${amount}, was due on ${on}, which lies in closed months: it is not booked and waits.`,
          {
            next: ` Give ${monthly} the day on which it goes on: update-job-expense with expense ${monthly} and spentOn.`,
          },
        )
      : line(
          phrase`Booked by itself, as every month: ${toRecord(ref ?? '')} ${description}, ${amount}, ${on} (${toRecord(monthly)})`,
        ),
  );
}
