// Rows of the journal, and what else writes leave: numbers given out, answers for retries, keys.
import type { Instant } from '../../domain/dates.ts';
export type CounterRow = { account_id: number; kind: string; value: number };

/** One write: who, through what, when, and what it was about. It only grows. */
export type ChangeRow = {
  account_id: number;
  change_number: number;
  at: Instant;
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
   * a person has the right to have those erased; as long as all are there, a mark stands for them (`markOf`).
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
  /** As `images.ts` keeps it. */
  before: string | null;
  after: string | null;
  /** Empty where it follows from the change's. */
  salt: string;
};

/** That a change touched a record, and in the same table the lines that it left in the record's log. */
export type RecordLogRow = {
  account_id: number;
  kind: string;
  record_id: number;
  change_number: number;
  /**
   * Below 0: it touched the record. -1 is all that the row says; from -2 down it has the record's first line as well. From 0
   * on: further lines. The lines of the whole change are counted as one (`log-rows.ts`).
   */
  position: number;
  /** Of a line null where it is the change's. */
  at: Instant | null;
  entry: string | null;
  /** What `text` has the facts of, as JSON; null where it is a sentence. */
  code: string | null;
  text: string | null;
  /** Of a line null where it follows from the change's. */
  salt: string | null;
  /** The line says what the first line of this record, of the same change, says. */
  as_kind: string | null;
  as_id: number | null;
};

/** One line of a log. */
export type LogLineRow = Omit<RecordLogRow, 'at' | 'as_kind' | 'as_id'> & {
  at: string;
  entry: string;
  text: string;
  salt: string;
};

/** Answers by the caller's own id of the request, for retries. */
export type RequestRow = {
  account_id: number;
  actor: string;
  request_id: string;
  fingerprint: string;
  answer: string;
  change_number: number | null;
  at: Instant;
};

/** The newest write of each kind that added a record, by what was asked, to notice a repeat. */
export type AdditionRow = {
  account_id: number;
  actor: string;
  fingerprint: string;
  change_number: number;
};

/** Keys that this account signs with. */
export type SecretRow = { account_id: number; name: string; value: string };

/** Numbers of a series that were passed over: it went on with `next` after `last`. */
export type NumberJumpRow = { account_id: number; id: number; series: string; last: number; next: number };
