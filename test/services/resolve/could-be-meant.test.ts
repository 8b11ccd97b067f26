// Words that fit several records mean the one that the call can be about, and who has to say which is told them apart.
import { expect, test } from 'vitest';
import { openBook } from '../../support/answers.ts';

/** Dana has two bills, one of them paid, and a quote that was revised before it was accepted. */
async function danasBills() {
  const book = await openBook();
  await book.ok('create-job', { newCustomer: { name: 'Dana Henderson' }, name: 'Roof' });
  const lines = (unitPrice: number) => [{ description: 'Work', quantity: 1, unitPrice }];
  await book.ok('create-quote', { job: 'J-1', title: 'Tear-off', status: 'sent', lines: lines(900) });
  await book.ok('create-quote', { revises: 'Q-1', title: 'Tear-off', status: 'accepted', lines: lines(1000) });
  for (const price of [100, 250])
    await book.ok('create-invoice', { job: 'J-1', kind: 'standard', lines: lines(price) });
  await book.ok('record-payment', { invoice: 'INV-1001', amount: 100 });
  return book;
}

test('money comes in on the bill that is open, and goes back on the one that was paid', async () => {
  const book = await danasBills();
  const refund = await book.ok('record-payment', { invoice: 'Henderson', amount: 40, refund: true });
  expect(refund.invoice.ref).toBe('INV-1001');
  await book.ok('update-invoice', { invoice: 'INV-1002', status: 'void', voidReason: 'Not done yet.' });
  // What was given back of the first is open again, and a void bill is no bill.
  expect((await book.ok('record-payment', { invoice: 'Henderson', amount: 10 })).invoice.ref).toBe('INV-1001');
});

test('a contract is billed, and not the quote that its revision took the place of', async () => {
  const book = await danasBills();
  const { invoice } = await book.ok('create-invoice', { fromQuote: { quote: 'tear-off', percent: 10 } });
  expect(invoice).toMatchObject({ kind: 'deposit', subtotal: '100.00' });
});

test('where several can be meant, those alone are named, with amount, balance, state and day', async () => {
  const book = await danasBills();
  await book.ok('create-invoice', {
    ...{ job: 'J-1', kind: 'standard', lines: [{ description: 'Vent', quantity: 1, unitPrice: 75 }] },
  });
  const { issuedOn } = (await book.ok('get-invoice', { invoice: 'INV-1002' })).invoice;
  await book.ok('record-payment', { invoice: 'INV-1002', amount: 50 });
  expect(await book.error('record-payment', { invoice: 'Henderson', amount: 10 })).toBe(
    'invoice: "Henderson" could be any of these:\n' +
      `- INV-1003 Roof, Dana Henderson, issued, unpaid, 75.00 USD, ${issuedOn}\n` +
      `- INV-1002 Roof, Dana Henderson, issued, partly paid, 250.00 USD, 200.00 USD unpaid, ${issuedOn}\n` +
      'Say which by its number.',
  );
  expect(await book.error('get-invoice', { invoice: 'Henderson' })).toContain(
    `- INV-1001 Roof, Dana Henderson, issued, paid, 100.00 USD, ${issuedOn}\n`,
  );
});

test('a list is asked by a number as people say it', async () => {
  const book = await danasBills();
  const listed = async (query: string) =>
    (await book.ok('list-invoices', { query })).invoices.map(({ ref }: { ref: string }) => ref);
  for (const said of ['1002', '1,002', 'INV 1002', 'INV-1,002', '#1002', 'invoice 1002'])
    expect([said, await listed(said)]).toEqual([said, ['INV-1002']]);
  expect(await listed('INV-7')).toEqual([]);
  expect((await book.ok('list-quotes', { query: 'q2' })).quotes.map(({ ref }: { ref: string }) => ref)).toEqual([
    'Q-2',
  ]);
  expect((await book.ok('list-jobs', { query: '1' })).jobs).toHaveLength(1);
});

test('where a record stands is told, also where a name has the same letters', async () => {
  const book = await openBook();
  await book.ok('create-customer', { name: 'Prepaid Homes' });
  const lines = [{ description: 'Work', quantity: 1, unitPrice: 75 }];
  for (const name of ['Deck', 'Fence']) {
    await book.ok('create-job', { customer: 'C-1', name });
    await book.ok('create-invoice', { job: name, lines });
  }
  await book.ok('record-payment', { invoice: 'INV-1001', amount: 75 });
  const error = await book.error('get-invoice', { invoice: 'Prepaid' });
  expect(error).toContain('- INV-1001 Deck, Prepaid Homes, issued, paid, 75.00 USD, ');
  expect(error).toContain('- INV-1002 Fence, Prepaid Homes, issued, unpaid, 75.00 USD, ');
});

test('what the title says of its day and its state is not said twice', async () => {
  const book = await openBook({ now: () => '2026-03-10T15:00:00.000Z' });
  await book.ok('create-job', { newCustomer: { name: 'Dana Henderson' }, name: 'Roof repair' });
  await book.ok('create-job', { customer: 'C-1', name: 'Roof gutters', startsOn: '2026-03-12' });
  await book.ok('schedule-appointment', { job: 'J-1', title: 'Roof look', starts: '2026-03-11T08:00' });
  await book.ok('schedule-appointment', { job: 'J-1', title: 'Roof talk', starts: '2026-03-12T08:00' });
  expect(await book.error('get-job', { job: 'roof' })).toContain(
    '\n- J-2 Roof gutters, Dana Henderson, open, 2026-03-12\n- J-1 Roof repair, Dana Henderson, open\n',
  );
  expect(await book.error('update-appointment', { appointment: 'roof', status: 'done' })).toContain(
    '- A-1 Roof look, Dana Henderson, Wed 2026-03-11 08:00–09:00, scheduled\n',
  );
});
