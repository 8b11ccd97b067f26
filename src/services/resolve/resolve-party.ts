// Whose a new paper is, and what a list is narrowed to: a customer, a job, or both where they agree.
import type { Customer } from '../../domain/customer.ts';
import { invalid, refused } from '../../domain/errors.ts';
import { says } from '../../domain/message.ts';
import type { Job } from '../../domain/job.ts';
import type { QuoteSummary } from '../../domain/quote.ts';
import { refOf } from '../../kinds/reference.ts';
import type { WalkAndTalkSummary } from '../../domain/walk-and-talk.ts';
import { customerById } from '../../store/books/customers.ts';
import type { ReadScope, WriteScope } from '../../store/scope.ts';
import { resolveCustomer, resolveJob } from './resolve.ts';

/** The customer and job that a list is narrowed to. */
export async function resolveParty(
  scope: ReadScope,
  { customer, job }: { customer?: string | undefined; job?: string | undefined },
): Promise<{ customerId: number | undefined; jobId: number | undefined }> {
  const theirs =
    customer === undefined ? null : await resolveCustomer(scope, { ref: customer, field: 'customer', intent: 'read' });
  const on = job === undefined ? null : await resolveJob(scope, { ref: job, field: 'job', intent: 'read' });
  return { customerId: theirs?.id, jobId: on?.id };
}

/** What a new paper follows from: it stays with their customer and job. */
type Follows = { readonly revised?: QuoteSummary | null; readonly walk?: WalkAndTalkSummary | null };

/** The customer, and the job if any, that something new is for, with what was said of a job. All of it must agree. */
export async function resolvePartyFor(
  scope: WriteScope,
  input: { customer?: string | undefined; job?: string | undefined },
  { revised = null, walk = null }: Follows = {},
): Promise<{ customer: Customer; job: Pick<Job, 'id' | 'name'> | null; said: Job | null }> {
  const said =
    input.job === undefined ? null : await resolveJob(scope, { ref: input.job, field: 'job', intent: 'write' });
  const named =
    input.customer === undefined
      ? null
      : await resolveCustomer(scope, { ref: input.customer, field: 'customer', intent: 'write' });
  const customerId = said?.customer.id ?? revised?.customer.id ?? walk?.customer.id ?? named?.id;
  if (customerId === undefined) {
    throw invalid('customer', says('party.missing', { jobs: scope.account.template !== 'sales-pipeline' }));
  }
  if (named !== null && named.id !== customerId) {
    const earlier = revised !== null ? 'revised' : 'walk';
    const of = said !== null ? { job: refOf('job', said.id) } : earlier;
    throw refused(says('party.other-customer', { customer: refOf('customer', named.id), of }), 'customer');
  }
  const earlier = [
    ...(revised === null ? [] : [{ ...revised, ref: refOf('quote', revised.id), of: 'revised' as const }]),
    ...(walk === null ? [] : [{ ...walk, ref: refOf('walk_and_talk', walk.id), of: 'walk' as const }]),
  ];
  const job = said ?? earlier.find((each) => each.job !== null)?.job ?? null;
  const disagrees = said === null ? 'revises' : 'job';
  for (const { ref, of, customer: whom, job: where } of earlier) {
    if (whom.id !== customerId) {
      const facts = { ref, customer: refOf('customer', whom.id), name: whom.name, field: disagrees };
      throw refused(says('party.for-other-customer', facts), disagrees);
    }
    if (where !== null && where.id !== job?.id) {
      const facts = { ref, job: refOf('job', where.id), earlier: of, field: disagrees };
      throw refused(says('party.on-other-job', facts), disagrees);
    }
  }
  const customer = named ?? (await customerById(scope, customerId));
  if (customer === null) throw new Error(`customer ${customerId} is missing`);
  return { customer, job, said };
}
