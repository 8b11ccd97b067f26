// What waits for a yes, whatever asks for it, and who can give it.
import { describe, expect, it } from 'vitest';
import { SCOPES } from '../../../src/domain/access.ts';
import type { ConfirmBy } from '../../../src/domain/account.ts';
import { callTool } from '../../../src/server.ts';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import { TOOLS } from '../../../src/tools/index.ts';
import { TOOLS_OF } from '../../../src/tools/shown.ts';
import { everything, rowsOf } from '../../support/store.ts';
import { openBook as openTyped } from '../../support/answers.ts';
import type { BookOptions } from '../../support/book.ts';
import { goodCalls } from '../../support/examples.ts';
import { preparedBook } from '../../support/inputs.ts';
import { madeOnce } from '../../support/made-once.ts';
import { roof } from '../../support/roof.ts';

/** Each call of this book's that waits, and what a person must read before they say yes. */
const COSTLY: readonly (readonly [string, string, object, string])[] = [
  [
    'a void',
    'update-invoice',
    { invoice: 'INV-1002', status: 'void', voidReason: 'Mistyped' },
    'Voided INV-1002 of Dana Henderson, 100.00 USD',
  ],
  [
    'a credit',
    'create-invoice',
    { creditFor: 'INV-1001', amount: 10 },
    'Issued credit note INV-next for INV-1001 of Dana Henderson, -10.00 USD',
  ],
  [
    'a correction',
    'update-invoice',
    { invoice: 'INV-1002', correct: true, lines: [{ description: 'Roof', quantity: 1, unitPrice: 90 }] },
    'Corrected INV-1002 of Dana Henderson, 100.00 USD: INV-next credits it, INV-next takes its place, 90.00 USD',
  ],
  [
    'a payment taken out',
    'record-payment',
    { void: 'P-1', voidReason: 'Bounced' },
    'Voided payment P-1 of 100.00 USD on INV-1001',
  ],
  [
    'a refund',
    'record-payment',
    { invoice: 'INV-1001', amount: 40, refund: true },
    'Recorded refund P-next of 40.00 USD on INV-1001',
  ],
  ['an expense removed', 'update-job-expense', { expense: 'E-1', remove: true }, 'Removed E-1 Permit, 612.40 USD'],
  ['an expense undone', 'undo-change', {}, 'Logged E-1 Permit, 612.40 USD, on J-1 Roof replacement'],
  [
    'a job cancelled',
    'update-job',
    { job: 'J-1', status: 'cancelled' },
    'J-1 Roof replacement: status open → cancelled',
  ],
  ['months closed', 'update-account', { closedThrough: '2026-02-28' }, 'Account: closed through 2026-02-28'],
  ['what is left written off', 'update-job', { job: 'J-1', billingDone: true }, 'J-1 Roof replacement'],
  [
    "a customer's e-mail",
    'update-customer',
    { customer: 'C-1', email: 'dana@elsewhere.example' },
    'Changed C-1 Dana Henderson: e-mail from dana@example.com to dana@elsewhere.example',
  ],
  [
    "a customer's phone",
    'update-customer',
    { customer: 'C-1', phone: '(512) 555-0199' },
    'phone from (512) 555-0143 to (512) 555-0199',
  ],
  [
    "a customer's address cleared",
    'update-customer',
    { customer: 'C-1', address: null },
    'address from 418 Pecan Hollow Ln, Austin to none',
  ],
  [
    'a likely duplicate',
    'create-customer',
    { name: 'Dana Hendersen', evenIfSimilar: true },
    'That looks like a customer you have: C-1 Dana Henderson ((512) 555-0143',
  ],
  [
    'two customers merged',
    'merge-customers',
    { keep: 'C-1', duplicate: 'C-2' },
    'Merged C-2 Ruth Vance into C-1 Dana Henderson',
  ],
  [
    'a likely duplicate with a job',
    'create-job',
    { name: 'Porch', newCustomer: { name: 'Dana Hendersen', evenIfSimilar: true } },
    'C-1 Dana Henderson',
  ],
  [
    "the business's name",
    'update-account',
    { name: 'Hill Country Roofing' },
    'name from My business to Hill Country Roofing',
  ],
  [
    "the business's e-mail",
    'update-account',
    { email: 'pay@elsewhere.example' },
    'email from none to pay@elsewhere.example',
  ],
  ["the business's phone", 'update-account', { phone: '(512) 555-0100' }, 'phone from none to (512) 555-0100'],
  ["the business's address", 'update-account', { address: '9 Elm' }, 'address from none to 9 Elm'],
  [
    'all jobs hidden',
    'update-account',
    { template: 'sales-pipeline' },
    'template from roofing to sales-pipeline; 1 job is no longer shown',
  ],
  [
    'its yes left to the person',
    'update-account',
    { confirmBy: 'person' },
    'Account: from now on what is costly waits',
  ],
  ['the samples removed', 'update-account', { removeSamples: true }, 'sample records removed'],
];

