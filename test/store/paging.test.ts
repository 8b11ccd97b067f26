// Pages of a street of jobs that visit each exactly once, and totals over all of them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BILLINGS, JOB_SORTS, JOB_STATUSES, type JobSort } from '../../src/domain/job.ts';
import { auditBooks } from '../../src/store/audit/audit.ts';
import type { Book } from '../support/book.ts';
import { sharing } from '../support/ending.ts';
import type { Row } from '../support/engines/engine.ts';
import { rowsOf } from '../support/store.ts';
import { JOBS, openStreet } from '../support/street.ts';

let book: Book;
let end: () => Promise<void>;
/** By what each job stands in lists: what it made, or what it is heading for. */
const ranks = new Map<number, { readonly profit: number | null; readonly margin: number | null }>();

/** One for all tests of this file. */
beforeAll(async () => {
  ({ opened: book, end } = await sharing(openStreet));
  await book.ok('list-jobs');
  const rows = await rowsOf(
    book,
    'select job_id, ranked_profit as profit, ranked_margin_tenths as margin from job_figures',
  );
  const figure = (value: unknown) => (value === null ? null : Number(value));
  for (const { job_id, profit, margin } of rows)
    ranks.set(Number(job_id), { profit: figure(profit), margin: figure(margin) });
});
afterAll(async () => await end());

type Listed = {
  ref: string;
  customer: { ref: string };
  status: string;
  billing: string;
  profit: { marginPercent: number | null };
};

