// What counts against which contract, what credits do to it, and which contract a change order changes.
import { describe, expect, test } from 'vitest';
import type { Book } from '../../support/book.ts';
import { madeAlike } from '../../support/made-once.ts';
import { danaBook } from '../../support/roof.ts';
import { expectHelpful } from '../../support/words.ts';
import { expectSound } from '../../support/sound.ts';

const line = (unitPrice: number | string, taxRatePercent = 0, description = 'Work') => ({
  description,
  quantity: 1,
  unitPrice,
  taxRatePercent,
});

/** C-1 Dana Henderson with J-1 Roof replacement, and a contract of each of these sums on it: … */
const job: (...sums: readonly number[]) => Promise<Book> = madeAlike(async (...sums: readonly number[]) => {
  const book = await danaBook();
  await book.ok('create-job', { customer: 'C-1', name: 'Roof replacement' });
  for (const sum of sums) await quote(book, sum);
  return book;
});

const quote = async (book: Book, sum: number, more: object = {}) =>
  await book.ok('create-quote', { job: 'J-1', status: 'accepted', lines: [line(sum)], ...more });
const change = async (book: Book, sum: number, more: object = {}) =>
  await quote(book, sum, { kind: 'change_order', ...more });
const share = async (book: Book, what: object, from = 'Q-1') =>
  (await book.ok('create-invoice', { fromQuote: { quote: from, ...what } })).invoice;
/** From lines without a kind. */
const bill = async (book: Book, sum: number, more: object = {}) =>
  await book.ok('create-invoice', { job: 'J-1', lines: [line(sum)], ...more });
const credit = async (book: Book, ref: string, what: object) =>
  await book.ok('create-invoice', { creditFor: ref, ...what });
const correct = async (book: Book, ref: string, sum: number) =>
  await book.ok('update-invoice', { invoice: ref, correct: true, lines: [line(sum)] });
const voided = async (book: Book, ref: string) =>
  await book.ok('update-invoice', { invoice: ref, status: 'void', voidReason: 'a mistake' });
const noVoid = async (book: Book, ref: string) => {
  const error = await book.error('update-invoice', { invoice: ref, status: 'void', voidReason: 'a mistake' });
  expectHelpful(error);
  return error;
};
const profitSummary = async (book: Book) => (await book.ok('get-job', { job: 'J-1' })).job.profit;
const counted = async (book: Book, ref: string) => {
  const { invoice } = await book.ok('get-invoice', { invoice: ref });
  const against = invoice.countsAgainst.map((each: { quote: string; amount: string }) => [each.quote, each.amount]);
  return { against, extra: invoice.extraWork };
};

/** What is left to bill of a contract, and what it comes to, as refusing far too much says them. */
async function left(book: Book, of = 'Q-1'): Promise<string> {
  const said = await book.error('create-invoice', { fromQuote: { quote: of, amount: 900_000_000 } });
  const [, amount] = /than the ([\d.]+) USD that remains/.exec(said) ?? [];
  const [, whole] = /USD of ([\d.]+) USD is billed/.exec(said) ?? [];
  return `${amount ?? 'nothing'} of ${whole}`;
}

