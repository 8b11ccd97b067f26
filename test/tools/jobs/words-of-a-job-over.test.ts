// Words lead to the one job that is called exactly so. Where it is over, and others that go on have the words too, what was
// just put on it is told of them.
import { expect, test } from 'vitest';
import { openBook } from '../../support/answers.ts';
import { madeOnce } from '../../support/made-once.ts';
import { base64 } from '../../support/bytes.ts';
import { expectHelpful } from '../../support/words.ts';
import { jpeg } from '../../files/photos.ts';

const LINES = [{ description: 'Storm repair', quantity: 1, unitPrice: 4000, unitCost: 2000, category: 'labor' }];
const SHINGLES = { description: 'Shingles', amount: 420, category: 'materials', vendor: 'ABC' };

/** J-1 Storm repair, done in December and billed whole; J-2 Maple Ave storm repair, which is running. */
const stormBook = madeOnce(async () => {
  const book = await openBook();
  await book.ok('create-job', { newCustomer: { name: 'Dana Henderson' }, name: 'Storm repair' });
  await book.ok('create-quote', { job: 'J-1', status: 'accepted', lines: LINES });
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', rest: true }, issuedOn: '2025-12-14' });
  await book.ok('update-job', { job: 'J-1', status: 'completed', completedOn: '2025-12-12' });
  await book.ok('create-job', { newCustomer: { name: 'Ned Ortiz' }, name: 'Maple Ave storm repair' });
  await book.ok('update-job', { job: 'J-2', status: 'in_progress' });
  return book;
});

const OVER =
  'J-1 Storm repair was completed on 2025-12-12 and is billed whole; "storm repair" also fits J-2 Maple Ave storm repair (Ned Ortiz), which goes on.';

test('"420 shingles from ABC to the storm repair": which of the two, and how to move it', async () => {
  const book = await stormBook();
  const { answer, text } = await book.both('add-job-expense', { ...SHINGLES, job: 'storm repair' });
  const warning = `${OVER} If E-1 is for J-2: update-job-expense with expense: "E-1", job: "J-2".`;
  expect(answer.job.ref).toBe('J-1');
  expect(answer.warnings).toEqual([warning]);
  expect(text).toContain(warning);
  expectHelpful(warning);
  const moved = await book.ok('update-job-expense', { expense: 'E-1', job: 'J-2' });
  expect(moved.job?.ref).toBe('J-2');
});

test('so it is of several at once, of what came back, and of what is moved there', async () => {
  const book = await stormBook();
  const { answer, text } = await book.both('add-expenses', { expenses: [{ ...SHINGLES, job: 'storm repair' }] });
  expect(answer.warnings?.[0]).toContain(OVER);
  expect(text).toContain(OVER);
  const back = await book.ok('add-job-expense', { ...SHINGLES, amount: 76, refund: true, job: 'storm repair' });
  expect(back.warnings?.[0]).toContain('If E-2 is for J-2');
  await book.ok('add-job-expense', { ...SHINGLES, job: 'J-2' });
  const moved = await book.both('update-job-expense', { expense: 'E-3', job: 'storm repair' });
  expect(moved.answer.warnings?.[0]).toContain('If E-3 is for J-2');
  expect(moved.text).toContain(OVER);
});

test('and of a receipt or a visit, which are filed under jobs of their customer', async () => {
  const book = await stormBook();
  await book.ok('create-job', { customer: 'C-1', name: 'Garage storm repair' });
  const file = await book.both('attach-file', {
    job: 'storm repair',
    content: base64(jpeg()),
    name: 'r.jpg',
    kind: 'receipt',
  });
  expect(file.answer.warnings?.[0]).toMatch(
    /also fits J-3 Garage storm repair \(Dana Henderson\), J-2 Maple Ave storm/,
  );
  expect(file.text).toContain(
    'which go on. If F-1 is for one of them: undo-change takes this back; then give its job.',
  );
  await book.ok('update-job', { job: 'J-2', status: 'completed' });
  const visit = await book.both('schedule-appointment', {
    job: 'storm repair',
    title: 'Look at the flashing',
    starts: '2026-03-24T09:00',
  });
  expect(visit.text).toContain('If A-1 is for J-3: file-under-job with records: ["A-1"], job: "J-3".');
  const filed = await book.ok('file-under-job', { records: ['A-1'], job: 'J-3' });
  expect(filed.moved).toMatchObject([{ ref: 'A-1' }]);
});

test.each([
  ['where the job is named by its number', { job: 'J-1' }],
  ['of what was bought while it was going on', { spentOn: '2025-12-03' }],
])('nothing is said %s', async (_, other) => {
  const book = await stormBook();
  expect((await book.ok('add-job-expense', { ...SHINGLES, job: 'storm repair', ...other })).warnings).toBeUndefined();
});

test('nor where more is to be billed on it, or where the others are over too', async () => {
  const book = await stormBook();
  await book.ok('create-quote', { job: 'J-1', kind: 'change_order', status: 'accepted', lines: LINES });
  expect((await book.ok('add-job-expense', { ...SHINGLES, job: 'storm repair' })).warnings).toBeUndefined();
  await book.ok('update-job', { job: 'J-1', status: 'cancelled' });
  const cancelled = await book.ok('add-job-expense', { ...SHINGLES, amount: 12, job: 'storm repair' });
  expect(cancelled.warnings?.[0]).toMatch(
    /^J-1 Storm repair was cancelled on 2026-03-10; "storm repair" also fits J-2/,
  );
  await book.ok('update-job', { job: 'J-2', status: 'completed' });
  expect((await book.ok('add-job-expense', { ...SHINGLES, amount: 13, job: 'storm repair' })).warnings).toBeUndefined();
});
