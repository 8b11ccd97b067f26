import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseAmount,
  parseQuantity,
  parseTaxRate,
  price,
  quantity,
  type AmountInput,
  sum,
  taxOn,
  taxRate,
} from '../../src/domain/money.ts';
import { checkPriced, lessDiscount, lineTotal, paperTotals, type PricedLine } from '../../src/domain/paper.ts';
import { shown } from './records.ts';
import { refusal } from '../support/refusal.ts';

function priced(
  count: AmountInput,
  each: AmountInput | null,
  ratePercent: AmountInput = 0,
  description = 'Work',
): PricedLine {
  return {
    description,
    quantity: parseQuantity(count, 'quantity'),
    unit: null,
    unitPrice: each === null ? null : parseAmount(each, 'unitPrice', 'USD', { sign: 'any' }),
    taxRate: parseTaxRate(ratePercent, 'taxRatePercent'),
  };
}

function totals(...lines: PricedLine[]) {
  const { subtotal, tax, total, taxGroups } = paperTotals(lines);
  return { subtotal: shown(subtotal), tax: shown(tax), total: shown(total), groups: taxGroups.length };
}

const someLines = fc.array(
  fc.record({
    description: fc.constant('Work'),
    quantity: fc.integer({ min: -300_000, max: 300_000 }).map(quantity),
    unit: fc.constant(null),
    unitPrice: fc.option(fc.integer({ min: -1e7, max: 1e7 }).map(price), { nil: null }),
    taxRate: fc.constantFrom(0, 50_000, 82_500, 200_000).map(taxRate),
  }),
  { maxLength: 12 },
);

const less = (lines: readonly PricedLine[], off: number) => {
  const { subtotal, tax, total } = paperTotals(lessDiscount(lines, { percent: null, amount: price(off * 100) }));
  return { subtotal: shown(subtotal), tax: shown(tax), total: shown(total) };
};

