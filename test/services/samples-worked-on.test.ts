// A sample on which somebody does real work is no sample any more: what is real counts everywhere from then on, alone.
import { expect, test } from 'vitest';
import { openBook, type TypedBook } from '../support/answers.ts';
import { cents } from '../support/arithmetic.ts';
import { expectSound } from '../support/sound.ts';

const KEYS = ['job', 'customer', 'month', 'status', 'category', 'assignee'] as const;
const EVER = { from: '2025-06-01', to: '2026-12-31' };

/** Everything that adds up over many records, without what it says of samples. */
async function totalsOf(book: TypedBook): Promise<object[]> {
  const reports = [];
  for (const by of KEYS)
    for (const period of [{}, EVER]) reports.push(await book.ok('profit-report', { by, explain: true, ...period }));
  const lists = [
    await book.ok('list-jobs'),
    await book.ok('list-invoices'),
    await book.ok('list-expenses'),
    await book.ok('list-payments'),
    await book.ok('list-receivables'),
  ];
  const told = [...lists, ...reports].map((each) =>
    JSON.stringify(each, (key, value: unknown) => (key === 'samplesLeftOut' ? undefined : value)),
  );
  return told.map((each): object => JSON.parse(each));
}

const FEE = { job: 'J-S4', description: 'Dump fee', amount: 75, category: 'equipment', spentOn: '2026-03-09' };

test('an expense on a sample job makes it a job of your own, which counts what is real on it and nothing else', async () => {
  const book = await openBook({ samples: true });
  const { profit } = await book.ok('add-job-expense', FEE);
  expect(profit).toMatchObject({ billed: '0.00', costOfWork: '0.00', expenses: '75.00', profit: '-75.00' });
  const { job } = await book.ok('get-job', { job: 'J-S4', explain: true });
  expect([job.sample, job.customer.ref.startsWith('C-S')]).toEqual([undefined, true]);
  expect(job.forecast).toMatchObject({ spent: '75.00', sold: false, collected: '0.00' });
  const { totals, jobs } = await book.ok('list-jobs');
  expect(jobs.map(({ ref }) => ref)).toEqual(['J-S4']);
  expect(totals).toMatchObject({ billed: '0.00', expenses: '75.00', includesSamples: false });
  for (const by of KEYS)
    for (const period of [{}, EVER]) {
      const report = await book.ok('profit-report', { by, ...period });
      const { includesSamples, jobs: counted, billed } = report.totals;
      expect([by, includesSamples, counted, billed]).toEqual([by, false, 1, '0.00']);
    }
  const { rows } = await book.ok('profit-report', { by: 'category', ...EVER });
  expect(rows.map(({ key, spent }) => [key, spent])).toEqual([['equipment', '75.00']]);
  const before = await totalsOf(book);
  await book.ok('update-account', { removeSamples: true });
  expect(await totalsOf(book)).toEqual(before);
  await expectSound(book);
});

/** A sample invoice with more than 100.00 open. */
async function openSample(book: TypedBook) {
  const { invoices } = await book.ok('list-invoices', { status: 'issued', limit: 50, includeSamples: true });
  const open = invoices.find(({ payment, balance }) => payment === 'unpaid' && cents(balance) > 100_00);
  if (open === undefined) throw new Error('no sample invoice is open');
  return open;
}

test('money that came in for a sample invoice is in every list and total; the invoice, which nobody owes, in none', async () => {
  const book = await openBook({ samples: true });
  const open = await openSample(book);
  await book.ok('create-customer', { name: 'Priya Raman' });
  await book.ok('record-payment', { invoice: open.ref, amount: 100, method: 'check' });
  const payments = await book.ok('list-payments');
  expect([payments.count, payments.totals]).toMatchObject([1, { received: '100.00' }]);
  expect((await book.ok('list-receivables')).totals.total).toBe('0.00');
  const { totals, jobs } = await book.ok('list-jobs');
  expect(totals).toMatchObject({ billed: '0.00', profit: '0.00', includesSamples: false });
  expect(jobs.map(({ ref }) => ref)).toEqual([open.job?.ref]);
  const { job } = await book.ok('get-job', { job: open.job?.ref ?? '' });
  expect([job.sample, job.forecast?.collected]).toEqual([undefined, '100.00']);
  const { customer } = await book.ok('get-customer', { customer: job.customer.ref });
  expect(customer.sample).toBeUndefined();
  const theirs = await book.ok('list-receivables', { customer: customer.ref });
  expect([customer.openBalance, theirs.totals.total]).toEqual(['0.00', '0.00']);
  expect((await book.ok('list-invoices')).invoices).toEqual([]);
  expect((await book.ok('get-invoice', { invoice: open.ref })).invoice.sample).toBe(true);
  const before = await totalsOf(book);
  await book.ok('update-account', { removeSamples: true });
  expect(await totalsOf(book)).toEqual(before);
  expect((await book.ok('get-invoice', { invoice: open.ref })).invoice.sample).toBe(true);
  await expectSound(book);
});

