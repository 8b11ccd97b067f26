// What a write leaves under no job, where the customer has one, is said at once, with how to file it.
import { expect, test } from 'vitest';
import type { TypedBook } from '../../support/answers.ts';
import { BILL, danaBook, roofBook, SHINGLES } from '../../support/roof.ts';

const left = (ref: string) =>
  `${ref} is under no job, so no job's profit counts it; Dana Henderson has J-1 Roof replacement. If it is for that job: file-under-job with job: "J-1" and records: ["${ref}"].`;

async function saidBy(book: TypedBook, tool: 'create-invoice' | 'create-quote' | 'update-quote', args: object) {
  const { answer, text } = await book.both(tool, args);
  for (const warning of answer.warnings) expect(text).toContain(warning);
  return answer.warnings;
}

test('"bill Dana 500": a bill beside the roof job says so, issued or a draft, and is filed as it says', async () => {
  const book = await roofBook();
  expect(await saidBy(book, 'create-invoice', { customer: 'C-1', lines: BILL })).toEqual([left('INV-1001')]);
  const draft = { customer: 'C-1', lines: BILL, draft: true, allowDuplicate: true };
  expect(await saidBy(book, 'create-invoice', draft)).toEqual([left('DRAFT-2')]);
  const issued = await book.ok('update-invoice', { invoice: 'DRAFT-2', status: 'issued' });
  expect(issued.warnings).toEqual([left('INV-1002')]);
  const { job } = await book.ok('file-under-job', { job: 'J-1', records: ['INV-1001'] });
  expect(job).toMatchObject({ ref: 'J-1' });
});

test('a quote that is accepted beside the jobs says so, and names the newest of several', async () => {
  const book = await roofBook();
  const quote = { customer: 'C-1', lines: [SHINGLES] };
  expect(await saidBy(book, 'create-quote', quote)).toEqual([]);
  expect(await saidBy(book, 'update-quote', { quote: 'Q-2', status: 'accepted' })).toEqual([left('Q-2')]);
  for (const name of ['Garage', 'Shed', 'Porch']) await book.ok('create-job', { customer: 'C-1', name });
  await book.ok('update-job', { job: 'J-4', status: 'cancelled' });
  expect(await saidBy(book, 'create-quote', { ...quote, status: 'accepted', allowDuplicate: true })).toEqual([
    `Q-3 is under no job, so no job's profit counts it; Dana Henderson has J-3 Shed, J-2 Garage, J-1 Roof replacement. If it is for one of them: file-under-job with job: "J-3", "J-2" or "J-1" and records: ["Q-3"]. If it is for none, create-job makes one first.`,
  ]);
});

test('nothing is said where the customer has no job, or where it is under one', async () => {
  const book = await danaBook();
  expect(await saidBy(book, 'create-invoice', { customer: 'C-1', lines: BILL })).toEqual([]);
  expect(await saidBy(book, 'create-quote', { customer: 'C-1', lines: [SHINGLES], status: 'accepted' })).toEqual([]);
  await book.ok('create-job', { customer: 'C-1', name: 'Roof' });
  expect(await saidBy(book, 'create-invoice', { job: 'J-1', lines: BILL, allowDuplicate: true })).toEqual([]);
});

test('what is taken out of a job is under none, and goes back as it says', async () => {
  const book = await roofBook();
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', percent: 30 } });
  const { answer, text } = await book.both('file-under-job', { job: null, records: ['Q-1'] });
  const said =
    'Q-1, INV-1001 are under no job now, so no job\'s profit counts them. file-under-job with job: "J-1" puts them back, or under another of the customer.';
  expect(answer.warnings).toContain(said);
  expect(text).toContain(said);
  await book.ok('file-under-job', { job: 'J-1', records: ['Q-1'] });
  await book.ok('create-quote', { job: 'J-1', lines: [SHINGLES] });
  const draft = await book.ok('file-under-job', { job: null, records: ['Q-2'] });
  expect(draft.warnings).toEqual([]);
});
