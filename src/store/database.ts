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
  /** Null until somebody said it. */
  country: string | null;
  template: string;
  plan: string;
  payment_terms_days: number;
  created_at: string;
  /** Advanced by the first statement of every write, which makes writers of one account queue up. */
  change_number: number;
  /** The hash of the newest change, which the next one stands on, and what that change is dated with. */
  newest_hash: string;
  newest_at: string;
  /** The last closed day; null where no month is closed. */
  closed_through: string | null;
  /** `person`, or null where their assistant passes their yes on. */
  confirm_by: string | null;
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
  /** The day on which it got that status; null where it has another, or nobody knows. */
  completed_on: string | null;
  cancelled_on: string | null;
  /** When somebody said that nothing more will be billed. */
  billing_done_on: string | null;
};

/** What a job had made by day, after the closing before and up to this day, when that was closed. */
export type ClosedJobRow = {
  account_id: number;
  job_id: number;
  /** The change that closed it. */
  closing: number;
  through: string;
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
  /** The site visit it was drafted from. */
  walk_and_talk_id: number | null;
  /** The change that accepted it, or what it revises: contracts are billed in that order. */
  accepted_in: number | null;
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
  /** Words of the walk & talk that the line rests on. */
  cites: string | null;
};

/** A line identity that is marked done. */
/** Nothing was spent on the line: 1 or null, since marks from before do not say so. */
export type DoneLineRow = { account_id: number; line_id: number; spent_nothing: 1 | null };

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
  /** How it counts against contracts; null on what was written before that was kept. */
  counting: string | null;
};

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

/** Money aside, what a record of a site visit, an appointment and a file have in common: whose they are. */
type Filed = {
  account_id: number;
  id: number;
  is_sample: Flag;
  customer_id: number;
  job_id: number | null;
  created_at: string;
};

export type FileRow = Filed & {
  expense_id: number | null;
  walk_and_talk_id: number | null;
  kind: string;
  name: string;
  media_type: string;
  /** In bytes, as stored. */
  size: number;
  /** SHA-256 of the stored bytes, in hexadecimal. */
  hash: string;
  caption: string | null;
};

/** Bytes that the books name, or that an undo could make them name again. Not journaled, never taken out by an undo. */
export type StoredFileRow = { account_id: number; hash: string; size: number; stored_at: string };

export type AppointmentRow = Filed & {
  title: string;
  /** Instants; the zone is the one they were said in. */
  starts_at: string;
  ends_at: string;
  time_zone: string;
  status: string;
  place: string | null;
  notes: string | null;
  /** Counts up with every change, for calendars that hold an earlier one. */
  revision: number;
};
export type AppointmentPersonRow = {
  account_id: number;
  appointment_id: number;
  position: number;
  name: string;
  /** As names are compared. */
  name_key: string;
};

export type WalkAndTalkRow = Filed & {
  title: string;
  held_at: string;
  /** Who agreed to being recorded, in words. */
  consent: string;
  transcript: string;
  summary: string | null;
};
export type WalkAndTalkPointRow = {
  account_id: number;
  walk_and_talk_id: number;
  /** finding or follow_up */
  kind: string;
  position: number;
  text: string;
};

export type CounterRow = { account_id: number; kind: string; value: number };

/** One write: who, through what, when, and what it was about. It only grows. */
export type ChangeRow = {
  account_id: number;
  change_number: number;
  at: string;
  actor: string;
  client: string;
  tool: string;
  /** The change that this one took back. */
  undoes: number | null;
  salt: string;
  /** What `summary` has the facts of, as JSON; null where it is a sentence. */
  code: string | null;
  summary: string;
  /**
   * Digests of its contents, each over a salt of its own, with spaces between: summary, snapshots, log lines. They stay where
   * a person has the right to have those erased.
   */
  digests: string;
  /** Over all of this and the hash of the change before. */
  hash: string;
};
/** A row before and after. */
export type ChangeSnapshotRow = {
  account_id: number;
  change_number: number;
  position: number;
  table_name: string;
  row_key: string;
  before: string | null;
  after: string | null;
  salt: string;
};
/** That a change touched a record, and in the same table the lines that it left in the record's log. */
export type RecordLogRow = {
  account_id: number;
  kind: string;
  record_id: number;
  change_number: number;
  /** -1: it touched the record, which is all that this row says. From 0 on: the lines of the whole change, in order. */
  position: number;
  at: string | null;
  entry: string | null;
  /** What `text` has the facts of, as JSON; null where it is a sentence. */
  code: string | null;
  text: string | null;
  salt: string | null;
};
/** One line of a log. */
export type LogLineRow = RecordLogRow & { at: string; entry: string; text: string; salt: string };

/** Answers by the caller's own id of the request, for retries. */
export type RequestRow = {
  account_id: number;
  actor: string;
  request_id: string;
  fingerprint: string;
  answer: string;
  change_number: number | null;
  at: string;
};
/** The newest write of each kind that added a record, by what was asked, to notice a repeat. */
export type AdditionRow = {
  account_id: number;
  actor: string;
  fingerprint: string;
  change_number: number;
  at: string;
};
/** Keys that this account signs with. */
export type SecretRow = { account_id: number; name: string; value: string };

/** Derived: a job's profit summary and plan as the domain computes them, with what listing and totals filter and sort by. */
export type JobRollupRow = {
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
  /** The part of cost_of_work and expenses that no invoice carries yet. */
  cost_not_yet_billed: number;
  /** The part of that which is of the expenses. */
  expenses_not_yet_billed: number;
  /** What is billed less what it cost that is billed: what all its days together made. */
  profit_to_date: number;
  warnings: string;
  plan: string;
};

