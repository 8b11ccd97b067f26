// The ledger: the tables that are the books, how their rows are named, and which record each row belongs to.
import type { Kind } from '../domain/reference.ts';
import type { Tables } from './database.ts';

/** The tables that are the books; all others are derived from them or record their changes. */
export type LedgerTable =
  | 'accounts'
  | 'customers'
  | 'jobs'
  | 'job_assignees'
  | 'job_notes'
  | 'quotes'
  | 'quote_lines'
  | 'done_lines'
  | 'invoices'
  | 'invoice_lines'
  | 'invoice_taxes'
  | 'contract_parts'
  | 'payments'
  | 'expenses'
  | 'files'
  | 'appointments'
  | 'appointment_people'
  | 'walk_and_talks'
  | 'walk_and_talk_points'
  | 'number_jumps'
  | 'write_offs'
  | 'closed_jobs';

export type Row<T extends LedgerTable> = Omit<Tables[T], 'account_id'>;
export type Value = string | number | null;
export type Image = Record<string, Value>;

type Shape<T extends LedgerTable> = {
  /** What names a row within its account. */
  readonly key: readonly (keyof Row<T> & string)[];
  readonly columns: readonly (keyof Row<T> & string)[];
};

export const LEDGER: { readonly [T in LedgerTable]: Shape<T> } = {
  accounts: {
    key: [],
    columns: [
      'name',
      'address',
      'phone',
      'email',
      'currency',
      'time_zone',
      'template',
      'plan',
      'payment_terms_days',
      'closed_through',
      'confirm_by',
    ],
  },
  customers: {
    key: ['id'],
    columns: [
      'id',
      'is_sample',
      'name',
      'phone',
      'phone_key',
      'email',
      'email_key',
      'address',
      'notes',
      'stage',
      'created_at',
    ],
  },
  jobs: {
    key: ['id'],
    columns: [
      'id',
      'is_sample',
      'customer_id',
      'name',
      'description',
      'address',
      'status',
      'starts_on',
      'ends_on',
      'created_at',
      'completed_on',
      'cancelled_on',
      'billing_done_on',
    ],
  },
  job_assignees: { key: ['job_id', 'position'], columns: ['job_id', 'position', 'name', 'role'] },
  job_notes: { key: ['id'], columns: ['id', 'is_sample', 'job_id', 'text', 'change_number'] },
  quotes: {
    key: ['id'],
    columns: [
      ...([
        'id',
        'is_sample',
        'customer_id',
        'job_id',
        'kind',
        'status',
        'title',
        'notes',
        'revises_id',
        'contract_id',
      ] as const),
      ...(['subtotal', 'tax', 'total', 'quoted_on', 'created_at', 'walk_and_talk_id', 'accepted_in'] as const),
    ],
  },
  quote_lines: {
    key: ['quote_id', 'position'],
    columns: [
      ...(['quote_id', 'position', 'line_id', 'description', 'quantity', 'unit', 'unit_price', 'unit_cost'] as const),
      ...(['category', 'tax_rate', 'changes_line_id', 'cites'] as const),
    ],
  },
  done_lines: { key: ['line_id'], columns: ['line_id', 'spent_nothing'] },
  invoices: {
    key: ['id'],
    columns: [
      ...([
        'id',
        'is_sample',
        'number',
        'customer_id',
        'job_id',
        'kind',
        'status',
        'notes',
        'issued_on',
        'due_on',
      ] as const),
      ...(['subtotal', 'tax', 'total', 'void_reason', 'voided_on', 'contract_id', 'credits_id'] as const),
      ...(['corrected_by_id', 'created_at', 'counting'] as const),
    ],
  },
  invoice_lines: {
    key: ['invoice_id', 'position'],
    columns: ['invoice_id', 'position', 'description', 'quantity', 'unit', 'unit_price', 'tax_rate'],
  },
  invoice_taxes: { key: ['invoice_id', 'tax_rate'], columns: ['invoice_id', 'tax_rate', 'base', 'tax'] },
  contract_parts: {
    key: ['invoice_id', 'contract_id', 'reduces', 'tax_rate'],
    columns: ['invoice_id', 'contract_id', 'reduces', 'tax_rate', 'base', 'tax'],
  },
  payments: {
    key: ['id'],
    columns: [
      ...(['id', 'is_sample', 'invoice_id', 'is_refund', 'amount', 'paid_on', 'method', 'note'] as const),
      ...(['void_reason', 'voided_on', 'created_at'] as const),
    ],
  },
  expenses: {
    key: ['id'],
    columns: [
      'id',
      'is_sample',
      'job_id',
      'description',
      'amount',
      'category',
      'vendor',
      'spent_on',
      'covers_line_id',
      'created_at',
    ],
  },
  files: {
    key: ['id'],
    columns: [
      ...(['id', 'is_sample', 'customer_id', 'job_id', 'expense_id', 'walk_and_talk_id', 'kind', 'name'] as const),
      ...(['media_type', 'size', 'hash', 'caption', 'created_at'] as const),
    ],
  },
  appointments: {
    key: ['id'],
    columns: [
      ...(['id', 'is_sample', 'customer_id', 'job_id', 'title', 'starts_at', 'ends_at', 'time_zone'] as const),
      ...(['status', 'place', 'notes', 'revision', 'created_at'] as const),
    ],
  },
  appointment_people: {
    key: ['appointment_id', 'position'],
    columns: ['appointment_id', 'position', 'name', 'name_key'],
  },
  walk_and_talks: {
    key: ['id'],
    columns: [
      ...(['id', 'is_sample', 'customer_id', 'job_id', 'title', 'held_at', 'consent', 'transcript'] as const),
      ...(['summary', 'created_at'] as const),
    ],
  },
  walk_and_talk_points: {
    key: ['walk_and_talk_id', 'kind', 'position'],
    columns: ['walk_and_talk_id', 'kind', 'position', 'text'],
  },
  number_jumps: { key: ['id'], columns: ['id', 'series', 'last', 'next'] },
  write_offs: { key: ['contract_id'], columns: ['contract_id', 'amount'] },
  closed_jobs: {
    key: ['job_id', 'closing'],
    columns: ['job_id', 'closing', 'through', 'customer_id', 'status', 'days'],
  },
};

