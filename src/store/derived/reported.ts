// What a report is of: samples or none, all jobs or those that are asked for.
import { sql, type RawBuilder } from 'kysely';
import type { JobStatus } from '../../domain/job.ts';
import type { Period } from '../../domain/period.ts';
import type { ReadScope } from '../scope.ts';
import { havingTerms } from '../search/find.ts';

/** Null: all that belongs to days, whenever that was. */
export type ReportPeriod = Period | null;

export type Reported = ReadScope & {
  readonly samples: boolean;
  /** A query of the numbers of jobs; null where all are reported. */
  readonly some: RawBuilder<unknown> | null;
  /** Whose money on no job stands beside that of jobs: everybody's or a customer's; null where jobs are picked otherwise. */
  readonly beside: { readonly customerId: number | null } | null;
};

/** Of rows that say whether they are of a sample, and name their job where only some are reported. */
export function real({ samples, some }: Reported): RawBuilder<unknown> {
  const those = some === null ? sql`` : sql`and job_id in ${some}`;
  return samples ? those : sql`and is_sample = 0 ${those}`;
}

/** Of rows that only name their job. */
export function ofReal({ samples, some, account }: Reported, job: RawBuilder<unknown>): RawBuilder<unknown> {
  const those = some === null ? sql`` : sql`and ${job} in ${some}`;
  return samples
    ? those
    : sql`and exists (select 1 from jobs s where s.account_id = ${account.id} and s.id = ${job} and s.is_sample = 0) ${those}`;
}

/** Of expenses `e` on jobs: those that their job counts. */
export function ofCounted({ samples, account }: Pick<Reported, 'samples' | 'account'>): RawBuilder<unknown> {
  return sql`${samples ? sql`` : sql`and e.is_sample = 0`} and exists (select 1 from jobs s
    where s.account_id = ${account.id} and s.id = e.job_id and s.is_sample = e.is_sample)`;
}

export function within({ from, to }: Period, day: RawBuilder<unknown>): RawBuilder<unknown> {
  const until = to === null ? sql`` : sql`and ${day} <= ${to}`;
  return sql`${from === null ? sql`1 = 1` : sql`${day} >= ${from}`} ${until}`;
}

/**
 * What was billed on no job, as rows `i` of an invoice, a day and an amount: each invoice on its own day, and, of those of
 * closed months that were filed since, what keeps these months as they were and stands in later ones (`from_closed`).
 */
export function outsideOf(scope: Reported, span: ReportPeriod): RawBuilder<unknown> {
  const { account, samples, beside } = scope;
  const customerId = beside?.customerId ?? null;
  const ofCustomer = customerId === null ? sql`` : sql`and o.customer_id = ${customerId}`;
  const days = span ?? { from: null, to: null };
  const invoice = sql`o.id, o.number, o.credits_id, o.customer_id`;
  return sql`(select ${invoice}, o.issued_on as day, o.subtotal as amount, 0 as from_closed from invoices o
      where o.account_id = ${account.id} and o.job_id is null and o.status = 'issued'
        and ${within(days, sql`o.issued_on`)} ${samples ? sql`` : sql`and o.is_sample = 0`} ${ofCustomer}
    union all
    select ${invoice}, k.day, k.amount, case when k.day > o.issued_on then k.amount else 0 end
      from closed_invoices k join invoices o on o.account_id = ${account.id} and o.id = k.invoice_id
      where k.account_id = ${account.id} and ${within(days, sql`k.day`)} ${ofCustomer}) as i`;
}

export type JobsAsked = {
  readonly customerId: number | null;
  /** Words of the job, its customer and its address. */
  readonly query: string | undefined;
  readonly status: JobStatus | undefined;
  /** Of a plan that has this kind of cost, or money spent on it. */
  readonly category: string | undefined;
  /** The last of them (where no status is asked for, that were sold and not cancelled): by when each was completed, else worked on or billed last. */
  readonly last: number | undefined;
};

/** The numbers of the jobs that are asked for; null where that is all of them. */
export async function someJobs(scope: ReadScope, samples: boolean, asked: JobsAsked): Promise<Reported['some']> {
  const { customerId, query, status, category, last } = asked;
  if (customerId === null && [query, status, last].every((each) => each === undefined)) return null;
  const { account } = scope;
  const conditions = [
    sql`o.account_id = ${account.id}`,
    ...(customerId === null ? [] : [sql`o.customer_id = ${customerId}`]),
    ...(status === undefined ? [] : [sql`o.status = ${status}`]),
    ...(query === undefined ? [] : [await havingTerms(scope, 'job', query, 'o.job_id')]),
  ];
  if (last === undefined) return sql`(select o.job_id from job_figures o where ${sql.join(conditions, sql` and `)})`;
  const hasPlan = sql`exists (select 1 from job_plans l
    where l.account_id = ${account.id} and l.job_id = o.job_id and l.category = ${category})`;
  const lastOnes = [
    ...conditions,
    ...(status === undefined ? [sql`o.status <> 'cancelled' and (o.cost_basis = 'accepted' or o.billed > 0)`] : []),
    ...(samples ? [] : [sql`o.is_sample = 0`]),
    ...(category === undefined ? [] : [hasPlan]),
  ];
  // Cut in a query of its own, since a database may not cut where it looks something up.
  return sql`(select n.job_id from (select o.job_id from job_figures o where ${sql.join(lastOnes, sql` and `)}
    order by o.last_on desc, o.job_id desc limit ${last}) as n)`;
}
