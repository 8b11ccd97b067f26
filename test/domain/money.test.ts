import { describe, expect, it } from 'vitest';
import {
  type AmountRule,
  amount,
  distribute,
  divideRounded,
  exponentOf,
  extend,
  fromTenThousandths,
  isCurrency,
  LARGEST_AMOUNT,
  parseAmount,
  parseQuantity,
  parseTaxRate,
  price,
  type AmountInput,
  sum,
  taxOn,
  text,
} from '../../src/domain/money.ts';
import { refusal } from '../support/refusal.ts';

type Reading = { readonly currency?: string; readonly sign?: AmountRule['sign'] };

const cents = (spoken: AmountInput, sign: AmountRule['sign'] = 'not_negative') =>
  parseAmount(spoken, 'amount', 'USD', { sign });
const refused = (spoken: AmountInput, { currency = 'USD', sign = 'not_negative' }: Reading = {}) =>
  refusal(() => parseAmount(spoken, 'amount', currency, { sign }));

describe('an amount as people write it', () => {
  it.each([
    [420, 42_000],
    ['420', 42_000],
    ['420.5', 42_050],
    ['420.50', 42_050],
    ['420.5000', 42_050],
    [' 420 ', 42_000],
    ['0', 0],
    ['00420', 42_000],
    [420.05, 42_005],
    [1e9, 100_000_000_000],
    [1.1e3, 110_000],
    [-0, 0],
    ['-0', 0],
    [4.35, 435],
    [1.005e2, 10_050],
    ['10000000000.00', LARGEST_AMOUNT],
  ])('%j is %d cents', (spoken, expected) => {
    expect(cents(spoken)).toBe(expected);
    expect(Object.is(cents(spoken), -0)).toBe(false);
  });

  it.each([
    '4,200',
    '1e9',
    '$4.2k',
    '$420',
    '420 USD',
    '٤٢٠',
    '４２０',
    '0x10',
    '',
    ' ',
    '+5',
    'Infinity',
    '-Infinity',
    'NaN',
    '.5',
    '5.',
    '1.2.3',
    '1 000',
    '1_000',
    '1’000',
    '4200,50',
    '−5',
    '--5',
    '5-',
    '(5)',
    'four hundred',
    '1/2',
    'null',
    '420\n1',
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ])('%j is no plain amount, and the answer shows the right form', (spoken) => {
    expect(refused(spoken, { sign: 'any' })).toMatch(
      /^amount: ".*" is not a plain amount\. Write it as a plain number in USD, like 4200 or "4200\.50"/,
    );
  });

  it.each(['420.005', 420.005, 0.1 + 0.2, 1e-7, -1e-7, 1e-25, 5e-324, '0.001'])(
    '%j has more decimals than dollars have: refused, never rounded',
    (spoken) => {
      expect(refused(spoken, { sign: 'any' })).toMatch(/^amount: ".*" has more decimals than USD has \(2\)\. Write it/);
    },
  );

  it.each([1e30, 1e21, 1e300, 2 ** 80, Number.MAX_VALUE, -1e30, 1e15, '10000000000.01', '9'.repeat(29)])(
    '%j is larger than any amount here, or no amount at all',
    (spoken) => {
      expect(refused(spoken, { sign: 'any' })).toMatch(
        /is too large\. The limit is 10000000000\.00 USD|not a plain amount/,
      );
    },
  );

  it('a number is judged by its value, a string by its form', () => {
    expect(cents(1e9)).toBe(100_000_000_000);
    expect(refused('1e9')).toContain('no exponent');
  });

  it('a payment of less than nothing is refused, and where something must be paid so is nothing', () => {
    expect(refused(-50)).toContain('"-50" must not be negative');
    expect(refused('-0.01')).toContain('must not be negative');
    expect(refused(0, { sign: 'positive' })).toContain('must be above 0');
    expect(refused(-50, { sign: 'positive' })).toContain('must be above 0');
    expect(refused('-0', { sign: 'positive' })).toContain('must be above 0');
    expect(cents('-50', 'any')).toBe(-5000);
    expect(cents('0.01', 'positive')).toBe(1);
  });

  it('yen have no decimals, dinars three', () => {
    expect(parseAmount('4200', 'amount', 'JPY')).toBe(4200);
    expect(parseAmount('4200.0', 'amount', 'JPY')).toBe(4200);
    expect(refused('4200.5', { currency: 'JPY' })).toBe(
      'amount: "4200.5" has more decimals than JPY has (0). Write it as a plain number in JPY, like 4200 or "4200".',
    );
    expect(parseAmount('4.205', 'amount', 'KWD')).toBe(4205);
    expect(refused('4.2055', { currency: 'KWD' })).toContain('has more decimals than KWD has (3)');
    expect(refused('x', { currency: 'KWD' })).toContain('like 4200 or "4200.500"');
  });

  it('an error repeats little of what was written, on one line', () => {
    const message = refused(`9\n${'9'.repeat(5000)}`);
    expect(message.length).toBeLessThan(300);
    expect(message).not.toContain('\n');
  });
});

describe('an amount as it is shown', () => {
  it('has all decimals of its currency and nothing else', () => {
    expect(text(price(421_050), 'USD')).toBe('4210.50');
    expect(text(price(5), 'USD')).toBe('0.05');
    expect(text(price(-5), 'USD')).toBe('-0.05');
    expect(text(price(-123_456), 'EUR')).toBe('-1234.56');
    expect(text(price(0), 'USD')).toBe('0.00');
    expect(text(price(421_050), 'JPY')).toBe('421050');
    expect(text(price(7), 'KWD')).toBe('0.007');
    expect(text(price(LARGEST_AMOUNT), 'USD')).toBe('10000000000.00');
  });

  it('every currency in use has the decimals that ISO 4217 gives it', () => {
    expect(['USD', 'JPY', 'KWD', 'CLF', 'ISK', 'BHD', 'EUR'].map(exponentOf)).toEqual([2, 0, 3, 4, 0, 3, 2]);
    expect(['USD', 'EUR', 'JPY'].every(isCurrency)).toBe(true);
    expect(['US', 'usd', 'XYZ', '', 'DOLLAR'].some(isCurrency)).toBe(false);
  });
});

