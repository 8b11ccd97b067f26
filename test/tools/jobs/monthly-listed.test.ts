// What comes every month stands beside a list of overhead only where it is what is asked for.
import { expect, test } from 'vitest';
import { openBook } from '../../support/answers.ts';
import { madeOnce } from '../../support/made-once.ts';

/** On 10 March: a phone of the fifth since January, rent of the first since May last year until June, and cover from May on. */
const openMonthly = madeOnce(async () => {
  const book = await openBook();
  await book.ok('create-customer', { name: 'Dana Henderson' });
  await book.ok('create-job', { customer: 'C-1', name: 'Roof' });
  const monthly = { overhead: true, monthly: true };
  await book.ok('add-expenses', {
    expenses: [
      { ...monthly, description: 'Phone', amount: 89, category: 'other', vendor: 'Telco', spentOn: '2026-01-05' },
      {
        ...{ ...monthly, description: 'Yard rent', amount: 700, category: 'equipment', vendor: 'Oak Storage' },
        ...{ spentOn: '2025-05-01', until: '2026-06-01' },
      },
    ],
  });
  await book.ok('add-expenses', {
    expenses: [{ overhead: true, description: 'Paper', amount: 12, category: 'other', vendor: 'Staples' }],
  });
  return book;
});

const NONE = new Set();

test('words, a vendor, a kind of cost and days pick what comes every month as they pick what was spent', async () => {
  const book = await openMonthly();
  const listed = async (args: object) => {
    const { answer, text } = await book.both('list-expenses', { overhead: true, ...args });
    const refs = new Set(answer.monthly?.map(({ ref }) => ref));
    expect(new Set([...text.matchAll(/^- (M-\d+)/gm)].map(([, ref]) => ref))).toEqual(refs);
    return refs;
  };
  expect(await listed({})).toEqual(new Set(['M-1', 'M-2']));
  expect(await listed({ vendor: 'Telco' })).toEqual(new Set(['M-1']));
  expect(await listed({ vendor: 'Staples' })).toEqual(NONE);
  expect(await listed({ category: 'equipment' })).toEqual(new Set(['M-2']));
  expect(await listed({ category: 'materials' })).toEqual(NONE);
  expect(await listed({ query: 'rent' })).toEqual(new Set(['M-2']));
  expect(await listed({ query: 'paper' })).toEqual(NONE);
  expect(await listed({ hasReceipt: true })).toEqual(NONE);
  expect(await listed({ hasReceipt: false })).toEqual(new Set(['M-1', 'M-2']));
  expect(await listed({ covering: true })).toEqual(NONE);
  expect(await listed({ job: 'J-1' })).toEqual(NONE);
  expect(await listed({ customer: 'C-1' })).toEqual(NONE);
  // What came in the days, or comes in them.
  expect(await listed({ from: '2025-12-01', to: '2025-12-31' })).toEqual(new Set(['M-2']));
  expect(await listed({ from: '2026-01-01', to: '2026-01-31' })).toEqual(new Set(['M-1', 'M-2']));
  expect(await listed({ from: '2026-03-06', to: '2026-03-31' })).toEqual(NONE);
  expect(await listed({ from: '2026-06-02' })).toEqual(new Set(['M-1']));
  expect(await listed({ to: '2025-04-30' })).toEqual(NONE);
  expect(await listed({ by: 'month', category: 'equipment' })).toEqual(new Set(['M-2']));
});

test('a vendor who is paid every month but was not paid yet is known', async () => {
  const book = await openMonthly();
  await book.ok('add-expenses', {
    expenses: [
      {
        ...{ overhead: true, monthly: true, description: 'Cover', amount: 60, category: 'other' },
        ...{ vendor: 'Granite Mutual', spentOn: '2026-05-01' },
      },
    ],
  });
  const { answer, text } = await book.both('list-expenses', { overhead: true, vendor: 'granite' });
  expect(answer.monthly).toMatchObject([{ description: 'Cover' }]);
  expect(answer.warnings).toBeUndefined();
  expect(text).toMatch(/^No expenses match\.\n- M-3 Cover: 60\.00 every month/);
});