test('what a sample offered or billed is no money once real work stands on it: the quote that is billed, covered or changed', async () => {
  for (const [tool, args, figures] of [
    ['create-invoice', { fromQuote: { quote: 'Q-S2', amount: 500 } }, { billed: '500.00', expenses: '0.00' }],
    [
      'add-job-expense',
      { job: 'J-S4', description: 'Shingles', amount: 75, category: 'materials', coversLine: 'Architectural shingles' },
      { billed: '0.00', expenses: '75.00' },
    ],
  ] as const) {
    const book = await openBook({ samples: true });
    await book.ok(tool, args);
    const { totals } = await book.ok('list-jobs');
    expect([tool, totals]).toMatchObject([tool, { ...figures, costOfWork: '0.00', includesSamples: false }]);
    const before = await totalsOf(book);
    await book.ok('update-account', { removeSamples: true });
    expect(await totalsOf(book)).toEqual(before);
    await expectSound(book);
  }
});

test('what credits or corrects a sample is a sample too, numbered with them', async () => {
  const book = await openBook({ samples: true });
  await book.ok('create-customer', { name: 'Priya Raman' });
  const open = await openSample(book);
  const before = await totalsOf(book);
  const credit = await book.ok('create-invoice', { creditFor: open.ref, amount: 10 });
  expect(credit.invoice).toMatchObject({ sample: true, ref: expect.stringMatching(/^INV-S\d+$/) });
  const lines = [{ description: 'Roof', quantity: 1, unitPrice: 90 }];
  const { invoice } = await book.ok('update-invoice', { invoice: open.ref, correct: true, lines });
  expect(invoice).toMatchObject({ sample: true, ref: expect.stringMatching(/^INV-S\d+$/) });
  expect(await totalsOf(book)).toEqual(before);
  expect((await book.ok('create-invoice', { customer: 'C-1', lines })).invoice.ref).toBe('INV-1001');
  await book.ok('update-account', { removeSamples: true });
  expect((await book.ok('list-invoices', { includeSamples: true })).count).toBe(1);
  await expectSound(book);
});

test('what stays when samples are taken out, and what it brings into the figures, is said before and after', async () => {
  const book = await openBook({ samples: true });
  const open = await openSample(book);
  await book.ok('record-payment', { invoice: open.ref, amount: 100, method: 'check' });
  await book.ok('add-job-expense', { ...FEE, amount: 88 });
  const told = {
    kept: expect.arrayContaining([expect.stringContaining(`${open.job?.ref} `), 'J-S4 Roof replacement']),
    keptUncounted: [`${open.ref} of ${open.customer.name}`],
    keptFigures: { billed: '0.00', received: '100.00', spent: '88.00' },
  };
  const words = new RegExp(
    `Kept, because real records stand on them: .*J-S4 Roof replacement.*count only what is real on them: billed 0.00, received 100.00, spent 88.00 USD. Kept as samples that no figure counts.*: ${open.ref} of ${open.customer.name}`,
  );
  const seen = await book.both('update-account', { removeSamples: true, preview: true });
  expect(seen.answer).toMatchObject(told);
  expect(seen.text).toMatch(words);
  const done = await book.both('update-account', { removeSamples: true });
  expect(done.answer).toMatchObject(told);
  expect(done.text).toMatch(words);
  await book.ok('update-account', { removeSamples: true });
  await expectSound(book);
});

test('what is done on a sample and taken back leaves it a sample', async () => {
  const book = await openBook({ samples: true });
  const before = await totalsOf(book);
  await book.ok('add-job-expense', FEE);
  await book.ok('add-job-expense', { ...FEE, description: 'Second load' });
  await book.ok('update-job', { job: 'J-S4', note: 'Came by twice' });
  await book.ok('undo-change');
  await book.ok('undo-change', { change: 3 });
  expect((await book.ok('get-job', { job: 'J-S4' })).job.sample).toBeUndefined();
  await book.ok('undo-change');
  expect(await totalsOf(book)).toEqual(before);
  await book.ok('update-account', { removeSamples: true });
  expect((await book.ok('list-jobs')).count).toBe(0);
  await expectSound(book);
});

