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
  expect(answer.jobsNow).toEqual([{ ref: 'J-1', name: 'Roof replacement', billed: '3240.00', leftToBill: '7560.00' }]);
  expect(text).toContain('J-1 Roof replacement now: billed 3240.00, 7560.00 left to bill');
  const draft = await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', percent: 10 }, draft: true });
  expect(draft).not.toHaveProperty('jobsNow');
  const beside = await book.ok('create-invoice', { customer: 'C-1', lines: BILL });
  expect(beside).not.toHaveProperty('jobsNow');
});

test('"Dana said yes": an accepted quote, and a change order that is written as accepted', async () => {
  const book = await openBook();
  await book.ok('create-job', { newCustomer: { name: 'Dana Henderson' }, name: 'Roof replacement' });
  const written = await book.both('create-quote', { job: 'J-1', lines: [SHINGLES] });
  expect(written.text).toContain(
    'J-1 Roof replacement now: not sold, quoted 10800.00: profit 4080.00 (37.8 %) if accepted',
  );
  expect(written.answer.jobsNow).toMatchObject([
    { ref: 'J-1', standing: 'unsold', forecast: { contract: '10800.00', expectedProfit: '4080.00' } },
  ]);
  const { answer, text } = await book.both('update-quote', { quote: 'Q-1', status: 'accepted' });
  expect(text).toContain(`${JOB} 0.00, 10800.00 left to bill`);
  const { job } = await book.ok('get-job', { job: 'J-1' });
  const { billed, profit, marginPercent, currency } = job.profit ?? {};
  expect(answer.jobsNow).toEqual([
    {
      ...{ ref: 'J-1', name: 'Roof replacement', standing: 'running', forecast: job.forecast },
      profit: { billed, profit, marginPercent, currency, warnings: [] },
    },
  ]);
  expect(await book.ok('update-quote', { quote: 'Q-1', status: 'accepted' })).not.toHaveProperty('jobsNow');
  const order = { job: 'J-1', kind: 'change_order', status: 'accepted' };
  const more = await book.both('create-quote', { ...order, lines: [{ ...SHINGLES, quantity: 2 }] });
  expect(more.answer.jobsNow).toMatchObject([{ forecast: { leftToBill: '11700.00' } }]);
  expect(more.text).toContain('11700.00 left to bill');
});

test('whoever was not granted costs reads of a bill how far the job is billed', async () => {
  const book = await roofBook();
  const session = { ...book.session, scopes: new Set<Scope>(['books:read', 'books:write']) };
  const args = { fromQuote: { quote: 'Q-1', percent: 30 } };
  const answer = await callTool(session, 'create-invoice', args, { client: 'test', canAsk: false });
  expect(answer.structuredContent).toMatchObject({ jobsNow: [{ leftToBill: '7560.00' }] });
  expect(JSON.stringify(answer)).not.toMatch(/profit|margin/);
});