const AS_OPENED: BookOptions = { repeats: 'noticed', now: '2026-03-10T17:00:00.000Z' };

/** Dana's roof billed by INV-1001, on which P-1 is paid, and INV-1002, with the permit E-1; samples beside. */
async function bill(confirmBy: ConfirmBy, options: BookOptions = {}) {
  const book = await openTyped({ ...AS_OPENED, samples: true, ...options });
  if (confirmBy === 'person') await book.ok('update-account', { confirmBy });
  await roof(book.ok);
  await book.ok('create-customer', { name: 'Ruth Vance' });
  await book.ok('create-invoice', { job: 'J-1', fromQuote: { quote: 'Q-1', percent: 30 } });
  await book.ok('record-payment', { invoice: 'INV-1001', amount: 100 });
  await book.ok('create-invoice', { job: 'J-1', lines: [{ description: 'Roof', quantity: 1, unitPrice: 100 }] });
  await book.ok('add-job-expense', { job: 'J-1', description: 'Permit', amount: 612.4, category: 'permit' });
  return book;
}
const BILLED = {
  assistant: madeOnce(async () => await bill('assistant')),
  person: madeOnce(async () => await bill('person')),
};
const billed = async (confirmBy: ConfirmBy = 'assistant') => await BILLED[confirmBy](AS_OPENED);

/** The same where the account demands the person already, which it then can stop to. */
const COSTLY_THERE = COSTLY.map(([what, tool, args, effect]) =>
  'confirmBy' in args
    ? (['its yes left to assistants again', tool, { confirmBy: 'assistant' }, 'from now on an assistant may'] as const)
    : ([what, tool, args, effect] as const),
);

