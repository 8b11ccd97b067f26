// From the contract to the last payment: deposits, progress bills, the rest, credit notes, corrections, refunds, voids.
import { instant } from '../../src/domain/dates.ts';
import { describe, expect, onTestFinished, test } from 'vitest';
import { callTool } from '../../src/server.ts';
import { PAYMENT_STATES } from '../../src/domain/payment.ts';
import { Store } from '../../src/store/scope.ts';
import { inOrder } from '../../src/store/in-order.ts';
import { openEngine } from '../support/store.ts';
import { type Book, type BookOptions, openBook } from '../support/book.ts';
import { madeAlike } from '../support/made-once.ts';
import { dana } from '../support/roof.ts';
import { expectHelpful, expectPlain } from '../support/words.ts';
import { cents } from '../support/arithmetic.ts';
import { expectSound } from '../support/sound.ts';

/** One line over one piece. */
const line = (unitPrice: number | string | null, taxRatePercent?: number, description = 'Work') => ({
  description,
  quantity: 1,
  unitPrice,
  ...(taxRatePercent === undefined ? {} : { taxRatePercent }),
});
const ROOF = { ...line(10_000, undefined, 'Roof'), unitCost: 6000, category: 'materials' };
const LESS = { ...line(-1500, undefined, 'No skylight after all'), unitCost: -900, category: 'materials' };

/** C-1 Dana Henderson with J-1 Roof replacement, and these lines accepted as Q-1. */
async function make(lines: readonly object[] = [ROOF], options: BookOptions = {}): Promise<Book> {
  const book = await openBook(options);
  await dana(async (tool, args) => await book.ok(tool, args));
  await book.ok('create-job', { customer: 'C-1', name: 'Roof replacement' });
  if (lines.length > 0) await book.ok('create-quote', { job: 'J-1', title: 'Full re-roof', status: 'accepted', lines });
  return book;
}
const job: (lines?: readonly object[]) => Promise<Book> = madeAlike(make);

type Share = { percent?: number | string; amount?: number | string; rest?: true; quote?: string };

/** Bills a share of Q-1. */
async function bill(book: Book, { quote = 'Q-1', ...share }: Share, more: object = {}) {
  return (await book.ok('create-invoice', { fromQuote: { quote, ...share }, ...more })).invoice;
}
const noBill = async (book: Book, { quote = 'Q-1', ...share }: Share, more: object = {}) =>
  await book.error('create-invoice', { fromQuote: { quote, ...share }, ...more });
const profitSummary = async (book: Book, of = 'J-1') => (await book.ok('get-job', { job: of })).job.profit;
const invoice = async (book: Book, ref: string) => (await book.ok('get-invoice', { invoice: ref })).invoice;
const pay = async (book: Book, ref: string, amount: number | string, more: object = {}) =>
  await book.ok('record-payment', { invoice: ref, amount, ...more });
const credit = async (book: Book, ref: string, what: object) =>
  (await book.ok('create-invoice', { creditFor: ref, ...what })).invoice;
const voided = async (book: Book, ref: string) =>
  (await book.ok('update-invoice', { invoice: ref, status: 'void', voidReason: 'a mistake' })).invoice;
const correct = async (book: Book, ref: string, lines: readonly object[], more: object = {}) =>
  await book.ok('update-invoice', { invoice: ref, correct: true, lines, ...more });

/** What remains to bill, as the refusal of far too much names it; `'nothing'` where nothing does. */
async function remains(book: Book, quote = 'Q-1'): Promise<string> {
  const error = await noBill(book, { quote, amount: 900_000_000 });
  expectHelpful(error);
  return (
    /than the ([\d.]+) \w+ that remains of/.exec(error)?.[1] ?? /(nothing) remains to bill/.exec(error)?.[1] ?? error
  );
}

/** What is wrong, the call, and what the refusal says. */
type Case = readonly [what: string, args: object, words: RegExp];

/** Everything a write would leave behind: the change number, every counter, and how many rows there are. */
async function state(book: Book): Promise<unknown> {
  return await book.store.read(1, async ({ db }) => {
    const account = await db
      .selectFrom('accounts')
      .select('change_number')
      .where('account_id', '=', 1)
      .executeTakeFirst();
    const counters = await db
      .selectFrom('counters')
      .select(['kind', 'value'])
      .where('account_id', '=', 1)
      .orderBy('kind')
      .execute();
    const tables = [
      ...(['invoices', 'invoice_lines', 'invoice_taxes', 'invoice_figures', 'payments', 'quotes'] as const),
      ...(['quote_lines', 'contract_parts'] as const),
    ] as const;
    const rows = await inOrder(tables, async (table) => [
      table,
      await db
        .selectFrom(table)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('account_id', '=', 1)
        .executeTakeFirst(),
    ]);
    return { account, counters, rows };
  });
}

