import { expect, test } from 'vitest';
import { openBook, type TypedBook } from '../../support/answers.ts';
import { BILL, roof, SHINGLES, TEAR_OFF, roofBook } from '../../support/roof.ts';
import { expectHelpful, expectPlain } from '../../support/words.ts';
import { LEDGER } from '../../../src/store/journal/ledger.ts';
import { everything } from '../../support/store.ts';
import { expectSound } from '../../support/sound.ts';
import { through } from '../../support/through.ts';

/** Every row of the ledger, in an order of its own. */
async function ledgerOf(book: TypedBook): Promise<Record<string, unknown>> {
  const tables = await everything(book);
  const rows = Object.keys(LEDGER).map((table) => [
    table,
    (tables[table] ?? []).map((row) => JSON.stringify(row)).toSorted(),
  ]);
  return Object.fromEntries(
    rows.map(([table, lines]) => [
      table,
      table === 'accounts'
        ? tables['accounts']?.map((row) => ({ ...row, change_number: 0, newest_hash: '', newest_at: '' }))
        : lines,
    ]),
  );
}

const DAY = '2026-03-10 12:00';

test('"ChatGPT changed the shingles, take that back": the expense is as it was, and its log says so', async () => {
  const book = await roofBook();
  await book.ok('add-job-expense', { job: 'J-1', description: 'Shingles', amount: 4200, category: 'materials' });
  const before = await ledgerOf(book);
  await through(book, 'ChatGPT 1.2', 'update-job-expense', { expense: 'E-1', amount: 4250 });
  const { answer, text } = await book.both('undo-change', { change: 5 });
  expect(answer).toMatchObject({
    did: 'Undid change 5: Changed E-1 Shingles: amount 4200.00 → 4250.00',
    change: 6,
    undone: { number: 5, at: DAY, by: 'you', through: 'ChatGPT 1.2', tool: 'update-job-expense' },
  });
  expectPlain(text, 800);
  expect(await ledgerOf(book)).toEqual(before);
  await expectSound(book);
  const { job } = await book.ok('get-job', { job: 'J-1' });
  expect(job.profit?.expenses).toBe('4200.00');
  expect(job.activity.slice(0, 2).map(({ entry, text: said }) => [entry, said])).toEqual([
    ['undone', 'Undid change 5: Changed E-1 Shingles: amount 4200.00 → 4250.00'],
    ['money', 'E-1 Shingles: amount 4200.00 → 4250.00'],
  ]);
});

test('"undo the last thing" is my own newest change that stands, through whichever assistant', async () => {
  const book = await roofBook();
  await through(book, 'Claude 2', 'update-job', { job: 'J-1', name: 'Big roof' });
  await through(book, 'Cursor 1', 'update-job', { job: 'J-1', name: 'Bigger roof' });
  expect((await book.ok('undo-change')).did).toContain('Undid change 5: ');
  expect((await book.ok('undo-change')).did).toContain('Undid change 4: ');
  expect((await book.ok('get-job', { job: 'J-1' })).job.name).toBe('Roof replacement');
  const other = await openBook({ folder: book.folder, actor: 'tom' });
  expect(await other.error('undo-change')).toContain('there is no change of yours');
});

test('"undo the last thing" sent twice by a retry takes back one change, not two', async () => {
  const { folder } = await roofBook();
  const book = await openBook({ folder, repeats: 'noticed' });
  await book.ok('update-job', { job: 'J-1', name: 'Big roof' });
  await book.ok('undo-change');
  expect(await book.error('undo-change')).toContain('call again with allowDuplicate: true');
  expect((await book.ok('undo-change', { allowDuplicate: true })).undone.number).toBe(3);
});

test('"undo that" after another change is no retry of the one before', async () => {
  const { folder } = await roofBook();
  const book = await openBook({ folder, repeats: 'noticed' });
  await book.ok('update-job', { job: 'J-1', name: 'Big roof' });
  await book.ok('undo-change');
  await book.ok('update-job', { job: 'J-1', name: 'Bigger roof' });
  expect((await book.ok('undo-change')).undone.number).toBe(6);
  expect(await book.error('undo-change')).toContain('call again with allowDuplicate: true');
});

