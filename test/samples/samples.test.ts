// The sample books of every trade: they load clean, show what they are meant to show, and go without a trace.
import { inWords } from '../../src/printers/in-words.ts';
import { describe, expect, test } from 'vitest';
import type { SampleBook } from '../../samples/book.ts';
import { sampleBook } from '../../samples/index.ts';
import { auditBooks } from '../../src/store/audit/audit.ts';
import { walkAndTalkById } from '../../src/store/books/walk-and-talks.ts';
import { insertFile } from '../../src/store/books/files.ts';
import { TEMPLATE_NAMES, TEMPLATES } from '../../src/domain/templates.ts';
import { openBook, type TypedBook } from '../support/answers.ts';
import { BILL, dana, SHINGLES } from '../support/roof.ts';
import { countRows } from '../support/store.ts';
import { WALK } from '../support/walk.ts';
import { expectPlain } from '../support/words.ts';

const ROOFING_WALK = (await sampleBook('roofing')).customers
  .flatMap(({ jobs = [] }) => jobs.flatMap((job) => job.walkAndTalks ?? []))
  .at(0);
const TRADES = TEMPLATE_NAMES.filter((name) => TEMPLATES[name].jobs);
const NOTHING = {
  customers: 0,
  jobs: 0,
  quotes: 0,
  invoices: 0,
  expenses: 0,
  appointments: 0,
  walkAndTalks: 0,
  files: 0,
};