describe('a credit of a contract’s bill', () => {
  test('accept 10,000, bill 6,000, credit 1,000, correct to 5,000: the rest is 4,000', async () => {
    const book = await job(10_000);
    await share(book, { amount: 6000 });
    const { did, warnings } = await credit(book, 'INV-1001', { amount: 1000 });
    expect(did).toContain(': a price reduction of 1000.00 USD, Q-1 comes to 9000.00 USD from now on');
    expect(warnings).toEqual([
      'Of Q-1 4000.00 USD is left to bill. billAgain: true would have left the credit to be billed again.',
    ]);
    const { job: page } = await book.ok('get-job', { job: 'J-1' });
    expect(page).toMatchObject({ contract: '9000.00', leftToBill: '4000.00' });
    expect(await book.text('get-job', { job: 'J-1' })).toContain('\nContract 9000.00, 4000.00 left to bill.\n');
    await correct(book, 'INV-1001', 5000);
    expect(await left(book)).toBe('4000.00 of 9000.00');
    expect(await share(book, { rest: true })).toMatchObject({ subtotal: '4000.00' });
    expect(await profitSummary(book)).toMatchObject({ billed: '9000.00' });
    await expectSound(book);
  });

  test('that can be billed again leaves the contract as it was', async () => {
    const book = await job(10_000);
    await share(book, { amount: 6000 });
    const { did, warnings } = await credit(book, 'INV-1001', { amount: 1000, billAgain: true });
    expect(did).toContain(
      ': 1000.00 USD less is billed on Q-1, which comes to 10000.00 USD as before, 5000.00 USD of it left to bill',
    );
    expect(warnings).toEqual([]);
    await correct(book, 'INV-1001', 5500);
    expect(await left(book)).toBe('4500.00 of 10000.00');
    await expectSound(book);
  });

  test('in full is refused until it says which of the two, and then does that', async () => {
    const book = await job(10_000);
    await share(book, { amount: 3000 });
    await share(book, { amount: 2000 });
    for (const what of [{ all: true }, { amount: 3000 }, { lines: [line(3000)] }]) {
      const error = await book.error('create-invoice', { creditFor: 'INV-1001', ...what });
      expectHelpful(error);
      expect(error).toMatch(/^billAgain: INV-1001 would be credited in full\. .*billAgain: true.*billAgain: false/);
    }
    await credit(book, 'INV-1001', { all: true, billAgain: false });
    expect(await left(book)).toBe('5000.00 of 7000.00');
    await credit(book, 'INV-1002', { all: true, billAgain: true });
    expect(await left(book)).toBe('7000.00 of 7000.00');
    await expectSound(book);
  });

  test('a price reduction ends when its note is voided', async () => {
    const book = await job(10_000);
    await share(book, { amount: 6000 });
    await credit(book, 'INV-1001', { amount: 1000 });
    await voided(book, 'INV-1002');
    expect(await left(book)).toBe('4000.00 of 10000.00');
  });

  test('takes first what is billed above the contract: 10,000 billed, −1,500, credited 1,500, +1,500: left 1,500', async () => {
    const book = await job(10_000);
    await share(book, { rest: true });
    const { warnings } = await change(book, -1500);
    expect(warnings).toEqual([
      'Billed beyond the contract: 10000.00 USD of 8500.00 USD on Q-1. A change order would cover the difference, or credit INV-1001 by 1500.00 (create-invoice with creditFor and amount).',
    ]);
    await credit(book, 'INV-1001', { amount: 1500 });
    expect(await left(book)).toBe('nothing of 8500.00');
    await change(book, 1500);
    expect(await left(book)).toBe('1500.00 of 10000.00');
    expect(await profitSummary(book)).toMatchObject({ billed: '8500.00' });
    await expectSound(book);
  });

  test('what goes beyond that is a price reduction', async () => {
    const book = await job(10_000);
    await share(book, { rest: true });
    await change(book, -1500);
    await credit(book, 'INV-1001', { amount: 2000 });
    await change(book, 1500);
    expect(await left(book)).toBe('1500.00 of 9500.00');
  });

  test('contract 1,000 (cost 600) billed in full, 250 credited: the strip and the report of all time say 150', async () => {
    const book = await job();
    await quote(book, 0, { lines: [{ ...line(1000), unitCost: 600 }] });
    await share(book, { rest: true });
    await credit(book, 'INV-1001', { amount: 250 });
    expect(await profitSummary(book)).toMatchObject({ billed: '750.00', profit: '150.00' });
    const { totals } = await book.ok('profit-report', { by: 'job', from: '2020-01-01', to: '2030-12-31' });
    expect(totals).toMatchObject({ profit: '150.00' });
  });

  test('a percentage is of the contract less its price reductions', async () => {
    const book = await job(10_000);
    await share(book, { amount: 6000 });
    await credit(book, 'INV-1001', { amount: 1000 });
    expect(await share(book, { percent: 10 })).toMatchObject({ subtotal: '900.00' });
  });

  test('the tax of all of it adds up to that of the reduced contract', async () => {
    const book = await job();
    await quote(book, 0, { lines: [line('3333.33', 8.25), line('1111.11')] });
    await share(book, { percent: 50 });
    await credit(book, 'INV-1001', { amount: '500.05' });
    await correct(book, 'INV-1001', 1500);
    await share(book, { rest: true });
    const { invoices } = await book.ok('list-invoices', { limit: 50 });
    const sum = (name: string) =>
      invoices.reduce((sofar: number, each: Record<string, string>) => sofar + Math.round(Number(each[name]) * 100), 0);
    const note = (await book.ok('get-invoice', { invoice: 'INV-1002' })).invoice;
    expect(sum('subtotal')).toBe(444_444 - 50_005);
    expect(sum('tax')).toBe(27_500 + Math.round(Number(note.tax) * 100));
  });
});

