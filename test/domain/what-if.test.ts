// What a quote would come to at other costs or prices: exact to the cent, and never more than asked.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATEGORIES, cost, type Category } from '../../src/domain/cost.ts';
import {
  divideRounded,
  extend,
  parsePercent,
  parseQuantity,
  parseTaxRate,
  price,
  quantity,
  type AmountInput,
  sum,
  taxRate,
} from '../../src/domain/money.ts';
import { lineTotal, paperTotals } from '../../src/domain/paper.ts';
import { atOtherPrices, type CostedLine, type WhatIfChange, whatIf } from '../../src/domain/what-if.ts';
import { shown, usd } from './records.ts';
import { refusal } from '../support/refusal.ts';
import { orNull } from '../support/arbitrary.ts';

const percent = (spoken: AmountInput) => parsePercent(spoken, 'percent', { least: -100, most: 1000 });
const margin = (spoken: AmountInput): WhatIfChange => ({ costs: [], prices: { margin: percent(spoken) } });
const discount = (spoken: AmountInput): WhatIfChange => ({ costs: [], prices: { discount: percent(spoken) } });
const costs = (...changes: [Category | null, AmountInput][]): WhatIfChange => ({
  costs: changes.map(([category, spoken]) => ({ category, percent: percent(spoken) })),
  prices: null,
});

function line(
  unitPrice: AmountInput | null,
  unitCost: AmountInput | null,
  {
    count = 1,
    category = 'materials',
    tax = 0,
  }: { count?: AmountInput; category?: Category | null; tax?: AmountInput } = {},
): CostedLine {
  return {
    description: 'Shingles',
    quantity: parseQuantity(count, 'quantity'),
    unit: null,
    unitPrice: unitPrice === null ? null : price(usd(unitPrice)),
    taxRate: parseTaxRate(tax, 'taxRatePercent'),
    unitCost: unitCost === null ? null : cost(usd(unitCost)),
    category,
  };
}
const prices = (lines: CostedLine[], change: WhatIfChange) =>
  whatIf(lines, change).lines.map((each) => (each.unitPrice === null ? null : shown(each.unitPrice)));
const costsOf = (lines: CostedLine[], change: WhatIfChange) =>
  whatIf(lines, change).lines.map((each) => (each.unitCost === null ? null : shown(each.unitCost)));

describe('"the same, 10 % more"', () => {
  it('rounds each price once, and leaves costs and unknown prices as they are', () => {
    const lines = [line(450, 280), line('0.05', 0.03), line(null, 70), line(-99.99, null)];
    const more = atOtherPrices(lines, percent(10), 'changePercent');
    expect(more.map(({ unitPrice }) => (unitPrice === null ? null : shown(unitPrice)))).toEqual([
      '495.00',
      '0.06',
      null,
      '-109.99',
    ]);
    expect(more.map(({ unitCost }) => unitCost)).toEqual(lines.map(({ unitCost }) => unitCost));
    expect(atOtherPrices(lines, percent(-100), 'changePercent')[0]?.unitPrice).toBe(0);
    expect(refusal(() => atOtherPrices([line(9_000_000_000, 1)], percent(1000), 'changePercent'))).toContain(
      'changePercent: line 1 (Shingles)',
    );
  });
});

