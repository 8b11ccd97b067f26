// A list of jobs, the job's own page, its customer's and the profit report tell one story of every job: a finished one with what it made, a
// running one with where it heads, an unsold one with what is quoted; they add up to the same sums, and "which run thin" is
// one order. Books of forty random jobs.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ALL_CASES, cases } from '../../support/arbitrary.ts';
import { openBook, type Answers, type ToolName, type TypedBook } from '../../support/answers.ts';

const JOBS = 40;
const number = fc.nat(999);
const quote = fc.record({
  status: fc.constantFrom(...(['accepted', 'accepted', 'accepted', 'sent', 'draft', 'declined'] as const)),
  price: fc.integer({ min: 1, max: 40 }),
  cost: fc.option(fc.integer({ min: 0, max: 50 })),
  isPriced: fc.nat(9),
});
const plan = fc.record({
  quotes: fc.array(quote, { maxLength: 2 }),
  change: fc.option(fc.integer({ min: -8, max: 8 }), { freq: 4 }),
  bills: fc.array(fc.record({ as: fc.constantFrom('percent', 'rest', 'rest', 'extra', 'draft'), a: number }), {
    maxLength: 3,
  }),
  credit: fc.option(fc.record({ all: fc.boolean(), again: fc.boolean() }), { freq: 4 }),
  expenses: fc.array(fc.record({ amount: fc.integer({ min: 1, max: 30 }), covers: fc.boolean() }), { maxLength: 2 }),
  end: fc.constantFrom('completed', 'completed', 'cancelled', 'done', 'none', 'none'),
});
type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never;

const seen = new Map<string, number>();
const tried = async <T extends ToolName>(book: TypedBook, tool: T, args: object): Promise<Answers[T] | null> => {
  try {
    return (await book.both(tool, args)).answer;
  } catch {
    return null;
  }
};
const priced = (unitPrice: number | null, unitCost: number | null) => [
  { description: 'Work', quantity: 1, unitPrice, ...(unitCost === null ? {} : { unitCost }) },
];

async function workOn(book: TypedBook, job: string, { quotes, change, bills, credit, expenses, end }: Plan) {
  let [accepted, line]: [string | null, string | null] = [null, null];
  for (const { status, price, cost, isPriced } of quotes) {
    const isOpen = status === 'sent' || status === 'draft';
    const lines = priced(isPriced === 0 && isOpen ? null : price * 100, cost === null ? null : cost * 100);
    const made = await tried(book, 'create-quote', { job, status: isPriced === 0 && isOpen ? 'draft' : status, lines });
    if (status === 'accepted') accepted ??= made?.quote.ref ?? null;
    line ??= made?.quote.lines[0]?.ref ?? null;
  }
  if (change !== null && accepted !== null)
    await tried(book, 'create-quote', {
      ...{ job, kind: 'change_order', contract: accepted, status: 'accepted', lines: priced(change * 100, 30) },
    });
  let bill: string | null = null;
  for (const { as, a } of bills) {
    const ofQuote = as === 'percent' ? { percent: 1 + (a % 60) } : { rest: true };
    const args =
      as === 'extra' || as === 'draft' || accepted === null
        ? { job, lines: priced(1 + a, null), ...(as === 'draft' ? { draft: true } : {}), allowDuplicate: true }
        : { fromQuote: { quote: accepted, ...ofQuote } };
    const made = await tried(book, 'create-invoice', args);
    if (as !== 'draft') bill ??= made?.invoice.ref ?? null;
  }
  for (const { amount, covers } of expenses)
    await tried(book, 'add-job-expense', {
      ...{ job, description: 'Boards', amount: amount * 50, category: 'materials', allowDuplicate: true },
      ...(covers && line !== null ? { coversLine: line } : {}),
    });
  if (credit !== null && bill !== null)
    await tried(book, 'create-invoice', {
      ...{ creditFor: bill, billAgain: credit.again },
      ...(credit.all ? { all: true } : { amount: 1 }),
    });
  if (end === 'done') await tried(book, 'update-job', { job, billingDone: true });
  else if (end !== 'none') await tried(book, 'update-job', { job, status: end });
}

async function pages<T>(
  page: (cursor: string | undefined) => Promise<{ rows: readonly T[]; next: string | undefined }>,
) {
  const all: T[] = [];
  let cursor: string | undefined;
  do {
    const { rows, next } = await page(cursor);
    all.push(...rows);
    cursor = next;
  } while (cursor !== undefined);
  return all;
}

