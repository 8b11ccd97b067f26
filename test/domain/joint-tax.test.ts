import { describe, expect, it } from 'vitest';
import { jointTax } from '../../src/domain/joint-tax.ts';
import { parseAmount, parseQuantity, parseTaxRate } from '../../src/domain/money.ts';

function paper(...lines: readonly (readonly [unitPrice: string, rate: number])[]) {
  return {
    lines: lines.map(([unitPrice, rate]) => ({
      description: 'Work',
      quantity: parseQuantity(1, 'quantity'),
      unit: null,
      unitPrice: parseAmount<'price'>(unitPrice, 'unitPrice', 'USD', { sign: 'any' }),
      taxRate: parseTaxRate(rate, 'taxRatePercent'),
    })),
  };
}

describe('the tax of several papers in one bill', () => {
  it('is that of all their lines, which may be a cent off their own taxes', () => {
    // 8.25 % of 100.06 is 8.25495, twice 8.25; of 200.12 it is 16.5099.
    expect(jointTax([paper(['100.06', 8.25]), paper(['100.06', 8.25])])).toEqual({
      together: 1651,
      apart: 1650,
      difference: 1,
    });
    // 8.25 % of 100.10 is 8.25825, twice 8.26; of 200.20 it is 16.5165.
    expect(jointTax([paper(['100.10', 8.25]), paper(['100.10', 8.25])])).toBeNull();
    // 7.5 % of 1.00 is 0.075, twice 0.08; of 2.00 it is 0.15.
    expect(jointTax([paper(['1', 7.5]), paper(['1', 7.5])])).toEqual({ together: 15, apart: 16, difference: -1 });
  });

  it('is nothing to speak of where the cents agree, or there is one paper', () => {
    expect(jointTax([paper(['100', 8.25]), paper(['200', 8.25])])).toBeNull();
    expect(jointTax([paper(['100.06', 8.25], ['100.06', 8.25])])).toBeNull();
    expect(jointTax([paper(['100.06', 8.25]), paper(['100.06', 5])])).toBeNull();
  });
});
