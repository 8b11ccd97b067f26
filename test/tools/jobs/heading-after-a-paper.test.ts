// A bill and an acceptance say in one line where their job is heading.
import { expect, test } from 'vitest';
import type { Scope } from '../../../src/domain/access.ts';
import { callTool } from '../../../src/server.ts';
import { openBook } from '../../support/answers.ts';
import { BILL, roofBook, SHINGLES } from '../../support/roof.ts';

const JOB = 'J-1 Roof replacement now: expected profit 4080.00 (37.8 %), billed';

test('"bill the 30 % deposit": how far the job is billed, and nothing of its costs', async () => {
  const book = await roofBook();
  const { answer, text } = await book.both('create-invoice', { fromQuote: { quote: 'Q-1', percent: 30 } });
  expect(answer.jobNow).toBe('J-1 Roof replacement now: billed 3240.00, 7560.00 left to bill');
  expect(text).toContain(answer.jobNow);
  const draft = await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', percent: 10 }, draft: true });
  expect(draft).not.toHaveProperty('jobNow');
  const beside = await book.ok('create-invoice', { customer: 'C-1', lines: BILL });
  expect(beside).not.toHaveProperty('jobNow');
});

test('"Dana said yes": an accepted quote, and a change order that is written as accepted', async () => {
  const book = await openBook();
  await book.ok('create-job', { newCustomer: { name: 'Dana Henderson' }, name: 'Roof replacement' });
  const written = await book.ok('create-quote', { job: 'J-1', lines: [SHINGLES] });
  expect(written.jobNow).toBe(
    'J-1 Roof replacement now: not sold, quoted 10800.00: profit 4080.00 (37.8 %) if accepted',
  );
  const { answer, text } = await book.both('update-quote', { quote: 'Q-1', status: 'accepted' });
  expect(answer.jobNow).toBe(`${JOB} 0.00, 10800.00 left to bill`);
  expect(text).toContain(answer.jobNow);
  expect(await book.ok('update-quote', { quote: 'Q-1', status: 'accepted' })).not.toHaveProperty('jobNow');
  const order = { job: 'J-1', kind: 'change_order', status: 'accepted' };
  const more = await book.both('create-quote', { ...order, lines: [{ ...SHINGLES, quantity: 2 }] });
  expect(more.answer.jobNow).toContain('11700.00 left to bill');
  expect(more.text).toContain(more.answer.jobNow);
});

test('whoever was not granted costs reads of a bill how far the job is billed', async () => {
  const book = await roofBook();
  const session = { ...book.session, scopes: new Set<Scope>(['books:read', 'books:write']) };
  const args = { fromQuote: { quote: 'Q-1', percent: 30 } };
  const answer = await callTool(session, 'create-invoice', args, { client: 'test', canAsk: false });
  expect(answer.structuredContent).toMatchObject({ jobNow: expect.stringContaining('7560.00 left to bill') });
  expect(JSON.stringify(answer)).not.toMatch(/profit|margin/);
});
