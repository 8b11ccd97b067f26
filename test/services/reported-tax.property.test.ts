// Random books month by month: whatever is billed, paid, credited, corrected, given back or taken back by the bank after a
// month was reported, its sales tax stays as it was reported, billed and collected; the months add up to all of time; and once
// every bill is paid and nothing is owed back, all that was billed has come in, rate by rate.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Book, openBook } from '../support/book.ts';
import { add, cents, dollars } from '../support/arithmetic.ts';
import { ALL_CASES, cases, chosen } from '../support/arbitrary.ts';

const MONTHS = ['2026-01', '2026-02', '2026-03', '2026-04'];
const RATES = [8.25, 5, 0, 7.5];

const number = fc.nat(999);
const op = fc.record({
  do: fc.constantFrom(
    ...['bill', 'bill', 'pay', 'pay', 'pay', 'credit', 'correct', 'correct', 'correct'],
    ...['refund', 'bounce', 'void bill', 'void payment', 'void correction'],
  ),
  on: number,
  day: number,
  a: number,
  b: number,
});
type Op = typeof op extends fc.Arbitrary<infer T> ? T : never;
const months = fc.array(fc.record({ ops: fc.array(op, { minLength: 4, maxLength: 12 }), closes: fc.boolean() }), {
  minLength: MONTHS.length,
  maxLength: MONTHS.length,
});

const seen = new Map<string, number>();
/** What the tool answered; null where it refused, as it often should. */
async function tried(book: Book, what: string, tool: string, args: object) {
  const { isError, structuredContent } = await book.callWithYes(tool, args);
  if (isError === true) return null;
  seen.set(what, (seen.get(what) ?? 0) + 1);
  // biome-ignore lint: as answers are elsewhere
  return structuredContent as any;
}

const lines = (a: number, b: number) =>
  [a, b].map((each, index) => ({
    ...{ description: `Work ${index}`, quantity: 1 + (each % 3), unitPrice: dollars(100 + each * 37) },
    taxRatePercent: chosen(RATES, each),
  }));

/** What was made since a month was last reported. */
type Fresh = { bills: string[]; payments: string[]; corrections: string[] };
const none = (): Fresh => ({ bills: [], payments: [], corrections: [] });
type State = { book: Book; month: string; bills: string[]; fresh: Fresh };

async function perform({ book, month, bills, fresh }: State, { do: what, on, day, a, b }: Op): Promise<void> {
  const date = (each: number) => `${month}-${String(1 + (each % 28)).padStart(2, '0')}`;
  const invoice = chosen(bills, on);
  const payment = `P-${1 + (on % 12)}`;
  const made = (answer: { invoice: { ref: string } } | null) => {
    if (answer === null) return;
    bills.push(answer.invoice.ref);
    fresh.bills.push(answer.invoice.ref);
  };
  switch (what) {
    case 'bill':
      made(await tried(book, what, 'create-invoice', { customer: 'C-1', issuedOn: date(day), lines: lines(a, b) }));
      break;
    case 'correct': {
      const right = { invoice, correct: true, issuedOn: date(day), lines: lines(a, b) };
      const corrected = await tried(book, what, 'update-invoice', right);
      made(corrected);
      if (corrected !== null) fresh.corrections.push(corrected.invoice.ref);
      break;
    }
    case 'pay': {
      const amount = dollars(1 + (b % 5 === 0 ? a : a * 61));
      const paid = await tried(book, what, 'record-payment', { invoice, amount, paidOn: date(day) });
      if (paid !== null) fresh.payments.push(paid.payment.ref);
      break;
    }
    case 'credit': {
      const given = { creditFor: invoice, billAgain: true, issuedOn: date(day) };
      await tried(book, what, 'create-invoice', {
        ...given,
        ...(b % 4 === 0 ? { all: true } : { amount: dollars(a) }),
      });
      break;
    }
    case 'refund':
      await tried(book, what, 'record-payment', { invoice, amount: dollars(1 + a), refund: true, paidOn: date(day) });
      break;
    case 'bounce':
      await tried(book, what, 'record-payment', { payment, bounced: true, paidOn: date(day) });
      break;
    // What is of a month that was reported stays, and only what came after it is taken out.
    case 'void bill':
      await tried(book, what, 'update-invoice', {
        invoice: chosen(fresh.bills, on),
        status: 'void',
        voidReason: 'twice',
      });
      break;
    case 'void payment':
      await tried(book, what, 'record-payment', { void: chosen(fresh.payments, on), voidReason: 'twice' });
      break;
    case 'void correction':
      await voidCorrection(book, chosen(fresh.corrections, on));
  }
}

