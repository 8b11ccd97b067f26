// What was taken out of a job goes back there only while the job is still of the same customer.
import { expect, test } from 'vitest';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import { BILL, danaBook, SHINGLES } from '../../support/roof.ts';

const PHOTO = { name: 'roof.txt', content: 'U2lnbmVkLgo=' };

test.each([
  ['create-quote', { lines: [SHINGLES] }, 'Q-1'],
  ['create-invoice', { draft: true, lines: BILL }, 'DRAFT-1'],
  ['attach-file', PHOTO, 'F-1'],
  ['schedule-appointment', { title: 'Measure', starts: '2026-03-20T09:00' }, 'A-1'],
  ['record-walk-and-talk', { title: 'Walk', consent: 'Dana agreed.', transcript: 'All of it.' }, 'W-1'],
])('what %s made goes back under no job of somebody else', async (tool, args, record) => {
  const book = await danaBook();
  await book.ok('create-job', { customer: 'C-1', name: 'Roof' });
  await book.ok('create-customer', { name: 'Marta Ortiz' });
  await book.ok(tool as 'create-quote', { job: 'J-1', ...args });
  const { change } = await book.ok('file-under-job', { job: null, records: [record] });
  const moved = await book.ok('update-job', { job: 'J-1', customer: 'C-2' });
  expect(await book.error('undo-change', { change })).toContain(
    `something on J-1 would be of another customer than the job:\n- change ${moved.change} by you`,
  );
  await book.ok('undo-change', { change: moved.change });
  await book.ok('undo-change', { change });
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});

test('a receipt goes back with its expense only while the job is still of the same customer', async () => {
  const book = await danaBook();
  await book.ok('create-job', { customer: 'C-1', name: 'Roof' });
  await book.ok('create-customer', { name: 'Marta Ortiz' });
  await book.ok('add-job-expense', { job: 'J-1', description: 'Permit', amount: 100, category: 'permit' });
  await book.ok('attach-file', { expense: 'E-1', ...PHOTO });
  const { change } = await book.ok('update-job-expense', { expense: 'E-1', overhead: true });
  await book.ok('update-job', { job: 'J-1', customer: 'C-2' });
  expect(await book.error('undo-change', { change })).toContain('something on J-1 would be of another customer');
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});