describe('the way that a refused void names', () => {
  /** What a void of INV-1001 would have come to, on a book where nothing stands on it. */
  async function voidedBook(): Promise<unknown> {
    const book = await job(10_000);
    await share(book, { percent: 30 });
    await voided(book, 'INV-1001');
    return [await left(book), (await profitSummary(book)).billed];
  }

  test('of a paid deposit does what a void would have done', async () => {
    const book = await job(10_000);
    await share(book, { percent: 30 });
    await book.ok('record-payment', { invoice: 'INV-1001', amount: 3000 });
    expect(await noVoid(book, 'INV-1001')).toContain('creditFor: "INV-1001", all: true and billAgain: true');
    await credit(book, 'INV-1001', { all: true, billAgain: true });
    expect([await left(book), (await profitSummary(book)).billed]).toEqual(await voidedBook());
    expect(await share(book, { rest: true })).toMatchObject({ subtotal: '10000.00' });
  });

  test('of one with a price reduction, too: the credit note first', async () => {
    const book = await job(10_000);
    await share(book, { percent: 30 });
    await credit(book, 'INV-1001', { amount: 500 });
    expect(await noVoid(book, 'INV-1001')).toContain(
      'Void INV-1002 first (update-invoice with status: void), then INV-1001',
    );
    await voided(book, 'INV-1002');
    await voided(book, 'INV-1001');
    expect([await left(book), (await profitSummary(book)).billed]).toEqual(await voidedBook());
  });

  test('of a paid one with a price reduction', async () => {
    const book = await job(10_000);
    await share(book, { percent: 30 });
    await book.ok('record-payment', { invoice: 'INV-1001', amount: 100 });
    await credit(book, 'INV-1001', { amount: 500 });
    expect(await noVoid(book, 'INV-1001')).toMatch(
      /Void INV-1002 first: .*creditFor: "INV-1001", all: true and billAgain: true/,
    );
    await voided(book, 'INV-1002');
    await credit(book, 'INV-1001', { all: true, billAgain: true });
    expect([await left(book), (await profitSummary(book)).billed]).toEqual(await voidedBook());
  });

  test('of a corrected one: its replacement; after that the correction itself can be voided', async () => {
    const book = await job(10_000);
    await share(book, { percent: 30 });
    await correct(book, 'INV-1001', 2500);
    expect(await noVoid(book, 'INV-1001')).toContain('Void INV-1003 instead');
    expect(await noVoid(book, 'INV-1002')).toContain('is part of the correction of INV-1001');
    await voided(book, 'INV-1003');
    expect([await left(book), (await profitSummary(book)).billed]).toEqual(await voidedBook());
    await voided(book, 'INV-1002');
    expect(await left(book)).toBe('7000.00 of 10000.00');
    await voided(book, 'INV-1001');
    expect([await left(book), (await profitSummary(book)).billed]).toEqual(await voidedBook());
    await expectSound(book);
  });

  test('of extra work needs no word about contracts, and neither does what an undo says', async () => {
    const book = await job(10_000);
    await bill(book, 500, { kind: 'standard' });
    await book.ok('record-payment', { invoice: 'INV-1001', amount: 100 });
    expect(await noVoid(book, 'INV-1001')).toContain('create-invoice with creditFor: "INV-1001" and all: true.');
    const { changes } = await book.ok('list-changes', { limit: 10 });
    const issued = changes.find(({ tool }: { tool: string }) => tool === 'create-invoice');
    expect(await book.error('undo-change', { change: issued.number })).toContain('creditFor: "INV-1001" and all: true');
    await credit(book, 'INV-1001', { all: true });
    expect(await left(book)).toBe('10000.00 of 10000.00');
  });
});

