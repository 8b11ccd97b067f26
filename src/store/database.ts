// The tables, as rows come from either engine: dates and instants are ISO text, booleans 0 or 1, money whole minor
// units. Every key begins with account_id. Amounts are plain numbers here; brands are given where rows become domain.
import type { Kysely } from 'kysely';

type Flag = 0 | 1;

export type AccountRow = {
  account_id: number;
  name: string;
  address: string | null;
  phone: string | null;
  email: string | null;
  currency: string;
  time_zone: string;
  template: string;
  plan: string;
  payment_terms_days: number;
  created_at: string;
  /** Advanced by the first statement of every write, which makes writers of one account queue up. */
  change_number: number;
};

export type CustomerRow = {
  account_id: number;
  id: number;
  is_sample: Flag;
  name: string;
  phone: string | null;
  /** E.164, for finding the same number however it was written. */
  phone_key: string | null;
  email: string | null;
  email_key: string | null;
  address: string | null;
  notes: string | null;
  stage: string;
  created_at: string;
};

export type JobRow = {
  account_id: number;
  id: number;
  is_sample: Flag;
  customer_id: number;
  name: string;
  description: string | null;
  address: string | null;
  status: string;
  starts_on: string | null;
  ends_on: string | null;
  created_at: string;
};

export type JobAssigneeRow = { account_id: number; job_id: number; position: number; name: string; role: string };
export type JobNoteRow = {
  account_id: number;
  id: number;
  is_sample: Flag;
  job_id: number;
  text: string;
  change_number: number;
};

export type QuoteRow = {
  account_id: number;
  id: number;
  is_sample: Flag;
  customer_id: number;
  job_id: number | null;
  kind: string;
  status: string;
  title: string;
  notes: string | null;
  revises_id: number | null;
  /** The first original in a chain of revisions; a change order has that of the original it stands beside. */
  contract_id: number;
  subtotal: number;
  tax: number;
  total: number;
  quoted_on: string;
  created_at: string;
};

export type QuoteLineRow = {
  account_id: number;
  quote_id: number;
  position: number;
  /** The line's identity: a revision's line keeps it, so covering expenses and done marks pass on. */
  line_id: number;
  description: string;
  quantity: number;
  unit: string | null;
  unit_price: number | null;
  unit_cost: number | null;
  category: string | null;
  tax_rate: number;
  changes_line_id: number | null;
};

/** A line identity that is marked done. */
export type DoneLineRow = { account_id: number; line_id: number };

export type InvoiceRow = {
  account_id: number;
  id: number;
  is_sample: Flag;
  /** Given at issue; gapless per account. */
  number: number | null;
  customer_id: number;
  job_id: number | null;
  kind: string;
  status: string;
  notes: string | null;
  issued_on: string | null;
  due_on: string | null;
  subtotal: number;
  tax: number;
  total: number;
  void_reason: string | null;
  voided_on: string | null;
  /** The contract that it bills a share of. */
  contract_id: number | null;
  /** On a credit note: the invoice it credits. */
  credits_id: number | null;
  /** The invoice that replaced it in a correction. */
  corrected_by_id: number | null;
  created_at: string;
};

/** What an invoice bills at each tax rate, 0 included; negative on a credit note. */
export type InvoiceTaxRow = { account_id: number; invoice_id: number; tax_rate: number; base: number; tax: number };

export type PaymentRow = {
  account_id: number;
  id: number;
  is_sample: Flag;
  invoice_id: number;
  /** Money given back; amounts are above 0 either way. */
  is_refund: Flag;
  amount: number;
  paid_on: string;
  method: string | null;
  note: string | null;
  void_reason: string | null;
  voided_on: string | null;
  created_at: string;
};

export type InvoiceLineRow = {
  account_id: number;
  invoice_id: number;
  position: number;
  description: string;
  quantity: number;
  unit: string | null;
  unit_price: number | null;
  tax_rate: number;
};