describe('billing a contract', () => {
  test('"a deposit counts once": the rest is what the deposit left', async () => {
    const book = await job();
    expect(await bill(book, { percent: 30 })).toMatchObject({
      ref: 'INV-1001',
      kind: 'deposit',
      subtotal: '3000.00',
      job: { ref: 'J-1' },
      customer: { ref: 'C-1' },
    });
    expect(await profitSummary(book)).toMatchObject({ billed: '3000.00', costOfWork: '6000.00' });
    expect(await bill(book, { amount: 2000 })).toMatchObject({ kind: 'progress', subtotal: '2000.00' });
    expect(await bill(book, { rest: true })).toMatchObject({ kind: 'standard', subtotal: '5000.00' });
    expect(await profitSummary(book)).toMatchObject({ billed: '10000.00', profit: '4000.00', marginPercent: 40 });
    expect((await book.ok('get-job', { job: 'J-1' })).job.billing).toBe('billed');
    await expectSound(book);
  });

  test('"bill the rest": deposit, change order, the deposit voided, and the rest again', async () => {
    const book = await job();
    const deposit = await bill(book, { percent: 30 });
    await book.ok('create-quote', { job: 'J-1', kind: 'change_order', status: 'accepted', lines: [LESS] });
    expect(await bill(book, { rest: true })).toMatchObject({ subtotal: '5500.00', kind: 'standard' });
    await voided(book, deposit.ref);
    expect(await bill(book, { rest: true })).toMatchObject({ subtotal: '3000.00' });
    expect(await profitSummary(book)).toMatchObject({
      billed: '8500.00',
      costOfWork: '5100.00',
      profit: '3400.00',
      marginPercent: 40,
    });
    expect(await remains(book)).toBe('nothing');
    await expectSound(book);
  });

  test('"where nothing remains nothing is made", and the error says what to do', async () => {
    const book = await job();
    await bill(book, { rest: true });
    const before = await state(book);
    for (const share of [{ rest: true }, { percent: 1 }, { amount: '0.01' }] as const) {
      const error = await noBill(book, share);
      expectHelpful(error);
      expect(error).toBe(
        'fromQuote: nothing remains to bill on Q-1: 10000.00 USD of 10000.00 USD is billed. Extra work goes on an invoice with lines, or a change order first.',
      );
      expect(await noBill(book, share, { draft: true })).toBe(error);
    }
    expect(await state(book)).toEqual(before);
    // A change order makes room again.
    await book.ok('create-quote', { job: 'J-1', kind: 'change_order', status: 'accepted', lines: [line(700)] });
    expect(await remains(book)).toBe('700.00');
  });

  test('more than remains is refused, and what remains is named', async () => {
    const book = await job();
    await bill(book, { amount: 4000 });
    const before = await state(book);
    for (const share of [{ amount: '6000.01' }, { percent: 61 }]) {
      const error = await noBill(book, share);
      expectHelpful(error);
      expect(error).toMatch(
        /^fromQuote: 6\d00\.0\d USD is more than the 6000\.00 USD that remains of Q-1 \(4000\.00 USD of 10000\.00 USD is billed\)/,
      );
    }
    expect(await state(book)).toEqual(before);
    expect(await bill(book, { percent: 60 })).toMatchObject({ subtotal: '6000.00' });
  });

  test('a percentage, an amount and the rest carry the taxes of the contract between them', async () => {
    const lines = [
      line('6133.33', 8.25, 'Materials'),
      line('4420.37', 0, 'Labor'),
      line('-250.10', 8.25, 'Loyalty discount'),
      line('1999.99', 6, 'Dumpster'),
    ];
    const book = await job(lines);
    const { quote } = await book.ok('get-quote', { quote: 'Q-1' });
    const bills = [
      await bill(book, { percent: '33.3333' }),
      await bill(book, { amount: '1234.56' }),
      await bill(book, { percent: 10 }),
      await bill(book, { rest: true }),
    ];
    const summed = (name: 'subtotal' | 'tax' | 'total') => bills.reduce((sofar, each) => sofar + cents(each[name]), 0);
    expect([summed('subtotal'), summed('tax'), summed('total')]).toEqual([
      cents(quote.subtotal),
      cents(quote.tax),
      cents(quote.total),
    ]);
    for (const rate of quote.taxLines) {
      const of = bills.flatMap((each) => each.taxLines).filter(({ ratePercent }) => ratePercent === rate.ratePercent);
      expect(of.reduce((sofar, { tax }) => sofar + cents(tax), 0)).toBe(cents(rate.tax));
      expect(of.reduce((sofar, { base }) => sofar + cents(base), 0)).toBe(cents(rate.base));
    }
    expect(await profitSummary(book)).toMatchObject({ billed: quote.subtotal, taxBilled: quote.tax });
    // The customer reads what is billed, one line per rate, never the contract over again.
    expect(bills[0].lines.map(({ description }: { description: string }) => description)).toEqual([
      '33.3333 % of Full re-roof (Q-1), at 0 % tax',
      '33.3333 % of Full re-roof (Q-1), at 6 % tax',
      '33.3333 % of Full re-roof (Q-1), at 8.25 % tax',
    ]);
    await expectSound(book);
  });

  test('of papers that each rounded their tax says by how much the joint bill differs, and why', async () => {
    const book = await job([line('100.06', 8.25)]);
    await book.ok('create-quote', {
      job: 'J-1',
      kind: 'change_order',
      status: 'accepted',
      lines: [line('100.06', 8.25)],
    });
    expect((await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', percent: 30 } })).warnings).toEqual([]);
    const { invoice: rest, warnings } = await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', rest: true } });
    expect(warnings).toEqual([
      'Q-1 and Q-2 billed together come to 16.51 USD tax; each rounded for itself they say 16.50 USD. That is 0.01 USD more, since tax is rounded once for each rate of the contract.',
    ]);
    expect(Number((await invoice(book, 'INV-1001')).tax) + Number(rest.tax)).toBeCloseTo(16.51, 9);
  });

  test('halves of an odd amount are both billed: a percentage never fails by a rounding', async () => {
    const book = await job([line('100.01')]);
    expect(await bill(book, { percent: 50 })).toMatchObject({ subtotal: '50.01' });
    expect(await bill(book, { percent: 50 })).toMatchObject({ subtotal: '50.00' });
    const quarters = await job([line('10.02')]);
    const billed: string[] = [];
    for (let each = 0; each < 4; each += 1) billed.push((await bill(quarters, { percent: 25 })).subtotal);
    expect(billed).toEqual(['2.51', '2.51', '2.51', '2.49']);
    expect(await remains(quarters)).toBe('nothing');
    // That is no way to bill more than there is.
    const third = await job([line('100')]);
    await bill(third, { percent: 50 });
    expect(await noBill(third, { percent: '50.02' })).toContain('50.02 USD is more than the 50.00 USD that remains');
  });

  test('each share is named in its own words', async () => {
    const book = await job();
    await book.ok('create-quote', { job: 'J-1', kind: 'change_order', status: 'accepted', lines: [LESS] });
    const described = async (share: Share) => (await bill(book, share)).lines[0].description;
    expect(await described({ percent: 30 })).toBe('30 % of Full re-roof (Q-1 with 1 change order)');
    expect(await described({ amount: 500 })).toBe('Part of Full re-roof (Q-1 with 1 change order)');
    expect(await described({ rest: true })).toBe('Balance of Full re-roof (Q-1 with 1 change order)');
  });

  test('a quote for a customer without a job is billed the same', async () => {
    const book = await job([]);
    await book.ok('create-quote', { customer: 'C-1', status: 'accepted', lines: [line(900, 10)] });
    expect(await bill(book, { percent: 50 })).toMatchObject({ job: null, subtotal: '450.00', tax: '45.00' });
    expect(await bill(book, { rest: true })).toMatchObject({ job: null, total: '495.00' });
    expect(await remains(book)).toBe('nothing');
  });

  test('the kind may be chosen; who it is for is on the quote', async () => {
    const book = await job();
    expect(await bill(book, { percent: 10 }, { kind: 'progress', job: 'J-1', customer: 'dana' })).toMatchObject({
      kind: 'progress',
    });
    await book.ok('create-customer', { name: 'Priya Raman' });
    await book.ok('create-job', { customer: 'C-1', name: 'Porch' });
    expect(await noBill(book, { percent: 10 }, { customer: 'C-2' })).toMatch(/^customer: the quote is for other work/);
    expect(await noBill(book, { percent: 10 }, { job: 'J-2' })).toMatch(/^job: the quote is for other work/);
  });

  test('only what was accepted is billed', async () => {
    const book = await job([]);
    await book.ok('create-quote', { job: 'J-1', lines: [line(1000)] });
    expect(await noBill(book, { rest: true })).toMatch(/^fromQuote\.quote: Q-1 is draft\. Accept the quote first/);
    await book.ok('update-quote', { quote: 'Q-1', status: 'sent' });
    await book.ok('create-quote', { job: 'J-1', kind: 'change_order', status: 'accepted', lines: [line(100)] });
    const error = await noBill(book, { quote: 'Q-2', rest: true });
    expect(error).toMatch(/^fromQuote\.quote: /);
    expect(error).toContain('Q-1');
    expect(error).not.toContain('Q-2 is accepted. Accept');
    await book.ok('update-quote', { quote: 'Q-1', status: 'accepted' });
    // An offer beside the contract is no part of it, and billing it is not billing the contract.
    await book.ok('create-quote', { job: 'J-1', kind: 'change_order', lines: [line(5000)] });
    expect(await noBill(book, { quote: 'Q-3', percent: 100 })).toMatch(
      /^fromQuote\.quote: Q-3 is draft\. Accept the quote first/,
    );
    expect(await bill(book, { quote: 'Q-2', rest: true })).toMatchObject({ subtotal: '1100.00' });
  });
});

describe('a draft share', () => {
  test('bills nothing until it is issued, and is measured again then', async () => {
    const book = await job();
    const draft = await bill(book, { rest: true }, { draft: true });
    expect(draft).toMatchObject({ ref: 'DRAFT-1', subtotal: '10000.00', balance: '0.00' });
    expect(await profitSummary(book)).toMatchObject({ billed: '0.00', notBilledYet: '10000.00' });
    await bill(book, { amount: 1 });
    const before = await state(book);
    const error = await book.error('update-invoice', { invoice: 'DRAFT-1', status: 'issued' });
    expectHelpful(error);
    expect(error).toMatch(/10000\.00 USD is more than the 9999\.00 USD that remains of Q-1/);
    expect(error).not.toContain('fromQuote');
    expect(await state(book)).toEqual(before);
    await voided(book, 'INV-1001');
    expect((await book.ok('update-invoice', { invoice: 'DRAFT-1', status: 'issued' })).invoice).toMatchObject({
      ref: 'INV-1002',
      subtotal: '10000.00',
    });
    await expectSound(book);
  });

  test('carries the taxes that are left when it is issued, on lines that say the same', async () => {
    const book = await job([line(7000), line(3000, 10)]);
    await bill(book, { amount: 5000 }, { draft: true });
    await book.ok('create-invoice', { job: 'J-1', kind: 'deposit', lines: [line(2000, 10, 'Deposit')] });
    const { invoice: issued } = await book.ok('update-invoice', { invoice: 'DRAFT-1', status: 'issued' });
    // 7,000 of 10,000 is billed then: 4,900 untaxed and 2,100 at 10 %, of which 2,000 is billed already.
    expect(issued).toMatchObject({
      subtotal: '5000.00',
      tax: '10.00',
      taxLines: [{ ratePercent: 10, base: '100.00', tax: '10.00' }],
    });
    expect(
      issued.lines.map(({ taxRatePercent, amount }: { taxRatePercent: number; amount: string }) => [
        taxRatePercent,
        amount,
      ]),
    ).toEqual([
      [0, '4900.00'],
      [10, '100.00'],
    ]);
    expect(await bill(book, { rest: true })).toMatchObject({ subtotal: '3000.00', tax: '90.00' });
    await expectSound(book);
  });

  test('is refused once the contract is gone, and nothing is given a number', async () => {
    const book = await job();
    await bill(book, { percent: 30 }, { draft: true });
    await book.ok('update-quote', { quote: 'Q-1', status: 'declined' });
    expect(await book.error('update-invoice', { invoice: 'DRAFT-1', status: 'issued' })).toContain(
      'Q-1 is declined. Accept the quote first',
    );
    expect(await book.error('update-invoice', { invoice: 'DRAFT-1', lines: [line(5)] })).toMatch(
      /^lines: DRAFT-1 bills a share of a quote/,
    );
    expect((await book.ok('create-invoice', { customer: 'C-1', lines: [line(5)] })).invoice.ref).toBe('INV-1001');
  });
});

describe('deposits made from lines', () => {
  test('count against the contract of their job, and beyond it there is a warning', async () => {
    const book = await job();
    const deposit = await book.ok('create-invoice', {
      job: 'J-1',
      kind: 'deposit',
      lines: [line(4000, undefined, 'Deposit')],
    });
    expect(deposit.warnings).toEqual([]);
    expect(await remains(book)).toBe('6000.00');
    const progress = await book.ok('create-invoice', { job: 'J-1', kind: 'progress', lines: [line(6500)] });
    expect(progress.warnings).toEqual([
      'Beyond the contract: 500.00 USD of it is above what was left of Q-1 and is extra work. A change order first would make it part of the contract.',
    ]);
    expect(progress.invoice).toMatchObject({
      countsAgainst: [{ quote: 'Q-1', amount: '6000.00' }],
      extraWork: '500.00',
    });
    expect(await remains(book)).toBe('nothing');
    await voided(book, progress.invoice.ref);
    expect(await remains(book)).toBe('6000.00');
  });

  test('count against the older of two contracts, and against no other job', async () => {
    const book = await job();
    await book.ok('create-quote', { job: 'J-1', status: 'accepted', lines: [line(2000, undefined, 'Garage roof')] });
    await book.ok('create-job', { customer: 'C-1', name: 'Porch' });
    await book.ok('create-invoice', { job: 'J-1', kind: 'deposit', lines: [line(400)] });
    const deposit = { kind: 'deposit', lines: [line(70_000)] };
    expect((await book.ok('create-invoice', { ...deposit, job: 'J-2' })).warnings).toEqual([]);
    const outside = await book.ok('create-invoice', { ...deposit, customer: 'C-1' });
    expect(outside.warnings).toEqual([expect.stringContaining('is under no job')]);
    expect([await remains(book, 'Q-1'), await remains(book, 'Q-2')]).toEqual(['9600.00', '2000.00']);
  });

  test('warn too when the draft is issued, or a correction goes beyond', async () => {
    const book = await job();
    const draft = await book.ok('create-invoice', { job: 'J-1', kind: 'deposit', draft: true, lines: [line(10_500)] });
    expect(draft.warnings).toEqual([]);
    const issued = await book.ok('update-invoice', { invoice: 'DRAFT-1', status: 'issued' });
    expect(issued.warnings).toEqual([
      expect.stringContaining('Beyond the contract: 500.00 USD of it is above what was left of Q-1'),
    ]);
    const back = await correct(book, 'INV-1001', [line(3000)]);
    expect(back.warnings).toEqual([]);
    const other = await bill(book, { rest: true });
    const beyond = await correct(book, other.ref, [line(7000.5)]);
    expect(beyond.warnings).toEqual([expect.stringContaining('10000.50 USD of 10000.00 USD')]);
    expect(
      await book.text('update-invoice', { invoice: beyond.invoice.ref, correct: true, lines: [line(8000)] }),
    ).toContain('Note: Billed beyond the contract: 11000.00 USD');
  });

  test('at another tax rate still bring the contract to its own tax', async () => {
    const book = await job([line(10_000)]);
    await book.ok('create-invoice', { job: 'J-1', kind: 'deposit', lines: [line(3000, 10, 'Deposit')] });
    expect(await bill(book, { rest: true })).toMatchObject({ subtotal: '7000.00', tax: '-300.00', total: '6700.00' });
    expect(await profitSummary(book)).toMatchObject({ billed: '10000.00', taxBilled: '0.00' });
    await expectSound(book);
  });

  test('never make a bill that totals below 0', async () => {
    const book = await job([line(10_000)]);
    await book.ok('create-invoice', { job: 'J-1', kind: 'deposit', lines: [line(9990, 10, 'Deposit')] });
    const before = await state(book);
    const error = await noBill(book, { rest: true });
    expectHelpful(error);
    expect(error).toMatch(/^fromQuote: .*below 0/);
    expect(await state(book)).toEqual(before);
  });

  test('of standard kind are extra work, which billing the rest names', async () => {
    const book = await job();
    const standard = { job: 'J-1', kind: 'standard' };
    const extra = await book.ok('create-invoice', { ...standard, lines: [line(300, undefined, 'Gutter repair')] });
    expect(extra.invoice).toMatchObject({ countsAgainst: [], extraWork: '300.00' });
    expect(extra.warnings).toEqual([
      'It is extra work, beside Q-1. update-invoice with countsAgainst: "Q-1" counts it there.',
    ]);
    await book.ok('create-invoice', { ...standard, lines: [line(99)] });
    await voided(book, 'INV-1002');
    expect(await remains(book)).toBe('10000.00');
    const part = await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', percent: 40 } });
    expect(part.warnings).toEqual([]);
    const text = await book.text('create-invoice', { fromQuote: { quote: 'Q-1', rest: true } });
    expect(text).toContain('Note: INV-1001 was made from lines and counts');
    expectPlain(text, 900);
    expect(await profitSummary(book)).toMatchObject({ billed: '10300.00' });
  });
});

describe('a contract that changes while it is billed', () => {
  test('revision of an accepted original keeps what was billed', async () => {
    const book = await job();
    await bill(book, { percent: 30 });
    await book.ok('create-quote', { revises: 'Q-1', lines: [line(12_000, undefined, 'Roof')] });
    // Only offered yet: the contract stands as it was.
    expect(await remains(book)).toBe('7000.00');
    await book.ok('update-quote', { quote: 'Q-2', status: 'accepted' });
    expect(await remains(book, 'Q-1')).toBe('9000.00');
    expect(await remains(book, 'Q-2')).toBe('9000.00');
    expect(await bill(book, { quote: 'Q-2', rest: true })).toMatchObject({ subtotal: '9000.00' });
    expect(await profitSummary(book)).toMatchObject({ billed: '12000.00' });
    await expectSound(book);
  });

  test('a revision below what was billed leaves nothing to bill', async () => {
    const book = await job();
    await bill(book, { percent: 30 });
    await book.ok('create-quote', { revises: 'Q-1', status: 'accepted', lines: [line(2500, undefined, 'Roof')] });
    expect(await noBill(book, { quote: 'Q-2', rest: true })).toContain(
      'nothing remains to bill on Q-2: 3000.00 USD of 2500.00 USD is billed',
    );
  });

  test('of two revisions of an accepted quote only one takes its place', async () => {
    const book = await job();
    for (const amount of [12_000, 14_000])
      await book.ok('create-quote', { revises: 'Q-1', lines: [{ ...ROOF, unitPrice: amount }] });
    await book.ok('update-quote', { quote: 'Q-2', status: 'accepted' });
    const before = await state(book);
    const error = await book.error('update-quote', { quote: 'Q-3', status: 'accepted' });
    expectHelpful(error);
    expect(error).toMatch(/^status: .*Q-2/);
    expect(await state(book)).toEqual(before);
    expect(await remains(book)).toBe('12000.00');
    expect(await profitSummary(book)).toMatchObject({ costOfWork: '6000.00' });
  });

  test('of revisions of revisions, too, one alone stands', async () => {
    const book = await job();
    const offer = async (revises: string, more: object = {}) =>
      await book.ok('create-quote', { revises, lines: [ROOF], ...more });
    await offer('Q-1'); // Q-2
    await offer('Q-1'); // Q-3
    await offer('Q-2'); // Q-4, which replaces the offer Q-2 but not yet the contract Q-1
    await book.ok('update-quote', { quote: 'Q-3', status: 'accepted' });
    const before = await state(book);
    const no = [
      await book.error('update-quote', { quote: 'Q-4', status: 'accepted' }),
      await book.error('create-quote', { revises: 'Q-4', status: 'accepted', lines: [ROOF] }),
    ];
    for (const error of no) expect(error).toMatch(/^status: .*Q-3/);
    expect(await state(book)).toEqual(before);
    expect(await remains(book)).toBe('10000.00');
    // Once that is declined the other may be taken.
    await book.ok('update-quote', { quote: 'Q-3', status: 'declined' });
    await book.ok('update-quote', { quote: 'Q-4', status: 'accepted' });
    expect(await remains(book)).toBe('10000.00');
    await expectSound(book);
  });

  test('a revision of a revision takes the place of the contract too', async () => {
    const book = await job();
    await bill(book, { percent: 30 });
    await book.ok('create-quote', { revises: 'Q-1', status: 'sent', lines: [{ ...ROOF, unitPrice: 14_000 }] });
    await book.ok('create-quote', { revises: 'Q-2', lines: [{ ...ROOF, unitPrice: 12_000 }] });
    expect(await remains(book)).toBe('7000.00');
    await book.ok('update-quote', { quote: 'Q-3', status: 'accepted' });
    expect((await book.ok('list-quotes', {})).quotes.map(({ status }: { status: string }) => status)).toEqual([
      'accepted',
      'superseded',
      'superseded',
    ]);
    expect(await remains(book)).toBe('9000.00');
    expect(await profitSummary(book)).toMatchObject({ costOfWork: '6000.00' });
    // The same in one call.
    await book.ok('create-quote', { revises: 'Q-3', lines: [{ ...ROOF, unitPrice: 11_000 }] });
    await book.ok('create-quote', { revises: 'Q-4', status: 'accepted', lines: [{ ...ROOF, unitPrice: 10_500 }] });
    expect(await remains(book)).toBe('7500.00');
    expect(await profitSummary(book)).toMatchObject({ costOfWork: '6000.00' });
    await expectSound(book);
  });

  test('accepted → declined is refused while billed, and goes once the bill is void', async () => {
    const book = await job();
    await bill(book, { percent: 30 });
    const error = await book.error('update-quote', { quote: 'Q-1', status: 'declined' });
    expect(error).toMatch(/^status: Q-1 is billed by INV-1001\. Void that first \(.*\), then decline the quote\.$/);
    await voided(book, 'INV-1001');
    expect((await book.ok('update-quote', { quote: 'Q-1', status: 'declined' })).quote.status).toBe('declined');
    expect(await noBill(book, { rest: true })).toContain('Q-1 is declined');
  });

  test('a change order that carries what was billed is not declined either', async () => {
    const book = await job();
    await book.ok('create-quote', { job: 'J-1', kind: 'change_order', status: 'accepted', lines: [line(2000)] });
    await bill(book, { amount: 10_000 });
    await bill(book, { amount: 500 });
    expect(await book.error('update-quote', { quote: 'Q-2', status: 'declined' })).toContain(
      'Q-2 is billed by INV-1001, INV-1002',
    );
    await voided(book, 'INV-1002');
    await book.ok('update-quote', { quote: 'Q-2', status: 'declined' });
    expect(await remains(book)).toBe('nothing');
  });
});

describe('invoice numbers', () => {
  const numbers = async (book: Book) =>
    (await book.ok('list-invoices', { limit: 50 })).invoices
      .map(({ ref }: { ref: string }) => Number(ref.slice(4)))
      .sort((left: number, right: number) => left - right);

  test('"a void number is never used again", and credit notes and corrections take numbers of the same series', async () => {
    const book = await job();
    await bill(book, { percent: 10 });
    await voided(book, 'INV-1001');
    await bill(book, { percent: 10 });
    expect(await credit(book, 'INV-1002', { amount: 100 })).toMatchObject({ ref: 'INV-1003', creditFor: 'INV-1002' });
    const { invoice: replacement, did } = await correct(book, 'INV-1002', [line(800)]);
    expect(replacement.ref).toBe('INV-1005');
    expect(did).toMatch(/^Corrected INV-1002 of .+: INV-1004 credits it, INV-1005 takes its place, [\d.]+ USD$/);
    expect(await numbers(book)).toEqual([1001, 1002, 1003, 1004, 1005]);
    await expectSound(book);
  });

  test('"two people issue at the same moment": forty at once through one program', async () => {
    const book = await job();
    const bills = await Promise.all(
      Array.from({ length: 40 }, async (_, index) =>
        index % 4 === 0
          ? await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', percent: 10 } })
          : await book.ok('create-invoice', { customer: 'C-1', lines: [line(1)] }),
      ),
    );
    expect(new Set(bills.map(({ invoice: made }) => made.ref)).size).toBe(40);
    expect(await numbers(book)).toEqual(Array.from({ length: 40 }, (_, index) => 1001 + index));
    expect(await remains(book)).toBe('nothing');
    await expectSound(book);
  });

  test('forty at once through two programs on one file, and a contract is still billed no further than it goes', async () => {
    const book = await job();
    const store = new Store(await openEngine(book), () => instant('2026-03-10T17:00:00.000Z'));
    onTestFinished(async () => await store.close());
    const other = { ...book.session, store, inFlight: new Set<symbol>() };
    const results = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const args =
          index % 3 === 0 ? { fromQuote: { quote: 'Q-1', percent: 10 } } : { customer: 'C-1', lines: [line(1)] };
        const meant = { ...args, allowDuplicate: true };
        return await callTool(index % 2 === 0 ? book.session : other, 'create-invoice', meant, {
          client: 'test 1.0',
          canAsk: false,
        });
      }),
    );
    // Fourteen asked for a tenth of the contract each: ten had it.
    const refusals = results.filter(({ isError }) => isError === true).map(({ content }) => content[0]?.text ?? '');
    expect(refusals).toHaveLength(4);
    for (const words of refusals) expect(words).toContain('nothing remains to bill on Q-1');
    expect(await numbers(book)).toEqual(Array.from({ length: 36 }, (_, index) => 1001 + index));
    expect(await profitSummary(book)).toMatchObject({ billed: '10000.00' });
    await expectSound(book);
  });
});