describe('quantities and tax rates', () => {
  it('have at most four decimals', () => {
    expect(parseQuantity(24, 'quantity')).toBe(240_000);
    expect(parseQuantity('0.333', 'quantity')).toBe(3330);
    expect(parseQuantity(-1.5, 'quantity')).toBe(-15_000);
    expect(fromTenThousandths(parseQuantity('0.333', 'quantity'))).toBe(0.333);
    expect(refusal(() => parseQuantity('0.00001', 'lines[0].quantity'))).toMatch(
      /^lines\[0\]\.quantity: "0\.00001" has more than 4 decimals/,
    );
    expect(refusal(() => parseQuantity('1e3', 'quantity'))).toContain('is not a quantity');
    expect(refusal(() => parseQuantity(1_000_001, 'quantity'))).toContain('too large. The limit is 1000000');
    expect(refusal(() => parseQuantity(-1e30, 'quantity'))).toMatch(/too large|not a quantity/);
  });

  it('a tax rate is a percentage from 0 to 100', () => {
    expect(parseTaxRate(8.25, 'taxRatePercent')).toBe(82_500);
    expect(parseTaxRate('0', 'taxRatePercent')).toBe(0);
    expect(parseTaxRate(100, 'taxRatePercent')).toBe(1_000_000);
    expect(refusal(() => parseTaxRate(-1, 'taxRatePercent'))).toContain('must not be negative');
    expect(refusal(() => parseTaxRate(100.1, 'taxRatePercent'))).toContain('The limit is 100');
    expect(refusal(() => parseTaxRate('8.25%', 'taxRatePercent'))).toContain('not a tax rate in percent');
  });
});

describe('arithmetic', () => {
  const times = (quantity: AmountInput, each: AmountInput) =>
    extend(parseQuantity(quantity, 'quantity'), cents(each, 'any'));

  it('rounds a line half away from zero', () => {
    expect(times('0.333', '10.01')).toBe(333);
    expect(times('0.5', '0.01')).toBe(1);
    expect(times('-0.5', '0.01')).toBe(-1);
    expect(times('0.5', '-0.01')).toBe(-1);
    expect(times('0.4999', '0.01')).toBe(0);
    expect(Object.is(times('-0.4999', '0.01'), -0)).toBe(false);
    expect(times('1.5', '0.03')).toBe(5);
    expect(times('2.5', '0.01')).toBe(3);
    expect(times(1_000_000, 10_000_000)).toBe(1_000_000_000_000_000);
  });

  it('is exact where doubles are not', () => {
    expect(times('1.005', '100.00')).toBe(10_050);
    expect(times('0.0001', '10000000000')).toBe(100_000_000);
    expect(times('0.0035', '1.00')).toBe(0);
    expect(times('0.0050', '1.00')).toBe(1);
  });

  it('tax is rounded half away from zero', () => {
    expect(taxOn(price(1_080_000), parseTaxRate(8.25, 'r'))).toBe(89_100);
    expect(taxOn(price(10), parseTaxRate(5, 'r'))).toBe(1);
    expect(taxOn(price(-10), parseTaxRate(5, 'r'))).toBe(-1);
    expect(taxOn(price(9), parseTaxRate(5, 'r'))).toBe(0);
    expect(Object.is(taxOn(price(-9), parseTaxRate(5, 'r')), -0)).toBe(false);
  });

  it('divides half away from zero in all four quarters', () => {
    expect([divideRounded(5n, 2n), divideRounded(-5n, 2n), divideRounded(5n, -2n), divideRounded(-5n, -2n)]).toEqual([
      3n,
      -3n,
      -3n,
      3n,
    ]);
    expect([divideRounded(4n, 3n), divideRounded(-4n, 3n), divideRounded(1n, 3n)]).toEqual([1n, -1n, 0n]);
  });

  it('a split always adds up to the whole', () => {
    expect(distribute(price(50_000), [10, 5])).toEqual([33_333, 16_667]);
    expect(distribute(price(100), [1, 1, 1])).toEqual([34, 33, 33]);
    expect(distribute(price(-100), [1, 1, 1])).toEqual([-34, -33, -33]);
    expect(distribute(price(1), [1, 1])).toEqual([1, 0]);
    expect(distribute(price(5), [0, 1])).toEqual([0, 5]);
    expect(distribute(price(0), [3, 4]).some((share) => Object.is(share, -0))).toBe(false);
    expect(distribute(price(-1), [1, 0]).some((share) => Object.is(share, -0))).toBe(false);
    for (const weights of [[], [0, 0], [2, -1]]) expect(() => distribute(price(1), weights)).toThrow(RangeError);
  });

  it('an inexact amount is an error, never a sum', () => {
    expect(() => amount(0.5)).toThrow(RangeError);
    expect(() => amount(Number.NaN)).toThrow(RangeError);
    // What a write would bring beyond is refused in words: it is nobody's fault but the amounts'.
    expect(refusal(() => amount(2 ** 53))).toContain('beyond what is added up to the cent');
    expect(refusal(() => sum([price(Number.MAX_SAFE_INTEGER), price(1)]))).toContain('Check the amounts for a slip');
    expect(sum([])).toBe(0);
    expect(Object.is(amount(-0), -0)).toBe(false);
  });
});
