import { expect, test } from 'vitest';
import { openBook, type TypedBook } from '../../support/answers.ts';
import { BILL, roofBook, SHINGLES } from '../../support/roof.ts';
import { expectHelpful, expectPlain } from '../../support/words.ts';
import { through } from '../../support/through.ts';

/** The roof; E-1 is logged through Claude, made dearer through ChatGPT by Tom, and moved by Sam. */
async function threeHands(): Promise<TypedBook> {
  const book = await roofBook();
  const shingles = { job: 'J-1', description: 'Shingles', amount: 4200, category: 'materials' };
  await through(book, 'Claude 2.1', 'add-job-expense', shingles);
  const tom = await openBook({ folder: book.folder, actor: 'tom' });
  await through(tom, 'ChatGPT 1.2', 'update-job-expense', { expense: 'E-1', amount: 4250, coversLine: 'Q-1/1' });
  await through(book, 'Claude 2.1', 'update-job-expense', { expense: 'E-1', description: 'Starter' });
  return book;
}

const DAY = '2026-03-10 12:00';
const numbers = ({ changes }: { changes: readonly { number: number }[] }) => changes.map(({ number }) => number);

test('"who changed this expense, me or ChatGPT?" is answered at once', async () => {
  const book = await threeHands();
  const { answer, text } = await book.both('list-changes', { record: 'e-1' });
  expect(answer).toMatchObject({ record: 'E-1', count: 3, currency: 'USD' });
  expect(answer.changes).toEqual([
    {
      number: 6,
      at: DAY,
      by: 'you',
      through: 'Claude 2.1',
      tool: 'update-job-expense',
      summary: 'Changed E-1 Starter: description Shingles → Starter',
      refs: ['E-1', 'J-1'],
      changed: ['description Shingles → Starter'],
    },
    expect.objectContaining({
      number: 5,
      by: 'tom',
      through: 'ChatGPT 1.2',
      changed: ['amount 4200.00 → 4250.00', 'covers none → Q-1/1'],
    }),
    expect.objectContaining({ number: 4, by: 'you', through: 'Claude 2.1', changed: ['added'] }),
  ]);
  expectPlain(text, 900);
  expect(text).toContain(`Change 5, ${DAY}, tom through ChatGPT 1.2: amount 4200.00 → 4250.00; covers none → Q-1/1`);
});

test('a removed record is known by its number, one that never was is not', async () => {
  const book = await threeHands();
  await book.ok('update-job-expense', { expense: 'E-1', remove: true });
  const gone = await book.ok('list-changes', { record: 'expense 1' });
  expect(gone.changes[0]).toMatchObject({ number: 7, changed: ['removed'] });
  expect(gone.count).toBe(4);
  for (const record of ['E-2', 'J-99', 'INV-1001', 'DRAFT-1', 'wombat'])
    expectHelpful(await book.error('list-changes', { record }));
  expect(await book.error('list-changes', { record: 'E-2' })).toContain('nothing in these books was ever called "E-2"');
  expect(await book.error('list-changes', { record: '1' })).toContain('Say which kind: E-88, J-12, INV-1043');
  expect(await book.error('list-changes', { record: 'starter' })).toContain(
    'nothing in these books goes by "starter" now. What was removed is found by its number only, like E-88',
  );
});

test('every kind of record by its number, papers by the one they were issued under', async () => {
  const book = await threeHands();
  await book.ok('create-invoice', { job: 'J-1', lines: BILL });
  await book.ok('record-payment', { invoice: 'INV-1001', amount: 100 });
  await book.ok('create-invoice', { job: 'J-1', lines: BILL, draft: true });
  await book.ok('update-invoice', { invoice: 'DRAFT-2', discard: true });
  await book.ok('schedule-appointment', { job: 'J-1', title: 'Tear-off', starts: '2026-03-12T09:00', minutes: 60 });
  const first = async (record: string) => (await book.ok('list-changes', { record })).changes.at(-1)?.number;
  expect(await first('C-1')).toBe(1);
  expect(await first('job 1')).toBe(2);
  expect(await first('q-1')).toBe(3);
  expect(await first('Q-1/1')).toBe(3);
  expect(await first('INV-1001')).toBe(7);
  expect(await first('P-1')).toBe(8);
  expect(await first('DRAFT-2')).toBe(9);
  expect(await first('A-1')).toBe(11);
});