test('"undo the last thing" works again at once where the undo was itself taken back', async () => {
  const { folder } = await roofBook();
  const book = await openBook({ folder, repeats: 'noticed' });
  await book.ok('update-job', { job: 'J-1', note: 'Gate code 4411.' });
  const { change } = await book.ok('undo-change');
  await book.ok('undo-change', { change });
  expect((await book.ok('undo-change')).undone.number).toBe(4);
});

test('undoing an undo brings the change back, and that can be undone again', async () => {
  const book = await roofBook();
  await book.ok('update-job', { job: 'J-1', status: 'completed' });
  const done = await ledgerOf(book);
  await book.ok('undo-change', { change: 4 });
  const undone = await ledgerOf(book);
  expect(await book.error('undo-change', { change: 4 })).toContain(
    'is undone already, by change 5. To have it back, undo change 5.',
  );
  expect((await book.ok('undo-change', { change: 5 })).did).toBe(
    'Undid change 5, so that change 4 stands again: J-1 Roof replacement: status open → completed',
  );
  expect(await ledgerOf(book)).toEqual(done);
  expect((await book.ok('undo-change', { change: 6 })).did).toContain('so that change 4 is undone again');
  expect(await ledgerOf(book)).toEqual(undone);
  expect((await book.ok('undo-change', { change: 7 })).did).toContain('so that change 4 stands again');
  await book.ok('undo-change', { change: 4 });
  expect(await ledgerOf(book)).toEqual(undone);
  await expectSound(book);
});

test('what was changed again later is refused, naming that change; taking both back, newest first, works', async () => {
  const book = await roofBook();
  const before = await ledgerOf(book);
  await book.ok('update-job', { job: 'J-1', name: 'Big roof' });
  await through(book, 'ChatGPT 1.2', 'update-job', { job: 'J-1', address: '9 Elm' });
  const error = await book.error('undo-change', { change: 4 });
  expectHelpful(error);
  expect(error).toBe(
    'change: change 4 (J-1 Big roof: name is now "Big roof") cannot be undone: later changes stand on it:\n' +
      `- change 5 by you through ChatGPT 1.2, ${DAY}: J-1 Big roof: address is now "9 Elm"\n` +
      'Nothing was changed. Undo change 5 first, or set things right directly.',
  );
  await book.ok('undo-change', { change: 5 });
  await book.ok('undo-change', { change: 4 });
  expect(await ledgerOf(book)).toEqual(before);
});

test('a row that was taken out and put back as it was counts as touched: later people on the job stay', async () => {
  const book = await roofBook();
  const people = (...names: string[]) => ({ job: 'J-1', assignees: names.map((name) => ({ name, role: 'crew' })) });
  await book.ok('update-job', people('Tom', 'Luis'));
  await book.ok('update-job', people('Tom', 'Ana'));
  await book.ok('update-job', people('Ruben', 'Ana'));
  expect(await book.error('undo-change', { change: 5 })).toContain('change 6 by you');
  await book.ok('undo-change', { change: 6 });
  await book.ok('undo-change', { change: 5 });
  expect((await book.ok('get-job', { job: 'J-1' })).job.assignees.map(({ name }) => name)).toEqual(['Tom', 'Luis']);
});

test('a job with anything on it stays, and what is on it is named', async () => {
  const book = await roofBook();
  await book.ok('create-job', { customer: 'C-1', name: 'Gutters' });
  await book.ok('add-job-expense', { job: 'J-2', description: 'Permit', amount: 90, category: 'permit' });
  await book.ok('update-job', { job: 'J-2', note: 'Gate code 4411.' });
  const error = await book.error('undo-change', { change: 4 });
  expectHelpful(error);
  expect(error).toContain('later records stand on it');
  expect(error).toContain('- change 6 by you through test 1.0');
  expect(error).toContain('- change 5 by you through test 1.0');
  expect(error).toContain('- a note on J-2');
  expect(error).toContain('- E-1 Permit, Gutters, 2026-03-10');
  await book.ok('undo-change', { change: 6 });
  await book.ok('undo-change', { change: 5 });
  await book.ok('undo-change', { change: 4 });
  expect(await book.error('get-job', { job: 'J-2' })).toContain('no job');
  expect((await book.ok('create-job', { customer: 'C-1', name: 'Gutters' })).job.ref).toBe('J-3');
  await expectSound(book);
});

