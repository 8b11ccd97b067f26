// A book with a row in every table of the ledger, made by the tools.
import { passOverInvoices } from '../../src/store/journal/number-jumps.ts';
import { type Book, openBook } from '../support/book.ts';
import { madeOnce } from '../support/made-once.ts';

export const openFullBook = madeOnce(async () => {
  const book = await openBook();
  await fill(book);
  return book;
});

async function fill(book: Book): Promise<void> {
  await book.ok('create-job', {
    newCustomer: { name: 'Dana Henderson', phone: '(512) 555-0143', address: '418 Pecan Hollow Ln, Austin' },
    name: 'Roof replacement',
    assignees: [
      { name: 'Tom Becker', role: 'lead' },
      { name: 'Ruben Salas', role: 'crew' },
    ],
    note: 'Two layers to tear off.',
  });
  await book.ok('create-job', { newCustomer: { name: 'Marta Ortiz' }, name: 'Gutter cleaning' });
  await book.ok('create-quote', {
    job: 'J-1',
    status: 'accepted',
    lines: [
      {
        description: 'Shingles',
        quantity: 24,
        unitPrice: 450,
        unitCost: 280,
        category: 'materials',
        taxRatePercent: 8.25,
      },
      { description: 'Tear-off', quantity: 24, unitPrice: 85, unitCost: 55, category: 'labor' },
    ],
  });
  await book.ok('create-quote', {
    job: 'J-1',
    kind: 'change_order',
    status: 'accepted',
    lines: [{ description: 'Fewer squares', quantity: -2, unitPrice: 450, unitCost: 280, changesLine: 'Q-1/1' }],
  });
  await book.ok('add-job-expense', {
    job: 'J-1',
    description: 'Shingles delivered',
    amount: '6100.40',
    category: 'materials',
    vendor: 'Barton Creek Supply',
    coversLine: 'Q-1/1',
  });
  await book.ok('add-job-expense', { job: 'J-2', description: 'Ladder rental', amount: 45, category: 'equipment' });
  await book.ok('add-expenses', {
    expenses: [{ description: 'Phone', amount: 89, category: 'other', monthly: true, spentOn: '2026-03-20' }],
  });
  await book.ok('update-quote', { quote: 'Q-1', doneLines: [1] });
  for (const unitPrice of [3000, 2000, 1000]) {
    await book.ok('create-invoice', {
      job: 'J-1',
      ...(unitPrice === 1000 ? { issuedOn: '2026-03-05' } : {}),
      lines: [
        { description: 'Roof work', quantity: 1, unitPrice, taxRatePercent: 8.25 },
        { description: 'Discount', quantity: 1, unitPrice: -50 },
      ],
    });
  }
  await book.ok('record-payment', { invoice: 'INV-1001', amount: 500, method: 'check', note: 'No. 118' });
  await book.ok('create-invoice', {
    job: 'J-2',
    draft: true,
    lines: [{ description: 'Gutters', quantity: 1, unitPrice: 180 }],
  });
  await book.ok('update-job', { job: 'J-1', billingDone: true });
  // On its job, then on none, and on it again, with days closed in between.
  await book.ok('update-account', { closedThrough: '2026-03-05' });
  await book.ok('file-under-job', { job: null, records: ['INV-1003'] });
  await book.ok('update-account', { closedThrough: '2026-03-09' });
  await book.ok('file-under-job', { job: 'J-1', records: ['INV-1003'] });
  await fillSite(book);
  await book.store.write(
    1,
    { actor: 'sam', client: 'jobwright', tool: 'restore' },
    async (scope) => [await passOverInvoices(scope, 1010), await passOverInvoices(scope, 1020)],
    () => 'Invoice numbers go on after INV-1010',
  );
}

/** A row in each table of what belongs to a site. */
async function fillSite(book: Book): Promise<void> {
  await book.ok('record-walk-and-talk', {
    job: 'J-1',
    title: 'First visit',
    consent: 'Dana agreed at the door',
    transcript: 'Two layers to tear off, and the chimney flashing is gone.',
    findings: ['Two layers'],
    followUps: ['Ask for the color'],
  });
  await book.ok('schedule-appointment', { job: 'J-1', title: 'Tear-off', starts: '2026-03-12T09:00', people: ['Tom'] });
  const content = Buffer.from('Barton Creek Supply, 6100.40').toString('base64');
  await book.ok('attach-file', { expense: 'E-1', name: 'receipt.txt', content });
}
