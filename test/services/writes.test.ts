// What every write is held to, whatever it writes.
import { describe, expect, it } from 'vitest';
import { auditBooks } from '../../src/store/audit.ts';
import { SCOPES } from '../../src/domain/access.ts';
import { callTool } from '../../src/server.ts';
import { TOOLS } from '../../src/tools/index.ts';
import type { BookOptions } from '../support/book.ts';
import { everything, rowsOf } from '../store/raw.ts';
import { openBook as openTyped } from '../support/answers.ts';
import { roof, SHINGLES } from '../support/roof.ts';

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
    const before = everything(book);
    book.later(29 * DAY);
    expect(await book.ok('add-job-expense', { ...PERMIT, requestId: 'a1' })).toEqual(first);
    expect(everything(book)).toEqual(before);
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
    const before = everything(book);
    expect(await book.error(tool, { ...args, requestId: 'a1' })).toBe(
      'requestId: "a1" was used for another call. Give every new write an id of its own; the same id is for sending the same call again.',
    );
    expect(everything(book)).toEqual(before);
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
    const before = everything(book);
    expect(await book.error('add-job-expense', PERMIT)).toBe(
      'the very same was done 3 minutes ago: Logged E-1 Permit, 612.40 USD, on J-1 Roof replacement (change 4). Nothing was added again. If it is meant twice, call again with repeat: true.',
    );
    expect(everything(book)).toEqual(before);
    await book.ok('add-job-expense', { ...PERMIT, repeat: true });
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

  it('counts a note on a job, and not a status set twice', async () => {
    const book = await openBook();
    await roof(book.ok);
    await book.ok('update-job', { job: 'J-1', note: 'Gate code 4411' });
    expect(await book.error('update-job', { job: 'J-1', note: 'Gate code 4411' })).toContain('the very same was done');
    await book.ok('update-job', { job: 'J-1', status: 'completed' });
    expect(await book.ok('update-job', { job: 'J-1', status: 'completed' })).toMatchObject({ change: null });
  });

  it('by another person, or through another request id, is meant', async () => {
    const book = await openBook();
    await roof(book.ok);
    await book.ok('add-job-expense', PERMIT);
    const kim = await openTyped({ folder: book.folder, actor: 'kim', repeats: 'noticed' });
    await kim.ok('add-job-expense', PERMIT);
    await book.ok('add-job-expense', { ...PERMIT, requestId: 'again' });
    expect(await expenses(book)).toEqual(['E-3', 'E-2', 'E-1']);
  });

  it('is watched for by every tool that adds a record', () => {
    const adding = TOOLS.filter((tool) => 'repeat' in tool.input.shape).map((tool) => tool.name);
    const creating = TOOLS.filter((tool) => /^(create|add|record|schedule|attach)-/.test(tool.name));
    expect(adding).toEqual(expect.arrayContaining([...creating.map((tool) => tool.name), 'update-job']));
    expect(creating.length).toBeGreaterThanOrEqual(5);
  });
});

