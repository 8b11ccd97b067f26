// Whose records are: moving what stands on one customer to another. What was sent or issued stays made out as it was.
import { refOfRow } from '../../kinds/reference.ts';
import type { Kind } from '../../kinds/index.ts';
import type { MadeOut } from '../../domain/paper.ts';
import { tableOf } from '../../kinds/tables.ts';
import type { Snapshot } from '../journal/ledger.ts';
import { rowsHolding } from '../journal/references.ts';
import type { ReadScope, WriteScope } from '../scope.ts';
import { updateAppointment } from './appointments.ts';

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
    for (const row of await ownedBy(scope, kind, { from, jobId })) {
      const [id, ref] = [Number(row['id']), refOfRow(kind, row)];
      const keeps = isOther && goesByPresentName(kind, row);
      await giveTo(scope, { kind, id }, to.id, keeps ? from : null);
      moved.push({ kind, id, ref });
      if (keeps) madeOut.push({ ref });
    }
  }
  return { moved, madeOut };
}

/** Jobs of a customer to another, with what closed months keep of whose they were. */
export async function moveJobs(scope: WriteScope, jobs: readonly number[], to: number): Promise<void> {
  for (const id of jobs) await scope.journal.update('jobs', { id }, { customer_id: to });
}

/** What closed months say of whose a job was: of one and the same person they say it of one. */
export async function moveClosed(scope: WriteScope, from: number, to: number): Promise<void> {
  for (const { job_id, closing } of await rowsHolding(scope, { table: 'closed_jobs', column: 'customer_id' }, [from]))
    await scope.journal.update(
      'closed_jobs',
      { job_id: Number(job_id), closing: Number(closing) },
      { customer_id: to },
    );
}

export async function jobsOf(scope: ReadScope, customerId: number): Promise<number[]> {
  const rows = await rowsHolding(scope, { table: 'jobs', column: 'customer_id' }, [customerId]);
  return rows.map(({ id }) => Number(id)).sort((one, other) => one - other);
}

/** What was sent or issued to a customer goes on naming them as they were called then. */
export async function keepMadeOut(scope: WriteScope, customer: Owner): Promise<KeptMadeOut[]> {
  const kept: KeptMadeOut[] = [];
  for (const kind of ['quote', 'invoice'] as const) {
    for (const row of await ownedBy(scope, kind, { from: customer, jobId: null })) {
      if (!goesByPresentName(kind, row)) continue;
      await scope.journal.update(tableOf(kind), { id: Number(row['id']) }, madeOutTo(customer));
      kept.push({ ref: refOfRow(kind, row) });
    }
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

async function giveTo(
  scope: WriteScope,
  { kind, id }: { readonly kind: Owned; readonly id: number },
  customer_id: number,
  madeOut: MadeOut | null,
): Promise<void> {
  // Calendars that hold an earlier state of an appointment learn of the change by its revision.
  if (kind === 'appointment') await updateAppointment(scope, id, { customerId: customer_id });
  else if (kind === 'quote' || kind === 'invoice')
    await scope.journal.update(tableOf(kind), { id }, { customer_id, ...(madeOut === null ? {} : madeOutTo(madeOut)) });
  else await scope.journal.update(tableOf(kind), { id }, { customer_id });
}
