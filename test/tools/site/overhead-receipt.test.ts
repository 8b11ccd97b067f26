// The receipt of what the business spends beside its jobs: on no job and nobody's, with its expense wherever that goes.
import { expect, test } from 'vitest';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import { callTool } from '../../../src/server.ts';
import { openBook } from '../../support/answers.ts';
import type { BookOptions } from '../../support/book.ts';
import { base64 } from '../../support/bytes.ts';
import { plant } from '../../support/store.ts';

const PDF = base64(Buffer.from('%PDF-1.7\n1 0 obj\nstartxref\n9\n%%EOF'));
const RENT = { description: 'Rent', amount: 1200, category: 'other', vendor: 'Landlord', overhead: true };

/** E-1 is overhead, beside the jobs of Dana (J-1) and Wes (J-2). */
async function withRent(options: BookOptions = {}) {
  const book = await openBook(options);
  await book.ok('create-job', { newCustomer: { name: 'Dana Henderson' }, name: 'Roof' });
  await book.ok('create-job', { newCustomer: { name: 'Wes Lopez' }, name: 'Storm repair' });
  await book.ok('add-expenses', { expenses: [RENT] });
  return book;
}

type Book = Awaited<ReturnType<typeof withRent>>;

async function isSound(book: Book): Promise<void> {
  expect(await book.store.read(1, auditBooks)).toMatchObject({ faults: [] });
}

test('"here is the receipt for the rent": it is kept with the expense, counted, and read back', async () => {
  const book = await withRent({ repeats: 'noticed' });
  expect((await book.ok('list-expenses', { hasReceipt: false })).count).toBe(1);
  const kept = await book.both('attach-file', { expense: 'rent', content: PDF, name: 'rent.pdf' });
  expect(kept.answer.did).toBe('Attached F-1 rent.pdf to E-1 Rent');
  expect(kept.answer.file).toMatchObject({ kind: 'receipt', expense: 'E-1', job: null, customer: null });
  expect(kept.text).toContain('F-1 rent.pdf (receipt of E-1');
  const listed = await book.both('list-expenses', { hasReceipt: true });
  expect(listed.answer).toMatchObject({ count: 1, expenses: [{ ref: 'E-1', receipt: 'F-1', overhead: true }] });
  expect(listed.text).toContain('receipt F-1');
  expect((await book.ok('list-expenses', { hasReceipt: false })).count).toBe(0);
  const read = await book.both('fetch', { id: 'F-1' });
  expect(read.answer.title).toContain('rent.pdf');
  expect(read.text).toContain('receipt of E-1');
  expect((await book.ok('search', { query: 'rent.pdf' })).results.map(({ title }) => title)).toEqual([
    expect.stringContaining('F-1 rent.pdf'),
  ]);
  const again = await book.ok('attach-file', { expense: 'E-1', content: PDF, name: 'rent.pdf' });
  expect(again.did).toBe('F-1 rent.pdf on E-1 Rent is the very same file');
  await isSound(book);
});

test('a job or a customer that is said beside overhead is not where it is', async () => {
  const book = await withRent();
  for (const field of ['job', 'customer'])
    expect(
      await book.error('attach-file', { expense: 'E-1', [field]: field === 'job' ? 'J-1' : 'C-1', content: PDF }),
    ).toContain(`${field}: E-1 is overhead, on no job and of no customer. Leave ${field} out.`);
});

test('a file that is there already becomes the receipt of overhead, and leaves the job that it was on', async () => {
  const book = await withRent();
  await book.ok('attach-file', { job: 'J-1', content: PDF, name: 'bill.pdf' });
  const { expenses, change } = await book.ok('add-expenses', {
    expenses: [{ ...RENT, description: 'Insurance', receipt: 'F-1' }],
  });
  expect(expenses).toMatchObject([{ ref: 'E-2', receipt: 'F-1' }]);
  expect((await book.ok('get-job', { job: 'J-1' })).job.files).toEqual([]);
  expect((await book.ok('get-job', { job: 'J-1' })).job.activity[0]?.text).toBe(
    'F-1 bill.pdf is the receipt of E-2, which is overhead, and no longer filed here',
  );
  expect(await book.error('update-job-expense', { expense: 'E-1', receipt: 'F-1' })).toContain('F-1 belongs to E-2');
  await isSound(book);
  await book.ok('undo-change', { change });
  expect((await book.ok('get-job', { job: 'J-1' })).job.files).toMatchObject([{ ref: 'F-1', kind: 'document' }]);
  const given = await book.ok('update-job-expense', { expense: 'E-1', receipt: 'F-1' });
  expect(given.did).toBe('Changed E-1 Rent: receipt F-1');
  await isSound(book);
});