async function pages(args: object, limit: number): Promise<{ jobs: Listed[]; pageSizes: number[]; totals: any[] }> {
  const jobs: Listed[] = [];
  const pageSizes: number[] = [];
  const totals: any[] = [];
  let cursor: string | undefined;
  do {
    const page = await book.ok('list-jobs', { ...args, limit, ...(cursor === undefined ? {} : { cursor }) });
    jobs.push(...page.jobs);
    pageSizes.push(page.jobs.length);
    totals.push({ totals: page.totals, count: page.count });
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return { jobs, pageSizes, totals };
}

/** The number of a job; samples are below 0. */
const idOf = ({ ref }: Listed) => Number(ref.replace('J-S', '-').replace('J-', ''));

/** How two neighbours must stand. */
const IN_ORDER: Readonly<Record<JobSort, (left: Listed, right: Listed) => boolean>> = {
  newest: (left, right) => idOf(left) > idOf(right),
  profit: (left, right) => nullsLast('profit', left, right, 1),
  '-profit': (left, right) => nullsLast('profit', left, right, -1),
  margin: (left, right) => nullsLast('margin', left, right, 1),
  '-margin': (left, right) => nullsLast('margin', left, right, -1),
};

function rising(one: number, other: number, left: Listed, right: Listed): boolean {
  return one < other || (one === other && idOf(left) > idOf(right));
}

function nullsLast(by: 'profit' | 'margin', left: Listed, right: Listed, sign: number): boolean {
  const [one = null, other = null] = [left, right].map((job) => ranks.get(idOf(job))?.[by]);
  if (other === null) return one !== null || idOf(left) > idOf(right);
  return one !== null && rising(sign * one, sign * other, left, right);
}

describe('pages of jobs', () => {
  it.each(JOB_SORTS)('in the order of %s visit each job exactly once, those without a margin last', async (sort) => {
    const all = (await rowsOf(book, 'select count(*) as jobs from jobs'))[0]?.['jobs'];
    expect(all).toBeGreaterThan(JOBS + 3);
    for (const limit of [7, 50]) {
      const { jobs, pageSizes } = await pages({ sort, includeSamples: true }, limit);
      expect(jobs).toHaveLength(Number(all));
      expect(new Set(jobs.map(({ ref }) => ref)).size).toBe(all);
      expect(pageSizes.slice(0, -1).every((size) => size === limit)).toBe(true);
      const misplaced = jobs.flatMap((job, index) => {
        const next = jobs[index + 1];
        return next === undefined || IN_ORDER[sort](job, next) ? [] : [`${job.ref} before ${next.ref}`];
      });
      expect(misplaced).toEqual([]);
    }
    const { jobs } = await pages({ sort }, 50);
    expect(jobs.filter(({ profit }) => profit.marginPercent === null).length).toBeGreaterThan(20);
  });

  it.each([
    [{ status: 'completed' }, (job: Listed) => job.status === 'completed'],
    [{ billing: 'part_billed' }, (job: Listed) => job.billing === 'part_billed'],
    [{ customer: 'C-2' }, (job: Listed) => job.customer.ref === 'C-2'],
    [
      { customer: 'C-2', status: 'open', billing: 'not_billed' },
      (job: Listed) => job.customer.ref === 'C-2' && job.status === 'open' && job.billing === 'not_billed',
    ],
    [{ query: 'barker roof' }, (job: Listed) => job.customer.ref === 'C-3'],
    [{ assignee: 'kiss' }, (job: Listed) => idOf(job) > 0 && idOf(job) % 10 === 0],
  ])('%j: the same jobs in every order, and totals over all of them', async (filter, fits) => {
    const expected = (await pages({}, 50)).jobs.filter(fits).map(({ ref }) => ref);
    for (const sort of JOB_SORTS) {
      const { jobs } = await pages({ ...filter, sort }, 4);
      expect([sort, jobs.map(({ ref }) => ref).toSorted()]).toEqual([sort, expected.toSorted()]);
    }
    expect(expected.length).toBeGreaterThan(1);
  });

  it('a page that is exactly full is the last one', async () => {
    const { jobs } = await pages({ customer: 'C-1' }, 50);
    const exact = await pages({ customer: 'C-1', sort: 'margin' }, jobs.length / 2);
    expect(exact.pageSizes).toEqual([jobs.length / 2, jobs.length / 2]);
  });

  it('a cursor of another list or order is refused', async () => {
    const { nextCursor } = await book.ok('list-jobs', { sort: 'margin', limit: 5 });
    for (const cursor of [nextCursor, 'abc', Buffer.from('["jobs profit","x",1]').toString('base64url')]) {
      expect(await book.error('list-jobs', { sort: 'profit', cursor })).toContain(
        'cursor: this is not a cursor of this list in this order',
      );
    }
    expect(await book.error('list-quotes', { cursor: nextCursor })).toContain('cursor:');
  });

  it('a job that is added while paging does not push another out', async () => {
    const first = await book.ok('list-jobs', { limit: 50 });
    const added = await book.ok('create-job', { customer: 'C-1', name: 'Just added' });
    const rest = await pagesFrom(first.nextCursor);
    expect(new Set([...first.jobs, ...rest].map(({ ref }) => ref)).size).toBe(first.count);
    expect(rest.map(({ ref }) => ref)).not.toContain(added.job.ref);
  });

  async function pagesFrom(start: string): Promise<Listed[]> {
    const page = await book.ok('list-jobs', { limit: 50, cursor: start });
    return [...page.jobs, ...(page.nextCursor === undefined ? [] : await pagesFrom(page.nextCursor))];
  }
});

describe('totals', () => {
  const sumOf = async (where: string): Promise<Row | undefined> =>
    (
      await rowsOf(
        book,
        `select count(*) as jobs, coalesce(sum(billed), 0) as billed, coalesce(sum(cost_of_work), 0) as cost, coalesce(sum(expenses), 0) as expenses,
        coalesce(sum(profit), 0) as profit, coalesce(sum(tax_billed), 0) as tax from job_figures where ${where}`,
      )
    )[0];
  const cents = (text: string) => Math.round(Number(text) * 100);

  it.each([
    [{}, 'true'],
    [{ status: 'completed' }, "status = 'completed'"],
    [{ billing: 'billed' }, "billing = 'billed'"],
    [{ status: 'open', billing: 'not_billed' }, "status = 'open' and billing = 'not_billed'"],
    [{ customer: 'C-2' }, 'customer_id = 2'],
    [{ query: 'roof 12' }, 'job_id = 12'],
  ])('%j are the sums over all that match, on every page', async (filter, where) => {
    const { totals } = await pages({ ...filter, includeSamples: true }, 20);
    expect(new Set(totals.map((each) => JSON.stringify(each))).size).toBe(1);
    const [{ totals: shown, count }] = totals;
    const expected = await sumOf(where);
    expect({
      jobs: count,
      billed: cents(shown.billed),
      cost: cents(shown.costOfWork),
      expenses: cents(shown.expenses),
      profit: cents(shown.profit),
      tax: cents(shown.taxBilled),
    }).toEqual(expected);
    expect(cents(shown.profit)).toBe(cents(shown.billed) - cents(shown.costOfWork) - cents(shown.expenses));
    for (const groups of [shown.byStatus, shown.byBilling]) {
      const all: any[] = Object.values(groups);
      expect(all.reduce((sum, group) => sum + group.jobs, 0)).toBe(count);
      expect(all.reduce((sum, group) => sum + cents(group.profit), 0)).toBe(cents(shown.profit));
    }
  });

  it('are split by every status and billing there is, and say that samples are in', async () => {
    const { totals } = await book.ok('list-jobs', { includeSamples: true });
    expect(Object.keys(totals.byStatus).toSorted()).toEqual([...JOB_STATUSES].toSorted());
    expect(Object.keys(totals.byBilling).toSorted()).toEqual([...BILLINGS].toSorted());
    for (const [status, group] of Object.entries<any>(totals.byStatus)) {
      expect([status, cents(group.billed)]).toEqual([status, (await sumOf(`status = '${status}'`))?.['billed']]);
    }
    expect(totals.includesSamples).toBe(true);
    expect((await book.ok('list-jobs', { customer: 'C-2' })).totals.includesSamples).toBe(false);
  });

  it('and the books agree with themselves', async () => {
    expect(await book.store.read(1, auditBooks)).toMatchObject({ faults: [] });
  });
});
