// What was asked before: answers by the caller's own request id, and the newest additions, to notice a retry.
import { sql } from 'kysely';
import { dayAt, plusMs, type Instant } from '../../domain/dates.ts';
import { declared } from '../../kinds/declared.ts';
import { invoiceRef, refOf } from '../../kinds/reference.ts';
import { tableNamed } from '../../kinds/tables.ts';
import { addedRecords } from './alike.ts';
import { rowIn } from './images.ts';
import { isLedgerTable, LEDGER, snapshotOf, type LedgerTable, type Snapshot } from './ledger.ts';
import { textsAsJson, textsIn } from '../engine/json-rows.ts';
import { insertMany } from '../engine/many.ts';
import { prepared } from '../engine/prepared.ts';
import type { ReadScope, WriteScope } from '../scope.ts';
import { saidIn, type StoredSaid } from './said.ts';
import type { Said } from '../../domain/message.ts';

export type Remembered = { readonly fingerprint: string; readonly answer: string };

export async function requestById(
  { db, account }: ReadScope,
  { actor, requestId }: { actor: string; requestId: string },
): Promise<Remembered | null> {
  const row = await db
    .selectFrom('requests')
    .select(['fingerprint', 'answer'])
    .where('account_id', '=', account.id)
    .where('actor', '=', actor)
    .where('request_id', '=', requestId)
    .executeTakeFirst();
  return row ?? null;
}