test('its receipt goes with an expense onto a job and off it again, and an undo takes it back', async () => {
  const book = await withRent();
  await book.ok('attach-file', { expense: 'E-1', content: PDF, name: 'rent.pdf' });
  const onJob = await book.ok('update-job-expense', { expense: 'E-1', job: 'J-2' });
  expect(onJob.did).toBe('Changed E-1 Rent: job none → J-2; F-1 moved along');
  expect((await book.ok('get-job', { job: 'J-2' })).job.files).toMatchObject([{ ref: 'F-1' }]);
  await isSound(book);
  const off = await book.ok('update-job-expense', { expense: 'E-1', overhead: true });
  expect(off.did).toBe('Changed E-1 Rent: job J-2 → none; F-1 moved along');
  expect((await book.ok('get-job', { job: 'J-2' })).job.files).toEqual([]);
  expect((await book.ok('list-expenses', { hasReceipt: true })).expenses).toMatchObject([{ ref: 'E-1' }]);
  await isSound(book);
  await book.ok('undo-change', { change: off.change });
  expect((await book.ok('get-job', { job: 'J-2' })).job.files).toMatchObject([{ ref: 'F-1', expense: 'E-1' }]);
  await isSound(book);
});

test('taken out, overhead leaves its receipt with nobody, from where it can be filed or given to another', async () => {
  const book = await withRent();
  await book.ok('attach-file', { expense: 'E-1', content: PDF, name: 'rent.pdf' });
  const out = await book.ok('update-job-expense', { expense: 'E-1', remove: true });
  expect(out.did).toBe('Removed E-1 Rent, 1200.00 USD; F-1 stays in the books, on nothing');
  await isSound(book);
  await book.ok('undo-change', { change: out.change });
  expect((await book.ok('list-expenses', { hasReceipt: true })).expenses).toMatchObject([{ ref: 'E-1' }]);
  const none = await book.ok('update-job-expense', { expense: 'E-1', receipt: null });
  expect(none.did).toBe('Changed E-1 Rent: F-1 is its receipt no more and stays in the books, on nothing');
  const filed = await book.ok('file-under-job', { job: 'J-2', records: ['F-1'] });
  expect(filed.did).toContain('F-1');
  expect((await book.ok('get-job', { job: 'J-2' })).job.files).toMatchObject([
    { ref: 'F-1', customer: { ref: 'C-2' } },
  ]);
  await isSound(book);
  await book.ok('undo-change', { change: filed.change });
  await book.ok('add-job-expense', { job: 'J-1', description: 'Dump', amount: 40, category: 'other', receipt: 'F-1' });
  expect((await book.ok('get-job', { job: 'J-1' })).job.files).toMatchObject([{ ref: 'F-1', expense: 'E-2' }]);
  await isSound(book);
});

test('the receipt of overhead stays with it: it goes under no job by itself, and is no photo of a visit', async () => {
  const book = await withRent();
  await book.ok('attach-file', { expense: 'E-1', content: PDF, name: 'rent.pdf' });
  expect(await book.error('file-under-job', { job: 'J-1', records: ['F-1'] })).toContain('E-1');
  await book.ok('update-job-expense', { expense: 'E-1', receipt: null });
  const walk = {
    job: 'J-1',
    title: 'Look',
    transcript: 'A roof.',
    consent: 'Dana said yes',
    heldAt: '2026-03-09T10:00',
  };
  expect(await book.error('record-walk-and-talk', { ...walk, photos: ['F-1'] })).toContain('F-1');
});

test('doctor names a receipt that is not where its expense is', async () => {
  const book = await withRent();
  await book.ok('attach-file', { expense: 'E-1', content: PDF, name: 'rent.pdf' });
  await plant(book, 'update files set job_id = 1, customer_id = 1');
  const { faults } = await book.store.read(1, auditBooks);
  expect(JSON.stringify(faults)).toContain('its expense is on another job');
  await plant(book, 'update files set customer_id = null');
  const nobodys = await book.store.read(1, auditBooks);
  expect(JSON.stringify(nobodys.faults)).toContain('its job is of another customer');
});

test('attaching it is undone, and the expense is not taken back from under it', async () => {
  const book = await withRent();
  const { change } = await book.ok('attach-file', { expense: 'E-1', content: PDF, name: 'rent.pdf' });
  const [, logged] = (await book.ok('list-changes')).changes;
  expect(await book.error('undo-change', { change: logged?.number })).toContain('F-1');
  await book.ok('undo-change', { change });
  expect((await book.ok('list-expenses', { hasReceipt: true })).count).toBe(0);
  expect(await book.error('fetch', { id: 'F-1' })).toContain('F-1');
  await isSound(book);
});

test('what tells of overhead is kept from who sees no costs, crew, and plans without files', async () => {
  const book = await withRent();
  await book.ok('attach-file', { expense: 'E-1', content: PDF, name: 'rent.pdf' });
  const caller = { client: 'test 1.0', canAsk: false };
  const costless = { ...book.session, scopes: new Set(['books:read', 'books:write'] as const) };
  const crew = { ...book.session, role: 'crew' as const };
  for (const session of [costless, crew]) {
    expect((await callTool(session, 'fetch', { id: 'F-1' }, caller)).isError).toBe(true);
    const found = await callTool(session, 'search', { query: 'rent.pdf' }, caller);
    expect(found.structuredContent).toMatchObject({ results: [] });
    const other = { expense: 'E-1', content: PDF, name: 'other.pdf' };
    expect((await callTool(session, 'attach-file', other, caller)).isError).toBe(true);
  }
  const pro = await withRent({ plan: 'pro' });
  expect(await pro.error('attach-file', { expense: 'E-1', content: PDF })).toContain('Business plan');
  expect(await pro.error('add-expenses', { expenses: [{ ...RENT, receipt: 'F-1' }] })).toContain('Business plan');
});