test('work of any kind on a sample is real work', async () => {
  for (const [tool, args] of [
    ['create-invoice', { job: 'J-S4', lines: [{ description: 'Gutter', quantity: 1, unitPrice: 90 }] }],
    ['create-quote', { job: 'J-S4', lines: [{ description: 'Gutter', quantity: 1, unitPrice: 90 }] }],
    ['schedule-appointment', { job: 'J-S4', title: 'Look', starts: '2026-03-12T09:00' }],
    ['update-job', { job: 'J-S4', note: 'Called back' }],
  ] as const) {
    const book = await openBook({ samples: true });
    await book.ok(tool, args);
    expect([tool, (await book.ok('get-job', { job: 'J-S4' })).job.sample]).toEqual([tool, undefined]);
    expect((await book.ok('list-jobs')).jobs.map(({ ref }) => ref)).toEqual(['J-S4']);
    await expectSound(book);
  }
});

test('whoever writes on a sample reads that it was one, what it is from then on, and what stays a sample', async () => {
  const yours = (...named: string[]) =>
    named.length === 1
      ? `${named.join('')} was a sample; it is yours from now on, and counts only what you enter`
      : `${named.join(' and ')} were samples; they are yours from now on, and count only what you enter`;
  const lines = [{ description: 'Gutter', quantity: 1, unitPrice: 90 }];
  const [roof, dana] = ['J-S4 Roof replacement', 'C-S5 Dana Henderson'];
  for (const [tool, args, told] of [
    ['create-job', { customer: 'C-S5', name: 'Skylight' }, [yours(dana)]],
    ['create-quote', { customer: 'C-S5', lines }, [yours(dana)]],
    ['add-job-expense', { ...FEE, job: 'roof replacement' }, [yours(roof, dana)]],
    ['create-invoice', { job: 'J-S4', lines }, [yours(roof, dana)]],
    ['update-job', { job: 'J-S4', note: 'Called back' }, [yours(roof, dana)]],
    ['schedule-appointment', { job: 'J-S4', title: 'Look', starts: '2026-03-12T09:00' }, [yours(roof, dana)]],
    ['create-invoice', { fromQuote: { quote: 'Q-S2', amount: 500 } }, ['Q-S2 is a sample and stays one: no figure']],
  ] as const) {
    const book = await openBook({ samples: true });
    for (const preview of [{ preview: true }, {}]) {
      const { answer, text } = await book.both(tool, { ...args, ...preview });
      for (const each of told) {
        expect([tool, answer.did]).toEqual([tool, expect.stringContaining(each)]);
        expect(text).toContain(each);
      }
    }
    const again = await book.both('add-job-expense', { ...FEE, job: 'J-S5' });
    expect(again.text).toContain('sample');
    expect((await book.both('add-job-expense', { ...FEE, job: 'J-S5', amount: 9 })).text).not.toContain('sample');
  }
  const book = await openBook({ samples: true });
  const open = await openSample(book);
  for (const amount of [100, 50]) {
    const { answer, text } = await book.both('record-payment', { invoice: open.ref, amount });
    expect(answer.did).toContain(`${open.ref} is a sample and stays one: no figure counts it`);
    expect(text).toContain(`${open.ref} is a sample and stays one: no figure counts it`);
  }
});

test('every list and total leaves samples out once the book has a real record, and shows them where asked', async () => {
  const book = await openBook({ samples: true });
  const days = { from: '2025-06-01', to: '2026-12-31' };
  const lists = [
    ['list-jobs', {}],
    ['list-invoices', {}],
    ['list-quotes', {}],
    ['list-expenses', {}],
    ['list-payments', {}],
    ['list-receivables', {}],
    ['list-appointments', days],
    ['list-changes', { show: 'events', from: '2026-01-01', to: '2026-03-31' }],
    ...KEYS.map((by) => ['profit-report', { by, ...days }] as const),
  ] as const;
  const named = async (more: object) =>
    await Promise.all(
      lists.map(async ([tool, args]) => [
        tool,
        /\b(?:C|J|Q|E|A|P|INV)-S\d/.test(JSON.stringify(await book.ok(tool, { ...args, ...more }))),
      ]),
    );
  const isNamed = (are: boolean) => lists.map(([tool]) => [tool, are]);
  expect(await named({})).toEqual(isNamed(true));
  await book.ok('create-customer', { name: 'Priya Raman' });
  await book.ok('schedule-appointment', { customer: 'C-1', title: 'Measure', starts: '2026-03-12T09:00' });
  expect(await named({})).toEqual(isNamed(false));
  expect(await named({ includeSamples: true })).toEqual(isNamed(true));
  const ahead = await book.both('list-appointments', days);
  expect(ahead.answer).toMatchObject({ count: 1, samplesLeftOut: true });
  expect(ahead.text).toContain('1 appointment from 2025-06-01 to 2026-12-31 (America/Chicago), samples left out:');
  expect((await book.ok('list-appointments', { ...days, customer: 'C-S1' })).samplesLeftOut).toBeUndefined();
});
