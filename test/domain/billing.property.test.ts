// However a contract is billed and an invoice credited, the pieces add up to the whole.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  negated,
  contractState,
  creditable,
  creditOfAmount,
  creditOfLines,
  joinGroups,
  nextShare,
  type RateGroup,
  rateGroups,
  subtotalOf,
  taxOf,
} from '../../src/domain/billing.ts';
import { Problem } from '../../src/domain/errors.ts';
import { price, type Price, quantity, taxRate } from '../../src/domain/money.ts';
import { paperTotals, type PricedLine } from '../../src/domain/paper.ts';

const RUNS = 2000;
const RATES = [0, 50_000, 70_000, 82_500, 190_000, 1_000_000];

const aLine = (least: number) =>
  fc
    .record({
      tenThousandths: fc.oneof(fc.constantFrom(10_000, 240_000, 3330), fc.integer({ min: 1, max: 500_000 })),
      cents: fc.oneof(fc.integer({ min: least, max: 5000 }), fc.integer({ min: least * 100, max: 5_000_000 })),
      rate: fc.constantFrom(...RATES),
    })
    .map(
      ({ tenThousandths, cents, rate }): PricedLine => ({
        description: 'Work',
        quantity: quantity(tenThousandths),
        unit: null,
        unitPrice: price(cents),
        taxRate: taxRate(rate),
      }),
    );
/** Work and discounts that come to something. */
const someLines = fc
  .tuple(fc.array(aLine(1), { minLength: 1, maxLength: 5 }), fc.array(aLine(-300), { maxLength: 3 }))
  .map(([work, more]) => [...work, ...more])
  .filter((lines) => paperTotals(lines).subtotal > 0);
/** Shares of what remains, in thousandths; the rest follows. */
const shares = fc.array(fc.integer({ min: 1, max: 999 }), { maxLength: 6 });
const words = (amount: Price) => String(amount);

const part = (whole: number, thousandths: number) => price(Math.max(1, Math.floor((whole * thousandths) / 1000)));
const isNothing = (groups: readonly RateGroup[]) => groups.every(({ base, tax }) => base === 0 && tax === 0);

test('the bills of a contract add up to its subtotal and its tax, at every rate', () => {
  fc.assert(
    fc.property(someLines, shares, (lines, thousandths) => {
      const contract = rateGroups(lines);
      const bills: { ref: string; groups: RateGroup[] }[] = [];
      const bill = (amount: Price) => {
        const { groups, billed } = contractState(lines, bills);
        const share = nextShare(groups, billed, amount);
        expect(subtotalOf(share)).toBe(amount);
        bills.push({ ref: `INV-${bills.length}`, groups: share });
      };
      for (const each of thousandths) {
        const { remaining } = contractState(lines, bills);
        if (remaining > 0) bill(part(remaining, each));
      }
      const { remaining } = contractState(lines, bills);
      if (remaining > 0) bill(remaining);
      const { subtotal, tax } = paperTotals(lines);
      const all = joinGroups(bills.flatMap(({ groups }) => groups));
      expect(subtotalOf(all)).toBe(subtotal);
      expect(taxOf(all)).toBe(tax);
      for (const group of contract) {
        const billed = all.find(({ rate }) => rate === group.rate) ?? { base: 0, tax: 0 };
        expect({ base: billed.base, tax: billed.tax }).toEqual({ base: group.base, tax: group.tax });
      }
    }),
    { numRuns: RUNS },
  );
});

test('also where deposits from lines at other rates and change orders come in between', () => {
  fc.assert(
    fc.property(
      someLines,
      someLines,
      someLines,
      fc.integer({ min: 1, max: 999 }),
      (lines, loose, changes, thousandths) => {
        const bills: { ref: string; groups: RateGroup[] }[] = [];
        const first = part(paperTotals(lines).subtotal, thousandths);
        bills.push({ ref: 'INV-1', groups: nextShare(rateGroups(lines), [], first) });
        bills.push({ ref: 'INV-2', groups: rateGroups(loose) });
        const now = [...lines, ...changes];
        const { groups, billed, remaining, subtotal } = contractState(now, bills);
        fc.pre(remaining > 0);
        const rest = nextShare(groups, billed, remaining);
        expect(subtotalOf(rest)).toBe(remaining);
        const all = [...billed, ...rest];
        expect([subtotalOf(all), taxOf(all)]).toEqual([subtotal, paperTotals(now).tax]);
      },
    ),
    { numRuns: RUNS },
  );
});

test('a share of work without discounts is never negative at a rate by more than a rounding', () => {
  fc.assert(
    fc.property(fc.array(aLine(1), { minLength: 1, maxLength: 5 }), shares, (lines, thousandths) => {
      const whole = rateGroups(lines);
      let taken: RateGroup[] = [];
      for (const each of thousandths) {
        const remaining = price(subtotalOf(whole) - subtotalOf(taken));
        if (remaining <= 0) break;
        const share = nextShare(whole, taken, part(remaining, each));
        for (const { base, tax } of share) {
          expect(base).toBeGreaterThanOrEqual(-1);
          expect(tax).toBeGreaterThanOrEqual(-1);
        }
        taken = joinGroups([...taken, ...share]);
      }
    }),
    { numRuns: RUNS },
  );
});

