import { expect, test } from 'vitest';
import type { TypedBook } from '../../support/answers.ts';
import { BILL, roofBook } from '../../support/roof.ts';
import { expectHelpful, expectPlain } from '../../support/words.ts';

/** The roof with INV-1001 issued and DRAFT-2. */
async function two(): Promise<TypedBook> {
  const book = await roofBook();
  await book.ok('create-invoice', { job: 'J-1', lines: BILL });
  await book.ok('create-invoice', {
    job: 'J-1',
    draft: true,
    lines: [{ description: 'Rest', quantity: 1, unitPrice: 500 }],
  });
  return book;
}

test('"send the draft": it gets the next number and counts as billed', async () => {
  const book = await two();
  const { answer, text } = await book.both('update-invoice', { invoice: 'draft-2', status: 'issued' });
  expect(answer).toMatchObject({
    did: 'Issued INV-1002',
    invoice: { ref: 'INV-1002', status: 'issued', issuedOn: '2026-03-10', dueOn: '2026-04-09', balance: '500.00' },
  });
  expectPlain(text, 700);
  expect((await book.ok('get-job', { job: 'J-1' })).job.profit).toMatchObject({
    billed: '11300.00',
    notBilledYet: '0.00',
  });
  expect(await book.error('get-invoice', { invoice: 'DRAFT-9' })).toContain('no invoice matches "DRAFT-9"');
});

test('a correction says what nobody asked for: the tax that is gone, and another due date', async () => {
  const book = await roofBook();
  const taxed = BILL.map((line) => ({ ...line, taxRatePercent: 8.25 }));
  await book.ok('create-invoice', { job: 'J-1', lines: taxed, issuedOn: '2026-01-10' });
  const call = { invoice: 'INV-1001', correct: true, lines: [{ ...BILL[0], unitPrice: 400 }] };
  const said = ', without the 891.00 USD tax that it had, due 2026-04-09 instead of 2026-02-09';
  expect(await book.error('update-invoice', call)).toContain(said);
  expect((await book.ok('update-invoice', call)).did).toContain(said);
  const kept = { ...call, invoice: 'INV-1003', lines: [{ ...BILL[0], unitPrice: 410 }], dueOn: '2026-04-09' };
  expect((await book.ok('update-invoice', kept)).did).not.toContain('instead of');
});

test('"that one was billed twice": a void keeps its number and reason, and bills nothing', async () => {
  const book = await two();
  const { answer, text } = await book.both('update-invoice', {
    invoice: 'INV-1001',
    status: 'void',
    voidReason: 'billed twice',
  });
  expect(answer).toMatchObject({
    did: 'Voided INV-1001 of Dana Henderson, 10800.00 USD',
    invoice: {
      ref: 'INV-1001',
      status: 'void',
      voidReason: 'billed twice',
      voidedOn: '2026-03-10',
      balance: '0.00',
      total: '10800.00',
    },
  });
  expect(text).toContain('Void since 2026-03-10: billed twice');
  expect((await book.ok('get-job', { job: 'J-1' })).job.profit).toMatchObject({
    billed: '0.00',
    notBilledYet: '500.00',
  });
  expect((await book.ok('update-invoice', { invoice: 'DRAFT-2', status: 'issued' })).invoice?.ref).toBe('INV-1002');
});

test('"push the due date to the 15th": an issued invoice is due another day, and its log says so', async () => {
  const book = await two();
  const before = await book.ok('get-invoice', { invoice: 'INV-1001' });
  const { answer, text } = await book.both('update-invoice', { invoice: 'INV-1001', dueOn: '2026-04-15' });
  expect(answer).toMatchObject({
    did: 'INV-1001 is due 2026-04-15 instead of 2026-04-09',
    invoice: { ref: 'INV-1001', status: 'issued', dueOn: '2026-04-15', balance: '10800.00' },
  });
  expectPlain(text, 700);
  const after = await book.ok('get-invoice', { invoice: 'INV-1001' });
  expect(after).toEqual({ ...before, invoice: { ...before.invoice, dueOn: '2026-04-15' } });
  const { job } = await book.ok('get-job', { job: 'J-1' });
  expect(JSON.stringify(job.activity)).toContain('INV-1001 is due 2026-04-15 instead of 2026-04-09');
  expect((await book.ok('update-invoice', { invoice: 'INV-1001', dueOn: '2026-04-15' })).did).toBe(
    'INV-1001 is so already',
  );
  await book.ok('undo-change', { change: answer.change });
  expect((await book.ok('get-invoice', { invoice: 'INV-1001' })).invoice.dueOn).toBe('2026-04-09');
});

