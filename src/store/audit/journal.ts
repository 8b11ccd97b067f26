// Changes count up without gaps from the account's opening (0); every one still carries the hash of all before it, and
// every piece of its contents its digest.
import {
  digestOfSnapshot,
  digestOfLine,
  digestOfSummary,
  hashOf,
  isMark,
  markOf,
  saltOf,
  sortRefs,
  START,
  type Ref,
} from '../journal/chain.ts';
import { textOfImage } from '../journal/images.ts';
import { BARE, logLines } from '../journal/log-rows.ts';
import type { IdRange } from '../derived/job-ledger-rows.ts';
import { within, type AuditedBook } from './book.ts';
import type { ChangeSnapshotRow, ChangeRow, LogLineRow, RecordLogRow } from '../journal/rows.ts';

const CHECK = 'changes';

type JournalCounts = { changes: number; pieces: number };
type Counted = {
  readonly changes: number;
  readonly last: number;
  readonly openedAt: string;
  readonly newest: { readonly hash: string; readonly at: string };
};
export type ChangeSnapshot = Pick<
  ChangeSnapshotRow,
  'change_number' | 'position' | 'table_name' | 'row_key' | 'before' | 'after'
>;

/** @param seeing is shown every snapshot, oldest first @returns how many changes and pieces of them were looked at */
export async function auditJournal(
  book: AuditedBook,
  seeing: (snapshot: ChangeSnapshot) => void,
): Promise<JournalCounts> {
  const seen = { changes: 0, pieces: 0, last: 0, openedAt: '', newest: { hash: START, at: '' } };
  /** Null where the change before could not be read. */
  let previous: { number: number; hash: string } | null = { number: -1, hash: START };
  await book.walk({
    what: CHECK,
    name: (number) => `change ${number}`,
    by: [
      { table: 'changes', column: 'change_number' },
      { table: 'change_images', column: 'change_number' },
    ],
    read: async (span) => await read(book, span),
    judge: (stored) => {
      for (const snapshot of stored.snapshots) seeing(snapshot);
      const contentsOf = sorted(stored);
      for (const change of stored.changes) {
        const number = change.change_number;
        const contents = contentsOf(number);
        seen.changes += 1;
        seen.last = Math.max(seen.last, number);
        seen.newest = change;
        if (number === 0) seen.openedAt = change.at;
        if (book.faults.isLost(CHECK, number - 1)) previous = null;
        const before = previous;
        if (before !== null && number > before.number + 1)
          book.faults.add(CHECK, `${missing(before.number + 1, number - 1)} missing`);
        book.faults.trying(CHECK, `change ${number}: the chain of changes cannot be followed here`, () => {
          seen.pieces += judgeChange(book, change, { ...contents, before: before?.hash ?? null });
        });
        previous = { number, hash: change.hash };
      }
      return stored.changes.length;
    },
  });
  await auditCount(book, seen);
  return seen;
}

function missing(from: number, to: number): string {
  return from === to ? `change ${from} is` : `changes ${from} to ${to} are`;
}

type Stored = Awaited<ReturnType<typeof read>>;

async function read({ db, accountId }: AuditedBook, span: IdRange) {
  const changes = await db
    .selectFrom('changes')
    .select(['account_id', 'change_number', 'at', 'actor', 'client', 'tool', 'undoes'])
    .select(['salt', 'code', 'summary', 'digests', 'hash'])
    .where('account_id', '=', accountId)
    .where(within('change_number', span))
    .orderBy('change_number')
    .execute();
  const snapshots = await readSnapshots({ db, accountId }, span);
  const log = await db
    .selectFrom('record_log')
    .select(['account_id', 'kind', 'record_id', 'change_number', 'position', 'at', 'entry', 'code', 'text', 'salt'])
    .select(['as_kind', 'as_id'])
    .where('account_id', '=', accountId)
    .where(within('change_number', span))
    .orderBy('change_number')
    .execute();
  return { changes, snapshots, log };
}

/** A snapshot as its digest is over it. */
function wholeSnapshot(change: ChangeRow, { salt, ...row }: ChangeSnapshotRow): ChangeSnapshotRow {
  return {
    ...row,
    before: textOfImage(row.table_name, row.before),
    after: textOfImage(row.table_name, row.after),
    salt: salt === '' ? saltOf(change.salt, 'image', row.position) : salt,
  };
}

export async function readSnapshots({ db, accountId }: Pick<AuditedBook, 'db' | 'accountId'>, span: IdRange) {
  return await db
    .selectFrom('change_images')
    .select(['account_id', 'change_number', 'position', 'table_name', 'row_key', 'before', 'after', 'salt'])
    .where('account_id', '=', accountId)
    .where(within('change_number', span))
    .orderBy('change_number')
    .orderBy('position')
    .execute();
}

type Contents = Pick<Stored, 'snapshots' | 'log'>;