type Listed = Answers['list-jobs']['jobs'][number];
const listed = async (book: TypedBook, args: object, hear?: (text: string) => void): Promise<Listed[]> =>
  await pages(async (cursor) => {
    const { answer, text } = await book.both('list-jobs', { ...args, cursor });
    hear?.(text);
    return { rows: answer.jobs, next: answer.nextCursor };
  });

/** What a job is said to come to, by where it stands, and whether a cost of it is not known. */
function storyOf({ standing, profit, forecast }: Pick<Listed, 'standing' | 'profit' | 'forecast'>) {
  const isUnknown = profit?.warnings.some(({ code }) => code === 'unknown_cost') === true;
  if (standing === 'finished' || standing === 'cancelled')
    return [isUnknown, standing, profit?.profit, profit?.marginPercent, NOTHING_APART];
  const { contract, leftToBill, expectedProfit, expectedMarginPercent, unpriced } = forecast ?? {};
  const quoted = contract === null && unpriced === undefined ? '0.00' : contract;
  return [isUnknown, standing, quoted, leftToBill, expectedProfit, expectedMarginPercent];
}

/** Over all of time no cost of a job that has come to its end waits for a day. */
const NOTHING_APART = '0.00';

type Row = Answers['profit-report']['rows'][number];

/** The same as the report tells it. */
function storyIn(row: Row | undefined) {
  const { unknownCost, standing, forecast, profit, marginPercent, costNotYetBilled } = row ?? {};
  const isUnknown = unknownCost !== undefined;
  if (forecast === undefined) return [isUnknown, standing, profit, marginPercent, costNotYetBilled];
  const { contract, leftToBill, expectedProfit, expectedMarginPercent } = forecast;
  return [isUnknown, standing, contract, leftToBill, expectedProfit, expectedMarginPercent];
}

/** Several quotes are open: the job by itself counts the costs of all and says so, sums and reports the one that makes least. */
const isUndecided = ({ profit }: Listed) =>
  profit?.warnings.some(({ code }) => code === 'several_open_quotes') === true;

/** How a job is told first: by its page, in a list and in the report. */
const WORDS = {
  made: [/^Profit /m, /: profit /, /: profit /],
  heads: [/^Expected profit /m, /: expected profit /, /: expected profit /],
  offered: [/If they accept: profit /, /: not sold, quoted .* if accepted/, /: not sold, quoted .* if accepted/],
  'without a price': [/^.*A price in .* is not known yet/m, /: a price in /, /a price is not known yet/],
  undecided: [/\d quotes are open at once/, /\d quotes open, /, /several open quotes|a price is not known yet/],
  'nothing quoted': [/Nothing quoted/, /: nothing quoted/, /not sold, nothing quoted yet/],
} as const;

function wordsOf({ standing, forecast, profit }: Listed): keyof typeof WORDS {
  if (standing === 'finished' || standing === 'cancelled') return 'made';
  if (forecast?.offers !== undefined) return 'undecided';
  if (forecast?.unpriced !== undefined) return 'without a price';
  if (forecast?.sold === true) return 'heads';
  return forecast?.contract === null && profit?.billed === '0.00' ? 'nothing quoted' : 'offered';
}

/** The row of a record. */
const rowIn = (text: string, ref: string) => text.split('\n').find((line) => line.startsWith(`- ${ref} `)) ?? '';

test('every job is told alike by the list, its page, its customer and the report, and one order says which run thin', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(plan, { minLength: JOBS, maxLength: JOBS }), async (plans) => {
      const book = await openBook();
      for (const name of ['Dana Henderson', 'Marcus Oyelaran']) await book.ok('create-customer', { name });
      for (const [index, each] of plans.entries()) {
        await book.ok('create-job', { customer: `C-${1 + (index % 2)}`, name: `Job ${index + 1}` });
        await workOn(book, `J-${index + 1}`, each);
      }
      const texts = { list: '', report: '' };
      const jobs = await listed(book, {}, (text) => {
        texts.list += `${text}\n`;
      });
      const rows = await pages(async (cursor) => {
        const { answer, text } = await book.both('profit-report', { by: 'job', cursor });
        texts.report += `${text}\n`;
        return { rows: answer.rows, next: answer.nextCursor };
      });
      expect([jobs.length, rows.length]).toEqual([JOBS, JOBS]);
      const byRef = new Map(rows.map((row) => [row.key, row]));
      for (const job of jobs) {
        const { standing = 'none' } = job;
        seen.set(standing, (seen.get(standing) ?? 0) + 1);
        const row = byRef.get(job.ref);
        expect([job.ref, row?.standing, row?.status, row?.billing]).toEqual([
          ...[job.ref, standing, job.status, job.billing],
        ]);
        expect([job.ref, ...storyIn(row)]).toEqual([job.ref, ...(isUndecided(job) ? storyIn(row) : storyOf(job))]);
      }
      await tellPages(book, jobs, texts);
      await tellSums(book, jobs);
      await tellOrders(book);
    }),
    { numRuns: cases(4), seed: 40, endOnFailure: true },
  );
  const all = ['cancelled', 'finished', 'running', 'unsold', ...Object.keys(WORDS)];
  expect(all.filter((each) => !seen.has(each) && ALL_CASES)).toEqual([]);
}, 600_000);