describe('a void', () => {
  test('keeps number and reason, and bills nothing', async () => {
    const book = await job();
    await bill(book, { percent: 30 });
    const text = await book.text('update-invoice', { invoice: 'INV-1001', status: 'void', voidReason: 'wrong share' });
    expect(text).toContain('Void since 2026-03-10: wrong share');
    expect(await invoice(book, 'INV-1001')).toMatchObject({
      status: 'void',
      balance: '0.00',
      payment: null,
      overdue: false,
    });
    expect(await profitSummary(book)).toMatchObject({ billed: '0.00', taxBilled: '0.00' });
    expect(await remains(book)).toBe('10000.00');
  });

  test('"paid invoices are credited, not voided"', async () => {
    const book = await job();
    await bill(book, { percent: 30 });
    await pay(book, 'INV-1001', 100);
    const no = async (ref: string) =>
      await book.error('update-invoice', { invoice: ref, status: 'void', voidReason: 'x' });
    const error = await no('INV-1001');
    expect(error).toBe(
      'INV-1001 has payments. Credit it instead: create-invoice with creditFor: "INV-1001", all: true and billAgain: true. Where only its amounts were wrong: update-invoice with correct: true and the right lines.',
    );
    // Given back in full it still was paid: both stay on the books.
    await pay(book, 'INV-1001', 100, { refund: true });
    expect(await no('INV-1001')).toBe(error);
    // Entered by mistake, both: then nothing stands on it.
    await book.ok('record-payment', { void: 'P-2', voidReason: 'wrong invoice' });
    await book.ok('record-payment', { void: 'P-1', voidReason: 'wrong invoice' });
    expect(await voided(book, 'INV-1001')).toMatchObject({ status: 'void' });
  });

  test('is not for an invoice with a credit; a credit note itself can be void, and the invoice is open again', async () => {
    const book = await job();
    await bill(book, { percent: 30 });
    await credit(book, 'INV-1001', { amount: 500 });
    expect(await book.error('update-invoice', { invoice: 'INV-1001', status: 'void', voidReason: 'x' })).toContain(
      'INV-1001 is credited already',
    );
    await voided(book, 'INV-1002');
    expect(await invoice(book, 'INV-1001')).toMatchObject({ credited: '0.00', balance: '3000.00' });
    expect(await profitSummary(book)).toMatchObject({ billed: '3000.00' });
    await voided(book, 'INV-1001');
    await expectSound(book);
  });
});

