// What was asked before: answers by the caller's own request id, and the newest additions, to notice a retry.
import { sql } from 'kysely';
import type { Instant } from '../domain/dates.ts';
import type { AdditionRow } from './database.ts';
import { isLedgerTable, LEDGER } from './ledger.ts';
import { prepared } from './prepared.ts';
import type { ReadScope, WriteScope } from './scope.ts';

export type Remembered = { readonly fingerprint: string; readonly answer: string };

/** @param since older requests are forgotten */
export async function requestById(
  { db, account }: ReadScope,
  { actor, requestId, since }: { actor: string; requestId: string; since: Instant },
): Promise<Remembered | null> {
  const row = await db
    .selectFrom('requests')
    .select(['fingerprint', 'answer'])
    .where('account_id', '=', account.id)
    .where('actor', '=', actor)
    .where('request_id', '=', requestId)
    .where('at', '>', since)
    .executeTakeFirst();
  return row ?? null;
}

/** Remembers an answer, and forgets those before `since`. */
export async function rememberRequest(
  { db, account, now, changeNumber, journal }: WriteScope,
  {
    actor,
    requestId,
    fingerprint,
    answer,
    since,
  }: { actor: string; requestId: string; fingerprint: string; answer: string; since: Instant },
): Promise<void> {
  await db.deleteFrom('requests').where('account_id', '=', account.id).where('at', '<=', since).execute();
  await db
    .insertInto('requests')
    .values({
      account_id: account.id,
      actor,
      request_id: requestId,
      fingerprint,
      answer,
      at: now,
      change_number: journal.isEmpty ? null : changeNumber,
    })
    // What stands under the id already stays: it was answered first.
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The newest change that the same call made, if it is not older than `since`. */
export async function additionBy(
  { db, account }: ReadScope,
  { actor, fingerprint, since }: { actor: string; fingerprint: string; since: Instant },
): Promise<{ readonly changeNumber: number; readonly at: Instant; readonly summary: string } | null> {
  const [row] = await addition(db, { account: account.id, actor, fingerprint, since });
  return row === undefined ? null : { changeNumber: row.change_number, at: row.at, summary: row.summary };
}

type Call = { readonly account: number; readonly actor: string; readonly fingerprint: string; readonly since: Instant };

const addition = prepared((db, { account, actor, fingerprint, since }: Call) =>
  db
    .selectFrom('additions')
    .innerJoin('change_contents', (join) =>
      join
        .onRef('change_contents.account_id', '=', 'additions.account_id')
        .onRef('change_contents.change_number', '=', 'additions.change_number'),
    )
    .select(['additions.change_number', 'additions.at', 'change_contents.summary'])
    .where('additions.account_id', '=', account)
    .where('additions.actor', '=', actor)
    .where('additions.fingerprint', '=', fingerprint)
    .where('additions.at', '>', since),
);

/** Notes that this change added what the call asked for, and forgets additions before `since`. */
export async function noteAddition(
  { db, account, now, changeNumber }: WriteScope,
  { actor, fingerprint, since }: { actor: string; fingerprint: string; since: Instant },
): Promise<void> {
  await forgetAdditions(db, { account: account.id, since });
  await keepAddition(db, { account_id: account.id, actor, fingerprint, at: now, change_number: changeNumber });
}

const forgetAdditions = prepared((db, { account, since }: { account: number; since: Instant }) =>
  db.deleteFrom('additions').where('account_id', '=', account).where('at', '<=', since),
);

const keepAddition = prepared((db, row: AdditionRow) =>
  db
    .insertInto('additions')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['account_id', 'actor', 'fingerprint'])
        .doUpdateSet({ at: row.at, change_number: row.change_number }),
    ),
);

export async function confirmationSecret({ db, account }: ReadScope): Promise<string> {
  const { value } = await db
    .selectFrom('secrets')
    .select('value')
    .where('account_id', '=', account.id)
    .where('name', '=', 'confirmations')
    .executeTakeFirstOrThrow();
  return value;
}

/** Tables whose rows are records, and how one looks that was taken out of the books without being removed. */
const RECORDS: Readonly<Record<string, (row: { status?: unknown; voided_on?: unknown }) => boolean>> = {
  customers: () => false,
  jobs: () => false,
  job_notes: () => false,
  quotes: () => false,
  invoices: ({ status }) => status === 'void',
  payments: ({ voided_on }) => voided_on !== null,
  expenses: () => false,
  files: () => false,
  appointments: ({ status }) => status === 'cancelled',
  walk_and_talks: () => false,
};

/** Whether every record that the change added is still there, neither undone, removed nor void. */
export async function stillStands({ db, account }: ReadScope, changeNumber: number): Promise<boolean> {
  const added = await db
    .selectFrom('change_images')
    .select(['table_name', 'after'])
    .where('account_id', '=', account.id)
    .where('change_number', '=', changeNumber)
    .where('before', 'is', null)
    .execute();
  for (const { table_name, after } of added) {
    const isGone = RECORDS[table_name];
    if (isGone === undefined || !isLedgerTable(table_name)) continue;
    const id = idIn(after);
    const columns = LEDGER[table_name].columns.map((column) => sql.ref(column));
    const { rows } = await sql<Record<string, unknown>>`
      select ${sql.join(columns)} from ${sql.table(table_name)}
      where account_id = ${account.id} and id = ${id}`.execute(db);
    const [row] = rows;
    if (row === undefined || isGone(row)) return false;
  }
  return true;
}

function idIn(image: string | null): number {
  const row: unknown = JSON.parse(image ?? 'null');
  if (typeof row === 'object' && row !== null && 'id' in row && typeof row.id === 'number') return row.id;
  throw new Error('the image of a record has no id');
}