describe('what is costly waits for a yes', () => {
  const yesIn = (words: string) => /confirm: "([^"]+)"/.exec(words)?.[1] ?? '';

  it.each(COSTLY)('%s says what it would do, and does it with the yes, once', async (_, tool, args, effect) => {
    const book = await billed();
    const before = await everything(book);
    const words = await book.error(tool, args);
    expect(words).toMatch(/^Not done yet, nothing was saved\. Once done, the books will say: .*Ask the person first/s);
    expect(words).toContain(effect);
    expect(await everything(book)).toEqual(before);
    const confirm = yesIn(words);
    const first = await book.call(tool, { ...args, confirm });
    expect(first.isError).toBeUndefined();
    expect(Number((await rowsOf(book, 'select change_number from accounts'))[0]?.['change_number'])).toBe(
      Number(before['accounts']?.[0]?.['change_number']) + 1,
    );
    const after = await everything(book);
    // Its answer was lost on the way, so it is sent again: at once, and when others have worked on.
    expect(await book.call(tool, { ...args, confirm })).toEqual(first);
    expect(await everything(book)).toEqual(after);
    await book.ok('update-customer', { customer: 'C-1', notes: 'Called her' });
    expect(await book.call(tool, { ...args, confirm })).toEqual(first);
    expect(await book.call(tool, { ...args, confirm, requestId: 'late' })).toEqual(first);
    expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
  });

  it.each(COSTLY)('%s under a request id too: either of them answers', async (_, tool, args) => {
    const book = await billed();
    const asked = { ...args, requestId: 'v' };
    const confirm = yesIn(await book.error(tool, asked));
    const first = await book.call(tool, { ...asked, confirm });
    const after = await everything(book);
    expect(first.isError).toBeUndefined();
    expect(await book.call(tool, { ...asked, confirm })).toEqual(first);
    expect(await book.call(tool, { ...args, confirm })).toEqual(first);
    expect(await book.call(tool, asked)).toEqual(first);
    expect(await everything(book)).toEqual(after);
  });

  it.each(COSTLY)('%s, confirmed twice at once, is done once', async (_, tool, args) => {
    const book = await billed();
    const confirm = yesIn(await book.error(tool, args));
    const [one, two] = await Promise.all([
      book.call(tool, { ...args, confirm }),
      book.call(tool, { ...args, confirm }),
    ]);
    expect([one.isError, two]).toEqual([undefined, one]);
    expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
  });

  it('a yes that was spent is no answer to another call, to another person, nor to less than was allowed then', async () => {
    const book = await billed();
    const args = { invoice: 'INV-1002', status: 'void', voidReason: 'Mistyped' };
    const confirm = yesIn(await book.error('update-invoice', args));
    await book.ok('update-invoice', { ...args, confirm });
    const after = await everything(book);
    const refusal = /^confirm: that was given for another call, or the books have changed since\. Nothing was done\./;
    expect(await book.error('update-invoice', { ...args, voidReason: 'Other', confirm })).toMatch(refusal);
    expect(await book.error('update-invoice', { ...args, invoice: 'INV-1001', confirm })).toMatch(refusal);
    expect(await book.error('record-payment', { void: 'P-1', voidReason: 'Bounced', confirm })).toMatch(refusal);
    const kim = await openTyped({ folder: book.folder, actor: 'kim' });
    expect(await kim.error('update-invoice', { ...args, confirm })).toMatch(refusal);
    const scopes = new Set(SCOPES.filter((scope) => scope !== 'costs:read'));
    const less = await openTyped({ folder: book.folder, scopes });
    expect(await less.error('update-invoice', { ...args, confirm })).toMatch(refusal);
    expect(await everything(book)).toEqual(after);
  });

  it('a request id that looks like a yes stands in the way of none', async () => {
    const book = await billed();
    const args = { invoice: 'INV-1002', status: 'void', voidReason: 'Mistyped' };
    const confirm = yesIn(await book.error('update-invoice', args));
    // It changes nothing, so that the yes is still good.
    await book.ok('update-job', { job: 'J-1', status: 'open', requestId: `confirm ${confirm}` });
    const { invoice } = await book.ok('update-invoice', { ...args, confirm });
    expect(invoice?.status).toBe('void');
    const kept = await rowsOf(book, 'select request_id, change_number from requests');
    expect(kept).toEqual([{ request_id: `confirm ${confirm}`, change_number: null }]);
  });

  it.each(COSTLY)('%s: a preview carries the yes too', async (_, tool, args) => {
    const book = await billed();
    const preview = await book.call(tool, { ...args, preview: true });
    const { confirm, change } = preview.structuredContent ?? {};
    expect(change).toBeNull();
    expect(preview.content[0]?.text).toContain(`call again with confirm: "${String(confirm)}" instead of preview.`);
    expect((await book.call(tool, { ...args, confirm })).isError).toBeUndefined();
  });

  it.each(COSTLY)('%s: where the person can be asked, no assistant says yes for them', async (_, tool, args) => {
    const book = await billed();
    const before = await everything(book);
    const asking = { client: 'test 1.0', canAsk: true };
    const preview = await callTool(book.session, tool, { ...args, preview: true }, asking);
    expect(preview.structuredContent).toMatchObject({ change: null, preview: true });
    expect(JSON.stringify(preview)).not.toMatch(/confirm(?!By| CODE)/);
    const { question } = await callTool(book.session, tool, args, asking);
    const given = await callTool(book.session, tool, { ...args, confirm: question?.confirm }, asking);
    expect([given.isError, given.content[0]?.text]).toEqual([
      true,
      'confirm: the person is asked here, and only their own answer counts. Leave it out.',
    ]);
    expect(await everything(book)).toEqual(before);
    const done = await callTool(book.session, tool, args, { ...asking, yes: question?.confirm });
    expect(done.structuredContent?.['change']).toBeGreaterThan(0);
  });

  it.each(COSTLY_THERE)(
    '%s: where the account demands the person, an assistant is given nothing to say yes with',
    async (_, tool, args, effect) => {
      const book = await billed('person');
      const before = { ...(await everything(book)), links: [] };
      for (const canAsk of [false, true]) {
        const asking = { client: 'test 1.0', canAsk };
        const preview = await callTool(book.session, tool, { ...args, preview: true }, asking);
        expect(preview.structuredContent).toMatchObject({ change: null, preview: true });
        expect(preview.content[0]?.text).toContain('. That waits until the person says yes to it themselves');
        expect(JSON.stringify([preview.content, preview.structuredContent])).not.toMatch(/confirm(?!By| CODE)/);
        const asked = await callTool(book.session, tool, args, asking);
        expect([asked.isError, asked.question]).toEqual([true, undefined]);
        const words = asked.content[0]?.text ?? '';
        expect(words).toContain(effect);
        expect(words).toMatch(
          /^Not done yet, nothing was saved\. .*terminal.*: jobwright confirm [0-9A-Z]{4}-[0-9A-Z]{4}\n/s,
        );
      }
      // What a client says was answered counts no more than what a model says.
      const answered = await callTool(book.session, tool, args, {
        client: 'test 1.0',
        canAsk: true,
        yes: 'a'.repeat(24),
      });
      expect(answered.content[0]?.text).toMatch(/^Not done yet/);
      // Neither is a client told that it is asked here, which it is not.
      for (const canAsk of [false, true]) {
        const given = await callTool(
          book.session,
          tool,
          { ...args, confirm: 'a'.repeat(24) },
          { client: 'test', canAsk },
        );
        expect(given.content[0]?.text).toBe(
          'confirm: in these books only the person says yes, themselves, and no assistant with a value. Leave it out: the answer says where they do.',
        );
      }
      expect({ ...(await everything(book)), links: [] }).toEqual(before);
    },
  );

  it('"let only me confirm": the question, the answer and the account say what waits, what does not, and how they say yes', async () => {
    const book = await billed();
    const args = { confirmBy: 'person' };
    const asked = await book.error('update-account', args);
    const answer = await book.call('update-account', { ...args, confirm: yesIn(asked) });
    for (const words of [asked, answer.content[0]?.text, await book.text('get-account')])
      expect(words).toMatch(
        /says yes to voids, credits, refunds, .* 15 minutes: .* one button, .* jobwright confirm CODE\. Bills, payments .* do not wait\./,
      );
  });

  it('a yes that was given before the account demanded the person is worth nothing after', async () => {
    const book = await billed();
    const args = { invoice: 'INV-1002', status: 'void', voidReason: 'Mistyped' };
    const given = yesIn(await book.error('update-invoice', args));
    await book.ok('update-account', { confirmBy: 'person' });
    for (const asking of [{ canAsk: false }, { canAsk: true, yes: given }]) {
      const more = asking.canAsk ? {} : { confirm: given };
      const result = await callTool(
        book.session,
        'update-invoice',
        { ...args, ...more },
        { client: 'test', ...asking },
      );
      expect(result.isError).toBe(true);
    }
    expect((await book.ok('get-invoice', { invoice: 'INV-1002' })).invoice.status).toBe('issued');
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
    const stranger = await bill('assistant', { isOwn: true });
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
});

