// Derived rows: recomputed from the books in the write that changed them, never edited.
import type { CalendarDate } from '../../domain/dates.ts';
import type { Flag } from '../flag.ts';

/** Of a job, and summed over several: what it adds to totals of where jobs are heading. */
type ForecastSumsRow = {
  /** All expenses. */
  spent: number;
  /** These are 0 where a price is not known. */
  contract: number;
  left_to_bill: number;
  to_credit: number;
  cost_to_come: number;
  expected_revenue: number;
  expected_profit: number;
  /** 1 where a price is not known, and where several originals are open, of which totals count one. */
  unpriced: number;
  undecided: number;
  /** 1 where nobody said what something costs. */
  unknown_cost: number;
};

/** Derived: a job's profit summary and plan as the domain computes them, with what listing and totals filter and sort by. */
export type JobRollupRow = ForecastSumsRow & {
  account_id: number;
  job_id: number;
  is_sample: Flag;
  customer_id: number;
  status: string;
  billing: string;
  cost_basis: string;
  billed: number;
  cost_of_work: number;
  expenses: number;
  /** The two as sums over jobs count them: where several quotes are open, with the cost of one alone. */
  cost_in_totals: number;
  expenses_in_totals: number;
  profit: number;
  margin_tenths: number | null;
  not_billed_yet: number;
  tax_billed: number;
  /** The part of what it costs in totals that no invoice carries yet. */
  cost_not_yet_billed: number;
  /** The part of that which is of the expenses. */
  expenses_not_yet_billed: number;
  /** What is billed less what it cost that is billed: what all its days together made. */
  profit_to_date: number;
  warnings: string;
  plan: string;
  standing: string;
  /** By what lists order it: what a finished job made, what any other is heading for. */
  ranked_profit: number | null;
  ranked_margin_tenths: number | null;
  /** What of its forecast no sum is made of. */
  forecast: string;
  /** When it was completed, else worked on or billed last, else begun. */
  last_on: string;
};

/** Derived: what a job made on a day. A job's rows, with its cost not yet billed, add up to its profit summary. */
export type JobDayRow = {
  account_id: number;
  day: CalendarDate;
  job_id: number;
  is_sample: Flag;
  customer_id: number;
  status: string;
  billed: number;
  cost_of_work: number;
  expenses: number;
  /** What of these sums changes since have made of closed months. */
  from_closed_billed: number;
  from_closed_cost_of_work: number;
  from_closed_expenses: number;
};

/** Derived: what a job planned to spend and spent on a kind of cost, as its plan says. */
export type JobPlanRow = {
  account_id: number;
  job_id: number;
  category: string;
  planned: number;
  spent: number;
  /** What its lines that are over are over by together, and which these are. */
  lines_over_by: number;
  lines_over: string;
};

/** Derived: what an issued invoice still has open. */
export type InvoiceRollupRow = {
  account_id: number;
  invoice_id: number;
  is_sample: Flag;
  customer_id: number;
  paid: number;
  credited: number;
  balance: number;
  due_on: CalendarDate | null;
};

/** Derived: the sums of job_figures, a row per way to slice them. */
export type AccountTotalsRow = ForecastSumsRow & {
  account_id: number;
  is_sample: Flag;
  status: string;
  billing: string;
  cost_basis: string;
  jobs: number;
  billed: number;
  cost_of_work: number;
  expenses: number;
  not_billed_yet: number;
  tax_billed: number;
  cost_not_yet_billed: number;
  expenses_not_yet_billed: number;
  standing: string;
};

/** Derived: what invoices on no job come to, credit notes among them. */
export type OutsideTotalsRow = {
  account_id: number;
  is_sample: Flag;
  /** Issued ones; the sums of drafts stand apart. */
  invoices: number;
  billed: number;
  tax: number;
  drafts: number;
};

/** Derived: the words by which a record can be named; a full name stands as one entry that begins with `=`. */
export type TermRow = { account_id: number; kind: string; word: string; is_sample: Flag; record_id: number };

/** Derived: shortened forms of every known word, by which mistyped ones are found. */
export type SpellingRow = { account_id: number; variant: string; word: string };