test('what comes back needs what it refers to', async () => {
  const book = await roofBook();
  await book.ok('create-job', { customer: 'C-1', name: 'Gutters' });
  await book.ok('add-job-expense', { job: 'J-2', description: 'Permit', amount: 90, category: 'permit' });
  await book.ok('update-job-expense', { expense: 'E-1', remove: true });
  await book.ok('undo-change', { change: 4 });
  const error = await book.error('undo-change', { change: 6 });
  expect(error).toContain('what it would bring back refers to what is gone since:\n- change 7 by you');
  expect(error).toContain('Undo change 7 first');
  await book.ok('undo-change', { change: 7 });
  await book.ok('undo-change', { change: 6 });
  expect((await book.ok('get-job', { job: 'J-2' })).job.expenses.map(({ ref }) => ref)).toEqual(['E-1']);
});

test('an issued invoice answers with its void or its credit, a payment with its voiding', async () => {
  const book = await roofBook();
  await book.ok('create-invoice', { job: 'J-1', lines: BILL });
  await book.ok('create-invoice', { job: 'J-1', lines: BILL });
  await book.ok('record-payment', { invoice: 'INV-1002', amount: 100 });
  expect(await book.error('undo-change', { change: 4 })).toContain(
    'INV-1001: update-invoice with status: void and a voidReason',
  );
  expect(await book.error('undo-change', { change: 5 })).toContain(
    'create-invoice with creditFor: "INV-1002" and all: true',
  );
  expect(await book.error('undo-change', { change: 6 })).toContain('record-payment with void: "P-1" and a voidReason');
  expectHelpful(await book.error('undo-change', { change: 6 }));
  // The void itself can be taken back, and the voiding of the payment too.
  await book.ok('update-invoice', { invoice: 'INV-1001', status: 'void', voidReason: 'Billed twice.' });
  expect(await book.error('undo-change', { change: 4 })).toContain('INV-1001 is void already');
  await book.ok('record-payment', { void: 'P-1', voidReason: 'Typed twice.' });
  expect(await book.error('undo-change', { change: 6 })).toContain('P-1 is void already');
  await book.ok('undo-change', { change: 8 });
  await book.ok('undo-change', { change: 7 });
  expect((await book.ok('get-invoice', { invoice: 'INV-1001' })).invoice).toMatchObject({
    status: 'issued',
    voidReason: null,
  });
  expect((await book.ok('get-invoice', { invoice: 'INV-1002' })).invoice.paid).toBe('100.00');
  await expectSound(book);
});

test('issuing a draft is an issue like any other; a discarded draft comes back under its number', async () => {
  const book = await roofBook();
  await book.ok('create-invoice', { job: 'J-1', draft: true, lines: BILL });
  await book.ok('update-invoice', { invoice: 'DRAFT-1', discard: true });
  await book.ok('undo-change', { change: 5 });
  await book.ok('update-invoice', { invoice: 'DRAFT-1', status: 'issued' });
  expect(await book.error('undo-change', { change: 7 })).toContain('INV-1001: update-invoice with status: void');
  expect(await book.error('undo-change', { change: 4 })).toContain('- change 7 by you');
});

test('a correction is answered with another correction', async () => {
  const book = await roofBook();
  await book.ok('create-invoice', { job: 'J-1', lines: BILL });
  await book.ok('update-invoice', { invoice: 'INV-1001', correct: true, lines: [{ ...BILL[0], quantity: 23 }] });
  expect(await book.error('undo-change', { change: 5 })).toContain(
    'INV-1003 is part of a correction. Correct the replacement again',
  );
});

test('a void stays where the rest was billed again meanwhile, and the later bill is named', async () => {
  const book = await roofBook();
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', percent: 30 } });
  await book.ok('update-invoice', { invoice: 'INV-1001', status: 'void', voidReason: 'Too early.' });
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', rest: true } });
  const error = await book.error('undo-change', { change: 5 });
  expect(error).toContain(
    'Q-1 would be billed beyond what is accepted: 14040.00 USD by INV-1001, INV-1002 of 10800.00 USD:\n- change 6 by you',
  );
  await book.ok('update-invoice', { invoice: 'INV-1002', status: 'void', voidReason: 'Wrong.' });
  await book.ok('undo-change', { change: 5 });
  expect((await book.ok('get-job', { job: 'J-1' })).job.profit?.billed).toBe('3240.00');
});