test('credits by amounts, then all that is left, give back exactly the invoice and its tax', () => {
  fc.assert(
    fc.property(someLines, shares, (lines, thousandths) => {
      const invoice = rateGroups(lines);
      let credited: RateGroup[] = [];
      for (const each of thousandths) {
        const left = subtotalOf(creditable(invoice, credited));
        if (left <= 0) break;
        const amount = part(left, each);
        const credit = creditOfAmount(invoice, credited, amount);
        expect(subtotalOf(credit)).toBe(amount);
        credited = joinGroups([...credited, ...credit.map(negated)]);
      }
      const left = subtotalOf(creditable(invoice, credited));
      if (left > 0) credited = joinGroups([...credited, ...creditOfAmount(invoice, credited, left).map(negated)]);
      expect(isNothing(creditable(invoice, credited))).toBe(true);
      expect(taxOf(credited) + paperTotals(lines).tax).toBe(0);
    }),
    { numRuns: RUNS },
  );
});

test('credits by lines and amounts in any order never give back more than is left', () => {
  const step = fc.oneof(
    fc.record({ by: fc.constant('lines' as const), thousandths: fc.integer({ min: 1, max: 1000 }), pick: fc.nat(5) }),
    fc.record({ by: fc.constant('amount' as const), thousandths: fc.integer({ min: 1, max: 1000 }) }),
  );
  fc.assert(
    fc.property(
      fc.array(aLine(1), { minLength: 1, maxLength: 5 }),
      fc.array(step, { maxLength: 6 }),
      (lines, steps) => {
        const invoice = rateGroups(lines);
        let credited: RateGroup[] = [];
        for (const each of steps) {
          const left = creditable(invoice, credited);
          if (subtotalOf(left) <= 0) break;
          const group = each.by === 'lines' ? left.filter(({ base }) => base > 0)[each.pick % left.length] : undefined;
          const line = (base: number, rate: number): PricedLine => ({
            description: '',
            quantity: quantity(10_000),
            unit: null,
            unitPrice: price(base),
            taxRate: taxRate(rate),
          });
          const credit =
            group === undefined
              ? creditOfAmount(invoice, credited, part(subtotalOf(left), each.thousandths))
              : creditOfLines(invoice, credited, [line(part(group.base, each.thousandths), group.rate)], words);
          // No rate is given back beyond what stands there, and none is billed anew.
          for (const { rate, base, tax } of credit) {
            const most = left.find((other) => other.rate === rate);
            expect(base).toBeLessThanOrEqual(most?.base ?? 0);
            expect(tax).toBeLessThanOrEqual(most?.tax ?? 0);
            expect(base).toBeGreaterThanOrEqual(0);
          }
          credited = joinGroups([...credited, ...credit.map(negated)]);
        }
        const last = creditable(invoice, credited);
        expect(isNothing(creditable(invoice, joinGroups([...credited, ...last.map(negated)])))).toBe(true);
      },
    ),
    { numRuns: RUNS },
  );
});

test('a credit by lines is refused or leaves the invoice at 0 or more, whatever discounts stand at other rates', () => {
  let refusals = 0;
  let credits = 0;
  const discounted = fc.tuple(aLine(100), aLine(1), fc.constantFrom(...RATES)).map(([work, discount, rate]) => {
    const less = Math.min(discount.unitPrice ?? 0, 50_000);
    return [work, { ...discount, quantity: quantity(10_000), unitPrice: price(-less), taxRate: taxRate(rate) }];
  });
  fc.assert(
    fc.property(discounted, fc.integer({ min: 500, max: 1000 }), (lines, thousandths) => {
      const invoice = rateGroups(lines);
      fc.pre(subtotalOf(invoice) > 0 && subtotalOf(invoice) + taxOf(invoice) >= 0);
      const group = invoice.find(({ base }) => base > 0);
      const given = {
        ...lines[0],
        quantity: quantity(10_000),
        unitPrice: part(group?.base ?? 0, thousandths),
        taxRate: group?.rate,
      };
      let credit: RateGroup[];
      try {
        credit = creditOfLines(invoice, [], [given as PricedLine], words);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        refusals += 1;
        return;
      }
      credits += 1;
      const left = creditable(invoice, credit.map(negated));
      expect(subtotalOf(left)).toBeGreaterThanOrEqual(0);
      expect(subtotalOf(left) + taxOf(left)).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: RUNS },
  );
  expect(Math.min(refusals, credits)).toBeGreaterThan(RUNS / 50);
});
