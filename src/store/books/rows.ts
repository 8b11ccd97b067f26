// Rows of the books: what people and their assistants wrote.
import type { CalendarDate, Instant } from '../../domain/dates.ts';
import type { Kind, Kinds } from '../../kinds/index.ts';
import type { RowOf } from '../../kinds/kind.ts';
import type { Flag } from '../flag.ts';

/** Each kind's own table, with the columns that its declaration has. */
export type TablesOfKinds = {
  [K in Kind as Kinds[K]['table']]: { account_id: number } & RowOf<Kinds[K]['columns']>;
};

export type AccountRow = {
  account_id: number;
  name: string;
  address: string | null;
  phone: string | null;
  email: string | null;
  currency: string;
  time_zone: string;
  /** Null until somebody said it. */
  country: string | null;
  template: string;
  plan: string;
  payment_terms_days: number;
  created_at: Instant;
  /** Advanced by the first statement of every write, which makes writers of one account queue up. */
  change_number: number;
  /** The hash of the newest change, which the next one stands on, and what that change is dated with. */
  newest_hash: string;
  newest_at: string;
  /** The last closed day; null where no month is closed. */
  closed_through: CalendarDate | null;
  /** `person`, or null where their assistant passes their yes on. */
  confirm_by: string | null;
};

/** What a job had made by day, after the closing before and up to this day, when that was closed. */
export type ClosedJobRow = {
  account_id: number;
  job_id: number;
  /** The change that closed it. */
  closing: number;
  through: CalendarDate;
  customer_id: number;
  status: string;
  days: string;
};

/** What of a contract will never be billed, as somebody said. */
export type WriteOffRow = { account_id: number; contract_id: number; amount: number };

export type JobAssigneeRow = { account_id: number; job_id: number; position: number; name: string; role: string };

export type JobNoteRow = {
  account_id: number;
  id: number;
  is_sample: Flag;
  job_id: number;
  text: string;
  change_number: number;
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
  /** Words of the walk & talk that the line rests on. */
  cites: string | null;
};

/** A line identity that is marked done. */
/** Nothing was spent on the line: 1 or null, since marks from before do not say so. */
export type DoneLineRow = { account_id: number; line_id: number; spent_nothing: 1 | null };

/** What of a bill from lines, or of a credit note, counts against a contract; negative on a credit note. */
export type ContractPartRow = {
  account_id: number;
  invoice_id: number;
  contract_id: number;
  /** A price reduction: the contract comes to so much less. */
  reduces: Flag;
  tax_rate: number;
  base: number;
  tax: number;
};

/**
 * Of an invoice of a closed month that was filed under a job since, or taken out: by how much more than by its filing stands
 * outside of jobs on a day. Its rows add up to 0.
 */
export type ClosedInvoiceRow = { account_id: number; invoice_id: number; day: CalendarDate; amount: number };

/** What an invoice bills at each tax rate, 0 included; negative on a credit note. */
export type InvoiceTaxRow = { account_id: number; invoice_id: number; tax_rate: number; base: number; tax: number };

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

/** Bytes that the books name, or that an undo could make them name again. Not journaled, never taken out by an undo. */
export type StoredFileRow = { account_id: number; hash: string; size: number; stored_at: Instant };

/** Bytes that lie in the database: since when, and the day when they went to the trash. */
export type KeptFileRow = { account_id: number; hash: string; stored_at: Instant; trashed_on: string | null };
/** `what` is `bytes`, or what was found out about them. */
export type FilePartRow = { account_id: number; hash: string; what: string; part: number; bytes: Uint8Array };

export type AppointmentPersonRow = {
  account_id: number;
  appointment_id: number;
  position: number;
  name: string;
  /** As names are compared. */
  name_key: string;
};

export type WalkAndTalkPointRow = {
  account_id: number;
  walk_and_talk_id: number;
  /** finding or follow_up */
  kind: string;
  position: number;
  text: string;
};
