// Which jobs a report is asked for.
import type { Category } from '../../domain/cost.ts';
import { refused } from '../../domain/errors.ts';
import { says } from '../../domain/message.ts';
import type { JobStatus } from '../../domain/job.ts';
import type { Named } from '../../domain/named.ts';
import type { Period, ReportedBy } from '../../domain/period.ts';
import { someJobs, type Reported } from '../../store/derived/reported.ts';
import type { ReadScope } from '../../store/scope.ts';
import { resolveCustomer } from '../resolve/resolve.ts';
import { samplesCount, type CountingInput } from '../shared/counted.ts';
import { readDays, type DaysInput } from '../shared/days.ts';

export type AskedInput = CountingInput & {
  readonly by: ReportedBy;
  readonly customer?: string | undefined;
  readonly query?: string | undefined;
  readonly status?: JobStatus | undefined;
  readonly last?: number | undefined;
  readonly category?: Category | undefined;
};

/** What was asked for; null where nothing narrows it. */
export type ReportAsked = {
  readonly customer: Named | null;
  readonly query: string | null;
  readonly status: JobStatus | null;
  readonly last: number | null;
  readonly category: Category | null;
};

/** @throws Problem where something is asked for that the rows cannot show */
export async function reportedBooks(
  books: ReadScope,
  input: AskedInput,
): Promise<{ readonly scope: Reported; readonly asked: ReportAsked }> {
  const { by, query, status, last, category } = input;
  const narrowing = (['query', 'customer', 'status', 'last', 'category'] as const).find(
    (each) => input[each] !== undefined,
  );
  if (by === 'tax' && narrowing !== undefined) throw refused(says('report.tax-is-of-all'), narrowing);
  if (category !== undefined && by !== 'job') throw refused(says('report.category-is-by-job', { by }), 'category');
  const customer =
    input.customer === undefined
      ? null
      : await resolveCustomer(books, { ref: input.customer, field: 'customer', intent: 'read' });
  const samples = await samplesCount(books, input, input.customer);
  const some = await someJobs(books, samples, { customerId: customer?.id ?? null, query, status, category, last });
  const isOfJobsAlone = [query, status, last, category].some((each) => each !== undefined) || by === 'tax';
  const beside = isOfJobsAlone ? null : { customerId: customer?.id ?? null };
  const named = customer === null ? null : { id: customer.id, name: customer.name };
  return {
    scope: { ...books, samples, some, beside },
    asked: {
      ...{ customer: named, query: query ?? null, status: status ?? null },
      ...{ last: last ?? null, category: category ?? null },
    },
  };
}

/** Null where no day is said. */
export function readPeriod(input: DaysInput): Period | null {
  const { from = null, to = null } = readDays(input);
  return from === null && to === null ? null : { from, to };
}
