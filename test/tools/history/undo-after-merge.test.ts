// What an undo brings back to a customer who was merged with another record meanwhile comes to that other one.
import { expect, test } from 'vitest';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import { openBook, type TypedBook } from '../../support/answers.ts';
import { BILL, SHINGLES } from '../../support/roof.ts';
import { rowsOf } from '../../support/store.ts';

/** Dana, Marta, and Dana once more. */
async function three(): Promise<TypedBook> {
  const book = await openBook();
  await book.ok('create-customer', { name: 'Dana Henderson', address: '1 Elm' });
  await book.ok('create-customer', { name: 'Marta Ortiz' });
  await book.ok('create-customer', { name: 'Dana H.', address: '9 Oak', evenIfSimilar: true });
  await book.ok('create-job', { customer: 'C-1', name: 'Roof' });
  return book;
}

async function expectWhole(book: TypedBook): Promise<void> {
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
}

const merge = async (book: TypedBook, duplicate = 'C-1', keep = 'C-3') =>
  (await book.ok('merge-customers', { keep, duplicate })).change;
const undo = async (book: TypedBook, change: number | null) => await book.ok('undo-change', { change });
const ownerOf = async (book: TypedBook, job: string) => (await book.ok('get-job', { job })).job.customer.ref;

test('a job that comes back to somebody who was merged meanwhile is of whom they are now, with all that is on it', async () => {
  const book = await three();
  await book.ok('create-quote', { job: 'J-1', status: 'sent', lines: [SHINGLES] });
  await book.ok('schedule-appointment', { job: 'J-1', title: 'Measure', starts: '2026-03-20T09:00' });
  const { change } = await book.ok('update-job', { job: 'J-1', customer: 'C-2' });
  await merge(book);
  const { answer, text } = await book.both('undo-change', { change });
  expect(await ownerOf(book, 'J-1')).toBe('C-3');
  expect(await rowsOf(book, 'select customer_id from quotes union all select customer_id from appointments')).toEqual([
    { customer_id: 3 },
    { customer_id: 3 },
  ]);
  // What was sent goes on naming whom it was made out to, and the work is where it was.
  expect(await rowsOf(book, 'select to_name, to_address from quotes')).toEqual([
    { to_name: 'Dana Henderson', to_address: '1 Elm' },
  ]);
  expect((await book.ok('get-job', { job: 'J-1' })).job.address).toBe('1 Elm');
  expect(answer.now.records).toContainEqual(
    expect.objectContaining({ ref: 'J-1', fields: expect.arrayContaining([{ field: 'customer', now: 'C-3' }]) }),
  );
  const note = 'C-1 Dana Henderson is merged with C-3 Dana H. by now, so J-1, Q-1, A-1 came to C-3.';
  expect(answer.warnings).toEqual([note]);
  expect(text).toContain(note);
  await expectWhole(book);
});

test('whatever was taken out of the books of somebody comes back to whom they are now', async () => {
  const book = await three();
  await book.ok('create-invoice', { customer: 'C-1', draft: true, lines: BILL });
  const { change: discarded } = await book.ok('update-invoice', { invoice: 'DRAFT-1', discard: true });
  const gone: (number | null)[] = [discarded];
  for (const [tool, args] of [
    ['create-quote', { customer: 'C-1', lines: [SHINGLES] }],
    ['create-job', { customer: 'C-1', name: 'Garage' }],
    ['schedule-appointment', { customer: 'C-1', title: 'Measure', starts: '2026-03-20T09:00' }],
    ['attach-file', { customer: 'C-1', name: 'signed.txt', content: 'U2lnbmVkLgo=' }],
    ['record-walk-and-talk', { customer: 'C-1', title: 'Walk', consent: 'Dana agreed.', transcript: 'All of it.' }],
  ] as const) {
    const { change } = await book.ok(tool, args);
    gone.push((await undo(book, change)).change);
  }
  // Through two merges, to the last of them.
  await merge(book);
  await merge(book, 'C-3', 'C-2');
  for (const change of gone) await undo(book, change);
  const { customer } = await book.ok('get-customer', { customer: 'C-2' });
  expect(customer).toMatchObject({ jobCount: 2, quoteCount: 1, invoiceCount: 1, fileCount: 1, appointmentCount: 1 });
  await expectWhole(book);
});

test('two are merged anew only where nothing came to the one in between', async () => {
  const book = await three();
  const apart = (await undo(book, await merge(book))).change;
  const { change } = await book.ok('create-job', { customer: 'C-1', name: 'Garage' });
  expect(await book.error('undo-change', { change: apart })).toMatch(
    /cannot be undone: J-2 Garage, [^:]*would stand on C-1 Dana Henderson, who would be merged with another record:\n- change \d+ by you .*Garage/,
  );
  await undo(book, change);
  await undo(book, apart);
  expect(await ownerOf(book, 'J-1')).toBe('C-3');
  await expectWhole(book);
});

test('of two that are called alike the one is merged with the other, not both', async () => {
  const book = await openBook();
  for (const name of ['Dana Henderson', 'Dana Henderson'])
    await book.ok('create-customer', { name, evenIfSimilar: true });
  const apart = (await undo(book, await merge(book, 'C-1', 'C-2'))).change;
  await merge(book, 'C-2', 'C-1');
  expect(await book.error('undo-change', { change: apart })).toContain(
    'cannot be undone: C-1 Dana Henderson would in the end be merged with itself',
  );
  await expectWhole(book);
});

test('two are parted only where nothing came back to the one meanwhile', async () => {
  const book = await three();
  const { change: moved } = await book.ok('update-job', { job: 'J-1', customer: 'C-2' });
  const merged = await merge(book);
  const back = (await undo(book, moved)).change;
  expect(await book.error('undo-change', { change: merged })).toContain(
    `cannot be undone: what was of C-1 Dana Henderson came back since, to the record merged with:\n- change ${back} by you`,
  );
  await undo(book, back);
  await undo(book, merged);
  expect(await ownerOf(book, 'J-1')).toBe('C-2');
  await undo(book, moved);
  expect(await ownerOf(book, 'J-1')).toBe('C-1');
  await expectWhole(book);
});

test('whoever merges two by taking an undo back is asked as for the merge', async () => {
  const book = await three();
  const apart = (await undo(book, await merge(book))).change;
  const { content } = await book.call('undo-change', { change: apart });
  expect(content[0]?.text).toContain('Not done yet');
});

test.each([
  ['a bill of a quote', 'create-invoice', { fromQuote: { quote: 'Q-1', percent: 30 } }, 'INV-1002'],
  [
    'a change order',
    'create-quote',
    { customer: 'C-3', contract: 'Q-1', kind: 'change_order', lines: [SHINGLES] },
    'Q-2',
  ],
  ['a credit', 'create-invoice', { creditFor: 'INV-1001', amount: 10 }, 'INV-1002'],
])('two are not parted while %s that came after belongs to what is of the one', async (_, tool, args, record) => {
  const book = await three();
  await book.ok('create-quote', { customer: 'C-1', status: 'accepted', lines: [SHINGLES] });
  await book.ok('create-invoice', { customer: 'C-1', lines: BILL });
  const merged = await merge(book);
  await book.ok(tool as 'create-quote', args);
  const error = await book.error('undo-change', { change: merged });
  expect(error).toMatch(
    new RegExp(`cannot be undone: ${record} .* would be of another customer than what belongs to it:`),
  );
  await expectWhole(book);
});
