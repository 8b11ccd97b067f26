// Where papers and the records of site visits are filed, what belongs to what, and moving them between jobs.
import { declared } from '../../kinds/declared.ts';
import type { Kind, Kinds } from '../../kinds/index.ts';
import { tableOf } from '../../kinds/tables.ts';
import { invoiceRef, lineRef, refOf } from '../../kinds/reference.ts';
import type { Job } from '../../domain/job.ts';
import { updateAppointment } from './appointments.ts';
import { updateFile } from './files.ts';
import type { ReadScope, WriteScope } from '../scope.ts';

/** What can be filed under a job, and taken out. */
export type FiledKind = { readonly [K in Kind]: Kinds[K]['filing'] extends null ? never : K }[Kind];

export function isFiled(kind: Kind): kind is FiledKind {
  return declared(kind).filing !== null;
}

/** A record and the job that it is filed under, if any. */
export type Filed = {
  readonly kind: FiledKind;
  readonly id: number;
  readonly ref: string;
  readonly jobId: number | null;
};
export type FiledQuote = Filed & {
  readonly contractId: number;
  readonly status: string;
  readonly isOriginal: boolean;
};
export type FiledInvoice = Filed & { readonly contractId: number | null; readonly status: string };

/** False, and nothing written, where it was there already. */
export async function fileUnder(
  scope: WriteScope,
  { kind, id }: Pick<Filed, 'kind' | 'id'>,
  job: Pick<Job, 'id' | 'customer'> | null,
): Promise<boolean> {
  const jobId = job?.id ?? null;
  // It may have been nobody's.
  if (kind === 'file') return await updateFile(scope, id, { jobId, customerId: job?.customer.id });
  // Calendars that hold an earlier state of an appointment learn of the change by its revision.
  if (kind === 'appointment') return await updateAppointment(scope, id, { jobId });
  return await scope.journal.update(tableOf(kind), { id }, { job_id: jobId });
}

/** Every quote of these contracts: originals, revisions and change orders. */
export async function quotesOfContracts(
  { db, account }: ReadScope,
  contractIds: readonly number[],
): Promise<FiledQuote[]> {
  if (contractIds.length === 0) return [];
  const rows = await db
    .selectFrom('quotes')
    .select(['id', 'job_id', 'contract_id', 'status', 'kind'])
    .where('account_id', '=', account.id)
    .where('contract_id', 'in', contractIds)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    kind: 'quote',
    id: row.id,
    ref: refOf('quote', row.id),
    jobId: row.job_id,
    contractId: row.contract_id,
    status: row.status,
    isOriginal: row.kind === 'original',
  }));
}

/**
 * Invoices that belong together: these and those of these contracts, with their credit notes, what they credit, and
 * what corrected them or was corrected by them; those of one contract are always one family.
 */
export async function invoiceFamily(
  scope: ReadScope,
  { invoiceIds, contractIds }: { invoiceIds: readonly number[]; contractIds: readonly number[] },
): Promise<FiledInvoice[]> {
  const family = new Map<number, FiledInvoice>();
  let [ids, contracts] = [[...invoiceIds], [...contractIds]];
  while (ids.length > 0 || contracts.length > 0) {
    const rows = await relatives(scope, ids, contracts);
    const fresh = rows.filter((row) => !family.has(row.id));
    const known = new Set([...family.values()].map((each) => each.contractId));
    for (const { id, number, job_id, contract_id, status } of fresh) {
      family.set(id, {
        kind: 'invoice',
        id,
        ref: invoiceRef(id, number),
        jobId: job_id,
        contractId: contract_id,
        status,
      });
    }
    ids = fresh.flatMap((row) => [row.id, row.credits_id ?? row.id, row.corrected_by_id ?? row.id]);
    contracts = fresh.flatMap(({ contract_id: id }) => (id === null || known.has(id) ? [] : [id]));
  }
  return [...family.values()].sort((left, right) => left.id - right.id);
}

