// Expenses over all jobs in words.
import type { ExpenseList } from '../views/internal/expense-list.ts';
import type { Printed } from './catalogue.ts';
import { line, phrase, row, toRecord, type Block, type Phrase } from './blocks.ts';
import { expenseRowText } from './expense.ts';
import { monthlyBlocks } from './monthly-expense.ts';
import { counted, daysText, joined, listed, moreRows, samplesText, sampleText, short, some } from './format.ts';

/** Ways to write one vendor that are named before the rest is counted. */
const SHOWN_VENDORS = 5;
const LONGEST_VENDOR = 60;

export function expenseListBlocks(list: Printed<ExpenseList>): Block[] {
  const { totals, currency, count, nextCursor, sums } = list;
  const about = aboutText(list);
  const { warnings = [], monthly = [] } = list;
  const going = monthly.flatMap(monthlyBlocks);
  if (count === 0)
    return [
      line(`No expenses match${daysText(list)}${samplesText(totals)}.`),
      ...warnings.map((each) => line(each)),
      ...going,
    ];
  const apart =
    totals.byCategory.length < 2
      ? ''
      : ` (${listed(totals.byCategory.map((each) => `${each.category} ${each.spent}`))})`;
  const all = `${counted(count, 'expense')}${about}${samplesText(totals)}: ${totals.spent} ${currency} in all${apart}${besidesText(totals)}`;
  if (sums === undefined)
    return [
      line(`${all}.`),
      ...list.expenses.map((expense) => row(listedText(expense))),
      ...moreRows(list.expenses.length, count, nextCursor),
      ...going,
      ...warnings.map((each) => line(each)),
    ];
  return [
    line(`${all}. By ${list.by ?? ''}:`),
    ...sums.map((sum) => row(phrase`${sumText(sum, list.by)}: ${sum.spent}, ${counted(sum.expenses, 'expense')}`)),
    ...moreRows(sums.length, list.sumCount ?? sums.length, nextCursor),
    ...going,
    ...warnings.map((each) => line(each)),
  ];
}

/** Where more came back than was paid, so does less of the tax. */
function taxText(tax: string, cost: string): string {
  if (!tax.startsWith('-')) return `${tax} of it is tax you get back, so it cost ${cost}`;
  const size = (amount: string) => amount.replace('-', '');
  return `${size(tax)} of it is tax you no longer get back, so it ${cost.startsWith('-') ? `takes ${size(cost)} off the cost` : `cost ${cost}`}`;
}

/** What stands in the sum besides what was paid for good. */
function besidesText({ returned, reclaimableTax, cost }: ExpenseList['totals']): string {
  return listed(
    [
      returned !== undefined && `; ${returned} that came back is taken off`,
      reclaimableTax !== undefined && `; ${taxText(reclaimableTax, cost ?? '')}`,
    ],
    '',
  );
}

/** ` from ABC Supply, 2026-01-01 to 2026-03-31` */
function aboutText({ vendors, ...days }: Pick<ExpenseList, 'vendors' | 'from' | 'to'>): string {
  const names = vendors?.map((vendor) => short(vendor, LONGEST_VENDOR));
  return `${names === undefined || names.length === 0 ? '' : ` from ${some(names, SHOWN_VENDORS)}`}${daysText(days)}`;
}

function listedText({ job, customer, mayBePlannedIn, ...expense }: ExpenseList['expenses'][number]): Phrase {
  const on = job === null ? 'overhead' : phrase`on ${toRecord(job.ref)} ${job.name}`;
  const doubt =
    mayBePlannedIn !== undefined &&
    phrase`on top of the plan, but may already be planned in ${joined(mayBePlannedIn.map(toRecord))}`;
  return joined([expenseRowText(expense), on, customer?.name, doubt]);
}

type Sum = NonNullable<ExpenseList['sums']>[number];

function sumText(sum: Sum, by: ExpenseList['by']): Phrase {
  if (sum.key === null) return by === 'job' || by === 'customer' ? 'overhead, on no job' : `no ${by ?? 'name'}`;
  if (sum.name === undefined) return sum.key;
  return phrase`${toRecord(sum.key)} ${sum.name}${sampleText(sum)}`;
}