describe('the totals of a paper', () => {
  it('are of rounded lines: three times 0.333 × 10.01', () => {
    const third = priced('0.333', '10.01');
    expect(shown(lineTotal(third))).toBe('3.33');
    expect(totals(third, third, third)).toEqual({ subtotal: '9.99', tax: '0.00', total: '9.99', groups: 0 });
  });

  it('24 squares at 450 with 8.25 % tax', () => {
    expect(totals(priced(24, 450, '8.25'))).toEqual({
      subtotal: '10800.00',
      tax: '891.00',
      total: '11691.00',
      groups: 1,
    });
  });

  it('tax is rounded once per rate, not once per line', () => {
    // 5 % of 0.10 is half a cent: three lines would round up to 0.03, together they are 0.015, so 0.02.
    const dime = priced(1, '0.10', 5);
    expect(totals(dime, dime, dime)).toMatchObject({ subtotal: '0.30', tax: '0.02', total: '0.32' });
  });

  it('every rate has its own group, lowest first, and 0 % has none', () => {
    const { taxGroups, tax } = paperTotals([
      priced(1, 100, '8.25'),
      priced(1, 100, 0),
      priced(1, 200, 5),
      priced(2, 50, '8.2500'),
    ]);
    expect(taxGroups).toEqual([
      { rate: 50_000, base: 20_000, tax: 1000 },
      { rate: 82_500, base: 20_000, tax: 1650 },
    ]);
    expect(shown(tax)).toBe('26.50');
  });

  it('a discount lowers the base of its own rate', () => {
    expect(totals(priced(1, 1000, 10), priced(1, -200, 10), priced(1, 500, 0))).toMatchObject({
      subtotal: '1300.00',
      tax: '80.00',
      total: '1380.00',
    });
    expect(totals(priced(1, 100, 10), priced(-1, 100, 10))).toMatchObject({ subtotal: '0.00', tax: '0.00' });
  });

  it('a discount on the whole lowers each rate by its share, also that of work taken out', () => {
    const lines = [priced(1, 1000, 10), priced(1, -400, 0)];
    expect(less(lines, 60)).toMatchObject({ subtotal: '540.00', tax: '90.00', total: '630.00' });
    const taxedLess = [priced(1, 1000, 0), priced(1, -400, 10)];
    expect(less(taxedLess, 60)).toMatchObject({ subtotal: '540.00', tax: '-36.00' });
    const mixed = [priced(1, 1000, 10), priced(1, -200, 10), priced(1, 200, 0)];
    expect(less(mixed, 100)).toMatchObject({ subtotal: '900.00', tax: '72.00' });
  });

  it('a discount on the whole takes off no more than there is', () => {
    expect(less([priced(1, 100, 10)], 500)).toMatchObject({ subtotal: '0.00', tax: '0.00', total: '0.00' });
    expect(less([priced(1, -100, 10)], 50)).toMatchObject({ subtotal: '-100.00', tax: '-10.00' });
    expect(less([], 50)).toMatchObject({ total: '0.00' });
  });

  it('whatever the lines: a discount on the whole is spread to the cent, and no rate is taxed on more than it has', () => {
    fc.assert(
      fc.property(someLines, fc.nat(1_000_000), (lines, millionths) => {
        const [before, whole] = [paperTotals(lines), sum(lines.map(lineTotal))];
        const off = Math.floor((Math.max(0, whole) * millionths) / 1_000_000);
        const discounted = lessDiscount(lines, { percent: null, amount: price(off) });
        const after = paperTotals(discounted);
        expect(after.subtotal).toBe(whole - off);
        expect(sum(discounted.slice(lines.length).map(lineTotal))).toBe(0 - off);
        expect(after.tax).toBe(sum(after.taxGroups.map(({ base, rate }) => taxOn(base, rate))));
        for (const { rate, base } of before.taxGroups) {
          const left = after.taxGroups.find((each) => each.rate === rate)?.base ?? 0;
          expect(Math.abs(left)).toBeLessThanOrEqual(Math.abs(base));
          // Each rate keeps the same part of what it had, to a cent.
          const apart = BigInt(left) * BigInt(whole) - BigInt(base) * BigInt(whole - off);
          expect(whole <= 0 || (apart > -BigInt(whole) && apart < BigInt(whole))).toBe(true);
        }
      }),
    );
  });

  it('a paper without lines comes to nothing', () => {
    expect(totals()).toEqual({ subtotal: '0.00', tax: '0.00', total: '0.00', groups: 0 });
  });

  it('a line whose price is not known yet counts nothing', () => {
    expect(totals(priced(3, null, 10), priced(1, 100, 10))).toMatchObject({ subtotal: '100.00', tax: '10.00' });
  });

  it('whatever the lines and their order: total = subtotal + tax, one rounding per rate', () => {
    fc.assert(
      fc.property(someLines, (some) => {
        const made = paperTotals(some);
        expect(made.total).toBe(made.subtotal + made.tax);
        expect(made.subtotal).toBe(some.reduce((sofar, line) => sofar + lineTotal(line), 0));
        for (const { rate, base, tax } of made.taxGroups) {
          expect(base).toBe(sum(some.filter((line) => line.taxRate === rate).map(lineTotal)));
          expect(tax).toBe(taxOn(base, rate));
        }
        expect(paperTotals(some.toReversed())).toEqual(made);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a price not known yet', () => {
  it('blocks, naming the lines', () => {
    expect(() => checkPriced('Q-3', [priced(1, 0), priced(1, 5)])).not.toThrow();
    expect(refusal(() => checkPriced('Q-3', [priced(1, 5), priced(1, null, 0, 'Skylight')]))).toBe(
      'lines: Q-3 has no price yet on line 2 (Skylight). Give each line a unitPrice first.',
    );
  });

  it('names the first few of many', () => {
    const message = refusal(() =>
      checkPriced(
        'Q-3',
        Array.from({ length: 200 }, () => priced(1, null)),
      ),
    );
    expect(message.length).toBeLessThan(200);
    expect(message).toContain('1 (Work), 2 (Work)');
  });
});
