// The newest jobs of a customer: what is filed nowhere may belong to one of them.
import type { Job } from '../../domain/job.ts';
import { prepared } from '../engine/prepared.ts';
import type { ReadScope } from '../scope.ts';

const ofCustomer = prepared((db, { account, customer, limit }: { account: number; customer: number; limit: number }) =>
  db
    .selectFrom('jobs')
    .select(['id', 'name'])
    .where('account_id', '=', account)
    .where('customer_id', '=', customer)
    .where('status', '<>', 'cancelled')
    .orderBy('id', 'desc')
    .limit(limit),
);

/** The newest jobs of a customer that are not cancelled. */
export async function newestJobsOf(
  { db, account }: ReadScope,
  { customerId, limit }: { readonly customerId: number; readonly limit: number },
): Promise<readonly Pick<Job, 'id' | 'name'>[]> {
  return await ofCustomer(db, { account: account.id, customer: customerId, limit });
}
