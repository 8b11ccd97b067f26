// All that is left to bill of several jobs at once: an invoice for each contract, after one preview and one yes.
import { invalid, refused } from '../../domain/errors.ts';
import type { Job } from '../../domain/job.ts';
import { says, type Message } from '../../domain/message.ts';
import { sum } from '../../domain/money.ts';
import { refOf } from '../../kinds/reference.ts';
import type { WriteScope } from '../../store/scope.ts';
import { contractById, contractsOn, jobQuotes, writtenOffOf } from '../quotes/contracts.ts';
import { resolveJob } from '../resolve/resolve.ts';
import { amountText } from '../shared/amounts.ts';
import { createInvoice, type NewInvoiceInput } from './invoices.ts';
import type { InvoiceWithState } from './with-payments.ts';

export type RestInput = NewInvoiceInput & { readonly restOf: readonly string[] };

/** What of an invoice can be said of all of them. */
const OF_ALL: readonly string[] = ['draft', 'issuedOn', 'dueOn', 'notes'];

/** At least one. */
export type RestBilled = {
  readonly invoices: readonly [InvoiceWithState, ...InvoiceWithState[]];
  readonly total: string;
  readonly notes: readonly Message[];
};

export async function billRestOf(scope: WriteScope, { restOf, ...input }: RestInput): Promise<RestBilled> {
  const other = Object.entries(input).find(([name, value]) => value !== undefined && !OF_ALL.includes(name));
  if (other !== undefined) throw invalid(other[0], says('billing.not-with-rest'));
  const jobs = await jobsNamed(scope, restOf);
  const invoices: InvoiceWithState[] = [];
  const notes: Message[] = [];
  const withoutRest: Message[] = [];
  for (const job of jobs) {
    const contracts = await contractsWithRest(scope, job);
    if (contracts.length === 0) withoutRest.push(await whyNothing(scope, job));
    for (const quote of contracts) {
      const billed = await createInvoice(scope, { ...input, fromQuote: { quote, rest: true } });
      invoices.push(billed.invoice);
      notes.push(...billed.notes);
    }
  }
  const [first, ...others] = invoices;
  if (first === undefined) throw refused(says('billing.no-rest', { jobs: withoutRest }), 'restOf');
  const total = amountText(scope, sum(invoices.map((invoice) => invoice.total)));
  if (others.length > 0 && input.draft !== true) {
    scope.journal.asks(says('billing.several', { count: invoices.length, total }));
    for (const note of withoutRest) scope.journal.asks(note);
  }
  return { invoices: [first, ...others], total, notes: [...withoutRest, ...notes] };
}

async function jobsNamed(scope: WriteScope, refs: readonly string[]): Promise<Job[]> {
  const jobs = new Map<number, Job>();
  for (const [index, ref] of refs.entries()) {
    const field = `restOf[${index}]`;
    const job = await resolveJob(scope, { ref, field, intent: 'write' });
    if (jobs.has(job.id)) throw invalid(field, says('billing.job-twice', { job: refOf('job', job.id) }));
    jobs.set(job.id, job);
  }
  return [...jobs.values()];
}

/**
 * The contracts of a job of which something is left, each by the number of its quote, as they were accepted. Of a cancelled
 * one nothing is.
 */
async function contractsWithRest(scope: WriteScope, job: Job): Promise<string[]> {
  const refs: string[] = [];
  if (job.status === 'cancelled') return refs;
  for (const id of await contractsOn(scope, job.id)) {
    const contract = await contractById(scope, id);
    const left = (contract?.state.remaining ?? 0) - (await writtenOffOf(scope, id));
    if (contract !== null && left > 0) refs.push(refOf('quote', contract.original.id));
  }
  return refs;
}

async function whyNothing(scope: WriteScope, { id, name, status }: Job): Promise<Message> {
  const hasContract = (await contractsOn(scope, id)).length > 0;
  const why = status === 'cancelled' ? 'cancelled' : hasContract ? 'all-billed' : 'no-contract';
  const orders = why === 'all-billed' ? await ordersAlone(scope, id) : [];
  return says('billing.nothing-on-job', { job: refOf('job', id), name, why, orders });
}

/** Accepted change orders whose own quote is not. */
async function ordersAlone(scope: WriteScope, jobId: number): Promise<string[]> {
  const contracts = await contractsOn(scope, jobId);
  return (await jobQuotes(scope, jobId))
    .filter(({ status, contractId }) => status === 'accepted' && !contracts.includes(contractId))
    .map(({ id }) => refOf('quote', id));
}
