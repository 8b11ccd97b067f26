// What a write leaves under no job, where its customer has one: it is in no job's profit, and that is said at once.
import { says, type Message } from '../../domain/message.ts';
import type { Named } from '../../domain/named.ts';
import { planHas } from '../../domain/plans.ts';
import { cut } from '../../domain/text.ts';
import { refOf } from '../../kinds/reference.ts';
import { newestJobsOf } from '../../store/books/newest-jobs.ts';
import type { ReadScope } from '../../store/scope.ts';

/** Jobs that are named; it may be for another. */
const FEW = 3;
const LONGEST_NAME = 60;

type Paper = { readonly ref: string; readonly customer: Named; readonly job: unknown };

/** @param paper a bill, or an accepted quote */
export async function leftOutside(scope: ReadScope, { ref, customer, job }: Paper): Promise<Message[]> {
  if (job !== null || !planHas(scope.account.plan, 'groupPapers')) return [];
  const found = await newestJobsOf(scope, { customerId: customer.id, limit: FEW + 1 });
  if (found.length === 0) return [];
  const jobs = found.slice(0, FEW).map(({ id, name }) => ({ ref: refOf('job', id), name: cut(name, LONGEST_NAME) }));
  return [says('note.outside-jobs', { ref, customer: customer.name, jobs, more: found.length > FEW })];
}