test('an accepted quote stays accepted while a bill stands on it', async () => {
  const book = await openBook();
  await roof(book.ok, { status: 'sent' });
  await book.ok('update-quote', { quote: 'Q-1', status: 'accepted' });
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', percent: 30 } });
  const error = await book.error('undo-change', { change: 4 });
  expect(error).toContain('INV-1001 would bill Q-1, which would not be accepted:\n- change 5 by you');
  await book.ok('update-invoice', { invoice: 'INV-1001', status: 'void', voidReason: 'Too early.' });
  await book.ok('undo-change', { change: 4 });
  expect((await book.ok('get-quote', { quote: 'Q-1' })).quote.status).toBe('sent');
  await expectSound(book);
});

test('an accepted quote stays accepted while a draft is to bill it, and the draft comes back only while it is', async () => {
  const book = await openBook();
  await roof(book.ok, { status: 'sent' });
  await book.ok('update-quote', { quote: 'Q-1', status: 'accepted' });
  const draft = await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', percent: 30 }, draft: true });
  expect(await book.error('undo-change', { change: 4 })).toContain(
    `DRAFT-1 would bill Q-1, which would not be accepted:\n- change ${draft.change} by you`,
  );
  const { change } = await book.ok('update-invoice', { invoice: 'DRAFT-1', discard: true });
  const offer = await book.ok('undo-change', { change: 4 });
  expect(await book.error('undo-change', { change })).toContain(
    `DRAFT-1 would bill Q-1, which would not be accepted:\n- change ${offer.change} by you`,
  );
  await book.ok('undo-change', { change: offer.change });
  await book.ok('undo-change', { change });
  const issued = await book.ok('update-invoice', { invoice: 'DRAFT-1', status: 'issued' });
  expect(issued.invoice?.ref).toBe('INV-1001');
  await expectSound(book);
});

test('what was issued leads into no dead end: it holds the job for good, and the quote until it is void', async () => {
  const book = await roofBook();
  await book.ok('create-invoice', { job: 'J-1', fromQuote: { quote: 'Q-1', percent: 30 } });
  const job = await book.error('undo-change', { change: 2 });
  expect(job).toContain('change 4 by you through test 1.0, 2026-03-10 12:00: Issued INV-1001 for Dana Henderson');
  expect(job).toContain('(issued or paid: not undone)');
  expect(job).toContain('also when it is void, so this change stands: set things right directly.');
});

test('a deposit that counts toward a contract keeps its quote', async () => {
  const book = await roofBook();
  const lines = [{ description: 'Gutters', quantity: 1, unitPrice: 800 }];
  await book.ok('create-quote', { job: 'J-1', title: 'Gutters', status: 'accepted', lines });
  const bill = { job: 'J-1', kind: 'deposit', lines: [{ description: 'Deposit', quantity: 1, unitPrice: 300 }] };
  await book.ok('create-invoice', bill);
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-2', rest: true } });
  const error = await book.error('undo-change', { change: 3 });
  expect(error).toContain('later records stand on it:\n- change 5');
  expect(error).toContain('a part of a contract on INV-1001');
  expect(error).toContain('Void what was issued or paid, and undo the others first');
  await book.ok('update-invoice', { invoice: 'INV-1001', status: 'void', voidReason: 'Wrong job.' });
  await book.ok('undo-change', { change: 3 });
  await expectSound(book);
});

test('lines stay as they were accepted or issued, whatever was changed on them before', async () => {
  const book = await roofBook();
  await book.ok('create-quote', { job: 'J-1', title: 'Gutters', lines: [TEAR_OFF] });
  await book.ok('update-quote', { quote: 'Q-2', lines: [{ ...TEAR_OFF, unitCost: 60 }] });
  await book.ok('update-quote', { quote: 'Q-2', status: 'accepted' });
  const draft = (description: string) => ({ lines: [{ description, quantity: 1, unitPrice: 300 }] });
  await book.ok('create-invoice', { job: 'J-1', draft: true, ...draft('Gutters') });
  await book.ok('update-invoice', { invoice: 'DRAFT-1', ...draft('Gutters, north side') });
  await book.ok('update-invoice', { invoice: 'DRAFT-1', status: 'issued' });
  const before = await ledgerOf(book);
  const quote = await book.error('undo-change', { change: 5 });
  expect(quote).toContain('Q-2 Gutters, Dana Henderson, accepted would get other lines:');
  expect(quote).toContain('change 6 by you');
  const invoice = await book.error('undo-change', { change: 8 });
  expect(invoice).toContain('INV-1001');
  expect(invoice).toContain('would get other lines:');
  expect(await ledgerOf(book)).toEqual(before);
  await book.ok('undo-change', { change: 6 });
  await book.ok('undo-change', { change: 5 });
  expect((await book.ok('get-quote', { quote: 'Q-2' })).quote.lines[0]?.unitCost).toBe('55.00');
  await expectSound(book);
});

