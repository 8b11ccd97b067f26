// Changes count up without gaps from the account's opening (0); every one still carries the hash of all before it, and
// every piece of its contents its digest.
import {
  digestOfSnapshot,
  digestOfLine,
  digestOfSummary,
  hashOf,
  sortRefs,
  START,
  type Ref,
} from '../journal/chain.ts';
import type { IdRange } from '../derived/job-ledger.ts';
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
    .where('account_id', '=', accountId)
    .where(within('change_number', span))
    .orderBy('change_number')
    .orderBy('position')
    .execute();
  return { changes, snapshots, refs: log.filter(({ position }) => position < 0), lines: log.flatMap(lineOf) };
}

function lineOf(row: RecordLogRow): LogLineRow[] {
  const { at, entry, text, salt } = row;
  if (row.position < 0) return [];
  return [{ ...row, at: at ?? '', entry: entry ?? '', text: text ?? '', salt: salt ?? '' }];
}

export async function readSnapshots({ db, accountId }: Pick<AuditedBook, 'db' | 'accountId'>, span: IdRange) {
  return await db
    .selectFrom('change_images')
    .select(['change_number', 'position', 'table_name', 'row_key', 'before', 'after', 'salt'])
    .where('account_id', '=', accountId)
    .where(within('change_number', span))
    .orderBy('change_number')
    .orderBy('position')
    .execute();
}

type Contents = Pick<Stored, 'snapshots' | 'refs' | 'lines'>;

/** The contents of each change. */
function sorted({ snapshots, refs, lines }: Stored): (changeNumber: number) => Contents {
  const by = {
    snapshots: Map.groupBy(snapshots, (row) => row.change_number),
    refs: Map.groupBy(refs, (row) => row.change_number),
    lines: Map.groupBy(lines, (row) => row.change_number),
  };
  return (number) => ({
    snapshots: by.snapshots.get(number) ?? [],
    refs: by.refs.get(number) ?? [],
    lines: by.lines.get(number) ?? [],
  });
}

/** @returns how many pieces it has */
function judgeChange(
  { faults }: AuditedBook,
  change: ChangeRow,
  { snapshots, refs, lines, before }: Contents & { before: string | null },
): number {
  const kept = change.digests.split(' ');
  const named = sortRefs(refs.map(({ kind, record_id }): Ref => [kind, record_id]));
  if (before !== null && hashOf(before, change, named, kept) !== change.hash)
    faults.add(CHECK, `change ${change.change_number}: the chain of changes is broken here`);
  const pieces = [
    (digest: string) => isText(change.summary, digest, (summary) => digestOfSummary({ ...change, summary })),
    ...snapshots.map((row) => (digest: string) => digestOfSnapshot(row) === digest),
    ...lines.map((row) => (digest: string) => isText(row.text, digest, (text) => digestOfLine({ ...row, text }))),
  ];
  const isWhole =
    pieces.length === kept.length &&
    pieces.every((isThat, index) => isThat(kept[index] ?? '')) &&
    [snapshots, lines].every((rows) => rows.every(({ position }, index) => position === index)) &&
    refs.every(isBare);
  if (!isWhole) faults.add(CHECK, `change ${change.change_number}: what it recorded was altered or is missing`);
  return pieces.length;
}

/** That a change touched a record is in its hash, and that is all that the row says. */
function isBare({ position, at, entry, code, text, salt }: RecordLogRow): boolean {
  return position === -1 && [at, entry, code, text, salt].every((value) => value === null);
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
