// The newest records, as a host lists them before anybody asked: jobs, then customers, and only so many of each.
import { plain } from '../../domain/text.ts';
import { refOf } from '../../kinds/reference.ts';
import { listCustomers } from '../../store/books/customers.ts';
import { listJobs } from '../../store/books/jobs.ts';
import type { ReadContext } from '../context.ts';
import { makeCursor, readCursor } from './paging.ts';

const PAGE = 50;
const MOST_OF_EACH = 100;
const KINDS = ['job', 'customer'] as const;

/** @property about what tells it from others of that name */
export type Newest = {
  readonly kind: (typeof KINDS)[number];
  readonly id: number;
  readonly ref: string;
  readonly name: string;
  readonly about: string;
};

export async function newestRecords(
  scope: ReadContext,
  cursor: string | undefined,
): Promise<{ records: Newest[]; nextCursor: string | null }> {
  const kinds = KINDS.filter((kind) => scope.visible.has(kind));
  const [at, before, shown] = readCursor('newest', cursor, 3) ?? [0, null, 0];
  const place = at ?? 0;
  const kind = kinds[place];
  if (kind === undefined) return { records: [], nextCursor: null };
  const limit = Math.min(PAGE, MOST_OF_EACH - (shown ?? 0));
  const rows = await load(scope, kind, limit + 1, before ?? null);
  const records = rows.slice(0, limit);
  const last = records.at(-1);
  const total = (shown ?? 0) + records.length;
  if (rows.length > limit && last !== undefined && total < MOST_OF_EACH)
    return { records, nextCursor: makeCursor('newest', [place, last.id, total]) };
  const isLast = place + 1 >= kinds.length;
  return { records, nextCursor: isLast ? null : makeCursor('newest', [place + 1, null, 0]) };
}

async function load(scope: ReadContext, kind: Newest['kind'], limit: number, before: number | null): Promise<Newest[]> {
  if (kind === 'customer') {
    return (await listCustomers(scope, {}, { limit, before })).map(({ id, name, address, stage }) => ({
      ...{ kind, id, ref: refOf('customer', id), name },
      about: address ?? stage,
    }));
  }
  const after = before === null ? null : { value: null, id: before };
  return (await listJobs(scope, {}, { sort: 'newest', limit, after })).map(({ job }) => ({
    ...{ kind, id: job.id, ref: refOf('job', job.id), name: job.name },
    about: `${job.customer.name}, ${plain(job.status)}`,
  }));
}
