// The profit strip for its owner: as data, in words, and explained record by record.
import type { ProfitHidden, Seen } from '../../domain/account.ts';
import type { PlanRow } from '../../domain/plan-and-actual.ts';
import type { Entry, Reckoning, Strip, TotalStrip } from '../../domain/profit.ts';
import { sumUp } from '../../domain/money.ts';
import { fitting } from '../../domain/room.ts';
import { cut } from '../../domain/text.ts';
import { counted, shown, type Money, type Sent } from './words.ts';

/** One decimal; null where nothing is billed. */
export function marginOut(tenths: number | null): number | null {
  return tenths === null ? null : tenths / 10;
}

export function stripOut(strip: Strip | (TotalStrip & { warnings: Strip['warnings'] }), money: Money) {
  return {
    billed: shown(strip.billed, money),
    costOfWork: shown(strip.costOfWork, money),
    expenses: shown(strip.expenses, money),
    profit: shown(strip.profit, money),
    marginPercent: marginOut(strip.marginTenths),
    currency: money.currency,
    costBasis: strip.costBasis,
    notBilledYet: shown(strip.notBilledYet, money),
    taxBilled: shown(strip.taxBilled, money),
    warnings: strip.warnings.map((warning) => warningOut(warning, money)),
  };
}

/** The domain leaves amounts out of its messages, since it does not know the currency. */
function warningOut({ code, message, refs, over = [] }: Strip['warnings'][number], money: Money) {
  const figures = over.map(
    ({ what, open, planned, spent }) =>
      `${what}: ${shown(spent, money)} spent of ${shown(planned, money)} planned, ${open}`,
  );
  return { code, message: figures.length === 0 ? message : `${figures.join('; ')}. ${message}`, refs: [...refs] };
}
export type StripOut = Sent<ReturnType<typeof stripOut>>;

/** The strip, or null with the reason where it is hidden. */
export function profitOut(
  strip: Strip,
  account: Seen,
): { profit: ReturnType<typeof stripOut> | null; profitHidden?: ProfitHidden } {
  return account.profitHidden === null
    ? { profit: stripOut(strip, account) }
    : { profit: null, profitHidden: account.profitHidden };
}

type Figures = { profit: string; marginPercent: number | null };

/** `profit 4080.00 USD (37.8 %)`: for a list. */
export function profitInShort({ profit, marginPercent }: Figures): string {
  return `profit ${profit}${marginPercent === null ? '' : ` (${marginPercent} %)`}`;
}

export function stripText(strip: StripOut): string {
  const margin = strip.marginPercent === null ? 'no margin yet, nothing is billed' : `margin ${strip.marginPercent} %`;
  const lines = [
    `Profit ${strip.profit} ${strip.currency}, ${margin}`,
    `= billed ${strip.billed} − cost of work ${strip.costOfWork} − expenses ${strip.expenses}`,
  ];
  const basis = BASIS_WORDS[strip.costBasis];
  if (basis !== null) lines.push(basis);
  if (isNotZero(strip.notBilledYet)) lines.push(`Drafts not billed yet: ${strip.notBilledYet}`);
  if (isNotZero(strip.taxBilled)) lines.push(`Sales tax billed on top (not yours): ${strip.taxBilled}`);
  for (const warning of strip.warnings) lines.push(`Note: ${warning.message}`);
  return lines.join('\n');
}