describe('"price it for a 35 % margin"', () => {
  it('is a share of the price, not of the cost: 280.00 sells at 430.77', () => {
    expect(prices([line(450, 280)], margin(35))).toEqual(['430.77']);
    const { now, was, lines } = whatIf([line(450, 280, { count: 24 })], margin(35));
    expect([shown(now.subtotal), shown(now.cost), shown(now.margin), now.marginTenths]).toEqual([
      '10338.48',
      '6720.00',
      '3618.48',
      350,
    ]);
    expect([shown(was.subtotal), was.marginTenths]).toEqual(['10800.00', 378]);
    expect(lines[0]).toMatchObject({ was: usd(450), costWas: usd(280), marginTenths: 350 });
  });

  it.each([
    [50, 280, '560.00'],
    [0, 280, '280.00'],
    ['33.3333', 100, '150.00'],
    ['12.5', '0.07', '0.08'],
    [99, 1, '100.00'],
    [35, -900, '-1384.62'],
  ])('%s %% on %s is %s', (asked, unitCost, expected) => {
    expect(prices([line(1, unitCost)], margin(asked))).toEqual([expected]);
  });

  it.each([
    ['15 % off', { percent: percent(15), amount: price(0) }, '3764.71', '3200.00'],
    ['510.00 off', { percent: null, amount: price(usd(510)) }, '3710.00', '3200.00'],
    ['nothing off', null, '3200.00', '3200.00'],
    ['all of it off', { percent: percent(100), amount: price(0) }, '3200.00', '0.00'],
  ])('with %s the whole it reaches the margin after that discount', (_, off, unitPrice, subtotal) => {
    const { now, lines } = whatIf([line(3400, 2080)], margin(35), off);
    expect(lines.map((each) => each.unitPrice !== null && shown(each.unitPrice))).toEqual([unitPrice]);
    expect(shown(now.subtotal)).toBe(subtotal);
    const reached = subtotal === '0.00' ? null : 350;
    expect([now.marginTenths, lines[0]?.marginTenths]).toEqual([reached, reached]);
  });

  it('spreads a discount on the whole over lines, also to tell their margins', () => {
    const off = { percent: null, amount: price(usd(100)) };
    const { now, lines } = whatIf([line(1, 130), line(1, 65, { count: 2 })], margin(35), off);
    expect([shown(now.subtotal), now.marginTenths]).toEqual(['400.00', 350]);
    expect(lines.map((each) => each.marginTenths)).toEqual([350, 350]);
  });

  it('shows the margin really reached, not the one asked for', () => {
    // 0.03 ÷ 0.65 is 0.046…: at a whole cent it is 0.05, and the margin 40 %.
    expect(whatIf([line(1, '0.03')], margin(35)).now.marginTenths).toBe(400);
  });

  it('leaves a line its price where its cost is unknown or nothing, and prices one that had none', () => {
    expect(prices([line(450, null), line(75, 0), line(null, 280), line(null, null)], margin(35))).toEqual([
      '450.00',
      '75.00',
      '430.77',
      null,
    ]);
  });

  it('a price that no book holds is refused by name', () => {
    expect(refusal(() => whatIf([line(1, 9_000_000)], margin('99.9999')))).toBe(
      'whatIf.marginPercent: line 1 (Shingles) would grow beyond what a line may come to. Give a smaller change.',
    );
    expect(refusal(() => whatIf([line(1, 1), line(1, 9000, { count: 1_000_000 })], margin(99)))).toContain('line 2');
  });
});

describe('"knock 10 % off"', () => {
  it('takes it off every unit price, discounts among them, and touches no cost', () => {
    const lines = [line('99.95', 60, { tax: 8.25 }), line(-500, null), line(null, 5)];
    const answer = whatIf(lines, discount(10));
    expect(answer.lines.map((each) => each.unitPrice)).toEqual([8996, usd(-450), null]);
    expect(answer.lines.map((each) => each.unitCost)).toEqual([usd(60), null, usd(5)]);
    expect(shown(answer.now.tax)).toBe('7.42');
    expect(shown(answer.now.total)).toBe('-352.62');
  });

  it('rounds half away from zero', () => {
    expect(prices([line('0.05', 1), line('-0.05', 1), line('0.15', 1)], discount(10))).toEqual([
      '0.05',
      '-0.05',
      '0.14',
    ]);
  });

  it('100 % off leaves nothing, and no margin to speak of', () => {
    const { now } = whatIf([line(450, 280)], discount(100));
    expect([now.subtotal, now.marginTenths]).toEqual([0, null]);
    expect(Object.is(now.subtotal, -0)).toBe(false);
  });
});

describe('"what if materials go up 8 %"', () => {
  it('changes the unit costs of that category alone', () => {
    const lines = [line(450, 280), line(85, 55, { category: 'labor' }), line(9, null), line(9, 7, { category: null })];
    expect(costsOf(lines, costs(['materials', 8]))).toEqual(['302.40', '55.00', null, '7.00']);
    expect(costsOf(lines, costs([null, -10]))).toEqual(['252.00', '49.50', null, '6.30']);
    expect(prices(lines, costs([null, 50]))).toEqual(['450.00', '85.00', '9.00', '9.00']);
  });

  it('compounds several changes and rounds once', () => {
    // 0.10 × 1.05 × 1.05 = 0.11025; rounded in between it would be 0.12.
    expect(costsOf([line(1, '0.10')], costs([null, 5], ['materials', 5]))).toEqual(['0.11']);
    expect(costsOf([line(1, 80)], costs(['materials', 25], [null, '-100']))).toEqual(['0.00']);
  });

  it('comes before the price that is made from it', () => {
    expect(prices([line(450, 280)], { ...costs(['materials', 8]), ...{ prices: margin(35).prices } })).toEqual([
      '465.23',
    ]);
  });

  it('costs that no book holds are refused by name', () => {
    const change = costs([null, 1000], [null, 1000], [null, 1000], [null, 1000]);
    expect(refusal(() => whatIf([line(1, 1_000_000_000)], change))).toContain('whatIf.costs: line 1 (Shingles)');
  });
});
const anyLine: fc.Arbitrary<CostedLine> = fc
  .record({
    quantity: fc.integer({ min: -500_000, max: 5_000_000 }),
    unitPrice: orNull(fc.integer({ min: -200_000, max: 2_000_000 })),
    unitCost: orNull(fc.integer({ min: -100_000, max: 1_000_000 })),
    taxRate: fc.constantFrom(0, 82_500, 70_000),
    category: orNull(fc.constantFrom(...CATEGORIES)),
  })
  .map((parts) => ({
    description: 'work',
    unit: null,
    quantity: quantity(parts.quantity),
    unitPrice: parts.unitPrice === null ? null : price(parts.unitPrice),
    unitCost: parts.unitCost === null ? null : cost(parts.unitCost),
    taxRate: taxRate(parts.taxRate),
    category: parts.category,
  }));
