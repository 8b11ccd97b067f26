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

/** Maria has had many quotes: five that she accepted lately, two that lie with her, a draft, and one that she did not want. */
async function mariasQuotes() {
  const book = await openBook();
  await book.ok('create-customer', { name: 'Maria Lopez' });
  const lines = [{ description: 'Work', quantity: 1, unitPrice: 75 }];
  const quote = async (title: string, status: string) =>
    await book.ok('create-quote', { customer: 'C-1', title, status, lines });
  for (const title of ['Deck', 'Fence']) await quote(title, 'sent');
  await quote('Shed', 'declined');
  await quote('Pergola', 'draft');
  for (const title of ['Gate', 'Steps', 'Porch', 'Rail', 'Ramp']) await quote(title, 'accepted');
  const named = (error: string) => error.match(/^- Q-\d+/gm)?.map((each) => each.slice(2));
  return { ...book, named };
}

test('"Maria Lopez signed": what she can have signed was sent to her, and the draft comes after', async () => {
  const book = await mariasQuotes();
  for (const status of ['accepted', 'declined'])
    expect(book.named(await book.error('update-quote', { quote: 'Maria Lopez', status }))).toEqual([
      'Q-2',
      'Q-1',
      'Q-4',
    ]);
});

test('what goes out is a draft, what is edited is open, what is done or billed was accepted', async () => {
  const book = await mariasQuotes();
  const lines = [{ description: 'Work', quantity: 1, unitPrice: 80 }];
  const edited = await book.error('update-quote', { quote: 'Lopez', lines });
  expect(book.named(edited)).toEqual(['Q-4', 'Q-2', 'Q-1']);
  const done = book.named(await book.error('update-quote', { quote: 'Lopez', doneLines: [1] }));
  expect(done).toEqual(['Q-9', 'Q-8', 'Q-7', 'Q-6', 'Q-5']);
  const billed = await book.error('create-invoice', { fromQuote: { quote: 'Lopez', rest: true } });
  expect(book.named(billed)).toEqual(done);
  const sent = await book.ok('update-quote', { quote: 'Lopez', status: 'sent' });
  expect(sent.quote).toMatchObject({ ref: 'Q-4', title: 'Pergola', status: 'sent' });
  // None is a draft any more: what is meant is to go out once more.
  const again = book.named(await book.error('update-quote', { quote: 'Lopez', status: 'sent' }));
  expect(again).toEqual(['Q-4', 'Q-2', 'Q-1']);
});

test('what is issued or discarded is a draft, and what is voided or corrected was issued', async () => {
  const book = await danasBills();
  const lines = [{ description: 'Vent', quantity: 1, unitPrice: 75 }];
  await book.ok('create-invoice', { job: 'J-1', kind: 'standard', draft: true, lines });
  await book.ok('create-invoice', { job: 'J-1', kind: 'standard', draft: true, lines, allowDuplicate: true });
  const refs = (error: string) => error.match(/^- [A-Z]+-\d+/gm)?.map((each) => each.slice(2));
  const drafts = ['DRAFT-4', 'DRAFT-3'];
  expect(refs(await book.error('update-invoice', { invoice: 'Henderson', status: 'issued' }))).toEqual(drafts);
  expect(refs(await book.error('update-invoice', { invoice: 'Henderson', discard: true }))).toEqual(drafts);
  const asked = { invoice: 'Henderson', correct: true, lines };
  expect(refs(await book.error('update-invoice', asked))).toEqual(['INV-1002', 'INV-1001']);
  await book.ok('update-invoice', { invoice: 'DRAFT-4', discard: true });
  const issued = await book.ok('update-invoice', { invoice: 'Henderson', status: 'issued' });
  expect(issued.invoice).toMatchObject({ ref: 'INV-1003', status: 'issued' });
});

test('"the Henderson job is done": the one that is not done yet, and never one that was called off', async () => {
  const book = await openBook();
  await book.ok('create-job', { newCustomer: { name: 'Dana Henderson' }, name: 'Deck', status: 'completed' });
  await book.ok('create-job', { customer: 'C-1', name: 'Fence', status: 'in_progress' });
  await book.ok('create-job', { customer: 'C-1', name: 'Shed', status: 'cancelled' });
  const { job } = await book.ok('update-job', { job: 'Henderson', status: 'completed' });
  expect(job).toMatchObject({ ref: 'J-2', status: 'completed' });
  const error = await book.error('update-job', { job: 'Henderson', note: 'Called.' });
  expect(error.match(/^- J-\d+/gm)).toHaveLength(3);
});
