// The profit of a job in words, in short, and explained record by record.
import type { Printed } from './catalogue.ts';
import type { ProfitHidden } from '../domain/account.ts';
import type { Explanation, FIGURES, Plan, ProfitCard } from '../views/internal/profit-summary.ts';
import { heading, line, note, phrase, row, sum, toRecord, type Block, type Phrase, type SumRow } from './blocks.ts';
import { counted, listed, some } from './format.ts';

type Figures = { profit: string; marginPercent: number | null; warnings?: Doubted['warnings'] } & Summed;
export type Doubted = { readonly warnings: readonly { readonly code: Warning }[] };
/** With what it is about. */
export type DoubtAbout = Pick<Printed<ProfitCard>['warnings'][number], 'code' | 'over'> & {
  readonly refs: readonly string[];
};
/** What a sum over many jobs says of those whose cost nobody knows. */
export type Summed = { readonly jobs?: number; readonly unknownCost?: number | undefined };
type Warning = ProfitCard['warnings'][number]['code'];

/** `profit 4080.00 USD (37.8 %)`: for a list. */
export function profitInShort({ profit, marginPercent, warnings = [], ...summed }: Figures): string {
  if (costIsUnknown({ warnings })) return `profit ${profit} (cost not known)`;
  const doubt = unknownText(summed);
  // All of it is profit nowhere: where it looks so, nobody said what something costs.
  const isKnown = doubt === '' || (summed.jobs !== 1 && (marginPercent ?? 0) < 100);
  const margin = marginPercent === null || !isKnown ? '' : `${marginPercent} %`;
  const both = listed([margin, doubt], ', but ');
  return `profit ${profit}${both === '' ? '' : ` (${both})`}`;
}

/** `the cost of 2 of these is not known` */
export function unknownText({ jobs, unknownCost = 0 }: Summed): string {
  if (unknownCost === 0) return '';
  return jobs === 1 ? 'cost not known' : `the cost of ${unknownCost} of these is not known`;
}

/** In place of a margin of 100 % over many jobs, or of a part of one: its cost may be spent later, or stand apart. */
export const NO_COST = 'no cost in it, so its margin is not known';

const MOST_REFS = 3;

/** `E-4 may already be planned in Q-3/1`: by the numbers alone, for a list. */
export function doubtInShort({ code, refs, over = [] }: DoubtAbout): string {
  const lines = some(refs.filter(isLine), MOST_REFS);
  const others = some(
    refs.filter((ref) => !isLine(ref)),
    MOST_REFS,
  );
  switch (code) {
    case 'several_open_quotes':
      return `${others} are open at once`;
    case 'possible_double_count':
      return `${others} may already be planned in ${lines}`;
    case 'unknown_cost':
      return refs.length === 0 ? 'no cost is recorded' : `what ${lines} costs is not known`;
    case 'over_plan':
      return `spending is ahead of the plan ${some(
        over.map(({ by, category, lines: on }) => `by ${by} on ${category ?? some(on, MOST_REFS)}`),
        MOST_REFS,
      )}`;
  }
}

function isLine(ref: string): boolean {
  return ref.includes('/');
}

/** A margin is none where nobody said what something costs. */
export function costIsUnknown({ warnings }: Doubted): boolean {
  return warnings.some(({ code }) => code === 'unknown_cost');
}

/** Null where there is no margin to tell, nor a doubt of it. @property isMargin that it is no doubt alone */
function marginTold(profit: Doubted & Summed, percent: number | null): { value: string; isMargin: boolean } | null {
  if (costIsUnknown(profit)) return { value: 'not known, since a cost is not', isMargin: true };
  const doubt = unknownText(profit);
  if (percent === null || (doubt !== '' && percent >= 100))
    return doubt === '' ? null : { value: doubt, isMargin: false };
  if (profit.jobs !== undefined && percent >= 100) return { value: NO_COST, isMargin: false };
  return { value: listed([`${percent} %`, doubt], ', but '), isMargin: true };
}

/** @param without says why there is none */
export function marginText(profit: Doubted & Summed, percent: number | null, without: string): string {
  const told = marginTold(profit, percent);
  if (told === null) return without;
  return told.isMargin ? `margin ${told.value}` : told.value;
}

/** The same as a row of a table. */
export function marginRows(name: string, profit: Doubted & Summed, percent: number | null): SumRow[] {
  const told = marginTold(profit, percent);
  return told === null ? [] : [{ name, value: told.value, isResult: false }];
}

