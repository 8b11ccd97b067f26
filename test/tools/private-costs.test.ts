// Whoever writes a cost into a customer's text is told so in the answer of that very write.
import { expect, test } from 'vitest';
import { openBook } from '../support/answers.ts';
import { BILL, roofBook, roof, SHINGLES } from '../support/roof.ts';

test('a quote whose texts tell a unit cost, its cost or its job’s is warned about, and goes through', async () => {
  const book = await roofBook();
  const lines = [{ ...SHINGLES, description: 'Shingles, our cost $280.00' }];
  const { answer, text } = await book.both('create-quote', { customer: 'C-1', lines, notes: 'Costs us 6,720 in all.' });
  const warnings = [
    'The line text "Shingles, our cost $280.00" shows the customer a private figure (Q-2 line 1). Take it out unless it is meant.',
    'The note "Costs us 6,720 in all." shows the customer a private figure (Q-2 line 1). Take it out unless it is meant.',
  ];
  expect(answer.warnings).toEqual(warnings);
  for (const warning of warnings) expect(text).toContain(`Note: ${warning}`);
  expect((await book.ok('update-quote', { quote: 'Q-2', notes: null, lines: [SHINGLES] })).warnings).toEqual([]);
  expect((await book.ok('update-quote', { quote: 'Q-2', notes: '280 each, for us' })).warnings).toHaveLength(1);
  // The price is no secret, and a number of squares is no amount.
  expect((await book.ok('update-quote', { quote: 'Q-2', notes: '24 squares at 450.00' })).warnings).toEqual([]);
});

test('an invoice is held against the costs of its job and its contract', async () => {
  const book = await roofBook();
  const [line] = BILL;
  const bill = { job: 'J-1', lines: [{ ...line, description: 'Shingles (280.00)' }] };
  expect((await book.ok('create-invoice', bill)).warnings).toContain(
    'The line text "Shingles (280.00)" shows the customer a private figure (Q-1 line 1). Take it out unless it is meant.',
  );
  await book.ok('add-job-expense', { job: 'J-1', description: 'Permit', amount: 30, category: 'permit' });
  const drafted = await book.ok('create-invoice', { job: 'J-1', lines: BILL, draft: true, notes: 'We spent 6750.' });
  expect(drafted.warnings).toContain(
    'The note "We spent 6750." shows the customer a private figure (the cost of J-1). Take it out unless it is meant.',
  );
  await book.ok('update-customer', { customer: 'C-1', address: '418 Pecan Hollow Ln (cost 280.00)' });
  const { warnings } = await book.ok('update-invoice', { invoice: drafted.invoice.ref, notes: null });
  expect(warnings.join()).toContain('The customer\'s address "... Pecan Hollow Ln (cost 280.00)" shows');
  expect(warnings.join()).not.toContain('The note');
});

test('whoever may not see costs is not told that a number is one', async () => {
  const { folder, ok } = await openBook();
  await roof(ok);
  const book = await openBook({ folder, scopes: new Set(['books:read', 'books:write']) });
  const { warnings } = await book.ok('create-invoice', { job: 'J-1', lines: BILL, notes: 'our cost 280.00' });
  expect(warnings.filter((warning) => warning.includes('private'))).toEqual([]);
});

test('a text that tells what a quote or a job makes is warned about too, as an amount or in percent', async () => {
  const book = await roofBook();
  // 10,800.00 at a cost of 6,720.00.
  const warned = async (notes: string) => (await book.ok('update-quote', { quote: 'Q-2', notes })).warnings.join();
  await book.ok('create-quote', { customer: 'C-1', lines: [SHINGLES] });
  expect(await warned('We keep 4,080.00 of it after all is paid for, which is what you asked')).toBe(
    'The note "We keep 4,080.00 of it after all is ..." shows the customer a private figure (the margin of Q-2). Take it out unless it is meant.',
  );
  expect(await warned('at 37.8 % as ever')).toContain(
    '"at 37.8 % as ever" shows the customer a private figure (the margin of Q-2)',
  );
  expect(await warned('our margin of 38% is fair')).toContain('the margin of Q-2');
  expect(await warned('38 % deposit, 30 % when we start')).toBe('');
  await book.ok('create-invoice', { job: 'J-1', lines: BILL });
  const { warnings } = await book.ok('create-invoice', {
    job: 'J-1',
    lines: [{ ...BILL[0], quantity: 1 }],
    draft: true,
    notes: 'Profit 4080',
  });
  expect(warnings.join()).toMatch(
    /The note "Profit 4080" shows the customer a private figure \(the (?:margin of Q|profit of J)-1\)/,
  );
});
