// A job that is somebody else's after all: it moves with everything on it. What was sent or issued stays made out as it was.
import { refused } from '../../domain/errors.ts';
import type { Job } from '../../domain/job.ts';
import { says, type Message } from '../../domain/message.ts';
import { price } from '../../domain/money.ts';
import { invoiceRef, refOf } from '../../kinds/reference.ts';
import { customerById } from '../../store/books/customers.ts';
import { listInvoices } from '../../store/books/invoices.ts';
import { moveJob as saveJob, moveOwned } from '../../store/books/owners.ts';
import type { WriteScope } from '../../store/scope.ts';
import { stillMadeOut } from '../customers/made-out.ts';
import { resolveCustomer } from '../resolve/resolve.ts';
import { amountText } from '../shared/amounts.ts';
import { reload } from '../shared/patch.ts';

const ALL = { limit: Number.MAX_SAFE_INTEGER, before: null };

/** @returns what it did, and what is to be known of it; nothing where the job was theirs already */
export async function moveJob(
  scope: WriteScope,
  job: Job,
  ref: string,
): Promise<{ readonly said: Message[]; readonly notes: Message[] }> {
  const to = await resolveCustomer(scope, { ref, field: 'customer', intent: 'write' });
  if (to.id === job.customer.id) return { said: [], notes: [] };
  if (to.isSample !== job.isSample) throw refused(says('job.sample-and-real'), 'customer');
  const from = await reload(customerById, scope, job.customer.id);
  await checkSettled(scope, job);
  await saveJob(scope, job.id, to);
  const { moved, madeOut } = await moveOwned(scope, { from, to, jobId: job.id });
  const named = ({ id, name }: { id: number; name: string }) => ({ ref: refOf('customer', id), name });
  const said = says('log.job-moved', {
    ...{ job: refOf('job', job.id), name: job.name, from: named(from), to: named(to) },
    along: moved.map((record) => record.ref),
  });
  scope.journal.log({ kind: 'job', id: job.id, entry: 'details', said });
  for (const { id } of [from, to]) scope.journal.log({ kind: 'customer', id, entry: 'paper', said });
  return {
    said: [says('log.job-now-for', { from: named(from), to: named(to), along: moved.map((record) => record.ref) })],
    notes: madeOut.length === 0 ? [] : [stillMadeOut(madeOut, from.name)],
  };
}

/** What was billed to one person is paid by that person, and what they are owed is owed to nobody else. */
async function checkSettled(scope: WriteScope, { id, customer }: Job): Promise<void> {
  const bills = await listInvoices(scope, { jobId: id, status: 'issued' }, ALL);
  const open = bills.toReversed().map((bill) => ({ ref: invoiceRef(bill.id, bill.number), balance: bill.balance }));
  const named = (those: typeof open) =>
    those.map(({ ref, balance }) => ({ ref, amount: amountText(scope, price(Math.abs(balance))) }));
  const facts = { job: refOf('job', id), whose: { ref: refOf('customer', customer.id), name: customer.name } };
  const [unpaid, owedBack] = [open.filter(({ balance }) => balance > 0), open.filter(({ balance }) => balance < 0)];
  if (unpaid.length > 0) throw refused(says('job.unpaid', { ...facts, invoices: named(unpaid) }), 'customer');
  if (owedBack.length > 0) throw refused(says('job.owed-back', { ...facts, invoices: named(owedBack) }), 'customer');
}
