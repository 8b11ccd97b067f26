import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  amount,
  distribute,
  extend,
  LARGEST_AMOUNT,
  parseAmount,
  parseQuantity,
  price,
  type Price,
  quantity,
  sum,
  sumUp,
  taxOn,
  taxRate,
  text,
  total,
} from '../../src/domain/money.ts';
import { Problem } from '../../src/domain/errors.ts';
import { problemForModel } from '../../src/printers/in-words.ts';

const CASES = 20_000;
const currency = fc.constantFrom('USD', 'EUR', 'JPY', 'KWD', 'CLF');
const minor = fc.integer({ min: -LARGEST_AMOUNT, max: LARGEST_AMOUNT });

/** Twice the distance between a rounded value and the exact fraction top/bottom: at most bottom for a right rounding. */
const twiceOff = (rounded: bigint, top: bigint, bottom: bigint) => {
  const off = 2n * (rounded * bottom - top);
  return off < 0n ? -off : off;
};

/** The amount in minor units, or that it was refused in words of a sensible length. */
function reading(spoken: number | string, code = 'USD'): number | 'refused' {
  try {
    return parseAmount(spoken, 'amount', code, { sign: 'any' });
  } catch (error) {
    if (error instanceof Problem && problemForModel(error).length < 400) return 'refused';
    throw error;
  }
}

function added(amounts: readonly Price[]): bigint | 'refused' {
  try {
    return BigInt(sum(amounts));
  } catch (error) {
    if (error instanceof Problem) return 'refused';
    throw error;
  }
}

describe('sums', () => {
  const large = fc.array(fc.integer({ min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }), { maxLength: 8 });

  it('are exact at any size, whatever the order, or refused in words', () => {
    fc.assert(
      fc.property(large, (minors) => {
        const exact = minors.reduce((sofar, each) => sofar + BigInt(each), 0n);
        const amounts = minors.map((each) => price(each));
        expect(sumUp(amounts)).toBe(exact);
        expect(sumUp([sumUp(amounts), ...amounts])).toBe(2n * exact);
        const holds = exact <= BigInt(Number.MAX_SAFE_INTEGER) && exact >= BigInt(Number.MIN_SAFE_INTEGER);
        for (const some of [amounts, amounts.toReversed()]) expect(added(some)).toBe(holds ? exact : 'refused');
        expect(text(total<'price'>(exact), 'JPY')).toBe(String(exact));
      }),
      { numRuns: CASES },
    );
  });
});

describe('money', () => {
  it('what is shown reads back as what it was', () => {
    fc.assert(
      fc.property(minor, currency, (cents, code) => {
        const shown = text(amount(cents), code);
        const isPlain = /^-?\d+(\.\d+)?$/.test(shown);
        expect([isPlain, parseAmount(shown, 'amount', code, { sign: 'any' })]).toEqual([true, cents]);
      }),
      { numRuns: CASES },
    );
  });

  it('a JSON number means the same as the digits it is written with', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.integer({ min: -1e12, max: 1e12 }).map((cents) => cents / 100),
          fc.double(),
        ),
        (number) => {
          const written = String(number);
          const read = reading(number);
          expect(read).toBe(/^-?\d+(\.\d+)?$/.test(written) ? reading(written) : 'refused');
          expect(read === 'refused' || read / 100 === number).toBe(true);
        },
      ),
      { numRuns: 5000 },
    );
  });

  it('whatever text is given is read exactly or refused in words, never rounded and never a crash', () => {
    const spoken = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'0123456789.,-+eE $x_ '.split('')) }),
      fc.string(),
      fc.string({ unit: 'binary', maxLength: 6 }),
    );
    fc.assert(
      fc.property(spoken, currency, (words, code) => {
        const read = reading(words, code);
        const isExact =
          read !== 'refused' && Number.isSafeInteger(read) && Number(text(amount(read), code)) === Number(words);
        expect(read === 'refused' || isExact).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('a split adds up exactly, and each share is within one unit of its part', () => {
    const weights = fc
      .array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 12 })
      .filter((parts) => parts.some((part) => part > 0));
    fc.assert(
      fc.property(minor, weights, (total, parts) => {
        const shares = distribute(price(total), parts);
        const whole = parts.reduce((left, right) => left + right, 0);
        const isFair = (share: number, index: number) => {
          const off = BigInt(share) * BigInt(whole) - BigInt(total) * BigInt(parts[index] ?? 0);
          const isWithinOne = off > -BigInt(whole) && off < BigInt(whole);
          return isWithinOne && !Object.is(share, -0) && (share === 0 || Math.sign(share) === Math.sign(total));
        };
        expect([sum(shares), shares.length, shares.every(isFair)]).toEqual([total, parts.length, true]);
      }),
      { numRuns: CASES },
    );
  });

  it('quantity × price is the nearest unit, halves away from zero, and symmetric', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -10_000_000, max: 10_000_000 }),
        fc.integer({ min: -1e9, max: 1e9 }),
        (count, each) => {
          const product = extend(quantity(count), price(each));
          const exact = BigInt(count) * BigInt(each);
          const off = twiceOff(BigInt(product), exact, 10_000n);
          const isAwayFromZero = BigInt(product) * BigInt(product) * 100_000_000n > exact * exact;
          const isNearest = off < 10_000n || (off === 10_000n && isAwayFromZero);
          const mirrored = [extend(quantity(-count), price(each)), extend(quantity(count), price(-each))];
          expect([isNearest, ...mirrored]).toEqual([true, -product + 0, -product + 0]);
        },
      ),
      { numRuns: CASES },
    );
  });

  it('a whole quantity never rounds', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: -1e9, max: 1e9 }), (count, each) => {
        expect(extend(parseQuantity(count, 'quantity'), price(each))).toBe(count * each + 0);
      }),
      { numRuns: 1000 },
    );
  });

  it('tax is the nearest unit of its base', () => {
    fc.assert(
      fc.property(minor, fc.integer({ min: 0, max: 1_000_000 }), (base, rate) => {
        const tax = taxOn(price(base), taxRate(rate));
        expect(twiceOff(BigInt(tax), BigInt(base) * BigInt(rate), 1_000_000n) <= 1_000_000n).toBe(true);
        expect(Math.abs(tax)).toBeLessThanOrEqual(Math.abs(base));
      }),
      { numRuns: 5000 },
    );
  });
});