/** The record that a row of each table belongs to, and the column that holds the record's id. */
const RECORD_OF: { readonly [T in LedgerTable]?: readonly [Kind, string] } = {
  customers: ['customer', 'id'],
  jobs: ['job', 'id'],
  job_assignees: ['job', 'job_id'],
  job_notes: ['job', 'job_id'],
  quotes: ['quote', 'id'],
  quote_lines: ['quote', 'quote_id'],
  invoices: ['invoice', 'id'],
  invoice_lines: ['invoice', 'invoice_id'],
  invoice_taxes: ['invoice', 'invoice_id'],
  contract_parts: ['invoice', 'invoice_id'],
  payments: ['payment', 'id'],
  expenses: ['expense', 'id'],
  files: ['file', 'id'],
  appointments: ['appointment', 'id'],
  appointment_people: ['appointment', 'appointment_id'],
  walk_and_talks: ['walk_and_talk', 'id'],
  walk_and_talk_points: ['walk_and_talk', 'walk_and_talk_id'],
  write_offs: ['quote', 'contract_id'],
};

/** The record that this row is, or is a part of; null for the account and for marks of lines. */
export function recordOf(
  table: LedgerTable,
  image: Readonly<Record<string, unknown>>,
): { kind: Kind; id: number } | null {
  const [kind, column = ''] = RECORD_OF[table] ?? [];
  const id = image[column];
  return kind === undefined || typeof id !== 'number' ? null : { kind, id };
}

export function isLedgerTable(name: string): name is LedgerTable {
  return Object.hasOwn(LEDGER, name);
}

/** A row as the journal keeps it: every column of its table, and nothing else. Columns added since are empty. */
export function imageOf(columns: readonly string[], row: object): Image {
  const values = new Map<string, unknown>(Object.entries(row));
  return Object.fromEntries(columns.map((column) => [column, valueOf(column, values.get(column) ?? null)]));
}

function valueOf(column: string, value: unknown): Value {
  // Half a character would be stored as another, which its digest is not of.
  if (typeof value === 'string') return value.toWellFormed();
  if (value === null) return value;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw new RangeError(`${column} holds neither text nor a whole number`);
}