/** The contents of each change. */
function sorted({ snapshots, log }: Stored): (changeNumber: number) => Contents {
  const by = {
    snapshots: Map.groupBy(snapshots, (row) => row.change_number),
    log: Map.groupBy(log, (row) => row.change_number),
  };
  return (number) => ({ snapshots: by.snapshots.get(number) ?? [], log: by.log.get(number) ?? [] });
}

/** @returns how many pieces it has */
function judgeChange(
  { faults }: AuditedBook,
  change: ChangeRow,
  { snapshots, log, before }: Contents & { before: string | null },
): number {
  const lines = logLines(change, log, (line) => saltOf(change.salt, 'line', line));
  const refs = log.filter(({ position }) => position < 0);
  const whole = snapshots.map((row) => wholeSnapshot(change, row));
  const counted = [snapshots, lines].every((rows) => rows.every(({ position }, index) => position === index));
  const isWhole = counted && log.every(isOnce) && refs.every(isBare) && isKept(change, whole, lines);
  if (!isWhole) faults.add(CHECK, `change ${change.change_number}: what it recorded was altered or is missing`);
  const pieces = 1 + snapshots.length + lines.length;
  // A mark tells no more of the digests than that they are these.
  if (before === null || (isMark(change.digests) && !isWhole)) return pieces;
  const named = sortRefs(refs.map(({ kind, record_id }): Ref => [kind, record_id]));
  const digests = isMark(change.digests) ? digestsOf(change, whole, lines) : change.digests.split(' ');
  if (hashOf(before, change, named, digests) !== change.hash)
    faults.add(CHECK, `change ${change.change_number}: the chain of changes is broken here`);
  return pieces;
}

function digestsOf(change: ChangeRow, snapshots: readonly ChangeSnapshotRow[], lines: readonly LogLineRow[]): string[] {
  return [digestOfSummary(change), ...snapshots.map(digestOfSnapshot), ...lines.map(digestOfLine)];
}

/** Whether the contents of a change are those of its digests. */
function isKept(change: ChangeRow, snapshots: readonly ChangeSnapshotRow[], lines: readonly LogLineRow[]): boolean {
  if (isMark(change.digests)) return markOf(digestsOf(change, snapshots, lines)) === change.digests;
  const kept = change.digests.split(' ');
  const pieces = [
    (digest: string) => isText(change.summary, digest, (summary) => digestOfSummary({ ...change, summary })),
    ...snapshots.map((row) => (digest: string) => digestOfSnapshot(row) === digest),
    ...lines.map((row) => (digest: string) => isText(row.text, digest, (text) => digestOfLine({ ...row, text }))),
  ];
  return pieces.length === kept.length && pieces.every((isThat, index) => isThat(kept[index] ?? ''));
}

/** That a change touched a record is in its hash, and that is all that a bare row says. */
function isBare({ position, at, entry, code, text, salt, as_kind, as_id }: RecordLogRow): boolean {
  return position !== BARE || [at, entry, code, text, salt, as_kind, as_id].every((value) => value === null);
}

/** A line says its own words, or those of another and none besides: nothing stands in a row that no digest is over. */
function isOnce({ code, text, as_kind, as_id }: RecordLogRow): boolean {
  return as_kind === null ? as_id === null : as_id !== null && code === null && text === null;
}

/**
 * Earlier versions cut long words in the middle of an emoji. The digest is over the half that was left, for which the
 * file holds U+FFFD, as it does for every half: each of them may have been it.
 */
function isText(text: string, digest: string, digestOf: (text: string) => string): boolean {
  if (digestOf(text) === digest) return true;
  if (!text.includes('\ufffd')) return false;
  for (let half = 0xd800; half < 0xdc00; half += 1) {
    if (digestOf(text.replaceAll('\ufffd', String.fromCharCode(half))) === digest) return true;
  }
  return false;
}

async function auditCount(book: AuditedBook, seen: Counted): Promise<void> {
  const { db, accountId, faults } = book;
  if (faults.hasLost(CHECK)) return;
  const what = 'the account itself';
  const [account] = await book.rows(
    what,
    async () =>
      await db
        .selectFrom('accounts')
        .select(['change_number', 'created_at', 'newest_hash', 'newest_at'])
        .where('account_id', '=', accountId)
        .execute(),
  );
  if (account === undefined) {
    if (!faults.hasLost(what)) faults.add(CHECK, `account ${accountId} is not in the book`);
    return;
  }
  if (seen.changes !== account.change_number + 1 || seen.last !== account.change_number)
    faults.add(
      CHECK,
      `the change journal holds ${seen.changes - 1} changes up to number ${seen.last}; the account counts ${account.change_number}`,
    );
  else if (account.newest_hash !== seen.newest.hash || account.newest_at !== seen.newest.at)
    faults.add(CHECK, `account ${accountId}: what it counts on from is not its newest change`);
  if (account.created_at !== seen.openedAt)
    faults.add(CHECK, `account ${accountId}: when it was opened is not what change 0 says`);
}