test('nothing but the day it is due moves on an issued invoice, and not before it was issued', async () => {
  const book = await two();
  expect(await book.error('update-invoice', { invoice: 'INV-1001', dueOn: '2026-03-01' })).toContain(
    "before the invoice's own date 2026-03-10",
  );
  const said = await book.error('update-invoice', { invoice: 'INV-1001', dueOn: '2026-04-15', lines: BILL });
  expect(said).toContain('frozen but for its due date: give dueOn alone');
  expectHelpful(said);
  await book.ok('create-invoice', { creditFor: 'INV-1001', amount: 100, billAgain: false });
  expect(await book.error('update-invoice', { invoice: 'INV-1002', dueOn: '2026-04-15' })).toContain(
    'is a credit note: nothing is due on it',
  );
  await book.ok('update-invoice', { invoice: 'DRAFT-2', discard: true });
});

test('a draft is edited, and issued with a date of its own', async () => {
  const book = await two();
  const changes = {
    lines: [{ description: 'Ridge vent', quantity: 2, unitPrice: 30 }],
    kind: 'progress',
    dueOn: '2026-05-01',
    notes: 'Thanks!',
  };
  const { did, invoice } = await book.ok('update-invoice', { invoice: 'DRAFT-2', ...changes });
  expect(did).toBe('Changed DRAFT-2');
  expect(invoice).toMatchObject({ subtotal: '60.00', kind: 'progress', dueOn: '2026-05-01', notes: 'Thanks!' });
  const issued = await book.ok('update-invoice', {
    invoice: 'DRAFT-2',
    status: 'issued',
    issuedOn: '2026-03-01',
    notes: null,
  });
  expect(issued.invoice).toMatchObject({ ref: 'INV-1002', issuedOn: '2026-03-01', dueOn: '2026-05-01', notes: null });
});

test('a discarded draft is gone and leaves no gap', async () => {
  const book = await two();
  const { answer, text } = await book.both('update-invoice', { invoice: 'DRAFT-2', discard: true });
  expect(answer).toMatchObject({ did: 'Discarded DRAFT-2', invoice: null });
  expectPlain(text, 200);
  expect(await book.error('get-invoice', { invoice: 'DRAFT-2' })).toContain('no invoice matches');
  expect((await book.ok('create-invoice', { customer: 'C-1', lines: BILL })).invoice.ref).toBe('INV-1002');
  expect((await book.ok('get-job', { job: 'J-1' })).job.activity[0]?.text).toBe('DRAFT-2 discarded');
});

test('what is so already is not written', async () => {
  const book = await two();
  expect(await book.ok('update-invoice', { invoice: 'INV-1001', status: 'issued' })).toMatchObject({
    did: 'INV-1001 is issued already',
    change: null,
  });
  // Without a kind it would count against a contract; said to be standard it is extra work.
  expect((await book.ok('update-invoice', { invoice: 'DRAFT-2', kind: 'standard' })).did).toBe('Changed DRAFT-2');
  expect(await book.ok('update-invoice', { invoice: 'DRAFT-2', kind: 'standard' })).toMatchObject({
    did: 'DRAFT-2 is so already',
    change: null,
  });
});