test('a transcript stays where a quote cites it, and what a line cites comes back only where it is said', async () => {
  const book = await roofBook();
  const walk = {
    customer: 'C-1',
    title: 'Gutters',
    consent: 'Dana said yes',
    transcript: 'Take forty feet of gutter.',
  };
  await book.ok('record-walk-and-talk', walk);
  await book.ok('record-walk-and-talk', {
    corrects: 'W-1',
    transcript: 'Take fifty feet of gutter, then paint it all.',
  });
  const line = (cites: string) => ({ description: 'Gutter', quantity: 50, unitPrice: 9, cites });
  await book.ok('create-quote', { fromWalkAndTalk: 'W-1', lines: [line('fifty feet of gutter')] });
  expect(await book.error('undo-change', { change: 5 })).toContain(
    'Q-2/1 cites "fifty feet of gutter", which the transcript would lack:\n- change 6 by you',
  );
  await book.ok('update-quote', { quote: 'Q-2', lines: [line('then paint it all')] });
  await book.ok('record-walk-and-talk', { corrects: 'W-1', transcript: 'Take gutter, then paint it all.' });
  expect(await book.error('undo-change', { change: 7 })).toContain(
    'which the transcript would lack:\n- change 8 by you',
  );
  await book.ok('undo-change', { change: 8 });
  await book.ok('undo-change', { change: 7 });
  await expectSound(book);
});

test('a quote goes with its lines, unless an expense covers one of them', async () => {
  const book = await openBook();
  await roof(book.ok, { status: 'sent' });
  await book.ok('add-job-expense', {
    job: 'J-1',
    description: 'Shingles',
    amount: 90,
    category: 'materials',
    coversLine: 'Q-1/1',
  });
  expect(await book.error('undo-change', { change: 3 })).toContain('- E-1 Shingles');
  await book.ok('update-job-expense', { expense: 'E-1', coversLine: null });
  await book.ok('undo-change', { change: 3 });
  expect(await book.error('get-quote', { quote: 'Q-1' })).toContain('no quote');
});

test('a line that lives on in a revision holds nothing back', async () => {
  const book = await openBook();
  await roof(book.ok, { status: 'sent' });
  await book.ok('create-quote', { revises: 'Q-1', lines: [SHINGLES, TEAR_OFF] });
  await book.ok('add-job-expense', {
    job: 'J-1',
    description: 'Shingles',
    amount: 90,
    category: 'materials',
    coversLine: 'Q-2/1',
  });
  await book.ok('undo-change', { change: 4 });
  expect((await book.ok('get-quote', { quote: 'Q-1' })).quote.status).toBe('sent');
  expect((await book.ok('get-job', { job: 'J-1' })).job.expenses[0]?.coversLine).toBe('Q-1/1');
  await expectSound(book);
});

test('a done mark keeps its quote from becoming an offer again', async () => {
  const book = await openBook();
  await roof(book.ok, { status: 'sent' });
  await book.ok('update-quote', { quote: 'Q-1', status: 'accepted' });
  await book.ok('update-quote', { quote: 'Q-1', doneLines: [1] });
  expect(await book.error('undo-change', { change: 4 })).toContain(
    'Q-1/1 is marked done, and its quote would be an offer:\n- change 5 by you',
  );
});

test('of two revisions only one comes to be accepted', async () => {
  const book = await roofBook();
  await book.ok('create-quote', { revises: 'Q-1', lines: [TEAR_OFF] });
  await book.ok('create-quote', { revises: 'Q-1', lines: [SHINGLES, TEAR_OFF] });
  await book.ok('update-quote', { quote: 'Q-2', status: 'accepted' });
  await book.ok('update-quote', { quote: 'Q-2', status: 'declined' });
  await book.ok('update-quote', { quote: 'Q-3', status: 'accepted' });
  expect(await book.error('undo-change', { change: 7 })).toContain(
    'Q-2 and Q-3 would both be accepted in the place of Q-1:\n- change 8 by you',
  );
});

