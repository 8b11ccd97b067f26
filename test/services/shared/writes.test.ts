// What every write is held to, whatever it writes.
import { describe, expect, it } from 'vitest';
import { TOOLS } from '../../../src/tools/index.ts';
import type { BookOptions } from '../../support/book.ts';
import { everything } from '../../support/store.ts';
import { openBook as openTyped } from '../../support/answers.ts';
import { roof, SHINGLES } from '../../support/roof.ts';

const START = Date.parse('2026-03-10T17:00:00.000Z');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A book whose clock the test sets, in which a repeat is noticed. */
async function openBook(options: BookOptions = {}) {
  let now = START;
  const book = await openTyped({ repeats: 'noticed', now: () => new Date(now).toISOString(), ...options });
  return { ...book, later: (ms: number) => (now += ms) };
}

const PERMIT = { job: 'J-1', description: 'Permit', amount: 612.4, category: 'permit' };
const expenses = async (book: Awaited<ReturnType<typeof openBook>>) =>
  (await book.ok('get-job', { job: 'J-1' })).job.expenses.map(({ ref }) => ref);

describe('a request id', () => {
  it('answers the same call with the first answer, and changes nothing', async () => {
    const book = await openBook();
    await roof(book.ok);
    const first = await book.ok('add-job-expense', { ...PERMIT, requestId: 'a1' });
    const before = await everything(book);
    book.later(29 * DAY);
    expect(await book.ok('add-job-expense', { ...PERMIT, requestId: 'a1' })).toEqual(first);
    expect(await everything(book)).toEqual(before);
    expect(await expenses(book)).toEqual(['E-1']);
  });

  it('does not mind in which order the arguments come, or whether an amount is text', async () => {
    const book = await openBook();
    await roof(book.ok);
    await book.ok('add-job-expense', { ...PERMIT, requestId: 'a1' });
    const { category, amount, description, job } = PERMIT;
    await book.ok('add-job-expense', { requestId: 'a1', category, amount, description, job });
    expect(await expenses(book)).toEqual(['E-1']);
  });

  it.each([
    ['other arguments', 'add-job-expense', { ...PERMIT, amount: 613 }],
    ['another tool', 'update-job', { job: 'J-1', note: 'Gate code 4411' }],
  ])('is refused with %s, and nothing is written', async (_, tool, args) => {
    const book = await openBook();
    await roof(book.ok);
    await book.ok('add-job-expense', { ...PERMIT, requestId: 'a1' });
    const before = await everything(book);
    expect(await book.error(tool, { ...args, requestId: 'a1' })).toBe(
      'requestId: "a1" was used for another call. Give every new write an id of its own; the same id is for sending the same call again.',
    );
    expect(await everything(book)).toEqual(before);
  });

  it('answers for longer than 30 days where nothing pushes it out', async () => {
    const book = await openBook();
    await roof(book.ok);
    const first = await book.ok('add-job-expense', { ...PERMIT, requestId: 'a1' });
    book.later(300 * DAY);
    expect(await book.ok('add-job-expense', { ...PERMIT, requestId: 'a1' })).toEqual(first);
    expect(await expenses(book)).toEqual(['E-1']);
  });

  it('remembers "already so" too, and forgets a refusal', async () => {
    const book = await openBook();
    await roof(book.ok);
    const already = await book.ok('update-job', { job: 'J-1', status: 'open', requestId: 's' });
    expect(already).toMatchObject({ change: null });
    await book.ok('update-job', { job: 'J-1', status: 'completed' });
    expect(await book.ok('update-job', { job: 'J-1', status: 'open', requestId: 's' })).toEqual(already);
    await book.error('add-job-expense', { ...PERMIT, job: 'J-9', requestId: 'e' });
    await book.ok('add-job-expense', { ...PERMIT, requestId: 'e' });
  });

  it("is each person's own", async () => {
    const book = await openBook();
    await roof(book.ok);
    await book.ok('add-job-expense', { ...PERMIT, requestId: 'a1' });
    const other = await openTyped({ folder: book.folder, actor: 'kim' });
    await other.ok('add-job-expense', { ...PERMIT, requestId: 'a1' });
    expect(await expenses(book)).toEqual(['E-2', 'E-1']);
  });

  it('of a void that was confirmed answers without asking again', async () => {
    const book = await openBook();
    await roof(book.ok);
    await book.ok('create-invoice', { job: 'J-1', fromQuote: { quote: 'Q-1', percent: 30 } });
    const call = { invoice: 'INV-1001', status: 'void', voidReason: 'Wrong customer', requestId: 'v' };
    const first = await book.ok('update-invoice', call);
    expect((await book.call('update-invoice', call)).structuredContent).toEqual(first);
  });
});

