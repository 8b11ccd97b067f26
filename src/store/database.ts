// The tables, as rows come from either engine: dates and instants are ISO text, booleans 0 or 1, money whole minor
// units. Every key begins with account_id. Amounts are plain numbers here; brands are given where rows become domain.
import type { Instant } from '../domain/dates.ts';
import type { Kysely } from 'kysely';
import type {
  AccountRow,
  ClosedInvoiceRow,
  ClosedJobRow,
  WriteOffRow,
  JobAssigneeRow,
  JobNoteRow,
  QuoteLineRow,
  DoneLineRow,
  ContractPartRow,
  InvoiceTaxRow,
  InvoiceLineRow,
  StoredFileRow,
  KeptFileRow,
  FilePartRow,
  TablesOfKinds,
  AppointmentPersonRow,
  WalkAndTalkPointRow,
} from './books/rows.ts';
import type {
  CounterRow,
  ChangeRow,
  ChangeSnapshotRow,
  RecordLogRow,
  RequestRow,
  AdditionRow,
  SecretRow,
  NumberJumpRow,
} from './journal/rows.ts';
import type {
  JobRollupRow,
  JobDayRow,
  JobPlanRow,
  InvoiceRollupRow,
  AccountTotalsRow,
  OutsideTotalsRow,
  TermRow,
  SpellingRow,
} from './derived/rows.ts';
import type {
  PersonRow,
  InvitationRow,
  SessionRow,
  OAuthRecordRow,
  HostSecretRow,
  MemberRow,
  AccessTokenRow,
  LinkRow,
  AttemptsRow,
  TurnRow,
} from './directory/rows.ts';

/** The book itself, in one row. */
export type BookRow = {
  id: number;
  /** Of no other book, a restored copy of this one included. */
  identity: string;
  /** Raised by every commit of every account. */
  write_number: number;
  /** The newest migration. */
  schema: string;
  /** Where it was moved to, from when on it is not written to here; the day and time are there once it is whole there. */
  moved_to: string | null;
  moved_at: Instant | null;
  /** Which move is filling it, and has not come to its end. */
  arriving: string | null;
};
/** When left-over files may be looked for, in one row. */
export type SweepingRow = {
  id: number;
  /** What the book and its folder were when this began to count. */
  place: string;
  since: Instant;
  swept_at: Instant | null;
  /** Why nothing is swept, where the files are not those of this book. */
  withheld: string | null;
};

/** An interface, so that a kind of record can bring its own. */
export interface Tables extends TablesOfKinds {
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
  attempts: AttemptsRow;
  turns: TurnRow;
  accounts: AccountRow;
  counters: CounterRow;
  job_assignees: JobAssigneeRow;
  job_notes: JobNoteRow;
  quote_lines: QuoteLineRow;
  done_lines: DoneLineRow;
  invoice_lines: InvoiceLineRow;
  invoice_taxes: InvoiceTaxRow;
  contract_parts: ContractPartRow;
  stored_files: StoredFileRow;
  kept_files: KeptFileRow;
  file_parts: FilePartRow;
  appointment_people: AppointmentPersonRow;
  walk_and_talk_points: WalkAndTalkPointRow;
  changes: ChangeRow;
  requests: RequestRow;
  additions: AdditionRow;
  secrets: SecretRow;
  change_images: ChangeSnapshotRow;
  record_log: RecordLogRow;
  write_offs: WriteOffRow;
  closed_jobs: ClosedJobRow;
  closed_invoices: ClosedInvoiceRow;
  job_figures: JobRollupRow;
  job_days: JobDayRow;
  job_plans: JobPlanRow;
  invoice_figures: InvoiceRollupRow;
  account_totals: AccountTotalsRow;
  outside_totals: OutsideTotalsRow;
  words: TermRow;
  spellings: SpellingRow;
}

export type Database = Kysely<Tables>;

export type MovedAway = {
  /** An address without its password, or a folder. */
  readonly to: string;
  /** Null until it is whole there. */
  readonly at: Instant | null;
};

export type Turn = 'in turn' | 'beside others';

/** What an engine gives: scopes that see one state of the books, and writes that happen whole or not at all. */
export type Engine = {
  readonly name: 'sqlite' | 'postgres';
  /** Opened where nothing can be written: every write is refused. */
  readonly isReadOnly: boolean;
  /** Connections come from a pooler, which hands out one for each transaction; undefined where nobody asked. */
  readonly isPooled?: boolean;
  /** Whether the book has the schema of this version of the program. */
  readonly isUpToDate: boolean;
  /** The newest migration that the book has had; null where it has had none. */
  readonly schema: string | null;
  /** Where the book was moved to: it is not written to any more. */
  readonly moved: MovedAway | null;
  /** @param account whose state it is, where it is of one: of others it is shown nothing, where the engine can see to that */
  read<T>(work: (db: Database) => Promise<T>, account?: number): Promise<T>;
  /** @param turn of an account one write follows the other, but for what no record of its knows */
  write<T>(work: (db: Database) => Promise<T>, account?: number, turn?: Turn): Promise<T>;
  /** One write, however long it takes, while no other program writes; of every account, and of a book that was moved as well. */
  alone<T>(work: (db: Database) => Promise<T>): Promise<T>;
  /** The engine's own checks of its file; empty when all is well. */
  check(): Promise<string[]>;
  /**
   * Hears of what other processes commit. An engine without it has nobody who says so: whoever wants to know looks.
   * @param heard whose it is; null where some may have been missed
   */
  listen?(heard: (accountId: number | null) => void): Subscription;
  close(): Promise<void>;
};

export type Subscription = {
  /** False while there is no connection, or none on which anything comes. */
  readonly isHearing: () => boolean;
  readonly close: () => void;
};