describe('credit notes', () => {
  test('invoice 1,000 issued, credit note 250: billed 750, margin 100.0', async () => {
    const book = await job([]);
    await book.ok('create-invoice', { job: 'J-1', lines: [line(1000)] });
    const note = await credit(book, 'INV-1001', { amount: 250 });
    expect(note).toMatchObject({
      ref: 'INV-1002',
      kind: 'credit_note',
      job: { ref: 'J-1' },
      subtotal: '-250.00',
      total: '-250.00',
      creditFor: 'INV-1001',
      payment: null,
      balance: '0.00',
    });
    expect(await profitSummary(book)).toMatchObject({
      billed: '750.00',
      costOfWork: '0.00',
      expenses: '0.00',
      profit: '750.00',
      marginPercent: 100,
    });
    expect(await invoice(book, 'INV-1001')).toMatchObject({ credited: '250.00', balance: '750.00', payment: 'unpaid' });
  });

  test('are given as lines, as an amount, or over all that is left', async () => {
    const book = await job([]);
    await book.ok('create-invoice', { job: 'J-1', lines: [line('333.33', 8.25), line('166.67')] });
    expect(
      await credit(book, 'INV-1001', {
        lines: [{ description: 'Two bundles returned', quantity: 2, unitPrice: 50, taxRatePercent: 8.25 }],
      }),
    ).toMatchObject({
      subtotal: '-100.00',
      tax: '-8.25',
      lines: [{ description: 'Two bundles returned', unitPrice: '-50.00', amount: '-100.00' }],
    });
    expect(await credit(book, 'INV-1001', { amount: '200.00' })).toMatchObject({
      subtotal: '-200.00',
      lines: [{ description: 'Credit for INV-1001, at 0 % tax' }, {}],
    });
    expect(await credit(book, 'INV-1001', { all: true })).toMatchObject({ subtotal: '-200.00' });
    const { tax } = await invoice(book, 'INV-1001');
    const all = (await book.ok('list-invoices', {})).invoices;
    expect(all.reduce((sofar: number, each: { tax: string }) => sofar + cents(each.tax), 0)).toBe(0);
    expect(tax).toBe('27.50');
    expect(await invoice(book, 'INV-1001')).toMatchObject({ credited: '527.50', balance: '0.00', payment: 'credited' });
    expect(await profitSummary(book)).toMatchObject({ billed: '0.00', taxBilled: '0.00', marginPercent: null });
    expect(await book.error('create-invoice', { creditFor: 'INV-1001', all: true })).toBe(
      'creditFor: INV-1001 is credited entirely already.',
    );
    await expectSound(book);
  });

  test('never give back more than is left', async () => {
    const book = await job([]);
    await book.ok('create-invoice', { job: 'J-1', lines: [line(100, 10), line(50)] });
    await credit(book, 'INV-1001', { lines: [line(60, 10)] });
    const before = await state(book);
    const no = async (what: object) => await book.error('create-invoice', { creditFor: 'INV-1001', ...what });
    expect(await no({ amount: '90.01' })).toBe(
      'amount: 90.01 USD is more than the 90.00 USD before tax that is left to credit on INV-1001. Give at most that, or all: true.',
    );
    expect(await no({ lines: [line('40.01', 10)] })).toContain(
      'lines: at 10 % tax only 40.00 USD is left to credit, not 40.01 USD',
    );
    expect(await no({ lines: [line(10, 8)] })).toContain('lines: at 8 % tax only 0.00 USD is left');
    expect(await no({ lines: [line(-5)] })).toContain('lines: a credit is written with positive amounts');
    expect(await no({ lines: [line(10), line(null)] })).toMatch(/^lines: .*no price yet on line 2/);
    expect(await state(book)).toEqual(before);
    expect(await credit(book, 'INV-1001', { amount: 90 })).toMatchObject({ total: '-94.00' });
  });

  test('of discounted work never give back more than was billed', async () => {
    const book = await job([]);
    await book.ok('create-invoice', { job: 'J-1', lines: [line(1000), line(-200, 10, 'Discount')] });
    expect(await book.error('create-invoice', { creditFor: 'INV-1001', lines: [line(900)] })).toMatch(/^lines: /);
    expect(await credit(book, 'INV-1001', { all: true })).toMatchObject({
      subtotal: '-800.00',
      tax: '20.00',
      total: '-780.00',
    });
    expect(await profitSummary(book)).toMatchObject({ billed: '0.00', taxBilled: '0.00' });
  });

  test('on a paid invoice: money owed to the customer, shown apart, never overdue', async () => {
    const book = await job([]);
    await book.ok('create-invoice', { job: 'J-1', issuedOn: '2025-10-01', lines: [line(1000)] });
    await pay(book, 'INV-1001', 1000);
    const { warnings, invoice: note } = await book.ok('create-invoice', { creditFor: 'INV-1001', amount: 250 });
    expect(warnings).toEqual([expect.stringContaining('INV-1001 is paid beyond what is left of it')]);
    expect(note).toMatchObject({ overdue: false, payment: null, balance: '0.00' });
    expect(await invoice(book, 'INV-1001')).toMatchObject({ balance: '-250.00', payment: 'paid', overdue: false });
    expect(await book.text('get-invoice', { invoice: 'INV-1001' })).toContain('250.00 owed to the customer');
    const list = await book.ok('list-invoices', { overdue: true });
    expect(list).toMatchObject({ count: 0, totalOpen: '0.00', totalOverdue: '0.00' });
    expect(await book.error('record-payment', { invoice: 'INV-1001', amount: 1 })).toContain(
      'its balance is -250.00 USD',
    );
    await pay(book, 'INV-1001', 250, { refund: true });
    expect(await invoice(book, 'INV-1001')).toMatchObject({ balance: '0.00', paid: '750.00', payment: 'paid' });
    expect(await profitSummary(book)).toMatchObject({ billed: '750.00' });
    await expectSound(book);
  });

  test('of an unpaid invoice in full: it is credited, and never said to be paid', async () => {
    const book = await job([]);
    await book.ok('create-invoice', { job: 'J-1', issuedOn: '2025-10-01', lines: [line(1000)] });
    await credit(book, 'INV-1001', { amount: 250 });
    expect(await invoice(book, 'INV-1001')).toMatchObject({ payment: 'unpaid', overdue: true });
    await credit(book, 'INV-1001', { all: true });
    expect(await invoice(book, 'INV-1001')).toMatchObject({ payment: 'credited', balance: '0.00', overdue: false });
    const found = async (payment: string) =>
      (await book.ok('list-invoices', { payment })).invoices.map(({ ref }: { ref: string }) => ref);
    expect([await found('credited'), await found('paid')]).toEqual([['INV-1001'], []]);
    expect(await book.error('record-payment', { invoice: 'INV-1001', amount: 1 })).toBe(
      'amount: INV-1001 is credited in full: nothing is left to pay on it.',
    );
    for (const text of [
      await book.text('get-invoice', { invoice: 'INV-1001' }),
      await book.text('get-document', { document: 'INV-1001' }),
    ]) {
      expect(text.toLowerCase()).toContain('credited');
      expect(text.toLowerCase()).not.toContain('paid');
    }
  });

  test('are never dated before their invoice; nor is a correction', async () => {
    const book = await job([]);
    await book.ok('create-invoice', { job: 'J-1', issuedOn: '2026-03-05', lines: [line(1000)] });
    await book.ok('create-invoice', { job: 'J-1', issuedOn: '2026-03-20', lines: [line(1000)] });
    const before = await state(book);
    const early =
      /^issuedOn: 2026-03-04 is before INV-1001 itself, which is dated 2026-03-05\. Give that day or a later one/;
    expect(await book.error('create-invoice', { creditFor: 'INV-1001', amount: 1, issuedOn: '2026-03-04' })).toMatch(
      early,
    );
    expect(
      await book.error('update-invoice', {
        invoice: 'INV-1001',
        correct: true,
        lines: [line(5)],
        issuedOn: '2026-03-04',
      }),
    ).toMatch(early);
    expect(await state(book)).toEqual(before);
    expect(await credit(book, 'INV-1001', { amount: 1, issuedOn: '2026-03-05' })).toMatchObject({
      issuedOn: '2026-03-05',
    });
    // Today is 2026-03-10; an invoice of a day to come is credited on that day at the earliest.
    expect(await credit(book, 'INV-1001', { amount: 1 })).toMatchObject({ issuedOn: '2026-03-10' });
    expect(await credit(book, 'INV-1002', { amount: 1 })).toMatchObject({ issuedOn: '2026-03-20' });
    await correct(book, 'INV-1002', [line(900)]);
    const dated = (await book.ok('list-invoices', {})).invoices.slice(0, 2);
    expect(dated.map(({ issuedOn }: { issuedOn: string }) => issuedOn)).toEqual(['2026-03-20', '2026-03-20']);
    await expectSound(book);
  });

  test('a plain credit is a price reduction: what it gives back is not billed again', async () => {
    const book = await job();
    await bill(book, { percent: 30 });
    await credit(book, 'INV-1001', { amount: 500 });
    expect(await remains(book)).toBe('7000.00');
    await bill(book, { rest: true });
    expect(await profitSummary(book)).toMatchObject({ billed: '9500.00' });
  });

  test('go with issued invoices alone', async () => {
    const book = await job();
    await bill(book, { percent: 10 }, { draft: true });
    await bill(book, { percent: 10 });
    const note = await credit(book, 'INV-1001', { all: true, billAgain: false });
    const before = await state(book);
    const no = async (args: object) => await book.error('create-invoice', args);
    expect(await no({ creditFor: 'DRAFT-1', all: true })).toBe(
      'creditFor: DRAFT-1 is draft: only an issued invoice is credited.',
    );
    expect(await no({ creditFor: note.ref, all: true })).toBe('creditFor: INV-1002 is a credit note itself.');
    expect(await no({ creditFor: 'INV-1001' })).toMatch(/^creditFor: say what to credit/);
    expect(await no({ creditFor: 'INV-1001', all: true, amount: 5 })).toMatch(/^creditFor: say what to credit/);
    for (const [name, value] of Object.entries({
      customer: 'C-1',
      job: 'J-1',
      fromQuote: { quote: 'Q-1', rest: true },
      kind: 'deposit',
      draft: true,
      dueOn: '2026-04-01',
    })) {
      expect(await no({ creditFor: 'INV-1001', all: true, [name]: value })).toMatch(
        new RegExp(`^${name}: does not go with creditFor`),
      );
    }
    expect(await state(book)).toEqual(before);
  });
});

