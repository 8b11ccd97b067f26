// A busy job and its customer: what a model is given to read stays short, and all of it can still be got, page by page.
import { expect, test } from 'vitest';
import { openBook, type TypedBook } from '../support/answers.ts';
import { roofBook, SHINGLES } from '../support/roof.ts';
import { expectHelpful, expectPlain } from '../support/words.ts';

const LONGEST_TEXT = 6000;
/** What the data of a page may come to, in characters of JSON. */
const LONGEST_DATA = 30_000;
/** Filler, as long as people write. */
const long = (what: string, number: number) =>
  `${what} ${number}, from the supply house on Burnet Road, picked up by the crew on the way to the site`;

const COUNTS = { quotes: 12, invoices: 20, expenses: 60, files: 40, appointments: 30, 'walk-and-talks': 10 };

/** J-1 with as many records of each kind as COUNTS says and 200 lines of activity; a paper and a visit off the job. */
async function busy(): Promise<TypedBook> {
  const book = await roofBook();
  const times = async (count: number, make: (number: number) => Promise<unknown>) => {
    for (let number = 1; number <= count; number += 1) await make(number);
  };
  const job = 'J-1';
  const description = (number: number) => long('Work', number);
  await times(
    11,
    async (number) =>
      await book.ok('create-quote', {
        job,
        kind: 'change_order',
        title: long('Change', number),
        lines: [{ ...SHINGLES, quantity: 1 }],
      }),
  );
  await times(
    20,
    async (number) =>
      await book.ok('create-invoice', {
        job,
        lines: [{ description: description(number), quantity: 1, unitPrice: 100, taxRatePercent: 8.25 }],
      }),
  );
  await times(
    60,
    async (number) =>
      await book.ok('add-job-expense', {
        job,
        description: description(number),
        amount: number,
        category: 'materials',
        vendor: 'Hill Country Building Supply',
        spentOn: `2026-02-${String((number % 28) + 1).padStart(2, '0')}`,
      }),
  );
  await times(
    40,
    async (number) =>
      await book.ok('attach-file', {
        customer: 'C-1',
        job,
        name: `${long('site', number)}.txt`,
        caption: description(number),
        content: Buffer.from(`Seen ${number}.\n`).toString('base64'),
      }),
  );
  await times(
    30,
    async (number) =>
      await book.ok('schedule-appointment', {
        job,
        title: long('Visit', number),
        starts: `2026-${number % 2 === 0 ? '02' : '04'}-${String((number % 28) + 1).padStart(2, '0')}T09:00`,
        notes: description(number),
        people: ['Tom Becker', 'Ruben Salas'],
      }),
  );
  await times(
    10,
    async (number) =>
      await book.ok('record-walk-and-talk', {
        job,
        title: long('Walk', number),
        consent: 'Dana agreed.',
        transcript: `Part ${number}.`,
        summary: 'Two layers. '.repeat(200),
      }),
  );
  const { counts } = (await book.ok('get-job', { job })).job;
  await times(
    200 - counts.activity,
    async (number) => await book.ok('update-job', { job, note: long('Note', number) }),
  );
  await book.ok('create-invoice', {
    customer: 'C-1',
    lines: [{ description: 'Inspection', quantity: 1, unitPrice: 120 }],
  });
  await book.ok('schedule-appointment', { customer: 'C-1', title: 'Look at the fence', starts: '2026-05-01T09:00' });
  return book;
}

