// What is derived is made anew page by page: others are answered meanwhile, nobody reads what is half done, and a kill in
// the middle costs nothing.
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { addJobExpense } from '../../../src/services/jobs/expenses.ts';
import { createCustomer } from '../../../src/services/customers/customers.ts';
import { createInvoice } from '../../../src/services/invoices/invoices.ts';
import { createJob } from '../../../src/services/jobs/jobs.ts';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import { ROLLUPS as MADE_ROLLUPS } from '../../../src/store/derived/rollups.ts';
import { Store, type WriteScope } from '../../../src/store/scope.ts';
import { TERMS as MADE_WORDS } from '../../../src/store/search/terms.ts';
import type { Engine } from '../../../src/store/database.ts';
import { inFullSight, openBook, type Book } from '../../support/book.ts';
import { whenDone } from '../../support/ending.ts';
import { madeOnce } from '../../support/made-once.ts';
import { behind, changesSoFar, openEngine, plant, rowsOf } from '../../support/store.ts';

const JOBS = 130;
const JUST_AS_MANY = { actor: 'sam', client: 'test', tool: 'test' };
const WORDS = 'select kind, word, is_sample, record_id from words order by 1, 2, 3, 4';
const ROLLUPS = 'select * from job_figures order by job_id';

/** One customer with all of the jobs, each billed, with something spent and somebody on it; and another customer. */
const manyJobs = madeOnce(async () => {
  const book = await openBook();
  await book.store.write(1, JUST_AS_MANY, fill, () => 'a street of roofs');
  return book;
});

async function fill(scope: WriteScope): Promise<void> {
  await createCustomer(scope, { name: 'Dana Henderson', address: '418 Pecan Hollow Ln' });
  await createCustomer(scope, { name: 'Marta Ortiz' });
  for (let index = 1; index <= JOBS; index += 1) {
    const [job, assignees] = [`J-${index}`, [{ name: 'Tom Becker', role: 'lead' as const }]];
    await createJob(scope, { customer: 'C-1', name: `Roof ${index}`, assignees });
    await createInvoice(scope, { job, lines: [{ description: 'Work', quantity: 1, unitPrice: 100 }] });
    await addJobExpense(inFullSight(scope), { job, description: 'Nails', amount: 40, category: 'materials' });
  }
}

/** As an earlier version left it: its figures and words are none of ours, its versions neither. */
async function madeByAnEarlierVersion(book: Book): Promise<void> {
  await behind(book, async (raw) => {
    for (const table of ['job_figures', 'job_days', 'job_plans', 'account_totals'])
      await raw.run(`delete from ${table}`);
    await raw.run("update words set word = word || 'x'");
    await raw.run("insert into words values (1, 'job', 'gone', 0, 99999)");
    await raw.run("update counters set value = 0 where kind in ('figures_version', 'words_version')");
  });
}

/** The same book for another program, which is ended after so many pages. */
async function another(book: Book, { pages = Number.POSITIVE_INFINITY } = {}) {
  const engine = await openEngine(book);
  whenDone(async () => await engine.close());
  const seen: number[] = [];
  const write: Engine['write'] = async (work, account) => {
    if (seen.length >= pages) throw new Error('killed');
    return await engine.write(async (db) => {
      const changes = async () => (await sql<{ n: number }>`${sql.raw(changesSoFar)}`.execute(db)).rows[0]?.n ?? 0;
      const before = await changes();
      const result = await work(db);
      seen.push((await changes()) - before);
      return result;
    }, account);
  };
  return { store: new Store({ ...engine, write }), seen };
}

test.each([1, 2, 4, 7, 9, 12])(
  'a book made by an earlier version, ended after %i pages, is right once it goes on',
  async (pages) => {
    const book = await manyJobs();
    await book.ok('list-jobs', {});
    const [words, figures] = [await rowsOf(book, WORDS), await rowsOf(book, ROLLUPS)];
    expect(figures).toHaveLength(JOBS);
    await madeByAnEarlierVersion(book);
    const killed = await another(book, { pages });
    await expect(killed.store.read(1, auditBooks)).rejects.toThrow('killed');
    expect(killed.seen).toHaveLength(pages);
    expect(await rowsOf(book, WORDS)).not.toEqual(words);
    // Whoever is at work on it meanwhile sees nothing half done, and what they write is right too.
    await book.ok('add-job-expense', { job: 'J-3', description: 'Nails', amount: 40, category: 'materials' });
    await book.ok('update-job-expense', { expense: `E-${JOBS + 1}`, remove: true });
    expect(await rowsOf(book, WORDS)).toEqual(words);
    expect(await rowsOf(book, ROLLUPS)).toEqual(figures);
    expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
    expect(await rowsOf(book, "select kind from counters where kind like '%left%'")).toEqual([]);
  },
);

test('what a kill left is not done again, and no page holds more than its share', async () => {
  const book = await manyJobs();
  await book.ok('list-jobs', {});
  await madeByAnEarlierVersion(book);
  const whole = 25;
  const killed = await another(book, { pages: whole / 2 });
  await expect(killed.store.renew(1)).rejects.toThrow('killed');
  const goesOn = await another(book);
  await goesOn.store.renew(1);
  const pages = [...killed.seen, ...goesOn.seen];
  expect(pages.length).toBeLessThan(whole + 10);
  expect(Math.max(...pages)).toBeLessThan(2500);
  await goesOn.store.renew(1);
  expect([...killed.seen, ...goesOn.seen]).toHaveLength(pages.length);
});

test('another account is answered while the books of one are made anew, whose readers wait for them', async () => {
  const book = await manyJobs();
  await book.ok('list-jobs', {});
  const own = { name: 'Quiet', address: null, phone: null, email: null, currency: 'USD', timeZone: 'America/Chicago' };
  await book.store.open({
    id: 2,
    ...own,
    template: 'roofing',
    plan: 'business',
    paymentTermsDays: 30,
    closedThrough: null,
    confirmBy: 'assistant',
    country: null,
  });
  await madeByAnEarlierVersion(book);
  const upToDate = 'update counters set value = ? where kind = ? and account_id = 2';
  await plant(book, upToDate, MADE_WORDS.version, 'words_version');
  await plant(book, upToDate, MADE_ROLLUPS.version, 'figures_version');
  const { store, seen } = await another(book);
  const figures = store.read(1, async () => seen.length);
  const answered = store.write(
    2,
    JUST_AS_MANY,
    async (scope) => {
      await createCustomer(scope, { name: 'Lou' });
      return seen.length;
    },
    () => 'a customer',
  );
  expect(await answered).toBeLessThan(5);
  expect(await figures).toBeGreaterThan(15);
});

test('a customer with many jobs goes by another name too, page by page', async () => {
  const book = await manyJobs();
  const { store, seen } = await another(book);
  const jobs = async (words: string) => (await book.ok('list-jobs', { query: words, limit: 1 })).count;
  expect(await jobs('henderson')).toBe(JOBS);
  await book.ok('update-customer', { customer: 'C-1', name: 'Dana Whitfield' });
  await store.renew(1);
  expect(Math.max(...seen, 0)).toBeLessThan(2500);
  expect(await jobs('whitfield')).toBe(JOBS);
  expect(await jobs('henderson')).toBe(JOBS);
  expect(await jobs('dana henderson whitfield')).toBe(JOBS);
  const kept = await rowsOf(book, WORDS);
  await plant(book, "update counters set value = 0 where kind = 'words_version'");
  await book.store.renew(1);
  expect(await rowsOf(book, WORDS)).toEqual(kept);
});