async function faultsOf(book: TypedBook): Promise<readonly string[]> {
  const { looked, faults } = await book.store.read(1, auditBooks);
  expect(Object.values(looked).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
  return inWords(faults);
}

/** The tables in which samples are. */
const EMPTY = Object.fromEntries(
  [
    'customers',
    'jobs',
    'job_assignees',
    'job_notes',
    'quotes',
    'quote_lines',
    'done_lines',
    'invoices',
    'invoice_lines',
    'expenses',
    'appointments',
    'appointment_people',
    'walk_and_talks',
    'walk_and_talk_points',
    'words',
    'job_figures',
  ].map((table) => [table, 0]),
);

test.each(TEMPLATE_NAMES)('%s loads clean, numbered apart, reads well, and goes without a trace', async (template) => {
  const book = await openBook({ template, samples: true });
  expect(await faultsOf(book)).toEqual([]);
  expect(await book.store.check()).toEqual([]);
  const { customers } = await sampleBook(template);
  const { account } = await book.ok('get-account');
  expect(account.records).toEqual(NOTHING);
  expect(account.samples).toEqual({
    customers: customers.length,
    jobs: customers.flatMap((customer) => customer.jobs ?? []).length,
    quotes: customers.flatMap(({ quotes = [], jobs = [] }) => [...quotes, ...jobs.flatMap((job) => job.quotes ?? [])])
      .length,
    invoices: customers.flatMap(({ invoices = [], jobs = [] }) => [
      ...invoices,
      ...jobs.flatMap((job) => job.invoices ?? []),
    ]).length,
    expenses: customers.flatMap(({ jobs = [] }) => jobs.flatMap((job) => job.expenses ?? [])).length,
    ...visitsOf(customers),
    files: 0,
  });
  const listed = await book.ok('list-customers', { limit: 50 });
  expect(listed.customers.map((customer) => customer.ref).sort()).toEqual(
    customers.map((_, index) => `C-S${index + 1}`).sort(),
  );
  for (const customer of listed.customers) expect(TEMPLATES[template].stages, customer.name).toContain(customer.stage);
  await papersReadWell(book);
  await book.ok('update-account', { removeSamples: true });
  expect(await countRows(book)).toMatchObject(EMPTY);
  expect(await faultsOf(book)).toEqual([]);
});

/** How many visits the book has; each trade shows one that is ahead, one that took place, and one recorded. */
function visitsOf(customers: SampleBook['customers']): { appointments: number; walkAndTalks: number } {
  const sites = customers.flatMap(({ jobs = [], ...customer }) => [customer, ...jobs]);
  const appointments = sites.flatMap((site) => site.appointments ?? []);
  const walks = sites.flatMap((site) => site.walkAndTalks ?? []);
  expect(appointments.some(({ daysFromNow }) => daysFromNow > 0)).toBe(true);
  expect(appointments.some(({ daysFromNow }) => daysFromNow < 0)).toBe(true);
  for (const { transcript, summary, findings, followUps } of walks) {
    expect(transcript.length).toBeGreaterThanOrEqual(8);
    expect(transcript.length).toBeLessThanOrEqual(15);
    expect(summary.length * findings.length * followUps.length).toBeGreaterThan(20);
  }
  return { appointments: appointments.length, walkAndTalks: walks.length };
}

test.each(TEMPLATE_NAMES)(
  '%s: what is on in the coming days, on the business’s clock, without a clash',
  async (template) => {
    const book = await openBook({ template, samples: true });
    const { customers } = await sampleBook(template);
    const { appointments } = await book.ok('list-appointments', { from: '2026-01-01', to: '2026-03-31' });
    expect(appointments).toHaveLength(visitsOf(customers).appointments);
    for (const { ref, people, status, starts, when } of appointments) {
      expect(ref).toMatch(/^A-S\d+$/);
      expect(people.length, ref).toBeGreaterThan(0);
      expect(status, ref).toBe(starts < '2026-03-10' ? 'done' : 'scheduled');
      expect(when, ref).toMatch(/(0[7-9]|1\d):[0-5]\d–/);
    }
    expectPlain(await book.text('list-appointments', { from: '2026-01-01', to: '2026-03-31' }), 1500);
  },
);

async function papersReadWell(book: TypedBook): Promise<void> {
  for (const { ref } of (await book.ok('list-quotes', { limit: 50 })).quotes) {
    expect(ref).toMatch(/^Q-S\d+$/);
    expectPlain(await book.text('get-quote', { quote: ref }), 3000);
  }
  for (const { ref } of (await book.ok('list-invoices', { limit: 50 })).invoices) {
    expect(ref).toMatch(/^(INV|DRAFT)-S\d+$/);
    expectPlain(await book.text('get-invoice', { invoice: ref }), 2000);
  }
}

/** Trades in whose samples a subcontractor's bill stands beside planned labor as well. */
const HELPED: ReadonlySet<string> = new Set([
  ...['hvac', 'electrical', 'painting', 'solar', 'real-estate', 'landscaping'],
]);

test.each(TRADES)('%s shows numbers at once, and every page reads well', async (template) => {
  const book = await openBook({ template, samples: true });
  const { answer, text } = await book.both('list-jobs', { limit: 50 });
  const { jobs, totals } = answer;
  expect(jobs.map((job) => job.ref).sort()).toEqual(jobs.map((_, index) => `J-S${index + 1}`).sort());
  expect(jobs.every((job) => job.sample === true && job.profit !== null)).toBe(true);
  expect(totals?.includesSamples).toBe(true);
  expect(text).toContain(`All ${jobs.length} jobs, samples included:`);
  const warned = (wanted: string) => jobs.filter((job) => job.profit?.warnings.some(({ code }) => code === wanted));
  expect(warned('possible_double_count')).toHaveLength(HELPED.has(template) ? 2 : 1);
  expect(warned('several_open_quotes')).toEqual([]);
  expect(new Set(jobs.map((job) => job.billing)), template).toEqual(new Set(['billed', 'part_billed', 'not_billed']));
  const margins = jobs.flatMap((job) => (job.billing === 'billed' ? [job.profit?.marginPercent ?? 0] : []));
  expect(Math.min(...margins), template).toBeLessThan(15);
  expect(Math.max(...margins), template).toBeGreaterThan(25);
  const cents = jobs.reduce((sum, job) => sum + Math.round(Number(job.profit?.profit) * 100), 0);
  expect((cents / 100).toFixed(2)).toBe(totals?.profit);
  for (const { ref } of jobs) {
    const page = await book.both('get-job', { job: ref, explain: true });
    expectPlain(page.text, 6000);
    const { description, activity } = page.answer.job;
    expect(description?.length, ref).toBeGreaterThan(10);
    expect(activity.at(-1)?.entry, ref).toBe('created');
    const times = activity.map((entry) => entry.at);
    expect(times, ref).toEqual(times.toSorted().reverse());
  }
});

test('roofing answers the question: the Roof replacement made 7787.60, 42.3 %', async () => {
  const book = await openBook({ samples: true });
  const { answer, text } = await book.both('get-job', { job: 'my roof replacement job' });
  expect(answer.job.profit).toMatchObject({
    billed: '18400.00',
    costOfWork: '9650.00',
    expenses: '962.40',
    profit: '7787.60',
    marginPercent: 42.3,
    warnings: [],
  });
  expect(text).toContain(
    'Profit 7787.60 USD, margin 42.3 %\n= billed 18400.00 − cost of work 9650.00 − expenses 962.40',
  );
});

test('samples in a currency without cents load as whole units', async () => {
  for (const currency of ['JPY', 'KWD']) {
    const book = await openBook({ samples: true, currency });
    expect(await faultsOf(book)).toEqual([]);
    expect((await book.ok('get-job', { job: 'J-S1' })).job.profit?.currency).toBe(currency);
  }
});

describe('taking the samples out', () => {
  test('leaves real records beside them exactly as they were, and real numbers begin at the beginning', async () => {
    const book = await openBook({ samples: true });
    await dana(book.ok).catch(() => undefined);
    await book.ok('create-job', { customer: 'C-1', name: 'Real roof' });
    await book.ok('create-quote', { job: 'J-1', status: 'accepted', lines: [SHINGLES] });
    await book.ok('create-invoice', { job: 'J-1', lines: BILL });
    await book.ok('add-job-expense', {
      job: 'J-1',
      description: 'Nails',
      amount: 12,
      category: 'materials',
      coversLine: 'Q-1/1',
    });
    const before = await book.ok('get-job', { job: 'J-1', explain: true });
    const { did, kept, account } = await book.ok('update-account', { removeSamples: true });
    expect(did).toMatch(/^Account: \d+ sample records removed$/);
    expect(kept).toEqual([]);
    expect(account).toMatchObject({
      samples: NOTHING,
      records: { ...NOTHING, customers: 1, jobs: 1, quotes: 1, invoices: 1, expenses: 1 },
    });
    expect(await book.ok('get-job', { job: 'J-1', explain: true })).toEqual(before);
    const { count, totals } = await book.ok('list-jobs');
    expect({ count, samples: totals?.includesSamples, profit: totals?.profit }).toEqual({
      count: 1,
      samples: false,
      profit: '4080.00',
    });
    expect((await book.ok('create-invoice', { job: 'J-1', lines: BILL })).invoice.ref).toBe('INV-1002');
    expect((await book.ok('create-job', { customer: 'C-1', name: 'Next' })).job.ref).toBe('J-2');
    expect(await faultsOf(book)).toEqual([]);
  });

  test('keeps a sample job that a real expense stands on: it loses its mark, keeps its number and is named', async () => {
    const book = await openBook({ samples: true });
    await book.ok('add-job-expense', { job: 'J-S4', description: 'Extra dump fee', amount: 75, category: 'equipment' });
    const { answer, text } = await book.both('update-account', { removeSamples: true });
    expect(answer.kept).toEqual(['C-S5 Dana Henderson', 'J-S4 Roof replacement']);
    expect(text).toContain(
      'Kept, because real records stand on them: C-S5 Dana Henderson, J-S4 Roof replacement. They are no samples, and count only what is real on them: billed 0.00, received 0.00, spent 75.00 USD.',
    );
    expect(answer.account).toMatchObject({
      samples: NOTHING,
      records: { ...NOTHING, customers: 1, jobs: 1, expenses: 1 },
    });
    const { job } = await book.ok('get-job', { job: 'J-S4' });
    expect(job).not.toHaveProperty('sample');
    expect(job.profit).toMatchObject({ billed: '0.00', costOfWork: '0.00', expenses: '75.00', profit: '-75.00' });
    expect(job.expenses).toMatchObject([{ ref: 'E-1', amount: '75.00' }]);
    expect(job.customer.name).toBe('Dana Henderson');
    expect((await book.ok('list-jobs')).totals?.includesSamples).toBe(false);
    expect(await book.text('get-job', { job: 'J-S4' })).not.toContain('(sample)');
    expect(await faultsOf(book)).toEqual([]);
  });

  test.each([
    ['a real invoice', 'create-invoice', { job: 'J-S4', lines: BILL, kind: 'standard' }],
    ['a real quote', 'create-quote', { job: 'J-S4', lines: [SHINGLES] }],
    ['a real appointment', 'schedule-appointment', { job: 'J-S4', title: 'Look', starts: '2026-03-12T09:00' }],
    ['a real walk & talk', 'record-walk-and-talk', { ...WALK, job: 'J-S4' }],
    ["a note of one's own", 'update-job', { job: 'J-S4', note: 'Call back in spring.' }],
  ] as const)('keeps a sample job that %s stands on', async (_, tool, args) => {
    const book = await openBook({ samples: true });
    await book.ok(tool, args);
    const { kept } = await book.ok('update-account', { removeSamples: true });
    expect(kept).toEqual(['C-S5 Dana Henderson', 'J-S4 Roof replacement']);
    expect(await faultsOf(book)).toEqual([]);
  });

  test('keeps the quote that a real invoice counts against', async () => {
    const book = await openBook({ samples: true });
    // Of the roof nothing is left to bill: what is billed there is extra work.
    await book.ok('create-invoice', { job: 'J-S4', lines: BILL });
    await book.ok('create-invoice', { job: 'J-S2', lines: [{ ...BILL[0], quantity: 1 }] });
    const { kept, keptUncounted } = await book.ok('update-account', { removeSamples: true });
    expect([...kept, ...(keptUncounted ?? [])].toSorted()).toEqual([
      ...['C-S2 Marcus Oyelaran', 'C-S5 Dana Henderson', 'J-S2 Ranch house re-roof', 'J-S4 Roof replacement'],
      ...['Q-S2 Ranch house re-roof, 24 squares', 'Q-S3 Decking, north eave'],
    ]);
    expect(await faultsOf(book)).toEqual([]);
  });

  test('keeps the quote that a real expense covers, that a real change order changes, or that a real quote revises', async () => {
    for (const [tool, args] of [
      [
        'add-job-expense',
        {
          job: 'J-S4',
          description: 'Shingles',
          amount: 75,
          category: 'materials',
          coversLine: 'Architectural shingles',
        },
      ],
      [
        'create-quote',
        { job: 'J-S4', kind: 'change_order', lines: [{ ...SHINGLES, quantity: -1, changesLine: 'Q-S4/1' }] },
      ],
      ['create-quote', { revises: 'Q-S4', lines: [SHINGLES] }],
    ] as const) {
      const book = await openBook({ samples: true });
      const quote = (await book.ok('get-job', { job: 'J-S4' })).job.quotes[0]?.ref ?? '';
      const asked = JSON.parse(JSON.stringify(args).replaceAll('Q-S4', quote)) as object;
      await book.ok(tool, asked);
      const { kept, keptUncounted } = await book.ok('update-account', { removeSamples: true });
      expect(kept, JSON.stringify(asked)).toEqual(['C-S5 Dana Henderson', 'J-S4 Roof replacement']);
      expect(keptUncounted).toEqual([`${quote} Roof replacement, 32 squares`]);
      expect((await book.ok('get-quote', { quote })).quote.sample).toBe(true);
      expect(await faultsOf(book)).toEqual([]);
    }
  });

  test('keeps the contract that a real invoice bills, with its change orders, and the one that a real change order belongs to', async () => {
    const book = await openBook({ samples: true });
    await book.ok('create-invoice', { fromQuote: { quote: 'Q-S2', amount: 500 } });
    await book.ok('create-quote', { job: 'J-S4', kind: 'change_order', lines: [SHINGLES] });
    const { keptUncounted = [] } = await book.ok('update-account', { removeSamples: true });
    expect(keptUncounted.toSorted()).toEqual([
      'Q-S2 Ranch house re-roof, 24 squares',
      'Q-S3 Decking, north eave',
      'Q-S5 Roof replacement, 32 squares',
    ]);
    await book.ok('create-invoice', { fromQuote: { quote: 'Q-S2', rest: true } });
    expect(await faultsOf(book)).toEqual([]);
  });

  test('keeps the walk & talk that a real quote was drafted from, with its job and customer', async () => {
    const book = await openBook({ samples: true });
    const [cites = ''] = ROOFING_WALK?.transcript[2]?.split('Tom: ').slice(1) ?? [];
    const drafted = {
      fromWalkAndTalk: 'W-S1',
      lines: [{ description: 'Gutters', quantity: 48, unitPrice: null, cites }],
    };
    await book.ok('create-quote', drafted);
    const { kept } = await book.ok('update-account', { removeSamples: true });
    expect(kept).toEqual([
      expect.stringMatching(/^C-S\d+ Priya Raman$/),
      expect.stringMatching(/^J-S\d+ Gutters and downspouts$/),
      'W-S1 Gutter walk with Priya',
    ]);
    const { account } = await book.ok('get-account');
    expect(account.records).toMatchObject({ walkAndTalks: 1, appointments: 0, quotes: 1 });
    expect(await faultsOf(book)).toEqual([]);
  });

  test('keeps what real files are attached to: an expense with the line it covers, a walk & talk, a customer', async () => {
    const book = await openBook({ samples: true });
    const { job } = await book.ok('get-job', { job: 'storm repair' });
    const covering = job.expenses.find(({ coversLine }) => coversLine !== null);
    await book.store.write(
      1,
      { actor: 'sam', client: 'test', tool: 'test' },
      async (scope) => {
        const file = { kind: 'receipt', name: 'a.pdf', mediaType: 'application/pdf', size: 1, hash: 'ab' } as const;
        const bare = { ...file, caption: null, jobId: null, expenseId: null, walkAndTalkId: null };
        const customerId = Number(job.customer.ref.replace('C-S', '-'));
        const jobId = Number(job.ref.replace('J-S', '-'));
        const expenseId = Number(covering?.ref.replace('E-S', '-'));
        await insertFile(scope, { file: { ...bare, customerId, jobId, expenseId }, sample: false, at: scope.now });
        await insertFile(scope, { file: { ...bare, customerId: -1 }, sample: false, at: scope.now });
        // A photo is on the job of its walk & talk.
        const walk = await walkAndTalkById(scope, -1);
        const photo = { ...bare, customerId: -1, walkAndTalkId: -1, jobId: walk?.job?.id ?? null };
        await insertFile(scope, { file: photo, sample: false, at: scope.now });
      },
      () => 'three files',
    );
    const { kept, keptUncounted, account } = await book.ok('update-account', { removeSamples: true });
    expect(kept).toEqual(expect.arrayContaining([`${job.customer.ref} Dana Henderson`, `${job.ref} Storm repair`]));
    expect(kept).toContain('W-S1 Gutter walk with Priya');
    expect(keptUncounted).toContain(`${covering?.ref} ${covering?.description}`);
    expect(account.records).toMatchObject({ expenses: 0, quotes: 0, walkAndTalks: 1, files: 3 });
    expect(account.samples).toEqual({ ...NOTHING, expenses: 1, quotes: 1 });
    const after = await book.ok('get-job', { job: job.ref });
    expect(after.job.expenses).toMatchObject([{ ref: covering?.ref, coversLine: covering?.coversLine }]);
    expect(await faultsOf(book)).toEqual([]);
    expect(await book.store.check()).toEqual([]);
  });

  test('keeps a sample customer that a real job is for, and takes the sample jobs of theirs', async () => {
    const book = await openBook({ samples: true });
    await book.ok('create-job', { customer: 'C-S5', name: 'Skylight' });
    const { kept } = await book.ok('update-account', { removeSamples: true });
    expect(kept).toEqual(['C-S5 Dana Henderson']);
    expect((await book.ok('list-jobs')).jobs.map((job) => job.ref)).toEqual(['J-1']);
    expect(await faultsOf(book)).toEqual([]);
  });

  test('takes sample papers that were changed since, and draft, void and moved ones too', async () => {
    const book = await openBook({ samples: true });
    const { invoices } = await book.ok('list-invoices', { limit: 50, status: 'issued' });
    await book.ok('update-invoice', { invoice: invoices[0]?.ref, status: 'void', voidReason: 'trying out' });
    await book.ok('update-job', { job: 'J-S4', status: 'cancelled', assignees: [] });
    await book.ok('update-job-expense', { expense: 'E-S1', job: 'J-S1', amount: 5 });
    await book.ok('update-account', { removeSamples: true });
    expect(await countRows(book)).toMatchObject(EMPTY);
    expect(await faultsOf(book)).toEqual([]);
  });

  test('is one change, after which nothing of the samples is left to remove', async () => {
    const book = await openBook({ samples: true });
    const first = await book.ok('update-account', { removeSamples: true });
    const second = await book.ok('update-account', { removeSamples: true });
    expect(second).toMatchObject({ did: 'The account is so already', change: null });
    expect((await book.ok('create-customer', { name: 'Dana Henderson' })).change).toBe((first.change ?? 0) + 1);
  });
});

test('words lead to a sample only where no real record matches', async () => {
  const book = await openBook({ samples: true });
  expect((await book.ok('get-customer', { customer: 'henderson' })).customer.ref).toBe('C-S5');
  await book.ok('create-customer', { name: 'Paul Henderson' });
  expect((await book.ok('get-customer', { customer: 'henderson' })).customer.ref).toBe('C-1');
  expect((await book.ok('get-customer', { customer: 'C-S5' })).customer.name).toBe('Dana Henderson');
});