/** Derived: what a job made on a day. A job's rows, with its cost not yet billed, add up to its profit summary. */
export type JobDayRow = {
  account_id: number;
  day: string;
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
export type JobPlanRow = { account_id: number; job_id: number; category: string; planned: number; spent: number };

/** Derived: what an issued invoice still has open. */
export type InvoiceRollupRow = {
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
  expenses_not_yet_billed: number;
};

/** Derived: the words by which a record can be named; a full name stands as one entry that begins with `=`. */
export type TermRow = { account_id: number; kind: string; word: string; is_sample: Flag; record_id: number };
/** Derived: shortened forms of every known word, by which mistyped ones are found. */
export type SpellingRow = { account_id: number; variant: string; word: string };

/** Somebody who signs in. People stand outside of the accounts, since one can belong to several. */
export type PersonRow = {
  id: string;
  email: string;
  email_key: string;
  name: string;
  created_at: string;
  /** Null until they have chosen one. */
  password_hash: string | null;
  failed_sign_ins: number;
  locked_until: string | null;
};

/** A link by which a person chooses a password, for the first time or again. */
export type InvitationRow = { token_hash: string; person_id: string; expires_at: string; used_at: string | null };

/** A browser that a person is signed in with. */
export type SessionRow = { token_hash: string; person_id: string; created_at: string; expires_at: string };

/** What the authorization server keeps, as it keeps it. */
export type OAuthRecordRow = {
  model: string;
  id: string;
  payload: string;
  /** The person and the account that it was given for. */
  subject: string | null;
  grant_id: string | null;
  uid: string | null;
  user_code: string | null;
  expires_at: string | null;
  consumed_at: string | null;
};

/** Keys of the whole server; those of one account are in `secrets`. */
export type HostSecretRow = { name: string; value: string };

/** A person in an account. One who was removed stays, since the journal names them. */
export type MemberRow = {
  account_id: number;
  person_id: string;
  name: string;
  name_key: string;
  role: string;
  added_at: string;
  removed_at: string | null;
};

/** A personal access token, for scripts and editors. */
export type AccessTokenRow = {
  account_id: number;
  id: number;
  person_id: string;
  name: string;
  token_hash: string;
  /** Separated by spaces. */
  scopes: string;
  created_at: string;
  expires_at: string | null;
  last_used_at: string | null;
  revoked_at: string | null;
};

/**
 * One call of a tool, put off until its person comes: to move a file, or to say yes to it; or a page that does one for each
 * file.
 */
export type LinkRow = {
  account_id: number;
  token_hash: string;
  person_id: string | null;
  tool: string;
  arguments: string;
  scopes: string;
  client: string;
  expires_at: string;
  /** A page: when it was ended. */
  used_at: string | null;
  /** The hash of what the browser holds that opened the page first. */
  opened_by: string | null;
  /** What came by the page, in JSON. */
  kept: string | null;
  /** What the page still takes; null for what is no page. */
  files_left: number | null;
  bytes_left: number | null;
  purpose: 'file' | 'confirm';
  /** The change that it became. */
  change_number: number | null;
};

/** The book itself, in one row. */
export type BookRow = {
  id: number;
  /** Of no other book, a restored copy of this one included. */
  identity: string;
  /** Raised by every commit of every account. */
  write_number: number;
  /** The newest migration. */
  schema: string;
};
/** When left-over files may be looked for, in one row. */
export type SweepingRow = {
  id: number;
  /** What the book and its folder were when this began to count. */
  place: string;
  since: string;
  swept_at: string | null;
  /** Why nothing is swept, where the files are not those of this book. */
  withheld: string | null;
};
/** Numbers of a series that were passed over: it went on with `next` after `last`. */
export type NumberJumpRow = { account_id: number; id: number; series: string; last: number; next: number };

/** An interface, so that a kind of record can bring its own. */
export interface Tables {
  book: BookRow;
  sweeping: SweepingRow;
  number_jumps: NumberJumpRow;
  people: PersonRow;
  invitations: InvitationRow;
  sessions: SessionRow;
  oauth_records: OAuthRecordRow;
  host_secrets: HostSecretRow;
  members: MemberRow;
  access_tokens: AccessTokenRow;
  links: LinkRow;
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
  contract_parts: ContractPartRow;
  payments: PaymentRow;
  expenses: ExpenseRow;
  files: FileRow;
  stored_files: StoredFileRow;
  appointments: AppointmentRow;
  appointment_people: AppointmentPersonRow;
  walk_and_talks: WalkAndTalkRow;
  walk_and_talk_points: WalkAndTalkPointRow;
  changes: ChangeRow;
  requests: RequestRow;
  additions: AdditionRow;
  secrets: SecretRow;
  change_images: ChangeSnapshotRow;
  record_log: RecordLogRow;
  write_offs: WriteOffRow;
  closed_jobs: ClosedJobRow;
  job_figures: JobRollupRow;
  job_days: JobDayRow;
  job_plans: JobPlanRow;
  invoice_figures: InvoiceRollupRow;
  account_totals: AccountTotalsRow;
  words: TermRow;
  spellings: SpellingRow;
}

export type Database = Kysely<Tables>;

/** What an engine gives: scopes that see one state of the books, and writes that happen whole or not at all. */
export type Engine = {
  readonly name: 'sqlite' | 'postgres';
  /** Opened where nothing can be written: every write is refused. */
  readonly isReadOnly: boolean;
  /** Whether the book has the schema of this version of the program. */
  readonly isUpToDate: boolean;
  /** The newest migration that the book has had; null where it has had none. */
  readonly schema: string | null;
  read<T>(work: (db: Database) => Promise<T>): Promise<T>;
  write<T>(work: (db: Database) => Promise<T>): Promise<T>;
  /** The engine's own checks of its file; empty when all is well. */
  check(): Promise<string[]>;
  close(): Promise<void>;
};