test('words name a record too: the work before what hangs on it, and several are named', async () => {
  const book = await threeHands();
  expect((await book.ok('list-changes', { record: 'the roof replacement' })).record).toBe('J-1');
  expect((await book.ok('list-changes', { record: 'Dana Henderson' })).record).toBe('C-1');
  expect((await book.ok('list-changes', { record: 'starter' })).record).toBe('E-1');
  await book.ok('create-job', { customer: 'C-1', name: 'Gutters front' });
  await book.ok('create-job', { customer: 'C-1', name: 'Gutters back' });
  const error = await book.error('list-changes', { record: 'gutters' });
  expect(error).toContain('J-2 Gutters front');
  expect(error).toContain('J-3 Gutters back');
});

test('samples are known by number also when they are gone', async () => {
  const book = await openBook({ samples: true });
  await book.ok('update-account', { removeSamples: true });
  const { changes, record } = await book.ok('list-changes', { record: 'INV-S1' });
  expect(record).toBe('INV-S1');
  expect(changes.map(({ number, changed }) => [number, changed?.[0]])).toEqual([
    [2, expect.stringContaining('removed')],
    [1, expect.stringContaining('added')],
  ]);
  expect(changes[0]?.refs).toHaveLength(8);
  expect(changes[0]?.moreRefs).toBeGreaterThan(20);
});

test('by assistant and by person, in any case and by a part of the name', async () => {
  const book = await threeHands();
  expect(numbers(await book.ok('list-changes', { assistant: 'chatgpt' }))).toEqual([5]);
  expect(numbers(await book.ok('list-changes', { assistant: 'CLAUDE' }))).toEqual([6, 4]);
  expect(numbers(await book.ok('list-changes', { person: 'Tom' }))).toEqual([5]);
  expect(numbers(await book.ok('list-changes', { person: 'sam', assistant: 'claude' }))).toEqual([6, 4]);
  expect(numbers(await book.ok('list-changes', { record: 'E-1', person: 'tom' }))).toEqual([5]);
  expect(numbers(await book.ok('list-changes', { person: 'tom', assistant: 'claude' }))).toEqual([]);
  expect(await book.text('list-changes', { person: 'tom', assistant: 'claude' })).toBe('No changes match.');
  const error = await book.error('list-changes', { assistant: 'Gemini' });
  expect(error).toContain(
    'No assistant of that name has changed anything: "Gemini". There are ChatGPT 1.2, Claude 2.1',
  );
});

test('an assistant of several versions is one assistant, page by page', async () => {
  const book = await openBook();
  for (let index = 0; index < 9; index += 1)
    await through(book, `Claude 2.${index % 3}`, 'create-customer', { name: `Number ${index}`, evenIfSimilar: true });
  const first = await book.ok('list-changes', { assistant: 'claude', limit: 4 });
  expect([numbers(first), first.count]).toEqual([[9, 8, 7, 6], 9]);
  const second = await book.ok('list-changes', { assistant: 'claude', limit: 4, cursor: first.nextCursor });
  const third = await book.ok('list-changes', { assistant: 'claude', limit: 4, cursor: second.nextCursor });
  expect([numbers(second), numbers(third), third.nextCursor]).toEqual([[5, 4, 3, 2], [1], undefined]);
});

/** A book whose clock is set as the test goes. */
async function clocked() {
  let now = '2026-03-07T12:00:00.000Z';
  const book = await openBook({ now: () => now, timeZone: 'America/Chicago' });
  const at = async (instant: string, name: string) => {
    now = instant;
    await book.ok('create-customer', { name, evenIfSimilar: true });
  };
  return { book, at };
}

