// What became of what was added moments ago: whether it stands, and which record of a change was meant.
import { sql } from 'kysely';
import { dayAt, type Instant } from '../../domain/dates.ts';
import { declared } from '../../kinds/declared.ts';
import { invoiceRef, refOf } from '../../kinds/reference.ts';
import { tableNamed } from '../../kinds/tables.ts';
import type { ReadScope, WriteScope } from '../scope.ts';
import { addedRecords, type AddedRecord } from './alike.ts';
import { stepsOf, stepsOfAll, type RowStep } from './history.ts';
import { LEDGER, type LedgerTable, type Snapshot, type Value } from './ledger.ts';
import type { Addition } from './requests.ts';
import { saidIn } from './said.ts';

type Of = Pick<Addition, 'changeNumber' | 'at' | 'fingerprint'>;

/**
 * Whether what was added is still there, neither undone, removed, void, nor credited whole: the record that the fingerprint
 * is of, or each that the change added where it is of the call.
 */
export async function stillStands(scope: ReadScope, addition: Of): Promise<boolean> {
  const steps = await stepsOf(scope, addition.changeNumber);
  const record = recordIn(scope, steps, addition);
  if (record !== undefined) return await stands(scope, record);
  for (const { table, before, after } of steps)
    if (before === null && after !== null && !(await stands(scope, { table, row: after }))) return false;
  return true;
}

/** What has no number of its own goes with the record that it is a part of. */
async function stands(
  scope: ReadScope,
  { table: name, row }: { readonly table: LedgerTable; readonly row: Snapshot },
): Promise<boolean> {
  const { db, account } = scope;
  const table = tableNamed(name);
  if (table?.kind === undefined || table.kind === null || table.key.join() !== 'id') return true;
  const id = idIn(row);
  const columns = LEDGER[name].columns.map((column) => sql.ref(column));
  const { rows } = await sql<Snapshot>`
    select ${sql.join(columns)} from ${sql.table(name)}
    where account_id = ${account.id} and id = ${id}`.execute(db);
  const [now] = rows;
  if (now === undefined || (table.part === null && declared(table.kind).isOut(now))) return false;
  return table.kind !== 'invoice' || !(await isCreditedWhole(scope, id, Number(now['total'])));
}

/** As a correction leaves it too, the one of this very write as well: what it billed may be billed again. */
async function isCreditedWhole({ db, account }: ReadScope, id: number, total: number): Promise<boolean> {
  const notes = await db
    .selectFrom('invoices')
    .select('total')
    .where('account_id', '=', account.id)
    .where('credits_id', '=', id)
    .where('status', '=', 'issued')
    .execute();
  const credited = notes.reduce((sum, note) => sum - note.total, 0);
  return credited > 0 && credited >= total;
}

function recordIn({ account }: ReadScope, steps: readonly RowStep[], { at, fingerprint }: Of): AddedRecord | undefined {
  const all = addedRecords({ changes: steps, now: at, today: dayAt(at, account.timeZone) });
  return all.find((each) => each.fingerprint === fingerprint);
}

/** So many changes of one person are looked through, at most. */
const LOOKED_THROUGH = 200;

/**
 * What this person added earlier that is like something they added later, which stands no more: of additions that are
 * alike only the latest is kept.
 */
export async function earlierAlike(
  scope: ReadScope,
  {
    actor,
    fingerprints,
    below,
    since,
  }: Record<'actor', string> & {
    readonly fingerprints: readonly string[];
    readonly below: number;
    readonly since: Instant;
  },
): Promise<Addition[]> {
  const { db, account } = scope;
  const rows = await db
    .selectFrom('changes')
    .select(['change_number', 'at', 'code', 'summary as text'])
    .where('account_id', '=', account.id)
    .where('actor', '=', actor)
    .where('change_number', '<', below)
    .orderBy('change_number', 'desc')
    .limit(LOOKED_THROUGH)
    .execute();
  const end = rows.findIndex(({ at }) => at <= since);
  const lately = end === -1 ? rows : rows.slice(0, end);
  const steps = await stepsOfAll(
    scope,
    lately.map((row) => row.change_number),
  );
  const found: Addition[] = [];
  for (const { change_number: changeNumber, at, code, text } of lately) {
    const changes = steps.get(changeNumber) ?? [];
    for (const { fingerprint, table, row } of addedRecords({ changes, now: at, today: dayAt(at, account.timeZone) }))
      if (fingerprints.includes(fingerprint) && (await stands(scope, { table, row })))
        found.push({ changeNumber, fingerprint, at, by: at, summary: saidIn({ code, text }) });
  }
  return found;
}

/** The number of the record that this change added, by its fingerprint; null for what has none. */
export async function refAdded(scope: ReadScope, addition: Of): Promise<string | null> {
  const found = recordIn(scope, await stepsOf(scope, addition.changeNumber), addition);
  const kind = found === undefined ? null : (tableNamed(found.table)?.kind ?? null);
  if (found === undefined || kind === null || tableNamed(found.table)?.part !== null) return null;
  const { id, number } = found.row;
  return kind === 'invoice'
    ? invoiceRef(Number(id), typeof number === 'number' ? number : null)
    : refOf(kind, Number(id));
}

/** Whether the invoices that this write makes come to what those of that change did; so do none and none. */
export async function billsTheSame(scope: WriteScope, changeNumber: number): Promise<boolean> {
  const sums = (changes: readonly Added[]) =>
    addedTo('invoices', changes)
      .map(({ subtotal }) => amountIn(subtotal))
      .toSorted((one, other) => one - other)
      .join();
  return sums(scope.journal.changes) === sums(await stepsOf(scope, changeNumber));
}

/** Whether a credit that this write makes, like one of that change, counts otherwise: as a price reduction, or not. */
export async function countsOtherwise(scope: WriteScope, changeNumber: number): Promise<boolean> {
  const { changes } = scope.journal;
  if (!addedTo('invoices', changes).some(({ kind }) => kind === 'credit_note')) return false;
  const reduces = (those: readonly Added[]) => {
    const parts = addedTo('contract_parts', those);
    return [0, 1].filter((each) => parts.some((part) => part['reduces'] === each)).join();
  };
  return reduces(changes) !== reduces(await stepsOf(scope, changeNumber));
}

type Added = Pick<RowStep, 'table' | 'before' | 'after'>;

function addedTo(table: LedgerTable, changes: readonly Added[]): Snapshot[] {
  return changes.flatMap((each) =>
    each.table === table && each.before === null && each.after !== null ? [each.after] : [],
  );
}

function amountIn(subtotal: Value | undefined): number {
  if (typeof subtotal === 'number') return subtotal;
  throw new Error('the image of an invoice has no subtotal');
}

function idIn({ id }: Snapshot): number {
  if (typeof id === 'number') return id;
  throw new Error('the image of a record has no id');
}