describe('a repeat within ten minutes', () => {
  it('is not booked: the error names the earlier record and how to mean it', async () => {
    const book = await openBook();
    await roof(book.ok);
    await book.ok('add-job-expense', PERMIT);
    book.later(3 * MINUTE);
    const before = await everything(book);
    expect(await book.error('add-job-expense', PERMIT)).toBe(
      'the very same was done 3 minutes ago: Logged E-1 Permit, 612.40 USD, on J-1 Roof replacement (change 4). Nothing was added again. If it is meant twice, call again with allowDuplicate: true.',
    );
    expect(await everything(book)).toEqual(before);
    await book.ok('add-job-expense', { ...PERMIT, allowDuplicate: true });
    expect(await expenses(book)).toEqual(['E-2', 'E-1']);
  });

  it('is booked after ten, and each booking counts anew', async () => {
    const book = await openBook();
    await roof(book.ok);
    await book.ok('add-job-expense', PERMIT);
    book.later(10 * MINUTE);
    await book.ok('add-job-expense', PERMIT);
    book.later(9 * MINUTE);
    expect(await book.error('add-job-expense', PERMIT)).toContain('9 minutes ago: Logged E-2');
  });

  it('is booked where the first was removed, discarded or voided', async () => {
    const book = await openBook();
    await roof(book.ok);
    await book.ok('add-job-expense', PERMIT);
    await book.ok('update-job-expense', { expense: 'E-1', remove: true });
    await book.ok('add-job-expense', PERMIT);

    const draft = { job: 'J-1', draft: true, lines: [{ description: 'Gutters', quantity: 1, unitPrice: 180 }] };
    await book.ok('create-invoice', draft);
    await book.ok('update-invoice', { invoice: 'DRAFT-1', discard: true });
    await book.ok('create-invoice', draft);

    const bill = { ...draft, draft: false };
    await book.ok('create-invoice', bill);
    await book.ok('update-invoice', { invoice: 'INV-1001', status: 'void', voidReason: 'Mistyped' });
    await book.ok('create-invoice', bill);

    const payment = { invoice: 'INV-1002', amount: 50 };
    await book.ok('record-payment', payment);
    await book.ok('record-payment', { void: 'P-1', voidReason: 'Bounced' });
    await book.ok('record-payment', payment);
    expect(await book.error('record-payment', payment)).toContain('P-2');
  });

  it('is none where the rest of a contract is another: after a correction, or a change order', async () => {
    const book = await openBook();
    await roof(book.ok);
    const rest = { job: 'J-1', fromQuote: { quote: 'Q-1', rest: true } };
    const billed = async (more = {}) => (await book.ok('create-invoice', { ...rest, ...more })).invoice.subtotal;
    expect(await billed()).toBe('10800.00');
    expect(await book.error('create-invoice', rest)).toContain('the very same was done a moment ago: Issued INV-1001');
    const lines = [{ description: 'Shingles', quantity: 1, unitPrice: 9800 }];
    await book.ok('update-invoice', { invoice: 'INV-1001', correct: true, lines });
    expect(await billed({ preview: true })).toBe('1000.00');
    expect(await billed()).toBe('1000.00');
    const gutters = { kind: 'change_order', job: 'J-1', contract: 'Q-1', status: 'accepted', title: 'Gutters' };
    await book.ok('create-quote', { ...gutters, lines: [{ description: 'Gutters', quantity: 1, unitPrice: 600 }] });
    expect(await billed()).toBe('600.00');
    expect(await book.error('create-invoice', rest)).toContain('the very same was done a moment ago');
  });

  it.each([
    ['void', { status: 'void', voidReason: 'Wrong day' }],
    ['corrected', { correct: true, lines: [{ description: 'Shingles', quantity: 1, unitPrice: 900 }] }],
  ])('is none where what the first billed is %s since', async (_, taken) => {
    const book = await openBook();
    await roof(book.ok);
    const deposit = { fromQuote: { quote: 'Q-1', percent: 30 } };
    await book.ok('create-invoice', deposit);
    await book.ok('update-invoice', { invoice: 'INV-1001', ...taken });
    expect((await book.ok('create-invoice', deposit)).invoice.subtotal).toBe('3240.00');
    expect(await book.error('create-invoice', deposit)).toContain('the very same was done a moment ago');
  });

  it('is none where what the first billed was credited whole, and is one where it was in part', async () => {
    const book = await openBook();
    await roof(book.ok);
    const rest = { restOf: ['J-1'] };
    await book.ok('create-invoice', rest);
    await book.ok('create-invoice', { creditFor: 'INV-1001', amount: 800, billAgain: false });
    expect(await book.error('create-invoice', rest)).toMatch(/^the very same was done a moment ago: .*INV-1001/);
    await book.ok('create-invoice', { creditFor: 'INV-1001', all: true, billAgain: true });
    expect((await book.ok('create-invoice', rest)).invoices).toMatchObject([{ subtotal: '10000.00' }]);
    expect(await book.error('create-invoice', rest)).toMatch(/^the very same was done a moment ago: .*INV-1004/);
  });

  it('is not said of what was corrected since: where nothing is left to bill, that is', async () => {
    const book = await openBook();
    await roof(book.ok);
    const rest = { restOf: ['J-1'] };
    await book.ok('create-invoice', rest);
    const lines = [{ description: 'Roof', quantity: 1, unitPrice: 10_800 }];
    await book.ok('update-invoice', { invoice: 'INV-1001', correct: true, lines });
    const error = await book.error('create-invoice', rest);
    expect(error).not.toContain('the very same');
    expect(error).toMatch(/nothing/i);
  });

  it('counts a note on a job, and not a status set twice', async () => {
    const book = await openBook();
    await roof(book.ok);
    await book.ok('update-job', { job: 'J-1', note: 'Gate code 4411' });
    expect(await book.error('update-job', { job: 'J-1', note: 'Gate code 4411' })).toContain('the very same was done');
    await book.ok('update-job', { job: 'J-1', status: 'completed' });
    expect(await book.ok('update-job', { job: 'J-1', status: 'completed' })).toMatchObject({ change: null });
  });

  it('by another person is meant', async () => {
    const book = await openBook();
    await roof(book.ok);
    await book.ok('add-job-expense', PERMIT);
    const kim = await openTyped({ folder: book.folder, actor: 'kim', repeats: 'noticed' });
    await kim.ok('add-job-expense', PERMIT);
    expect(await expenses(book)).toEqual(['E-2', 'E-1']);
  });

  it('is one whatever request id comes with it: models invent a new one for each try', async () => {
    const book = await openBook();
    await roof(book.ok);
    await book.ok('add-job-expense', { ...PERMIT, requestId: 'first try' });
    for (const requestId of ['second try', 'third try'])
      expect(await book.error('add-job-expense', { ...PERMIT, requestId })).toContain('Logged E-1 Permit');
    await book.ok('add-job-expense', { ...PERMIT, requestId: 'meant', allowDuplicate: true });
    expect(await expenses(book)).toEqual(['E-2', 'E-1']);
  });

  it.each([
    ['the job by its name', { job: 'the roof' }],
    ['the amount as text', { amount: '612.40' }],
    ['the day that it is', { spentOn: '2026-03-10' }],
    ['other capitals', { description: 'PERMIT' }],
  ])('is one that says the same in other words: %s', async (_, more) => {
    const book = await openBook();
    await roof(book.ok);
    await book.ok('add-job-expense', PERMIT);
    expect(await book.error('add-job-expense', { ...PERMIT, ...more })).toContain('Logged E-1 Permit');
  });

  it.each([
    ['of another amount', { amount: 612.5 }],
    ['of another day', { spentOn: '2026-03-09' }],
    ['from another vendor', { vendor: 'City of Austin' }],
    ['of another category', { category: 'other' }],
    ['that covers a line', { coversLine: 'Q-1/1' }],
  ])('is none where the expense is another: one %s', async (_, more) => {
    const book = await openBook();
    await roof(book.ok);
    await book.ok('add-job-expense', PERMIT);
    await book.ok('add-job-expense', { ...PERMIT, ...more });
    expect(await expenses(book)).toHaveLength(2);
  });

  it('is noticed past midnight, where the day was left out', async () => {
    const book = await openBook({ timeZone: 'UTC' });
    await roof(book.ok);
    book.later(7 * 60 * MINUTE - 2 * MINUTE);
    await book.ok('add-job-expense', PERMIT);
    const lines = [{ description: 'Gutters', quantity: 1, unitPrice: 180 }];
    await book.ok('create-invoice', { job: 'J-1', lines });
    book.later(4 * MINUTE);
    expect(await book.error('add-job-expense', { ...PERMIT, job: 'roof' })).toContain('4 minutes ago: Logged E-1');
    expect(await book.error('create-invoice', { job: 'roof', lines })).toContain('4 minutes ago: Issued INV-1001');
  });

  it('of a bill is noticed though the first used up what was left of the contract', async () => {
    const book = await openBook();
    await roof(book.ok);
    const lines = [{ description: 'Shingles', quantity: 1, unitPrice: 6000 }];
    const { invoice } = await book.ok('create-invoice', { job: 'J-1', lines });
    expect(await book.error('create-invoice', { job: 'roof replacement', lines })).toContain(`Issued ${invoice.ref}`);
    await book.ok('create-invoice', { job: 'J-1', lines: [{ ...lines[0], unitPrice: 4000 }] });
  });

  it('of a deposit is noticed though a second one would be called a progress bill', async () => {
    const book = await openBook();
    await roof(book.ok);
    await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', percent: 30 } });
    expect(await book.error('create-invoice', { job: 'J-1', fromQuote: { quote: 'roof', percent: 30 } })).toContain(
      'the very same was done a moment ago: Issued INV-1001',
    );
  });

  it('of a payment that left nothing to pay names it, and not the balance', async () => {
    const book = await openBook();
    await roof(book.ok);
    await book.ok('create-invoice', { job: 'J-1', fromQuote: { quote: 'Q-1', rest: true } });
    const { balance } = (await book.ok('get-invoice', { invoice: 'INV-1001' })).invoice;
    await book.ok('record-payment', { invoice: 'INV-1001', amount: balance, requestId: 'one' });
    for (const again of [{ amount: balance, requestId: 'two' }, { amount: Number(balance) }])
      expect(await book.error('record-payment', { invoice: 'inv-1001', ...again })).toContain(
        'the very same was done a moment ago',
      );
  });

  it('of one receipt of several names it', async () => {
    const book = await openBook();
    await roof(book.ok);
    const { job, ...crane } = { ...PERMIT, description: 'Crane', amount: 350 };
    await book.ok('add-expenses', { expenses: [PERMIT, { job, ...crane }, { overhead: true, ...crane }] });
    expect(await book.error('add-job-expense', { job: 'roof', ...crane })).toContain('(change 4, E-2 in it)');
    expect(await book.error('add-expenses', { expenses: [{ overhead: true, ...crane }] })).toContain('E-3 in it');
  });

  it('of a note is none where more is said of the job', async () => {
    const book = await openBook();
    await roof(book.ok);
    await book.ok('update-job', { job: 'J-1', note: 'Gate code 4411' });
    expect(await book.error('update-job', { job: 'roof', note: 'gate code 4411' })).toContain('the very same was done');
    await book.ok('update-job', { job: 'J-1', note: 'Gate code 4411', status: 'in_progress' });
  });

  it('is none where a preview asks what would come of it', async () => {
    const book = await openBook();
    await roof(book.ok);
    await book.ok('add-job-expense', PERMIT);
    expect(await book.ok('add-job-expense', { ...PERMIT, preview: true })).toMatchObject({ preview: true });
  });

  it('is none of two equal lines in one call', async () => {
    const book = await openBook();
    await roof(book.ok);
    const change = { job: 'J-1', kind: 'change_order', title: 'More shingles' };
    const { quote } = await book.ok('create-quote', { ...change, lines: [SHINGLES, SHINGLES] });
    expect(quote.lines).toHaveLength(2);
    await book.ok('create-quote', { ...change, lines: [SHINGLES] });
    expect(await book.error('create-quote', { ...change, lines: [SHINGLES, SHINGLES] })).toContain(quote.ref);
  });

  it('is one of what stands, whatever else like it was undone since', async () => {
    const book = await openBook();
    await roof(book.ok);
    const first = await book.ok('add-job-expense', PERMIT);
    const second = await book.ok('add-job-expense', { ...PERMIT, allowDuplicate: true });
    await book.ok('undo-change', { change: second.change });
    expect(await book.error('add-job-expense', PERMIT)).toContain('Logged E-1 Permit');
    const gone = await book.ok('undo-change', { change: first.change });
    const third = await book.ok('add-job-expense', PERMIT);
    await book.ok('undo-change', { change: third.change });
    await book.ok('undo-change', { change: gone.change });
    expect(await book.error('add-job-expense', PERMIT)).toContain('Logged E-1 Permit');
    expect(await expenses(book)).toEqual(['E-1']);
  });

  it('of one of several is one though another of them was taken out', async () => {
    const book = await openBook();
    await roof(book.ok);
    const crane = { ...PERMIT, description: 'Crane' };
    await book.ok('add-expenses', { expenses: [PERMIT, crane] });
    await book.ok('update-job-expense', { expense: 'E-1', remove: true });
    expect(await book.error('add-job-expense', crane)).toContain('E-2 in it');
    expect(await book.error('add-expenses', { expenses: [PERMIT, crane] })).toContain('E-2 in it');
    await book.ok('add-job-expense', PERMIT);
  });

  it('is one of what a correction billed anew, by another call or by the same', async () => {
    const book = await openBook();
    await roof(book.ok);
    const bill = { job: 'J-1', kind: 'standard', lines: [{ description: 'Gutters', quantity: 1, unitPrice: 180 }] };
    await book.ok('create-invoice', bill);
    const lines = [{ description: 'Gutters', quantity: 1, unitPrice: 190 }];
    const correction = { invoice: 'INV-1001', correct: true, lines };
    await book.ok('update-invoice', correction);
    expect(await book.error('create-invoice', { ...bill, lines })).toContain('INV-1003 takes its place');
    expect(await book.error('update-invoice', correction)).toContain('INV-1003 takes its place');
    // Corrected back, it is the bill of the first call again.
    await book.ok('update-invoice', { ...correction, invoice: 'INV-1003', lines: bill.lines });
    expect(await book.error('create-invoice', bill)).toContain('INV-1005 takes its place');
    expect((await book.ok('create-invoice', { ...bill, lines })).invoice.ref).toBe('INV-1006');
  });

  it('of a credit that would count otherwise is not booked either, and is not called the very same', async () => {
    const book = await openBook();
    await roof(book.ok);
    await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', rest: true } });
    const credit = { creditFor: 'INV-1001', amount: 100 };
    await book.ok('create-invoice', { ...credit, billAgain: true });
    for (const other of [{ billAgain: false }, {}]) {
      const error = await book.error('create-invoice', { ...credit, ...other });
      expect(error).toMatch(
        /^the same was done a moment ago, only that it counts otherwise: Issued credit note INV-1002/,
      );
      expect(error).toContain('To have it count so, take that back first.');
    }
    expect(await book.error('create-invoice', { ...credit, billAgain: true })).toContain('the very same was done');
    await book.ok('update-invoice', { invoice: 'INV-1002', status: 'void', voidReason: 'To be billed again.' });
    await book.ok('create-invoice', { ...credit, billAgain: false });
  });

  it('is watched for by every tool that adds a record', () => {
    const adding = TOOLS.filter((tool) => 'allowDuplicate' in tool.input.shape).map((tool) => tool.name);
    const creating = TOOLS.filter((tool) => /^(create|add|record|schedule|attach)-/.test(tool.name));
    expect(adding).toEqual(expect.arrayContaining([...creating.map((tool) => tool.name), 'update-job']));
    expect(creating.length).toBeGreaterThanOrEqual(5);
  });
});