const ORDINARY: readonly (readonly [string, object])[] = [
  ...goodCalls().filter(
    ([tool, args]) =>
      !['update-customer', 'update-account', 'merge-customers', 'undo-change'].includes(tool) &&
      !/creditFor|correct"|"void"|"bounced"|remove|voidReason|refund|cancelled|billingDone|closedThrough|confirmBy/.test(
        JSON.stringify(args),
      ),
  ),
  ['add-job-expense', { job: 'J-1', description: 'Nails', amount: 5, category: 'materials' }],
  ['add-expenses', { expenses: [{ overhead: true, description: 'Phone', amount: 89, category: 'other' }] }],
  ['update-job', { job: 'J-1', status: 'completed' }],
  ['add-job-expense', { job: 'J-1', description: 'Drip edge', amount: 12, category: 'materials' }],
  ['add-expenses', { expenses: [{ job: 'J-1', description: 'Drip edge', amount: 12, category: 'materials' }] }],
  ['update-job', { job: 'J-1', address: '9 Elm' }],
  ['create-job', { customer: 'C-1', name: 'Called off', status: 'cancelled' }],
  ['update-job-expense', { expense: 'E-1', amount: 10 }],
  ['update-job-expense', { expense: 'E-1', job: 'J-2' }],
  ['update-customer', { customer: 'C-1', name: 'Dana H.', notes: 'Dog in the yard.', stage: 'won' }],
  ['update-customer', { customer: 'C-1', email: 'dana@example.com' }],
  ['create-customer', { name: 'Priya Raman', evenIfSimilar: true }],
  ['update-account', { paymentTermsDays: 14, timeZone: 'America/New_York', template: 'hvac' }],
  ['update-quote', { quote: 'Q-2', status: 'declined' }],
  ['record-payment', { invoice: 'INV-1001', amount: 40 }],
];