test('a voided payment stays void where it was paid again', async () => {
  const book = await roofBook();
  await book.ok('create-invoice', { job: 'J-1', lines: BILL });
  await book.ok('record-payment', { invoice: 'INV-1001', amount: 10800 });
  await book.ok('record-payment', { void: 'P-1', voidReason: 'Wrong day.' });
  await book.ok('record-payment', { invoice: 'INV-1001', amount: 10800, paidOn: '2026-03-09' });
  expect(await book.error('undo-change', { change: 6 })).toContain(
    '21600.00 USD would be paid on INV-1001, which comes to 10800.00 USD:\n- change 7 by you',
  );
  await book.ok('record-payment', { void: 'P-2', voidReason: 'Was right.' });
  await book.ok('update-invoice', { invoice: 'INV-1001', status: 'void', voidReason: 'Wrong.' });
  expect(await book.error('undo-change', { change: 6 })).toContain(
    'INV-1001 would be void with P-1 on it:\n- change 9 by you',
  );
});

test('a voided credit stays void where all was credited again', async () => {
  const book = await roofBook();
  await book.ok('create-invoice', { job: 'J-1', lines: BILL });
  await book.ok('create-invoice', { creditFor: 'INV-1001', amount: 800 });
  await book.ok('update-invoice', { invoice: 'INV-1002', status: 'void', voidReason: 'Not agreed.' });
  await book.ok('create-invoice', { creditFor: 'INV-1001', all: true, billAgain: true });
  expect(await book.error('undo-change', { change: 6 })).toContain(
    'more would be credited on INV-1001 than it comes to:\n- change 7',
  );
});

test('a cover is not brought back where its quote left the job', async () => {
  const book = await roofBook();
  await book.ok('create-job', { customer: 'C-1', name: 'Garage' });
  await book.ok('add-job-expense', {
    job: 'J-1',
    description: 'Shingles',
    amount: 90,
    category: 'materials',
    coversLine: 'Q-1/1',
  });
  await book.ok('update-job-expense', { expense: 'E-1', coversLine: null });
  await book.ok('file-under-job', { job: 'J-2', records: ['Q-1'] });
  expect(await book.error('undo-change', { change: 6 })).toContain(
    'E-1 would cover a line that does not count on its job:\n- change 7 by you',
  );
});

test('a contract is filed back only with all that came to it', async () => {
  const book = await roofBook();
  await book.ok('create-job', { customer: 'C-1', name: 'Garage' });
  const before = await ledgerOf(book);
  await book.ok('file-under-job', { job: 'J-2', records: ['Q-1'] });
  await book.ok('create-quote', { job: 'J-2', kind: 'change_order', lines: [TEAR_OFF] });
  expect(await book.error('undo-change', { change: 5 })).toMatch(
    /Q-2 .* would be on another job than what belongs to it:\n- change 6 by you/,
  );
  await book.ok('undo-change', { change: 6 });
  await book.ok('undo-change', { change: 5 });
  expect(await ledgerOf(book)).toEqual(before);
});

test('a discarded draft comes back only to the job where its quote still is', async () => {
  const book = await roofBook();
  await book.ok('create-job', { customer: 'C-1', name: 'Garage' });
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', percent: 30 }, draft: true });
  await book.ok('update-invoice', { invoice: 'DRAFT-1', discard: true });
  await book.ok('file-under-job', { job: 'J-2', records: ['Q-1'] });
  expect(await book.error('undo-change', { change: 6 })).toContain(
    'would be on another job than what belongs to it:\n- change 7 by you',
  );
  await book.ok('undo-change', { change: 7 });
  await book.ok('undo-change', { change: 6 });
  await expectSound(book);
});