/** Remembers an answer. One that stands under the id already stays: it was given first. */
export async function rememberRequest(
  { db, account, now, changeNumber, journal }: WriteScope,
  { actor, requestId, fingerprint, answer }: { actor: string; requestId: string; fingerprint: string; answer: string },
): Promise<void> {
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
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export type Addition = {
  readonly changeNumber: number;
  /** Which of those that were asked for. */
  readonly fingerprint: string;
  /** What the clock showed. */
  readonly at: Instant;
  /** It was no later than this: the earliest time that it, or any change after it, is dated with. */
  readonly by: Instant;
  readonly summary: Said;
};

/**
 * The changes that one of these fingerprints is of, the newest first, unless they, or any after them, are dated `since` or
 * before: a clock that was ahead is found out by the changes that follow.
 */
export async function additionsBy(
  { db, account }: ReadScope,
  { actor, fingerprints, since }: { actor: string; fingerprints: readonly string[]; since: Instant },
): Promise<readonly Addition[]> {
  const all = textsAsJson(fingerprints.map(inShort));
  const rows = await additions(db, { account: account.id, actor, fingerprints: all, since });
  return rows.map(({ code, text, fingerprint, ...found }) => ({
    ...found,
    fingerprint: fingerprints.find((each) => inShort(each) === fingerprint) ?? fingerprint,
    summary: saidIn({ code, text }),
  }));
}

type Call = {
  readonly account: number;
  readonly actor: string;
  readonly fingerprints: string;
  readonly since: Instant;
};

// The times are hidden from the planner, which would look through all of the past for the earliest; and which ones are
// meant is known before anything is asked of what follows them, which would be asked of all of the past else.
const additions = prepared(
  (db, { account, actor, fingerprints, since }: Call) => sql<Omit<Addition, 'summary'> & StoredSaid>`
    with meant as materialized (
      select account_id, change_number, fingerprint from additions
      where account_id = ${account} and actor = ${actor} and fingerprint in (${textsIn(db, fingerprints)})
    )
    select a.change_number as "changeNumber", a.fingerprint, s.at, s.code, s.summary as text, (
      select min(c.at || '') from changes c where c.account_id = a.account_id and c.change_number >= a.change_number
    ) as "by"
    from meant a
    join changes s on s.account_id = a.account_id and s.change_number = a.change_number
    where not exists (
      select 1 from changes c
      where c.account_id = a.account_id and c.change_number >= a.change_number and c.at || '' <= ${since})
    order by a.change_number desc`,
);

/** Notes that this change added what these fingerprints are of: the call, and each record that it made. */
export async function noteAdditions(
  { db, account, changeNumber }: WriteScope,
  { actor, fingerprints }: { actor: string; fingerprints: readonly string[] },
): Promise<void> {
  const all = [...new Set(fingerprints.map(inShort))];
  await keepAdditions(
    db,
    account.id,
    all.map((fingerprint) => ({ actor, fingerprint, change_number: changeNumber })),
  );
}

/** 66 bits of it: whom it takes for another by chance is asked whether it is a repeat. */
function inShort(fingerprint: string): string {
  return fingerprint.slice(0, 11);
}

const keepAdditions = insertMany('additions', ['actor', 'fingerprint', 'change_number'], ['actor', 'fingerprint']);

/** So many have to agree that something is long ago. */
const WITNESSES = 1000;

/**
 * Forgets answers that are older, by this many milliseconds, than each of the newest thousand, and have as many changes
 * after them. No clock is believed on its own: one that is ahead for a while forgets nothing. What changed nothing goes by
 * the others' times alone, since doing it again adds nothing.
 */
export async function forgetRequests({ db, account, changeNumber }: WriteScope, olderMs: number): Promise<void> {
  const [witness] = await newestRequests(db, { account: account.id, offset: WITNESSES - 1 });
  if (witness === undefined) return;
  await sql`
    delete from requests
    where account_id = ${account.id} and at <= ${plusMs(witness.at, -olderMs)}
      and (change_number is null or change_number <= ${changeNumber - WITNESSES})`.execute(db);
}

/** The same of additions, which were when their changes were: by the newest thousand changes. */
export async function forgetAdditions({ db, account, changeNumber }: WriteScope, olderMs: number): Promise<void> {
  const [witness] = await newestChanges(db, { account: account.id, offset: WITNESSES - 1 });
  if (witness === undefined) return;
  const until = plusMs(witness.at, -olderMs);
  // Those behind the newest change of that time were later, but where a clock was set back: they wait for another day.
  const last = sql`(select c.change_number from changes c where c.account_id = ${account.id} and c.at <= ${until}
    order by c.at desc, c.change_number desc limit 1)`;
  await sql`
    delete from additions
    where account_id = ${account.id} and change_number <= ${changeNumber - WITNESSES} and change_number <= ${last}
      and exists (select 1 from changes c
        where c.account_id = additions.account_id and c.change_number = additions.change_number and c.at || '' <= ${until})`.execute(
    db,
  );
}

const newestIn = (table: 'requests' | 'changes') =>
  prepared((db, { account, offset }: { account: number; offset: number }) =>
    db.selectFrom(table).select('at').where('account_id', '=', account).orderBy('at', 'desc').limit(1).offset(offset),
  );
const newestRequests = newestIn('requests');
const newestChanges = newestIn('changes');

export async function confirmationSecret({ db, account }: ReadScope): Promise<string> {
  const { value } = await db
    .selectFrom('secrets')
    .select('value')
    .where('account_id', '=', account.id)
    .where('name', '=', 'confirmations')
    .executeTakeFirstOrThrow();
  return value;
}

/** Whether every record that the change added is still there, neither undone, removed, void, nor credited whole. */
export async function stillStands(scope: ReadScope, changeNumber: number): Promise<boolean> {
  const { db, account } = scope;
  const added = await db
    .selectFrom('change_images')
    .select(['table_name', 'after'])
    .where('account_id', '=', account.id)
    .where('change_number', '=', changeNumber)
    .where('before', 'is', null)
    .execute();
  for (const { table_name, after } of added) {
    const table = tableNamed(table_name);
    // What has no number of its own goes with the record that it is a part of.
    if (table?.kind === undefined || table.kind === null || table.key.join() !== 'id' || !isLedgerTable(table_name))
      continue;
    const id = idIn(table_name, after);
    const columns = LEDGER[table_name].columns.map((column) => sql.ref(column));
    const { rows } = await sql<Snapshot>`
      select ${sql.join(columns)} from ${sql.table(table_name)}
      where account_id = ${account.id} and id = ${id}`.execute(db);
    const [row] = rows;
    if (row === undefined || (table.part === null && declared(table.kind).isOut(row))) return false;
    if (table.kind === 'invoice' && (await isCreditedWhole(scope, id))) return false;
  }
  return true;
}

/** As a correction leaves it too: what it billed may be billed again. */
async function isCreditedWhole({ db, account }: ReadScope, invoice: number): Promise<boolean> {
  const credited = await db
    .selectFrom('invoices as i')
    .innerJoin('invoice_figures as f', (join) =>
      join.onRef('f.account_id', '=', 'i.account_id').onRef('f.invoice_id', '=', 'i.id'),
    )
    .select('i.id')
    .where('i.account_id', '=', account.id)
    .where('i.id', '=', invoice)
    .where('f.credited', '>', 0)
    .whereRef('f.credited', '>=', 'i.total')
    .executeTakeFirst();
  return credited !== undefined;
}

/** The number of the record that this change added, by its fingerprint; null for what has none. */
export async function refAdded(
  { db, account }: ReadScope,
  { changeNumber, at, fingerprint }: Pick<Addition, 'changeNumber' | 'at' | 'fingerprint'>,
): Promise<string | null> {
  const images = await db
    .selectFrom('change_images')
    .select(['table_name', 'before', 'after'])
    .where('account_id', '=', account.id)
    .where('change_number', '=', changeNumber)
    .orderBy('position')
    .execute();
  const changes = images.flatMap(({ table_name: table, before, after }) => {
    if (!isLedgerTable(table)) return [];
    const row = (image: string | null) =>
      image === null ? null : snapshotOf(LEDGER[table].columns, rowIn(table, image));
    return [{ table, key: {}, before: row(before), after: row(after) }];
  });
  const all = addedRecords({ changes, now: at, today: dayAt(at, account.timeZone) });
  const found = all.find((each) => each.fingerprint === fingerprint);
  const kind = found === undefined ? null : (tableNamed(found.table)?.kind ?? null);
  if (found === undefined || kind === null || tableNamed(found.table)?.part !== null) return null;
  const { id, number } = found.row;
  return kind === 'invoice'
    ? invoiceRef(Number(id), typeof number === 'number' ? number : null)
    : refOf(kind, Number(id));
}

/** Whether the invoices that this write makes come to what those of that change did; so do none and none. */
export async function billsTheSame({ db, account, journal }: WriteScope, changeNumber: number): Promise<boolean> {
  const made = journal.changes.flatMap(({ table, before, after }) =>
    table === 'invoices' && before === null ? [Number(after?.['subtotal'])] : [],
  );
  const earlier = await db
    .selectFrom('change_images')
    .select('after')
    .where('account_id', '=', account.id)
    .where('change_number', '=', changeNumber)
    .where('table_name', '=', 'invoices')
    .where('before', 'is', null)
    .execute();
  const sums = (amounts: readonly number[]) => amounts.toSorted((one, other) => one - other).join();
  return sums(made) === sums(earlier.map(({ after }) => subtotalIn(after)));
}

function subtotalIn(image: string | null): number {
  const { subtotal } = rowIn('invoices', image ?? '{}');
  if (typeof subtotal === 'number') return subtotal;
  throw new Error('the image of an invoice has no subtotal');
}

function idIn(table: LedgerTable, image: string | null): number {
  const { id } = rowIn(table, image ?? '{}');
  if (typeof id === 'number') return id;
  throw new Error('the image of a record has no id');
}