describe('a correction', () => {
  test('is one call: a credit and a new invoice, the contract kept, payments moved up to the new total', async () => {
    const book = await job();
    await bill(book, { percent: 30 });
    await pay(book, 'INV-1001', 2000, { method: 'check', paidOn: '2026-03-01' });
    await pay(book, 'INV-1001', 1000, { method: 'cash', paidOn: '2026-03-05' });
    const text = await book.text('update-invoice', {
      invoice: 'INV-1001',
      correct: true,
      lines: [line(2500, undefined, 'Deposit as agreed')],
      notes: 'As agreed by phone',
    });
    expectPlain(text, 900);
    expect(text).toMatch(/Corrected INV-1001 of .+: INV-1002 credits it, INV-1003 takes its place, [\d.]+ USD/);
    const replacement = await invoice(book, 'INV-1003');
    expect(replacement).toMatchObject({
      kind: 'deposit',
      job: { ref: 'J-1' },
      total: '2500.00',
      paid: '2500.00',
      balance: '0.00',
      payment: 'paid',
      notes: 'As agreed by phone',
    });
    // The second payment is split: 500 of it goes along, 500 stays behind as money owed to the customer.
    expect(replacement.payments).toMatchObject([
      { ref: 'P-1', amount: '2000.00', method: 'check', paidOn: '2026-03-01' },
      { ref: 'P-3', amount: '500.00', method: 'cash', paidOn: '2026-03-05' },
    ]);
    expect(await invoice(book, 'INV-1001')).toMatchObject({
      credited: '3000.00',
      paid: '500.00',
      balance: '-500.00',
      overdue: false,
      payments: [{ ref: 'P-2', amount: '500.00' }],
    });
    expect(await invoice(book, 'INV-1002')).toMatchObject({
      kind: 'credit_note',
      creditFor: 'INV-1001',
      total: '-3000.00',
    });
    expect(await profitSummary(book)).toMatchObject({ billed: '2500.00' });
    // What the credit inside the correction gave back can be billed again.
    expect(await remains(book)).toBe('7500.00');
    await pay(book, 'INV-1001', 500, { refund: true });
    expect(await invoice(book, 'INV-1001')).toMatchObject({ balance: '0.00', paid: '0.00' });
    await expectSound(book);
  });

  test('takes along what came in, and leaves a payment that bounced beside its bounce', async () => {
    const book = await job([]);
    await book.ok('create-invoice', { job: 'J-1', lines: [line(1200)] });
    await pay(book, 'INV-1001', 600);
    await book.ok('record-payment', { payment: 'P-1', bounced: true });
    await pay(book, 'INV-1001', 600);
    await correct(book, 'INV-1001', [line(1000)]);
    expect((await invoice(book, 'INV-1003')).payments).toMatchObject([{ ref: 'P-3', amount: '600.00' }]);
    expect((await invoice(book, 'INV-1001')).payments).toMatchObject([{ ref: 'P-1' }, { ref: 'P-2' }]);
    expect(await invoice(book, 'INV-1001')).toMatchObject({ paid: '0.00', balance: '0.00' });
    expect(await book.error('record-payment', { payment: 'P-1', bounced: true })).toMatch(/^payment: P-1 has bounced/);
    await expectSound(book);
  });

  test('says before the yes what becomes of the money, and what is owed back', async () => {
    const book = await job([]);
    await book.ok('create-invoice', { job: 'J-1', lines: [line(1080)] });
    await pay(book, 'INV-1001', 300, { paidOn: '2026-03-01' });
    await pay(book, 'INV-1001', 200, { paidOn: '2026-03-05', method: 'check', note: '4411' });
    const args = { invoice: 'INV-1001', correct: true, lines: [line(400)] };
    expect(await book.error('update-invoice', args)).toContain(
      'takes its place, 400.00 USD; 400.00 USD that was paid moves to it, P-2 is split (what moves is P-next), 100.00 USD stays on INV-1001 and is owed to the customer.',
    );
    expect((await book.ok('update-invoice', args)).did).toMatch(
      /; 400\.00 USD that was paid moves to it, P-2 is split \(what moves is P-3\), 100\.00 USD stays .* owed/,
    );
    // The part says where the other one is.
    const { did } = await book.ok('record-payment', { payment: 'P-2', bounced: true });
    expect(did).toBe(
      'P-2 of 100.00 USD on INV-1001 bounced: taken back on 2026-03-10 as P-4. If P-3 of 100.00 USD on INV-1003, of the same day, is part of the same payment, it bounced too: say so of it as well',
    );
    expect((await book.ok('record-payment', { payment: 'P-3', bounced: true })).did).toMatch(/as P-5$/);
    await expectSound(book);
  });

  test('to a larger sum moves all payments and leaves the difference open', async () => {
    const book = await job([]);
    await book.ok('create-invoice', { job: 'J-1', issuedOn: '2026-03-01', lines: [line(1000, 10)] });
    await pay(book, 'INV-1001', 400);
    await credit(book, 'INV-1001', { amount: 100, issuedOn: '2026-03-01' });
    const { invoice: replacement } = await correct(book, 'INV-1001', [line(1200)], {
      issuedOn: '2026-03-01',
      dueOn: '2026-03-09',
    });
    expect(replacement).toMatchObject({
      issuedOn: '2026-03-01',
      dueOn: '2026-03-09',
      overdue: true,
      balance: '800.00',
      payment: 'partly_paid',
      notes: null,
    });
    expect(await invoice(book, 'INV-1001')).toMatchObject({ credited: '1100.00', paid: '0.00', balance: '0.00' });
    expect(await invoice(book, 'INV-1003')).toMatchObject({
      subtotal: '-900.00',
      tax: '-90.00',
      issuedOn: '2026-03-01',
    });
    expect(await profitSummary(book)).toMatchObject({ billed: '1200.00', taxBilled: '0.00' });
    await expectSound(book);
  });

  test("tells the job's log where the money went, and under which number", async () => {
    const book = await job([]);
    await book.ok('create-invoice', { job: 'J-1', lines: [line(1000)] });
    await pay(book, 'INV-1001', 300);
    await pay(book, 'INV-1001', 400);
    await correct(book, 'INV-1001', [line(500)]);
    const { activity }: { activity: { text: string }[] } = (await book.ok('get-job', { job: 'J-1' })).job;
    const moved = activity.map(({ text }) => text).filter((text) => text.includes('moved'));
    expect(moved).toEqual([
      'P-2: 200.00 USD moved from INV-1001 to INV-1003, as P-3; 200.00 USD of it stay on INV-1001',
      'P-1: 300.00 USD moved from INV-1001 to INV-1003',
    ]);
    await expectSound(book);
  });

  test('leaves what was entered by mistake where it is', async () => {
    const book = await job([]);
    await book.ok('create-invoice', { job: 'J-1', lines: [line(1000)] });
    await pay(book, 'INV-1001', 500);
    await book.ok('record-payment', { void: 'P-1', voidReason: 'wrong amount' });
    await pay(book, 'INV-1001', 400);
    const { invoice: replacement } = await correct(book, 'INV-1001', [line(900)]);
    expect(replacement).toMatchObject({
      paid: '400.00',
      balance: '500.00',
      payments: [{ ref: 'P-2', amount: '400.00' }],
    });
    expect(await invoice(book, 'INV-1001')).toMatchObject({
      paid: '0.00',
      payments: [{ ref: 'P-1', voidReason: 'wrong amount' }],
    });
    await expectSound(book);
  });

  test('leaves a payment where a refund stands on it', async () => {
    const book = await job([]);
    await book.ok('create-invoice', { job: 'J-1', lines: [line(1000)] });
    await pay(book, 'INV-1001', 1000);
    await pay(book, 'INV-1001', 300, { refund: true });
    const { invoice: replacement } = await correct(book, 'INV-1001', [line(900)]);
    expect(replacement).toMatchObject({ paid: '700.00', balance: '200.00' });
    expect(await invoice(book, 'INV-1001')).toMatchObject({
      paid: '0.00',
      balance: '0.00',
      payments: [
        { ref: 'P-1', amount: '300.00' },
        { ref: 'P-2', kind: 'refund' },
      ],
    });
    expect(await book.error('record-payment', { void: 'P-1', voidReason: 'x' })).toContain('Void the refund first');
    await expectSound(book);
  });

  test('may bill nothing at all: then all that was paid is owed to the customer', async () => {
    const book = await job([]);
    await book.ok('create-invoice', { job: 'J-1', lines: [line(80)] });
    await pay(book, 'INV-1001', 80);
    const { invoice: replacement } = await correct(book, 'INV-1001', [line(80), line(-80, 0, 'On the house')]);
    expect(replacement).toMatchObject({ total: '0.00', paid: '0.00', payment: 'paid' });
    expect(await invoice(book, 'INV-1001')).toMatchObject({ balance: '-80.00' });
    await expectSound(book);
  });

  test('is not made twice, and neither half of it is taken out', async () => {
    const book = await job();
    await bill(book, { percent: 30 });
    await correct(book, 'INV-1001', [line(2500)]);
    const before = await state(book);
    const no = async (args: object) => {
      const error = await book.error('update-invoice', args);
      expectHelpful(error);
      return error;
    };
    expect(await no({ invoice: 'INV-1001', correct: true, lines: [line(1)] })).toBe(
      'invoice: INV-1001 was corrected already. Correct its replacement.',
    );
    expect(await no({ invoice: 'INV-1001', status: 'void', voidReason: 'x' })).toContain('INV-1001 was corrected');
    expect(await no({ invoice: 'INV-1002', status: 'void', voidReason: 'x' })).toContain(
      'INV-1002 is part of the correction of INV-1001 and stays',
    );
    expect(await state(book)).toEqual(before);
    // The replacement is corrected in its turn, or voided.
    expect((await correct(book, 'INV-1003', [line(2600)])).invoice).toMatchObject({ ref: 'INV-1005', kind: 'deposit' });
    expect(await remains(book)).toBe('7400.00');
    await voided(book, 'INV-1005');
    expect(await remains(book)).toBe('10000.00');
    expect(await profitSummary(book)).toMatchObject({ billed: '0.00' });
    await expectSound(book);
  });

  test('at another tax keeps the tax of the contract whole', async () => {
    const book = await job([line(1000, 10)]);
    await bill(book, { percent: 30 });
    await correct(book, 'INV-1001', [line(300)]);
    expect(await bill(book, { rest: true })).toMatchObject({ subtotal: '700.00', tax: '100.00' });
    expect(await profitSummary(book)).toMatchObject({ billed: '1000.00', taxBilled: '100.00' });
    await expectSound(book);
  });

  test('of anything else is refused by name, and nothing is written', async () => {
    const book = await job([]);
    await book.ok('create-invoice', { job: 'J-1', draft: true, lines: [line(10)] });
    for (let each = 0; each < 2; each += 1) await book.ok('create-invoice', { job: 'J-1', lines: [line(10)] });
    await voided(book, 'INV-1002');
    await credit(book, 'INV-1001', { amount: 3 });
    await book.ok('create-invoice', { job: 'J-1', lines: [line(10)] });
    await credit(book, 'INV-1004', { all: true });
    const before = await state(book);
    const cases: readonly Case[] = [
      ['a draft', { invoice: 'DRAFT-1' }, /^invoice: DRAFT-1 is draft/],
      ['a credit note', { invoice: 'INV-1003' }, /^invoice: INV-1003 is a credit note/],
      ['a void', { invoice: 'INV-1002' }, /^invoice: INV-1002 is void/],
      ['one credited in full', { invoice: 'INV-1004' }, /^invoice: INV-1004 is credited entirely already/],
      [
        'less than nothing',
        { invoice: 'INV-1001', correct: true, lines: [line(5), line(-6)] },
        /^lines: an invoice cannot total below 0/,
      ],
      [
        'an unknown price',
        { invoice: 'INV-1001', correct: true, lines: [line(null)] },
        /^lines: The corrected invoice has no price yet on line 1/,
      ],
      [
        'a wrong amount',
        { invoice: 'INV-1001', correct: true, lines: [line('1.005')] },
        /^lines\[0\]\.unitPrice: "1\.005" has more decimals/,
      ],
      [
        'a due day before its own',
        { invoice: 'INV-1001', dueOn: '2026-03-01' },
        /^dueOn: 2026-03-01 is before the invoice's own date/,
      ],
      [
        'a cost',
        { invoice: 'INV-1001', correct: true, lines: [{ ...line(5), unitCost: 3 }] },
        /^lines\[0\]: unknown argument "unitCost"/,
      ],
      ['no lines', { invoice: 'INV-1001', lines: undefined }, /^lines: give the lines that INV-1001 should have had/],
      ['a status beside', { invoice: 'INV-1001', status: 'issued' }, /^status: does not go with correct/],
      ['a kind beside', { invoice: 'INV-1001', kind: 'deposit' }, /^kind: does not go with correct/],
    ];
    for (const [what, args, words] of cases) {
      const error = await book.error('update-invoice', { correct: true, lines: [line(5)], ...args });
      expectHelpful(error);
      expect(error, what).toMatch(words);
    }
    expect(await state(book)).toEqual(before);
    await expectSound(book);
  });
});