test('the page of a busy job stays within 6,000 characters, and every section leads on to its rest', async () => {
  const book = await busy();
  const { answer, text } = await book.both('get-job', { job: 'J-1' });
  expectPlain(text, LONGEST_TEXT);
  expect(text.length).toBeGreaterThan(LONGEST_TEXT / 2);
  expect(JSON.stringify(answer).length).toBeLessThanOrEqual(LONGEST_DATA);
  const { 'walk-and-talks': walkAndTalks, ...others } = COUNTS;
  expect(answer.job.counts).toEqual({ ...others, walkAndTalks, activity: 200 });
  for (const [section, count] of Object.entries({ ...COUNTS, activity: 200 })) {
    expect(text, section).toMatch(new RegExp(`\\((\\d+) of ${count}; get-job with section: "${section}"\\):\\n- `));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await book.both('get-job', { job: 'J-1', section, ...(cursor === undefined ? {} : { cursor }) });
      const key = section === 'walk-and-talks' ? 'walkAndTalks' : section;
      const rows = new Map<string, unknown>(Object.entries(page.answer.job)).get(key);
      if (!Array.isArray(rows)) throw new Error(`no rows in ${section}`);
      expect(rows.length).toBeLessThanOrEqual(50);
      seen.push(...rows.map((row) => JSON.stringify(row)));
      expect(Object.keys(page.answer.job).sort()).toEqual(['counts', 'customer', 'name', 'ref', 'status', key].sort());
      expect(page.answer).toMatchObject({ section, job: { ref: 'J-1', counts: { [key]: count } } });
      expectPlain(page.text, 25_000);
      expect(/shown of (\d+); the rest with cursor "([\w-]+)"\.$/.exec(page.text)?.slice(1)).toEqual(
        page.answer.nextCursor === undefined ? undefined : [String(count), page.answer.nextCursor],
      );
      cursor = page.answer.nextCursor;
    } while (cursor !== undefined);
    expect(seen, section).toHaveLength(count);
    expect(new Set(seen).size, section).toBe(count);
  }

  const history = await book.both('get-customer', { customer: 'C-1' });
  expectPlain(history.text, LONGEST_TEXT);
  expect(JSON.stringify(history.answer).length).toBeLessThanOrEqual(LONGEST_DATA);
  expect(history.answer.customer).toMatchObject({ invoiceCount: 21, fileCount: 40, appointmentCount: 31, jobCount: 1 });
  expect(history.text).toMatch(/Files \(\d+ of 40; get-customer with section: "files"\):/);
  expect(history.text).toContain('Jobs:\n- J-1 Roof replacement');
  const bills = await book.both('get-customer', { customer: 'C-1', section: 'invoices' });
  expect(bills.answer.customer.invoices).toHaveLength(21);
  expect(bills.text).toMatch(
    /^C-1 Dana Henderson\.\nInvoices \(21\):\n- INV-1021: .*, not filed under a job\n- INV-1020: .*, on J-1\n/,
  );
  expect(bills.answer.customer).not.toHaveProperty('phone');
  expect(bills.answer.customer).not.toHaveProperty('quotes');
  const visits = await book.text('get-customer', { customer: 'C-1', section: 'appointments' });
  expect(visits).toMatch(/A-31 Look at the fence, not filed under a job/);
}, 240_000);

test('expenses of one section run from the newest day down, without a gap between two pages', async () => {
  const book = await busy();
  const first = await book.ok('get-job', { job: 'J-1', section: 'expenses' });
  const rest = await book.ok('get-job', { job: 'J-1', section: 'expenses', cursor: first.nextCursor });
  const days = [...first.job.expenses, ...rest.job.expenses].map(({ spentOn }) => spentOn);
  expect(days).toHaveLength(60);
  expect(days).toEqual([...days].sort().reverse());
}, 240_000);

test('a cursor belongs to one section of one record', async () => {
  const book = await roofBook();
  for (let number = 1; number <= 51; number += 1) await book.ok('update-job', { job: 'J-1', note: `Note ${number}` });
  const { nextCursor } = await book.ok('get-job', { job: 'J-1', section: 'activity' });
  expect(nextCursor).toBeDefined();
  await book.ok('create-job', { customer: 'C-1', name: 'Garage' });
  for (const [tool, args] of [
    ['get-job', { job: 'J-2', section: 'activity', cursor: nextCursor }],
    ['get-job', { job: 'J-1', section: 'expenses', cursor: nextCursor }],
    ['get-job', { job: 'J-1', cursor: nextCursor }],
    ['get-customer', { customer: 'C-1', cursor: nextCursor }],
    ['get-customer', { customer: 'C-1', section: 'files', cursor: nextCursor }],
  ] as const) {
    const error = await book.error(tool, args);
    expectHelpful(error);
    expect(error).toMatch(/^cursor: /);
  }
  expect(await book.error('get-job', { job: 'J-1', section: 'files', explain: true })).toMatch(
    /^explain: goes with the whole page/,
  );
  expect(await book.text('get-job', { job: 'J-1', section: 'files' })).toContain('No files.');
});

test('on sales-pipeline nothing is said to be off a job, and there is no section of jobs', async () => {
  const book = await openBook({ template: 'sales-pipeline' });
  await book.ok('create-customer', { name: 'Hollis & Rowe' });
  await book.ok('create-quote', { customer: 'C-1', title: 'Seats', lines: [SHINGLES] });
  for (const args of [{}, { section: 'quotes' }])
    expect(await book.text('get-customer', { customer: 'C-1', ...args })).not.toMatch(/\bjob/);
  expect(await book.error('get-customer', { customer: 'C-1', section: 'jobs' })).toMatch(
    /^section: .*there are no jobs/,
  );
});
