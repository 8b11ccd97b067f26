// The columns of derived rows, in the order in which they are compared and written.
import { FORECAST_COLUMNS } from './forecast-rows.ts';
import type { InvoiceRollupRow, JobDayRow, JobPlanRow, JobRollupRow } from './rows.ts';

export const ROLLUP_COLUMNS = [
  'account_id',
  'job_id',
  'is_sample',
  'customer_id',
  'status',
  'billing',
  'cost_basis',
  'billed',
  'cost_of_work',
  'expenses',
  'cost_in_totals',
  'expenses_in_totals',
  'profit',
  'margin_tenths',
  'not_billed_yet',
  'tax_billed',
  'cost_not_yet_billed',
  'expenses_not_yet_billed',
  'profit_to_date',
  'warnings',
  'plan',
  ...FORECAST_COLUMNS,
  'last_on',
] as const satisfies readonly (keyof JobRollupRow)[];

export const DAY_COLUMNS = [
  ...(['account_id', 'day', 'job_id', 'is_sample', 'customer_id', 'status'] as const),
  ...(['billed', 'cost_of_work', 'expenses'] as const),
  ...(['from_closed_billed', 'from_closed_cost_of_work', 'from_closed_expenses'] as const),
] as const satisfies readonly (keyof JobDayRow)[];

export const PLAN_COLUMNS = [
  ...(['account_id', 'job_id', 'category', 'planned', 'spent', 'lines_over_by', 'lines_over'] as const),
] as const satisfies readonly (keyof JobPlanRow)[];

export const INVOICE_COLUMNS = [
  ...(['account_id', 'invoice_id', 'is_sample', 'customer_id'] as const),
  ...(['paid', 'credited', 'balance', 'due_on'] as const),
] as const satisfies readonly (keyof InvoiceRollupRow)[];