test('days are those of the business, also where the clock is turned forward', async () => {
  const { book, at } = await clocked();
  // The 8th of March has 23 hours in Chicago: from 06:00 to 05:00 UTC.
  await at('2026-03-08T05:59:59.999Z', 'Ann');
  await at('2026-03-08T06:00:00.000Z', 'Bob');
  await at('2026-03-09T04:59:59.999Z', 'Cid');
  await at('2026-03-09T05:00:00.000Z', 'Dan');
  const on = async (args: object) => numbers(await book.ok('list-changes', { show: 'changes', ...args }));
  expect(await on({ on: '2026-03-07' })).toEqual([1, 0]);
  expect(await on({ on: '2026-03-08' })).toEqual([3, 2]);
  expect(await on({ from: '2026-03-08' })).toEqual([4, 3, 2]);
  expect(await on({ to: '2026-03-08' })).toEqual([3, 2, 1, 0]);
  expect(await on({ from: '2026-03-08', to: '2026-03-09', person: 'sam' })).toEqual([4, 3, 2]);
  expect(await on({ on: '2026-03-08', record: 'C-2' })).toEqual([2]);
  expect(await on({ on: '2026-03-08', record: 'C-1' })).toEqual([]);
  expect(await book.error('list-changes', { from: '2026-03-09', to: '2026-03-08' })).toContain(
    'to: 2026-03-08 is before',
  );
  expect(await book.error('list-changes', { on: '2026-03-09', to: '2026-03-08' })).toContain('on: is one day');
  expect(await book.error('list-changes', { on: 'yesterday' })).toContain('Write year-month-day');
});

test('pages by day visit each change once, also where the clock was set back', async () => {
  const { book, at } = await clocked();
  for (const minute of [10, 11, 11, 5, 5, 12, 3])
    await at(`2026-03-09T15:${String(minute).padStart(2, '0')}:00.000Z`, 'Ann');
  const found: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await book.ok('list-changes', {
      on: '2026-03-09',
      show: 'changes',
      limit: 2,
      ...(cursor === undefined ? {} : { cursor }),
    });
    expect(page.count).toBe(7);
    found.push(...numbers(page));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  expect(found).toEqual([6, 3, 2, 1, 5, 4, 7]);
  expect(numbers(await book.ok('list-changes', { limit: 3 }))).toEqual([7, 6, 5]);
});

test('one change in detail: every record, each field before and after, money written out', async () => {
  const book = await threeHands();
  await book.ok('create-quote', { job: 'J-1', kind: 'change_order', lines: [{ ...SHINGLES, changesLine: 'Q-1/1' }] });
  const dearer = { ...SHINGLES, unitPrice: '455.50', taxRatePercent: 8.25, changesLine: 'Q-1/1' };
  await book.ok('update-quote', { quote: 'Q-2', status: 'sent', lines: [dearer], notes: 'Ten years.' });
  const { answer, text } = await book.both('list-changes', { change: 8 });
  expect(answer.changes[0]).toMatchObject({ number: 8, refs: ['J-1', 'Q-2'] });
  expect(answer.records).toEqual([
    {
      ref: 'Q-2',
      what: 'changed',
      fields: expect.arrayContaining([
        { field: 'status', before: 'draft', after: 'sent' },
        { field: 'notes', before: null, after: 'Ten years.' },
        { field: 'subtotal', before: '10800.00', after: '10932.00' },
        { field: 'line 1 unit price', before: '450.00', after: '455.50' },
        { field: 'line 1 tax rate', before: '0 %', after: '8.25 %' },
      ]),
    },
  ]);
  expectPlain(text, 1200);
  expect(text).not.toMatch(/_id|unit_price|tax_rate/);
  const added = (await book.ok('list-changes', { change: 7 })).records?.[0];
  expect(added?.what).toBe('added');
  expect(added?.fields).toContainEqual({ field: 'job', before: null, after: 'J-1' });
  expect(added?.fields).toContainEqual({ field: 'line 1 changes line', before: null, after: 'Q-1/1' });
  expect(added?.fields).toContainEqual({ field: 'line 1 quantity', before: null, after: '24' });
  const tom = await book.ok('list-changes', { change: 5 });
  expect(tom.records).toEqual([
    {
      ref: 'E-1',
      what: 'changed',
      fields: [
        { field: 'amount', before: '4200.00', after: '4250.00' },
        { field: 'covers', before: null, after: 'Q-1/1' },
      ],
    },
  ]);
  expect(await book.error('list-changes', { change: 99 })).toContain('there is no change 99');
  expect(await book.error('list-changes', { change: 5, record: 'E-1' })).toContain('record: does not go with change');
});