describe('what is ordinary waits for nobody', () => {
  const WRITES = new Set(TOOLS.filter(({ annotations }) => !annotations.readOnlyHint).map(({ name }) => name));

  it.each(ORDINARY.filter(([tool]) => WRITES.has(tool)))('%s %j', async (tool, args) => {
    const book = await preparedBook();
    const { content, isError } = await book.call(tool, args);
    expect([isError, content[0]?.text]).toEqual([
      undefined,
      expect.stringMatching(/\(change \d+\)|Nothing was written/),
    ]);
  });

  it('nor is a sample book that takes the place of another, or jobs that are not there', async () => {
    const fresh = await openTyped({ samples: true });
    expect((await fresh.call('update-account', { template: 'sales-pipeline' })).isError).toBeUndefined();
    const empty = await openTyped();
    expect((await empty.call('update-account', { template: 'sales-pipeline' })).isError).toBeUndefined();
  });

  it('every write is in one of the two lists, and those that can wait take a yes', () => {
    const asked = new Set(COSTLY.map(([, tool]) => tool));
    const takers = TOOLS.filter((tool) => 'confirm' in tool.input.shape).map(({ name }) => name);
    expect(takers.toSorted()).toEqual([...asked].toSorted());
    const ordinary = new Set(ORDINARY.map(([tool]) => tool));
    for (const name of WRITES)
      expect(ordinary.has(name) || ['undo-change', 'merge-customers'].includes(name), name).toBe(true);
    // What crew do costs nobody anything.
    for (const tool of TOOLS_OF.crew) expect('confirm' in tool.input.shape, tool.name).toBe(false);
  });
});

describe('an undo', () => {
  it('waits where it does what waits, whichever change it takes back', async () => {
    const book = await billed();
    const { change } = await book.ok('update-customer', { customer: 'C-1', email: 'dana@elsewhere.example' });
    expect(await book.error('undo-change', { change: Number(change) })).toContain(
      'Undid change 10: Changed C-1 Dana Henderson: e-mail from dana@example.com to dana@elsewhere.example',
    );
    const { change: reopened } = await book.ok('update-job', { job: 'J-1', status: 'cancelled' });
    expect((await book.call('undo-change', { change: Number(reopened) })).isError).toBeUndefined();
    const { change: noted } = await book.ok('update-job', { job: 'J-1', note: 'Call Dana' });
    expect((await book.call('undo-change', { change: Number(noted) })).isError).toBeUndefined();
  });
});