/** @param before opens the first line of it in a text */
export function profitSummaryBlocks(profitSummary: Printed<ProfitCard> & Summed, before: Phrase = ''): Block[] {
  const margin = marginText(profitSummary, profitSummary.marginPercent, 'no margin yet, nothing is billed');
  return [
    sum(rowsOf(profitSummary), [
      phrase`${before}Profit ${profitSummary.profit} ${profitSummary.currency}, ${margin}`,
      `= billed ${profitSummary.billed} − cost of work ${profitSummary.costOfWork} − expenses ${profitSummary.expenses}`,
    ]),
    ...asideBlocks(profitSummary),
  ];
}

/** What stands beside a profit: where its costs come from, drafts, tax and doubts. */
export function asideBlocks(profitSummary: Printed<ProfitCard>): Block[] {
  const basis = BASIS_WORDS[profitSummary.costBasis];
  return [
    ...(basis === null ? [] : [line(basis)]),
    ...(isNotZero(profitSummary.notBilledYet) ? [line(`Drafts not billed yet: ${profitSummary.notBilledYet}`)] : []),
    ...(isNotZero(profitSummary.taxBilled)
      ? [line(`Sales tax billed on top (not yours): ${profitSummary.taxBilled}`)]
      : []),
    ...profitSummary.warnings.map(({ message }) => note(message)),
  ];
}

function rowsOf(profitSummary: Printed<ProfitCard> & Summed): SumRow[] {
  const { billed, costOfWork, expenses, profit, marginPercent, currency } = profitSummary;
  return [
    { name: 'Billed', value: `${billed} ${currency}`, isResult: false },
    { name: '− cost of work', value: costOfWork, isResult: false },
    { name: '− expenses', value: expenses, isResult: false },
    { name: '= profit', value: `${profit} ${currency}`, isResult: true },
    ...marginRows('Margin', profitSummary, marginPercent),
  ];
}

const BASIS_WORDS: Readonly<Record<Printed<ProfitCard>['costBasis'], string | null>> = {
  accepted: null,
  open: 'Cost of work is planned from open quotes; no quote is accepted yet.',
  spent: 'The job is cancelled: only what was really spent counts as cost of work.',
  none: null,
  mixed: 'Cost of work is partly from accepted quotes, partly from open ones.',
};

export function isNotZero(amount: string): boolean {
  return /[1-9]/.test(amount);
}

export function hiddenText(why: ProfitHidden | undefined): string {
  return why === 'scope'
    ? 'Costs and profit are hidden: this assistant was not granted costs:read. Sign in again and allow it to see them.'
    : 'Profit is part of the Pro plan.';
}

export function planBlocks(plan: NonNullable<Plan>): Block[] {
  if (plan.length === 0) return [];
  return [
    heading('Plan by category (planned / spent / left)'),
    ...plan.map(({ category, planned, spent, left }) => row(`${category}: ${planned} / ${spent} / ${left}`)),
  ];
}

export function explanationBlocks(explanation: Printed<Explanation>): Block[] {
  const covered = new Map(
    explanation.lines
      .filter((each) => each.coveredBy.length > 0)
      .map(({ ref, planned, spent }) => [ref, ` (planned ${planned}, spent ${spent})`]),
  );
  const section = (title: string, figure: (typeof FIGURES)[number]): Block[] => {
    const entries = explanation[figure] ?? [];
    const more = explanation.more?.find((each) => each.figure === figure);
    const count = entries.length + (more?.records ?? 0);
    if (count === 0) return [line(`${title}: no records`)];
    return [
      line(`${title}: ${counted(count, 'record')}`),
      ...entries.map(({ ref, what, amount }) =>
        row(phrase`${toRecord(ref)} ${what}: ${amount}${covered.get(ref) ?? ''}`),
      ),
      ...(more === undefined ? [] : [row(`and ${more.records} more: ${more.amount}`)]),
    ];
  };
  return [
    ...section('Billed', 'billed'),
    ...((explanation.leftToBill ?? []).length === 0 ? [] : section('Left to bill', 'leftToBill')),
    ...section('Cost of work', 'costOfWork'),
    ...section('Expenses', 'expenses'),
    ...(explanation.notBilledYet.length === 0 ? [] : section('Not billed yet', 'notBilledYet')),
    ...(explanation.taxBilled.length === 0 ? [] : section('Sales tax', 'taxBilled')),
    line(
      explanation.expected === undefined
        ? `Profit: ${explanation.profit}`
        : `Expected profit = billed + left to bill − cost of work − expenses: ${explanation.expected}`,
    ),
  ];
}