describe('a preview', () => {
  it('runs the whole write and keeps nothing', async () => {
    const book = await openBook();
    await roof(book.ok);
    const before = await everything(book);
    const { answer, text } = await book.both('add-job-expense', { ...PERMIT, preview: true });
    expect(answer).toMatchObject({
      did: 'Logged E-next Permit, 612.40 USD, on J-1 Roof replacement',
      change: null,
      preview: true,
      expense: { ref: 'E-next' },
      profit: { expenses: '612.40' },
    });
    expect(text).toMatch(/^Preview, nothing was saved\. Once done: Logged E-next Permit/);
    expect(await everything(book)).toEqual(before);
    // It is no first time that a repeat could be one of, and its request id is still free.
    await book.ok('add-job-expense', { ...PERMIT, preview: true, requestId: 'p' });
    expect((await book.ok('add-job-expense', { ...PERMIT, requestId: 'p' })).expense.ref).toBe('E-1');
  });

  it('promises no numbers: new ones are "next", lines of a new quote too, others stay', async () => {
    const book = await openBook();
    await roof(book.ok);
    const change = { job: 'J-1', kind: 'change_order', lines: [{ ...SHINGLES, changesLine: 'Q-1/1' }], preview: true };
    const { quote } = await book.ok('create-quote', change);
    expect([quote.ref, quote.lines[0]?.ref, quote.lines[0]?.changesLine]).toEqual(['Q-next', 'Q-next/1', 'Q-1/1']);
    const { invoice, did } = await book.ok('create-invoice', {
      job: 'J-1',
      fromQuote: { quote: 'Q-1', percent: 30 },
      preview: true,
    });
    expect([invoice.ref, did]).toEqual(['INV-next', expect.stringMatching(/^Issued INV-next for Dana Henderson/)]);
  });

  it('says what is wrong as the write would', async () => {
    const book = await openBook();
    await roof(book.ok);
    const error = await book.error('add-job-expense', { ...PERMIT, amount: 0 });
    expect(await book.error('add-job-expense', { ...PERMIT, amount: 0, preview: true })).toBe(error);
  });

  it('is offered by every write, and by no read', () => {
    for (const tool of TOOLS)
      expect(['requestId' in tool.input.shape, 'preview' in tool.input.shape], tool.name).toEqual(
        tool.annotations.readOnlyHint ? [false, false] : [true, true],
      );
  });
});