/** A correction is taken back by voiding the new bill and then its credit note, which has the number before. */
async function voidCorrection(book: Book, ref: string | undefined): Promise<void> {
  const given = Number(ref?.slice('INV-'.length));
  const isVoid = { status: 'void', voidReason: 'it was right' };
  if ((await tried(book, 'void replacement', 'update-invoice', { invoice: ref, ...isVoid })) === null) return;
  await tried(book, 'void correction', 'update-invoice', { invoice: `INV-${given - 1}`, ...isVoid });
}

type Tax = {
  billed: string;
  collected: string;
  rates: readonly { ratePercent: number; billed: string; collected: string }[];
};
const reported = async (book: Book, period: object): Promise<Tax> =>
  (await book.ok('profit-report', { by: 'tax', ...period })).salesTax;
const whole = (month: string) => ({ from: `${month}-01`, to: `${month}-28` });

async function settle(book: Book): Promise<void> {
  for (let cursor: string | undefined; ; ) {
    const page = await book.ok('list-invoices', { limit: 50, ...(cursor === undefined ? {} : { cursor }) });
    for (const { ref, status, kind, balance } of page.invoices) {
      if (status !== 'issued' || kind === 'credit_note' || Number(balance) === 0) continue;
      const amount = dollars(Math.abs(cents(balance)));
      await book.ok('record-payment', { invoice: ref, amount, refund: Number(balance) < 0, paidOn: '2026-05-30' });
    }
    cursor = page.nextCursor ?? undefined;
    if (cursor === undefined) return;
  }
}

test('the sales tax of a month that was reported stays, whatever is done after it', async () => {
  await fc.assert(
    fc.asyncProperty(months, async (year) => {
      const book = await openBook({ now: '2026-05-31T17:00:00.000Z' });
      await book.ok('create-customer', { name: 'Dana Whitfield' });
      const state: State = { book, month: '', bills: [], fresh: none() };
      const reports: { period: object; tax: Tax }[] = [];
      for (const [index, { ops, closes }] of year.entries()) {
        state.month = MONTHS[index] ?? '';
        for (const each of ops) await perform(state, each);
        state.fresh = none();
        if (closes) await book.ok('update-account', { closedThrough: `${state.month}-28` });
        for (const { period, tax } of reports) expect(await reported(book, period)).toEqual(tax);
        // Reckoned by what each bill has open now, and by days: it is the same.
        expect(await reported(book, {})).toEqual(await reported(book, { to: '2026-12-31' }));
        for (const period of [whole(state.month), { to: `${state.month}-28` }])
          reports.push({ period, tax: await reported(book, period) });
      }
      await settle(book);
      for (const { period, tax } of reports) expect(await reported(book, period)).toEqual(tax);
      const parts = [...MONTHS.map(whole), { from: '2026-05-01' }];
      const all = await reported(book, {});
      for (const figure of ['billed', 'collected'] as const) {
        const each = await Promise.all(parts.map(async (period) => cents((await reported(book, period))[figure])));
        expect(dollars(add(each))).toBe(all[figure]);
      }
      expect(all.rates.map(({ collected }) => collected)).toEqual(all.rates.map(({ billed }) => billed));
    }),
    { numRuns: cases(40), seed: 15 },
  );
  if (!ALL_CASES) return;
  for (const what of ['correct', 'credit', 'refund', 'bounce', 'void bill', 'void payment', 'void correction'])
    expect([what, (seen.get(what) ?? 0) > 0]).toEqual([what, true]);
});