describe('money in and out', () => {
  test('part payments, until nothing is open; more is refused with the balance named', async () => {
    const book = await job([]);
    await book.ok('create-invoice', { job: 'J-1', lines: [line('99.99', 8.25)] });
    expect((await pay(book, 'INV-1001', '50.00')).invoice).toMatchObject({
      total: '108.24',
      paid: '50.00',
      balance: '58.24',
      payment: 'partly_paid',
    });
    const before = await state(book);
    expect(await book.error('record-payment', { invoice: 'INV-1001', amount: '58.25' })).toContain(
      '58.25 USD is more than the balance of 58.24 USD on INV-1001',
    );
    expect(await state(book)).toEqual(before);
    expect((await pay(book, 'INV-1001', 58.24)).invoice).toMatchObject({ balance: '0.00', payment: 'paid' });
  });

  test('a payment that bounced is not void as well, whatever else was paid', async () => {
    const book = await job([]);
    await book.ok('create-invoice', { job: 'J-1', lines: [line(1000)] });
    await pay(book, 'INV-1001', 600);
    await book.ok('record-payment', { payment: 'P-1', bounced: true });
    await pay(book, 'INV-1001', 600);
    expect(await book.error('record-payment', { void: 'P-1', voidReason: 'bounced' })).toBe(
      'void: P-1 has bounced, as P-2: void P-2 first if it did not.',
    );
    expect(await invoice(book, 'INV-1001')).toMatchObject({ paid: '600.00' });
    await book.ok('record-payment', { void: 'P-3', voidReason: 'entered twice' });
    await book.ok('record-payment', { void: 'P-2', voidReason: 'the bank was wrong' });
    await book.ok('record-payment', { void: 'P-1', voidReason: 'entered twice' });
    await expectSound(book);
  });

  test('a refund that nobody took back is no bounce, whatever is said of it', async () => {
    const book = await job([]);
    await book.ok('create-invoice', { job: 'J-1', lines: [line(1000)] });
    await pay(book, 'INV-1001', 600);
    for (const method of ['bounced', 'Bounced '])
      expect(
        await book.error('record-payment', { invoice: 'INV-1001', amount: 600, refund: true, method, note: 'P-1' }),
      ).toBe(
        'method: bounced is said of a payment that the bank took back: name it, with payment (like P-9) and bounced: true, and no method.',
      );
  });

  test('neither payments, refunds nor their voids change the strip', async () => {
    const book = await job();
    await bill(book, { percent: 30 });
    const before = await profitSummary(book);
    const { job: page } = await book.ok('get-job', { job: 'J-1' });
    await pay(book, 'INV-1001', 1500);
    expect(await profitSummary(book)).toEqual(before);
    await pay(book, 'INV-1001', 500, { refund: true });
    await book.ok('record-payment', { void: 'P-2', voidReason: 'never given back' });
    await book.ok('record-payment', { void: 'P-1', voidReason: 'entered twice' });
    expect(await profitSummary(book)).toEqual(before);
    const after = (await book.ok('get-job', { job: 'J-1' })).job;
    expect(after.billing).toBe(page.billing);
    expect(after.activity.slice(0, 4).map(({ text }: { text: string }) => text)).toEqual([
      'Voided payment P-1 of 1500.00 USD on INV-1001',
      'Voided refund P-2 of 500.00 USD on INV-1001',
      'Refund P-2 of 500.00 USD on INV-1001',
      'Payment P-1 of 1500.00 USD on INV-1001',
    ]);
    await expectSound(book);
  });

  test('the filters of list-invoices agree with what each invoice says of itself', async () => {
    const book = await job([]);
    const made = async (amount: number, more: object = {}) =>
      (await book.ok('create-invoice', { job: 'J-1', lines: [line(amount)], ...more })).invoice.ref as string;
    const late = { issuedOn: '2026-01-01', dueOn: '2026-03-09' };
    const today = { issuedOn: '2026-01-01', dueOn: '2026-03-10' };
    await made(1, late);
    await pay(book, await made(2, late), 2);
    await pay(book, await made(3, late), 1);
    await made(4, today);
    await pay(book, await made(5, today), 1);
    await made(6, { draft: true });
    await voided(book, await made(7, late));
    await credit(book, await made(8, late), { amount: 1 });
    await credit(book, await made(9, late), { all: true });
    const owed = await made(10, late);
    await pay(book, owed, 10);
    await credit(book, owed, { amount: 4 });
    await correct(book, await made(11, late), [line(12)]);
    const back = await made(13, late);
    await pay(book, back, 13);
    await pay(book, back, 13, { refund: true });
    await pay(book, await made(14, late), 5);
    await book.ok('record-payment', { void: 'P-7', voidReason: 'twice' });

    const all = (await book.ok('list-invoices', { limit: 50 })).invoices;
    expect(all.length).toBeGreaterThan(15);
    for (const each of all) expect(await invoice(book, each.ref)).toMatchObject(each);
    const refs = (some: { ref: string }[]) => some.map(({ ref }) => ref);
    for (const payment of PAYMENT_STATES) {
      const list = await book.ok('list-invoices', { payment, limit: 50 });
      const expected = all.filter((each: { payment: string }) => each.payment === payment);
      expect(refs(list.invoices)).toEqual(refs(expected));
      expect(list.count).toBe(expected.length);
      expect(expected.length).toBeGreaterThan(1);
    }
    const overdue = await book.ok('list-invoices', { overdue: true, limit: 50 });
    const expected = all.filter((each: { overdue: boolean }) => each.overdue);
    expect(refs(overdue.invoices)).toEqual(refs(expected));
    const sumOf = (some: { balance: string }[]) =>
      some.reduce((sofar, { balance }) => sofar + Math.max(0, cents(balance)), 0);
    const whole = await book.ok('list-invoices', { limit: 50 });
    expect([cents(whole.totalOpen), cents(whole.totalOverdue)]).toEqual([sumOf(all), sumOf(expected)]);
    expect(cents(overdue.totalOpen)).toBe(sumOf(expected));
    expect(refs((await book.ok('list-invoices', { overdue: true, payment: 'partly_paid' })).invoices)).toEqual(
      refs(expected.filter((each: { payment: string }) => each.payment === 'partly_paid')),
    );
    await expectSound(book);
  });

  test('due dates follow the terms of the account, also on contract bills and corrections', async () => {
    const book = await job();
    expect(await bill(book, { percent: 10 }, { issuedOn: '2026-01-31' })).toMatchObject({
      dueOn: '2026-03-02',
      overdue: true,
    });
    await book.ok('update-account', { paymentTermsDays: 14 });
    const draft = await bill(book, { percent: 10 }, { draft: true });
    expect(draft.dueOn).toBeNull();
    expect((await book.ok('update-invoice', { invoice: draft.ref, status: 'issued' })).invoice).toMatchObject({
      dueOn: '2026-03-24',
      overdue: false,
    });
    expect((await correct(book, 'INV-1001', [line(900)])).invoice).toMatchObject({
      issuedOn: '2026-03-10',
      dueOn: '2026-03-24',
    });
    expect(await bill(book, { percent: 10 }, { dueOn: '2026-03-10' })).toMatchObject({
      dueOn: '2026-03-10',
      overdue: false,
    });
    expect(await noBill(book, { percent: 10 }, { dueOn: '2026-03-09' })).toMatch(
      /^dueOn: 2026-03-09 is before the invoice's own date/,
    );
  });

  test('an invoice grows overdue overnight, in the business’s own time zone', async () => {
    let now = '2026-03-10T17:00:00.000Z';
    const book = await make([], { now: () => now });
    await book.ok('create-invoice', { job: 'J-1', lines: [line(100)], dueOn: '2026-03-10' });
    now = '2026-03-11T04:59:00.000Z'; // 23:59 in Chicago
    expect(await invoice(book, 'INV-1001')).toMatchObject({ overdue: false });
    expect(await book.ok('list-invoices', { overdue: true })).toMatchObject({ count: 0, totalOverdue: '0.00' });
    now = '2026-03-11T05:01:00.000Z';
    expect(await invoice(book, 'INV-1001')).toMatchObject({ overdue: true });
    expect(await book.ok('list-invoices', {})).toMatchObject({ totalOverdue: '100.00', invoices: [{ overdue: true }] });
    await expectSound(book);
  });
});

