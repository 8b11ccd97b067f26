// Whose records are: moving what stands on one customer to another. What was sent or issued stays made out as it was.
import { refOfRow } from '../../kinds/reference.ts';
import type { Kind } from '../../kinds/index.ts';
import type { MadeOut } from '../../domain/paper.ts';
import { tableOf } from '../../kinds/tables.ts';
import { LEDGER, snapshotOf, type LedgerTable, type Snapshot } from '../journal/ledger.ts';
import { rowsHolding } from '../journal/references.ts';
import type { ReadScope, WriteScope } from '../scope.ts';

/** What belongs to a customer, and of that what may be on a job. */
const OWNED = ['quote', 'invoice', 'file', 'appointment', 'walk_and_talk'] as const satisfies readonly Kind[];
type Owned = (typeof OWNED)[number];

export type MovedRecord = { readonly kind: Owned | 'job'; readonly id: number; readonly ref: string };
/** A document that goes on naming whom it was made out to. */
export type KeptMadeOut = { readonly ref: string };

type Owner = MadeOut & { readonly id: number };

/** All of a customer's records, or those of one job, to another customer. */
export async function moveOwned(
  scope: WriteScope,
  { from, to, jobId }: Between & { readonly jobId: number | null },
): Promise<{ readonly moved: MovedRecord[]; readonly madeOut: KeptMadeOut[] }> {
  const moved: MovedRecord[] = [];
  const madeOut: KeptMadeOut[] = [];
  const isOther = from.name !== to.name || from.address !== to.address;
  for (const kind of OWNED) {
    const rows = await ownedBy(scope, kind, { from, jobId });
    const changes = rows.map((before) => {
      const keeps = isOther && goesByPresentName(kind, before);
      const named = { kind, id: Number(before['id']), ref: refOfRow(kind, before) };
      moved.push(named);
      if (keeps) madeOut.push({ ref: named.ref });
      return { before, patch: { ...toOther(kind, before, { from, to }), ...countedUp(kind, before) } };
    });
    await scope.journal.updateAll(tableOf(kind), changes);
  }
  return { moved, madeOut };
}

type Between = { readonly from: Owner; readonly to: Owner };

/** What becomes of a record of one that goes to the other. */
function toOther(kind: Owned, row: Snapshot, { from, to }: Between): Partial<Snapshot> & { customer_id: number } {
  const isOther = from.name !== to.name || from.address !== to.address;
  return { customer_id: to.id, ...(isOther && goesByPresentName(kind, row) ? madeOutTo(from) : {}) };
}

/** Work was at the customer's own address unless it says another: there it stays, where both are one person. */
function jobToOther(row: Snapshot, { from, to }: Between): { customer_id: number; address?: string } {
  const isElsewhere = from.address !== null && to.address !== null && from.address !== to.address;
  return {
    customer_id: to.id,
    ...(isElsewhere && row['address'] === null ? { address: from.address } : {}),
  };
}

/** What was brought back to somebody who is merged with another record goes on to that one, as in the merge. */
export async function moveOn(scope: WriteScope, table: LedgerTable, row: Snapshot, between: Between): Promise<void> {
  const kind = OWNED.find((each) => tableOf(each) === table);
  const key = snapshotOf(LEDGER[table].key, row);
  if (kind !== undefined) await scope.journal.update(table, key, toOther(kind, row, between));
  else if (table === 'jobs') await scope.journal.update(table, key, jobToOther(row, between));
  else await scope.journal.update(table, key, { customer_id: between.to.id });
}

/** Calendars that hold an earlier state of an appointment learn of the change by its revision. */
function countedUp(kind: Owned, row: Snapshot): { readonly revision?: number } {
  return kind === 'appointment' ? { revision: Number(row['revision']) + 1 } : {};
}

/** A job to another customer. */
export async function moveJob(scope: WriteScope, id: number, to: Owner): Promise<void> {
  await scope.journal.update('jobs', { id }, { customer_id: to.id });
}

/** All jobs of a customer to another. */
export async function moveJobs(scope: WriteScope, from: Owner, to: Owner): Promise<number> {
  const rows = await rowsHolding(scope, { table: 'jobs', column: 'customer_id' }, [from.id]);
  await scope.journal.updateAll(
    'jobs',
    rows.map((before) => ({ before, patch: jobToOther(before, { from, to }) })),
  );
  return rows.length;
}

/** What closed months say of whose a job was: of one and the same person they say it of one. */
export async function moveClosed(scope: WriteScope, from: number, to: number): Promise<void> {
  const rows = await rowsHolding(scope, { table: 'closed_jobs', column: 'customer_id' }, [from]);
  await scope.journal.updateAll(
    'closed_jobs',
    rows.map((before) => ({ before, patch: { customer_id: to } })),
  );
}

/** What was sent or issued to a customer goes on naming them as they were called then. */
export async function keepMadeOut(scope: WriteScope, customer: Owner): Promise<KeptMadeOut[]> {
  const kept: KeptMadeOut[] = [];
  for (const kind of ['quote', 'invoice'] as const) {
    const rows = (await ownedBy(scope, kind, { from: customer, jobId: null })).filter((row) =>
      goesByPresentName(kind, row),
    );
    await scope.journal.updateAll(
      tableOf(kind),
      rows.map((before) => ({ before, patch: madeOutTo(customer) })),
    );
    kept.push(...rows.map((row) => ({ ref: refOfRow(kind, row) })));
  }
  return kept;
}

async function ownedBy(
  scope: ReadScope,
  kind: Owned,
  { from, jobId }: { readonly from: Owner; readonly jobId: number | null },
): Promise<Snapshot[]> {
  const [column, value] = jobId === null ? ['customer_id', from.id] : ['job_id', jobId];
  const rows = await rowsHolding(scope, { table: tableOf(kind), column }, [value]);
  return rows
    .filter((row) => row['customer_id'] === from.id)
    .sort((one, other) => Number(one['id']) - Number(other['id']));
}

/** A draft is made out to whoever it is for when it goes out. */
function goesByPresentName(kind: Owned, row: Snapshot): boolean {
  return (kind === 'quote' || kind === 'invoice') && row['status'] !== 'draft' && row['to_name'] === null;
}

function madeOutTo({ name, address }: MadeOut): { to_name: string; to_address: string | null } {
  return { to_name: name, to_address: address };
}
