// What of contracts was written off: kept, and brought down by whatever takes from it.
import { sql } from 'kysely';
import { reductionBy, writeOffAfter } from '../../domain/left-to-bill.ts';
import { price, type Price } from '../../domain/money.ts';
import type { Database } from '../database.ts';
import type { Jobs } from '../derived/job-records.ts';
import { numbersIn } from '../engine/json-rows.ts';
import { prepared } from '../engine/prepared.ts';
import type { Snapshot, Touched } from '../journal/ledger.ts';
import type { Journal } from '../journal/write.ts';

type Writing = { readonly db: Database; readonly account: { readonly id: number }; readonly journal: Journal };

/** @param amount 0 takes it out */
export async function keepWriteOff(scope: Writing, contractId: number, amount: Price): Promise<void> {
  const [before] = await writeOffOf(scope.db, { account: scope.account.id, contract: contractId });
  const key = { contract_id: contractId };
  if (before === undefined) {
    if (amount > 0) await scope.journal.insert('write_offs', { ...key, amount });
  } else if (amount === 0) await scope.journal.remove('write_offs', key);
  else await scope.journal.update('write_offs', key, { amount });
}

/** Tables that decide what is left to bill. */
const BILLING: ReadonlySet<string> = new Set(['quotes', 'invoices', 'contract_parts']);

/** What this write left of the write-offs it bears on. A later addition to a contract is then left to bill in full. */
export async function settleWriteOffs(scope: Writing & { readonly jobs: Jobs }): Promise<void> {
  const { journal, jobs } = scope;
  if (!journal.changes.some(({ table }) => BILLING.has(table))) return;
  const touched = [...(await jobs.touchedBy(journal.changes))];
  const read = touched.length > LOOKED_AT_WHOLE ? await doneAmong(scope, touched) : touched;
  // What is put back brings its write-off with it.
  const reductions = journal.isUndo ? new Map<number, number>() : reductionsIn(journal.changes);
  for (const { records } of await jobs.all(read)) {
    const isDone = (records?.rows.job.billing_done_on ?? null) !== null;
    for (const contract of isDone ? (records?.ledger.contracts ?? []) : []) {
      const reduction = price(Math.max(0, reductions.get(contract.contractId) ?? 0));
      if (contract.writtenOff > 0) await keepWriteOff(scope, contract.contractId, writeOffAfter(contract, reduction));
    }
  }
}

/** By how much less each contract comes to, by the quotes of this write. */
function reductionsIn(changes: readonly Touched[]): ReadonlyMap<number, number> {
  const less = new Map<number, number>();
  for (const { table, before, after } of changes) {
    if (table !== 'quotes') continue;
    const contract = Number((after ?? before)?.['contract_id']);
    less.set(contract, (less.get(contract) ?? 0) + reductionBy(quotedIn(before), quotedIn(after)));
  }
  return less;
}

function quotedIn(row: Snapshot | null): Parameters<typeof reductionBy>[0] {
  if (row === null) return null;
  const status = row['status'];
  return {
    isAccepted: status === 'accepted',
    isDeclined: status === 'declined',
    subtotal: price(Number(row['subtotal'] ?? 0)),
  };
}

/** So many jobs are read whole in any case, when the write ends; of more it is asked first which have their billing done. */
const LOOKED_AT_WHOLE = 25;

async function doneAmong({ db, account }: Writing, jobs: readonly number[]): Promise<number[]> {
  const rows = await done(db, { account: account.id, jobs: JSON.stringify(jobs) });
  return rows.map(({ id }) => id);
}

const writeOffOf = prepared((db, { account, contract }: { account: number; contract: number }) =>
  db.selectFrom('write_offs').select('amount').where('account_id', '=', account).where('contract_id', '=', contract),
);

const done = prepared((db, { account, jobs }: { account: number; jobs: string }) =>
  db
    .selectFrom('jobs')
    .select('id')
    .where('account_id', '=', account)
    .where(sql<boolean>`id in (${numbersIn(db, jobs)})`)
    .where('billing_done_on', 'is not', null),
);