describe('other money', () => {
  test('a book in yen has no decimals anywhere', async () => {
    const book = await make([{ ...line(1_000_001, 10), unitCost: 600_000 }], {
      currency: 'JPY',
      timeZone: 'Asia/Tokyo',
    });
    expect(await bill(book, { percent: '33.3333' })).toMatchObject({
      subtotal: '333333',
      tax: '33333',
      currency: 'JPY',
    });
    expect(await bill(book, { rest: true })).toMatchObject({ subtotal: '666668', tax: '66667' });
    expect(await credit(book, 'INV-1002', { amount: 1 })).toMatchObject({ total: '-1' });
    expect(await credit(book, 'INV-1002', { amount: 6 })).toMatchObject({ total: '-7' });
    expect(await profitSummary(book)).toMatchObject({ billed: '999994', taxBilled: '99999', currency: 'JPY' });
    expect(await book.error('record-payment', { invoice: 'INV-1001', amount: '100.5' })).toMatch(
      /^amount: "100\.5" has more decimals than JPY has \(0\)/,
    );
    expect(await book.error('record-payment', { invoice: 'INV-1001', amount: 366_667 })).toContain(
      'balance of 366666 JPY',
    );
    expect((await pay(book, 'INV-1001', 366_666)).invoice).toMatchObject({ balance: '0', payment: 'paid' });
    await expectSound(book);
  });

  test('a book in Kuwaiti dinars has three', async () => {
    const book = await make([line('100.005', 5), line('0.001')], { currency: 'KWD', timeZone: 'Asia/Kuwait' });
    expect(await bill(book, { percent: 50 })).toMatchObject({ subtotal: '50.003', currency: 'KWD' });
    expect(await bill(book, { amount: '0.003' })).toMatchObject({ subtotal: '0.003' });
    expect(await bill(book, { rest: true })).toMatchObject({ subtotal: '50.000' });
    expect(await profitSummary(book)).toMatchObject({ billed: '100.006', taxBilled: '5.000' });
    expect(await noBill(book, { amount: '0.0005' })).toMatch(
      /^fromQuote\.amount: "0\.0005" has more decimals than KWD has \(3\)/,
    );
    expect((await pay(book, 'INV-1001', '0.001')).invoice).toMatchObject({ paid: '0.001' });
    await expectSound(book);
  });
});