test('the opening, marks of lines and long texts are told in words', async () => {
  const book = await threeHands();
  await book.ok('update-quote', { quote: 'Q-1', doneLines: [1] });
  await book.ok('update-job', { job: 'J-1', description: 'Tear off. '.repeat(500) });
  expect((await book.ok('list-changes', { change: 0 })).records?.[0]).toMatchObject({
    ref: 'account',
    what: 'added',
    fields: expect.arrayContaining([{ field: 'currency', before: null, after: 'USD' }]),
  });
  expect((await book.ok('list-changes', { change: 7 })).records).toEqual([
    { ref: 'Q-1/1', what: 'changed', fields: [{ field: 'done', before: 'no', after: 'yes' }] },
  ]);
  const [described] = (await book.ok('list-changes', { change: 8 })).records ?? [];
  expect(described?.fields[0]?.after?.length).toBeLessThan(310);
  expectPlain(await book.text('list-changes', { change: 8 }), 700);
});

test('a change of hundreds of rows stays readable', async () => {
  const book = await openBook({ samples: true });
  const { answer, text } = await book.both('list-changes', { change: 1 });
  expect(answer.records?.length).toBe(20);
  expect(answer.moreRecords).toBeGreaterThan(10);
  expectPlain(text, 8000);
});

test('what was undone, and by what, stands beside it', async () => {
  const book = await threeHands();
  await book.ok('undo-change', { change: 6 });
  const { answer, text } = await book.both('list-changes', { record: 'E-1', limit: 2 });
  expect(answer.changes.map(({ number, undoes, undoneBy }) => [number, undoes, undoneBy])).toEqual([
    [7, 6, undefined],
    [6, undefined, 7],
  ]);
  expect(text).toContain('undoes change 6');
  expect(text).toContain('undone by change 7');
  await book.ok('undo-change', { change: 7 });
  const again = await book.ok('list-changes', { record: 'E-1', limit: 3 });
  expect(again.changes.map(({ number, undoes, undoneBy }) => [number, undoes, undoneBy])).toEqual([
    [8, 7, undefined],
    [7, 6, 8],
    [6, undefined, undefined],
  ]);
});

test('without filters everything is listed, the opening last', async () => {
  const book = await threeHands();
  const all = await book.ok('list-changes');
  expect([numbers(all), all.count]).toEqual([[6, 5, 4, 3, 2, 1, 0], 7]);
  expect(all.changes.at(-1)).toMatchObject({ by: 'jobwright', tool: 'open', summary: 'Account opened' });
  expectPlain(await book.text('list-changes'), 1500);
});

test('what somebody did themselves is theirs: "you", by their own word too', async () => {
  const book = await openBook();
  await book.ok('create-job', { newCustomer: { name: 'Dana' }, name: 'Roof' });
  const kim = await openBook({ folder: book.folder, actor: 'Kim Lee' });
  await kim.ok('update-job', { job: 'J-1', note: 'Gate code 4411' });
  expect((await kim.ok('list-changes', { limit: 2 })).changes.map(({ by }) => by)).toEqual(['you', 'sam']);
  expect((await book.ok('list-changes', { limit: 2 })).changes.map(({ by }) => by)).toEqual(['Kim Lee', 'you']);
  for (const person of ['me', 'you', 'kim'])
    expect((await kim.ok('list-changes', { person })).changes.map(({ by }) => by)).toEqual(['you']);
  expect((await kim.ok('get-job', { job: 'J-1' })).job.activity.map(({ by }) => by)).toEqual(['you', 'sam']);
});
