import { expect, test } from 'vitest';
import { openBook, type Ask } from '../../support/answers.ts';
import { BILL, roof } from '../../support/roof.ts';
import { expectHelpful, expectPlain } from '../../support/words.ts';

/** Issued and late, void, draft, and another customer's with tax. */
async function four(ask: Ask): Promise<void> {
  await roof(ask);
  await ask('create-invoice', { job: 'J-1', lines: BILL, issuedOn: '2026-01-15' });
  await ask('create-invoice', { job: 'J-1', lines: BILL, issuedOn: '2026-02-01' });
  await ask('update-invoice', { invoice: 'INV-1002', status: 'void', voidReason: 'billed twice' });
  await ask('create-invoice', {
    customer: 'C-1',
    draft: true,
    lines: [{ description: 'Inspection', quantity: 1, unitPrice: 120 }],
  });
  await ask('create-customer', { name: 'Marcus Oyelaran' });
  await ask('create-invoice', {
    customer: 'C-2',
    lines: [{ description: 'Gutters', quantity: 1, unitPrice: 1000, taxRatePercent: 8.25 }],
  });
}

test('all invoices newest first; totals count issued ones alone, tax included', async () => {
  const book = await openBook();
  await four(book.ok);
  const { answer, text } = await book.both('list-invoices');
  expect(answer.invoices.map(({ ref, status, balance, overdue }) => [ref, status, balance, overdue])).toEqual([
    ['INV-1003', 'issued', '1082.50', false],
    ['DRAFT-3', 'draft', '0.00', false],
    ['INV-1002', 'void', '0.00', false],
    ['INV-1001', 'issued', '10800.00', true],
  ]);
  expect(answer).toMatchObject({ count: 4, currency: 'USD', totalIssued: '11882.50', totalOverdue: '10800.00' });
  expect(answer).toMatchObject({ totalTax: '82.50', totalPaid: '0.00' });
  expectPlain(text, 900);
  expect(text).toMatch(/^4 invoices, issued 11882\.50 USD, 82\.50 of it tax, 0\.00 paid, .*10800\.00 of it overdue:/);
  expect(text).toContain('OVERDUE');
  expect(text).toMatch(/^- INV-1001: .*OVERDUE, Dana Henderson, on J-1 Roof replacement$/m);
});

const FILTERS = [
  [{ status: 'issued' }, ['INV-1003', 'INV-1001'], '11882.50'],
  [{ status: 'void' }, ['INV-1002'], '0.00'],
  [{ status: 'draft' }, ['DRAFT-3'], '0.00'],
  [{ overdue: true }, ['INV-1001'], '10800.00'],
  [{ overdue: true, status: 'issued' }, ['INV-1001'], '10800.00'],
  [{ customer: 'Marcus' }, ['INV-1003'], '1082.50'],
  [{ job: 'roof' }, ['INV-1002', 'INV-1001'], '10800.00'],
  [{ from: '2026-01-15', to: '2026-01-31' }, ['INV-1001'], '10800.00'],
  [{ from: '2026-01-16' }, ['INV-1003', 'INV-1002'], '1082.50'],
  [{ query: 'oyelaran' }, ['INV-1003'], '1082.50'],
] as const;

test('each filter finds the invoices meant, and its totals are of those alone', async () => {
  const book = await openBook();
  await four(book.ok);
  for (const [filter, refs, issued] of FILTERS) {
    const { invoices, count, totalIssued } = await book.ok('list-invoices', filter);
    expect(
      invoices.map((invoice) => invoice.ref),
      JSON.stringify(filter),
    ).toEqual(refs);
    expect({ count, totalIssued }, JSON.stringify(filter)).toEqual({ count: refs.length, totalIssued: issued });
  }
});

test('pages; the totals stay those of all', async () => {
  const book = await openBook();
  await four(book.ok);
  const first = await book.both('list-invoices', { limit: 3 });
  expect(first.answer.totalIssued).toBe('11882.50');
  expect(first.text).toContain(`3 shown of 4; the rest with cursor "${first.answer.nextCursor}".`);
  const rest = await book.ok('list-invoices', { limit: 3, cursor: first.answer.nextCursor });
  expect(rest.invoices.map((invoice) => invoice.ref)).toEqual(['INV-1001']);
  expect(rest.totalIssued).toBe('11882.50');
});

test.each([
  [{ overdue: true, status: 'void' }, /^status: only issued invoices can be overdue/],
  [{ from: 'last month' }, /^from: "last month" is not a date/],
  [{ status: 'paid' }, /^status: "paid" is not one of the choices. Use draft, issued, void/],
  [{ job: 'J-9' }, /^job: no job matches "J-9"/],
])('%o is refused', async (args, words) => {
  const book = await openBook();
  const error = await book.error('list-invoices', args);
  expectHelpful(error);
  expect(error).toMatch(words);
  expect(await book.text('list-invoices')).toBe('No invoices match.');
});

test('totals say when they include samples', async () => {
  const book = await openBook({ samples: true });
  const { answer, text } = await book.both('list-invoices');
  expect(answer.includesSamples).toBe(true);
  expect(text).toMatch(/^\d+ invoices, samples included, issued /);
  await book.ok('update-account', { removeSamples: true });
  await book.ok('create-customer', { name: 'Dana Henderson' });
  await book.ok('create-invoice', { customer: 'C-1', lines: [{ description: 'Repair', quantity: 1, unitPrice: 480 }] });
  const own = await book.both('list-invoices');
  expect(own.answer.includesSamples).toBe(false);
  expect(own.text).toMatch(/^1 invoice, issued 480\.00 USD/);
});

test('of a bill that was credited in part and not paid, every list says what is still open', async () => {
  const book = await openBook();
  await four(book.ok);
  await book.ok('create-invoice', { creditFor: 'INV-1003', amount: 400 });
  await book.ok('create-invoice', { creditFor: 'INV-1001', amount: 800, billAgain: false });
  const open = 'INV-1003: issued, 1082.50 (1000.00 + tax 82.50), issued 2026-03-10, 649.50 still open, due';
  expect(await book.text('list-invoices')).toContain(open);
  expect(await book.text('get-customer', { customer: 'C-2' })).toContain(open);
  expect(await book.text('get-job', { job: 'J-1' })).toContain(
    'INV-1001: issued, 10800.00, issued 2026-01-15, 10000.00 still open, due',
  );
});