it('two of the same at once: one is booked, the other told so', async () => {
  const book = await openBook();
  await roof(book.ok);
  const results = await Promise.all([book.call('add-job-expense', PERMIT), book.call('add-job-expense', PERMIT)]);
  expect(results.filter(({ isError }) => isError === true)).toHaveLength(1);
  const twice = { ...PERMIT, description: 'Crane', requestId: 'r' };
  const [one, two] = await Promise.all([book.call('add-job-expense', twice), book.call('add-job-expense', twice)]);
  expect(one).toEqual(two);
  expect(await expenses(book)).toEqual(['E-2', 'E-1']);
});

it.each([
  ['requestId', 'x'.repeat(101)],
  ['requestId', 7],
  ['preview', 'yes'],
  ['allowDuplicate', 1],
  ['confirm', {}],
])('%s: %j is refused by name, and nothing is written', async (field, value) => {
  const book = await openBook();
  await roof(book.ok);
  const before = await everything(book);
  const [tool, args] =
    field === 'confirm' ? ['record-payment', { void: 'P-1', voidReason: 'x' }] : ['add-job-expense', PERMIT];
  expect(await book.error(tool, { ...Object(args), [field]: value })).toMatch(new RegExp(`^${field}: `));
  expect(await everything(book)).toEqual(before);
});
