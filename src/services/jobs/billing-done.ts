// "Nothing more will be billed on this job": what is left of its contracts is written off, or that is taken back.
import { remainderOf, standingWriteOff } from '../../domain/left-to-bill.ts';
import type { Job } from '../../domain/job.ts';
import { price, sum } from '../../domain/money.ts';
import { refOf } from '../../kinds/reference.ts';
import { loadJobLedger } from '../../store/derived/job-ledger.ts';
import { setBillingDone } from '../../store/books/jobs.ts';
import type { WriteScope } from '../../store/scope.ts';
import { keepWriteOff } from '../../store/books/write-offs.ts';
import { words } from '../shared/amounts.ts';

/** @returns what it did, in words; nothing where it was so already */
export async function markBillingDone(scope: WriteScope, job: Job, done: boolean): Promise<string[]> {
  const jobLedger = await loadJobLedger(scope.db, scope.account.id, job.id);
  if (jobLedger === null) throw new Error(`job ${job.id} vanished within its own write`);
  const left = jobLedger.contracts.map((contract) => ({
    ...contract,
    remainder: price(Math.max(0, remainderOf(contract, null))),
  }));
  const before = sum(jobLedger.contracts.map(standingWriteOff));
  const after = done ? sum(left.map(({ remainder }) => remainder)) : price(0);
  if (done === (job.billingDoneOn !== null) && (!done || before === after)) return [];
  for (const { contractId, remainder } of left) await keepWriteOff(scope, contractId, done ? remainder : price(0));
  await setBillingDone(scope, job.id, done ? scope.today : null);
  const amount = words(scope)(price(Math.abs(after - before)));
  const said = done
    ? `nothing more to bill${after === before ? '' : `, ${amount} left is written off`}`
    : `billing goes on${after === before ? '' : `, ${amount} is left to bill again`}`;
  scope.journal.log({ kind: 'job', id: job.id, entry: 'money', text: `${refOf('job', job.id)}: ${said}` });
  return [said];
}
