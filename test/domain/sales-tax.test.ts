import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, calendarDate } from '../../src/domain/dates.ts';
import { price, sum, taxRate } from '../../src/domain/money.ts';
import { taxCollected, type TaxedBill } from '../../src/domain/sales-tax.ts';

const day = (date: string) => calendarDate(`2026-${date}`);
const paper = (on: string, total: number, tax: number, rate = 82_500) => ({
  issuedOn: day(on),
  total: price(total),
  taxes: [{ rate: taxRate(rate), tax: price(tax) }],
});
const paid = (on: string, amount: number) => ({ paidOn: day(on), amount: price(amount) });
const quarter = { from: day('01-01'), to: day('03-31') };
const collected = (bill: TaxedBill, period: Parameters<typeof taxCollected>[1] = quarter) =>
  taxCollected([bill], period).get(taxRate(82_500));

test('half of a bill of 10,825.00 paid: half of its tax of 825.00 is in', () => {
  const bill = { papers: [paper('02-01', 1_082_500, 82_500)], payments: [paid('03-01', 541_250)] };
  expect(collected(bill)).toBe(41_250);
});

test('three payments of 33.33, 33.33 and 33.34 on 100.00 with 8.00 of tax bring 8.00, a cent nowhere lost', () => {
  const bill = {
    papers: [paper('01-10', 10_000, 800)],
    payments: [paid('01-20', 3333), paid('02-20', 3333), paid('03-20', 3334)],
  };
  const months = ['01', '02', '03'].map((month) => ({ from: day(`${month}-01`), to: day(`${month}-28`) }));
  expect(months.map((month) => collected(bill, month))).toEqual([267, 266, 267]);
  expect(collected(bill)).toBe(800);
});

test('what is given back takes its tax along, on its day', () => {
  const bill = {
    papers: [paper('01-10', 10_800, 800)],
    payments: [paid('01-20', 10_800), paid('03-05', -5400)],
  };
  expect(collected(bill, { from: day('01-01'), to: day('01-31') })).toBe(800);
  expect(collected(bill, { from: day('03-01'), to: day('03-31') })).toBe(-400);
  expect(collected(bill)).toBe(400);
});

test('a credit lessens the tax that came in from its day on; what is owed back is no tax collected', () => {
  const bill = {
    papers: [paper('01-10', 10_800, 800), paper('02-10', -10_800, -800)],
    payments: [paid('01-20', 10_800)],
  };
  expect(collected(bill, { from: day('01-01'), to: day('01-31') })).toBe(800);
  expect(collected(bill, { from: day('02-01'), to: day('02-28') })).toBe(-800);
});

test('a deposit that came in before its bill was written has its tax in it', () => {
  const bill = { papers: [paper('02-10', 10_800, 800)], payments: [paid('01-20', 5400)] };
  expect(collected(bill, { from: day('01-01'), to: day('01-31') })).toBe(400);
  expect(collected(bill, { from: day('02-01'), to: day('02-28') })).toBe(0);
});

test('a corrected bill keeps the tax of earlier days, and the day of its correction has the difference', () => {
  const first = { papers: [paper('01-10', 10_800, 800), paper('02-10', -10_800, -800)], payments: [] };
  const second = { papers: [paper('02-10', 5300, 300)], payments: [paid('01-20', 5300), paid('02-20', -1060)] };
  const [before, then, after] = [
    { from: null, to: day('01-31') },
    { from: day('02-10'), to: day('02-10') },
    { from: day('02-11'), to: null },
  ].map((period) => taxCollected([first, second], period).get(taxRate(82_500)));
  // 53.00 of 108.00 is 3.93 of its 8.00; then 53.00 of 53.00; then 42.40 of it.
  expect([before, then, after]).toEqual([393, -93, -60]);
});

test('what a correction leaves on the bill before it is owed back, and is no tax of what is billed later', () => {
  const first = {
    papers: [paper('01-10', 10_800, 800), paper('02-10', -10_800, -800)],
    payments: [paid('01-20', 5400)],
  };
  const second = { papers: [paper('02-10', 5400, 400), paper('03-10', -5400, -400)], payments: [] };
  const third = { papers: [paper('03-10', 21_600, 1600)], payments: [paid('01-20', 5400)] };
  const until = (to: string) => taxCollected([first, second, third], { from: null, to: day(to) }).get(taxRate(82_500));
  expect(['01-31', '02-28', '03-31'].map(until)).toEqual([800, 400, 400]);
});

test('periods that cover all of time add up to what came in of it in all', () => {
  const events = fc.array(fc.tuple(fc.nat({ max: 80 }), fc.integer({ min: -4000, max: 6000 })), { maxLength: 8 });
  fc.assert(
    fc.property(events, fc.nat({ max: 90 }), fc.nat({ max: 1200 }), (moves, cut, tax) => {
      const bill = {
        papers: [paper('01-10', 10_000 + tax, tax)],
        payments: moves.map(([after, amount]) => ({ paidOn: addDays(day('01-01'), after), amount: price(amount) })),
      };
      const until = addDays(day('01-01'), cut);
      const parts = [
        { from: null, to: until },
        { from: addDays(until, 1), to: null },
      ].map((period) => collected(bill, period) ?? price(0));
      expect(sum(parts)).toBe(collected(bill, { from: null, to: null }));
      const all = sum(bill.payments.map(({ amount }) => amount));
      expect(all < 10_000 + tax || sum(parts) === tax).toBe(true);
    }),
    { seed: 15 },
  );
});
