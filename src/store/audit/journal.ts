// Changes count up without gaps from the account's opening (0); every one still carries the hash of all before it, and
// every piece of its contents its digest.
import { sql } from 'kysely';
import { digestOfImage, digestOfRecord, digestOfSummary, hashOf, sortRefs, START, type Ref } from '../chain.ts';
import type { ChangeImageRow, ChangeRow } from '../database.ts';
import type { Span } from '../job-ledger.ts';
import { within, type AuditedBook } from './book.ts';

const CHECK = 'changes';

type JournalCounts = { changes: number; pieces: number };
export type Image = Pick<ChangeImageRow, 'change_number' | 'position' | 'table_name' | 'row_key' | 'before' | 'after'>;

/** @param seeing is shown every image, oldest first @returns how many changes and pieces of them were looked at */
export async function auditJournal(book: AuditedBook, seeing: (image: Image) => void): Promise<JournalCounts> {
  const seen = { changes: 0, pieces: 0, last: 0, openedAt: '' };
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
      for (const image of stored.images) seeing(image);
      const contentsOf = sorted(stored);
      for (const change of stored.changes) {
        const number = change.change_number;
        const contents = contentsOf(number);
        seen.changes += 1;
        seen.last = Math.max(seen.last, number);
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

async function read({ db, accountId }: AuditedBook, span: Span) {
  const changes = await db
    .selectFrom('changes')
    .select(['account_id', 'change_number', 'at', 'actor', 'client', 'tool', 'undoes', 'digests', 'hash'])
    .where('account_id', '=', accountId)
    .where(within('change_number', span))
    .orderBy('change_number')
    .execute();
  const summaries = await db
    .selectFrom('change_contents')
    .select(['change_number', 'salt', 'summary'])
    .where('account_id', '=', accountId)
    .where(within('change_number', span))
    .execute();
  const images = await readImages({ db, accountId }, span);
  const refs = await db
    .selectFrom('change_refs')
    .select(['change_number', 'kind', 'record_id'])
    .where('account_id', '=', accountId)
    .where(within('change_number', span))
    .execute();
  return { changes, summaries, images, refs, records: await readRecords({ db, accountId }, span) };
}

export async function readImages({ db, accountId }: Pick<AuditedBook, 'db' | 'accountId'>, span: Span) {
  return await db
    .selectFrom('change_images')
    .select(['change_number', 'position', 'table_name', 'row_key', 'before', 'after', 'salt'])
    .where('account_id', '=', accountId)
    .where(within('change_number', span))
    .orderBy('change_number')
    .orderBy('position')
    .execute();
}

/** By way of the references, since log lines stand by record. */
async function readRecords({ db, accountId }: Pick<AuditedBook, 'db' | 'accountId'>, span: Span) {
  return await db
    .selectFrom('change_refs as x')
    .innerJoin('change_records as r', (join) =>
      join
        .onRef('r.kind', '=', 'x.kind')
        .onRef('r.record_id', '=', 'x.record_id')
        // The plus keeps SQLite from taking the span for that of the log lines, which leads it through all of them.
        .on(sql<boolean>`r.change_number = +x.change_number`),
    )
    .select(['r.change_number', 'r.position', 'r.kind', 'r.record_id', 'r.at', 'r.entry', 'r.text', 'r.salt'])
    .where('r.account_id', '=', accountId)
    .where('x.account_id', '=', accountId)
    .where(within('x.change_number', span))
    .orderBy('r.change_number')
    .orderBy('r.position')
    .execute();
}

type Contents = Pick<Stored, 'summaries' | 'images' | 'refs' | 'records'>;

/** The contents of each change. */
function sorted({ summaries, images, refs, records }: Stored): (changeNumber: number) => Contents {
  const by = {
    summaries: Map.groupBy(summaries, (row) => row.change_number),
    images: Map.groupBy(images, (row) => row.change_number),
    refs: Map.groupBy(refs, (row) => row.change_number),
    records: Map.groupBy(records, (row) => row.change_number),
  };
  return (number) => ({
    summaries: by.summaries.get(number) ?? [],
    images: by.images.get(number) ?? [],
    refs: by.refs.get(number) ?? [],
    records: by.records.get(number) ?? [],
  });
}

/** @returns how many pieces it has */
function judgeChange(
  { faults }: AuditedBook,
  change: ChangeRow,
  { summaries, images, refs, records, before }: Contents & { before: string | null },
): number {
  const kept = change.digests.split(' ');
  const named = sortRefs(refs.map(({ kind, record_id }): Ref => [kind, record_id]));
  if (before !== null && hashOf(before, change, named, kept) !== change.hash)
    faults.add(CHECK, `change ${change.change_number}: the chain of changes is broken here`);
  const pieces = [
    ...summaries.map(
      (row) => (digest: string) => isText(row.summary, digest, (summary) => digestOfSummary({ ...row, summary })),
    ),
    ...images.map((row) => (digest: string) => digestOfImage(row) === digest),
    ...records.map((row) => (digest: string) => isText(row.text, digest, (text) => digestOfRecord({ ...row, text }))),
  ];
  const isWhole =
    pieces.length === kept.length &&
    pieces.every((isThat, index) => isThat(kept[index] ?? '')) &&
    [images, records].every((rows) => rows.every(({ position }, index) => position === index));
  if (!isWhole) faults.add(CHECK, `change ${change.change_number}: what it recorded was altered or is missing`);
  return pieces.length;
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

async function auditCount(book: AuditedBook, seen: { changes: number; last: number; openedAt: string }): Promise<void> {
  const { db, accountId, faults } = book;
  if (faults.hasLost(CHECK)) return;
  const what = 'the account itself';
  const [account] = await book.rows(
    what,
    async () =>
      await db
        .selectFrom('accounts')
        .select(['change_number', 'created_at'])
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
  if (account.created_at !== seen.openedAt)
    faults.add(CHECK, `account ${accountId}: when it was opened is not what change 0 says`);
}