describe('a preview', () => {
  it('runs the whole write and keeps nothing', async () => {
    const book = await openBook();
    await roof(book.ok);
    const before = everything(book);
    const { answer, text } = await book.both('add-job-expense', { ...PERMIT, preview: true });
    expect(answer).toMatchObject({
      did: 'Logged E-next Permit, 612.40 USD, on J-1 Roof replacement',
      change: null,
      preview: true,
      expense: { ref: 'E-next' },
      profit: { expenses: '612.40' },
    });
    expect(text).toMatch(/^Preview, nothing was saved\. Once done: Logged E-next Permit/);
    expect(everything(book)).toEqual(before);
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

describe('what could hurt waits for a yes', () => {
  const HARMFUL: [string, string, object, string][] = [
    [
      'a void',
      'update-invoice',
      { invoice: 'INV-1002', status: 'void', voidReason: 'Mistyped' },
      'Voided INV-1002 of Dana Henderson, 100.00 USD',
    ],
    ['a credit', 'create-invoice', { creditFor: 'INV-1001', amount: 10 }, 'credit note INV-next'],
    [
      'a correction',
      'update-invoice',
      { invoice: 'INV-1002', correct: true, lines: [{ description: 'Roof', quantity: 1, unitPrice: 90 }] },
      'INV-1002',
    ],
    ['a payment taken out', 'record-payment', { void: 'P-1', voidReason: 'Bounced' }, 'P-1'],
    ['the samples removed', 'update-account', { removeSamples: true }, 'sample records removed'],
  ];

  async function billed(options: BookOptions = {}) {
    const book = await openBook({ samples: true, ...options });
    await roof(book.ok);
    await book.ok('create-invoice', { job: 'J-1', fromQuote: { quote: 'Q-1', percent: 30 } });
    await book.ok('record-payment', { invoice: 'INV-1001', amount: 100 });
    await book.ok('create-invoice', { job: 'J-1', lines: [{ description: 'Roof', quantity: 1, unitPrice: 100 }] });
    return book;
  }
  const yesIn = (words: string) => /confirm: "([^"]+)"/.exec(words)?.[1] ?? '';

  it.each(HARMFUL)('%s says what it would do, and does it with the yes, once', async (_, tool, args, effect) => {
    const book = await billed();
    const before = everything(book);
    const words = await book.error(tool, args);
    expect(words).toMatch(/^Not done yet, nothing was saved\. Once done, the books will say: .*Ask the person first/s);
    expect(words).toContain(effect);
    expect(everything(book)).toEqual(before);
    const confirm = yesIn(words);
    const first = await book.call(tool, { ...args, confirm });
    expect(first.isError).toBeUndefined();
    expect(Number(rowsOf(book, 'select change_number from accounts')[0]?.['change_number'])).toBe(
      Number(before['accounts']?.[0]?.['change_number']) + 1,
    );
    const after = everything(book);
    // Its answer was lost on the way, so it is sent again: at once, and when others have worked on.
    expect(await book.call(tool, { ...args, confirm })).toEqual(first);
    expect(everything(book)).toEqual(after);
    await book.ok('update-job', { job: 'J-1', note: 'Called Dana' });
    expect(await book.call(tool, { ...args, confirm })).toEqual(first);
    expect(await book.call(tool, { ...args, confirm, requestId: 'late' })).toEqual(first);
    expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
  });

  it.each(HARMFUL)('%s under a request id too: either of them answers', async (_, tool, args) => {
    const book = await billed();
    const asked = { ...args, requestId: 'v' };
    const confirm = yesIn(await book.error(tool, asked));
    const first = await book.call(tool, { ...asked, confirm });
    const after = everything(book);
    expect(first.isError).toBeUndefined();
    expect(await book.call(tool, { ...asked, confirm })).toEqual(first);
    expect(await book.call(tool, { ...args, confirm })).toEqual(first);
    expect(await book.call(tool, asked)).toEqual(first);
    expect(everything(book)).toEqual(after);
  });

  it.each(HARMFUL)('%s, confirmed twice at once, is done once', async (_, tool, args) => {
    const book = await billed();
    const confirm = yesIn(await book.error(tool, args));
    const [one, two] = await Promise.all([
      book.call(tool, { ...args, confirm }),
      book.call(tool, { ...args, confirm }),
    ]);
    expect([one.isError, two]).toEqual([undefined, one]);
    expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
  });

  it('is every tool that takes a yes', () => {
    const waiting = TOOLS.filter((tool) => 'confirm' in tool.input.shape).map((tool) => tool.name);
    expect([...new Set(HARMFUL.map(([, tool]) => tool))].toSorted()).toEqual(waiting.toSorted());
  });

  it('a yes that was spent is no answer to another call, to another person, nor to less than was allowed then', async () => {
    const book = await billed();
    const args = { invoice: 'INV-1002', status: 'void', voidReason: 'Mistyped' };
    const confirm = yesIn(await book.error('update-invoice', args));
    await book.ok('update-invoice', { ...args, confirm });
    const after = everything(book);
    const refusal = /^confirm: that was given for another call, or the books have changed since\. Nothing was done\./;
    expect(await book.error('update-invoice', { ...args, voidReason: 'Other', confirm })).toMatch(refusal);
    expect(await book.error('update-invoice', { ...args, invoice: 'INV-1001', confirm })).toMatch(refusal);
    expect(await book.error('record-payment', { void: 'P-1', voidReason: 'Bounced', confirm })).toMatch(refusal);
    const kim = await openTyped({ folder: book.folder, actor: 'kim' });
    expect(await kim.error('update-invoice', { ...args, confirm })).toMatch(refusal);
    const scopes = new Set(SCOPES.filter((scope) => scope !== 'costs:read'));
    const less = await openTyped({ folder: book.folder, scopes });
    expect(await less.error('update-invoice', { ...args, confirm })).toMatch(refusal);
    expect(everything(book)).toEqual(after);
  });

  it('a request id that looks like a yes stands in the way of none', async () => {
    const book = await billed();
    const args = { invoice: 'INV-1002', status: 'void', voidReason: 'Mistyped' };
    const confirm = yesIn(await book.error('update-invoice', args));
    // It changes nothing, so that the yes is still good.
    await book.ok('update-job', { job: 'J-1', status: 'open', requestId: `confirm ${confirm}` });
    const { invoice } = await book.ok('update-invoice', { ...args, confirm });
    expect(invoice?.status).toBe('void');
    const kept = rowsOf(book, 'select request_id, change_number from requests');
    expect(kept).toEqual([{ request_id: `confirm ${confirm}`, change_number: null }]);
  });

  it.each(HARMFUL)('%s: a preview carries the yes too', async (_, tool, args) => {
    const book = await billed();
    const preview = await book.call(tool, { ...args, preview: true });
    const { confirm, change } = preview.structuredContent ?? {};
    expect(change).toBeNull();
    expect(preview.content[0]?.text).toContain(`call again with confirm: "${String(confirm)}" instead of preview.`);
    expect((await book.call(tool, { ...args, confirm })).isError).toBeUndefined();
  });

  it.each(HARMFUL)('%s: where the person can be asked, no assistant says yes for them', async (_, tool, args) => {
    const book = await billed();
    const before = everything(book);
    const asking = { client: 'test 1.0', canAsk: true };
    const preview = await callTool(book.host, tool, { ...args, preview: true }, asking);
    expect(preview.structuredContent).toMatchObject({ change: null, preview: true });
    expect(JSON.stringify(preview)).not.toContain('confirm');
    const { question } = await callTool(book.host, tool, args, asking);
    const given = await callTool(book.host, tool, { ...args, confirm: question?.confirm }, asking);
    expect([given.isError, given.content[0]?.text]).toEqual([
      true,
      'confirm: the person is asked here, and only their own answer counts. Leave it out.',
    ]);
    expect(everything(book)).toEqual(before);
    const done = await callTool(book.host, tool, args, { ...asking, yes: question?.confirm });
    expect(done.structuredContent?.['change']).toBeGreaterThan(0);
  });

  it('a yes is good for those very arguments, that person and the books as they were', async () => {
    const book = await billed();
    const args = { invoice: 'INV-1002', status: 'void', voidReason: 'Mistyped' };
    const confirm = yesIn(await book.error('update-invoice', args));
    const refusal = /^confirm: that was given for another call, or the books have changed since\. Nothing was done\./;
    expect(await book.error('update-invoice', { ...args, voidReason: 'Other', confirm })).toMatch(refusal);
    expect(await book.error('update-invoice', { ...args, confirm: `${confirm}x` })).toMatch(refusal);
    const kim = await openTyped({ folder: book.folder, actor: 'kim' });
    expect(await kim.error('update-invoice', { ...args, confirm })).toMatch(refusal);
    const stranger = await billed();
    expect(await stranger.error('update-invoice', { ...args, confirm })).toMatch(refusal);
    await book.ok('update-job', { job: 'J-1', note: 'Called Dana' });
    expect(await book.error('update-invoice', { ...args, confirm })).toMatch(refusal);
    expect((await book.ok('get-invoice', { invoice: 'INV-1002' })).invoice.status).toBe('issued');
  });

  it('what is so already, or refused anyway, is not asked about', async () => {
    const book = await billed();
    const gone = { invoice: 'INV-1002', status: 'void', voidReason: 'Mistyped' };
    await book.ok('update-invoice', gone);
    expect(await book.text('update-invoice', gone)).not.toContain('Not done yet');
    expect(await book.error('update-invoice', { ...gone, invoice: 'INV-1001' })).not.toContain('Not done yet');
    expect(await book.error('create-invoice', { creditFor: 'INV-1001', amount: 99_999 })).not.toContain('Not done yet');
  });

  it('everything else is done at once', async () => {
    const book = await billed();
    expect((await book.call('update-invoice', { invoice: 'INV-1002', notes: 'x' })).content[0]?.text).not.toContain(
      'Not done yet',
    );
    expect((await book.call('update-account', { name: 'Hill Country Roofing' })).isError).toBeUndefined();
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
  ['repeat', 1],
  ['confirm', {}],
])('%s: %j is refused by name, and nothing is written', async (field, value) => {
  const book = await openBook();
  await roof(book.ok);
  const before = everything(book);
  const [tool, args] =
    field === 'confirm' ? ['record-payment', { void: 'P-1', voidReason: 'x' }] : ['add-job-expense', PERMIT];
  expect(await book.error(String(tool), { ...Object(args), [field]: value })).toMatch(new RegExp(`^${field}: `));
  expect(everything(book)).toEqual(before);
});
