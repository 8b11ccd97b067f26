// What of contracts was written off: kept, and brought down by whatever takes from it.
import { standingWriteOff } from '../../domain/left-to-bill.ts';
import { price, type Price } from '../../domain/money.ts';
import type { Database } from '../database.ts';
import type { Jobs } from '../derived/job-records.ts';
import { jobsTouched } from '../derived/rollups.ts';
import { prepared } from '../engine/prepared.ts';
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

/** What was written off of a contract; 0 where nothing was. */
export async function writtenOffOf({ db, account }: Omit<Writing, 'journal'>, contractId: number): Promise<Price> {
  const [row] = await writeOffOf(db, { account: account.id, contract: contractId });
  return price(row?.amount ?? 0);
}

/** Tables that decide what is left to bill. */
const BILLING: ReadonlySet<string> = new Set(['quotes', 'invoices', 'contract_parts']);

/** What this write left of the write-offs it bears on. A later addition to a contract is then left to bill in full. */
export async function settleWriteOffs(scope: Writing & { readonly jobs: Jobs }): Promise<void> {
  const { db, account, journal, jobs } = scope;
  if (!journal.changes.some(({ table }) => BILLING.has(table))) return;
  const touched = await jobsTouched(db, account.id, journal.changes);
  if (touched.size === 0) return;
  for (const { id } of await doneAmong(db, { account: account.id, jobs: [...touched] })) {
    for (const contract of (await jobs.of(id)).ledger.contracts)
      if (contract.writtenOff > 0) await keepWriteOff(scope, contract.contractId, standingWriteOff(contract));
  }
}

const writeOffOf = prepared((db, { account, contract }: { account: number; contract: number }) =>
  db.selectFrom('write_offs').select('amount').where('account_id', '=', account).where('contract_id', '=', contract),
);

const doneAmong = prepared((db, { account, jobs }: { account: number; jobs: readonly number[] }) =>
  db
    .selectFrom('jobs')
    .select('id')
    .where('account_id', '=', account)
    .where('id', 'in', jobs)
    .where('billing_done_on', 'is not', null),
);
