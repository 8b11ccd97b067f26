import { expect, test } from 'vitest';
import { BILL, danaBook, roofBook } from '../../support/roof.ts';

const SHINGLES = { job: 'J-1', description: 'Shingles', amount: 4200, category: 'materials' };

test('an expense as it is again, and what its job comes to', async () => {
  const book = await roofBook();
  await book.ok('create-invoice', { job: 'J-1', lines: BILL });
  await book.ok('add-job-expense', SHINGLES);
  await book.ok('update-job-expense', { expense: 'E-1', amount: 4250, description: 'Starter' });
  const { answer, text } = await book.both('undo-change');
  expect(answer.now).toMatchObject({
    records: [
      {
        ref: 'E-1',
        is: 'as before',
        title: expect.stringContaining('E-1 Shingles'),
        fields: [
          { field: 'description', now: 'Shingles' },
          { field: 'amount', now: '4200.00' },
        ],
      },
    ],
    jobs: [
      {
        job: { ref: 'J-1', name: 'Roof replacement' },
        profit: { billed: '10800.00', expenses: '4200.00', profit: '-120.00' },
      },
    ],
  });
  expect(text).toContain('description Shingles; amount 4200.00');
  expect(text).toContain('J-1 Roof replacement now: Profit -120.00 USD');
  const gone = await book.both('undo-change', { change: 5 });
  expect(gone.answer.now.records).toEqual([{ ref: 'E-1', is: 'gone', fields: [] }]);
  expect(gone.answer.now.jobs[0]?.profit?.profit).toBe('4080.00');
  expect(gone.text).toContain('- E-1: gone');
});

test('what was taken out is back, under its name', async () => {
  const book = await roofBook();
  await book.ok('add-job-expense', SHINGLES);
  await book.ok('update-job-expense', { expense: 'E-1', remove: true });
  const { answer, text } = await book.both('undo-change');
  expect(answer.now.records).toMatchObject([{ ref: 'E-1', is: 'back', fields: [] }]);
  expect(text).toMatch(/- E-1 Shingles.*: back/);
});

test('no money is told of where none moved, and many records are counted', async () => {
  const book = await danaBook();
  const lawn = { customer: 'C-1', title: 'Lawn', starts: '2026-03-13T08:00' };
  await book.ok('schedule-appointment', { ...lawn, repeats: { every: 'week', until: '2026-06-05' } });
  await book.ok('update-appointment', { appointment: 'A-2', starts: '2026-03-19T10:00', rest: true });
  const moved = await book.both('undo-change');
  expect(moved.answer.now).toMatchObject({ moreRecords: 4, jobs: [] });
  expect(moved.text).toContain(
    'A-2 Lawn, Dana Henderson, Fri 2026-03-20 08:00–09:00, scheduled: starts 2026-03-20 08:00; ends 2026-03-20 09:00',
  );
  expect(moved.text).toContain('and 4 records more');
});

test('a renamed customer, a preview, and the account itself', async () => {
  const book = await danaBook();
  await book.ok('update-customer', { customer: 'C-1', name: 'Dana Miller' });
  const preview = await book.both('undo-change', { preview: true });
  expect(preview.text).toContain('C-1 Dana Henderson');
  expect((await book.ok('undo-change')).now.records).toMatchObject([
    { ref: 'C-1', is: 'as before', fields: expect.arrayContaining([{ field: 'name', now: 'Dana Henderson' }]) },
  ]);
  await book.ok('update-account', { paymentTermsDays: 10 });
  expect((await book.ok('undo-change')).now.records).toMatchObject([{ ref: 'account', is: 'as before' }]);
});

test('a part that is gone is told as one, not column by column, and a value that there is no more as none', async () => {
  const book = await roofBook();
  await book.ok('update-job', { job: 'J-1', note: 'Waiting on the part.' });
  const note = await book.both('undo-change');
  expect(note.answer.now.records).toMatchObject([
    { ref: 'J-1', is: 'as before', fields: [{ field: 'note', now: null }] },
  ]);
  expect(note.text).toMatch(/^- J-1 Roof replacement, .*: note none$/m);
  await book.ok('update-job', { job: 'J-1', description: 'Full tear-off.' });
  expect(await book.text('undo-change')).toMatch(/^- J-1 Roof replacement, .*: description none$/m);
});
