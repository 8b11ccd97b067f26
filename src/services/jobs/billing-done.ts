// "Nothing more will be billed on this job": what is left of its contracts is written off, or that is taken back.
import { remainderOf, standingWriteOff } from '../../domain/left-to-bill.ts';
import type { Job } from '../../domain/job.ts';
import { price, sum, type Price } from '../../domain/money.ts';
import { choicesOf, leftOfOffers } from '../../domain/offers.ts';
import type { JobLedger } from '../../domain/profit.ts';
import { refOf } from '../../kinds/reference.ts';
import { setBillingDone } from '../../store/books/jobs.ts';
import type { WriteScope } from '../../store/scope.ts';
import { keepWriteOff } from '../../store/books/write-offs.ts';
import { amountsOf } from '../shared/amounts.ts';
import { says, type Message } from '../../domain/message.ts';

/** @returns what it did; nothing where it was so already */
export async function markBillingDone(scope: WriteScope, job: Job, done: boolean): Promise<Message[]> {
  const { ledger } = await scope.jobs.of(job.id);
  const { contracts } = ledger;
  const left = contracts.map((contract) => ({
    ...contract,
    remainder: price(Math.max(0, remainderOf(contract, null))),
  }));
  const offered = offeredLeft(ledger);
  const isDone = job.billingDoneOn !== null;
  const before = sum([...contracts.map(standingWriteOff), ...(isDone ? [offered] : [])]);
  const after = done ? sum([...left.map(({ remainder }) => remainder), offered]) : price(0);
  if (done === isDone && (!done || before === after)) return [];
  for (const { contractId, remainder } of left) await keepWriteOff(scope, contractId, done ? remainder : price(0));
  await setBillingDone(scope, job.id, done ? scope.today : null);
  const amount = after === before ? null : amountsOf(scope)(price(Math.abs(after - before)));
  const said = done ? says('log.billing-done', { writtenOff: amount }) : says('log.billing-goes-on', { left: amount });
  const step = says('log.job-billing', { job: refOf('job', job.id), step: said });
  scope.journal.log({ kind: 'job', id: job.id, entry: 'money', said: step });
  return [said];
}

/** What is left of the one offer that is open, until somebody says that it will not be billed: it is no contract of which that is kept. */
function offeredLeft(ledger: JobLedger): Price {
  if (choicesOf(ledger).length > 0) return price(0);
  // What is to credit is no write-off.
  return price(Math.max(0, leftOfOffers({ ...ledger, billingDoneOn: null }).left));
}