const BASIS_WORDS: Readonly<Record<StripOut['costBasis'], string | null>> = {
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

export function planOut(plan: readonly PlanRow[], money: Money) {
  return plan.map(({ category, planned, spent, left }) => ({
    category,
    planned: shown(planned, money),
    spent: shown(spent, money),
    left: shown(left, money),
  }));
}

export function planText(plan: Sent<ReturnType<typeof planOut>>): string[] {
  if (plan.length === 0) return [];
  const rows = plan.map(({ category, planned, spent, left }) => `- ${category}: ${planned} / ${spent} / ${left}`);
  return ['Plan by category (planned / spent / left):', ...rows];
}

/** Records of one figure; what goes beyond the room is summed up. */
function entriesOut<B extends string>(list: readonly Entry<B>[], money: Money) {
  const shownHere = list.slice(0, fitting(list, ROOM_OF_FIGURE, LONGEST_WHAT));
  const rest = list.slice(shownHere.length);
  return {
    entries: shownHere.map(({ ref, what, amount }) => ({
      ref,
      what: cut(what, LONGEST_WHAT),
      amount: shown(amount, money),
    })),
    more:
      rest.length === 0
        ? null
        : { records: rest.length, amount: shown(sumUp(rest.map(({ amount }) => amount)), money) },
  };
}

const FIGURES = ['billed', 'costOfWork', 'expenses', 'notBilledYet', 'taxBilled'] as const;
const LONGEST_WHAT = 100;
const ROOM_OF_FIGURE = 2500;
const ROOM_OF_LINES = 8000;

export function explanationOut(reckoning: Reckoning, money: Money) {
  const figures = {
    billed: entriesOut(reckoning.billed, money),
    costOfWork: entriesOut(reckoning.costOfWork, money),
    expenses: entriesOut(reckoning.expenses, money),
    notBilledYet: entriesOut(reckoning.notBilledYet, money),
    taxBilled: entriesOut(reckoning.taxBilled, money),
  };
  const { strip } = reckoning;
  const lines = reckoning.lines.slice(0, fitting(reckoning.lines, ROOM_OF_LINES, LONGEST_WHAT));
  const more = FIGURES.flatMap((figure) => {
    const rest = figures[figure].more;
    return rest === null ? [] : [{ figure, records: rest.records, amount: rest.amount }];
  });
  return {
    lines: lines.map(({ ref, description, category, planned, spent, done, cost, coveredBy }) => ({
      ref,
      description: cut(description, LONGEST_WHAT),
      category,
      planned: shown(planned, money),
      spent: shown(spent, money),
      done,
      cost: shown(cost, money),
      coveredBy: coveredBy.map((expense) => expense.ref),
    })),
    billed: figures.billed.entries,
    costOfWork: figures.costOfWork.entries,
    expenses: figures.expenses.entries,
    notBilledYet: figures.notBilledYet.entries,
    taxBilled: figures.taxBilled.entries,
    ...(more.length === 0 ? {} : { more }),
    profit: `${shown(strip.billed, money)} − ${shown(strip.costOfWork, money)} − ${shown(strip.expenses, money)} = ${shown(strip.profit, money)}`,
  };
}

type ExplanationOut = Sent<ReturnType<typeof explanationOut>>;

export function explanationText(explanation: ExplanationOut): string {
  const covered = new Map(
    explanation.lines
      .filter((line) => line.coveredBy.length > 0)
      .map(({ ref, planned, spent }) => [ref, ` (planned ${planned}, spent ${spent})`]),
  );
  const section = (title: string, figure: (typeof FIGURES)[number]) => {
    const entries = explanation[figure];
    const more = explanation.more?.find((each) => each.figure === figure);
    const rows = entries.map(({ ref, what, amount }) => `- ${ref} ${what}: ${amount}${covered.get(ref) ?? ''}`);
    if (more !== undefined) rows.push(`- and ${more.records} more: ${more.amount}`);
    return rows.length === 0
      ? `${title}: no records`
      : `${title}: ${counted(entries.length + (more?.records ?? 0), 'record')}\n${rows.join('\n')}`;
  };
  return [
    section('Billed', 'billed'),
    section('Cost of work', 'costOfWork'),
    section('Expenses', 'expenses'),
    ...(explanation.notBilledYet.length === 0 ? [] : [section('Not billed yet', 'notBilledYet')]),
    ...(explanation.taxBilled.length === 0 ? [] : [section('Sales tax', 'taxBilled')]),
    `Profit: ${explanation.profit}`,
  ].join('\n');
}