/** The page of each job and of its customer, and the words of all. */
async function tellPages(book: TypedBook, jobs: readonly Listed[], texts: { list: string; report: string }) {
  const ofCustomers = new Map<string, unknown>();
  for (const customer of ['C-1', 'C-2'])
    for (const job of await pages(async (cursor) => {
      const { customer: page, nextCursor } = await book.ok('get-customer', { customer, section: 'jobs', cursor });
      return { rows: page.jobs, next: nextCursor };
    }))
      ofCustomers.set(job.ref, storyOf(job));
  for (const each of jobs) {
    const { answer, text } = await book.both('get-job', { job: each.ref });
    expect([each.ref, storyOf(answer.job)]).toEqual([each.ref, storyOf(each)]);
    expect([each.ref, ofCustomers.get(each.ref)]).toEqual([each.ref, storyOf(each)]);
    const words = wordsOf(each);
    seen.set(words, (seen.get(words) ?? 0) + 1);
    const [inPage, inList, inReport] = WORDS[words];
    expect(text).toMatch(inPage);
    expect(rowIn(texts.list, each.ref)).toMatch(inList);
    expect(rowIn(texts.report, each.ref)).toMatch(inReport);
  }
}

/** By where they stand, of all and of each standing alone. */
async function tellSums(book: TypedBook, jobs: readonly Listed[]) {
  const { totals } = await book.ok('list-jobs');
  const report = await book.ok('profit-report', { by: 'customer' });
  expect(report.totals.byStanding).toEqual(totals?.byStanding);
  for (const standing of ['finished', 'running', 'unsold', 'cancelled'] as const) {
    const alone = await book.ok('list-jobs', { standing });
    expect(alone.totals?.byStanding).toEqual(alone.count === 0 ? {} : { [standing]: totals?.byStanding[standing] });
    expect(alone.count).toBe(jobs.filter((job) => job.standing === standing).length);
  }
}

/** What the report names as thin or losing is what the list has first, sorted by margin or by profit. */
async function tellOrders(book: TypedBook) {
  const below = 30;
  const { thinJobs, lossJobs } = await book.ok('profit-report', { by: 'job', thinBelow: below });
  const ranked = ({ standing, profit, forecast }: Listed) =>
    standing === 'finished' ? Number(profit?.profit) : Number(forecast?.expectedProfit ?? Number.NaN);
  const margin = ({ standing, profit, forecast }: Listed) =>
    (standing === 'finished' ? profit?.marginPercent : forecast?.expectedMarginPercent) ?? Infinity;
  const isRanked = (job: Listed) => !isUndecided(job) && ['finished', 'running'].includes(job.standing ?? '');
  const undecided = new Set((await listed(book, {})).filter(isUndecided).map(({ ref }) => ref));
  const thin = (await listed(book, { sort: 'margin' })).filter(
    (job) => isRanked(job) && margin(job) < below && ranked(job) >= 0,
  );
  const losing = (await listed(book, { sort: 'profit' })).filter((job) => isRanked(job) && ranked(job) < 0);
  const named = (some: { jobs: readonly { ref: string }[] } | undefined) =>
    (some?.jobs ?? []).map(({ ref }) => ref).filter((ref) => !undecided.has(ref));
  expect(named(thinJobs)).toEqual(thin.map(({ ref }) => ref).slice(0, named(thinJobs).length));
  expect(named(lossJobs)).toEqual(losing.map(({ ref }) => ref).slice(0, named(lossJobs).length));
  const counts = [thinJobs?.count, lossJobs.count].map(
    (count = 0, index) => count - (index === 0 ? thin : losing).length,
  );
  for (const more of counts) {
    expect(more).toBeGreaterThanOrEqual(0);
    expect(more).toBeLessThanOrEqual(undecided.size);
  }
}
