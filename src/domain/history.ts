// What a change did, as the books recorded it: rows before and after, and in which words a person reads their columns.
import type { Instant } from './dates.ts';
import type { Kind } from './reference.ts';

/** A row as the history keeps it. */
export type Values = Readonly<Record<string, string | number | null>>;

/** One row that a change touched: as it was before the change and after it; null where it was not there. */
export type RowChange = {
  readonly table: string;
  readonly record: { readonly kind: Kind; readonly id: number } | null;
  readonly before: Values | null;
  readonly after: Values | null;
};

export type Change = {
  readonly number: number;
  readonly at: Instant;
  readonly actor: string;
  readonly client: string;
  readonly tool: string;
  readonly summary: string;
  /** The change that this one took back. */
  readonly undoes: number | null;
};

/** How a value is written. */
export type Form =
  | 'text'
  | 'word'
  | 'money'
  | 'quantity'
  | 'percent'
  | 'instant'
  | 'yes'
  | 'line'
  | { readonly ref: Kind };
type Field = { readonly words: string; readonly form: Form };

const text = (words: string): Field => ({ words, form: 'text' });
const word = (words: string): Field => ({ words, form: 'word' });
const money = (words: string): Field => ({ words, form: 'money' });
const ref = (words: string, kind: Kind): Field => ({ words, form: { ref: kind } });

/** Columns as people say them. A name means the same in every table that has it. */
const FIELDS: Readonly<Record<string, Field>> = {
  name: text('name'),
  address: text('address'),
  phone: text('phone'),
  email: text('email'),
  notes: text('notes'),
  note: text('note'),
  text: text('text'),
  title: text('title'),
  description: text('description'),
  summary: text('summary'),
  caption: text('caption'),
  vendor: text('vendor'),
  method: text('method'),
  place: text('place'),
  consent: text('consent'),
  transcript: text('transcript'),
  cites: text('cites'),
  void_reason: text('void reason'),
  media_type: text('type'),
  size: text('bytes'),
  unit: text('unit'),
  currency: text('currency'),
  time_zone: text('time zone'),
  closed_through: text('closed through'),
  confirm_by: text('who says yes'),
  through: text('closed through'),
  payment_terms_days: text('payment terms in days'),
  starts_on: text('start'),
  ends_on: text('end'),
  completed_on: text('completed'),
  cancelled_on: text('cancelled'),
  billing_done_on: text('billing done'),
  quoted_on: text('date'),
  issued_on: text('issued on'),
  due_on: text('due on'),
  paid_on: text('paid on'),
  spent_on: text('date'),
  voided_on: text('voided on'),
  stage: word('stage'),
  status: word('status'),
  kind: word('kind'),
  role: word('role'),
  category: word('category'),
  template: word('template'),
  plan: word('plan'),
  amount: money('amount'),
  subtotal: money('subtotal'),
  tax: money('tax'),
  total: money('total'),
  base: money('base'),
  unit_price: money('unit price'),
  unit_cost: money('unit cost'),
  quantity: { words: 'quantity', form: 'quantity' },
  tax_rate: { words: 'tax rate', form: 'percent' },
  starts_at: { words: 'starts', form: 'instant' },
  ends_at: { words: 'ends', form: 'instant' },
  held_at: { words: 'held', form: 'instant' },
  is_sample: { words: 'sample', form: 'yes' },
  is_refund: { words: 'refund', form: 'yes' },
  reduces: { words: 'price reduction', form: 'yes' },
  counting: word('counts as'),
  customer_id: ref('customer', 'customer'),
  job_id: ref('job', 'job'),
  revises_id: ref('revises', 'quote'),
  contract_id: ref('contract', 'quote'),
  credits_id: ref('credits', 'invoice'),
  corrected_by_id: ref('corrected by', 'invoice'),
  invoice_id: ref('invoice', 'invoice'),
  expense_id: ref('expense', 'expense'),
  walk_and_talk_id: ref('walk & talk', 'walk_and_talk'),
  covers_line_id: { words: 'covers', form: 'line' },
  changes_line_id: { words: 'changes line', form: 'line' },
  series: word('series'),
  last: text('last number'),
  next: text('next number'),
};

/** Columns that say nothing to a person beside the record's own name: keys, and what follows from other columns. */
const SILENT: ReadonlySet<string> = new Set([
  ...['id', 'number', 'position', 'line_id', 'created_at', 'change_number', 'revision', 'hash', 'accepted_in'],
  'days',
  ...['phone_key', 'email_key', 'name_key'],
  // A done mark says it itself.
  'spent_nothing',
]);

/** Tables whose rows are parts of a record: what one is called, and the columns that place it there. */
const PARTS: Readonly<Record<string, { readonly noun: string; readonly placedBy: readonly string[] }>> = {
  job_assignees: { noun: 'person', placedBy: ['job_id', 'position'] },
  job_notes: { noun: 'note', placedBy: ['job_id'] },
  quote_lines: { noun: 'line', placedBy: ['quote_id', 'position'] },
  invoice_lines: { noun: 'line', placedBy: ['invoice_id', 'position'] },
  invoice_taxes: { noun: 'tax group', placedBy: ['invoice_id'] },
  contract_parts: { noun: 'part of a contract', placedBy: ['invoice_id'] },
  done_lines: { noun: 'done mark', placedBy: ['line_id'] },
  appointment_people: { noun: 'person', placedBy: ['appointment_id', 'position'] },
  walk_and_talk_points: { noun: 'point', placedBy: ['walk_and_talk_id', 'position'] },
  number_jumps: { noun: 'numbers', placedBy: [] },
  write_offs: { noun: 'write-off', placedBy: ['contract_id'] },
  closed_jobs: { noun: 'closed month', placedBy: ['job_id', 'closing'] },
};

/** What a row of this table is called where it is a part of a record; null where it is the record itself. */
export function partNoun(table: string): string | null {
  return PARTS[table]?.noun ?? null;
}

/** Null for a column that is not shown; undefined for one that nobody has put into words yet. */
export function fieldOf(table: string, column: string): Field | null | undefined {
  if (PARTS[table]?.placedBy.includes(column) === true || SILENT.has(column)) return null;
  return FIELDS[column];
}

export type Difference = {
  readonly field: Field;
  readonly before: string | number | null;
  readonly after: string | number | null;
};

/** The columns that differ, in words; of a new or removed row those that hold something. */
export function differences({ table, before, after }: RowChange): Difference[] {
  const found: Difference[] = [];
  for (const column of Object.keys(after ?? before ?? {})) {
    const field = fieldOf(table, column);
    const [from, to] = [before?.[column] ?? null, after?.[column] ?? null];
    if (field === null || field === undefined || from === to) continue;
    // What a flag is not need not be said of a record that comes or goes.
    if (field.form === 'yes' && (before === null || after === null) && (from ?? to) === 0) continue;
    found.push({ field, before: from, after: to });
  }
  return found;
}