test('what cannot be read is named, and nothing is written', async () => {
  const share = (some: object) => ({ fromQuote: { quote: 'Q-1', ...some } });
  const cases: readonly Case[] = [
    ['no share', share({}), /^fromQuote: give one of percent \(like 30\), amount \(before tax\) or rest: true/],
    ['two shares', share({ percent: 10, rest: true }), /^fromQuote: give one of percent/],
    ['a percentage of nothing', share({ percent: 0 }), /^fromQuote: 0\.00 USD is nothing to bill/],
    ['a negative percentage', share({ percent: -10 }), /^fromQuote\.percent: "-10" must not be negative/],
    ['more than all', share({ percent: 101 }), /^fromQuote\.percent: "101" is too large. The limit is 100/],
    ['a percentage in words', share({ percent: 'a third' }), /^fromQuote\.percent: "a third" is not a percentage/],
    ['a percentage with a sign', share({ percent: '30%' }), /^fromQuote\.percent: "30%" is not a percentage/],
    [
      'too fine a percentage',
      share({ percent: '33.33333' }),
      /^fromQuote\.percent: "33\.33333" has more than 4 decimals/,
    ],
    [
      'a fraction of a cent',
      share({ amount: 420.005 }),
      /^fromQuote\.amount: "?420\.005"? has more decimals than USD has/,
    ],
    ['an exponent', share({ amount: '1e3' }), /^fromQuote\.amount: "1e3" is not a plain amount/],
    ['separators', share({ amount: '1,000' }), /^fromQuote\.amount: "1,000" is not a plain amount/],
    ['a negative amount', share({ amount: -5 }), /^fromQuote\.amount: "-5" must be above 0/],
    ['not a number at all', share({ amount: Number.NaN }), /^fromQuote\.amount: /],
    ['too much to be meant', share({ amount: '99999999999.00' }), /^fromQuote\.amount: .*too large/],
    ['not the rest', share({ rest: false }), /^fromQuote: give one of percent/],
    [
      'a quote that is not there',
      { fromQuote: { quote: 'Q-99', rest: true } },
      /^fromQuote\.quote: no quote matches "Q-99"/,
    ],
    [
      'a job where a quote belongs',
      { fromQuote: { quote: 'J-1', rest: true } },
      /^fromQuote\.quote: "J-1" is the number of a job/,
    ],
    ['an unknown word', share({ rest: true, discount: 5 }), /^fromQuote: unknown argument "discount"/],
    ['lines beside', { ...share({ rest: true }), lines: [line(5)] }, /^lines: give lines, or fromQuote/],
    ['an amount beside', { ...share({ rest: true }), amount: 5 }, /^amount: goes with creditFor/],
    ['all beside', { ...share({ rest: true }), all: true }, /^all: goes with creditFor/],
    [
      'an issue date on a draft',
      { ...share({ rest: true }), draft: true, issuedOn: '2026-03-01' },
      /^issuedOn: a draft has no issue date/,
    ],
    ['no such day', { ...share({ rest: true }), issuedOn: '2026-02-30' }, /^issuedOn: /],
    ['a credit of nothing', { creditFor: 'INV-1001', amount: 0 }, /^amount: "0" must be above 0/],
    ['a credit in words', { creditFor: 'INV-1001', amount: 'half' }, /^amount: "half" is not a plain amount/],
    ['a credit for nobody knows', { creditFor: 'INV-7', all: true }, /^creditFor: no invoice matches "INV-7"/],
    ['a credit of no lines', { creditFor: 'INV-1001', lines: [] }, /^creditFor: say what to credit/],
    [
      'a credit with a bad rate',
      { creditFor: 'INV-1001', lines: [line(1, 101)] },
      /^lines\[0\]\.taxRatePercent: "101" is too large/,
    ],
    ['a credit with a bad date', { creditFor: 'INV-1001', amount: 1, issuedOn: 'tomorrow' }, /^issuedOn: /],
  ];
  const book = await job();
  await bill(book, { amount: 100 });
  const before = await state(book);
  for (const [what, args, words] of cases) {
    const error = await book.error('create-invoice', args);
    expectHelpful(error);
    expect(error, what).toMatch(words);
  }
  expect(await state(book)).toEqual(before);
});

test('samples are billed, paid, credited and corrected like real work, and still come out in one call', async () => {
  const book = await openBook({ samples: true });
  const { invoices } = await book.ok('list-invoices', { status: 'issued', limit: 50 });
  const open = invoices.find(
    (each: { balance: string; kind: string }) => cents(each.balance) > 100 && each.kind !== 'credit_note',
  );
  await pay(book, open.ref, 1);
  const paid = invoices.find((each: { payment: string }) => each.payment === 'paid');
  await correct(book, paid.ref, [line(50)]);
  await expectSound(book);
  const { kept } = await book.ok('update-account', { removeSamples: true });
  expect(kept.length).toBeGreaterThan(0);
  await expectSound(book);
});
