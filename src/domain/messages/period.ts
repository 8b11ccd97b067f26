import type { NoFacts } from '../message.ts';

type Line = { readonly description: string };

/** What the records behind a period's figures are. */
export type PeriodMessages = {
  'period.as-reported': NoFacts;
  'period.changed-in-earlier-months': NoFacts;
  'period.changed-in-closed-months': NoFacts;
  'period.expense-of-line': Line & { readonly ref: string; readonly line: string };
  'period.planned': Line;
  'period.planned-beyond-spent': Line;
  'report.category-is-by-job': { readonly by: string };
  'report.tax-is-of-all': NoFacts;
};
