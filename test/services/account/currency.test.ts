// Amounts are minor units of the currency: wherever a real one is written, the currency stays, and by no undo it becomes another.
import { expect, test } from 'vitest';
import { KINDS, type Kind } from '../../../src/kinds/index.ts';
import type { TypedBook } from '../../support/answers.ts';
import { BILL, danaBook, SHINGLES } from '../../support/roof.ts';

/** Every kind of record that holds money, with what puts a real one into a book of a customer and a job. */
const HOLDS: Readonly<Partial<Record<Kind, (book: TypedBook) => Promise<unknown>>>> = {
  quote: async ({ ok }) => await ok('create-quote', { job: 'J-1', lines: [SHINGLES] }),
  invoice: async ({ ok }) => await ok('create-invoice', { customer: 'C-1', lines: BILL, draft: true }),
  expense: async ({ ok }) =>
    await ok('add-expenses', { expenses: [{ overhead: true, description: 'Rent', amount: 90, category: 'other' }] }),
  monthly_expense: async ({ ok }) =>
    await ok('add-expenses', {
      expenses: [{ description: 'Phone', amount: 89, category: 'other', monthly: true, spentOn: '2026-03-20' }],
    }),
  payment: async ({ ok }) => {
    await ok('create-invoice', { customer: 'C-1', lines: BILL });
    await ok('record-payment', { invoice: 'INV-1001', amount: 5 });
  },
};

const isMoney = ({ form }: { readonly form: string }) => form === 'money';
const holdsMoney = ({ columns }: { readonly columns: object }) => Object.values(columns).some(isMoney);

test('a kind holds money where one of its columns does', () => {
  const holding = KINDS.filter((kind) => [kind, ...Object.values(kind.parts)].some(holdsMoney));
  expect(holding.map(({ kind }): string => kind).sort()).toEqual(Object.keys(HOLDS).sort());
});

const MAKING = Object.entries(HOLDS).map(([kind, make]) => ({ kind, make }));

test.each(MAKING)('$kind keeps the currency, also where it would come back by an undo', async ({ kind, make }) => {
  const book = await danaBook();
  await book.ok('create-job', { customer: 'C-1', name: 'Roof' });
  await book.ok('update-account', { currency: 'EUR' });
  await make(book);
  const words = kind.replace('_', ' ');
  expect(await book.error('update-account', { currency: 'JPY' })).toMatch(
    new RegExp(`^currency: these books hold money in EUR already \\(.*\\b1 ${words}\\b`),
  );
  expect(await book.error('undo-change', { change: 3 })).toMatch(
    new RegExp(`the currency is fixed once money is recorded:\\n- .*\\b1 ${words}\\b.* in EUR`),
  );
});

test('what is taken back stays away where the currency became another since', async () => {
  const book = await danaBook();
  await book.ok('create-job', { customer: 'C-1', name: 'Roof' });
  for (const kind of ['quote', 'expense', 'monthly_expense'] as const) {
    await HOLDS[kind]?.(book);
    const { change } = await book.ok('undo-change');
    await book.ok('update-account', { currency: 'JPY' });
    expect([kind, await book.error('undo-change', { change })]).toEqual([
      kind,
      expect.stringContaining('its amounts are in the currency of before'),
    ]);
    await book.ok('update-account', { currency: 'USD' });
  }
});