describe('a bill from lines without a kind', () => {
  test('counts up to what is left of the contract, and what is above is extra work and stays so', async () => {
    const book = await job(10_000);
    const { warnings } = await bill(book, 12_000);
    expect(warnings).toEqual([
      'Beyond the contract: 2000.00 USD of it is above what was left of Q-1 and is extra work. A change order first would make it part of the contract.',
    ]);
    expect(await counted(book, 'INV-1001')).toEqual({ against: [['Q-1', '10000.00']], extra: '2000.00' });
    await change(book, 3000);
    expect(await left(book)).toBe('3000.00 of 13000.00');
    const next = await bill(book, 3000);
    expect(next.warnings).toEqual([]);
    expect((await bill(book, 400)).warnings).toEqual([
      'Beyond the contract: it is above what was left of Q-1 and is extra work. A change order first would make it part of the contract.',
    ]);
    expect(await left(book)).toBe('nothing of 13000.00');
    await expectSound(book);
  });

  test('18,400 of contract billed from lines without a kind: nothing is left', async () => {
    const book = await job(18_400);
    await bill(book, 18_400);
    expect(await left(book)).toBe('nothing of 18400.00');
    expect(await counted(book, 'INV-1001')).toEqual({ against: [['Q-1', '18400.00']], extra: '0.00' });
  });

  test('beyond the contract is said at every bill that goes there', async () => {
    const beyond = expect.stringMatching(/^Beyond the contract: |^Billed beyond the contract: /);
    const book = await job(10_000);
    await share(book, { rest: true });
    expect((await bill(book, 500, { kind: 'standard' })).warnings).toEqual([beyond]);
    expect((await bill(book, 400)).warnings).toEqual([beyond]);
    const { warnings } = await book.ok('create-invoice', { job: 'J-1', draft: true, lines: [line(300)] });
    expect(warnings).toEqual([]);
    expect((await book.ok('update-invoice', { invoice: 'DRAFT-4', status: 'issued' })).warnings).toEqual([beyond]);
    await credit(book, 'INV-1001', { amount: 1000, billAgain: true });
    await share(book, { rest: true });
    const { warnings: afterVoid } = await voided(book, 'INV-1005');
    expect(afterVoid).toEqual([beyond]);
    const other = await job(10_000);
    await share(other, { rest: true });
    expect((await correct(other, 'INV-1001', 12_000)).warnings).toEqual([beyond]);
  });

  test('only a stated standard is extra work whole: contract billed, 500 extra, left 0', async () => {
    const book = await job(10_000);
    await bill(book, 500, { kind: 'standard' });
    await share(book, { rest: true });
    expect(await profitSummary(book)).toMatchObject({ billed: '10500.00' });
    expect(await left(book)).toBe('nothing of 10000.00');
    const { warnings } = await credit(book, 'INV-1001', { all: true });
    expect(warnings).toEqual([]);
    expect(await left(book)).toBe('nothing of 10000.00');
  });

  test('on several contracts counts in the order in which they were accepted; a deposit by hand overbills none', async () => {
    const book = await job();
    await quote(book, 4000, { status: 'draft' });
    await quote(book, 6000);
    await book.ok('update-quote', { quote: 'Q-1', status: 'accepted' });
    const deposit = await bill(book, 7000, { kind: 'deposit' });
    expect(deposit.warnings).toEqual([]);
    expect(await counted(book, 'INV-1001')).toEqual({
      against: [
        ['Q-2', '6000.00'],
        ['Q-1', '1000.00'],
      ],
      extra: '0.00',
    });
    expect([await left(book, 'Q-1'), await left(book, 'Q-2')]).toEqual(['3000.00 of 4000.00', 'nothing of 6000.00']);
    const { warnings } = await bill(book, 3500);
    expect(warnings).toEqual([
      expect.stringContaining('Beyond the contract: 500.00 USD of it is above what was left of Q-2 and Q-1'),
    ]);
    expect(await profitSummary(book)).toMatchObject({ billed: '10500.00' });
    await expectSound(book);
  });

  test('a revision keeps the place of its contract in that order', async () => {
    const book = await job(4000, 6000);
    await book.ok('create-quote', { revises: 'Q-1', status: 'accepted', lines: [line(5000)] });
    await bill(book, 5500);
    expect((await counted(book, 'INV-1001')).against).toEqual([
      ['Q-3', '5000.00'],
      ['Q-2', '500.00'],
    ]);
  });

  test('a credit takes the extra part first, then empties the contracts in reverse', async () => {
    const book = await job(4000, 6000);
    await bill(book, 11_000);
    await credit(book, 'INV-1001', { amount: 500 });
    expect(await counted(book, 'INV-1001')).toEqual({
      against: [
        ['Q-1', '4000.00'],
        ['Q-2', '6000.00'],
      ],
      extra: '500.00',
    });
    const { did } = await credit(book, 'INV-1001', { amount: 1500, billAgain: true });
    expect(did).toContain('1000.00 USD less is billed on Q-2');
    await credit(book, 'INV-1001', { amount: 6000 });
    expect(await counted(book, 'INV-1001')).toEqual({
      against: [
        ['Q-1', '3000.00'],
        ['Q-2', '0.00'],
      ],
      extra: '0.00',
    });
    expect([await left(book, 'Q-1'), await left(book, 'Q-2')]).toEqual(['nothing of 3000.00', '1000.00 of 1000.00']);
    await expectSound(book);
  });

  test('corrected counts where it counted, and its void puts all back', async () => {
    const book = await job(4000, 6000);
    await bill(book, 5000, { kind: 'progress' });
    await book.ok('update-invoice', { invoice: 'INV-1001', countsAgainst: 'Q-2' });
    await correct(book, 'INV-1001', 7000);
    expect((await counted(book, 'INV-1003')).against).toEqual([
      ['Q-1', '1000.00'],
      ['Q-2', '6000.00'],
    ]);
    await voided(book, 'INV-1003');
    expect([await left(book, 'Q-1'), await left(book, 'Q-2')]).toEqual(['4000.00 of 4000.00', '6000.00 of 6000.00']);
    await expectSound(book);
  });

  test('uses up equal tax sets first, then the others in proportion', async () => {
    const book = await job();
    await quote(book, 0, { lines: [line(1000, 10), line(1000, 5)] });
    const lines = [line(1500, 10), line(800), line(200, 20)];
    await book.ok('create-invoice', { job: 'J-1', lines });
    // 1,000 at 10 %, and the other 1,000 out of 500 at 10 %, 800 untaxed and 200 at 20 %.
    const parts = await book.store.read(1, async ({ db }) => {
      const rows = db.selectFrom('contract_parts').select(['tax_rate', 'base', 'tax']).where('account_id', '=', 1);
      return await rows.orderBy('tax_rate').execute();
    });
    expect(parts).toEqual([
      { tax_rate: 0, base: 53_334, tax: 0 },
      { tax_rate: 100_000, base: 133_333, tax: 13_333 },
      { tax_rate: 200_000, base: 13_333, tax: 2667 },
    ]);
    await expectSound(book);
  });

  test('a draft counts when it is issued, by the kind that is said until then', async () => {
    const book = await job(10_000);
    await bill(book, 3000, { draft: true });
    await bill(book, 4000, { draft: true });
    expect(await left(book)).toBe('10000.00 of 10000.00');
    await book.ok('update-invoice', { invoice: 'DRAFT-1', kind: 'standard' });
    await book.ok('update-invoice', { invoice: 'DRAFT-1', status: 'issued' });
    await book.ok('update-invoice', { invoice: 'DRAFT-2', status: 'issued' });
    expect(await left(book)).toBe('6000.00 of 10000.00');
  });

  test('before the job had a contract counts against the first that is accepted, up to its subtotal', async () => {
    const book = await job();
    await bill(book, 3000);
    await bill(book, 500, { kind: 'standard' });
    expect((await book.ok('get-invoice', { invoice: 'INV-1001' })).invoice.countsAgainst).toBeUndefined();
    const { warnings } = await quote(book, 10_000);
    expect(warnings).toEqual([
      'INV-1001 (3000.00 USD) was billed before and counts against Q-1: 7000.00 USD of it is left to bill. update-invoice with countsAgainst: "extra" makes one extra work.',
    ]);
    await quote(book, 2000);
    expect([await left(book, 'Q-1'), await left(book, 'Q-2')]).toEqual(['7000.00 of 10000.00', '2000.00 of 2000.00']);
    // Taken back, it counts against nothing, and against the next that is accepted.
    const small = await job();
    await bill(small, 3000);
    await quote(small, 1000);
    expect(await counted(small, 'INV-1001')).toEqual({ against: [['Q-1', '1000.00']], extra: '2000.00' });
    await small.ok('undo-change', {});
    await quote(small, 2500);
    expect(await counted(small, 'INV-1001')).toEqual({ against: [['Q-2', '2500.00']], extra: '500.00' });
    await expectSound(small);
  });

  test('is no price reduction of a contract where it was credited before that was accepted', async () => {
    const book = await job();
    await bill(book, 3000);
    await credit(book, 'INV-1001', { amount: 500 });
    await quote(book, 10_000);
    expect(await left(book)).toBe('7500.00 of 10000.00');
    await expectSound(book);
  });

  test('keeps its contract from being declined', async () => {
    const book = await job(10_000);
    await bill(book, 3000);
    expect(await book.error('update-quote', { quote: 'Q-1', status: 'declined' })).toContain(
      'Q-1 is billed by INV-1001',
    );
    await book.ok('update-invoice', { invoice: 'INV-1001', countsAgainst: 'extra' });
    await book.ok('update-quote', { quote: 'Q-1', status: 'declined' });
  });
});

