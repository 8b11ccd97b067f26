// Shares of a contract and of an invoice, to the cent.
import { describe, expect, it } from 'vitest';
import {
  negated,
  billShare,
  type ContractBill,
  contractState,
  creditable,
  creditOfAmount,
  creditOfLines,
  joinGroups,
  nextShare,
  percentOf,
  type RateGroup,
  rateGroups,
  subtotalOf,
  taxOf,
} from '../../src/domain/billing.ts';
import { parsePercent, price, type Price, quantity, type AmountInput, taxRate, text } from '../../src/domain/money.ts';
import type { PricedLine } from '../../src/domain/paper.ts';
import { shown, usd } from './records.ts';
import { refusal } from '../support/refusal.ts';

/** A line over one piece of this price, taxed at this percentage. */
function line(unitPrice: AmountInput | null, percent = 0): PricedLine {
  return {
    description: 'Work',
    quantity: quantity(10_000),
    unit: null,
    unitPrice: unitPrice === null ? null : price(usd(unitPrice)),
    taxRate: taxRate(percent * 10_000),
  };
}

const groups = (...lines: PricedLine[]) => rateGroups(lines);
/** `['70.00 at 0 %, tax 0.00', …]` */
const read = (some: readonly RateGroup[]) =>
  some.map(({ rate, base, tax }) => `${shown(base)} at ${rate / 10_000} %, tax ${shown(tax)}`);
const dollars = (spoken: AmountInput): Price => price(usd(spoken));
const words = (amount: Price) => `${text(amount, 'USD')} USD`;
const percent = (spoken: AmountInput) => parsePercent(spoken, 'percent', { least: 0, most: 100 });
const bill = (ref: string, ...lines: PricedLine[]): ContractBill => ({ ref, groups: groups(...lines) });

describe('what stands at each tax rate', () => {
  it('is grouped with one rounding per rate, the untaxed among them', () => {
    expect(read(groups(line('3.33', 8.25), line('3.33', 8.25), line(10), line(-2, 8.25)))).toEqual([
      '10.00 at 0 %, tax 0.00',
      '4.66 at 8.25 %, tax 0.38',
    ]);
  });

  it('adds up by rate', () => {
    const both = joinGroups([...groups(line(10, 10)), ...groups(line(5, 10), line(1))]);
    expect(read(both)).toEqual(['1.00 at 0 %, tax 0.00', '15.00 at 10 %, tax 1.50']);
    expect([subtotalOf(both), taxOf(both)].map(shown)).toEqual(['16.00', '1.50']);
    expect(joinGroups([])).toEqual([]);
  });

  it('counts a price not known yet as nothing', () => {
    expect(read(groups(line(null, 10)))).toEqual(['0.00 at 10 %, tax 0.00']);
  });
});

describe('a share of a contract', () => {
  const contract = groups(line(7000), line(3000, 10));

  it('holds every rate in proportion', () => {
    expect(read(nextShare(contract, [], dollars(3000)))).toEqual([
      '2100.00 at 0 %, tax 0.00',
      '900.00 at 10 %, tax 90.00',
    ]);
  });

  it('that is the last one brings everything to the whole', () => {
    const odd = groups(line('333.33', 8.25), line('666.68', 7));
    const first = nextShare(odd, [], dollars('333.34'));
    const second = nextShare(odd, first, dollars('0.01'));
    const rest = nextShare(odd, joinGroups([...first, ...second]), price(subtotalOf(odd) - 33335));
    expect(joinGroups([...first, ...second, ...rest])).toEqual(odd);
  });

  it('leaves out the rates of which it holds nothing', () => {
    const [first] = nextShare(contract, [], price(1));
    expect(nextShare(contract, [], price(1))).toHaveLength(1);
    expect(first).toMatchObject({ base: 1, tax: 0 });
  });

  it('counts what was billed at a rate the contract does not have', () => {
    // The deposit was made from a line with 10 % tax, the contract has none: the rest takes both back to what was agreed.
    const untaxed = groups(line(10_000));
    const deposit = groups(line(3000, 10));
    const rest = nextShare(untaxed, deposit, dollars(7000));
    expect(read(rest)).toEqual(['10000.00 at 0 %, tax 0.00', '-3000.00 at 10 %, tax -300.00']);
    expect([subtotalOf(rest), taxOf(rest)].map(shown)).toEqual(['7000.00', '-300.00']);
    expect(shown(subtotalOf(nextShare(untaxed, deposit, dollars(100))))).toBe('100.00');
  });

  it('shares discounts and work taken out at another rate too', () => {
    const less = groups(line(10_000, 10), line(-1500));
    const half = nextShare(less, [], dollars(4250));
    expect(read(half)).toEqual(['-750.00 at 0 %, tax 0.00', '5000.00 at 10 %, tax 500.00']);
    expect(joinGroups([...half, ...nextShare(less, half, dollars(4250))])).toEqual(less);
  });
});

