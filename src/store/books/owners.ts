// Whose records are: moving what stands on one customer to another. What was sent or issued stays made out as it was.
import { refOfRow } from '../../kinds/reference.ts';
import type { Kind } from '../../kinds/index.ts';
import type { MadeOut } from '../../domain/paper.ts';
import { tableOf } from '../../kinds/tables.ts';
import type { Snapshot } from '../journal/ledger.ts';
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
  { from, to, jobId }: { readonly from: Owner; readonly to: Owner; readonly jobId: number | null },
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
      return { before, patch: { customer_id: to.id, ...countedUp(kind, before), ...(keeps ? madeOutTo(from) : {}) } };
    });
    await scope.journal.updateAll(tableOf(kind), changes);
  }
  return { moved, madeOut };
}

/** Calendars that hold an earlier state of an appointment learn of the change by its revision. */
function countedUp(kind: Owned, row: Snapshot): { readonly revision?: number } {
  return kind === 'appointment' ? { revision: Number(row['revision']) + 1 } : {};
}

/** A job to another customer. */
export async function moveJob(scope: WriteScope, id: number, to: Owner): Promise<void> {
  await scope.journal.update('jobs', { id }, { customer_id: to.id });
}

/** All jobs of a customer to another. Work was at the customer's own address unless it says another: there it stays. */
export async function moveJobs(scope: WriteScope, from: Owner, to: Owner): Promise<number> {
  const rows = await rowsHolding(scope, { table: 'jobs', column: 'customer_id' }, [from.id]);
  const isElsewhere = from.address !== null && to.address !== null && from.address !== to.address;
  const changes = rows.map((before) => {
    const stays = isElsewhere && before['address'] === null ? { address: from.address } : {};
    return { before, patch: { customer_id: to.id, ...stays } };
  });
  await scope.journal.updateAll('jobs', changes);
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