test('a credit stays where the contract that its invoice would bill again was declined meanwhile', async () => {
  for (const make of [
    async (book: Book) => await share(book, { rest: true }),
    async (book: Book) => await bill(book, 900),
  ]) {
    const book = await job(900);
    await make(book);
    await credit(book, 'INV-1001', { all: true, billAgain: true });
    await book.ok('update-quote', { quote: 'Q-1', status: 'declined' });
    expect(await noVoid(book, 'INV-1002')).toContain('INV-1001 would bill Q-1, which is no longer accepted');
    await book.ok('update-quote', { quote: 'Q-1', status: 'accepted' });
    await voided(book, 'INV-1002');
    expect(await left(book)).toBe('nothing of 900.00');
  }
});

describe('countsAgainst', () => {
  test('said again changes nothing; a contract that has less left than the bill takes so much of it', async () => {
    const book = await job(10_000);
    await bill(book, 12_000, { kind: 'standard' });
    const say = async (countsAgainst: string) =>
      await book.ok('update-invoice', { invoice: 'INV-1001', countsAgainst });
    expect(await say('extra')).toMatchObject({ did: 'INV-1001 is extra work already', change: null });
    const { change: number, warnings } = await say('q-1');
    expect(number).not.toBeNull();
    expect(warnings).toEqual([expect.stringMatching(/^Beyond the contract: 2000\.00 USD of it/)]);
    expect(await say('Q-1')).toMatchObject({ did: 'INV-1001 counts against Q-1 already', change: null });
    expect(await left(book)).toBe('nothing of 10000.00');
    await expectSound(book);
  });

  test('makes a bill extra work, which ends its price reduction, or counts it against another contract', async () => {
    const book = await job(4000, 6000);
    await bill(book, 3000);
    await credit(book, 'INV-1001', { amount: 500 });
    expect(await left(book)).toBe('1000.00 of 3500.00');
    const { did } = await book.ok('update-invoice', { invoice: 'INV-1001', countsAgainst: 'Q-2' });
    expect(did).toBe('INV-1001 counts against Q-2');
    expect([await left(book, 'Q-1'), await left(book, 'Q-2')]).toEqual(['4000.00 of 4000.00', '3000.00 of 5500.00']);
    await book.ok('update-invoice', { invoice: 'INV-1001', countsAgainst: 'extra' });
    expect([await left(book, 'Q-1'), await left(book, 'Q-2')]).toEqual(['4000.00 of 4000.00', '6000.00 of 6000.00']);
    expect(await counted(book, 'INV-1001')).toEqual({ against: [], extra: '2500.00' });
    await book.ok('undo-change', {});
    expect([await left(book, 'Q-1'), await left(book, 'Q-2')]).toEqual(['4000.00 of 4000.00', '3000.00 of 5500.00']);
    await expectSound(book);
  });

  test('is refused where it cannot be, by name', async () => {
    const book = await job(4000);
    await quote(book, 100, { status: 'sent' });
    await share(book, { rest: true });
    await bill(book, 50);
    await bill(book, 60, { draft: true });
    await credit(book, 'INV-1002', { amount: 5 });
    const no = async (invoice: string, countsAgainst: string) => {
      const error = await book.error('update-invoice', { invoice, countsAgainst });
      expectHelpful(error);
      return error;
    };
    expect(await no('INV-1001', 'extra')).toContain('INV-1001 was made from Q-1');
    expect(await no('INV-1002', 'Q-1')).toContain('nothing is left of Q-1');
    expect(await no('INV-1002', 'Q-2')).toContain('Q-2 is not accepted');
    expect(await no('DRAFT-3', 'extra')).toContain('DRAFT-3 is draft');
    expect(await no('INV-1003', 'extra')).toContain('INV-1003 is a credit note');
  });
});