test('the currency goes back only while no money is recorded, and amounts of before stay away', async () => {
  const book = await openBook();
  await book.ok('create-job', { newCustomer: { name: 'Dana' }, name: 'Roof' });
  await book.ok('add-job-expense', { job: 'J-1', description: 'Nails', amount: 4, category: 'materials' });
  await book.ok('update-job-expense', { expense: 'E-1', remove: true });
  await book.ok('update-account', { currency: 'JPY' });
  expect(await book.error('undo-change', { change: 3 })).toContain(
    'its amounts are in the currency of before:\n- change 4',
  );
  await book.ok('add-job-expense', { job: 'J-1', description: 'Nails', amount: 400, category: 'materials' });
  expect(await book.error('undo-change', { change: 4 })).toContain(
    'the currency is fixed once money is recorded:\n- 1 expense in JPY',
  );
  await book.ok('update-job-expense', { expense: 'E-2', remove: true });
  await book.ok('undo-change', { change: 4 });
  await book.ok('undo-change', { change: 3 });
  expect((await book.ok('get-job', { job: 'J-1' })).job.expenses[0]).toMatchObject({ ref: 'E-1', amount: '4.00' });
});

test('"samples removed" comes back in one call, and goes again in another', async () => {
  const book = await openBook({ samples: true });
  const full = await ledgerOf(book);
  await book.ok('update-account', { removeSamples: true });
  const empty = await ledgerOf(book);
  await book.ok('undo-change');
  expect(await ledgerOf(book)).toEqual(full);
  await expectSound(book);
  await book.ok('undo-change', { change: 3 });
  expect(await ledgerOf(book)).toEqual(empty);
  await expectSound(book);
});

test('real work on a sample keeps the samples from going again', async () => {
  const book = await openBook({ samples: true });
  await book.ok('update-account', { removeSamples: true });
  await book.ok('undo-change', { change: 2 });
  await book.ok('add-job-expense', { job: 'J-S1', description: 'Nails', amount: 4, category: 'materials' });
  const error = await book.error('undo-change', { change: 3 });
  expect(error).toContain('- change 4 by you');
  expect(error).toContain('- E-1 Nails');
});

test('what Jobwright or its operator did is not undone here', async () => {
  const book = await openBook({ samples: true });
  expect(await book.error('undo-change', { change: 0 })).toContain('It opened these books');
  expect(await book.error('undo-change', { change: 1 })).toContain(
    'update-account with removeSamples: true takes them out',
  );
  expect(await book.error('undo-change')).toContain('there is no change of yours');
  expect(await book.error('undo-change', { change: 99 })).toContain('there is no change 99. list-changes shows them');
});

test('an appointment goes back to its hour under a higher revision, which calendars need to follow', async () => {
  const book = await roofBook();
  await book.ok('schedule-appointment', { job: 'J-1', title: 'Tear-off', starts: '2026-03-12T09:00', minutes: 60 });
  await book.ok('update-appointment', { appointment: 'A-1', starts: '2026-03-13T09:00' });
  await book.ok('update-appointment', { appointment: 'A-1', place: 'Gate' });
  await book.ok('undo-change', { change: 6 });
  await book.ok('undo-change', { change: 5 });
  const [row] = (await everything(book))['appointments'] ?? [];
  expect(row).toMatchObject({ starts_at: '2026-03-12T14:00:00.000Z', place: null, revision: 4 });
  await expectSound(book);
  await book.ok('undo-change', { change: 8 });
  expect((await everything(book))['appointments']?.[0]).toMatchObject({
    starts_at: '2026-03-13T14:00:00.000Z',
    revision: 5,
  });
});

test('a preview says what would be undone, or why it cannot, and keeps nothing', async () => {
  const book = await roofBook();
  await book.ok('update-job', { job: 'J-1', name: 'Big roof' });
  const before = await everything(book);
  const { answer, text } = await book.both('undo-change', { change: 4, preview: true });
  expect(answer).toMatchObject({
    change: null,
    preview: true,
    did: 'Undid change 4: J-1 Big roof: name is now "Big roof"',
  });
  expectPlain(text, 600);
  expect(await book.error('undo-change', { change: 1, preview: true })).toContain('later records stand on it');
  expect(await everything(book)).toEqual(before);
});

test('the same request twice undoes once', async () => {
  const book = await roofBook();
  await book.ok('update-job', { job: 'J-1', name: 'Big roof' });
  const first = await book.ok('undo-change', { requestId: 'u1' });
  expect(await book.ok('undo-change', { requestId: 'u1' })).toEqual(first);
  expect((await book.ok('list-changes', {})).changes[0]).toMatchObject({ number: 5, undoes: 4 });
});