export type ExpenseRow = {
  account_id: number;
  id: number;
  is_sample: Flag;
  job_id: number;
  description: string;
  amount: number;
  category: string;
  vendor: string | null;
  spent_on: string;
  covers_line_id: number | null;
  created_at: string;
};

export type CounterRow = { account_id: number; kind: string; value: number };

/** One write: who, through what, when. Its contents are in change_images, its log lines in change_records. */
export type ChangeRow = {
  account_id: number;
  change_number: number;
  at: string;
  actor: string;
  client: string;
  tool: string;
  summary: string;
};
export type ChangeImageRow = {
  account_id: number;
  change_number: number;
  position: number;
  table_name: string;
  row_key: string;
  before: string | null;
  after: string | null;
};
export type ChangeRecordRow = {
  account_id: number;
  kind: string;
  record_id: number;
  change_number: number;
  position: number;
  at: string;
  entry: string;
  text: string;
};

/** Derived: a job's strip and plan as the domain reckons them, with what listing and totals filter and sort by. */
export type JobFiguresRow = {
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
  profit: number;
  margin_tenths: number | null;
  not_billed_yet: number;
  tax_billed: number;
  /** The part of cost_of_work that no invoice carries yet. */
  cost_not_yet_billed: number;
  warnings: string;
  plan: string;
};

/** Derived: what a job made on a day, by kind of cost. A job's rows add up to its strip. */
export type JobDayRow = {
  account_id: number;
  /** Empty: cost of work that is not billed yet and belongs to no day. */
  day: string;
  job_id: number;
  /** Empty on what is billed; a category or `uncategorized` on what it cost. */
  category: string;
  is_sample: Flag;
  customer_id: number;
  status: string;
  billed: number;
  cost_of_work: number;
  expenses: number;
};

/** Derived: what an issued invoice still has open. */
export type InvoiceFiguresRow = {
  account_id: number;
  invoice_id: number;
  is_sample: Flag;
  customer_id: number;
  paid: number;
  credited: number;
  balance: number;
  due_on: string | null;
};

/** Derived: the sums of job_figures, a row per way to slice them. */
export type AccountTotalsRow = {
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
};

/** Derived: the words by which a record can be named; a full name stands as one entry that begins with `=`. */
export type WordRow = { account_id: number; kind: string; word: string; is_sample: Flag; record_id: number };
/** Derived: shortened forms of every known word, by which mistyped ones are found. */
export type SpellingRow = { account_id: number; variant: string; word: string };

export type Tables = {
  accounts: AccountRow;
  counters: CounterRow;
  customers: CustomerRow;
  jobs: JobRow;
  job_assignees: JobAssigneeRow;
  job_notes: JobNoteRow;
  quotes: QuoteRow;
  quote_lines: QuoteLineRow;
  done_lines: DoneLineRow;
  invoices: InvoiceRow;
  invoice_lines: InvoiceLineRow;
  invoice_taxes: InvoiceTaxRow;
  payments: PaymentRow;
  expenses: ExpenseRow;
  changes: ChangeRow;
  change_images: ChangeImageRow;
  change_records: ChangeRecordRow;
  job_figures: JobFiguresRow;
  job_days: JobDayRow;
  invoice_figures: InvoiceFiguresRow;
  account_totals: AccountTotalsRow;
  words: WordRow;
  spellings: SpellingRow;
};

export type Database = Kysely<Tables>;

/** What an engine gives: scopes that see one state of the books, and writes that happen whole or not at all. */
export type Engine = {
  readonly name: 'sqlite' | 'postgres';
  read<T>(work: (db: Database) => Promise<T>): Promise<T>;
  write<T>(work: (db: Database) => Promise<T>): Promise<T>;
  /** The engine's own checks of its file; empty when all is well. */
  check(): Promise<string[]>;
  close(): Promise<void>;
};