describe('a change order', () => {
  test('names its contract where the job has several, else it is asked; answers show it', async () => {
    const book = await job(4000, 6000);
    const error = await book.error('create-quote', { job: 'J-1', kind: 'change_order', lines: [line(500)] });
    expectHelpful(error);
    expect(error).toMatch(/^contract: J-1 Roof replacement has several\. .*contract: "Q-/);
    expect(error).toContain('- Q-1 Roof replacement, accepted, 4000.00 USD');
    const { quote: order, did } = await change(book, 500, { contract: 'Q-1' });
    expect(order).toMatchObject({ ref: 'Q-3', kind: 'change_order', contract: 'Q-1' });
    expect(did).toContain('Wrote change order Q-3 "Change order" to Q-1 for');
    expect(await book.text('get-quote', { quote: 'Q-3' })).toContain('Changes the contract Q-1.');
    expect([await left(book, 'Q-1'), await left(book, 'Q-2')]).toEqual(['4500.00 of 4500.00', '6000.00 of 6000.00']);
    // Any quote of the contract names it, and so does its revision.
    expect((await change(book, 5, { contract: 'Q-3' })).quote.contract).toBe('Q-1');
    await book.ok('create-quote', { revises: 'Q-1', status: 'accepted', lines: [line(4100)] });
    expect((await book.ok('get-quote', { quote: 'Q-3' })).quote.contract).toBe('Q-5');
    expect(await book.error('create-quote', { job: 'J-1', contract: 'Q-1', lines: [line(5)] })).toMatch(
      /^contract: goes with kind change_order/,
    );
  });

  test('of several offers to revise one contract needs no word either', async () => {
    const book = await job(4000);
    for (const sum of [4100, 4200]) await book.ok('create-quote', { revises: 'Q-1', lines: [line(sum)] });
    await book.ok('update-quote', { quote: 'Q-1', status: 'declined' });
    expect((await change(book, 5)).quote.kind).toBe('change_order');
  });

  test('of one contract needs no word', async () => {
    const book = await job(4000);
    expect((await change(book, 500)).quote.contract).toBe('Q-1');
  });

  test('that brings a contract below what is billed, or a revision that does, says what to credit', async () => {
    const book = await job(10_000);
    await share(book, { amount: 6000 });
    await share(book, { amount: 3500 });
    await change(book, -4500, { status: 'draft' });
    const { warnings } = await book.ok('update-quote', { quote: 'Q-2', status: 'accepted' });
    expect(warnings).toEqual([
      expect.stringContaining('or credit INV-1002 by 3500.00 and INV-1001 by 500.00 (create-invoice with creditFor'),
    ]);
    const revised = await book.ok('create-quote', { revises: 'Q-1', status: 'accepted', lines: [line(9000)] });
    expect(revised.warnings).toEqual([expect.stringContaining('9500.00 USD of 4500.00 USD on Q-3')]);
    expect(await book.text('create-quote', { revises: 'Q-3', status: 'accepted', lines: [line(8000)] })).toContain(
      'Note: Billed beyond the contract',
    );
  });
});

describe('what is filed elsewhere', () => {
  test('counts against the contracts of the job that it comes to', async () => {
    const book = await job(4000);
    await book.ok('create-job', { customer: 'C-1', name: 'Porch' });
    await book.ok('create-quote', { job: 'J-2', status: 'accepted', lines: [line(1000)] });
    await bill(book, 1500);
    const { warnings } = await book.ok('file-under-job', { job: 'J-2', records: ['INV-1001'] });
    expect(warnings).toEqual([
      expect.stringContaining('INV-1001 counted toward Q-1 and now counts toward Q-2'),
      expect.stringContaining('INV-1001: Beyond the contract: 500.00 USD of it is above what was left of Q-2'),
    ]);
    expect([await left(book, 'Q-1'), await left(book, 'Q-2')]).toEqual(['4000.00 of 4000.00', 'nothing of 1000.00']);
    await book.ok('file-under-job', { job: null, records: ['INV-1001'] });
    expect(await left(book, 'Q-2')).toBe('1000.00 of 1000.00');
    await book.ok('file-under-job', { job: 'J-1', records: ['INV-1001'] });
    expect(await left(book, 'Q-1')).toBe('2500.00 of 4000.00');
    await expectSound(book);
  });
});