test.each([
  [
    'an issued one edited',
    { invoice: 'INV-1001', lines: BILL },
    /INV-1001 is issued and frozen but for its due date\. .*void it with a reason/i,
  ],
  ['an issued one discarded', { invoice: 'INV-1001', discard: true }, /INV-1001 is issued and frozen/],
  [
    'a void without a reason',
    { invoice: 'INV-1001', status: 'void' },
    /^voidReason: say why INV-1001 is void, like "billed twice"/,
  ],
  ['a reason without a void', { invoice: 'INV-1001', voidReason: 'x' }, /^voidReason: goes with status: void/],
  [
    'a draft voided',
    { invoice: 'DRAFT-2', status: 'void', voidReason: 'x' },
    /DRAFT-2 is a draft: nothing was billed. Discard it with discard: true/,
  ],
  [
    'a void with an edit',
    { invoice: 'INV-1001', status: 'void', voidReason: 'x', notes: 'y' },
    /^notes: a void changes nothing else/,
  ],
  ['an issue date on a draft', { invoice: 'DRAFT-2', issuedOn: '2026-03-01' }, /^issuedOn: goes with status: issued/],
  [
    'a draft that would total below 0',
    { invoice: 'DRAFT-2', status: 'issued', lines: [{ description: 'Discount', quantity: 1, unitPrice: -1 }] },
    /^lines: an invoice cannot total below 0/,
  ],
  [
    'a due date before its own',
    { invoice: 'DRAFT-2', status: 'issued', dueOn: '2026-03-01' },
    /^dueOn: 2026-03-01 is before the invoice's own date/,
  ],
  [
    'one that does not exist',
    { invoice: 'INV-2000', status: 'issued' },
    /^invoice: no invoice matches "INV-2000".*list-invoices/,
  ],
  [
    'back to draft',
    { invoice: 'INV-1001', status: 'draft' },
    /^status: "draft" is not one of the choices. Use issued, void/,
  ],
])('%s is refused and changes nothing', async (_, args, words) => {
  const book = await two();
  const before = await book.ok('list-invoices');
  const error = await book.error('update-invoice', args);
  expectHelpful(error);
  expect(error).toMatch(words);
  expect(await book.ok('list-invoices')).toEqual(before);
});

test('a void stays void', async () => {
  const book = await two();
  await book.ok('update-invoice', { invoice: 'INV-1001', status: 'void', voidReason: 'billed twice' });
  expect(await book.error('update-invoice', { invoice: 'INV-1001', status: 'void', voidReason: 'again' })).toContain(
    'INV-1001 is already void',
  );
  expect(await book.error('update-invoice', { invoice: 'INV-1001', status: 'issued' })).toContain(
    'INV-1001 is void and stays as it is',
  );
});

test('an issued invoice is not mailed by that, and its answer says so once', async () => {
  const book = await roofBook();
  const said = 'Nothing was mailed from here to Dana Henderson, dana@example.com: get-document makes the PDF.';
  const lines = [{ description: 'Vent', quantity: 1, unitPrice: 75 }];
  const billed = await book.both('create-invoice', { job: 'J-1', kind: 'standard', lines });
  expect(billed.answer.notMailed).toEqual({ customer: 'Dana Henderson', email: 'dana@example.com' });
  expect(billed.text.split(said)).toHaveLength(2);
  const draft = await book.ok('create-invoice', { customer: 'C-1', draft: true, lines });
  expect(draft.notMailed).toBeUndefined();
  const issued = await book.both('update-invoice', { invoice: draft.invoice.ref, status: 'issued' });
  expect(issued.text.split(said)).toHaveLength(2);
  expect((await book.ok('update-invoice', { invoice: 'INV-1001', dueOn: '2026-12-31' })).notMailed).toBeUndefined();
  const corrected = await book.ok('update-invoice', { invoice: 'INV-1001', correct: true, lines });
  expect(corrected.notMailed).toMatchObject({ email: 'dana@example.com' });
  const deposit = await book.both('create-invoice', { fromQuote: { quote: 'Q-1', percent: 10 } });
  expect(deposit.answer.notMailed).toEqual({ customer: 'Dana Henderson' });
  const rest = await book.both('create-invoice', { restOf: ['J-1'] });
  expect(rest.answer.notMailed).toEqual({});
  expect(rest.text).toContain('Nothing was mailed from here: get-document makes the PDFs.');
});