const anyLines = fc.array(anyLine, { maxLength: 8 });
/** Any percentage from least to most, with its four decimals. */
const anyPercent = (least: number, most: number) =>
  fc.integer({ min: least * 10_000, max: most * 10_000 }).map((parts) => percent((parts / 10_000).toFixed(4)));
const anyCosts = fc.array(
  fc.record({ category: orNull(fc.constantFrom(...CATEGORIES)), percent: anyPercent(-100, 50) }),
  { maxLength: 3 },
);
const anyPrices: fc.Arbitrary<WhatIfChange['prices']> = fc.oneof(
  fc.constant(null),
  anyPercent(0, 100).map((parts) => ({ discount: parts })),
  anyPercent(0, 99).map((parts) => ({ margin: parts })),
);
const anyChange = fc.record({ costs: anyCosts, prices: anyPrices });
const times = (factor: bigint, value: number) => factor * BigInt(value);
const size = (value: bigint) => (value < 0n ? -value : value);

describe('whatever is asked of whatever quote', () => {
  it('a change of 0 changes nothing', () => {
    fc.assert(
      fc.property(anyLines, fc.array(orNull(fc.constantFrom(...CATEGORIES)), { maxLength: 3 }), (lines, categories) => {
        const change = {
          ...costs(...categories.map((each): [Category | null, number] => [each, 0])),
          ...{ prices: discount(0).prices },
        };
        const { now, was, lines: after } = whatIf(lines, change);
        expect(now).toEqual(was);
        for (const each of after) expect([each.unitPrice, each.unitCost]).toEqual([each.was, each.costWas]);
      }),
    );
  });

  it('the lines add up to the totals, and what was is what the quote says', () => {
    fc.assert(
      fc.property(anyLines, anyChange, (lines, change) => {
        const { now, was, lines: after } = whatIf(lines, change);
        expect(after).toHaveLength(lines.length);
        expect(now.subtotal).toBe(sum(after.map((each) => each.amount)));
        expect(now.total).toBe(now.subtotal + now.tax);
        expect(now.margin).toBe(now.subtotal - now.cost);
        expect(now.cost).toBe(
          lines.reduce((all, { quantity }, index) => all + extend(quantity, after[index]?.unitCost ?? cost(0)), 0),
        );
        expect([was.subtotal, was.tax, was.total]).toEqual([
          paperTotals(lines).subtotal,
          paperTotals(lines).tax,
          paperTotals(lines).total,
        ]);
        for (const [index, line] of lines.entries()) {
          expect([after[index]?.was, after[index]?.costWas]).toEqual([line.unitPrice, line.unitCost]);
        }
        for (const value of [...Object.values(now), ...after.flatMap((each) => Object.values(each))])
          expect(Object.is(value, -0)).toBe(false);
      }),
    );
  });

  it('the margin reached is the margin asked for, but for the rounding of each unit price', () => {
    fc.assert(
      fc.property(anyLines, anyPercent(0, 99), (lines, asked) => {
        for (const { unitPrice, unitCost, was } of whatIf(lines, { costs: [], prices: { margin: asked } }).lines) {
          // price × (1 − margin) = cost, to within half a minor unit of the price; without a cost it stays.
          const rest = 1_000_000n - BigInt(asked);
          const left = times(rest, unitPrice ?? 0) - times(1_000_000n, unitCost ?? 0);
          const stays = (unitCost ?? 0) === 0;
          expect(stays ? unitPrice === was : unitPrice !== null && 2n * size(left) <= rest).toBe(true);
        }
      }),
    );
  });

  it('a discount takes its share off each unit price, to half a minor unit', () => {
    fc.assert(
      fc.property(anyLines, anyPercent(0, 100), (lines, asked) => {
        for (const { unitPrice, was } of whatIf(lines, { costs: [], prices: { discount: asked } }).lines) {
          expect(unitPrice === null).toBe(was === null);
          const exact = divideRounded(times(1_000_000n - BigInt(asked), was ?? 0), 1_000_000n);
          expect(BigInt(unitPrice ?? 0)).toBe(exact);
        }
      }),
    );
  });

  it('its prices and costs, given to the quote, are the quote of the what-if', () => {
    fc.assert(
      fc.property(anyLines, anyChange, (lines, change) => {
        const { now, lines: after } = whatIf(lines, change);
        const real = lines.map((line, index) => ({
          ...line,
          unitPrice: after[index]?.unitPrice ?? null,
          unitCost: after[index]?.unitCost ?? null,
        }));
        expect(whatIf(real, { costs: [], prices: null }).was).toEqual(now);
        expect(real.map(lineTotal)).toEqual(after.map((each) => each.amount));
      }),
    );
  });
});