async function relatives({ db, account }: ReadScope, ids: readonly number[], contracts: readonly number[]) {
  return await db
    .selectFrom('invoices')
    .select(['id', 'number', 'job_id', 'contract_id', 'credits_id', 'corrected_by_id', 'status'])
    .where('account_id', '=', account.id)
    .where((eb) =>
      eb.or([
        ...(contracts.length === 0 ? [] : [eb('contract_id', 'in', contracts)]),
        ...(ids.length === 0
          ? []
          : [eb('id', 'in', ids), eb('credits_id', 'in', ids), eb('corrected_by_id', 'in', ids)]),
      ]),
    )
    .execute();
}

/** The photos of these walk & talks. */
export async function photosOf({ db, account }: ReadScope, walkAndTalkIds: readonly number[]): Promise<Filed[]> {
  if (walkAndTalkIds.length === 0) return [];
  const rows = await db
    .selectFrom('files')
    .select(['id', 'job_id'])
    .where('account_id', '=', account.id)
    .where('walk_and_talk_id', 'in', walkAndTalkIds)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ kind: 'file', id: row.id, ref: refOf('file', row.id), jobId: row.job_id }));
}

/** An expense that covers a line of other work. */
export type Cover = {
  readonly expenseId: number;
  readonly description: string;
  readonly jobId: number;
  readonly lineId: number;
};

/** The expenses that cover lines of these quotes and are not on this job. */
export async function allocatedFromAfar(
  { db, account }: ReadScope,
  quoteIds: readonly number[],
  jobId: number | null,
): Promise<Cover[]> {
  if (quoteIds.length === 0) return [];
  let rows = db
    .selectFrom('expenses')
    .select(['id', 'description', 'job_id', 'covers_line_id'])
    .where('account_id', '=', account.id)
    .where('covers_line_id', 'in', (eb) =>
      eb
        .selectFrom('quote_lines')
        .select('line_id')
        .where('account_id', '=', account.id)
        .where('quote_id', 'in', quoteIds),
    );
  if (jobId !== null) rows = rows.where('job_id', '!=', jobId);
  return (await rows.orderBy('id').execute()).map((row) => ({
    expenseId: row.id,
    description: row.description,
    jobId: there(row.job_id, row.id),
    lineId: there(row.covers_line_id, row.id),
  }));
}

/** Overhead covers nothing. */
function there(value: number | null, expense: number): number {
  if (value === null) throw new Error(`expense ${expense} covers a line of no job`);
  return value;
}

/** A line that changes another, and the quotes on which that other one stands. */
export type ChangeLine = {
  readonly ref: string;
  readonly quoteId: number;
  readonly jobId: number | null;
  readonly changed: readonly { readonly ref: string; readonly quoteId: number; readonly jobId: number | null }[];
};

/** The change lines that lead into these quotes or out of them. */
export async function changeLinesAt({ db, account }: ReadScope, quoteIds: readonly number[]): Promise<ChangeLine[]> {
  if (quoteIds.length === 0) return [];
  const lines = () =>
    db
      .selectFrom('quote_lines as l')
      .innerJoin('quotes as q', (join) =>
        join.onRef('q.account_id', '=', 'l.account_id').onRef('q.id', '=', 'l.quote_id'),
      )
      .select(['l.quote_id', 'l.position', 'l.line_id', 'l.changes_line_id', 'q.job_id'])
      .where('l.account_id', '=', account.id);
  const changers = await lines()
    .where('l.changes_line_id', 'is not', null)
    .where((eb) =>
      eb.or([
        eb('l.quote_id', 'in', quoteIds),
        eb('l.changes_line_id', 'in', (inner) =>
          inner
            .selectFrom('quote_lines as t')
            .select('t.line_id')
            .where('t.account_id', '=', account.id)
            .where('t.quote_id', 'in', quoteIds),
        ),
      ]),
    )
    .orderBy('l.quote_id')
    .orderBy('l.position')
    .execute();
  const lineIds = [...new Set(changers.map((row) => row.changes_line_id ?? 0))];
  const changed = lineIds.length === 0 ? [] : await lines().where('l.line_id', 'in', lineIds).execute();
  const placeOf = (row: (typeof changers)[number]) => ({
    ref: lineRef(row.quote_id, row.position),
    quoteId: row.quote_id,
    jobId: row.job_id,
  });
  const byLine = Map.groupBy(changed, (row) => row.line_id);
  return changers.map((row) => ({
    ...placeOf(row),
    changed: (byLine.get(row.changes_line_id ?? 0) ?? []).map(placeOf),
  }));
}