describe('what remains of a contract', () => {
  it('is its subtotal less its bills, change orders counted', () => {
    const state = contractState([line(10_000), line(-1500)], [bill('INV-1001', line(3000))]);
    expect([state.subtotal, state.billedSubtotal, state.remaining].map(shown)).toEqual([
      '8500.00',
      '3000.00',
      '5500.00',
    ]);
  });

  it('is all of it before the first bill, and less than nothing beyond', () => {
    expect(shown(contractState([line(100)], []).remaining)).toBe('100.00');
    expect(shown(contractState([line(100)], [bill('INV-1001', line(130))]).remaining)).toBe('-30.00');
  });

  it('is a percentage rounded half away from zero', () => {
    const of = (subtotal: AmountInput, share: AmountInput, ...billed: AmountInput[]) =>
      shown(
        percentOf(
          contractState(
            [line(subtotal)],
            billed.map((each) => bill('INV-1001', line(each))),
          ),
          percent(share),
        ),
      );
    expect(of(10_000, 30)).toBe('3000.00');
    expect(of('100.01', 50)).toBe('50.01');
    expect(of('99.99', '33.3333')).toBe('33.33');
    expect(of(10_000, 100)).toBe('10000.00');
    // The second half is what the first left; more than roundings it is not.
    expect(of('100.01', 50, '50.01')).toBe('50.00');
    expect(of('100.01', 50, '50.02')).toBe('50.01');
    expect(of('10.02', 25, '2.51', '2.51', '2.51')).toBe('2.49');
    expect(of('100.01', 50, '100.01')).toBe('50.01');
  });

  const asked = (amount: AmountInput, billed: AmountInput) =>
    refusal(() =>
      billShare(
        { ref: 'Q-1', field: 'fromQuote', amount: dollars(amount) },
        contractState([line(8500)], [bill('INV-1001', line(billed))]),
        words,
      ),
    );

  it('can be billed to the cent, and no cent more', () => {
    const state = contractState([line(8500)], [bill('INV-1001', line(3000))]);
    expect(read(billShare({ ref: 'Q-1', field: 'fromQuote', amount: dollars(5500) }, state, words))).toEqual([
      '5500.00 at 0 %, tax 0.00',
    ]);
    expect(asked('5500.01', 3000)).toBe(
      'fromQuote: 5500.01 USD is more than the 5500.00 USD that remains of Q-1 (3000.00 USD of 8500.00 USD is billed). Use rest: true, or put extra work on an invoice with lines.',
    );
  });

  it('is nothing once all is billed, and the error says so', () => {
    for (const billed of [8500, 9000])
      expect(asked(1, billed)).toMatch(
        /^fromQuote: nothing remains to bill on Q-1: \d+\.00 USD of 8500\.00 USD is billed\./,
      );
  });

  it('is not billed where its tax would bring the bill below 0', () => {
    const state = contractState([line(10_000)], [bill('INV-1001', line(9990, 10))]);
    expect(refusal(() => billShare({ ref: 'Q-1', field: 'fromQuote', amount: dollars(10) }, state, words))).toBe(
      'fromQuote: with the tax of Q-1, -999.00 USD after what is billed, this bill would total below 0. Correct the bill with too much tax first.',
    );
  });

  it('is not billed in nothings', () => {
    expect(asked(0, 3000)).toMatch(/^fromQuote: 0\.00 USD is nothing to bill\./);
    expect(asked(-1, 3000)).toMatch(/nothing to bill/);
  });
});

