// The profit of a job in words, in short, and explained record by record.
import type { ProfitHidden } from '../domain/account.ts';
import type { ExplanationOut, FIGURES, planRows, ProfitSummaryOut } from '../views/internal/profit-summary.ts';
import type { Sent } from '../views/internal/format.ts';
import { counted } from './format.ts';

type Figures = { profit: string; marginPercent: number | null };

/** `profit 4080.00 USD (37.8 %)`: for a list. */
export function profitInShort({ profit, marginPercent }: Figures): string {
  return `profit ${profit}${marginPercent === null ? '' : ` (${marginPercent} %)`}`;
}

export function profitSummaryText(profitSummary: ProfitSummaryOut): string {
  const margin =
    profitSummary.marginPercent === null
      ? 'no margin yet, nothing is billed'
      : `margin ${profitSummary.marginPercent} %`;
  const lines = [
    `Profit ${profitSummary.profit} ${profitSummary.currency}, ${margin}`,
    `= billed ${profitSummary.billed} − cost of work ${profitSummary.costOfWork} − expenses ${profitSummary.expenses}`,
  ];
  const basis = BASIS_WORDS[profitSummary.costBasis];
  if (basis !== null) lines.push(basis);
  if (isNotZero(profitSummary.notBilledYet)) lines.push(`Drafts not billed yet: ${profitSummary.notBilledYet}`);
  if (isNotZero(profitSummary.taxBilled)) lines.push(`Sales tax billed on top (not yours): ${profitSummary.taxBilled}`);
  for (const warning of profitSummary.warnings) lines.push(`Note: ${warning.message}`);
  return lines.join('\n');
}

const BASIS_WORDS: Readonly<Record<ProfitSummaryOut['costBasis'], string | null>> = {
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

export function planText(plan: Sent<ReturnType<typeof planRows>>): string[] {
  if (plan.length === 0) return [];
  const rows = plan.map(({ category, planned, spent, left }) => `- ${category}: ${planned} / ${spent} / ${left}`);
  return ['Plan by category (planned / spent / left):', ...rows];
}

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
