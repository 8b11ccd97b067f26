import { short, some } from '../format.ts';
import type { Mentions, ProfitMessages } from '../../domain/messages/profit.ts';
import type { Catalogue } from '../catalogue.ts';

const FEW = 6;
/** Of what is said of a line or expense, beside others. */
const LONGEST = 80;

export const profitMessages: Catalogue<ProfitMessages> = {
  'profit.of-invoice': ({ is }) => is,
  'profit.sales-tax': () => 'sales tax',
  'profit.of-expense': ({ description, category }) => `${description} (${category})`,
  'profit.of-work': ({ description, known, by }) => {
    const expenses = some(by, FEW);
    const from = known === 'spent' ? `, ${expenses}` : by.length === 0 ? '' : `, ${expenses} so far`;
    return `${description}: ${known === 'still quoted' ? 'still the quote' : known}${from}`;
  },
  'profit.left-of': ({ title, of }) => `${title}, ${LEFT_OF[of]}`,
  'profit.several-open-quotes': ({ refs }) =>
    `${some(refs, FEW)} are open at once and their costs all count. Decline the ones that will not happen.`,
  'profit.possible-double-count': ({ expenses, lines }) => ({
    says: `${mentioned(expenses)} may already be planned in ${mentioned(lines)}.`,
    next: 'If so, link it: update-job-expense with coversLine. If it came on top, all is well.',
    instead: 'If so, have the two linked. If it came on top, all is well.',
  }),
  'profit.unknown-cost': ({ lines }) =>
    lines.count === 0
      ? {
          says: 'No cost is recorded here, so what it really made is not known.',
          next: 'Log what it cost with add-job-expense.',
          instead: 'Have what it cost logged.',
        }
      : {
          says: `What ${mentioned(lines)} costs is not known, so the profit is less than it looks.`,
          next: 'Give an open quote its unitCost with update-quote; else log the cost with add-job-expense and coversLine.',
          instead: 'Have the cost put in.',
        },
  'profit.over-plan': ({ over, more }) => ({
    says: `${over.map(overPlan).join('; ')}. ${more === 0 ? '' : `And ${more} more. `}Spending is ahead of the plan.`,
    next: 'Extra work can be billed with a change order; a line that is finished is marked so with update-quote doneLines.',
    instead: 'Extra work can be billed with a change order.',
  }),
};

type Over = ProfitMessages['profit.over-plan']['over'][number];

/** `Q-3/1 Shingles: 1500.00 spent of 1200.00 planned, not done yet` */
function overPlan({ category, lines, planned, spent, toCome }: Over): string {
  const names = some(
    lines.few.map(({ ref, description }) => `${ref} ${short(description, LONGEST)}`),
    FEW,
    lines.count,
  );
  const figures = `${spent} spent of ${planned} planned`;
  const rest = toCome === null ? '' : ` with ${toCome} still to come`;
  return category === null
    ? `${names}: ${figures}, not done yet`
    : `${category}: ${figures}${rest}, ${names} not done yet`;
}

function mentioned({ few, count }: Mentions): string {
  return some(
    few.map(({ ref, description }) => `${ref} (${short(description, LONGEST)})`),
    FEW,
    count,
  );
}

const LEFT_OF = {
  contract: 'of its contract',
  offer: 'not accepted yet',
  order: 'accepted, though the quote that it changes is not',
} as const;