describe('a credit', () => {
  const invoice = groups(line(500), line(500, 10));
  const credits = (some: readonly RateGroup[]) => some.map(negated);

  it('leaves what it did not take', () => {
    const taken = credits(groups(line(200, 10)));
    expect(read(creditable(invoice, taken))).toEqual(['500.00 at 0 %, tax 0.00', '300.00 at 10 %, tax 30.00']);
    expect(creditable(invoice, [])).toEqual(invoice);
  });

  it('by lines gives the tax of its own rate back', () => {
    expect(read(creditOfLines(invoice, [], [line(200, 10), line(50)], words))).toEqual([
      '50.00 at 0 %, tax 0.00',
      '200.00 at 10 %, tax 20.00',
    ]);
  });

  it('by lines never goes beyond what is left at a rate, and names the rate and what is left', () => {
    const taken = credits(groups(line(200, 10)));
    expect(refusal(() => creditOfLines(invoice, taken, [line('300.01', 10)], words))).toBe(
      'lines: at 10 % tax only 300.00 USD is left to credit, not 300.01 USD. Check the lines and their taxRatePercent.',
    );
    expect(refusal(() => creditOfLines(invoice, [], [line(1, 7)], words))).toContain(
      'at 7 % tax only 0.00 USD is left to credit',
    );
  });

  it('by lines is written with positive amounts', () => {
    for (const amount of [0, -5])
      expect(refusal(() => creditOfLines(invoice, [], [line(amount)], words))).toContain(
        'lines: a credit is written with positive amounts',
      );
  });

  it('by lines never gives back more than the invoice came to, where a discount stood at another rate', () => {
    // 1000.00 less a discount of 200.00 at another rate: 800.00 was billed, so 800.00 is the most.
    const discounted = groups(line(1000), line(-200, 10));
    expect(refusal(() => creditOfLines(discounted, [], [line(900)], words))).toMatch(/^lines: .*780\.00 USD/);
    // With the discount's tax the invoice came to 780.00.
    expect(refusal(() => creditOfLines(discounted, [], [line(800)], words))).toMatch(/^lines: .*780\.00 USD/);
    expect(() => creditOfLines(discounted, [], [line(780)], words)).not.toThrow();
  });

  it('of an amount takes from each rate as what is left stands', () => {
    expect(read(creditOfAmount(invoice, [], dollars(100)))).toEqual([
      '50.00 at 0 %, tax 0.00',
      '50.00 at 10 %, tax 5.00',
    ]);
    // The untaxed half is given back already: what is left is taxed.
    const taken = credits(groups(line(500)));
    expect(read(creditOfAmount(invoice, taken, dollars(100)))).toEqual(['100.00 at 10 %, tax 10.00']);
  });

  it('gives a cent of tax back that stands there without a base', () => {
    // A bill of a contract that changed meanwhile may carry the last cent of an earlier bill's tax.
    const odd = [...groups(line(100)), { rate: taxRate(82_500), base: price(0), tax: price(1) }];
    expect(read(creditOfAmount(odd, [], dollars(100)))).toEqual([
      '100.00 at 0 %, tax 0.00',
      '0.00 at 8.25 %, tax 0.01',
    ]);
  });

  it('in odd pieces comes to exactly the tax of the invoice', () => {
    // Tax 1.24 on 15.00 at 8.25 %: three credits of 5.00 give 0.41, 0.42 and 0.41 back.
    const taxed = groups(line(15, 8.25));
    let taken: RateGroup[] = [];
    const taxes: string[] = [];
    for (let piece = 0; piece < 3; piece += 1) {
      const part = creditOfAmount(taxed, taken, dollars(5));
      taxes.push(shown(taxOf(part)));
      taken = joinGroups([...taken, ...credits(part)]);
    }
    expect(taxes).toEqual(['0.41', '0.42', '0.41']);
    expect(joinGroups([...taxed, ...taken])).toEqual([{ rate: 82_500, base: 0, tax: 0 }]);
  });
});
