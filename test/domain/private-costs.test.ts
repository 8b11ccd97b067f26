import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAmount } from '../../src/domain/money.ts';
import { costsDescribed } from '../../src/domain/private-costs.ts';

type Asked = { readonly costs: readonly string[]; readonly prices?: readonly string[]; readonly currency?: string };

function told(text: string, { costs, prices = [], currency = 'USD' }: Asked, counts: readonly number[] = []): string[] {
  const minor = (spoken: string) => parseAmount<'cost'>(spoken, 'amount', currency);
  return costsDescribed(
    [{ what: 'note', text }],
    costs.map((each) => ({ of: 'Q-4 line 2', amount: minor(each) })),
    { printed: { amounts: new Set(prices.map(minor)), counts: new Set(counts) }, currency },
  ).map(({ excerpt }) => excerpt);
}

describe('a text that tells a private cost', () => {
  it.each([
    '280',
    '280.00',
    '280,00',
    '280.0',
    '$280',
    '$280.00',
    '$ 280',
    'USD 280',
    'usd280.00',
    '280 USD',
    '280$',
    '(280)',
    '280.',
    '280,',
    '280;',
    '3 x 280',
    'a–280',
  ])('is found as %s', (written) => {
    expect(told(`Shingles, our cost ${written}`, { costs: ['280'] })).toHaveLength(1);
  });

  it.each(['1280', '1280.00', '1,280', '1,280.00', '1.280,00', "1'280.00", '1\u00a0280,00', '1\u202f280', '$1,280.00'])(
    'is found with its thousands as %s',
    (written) => {
      expect(told(written, { costs: ['1280'] })).toHaveLength(1);
    },
  );

  it('is found in a currency without decimals, and in one with three', () => {
    expect(told('¥1,280', { costs: ['1280'], currency: 'JPY' })).toHaveLength(1);
    expect(told('1.280', { costs: ['1280'], currency: 'KWD' })).toHaveLength(1);
    expect(told('1.280', { costs: ['1.280'], currency: 'KWD' })).toHaveLength(1);
  });

  it.each([
    '281',
    '1280',
    '280.01',
    '2800',
    'Q-280',
    'INV-280',
    '#280',
    '280/2',
    '280-300',
    '2026-02-80 at 280:15',
    '280 %',
    '280%',
    '280mm',
    '280-gallon tank',
    'R280',
    '512-280-0143',
    '1,280',
  ])('is not seen in %s', (text) => {
    expect(told(text, { costs: ['280'] })).toEqual([]);
  });

  it('is not seen where the amount is a price of the document, counts its things, or is a small count', () => {
    expect(told('450.00 each', { costs: ['450'], prices: ['450'] })).toEqual([]);
    expect(told('24 squares', { costs: ['24'] }, [24])).toEqual([]);
    expect(told('24.00 a square', { costs: ['24'] }, [24])).toHaveLength(1);
    expect(told('2 coats', { costs: ['2'] })).toEqual([]);
    expect(told('$2 a coat', { costs: ['2'] })).toHaveLength(1);
    expect(told('0.00 and 0', { costs: ['0'] })).toEqual([]);
  });

  it('is found as every country of dollars, francs and euros writes it', () => {
    const locales = ['en-US', 'de-DE', 'de-CH', 'fr-FR', 'en-IN', 'es-MX'].map(
      (locale) => (minor: number) =>
        new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD' }).format(minor / 100),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999 }), fc.constantFrom(...locales), (minor, write) => {
        const written = write(minor);
        expect(told(`It costs us ${written}.`, { costs: [(minor / 100).toFixed(2)] }), written).toHaveLength(1);
      }),
    );
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => void told(text, { costs: ['280'] })));
  });

  it('is named once, by the words before its first amount', () => {
    const text = 'Architectural shingles as agreed on Monday, our cost 280.00 of 280.00';
    expect(told(text, { costs: ['280'] })).toEqual(['... on Monday, our cost 280.00 of 280.00']);
    expect(told('280.00', { costs: ['280', '280'] })).toEqual(['280.00']);
  });
});
