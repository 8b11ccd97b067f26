// Change orders and revisions: what passes from one quote to the next, and what the profit summary makes of it.
import { describe, expect, test } from 'vitest';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import { openBook, type ProfitSummary, type TypedBook } from '../../support/answers.ts';
import { roofBook, roof, SHINGLES, TEAR_OFF } from '../../support/roof.ts';

async function profitSummary(book: TypedBook): Promise<ProfitSummary> {
  const { profit } = (await book.ok('get-job', { job: 'J-1' })).job;
  if (profit === null) throw new Error('the strip is hidden');
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
  return profit;
}

async function spend(book: TypedBook, amount: number, coversLine: string): Promise<void> {
  await book.ok('add-job-expense', { job: 'J-1', description: 'Receipt', amount, category: 'materials', coversLine });
}

const coveredBy = async (book: TypedBook) =>
  (await book.ok('get-job', { job: 'J-1' })).job.expenses.map(({ ref, coversLine }) => [ref, coversLine]);

describe('change orders', () => {
  const order = (lines: readonly object[], status = 'accepted') => ({
    job: 'J-1',
    kind: 'change_order',
    status,
    lines,
  });

  test('accepted ones add up with the original; declined ones do not', async () => {
    const book = await roofBook();
    await book.ok('create-quote', order([{ ...SHINGLES, description: 'Porch', quantity: 2 }]));
    await book.ok('create-quote', order([{ ...SHINGLES, description: 'Shed', quantity: 3 }], 'sent'));
    expect((await profitSummary(book)).costOfWork).toBe('7280.00');
    await book.ok('update-quote', { quote: 'Q-3', status: 'accepted' });
    expect((await profitSummary(book)).costOfWork).toBe('8120.00');
    await book.ok('update-quote', { quote: 'Q-3', status: 'declined' });
    expect((await profitSummary(book)).costOfWork).toBe('7280.00');
  });

  test('while no original is accepted, open originals and every open or accepted change order count', async () => {
    const book = await openBook();
    await roof(book.ok, { status: 'sent' });
    await book.ok('create-quote', order([{ ...SHINGLES, description: 'Porch', quantity: 2 }]));
    await book.ok('create-quote', order([{ ...SHINGLES, description: 'Shed', quantity: 3 }], 'draft'));
    expect(await profitSummary(book)).toMatchObject({ costOfWork: '8120.00', costBasis: 'open', warnings: [] });
    await book.ok('update-quote', { quote: 'Q-1', status: 'accepted' });
    expect(await profitSummary(book)).toMatchObject({ costOfWork: '7280.00', costBasis: 'accepted' });
  });

  test('a change of a line is one line with it: 4,000 less 900, covered by 3,800 and done, costs 3,800', async () => {
    const book = await openBook();
    await roof(book.ok, { status: 'draft' });
    await book.ok('update-quote', {
      quote: 'Q-1',
      status: 'accepted',
      lines: [{ ...SHINGLES, quantity: 1, unitPrice: 6000, unitCost: 4000 }],
    });
    await book.ok(
      'create-quote',
      order([{ ...SHINGLES, quantity: 1, unitPrice: -1500, unitCost: -900, changesLine: 'Q-1/1' }]),
    );
    expect((await profitSummary(book)).costOfWork).toBe('3100.00');
    await spend(book, 3800, 'Q-1/1');
    await book.ok('update-quote', { quote: 'Q-1', doneLines: [1] });
    expect(await profitSummary(book)).toMatchObject({ costOfWork: '3800.00', expenses: '0.00' });
  });

  test('a line taken out whole still costs what was spent on it', async () => {
    const book = await openBook();
    await roof(book.ok, { status: 'draft' });
    await book.ok('update-quote', {
      quote: 'Q-1',
      status: 'accepted',
      lines: [{ ...SHINGLES, quantity: 1, unitPrice: 6000, unitCost: 4000 }],
    });
    await book.ok(
      'create-quote',
      order([{ ...SHINGLES, quantity: -1, unitPrice: 6000, unitCost: 4000, changesLine: 'Q-1/1' }]),
    );
    expect(await profitSummary(book)).toMatchObject({ costOfWork: '0.00' });
    await spend(book, 1000, 'Q-1/1');
    expect(await profitSummary(book)).toMatchObject({ costOfWork: '1000.00', expenses: '0.00' });
  });

  test('extra work on a line may be covered through either of the two', async () => {
    const book = await roofBook();
    await book.ok('create-quote', order([{ ...SHINGLES, quantity: 2, changesLine: 'Q-1/1' }]));
    expect((await profitSummary(book)).costOfWork).toBe('7280.00');
    await spend(book, 6000, 'Q-1/1');
    await spend(book, 2000, 'Q-2/1');
    expect(await profitSummary(book)).toMatchObject({ costOfWork: '8000.00', expenses: '0.00' });
  });

  test('marking the change done is marking the line done', async () => {
    const book = await roofBook();
    await book.ok('create-quote', order([{ ...SHINGLES, quantity: 2, changesLine: 'Q-1/1' }]));
    await spend(book, 5000, 'Q-1/1');
    expect((await profitSummary(book)).costOfWork).toBe('7280.00');
    await book.ok('update-quote', { quote: 'Q-2', doneLines: ['Q-2/1'] });
    expect((await profitSummary(book)).costOfWork).toBe('5000.00');
    await book.ok('update-quote', { quote: 'Q-1', notDoneLines: ['Q-1/1'] });
    expect((await profitSummary(book)).costOfWork).toBe('7280.00');
  });

  test.each([
    ['declined', async (book: TypedBook) => void (await book.ok('update-quote', { quote: 'Q-1', status: 'declined' }))],
    [
      'replaced by a revision without it',
      async (book: TypedBook) =>
        void (await book.ok('create-quote', { revises: 'Q-1', status: 'accepted', lines: [TEAR_OFF] })),
    ],
  ])('a change of a line whose quote was %s stands alone: marked done, covered and costed as itself', async (_, go) => {
    const book = await roofBook();
    await book.ok('create-quote', order([{ ...SHINGLES, quantity: 2, changesLine: 'Q-1/1' }]));
    await go(book);
    const other = Number((await profitSummary(book)).costOfWork) - 560;
    await spend(book, 500, 'Q-2/1');
    const { change } = await book.ok('update-quote', { quote: 'Q-2', doneLines: ['Q-2/1'] });
    expect(change).not.toBeNull();
    expect((await book.ok('get-quote', { quote: 'Q-2' })).quote.lines[0]).toMatchObject({ done: true });
    expect(await profitSummary(book)).toMatchObject({ costOfWork: (other + 500).toFixed(2), expenses: '0.00' });
    await book.ok('update-quote', { quote: 'Q-2', notDoneLines: [1] });
    expect((await profitSummary(book)).costOfWork).toBe((other + 560).toFixed(2));
  });

  test('a change of a line of an offer stands alone once another original is accepted', async () => {
    const book = await openBook();
    await roof(book.ok, { status: 'draft' });
    await book.ok('create-quote', order([{ ...SHINGLES, quantity: 2, changesLine: 'Q-1/1' }]));
    await book.ok('create-quote', { job: 'J-1', status: 'accepted', lines: [TEAR_OFF] });
    const { costOfWork } = await profitSummary(book);
    await spend(book, 500, 'Q-2/1');
    await book.ok('update-quote', { quote: 'Q-2', doneLines: [1] });
    expect((await profitSummary(book)).costOfWork).toBe((Number(costOfWork) - 60).toFixed(2));
  });

  test('what is not done is so without any mark, also one of a line that stood alone', async () => {
    const book = await roofBook();
    await book.ok('create-quote', order([{ ...SHINGLES, quantity: 2, changesLine: 'Q-1/1' }]));
    await book.ok('update-quote', { quote: 'Q-1', status: 'declined' });
    await book.ok('update-quote', { quote: 'Q-2', doneLines: [1] });
    await book.ok('update-quote', { quote: 'Q-1', status: 'accepted' });
    await spend(book, 5000, 'Q-1/1');
    expect((await profitSummary(book)).costOfWork).toBe('5000.00');
    await book.ok('update-quote', { quote: 'Q-2', notDoneLines: [1] });
    expect((await profitSummary(book)).costOfWork).toBe('7280.00');
  });

  test('one on an accepted original cannot be filed under nothing, nor on a job whose original was declined', async () => {
    const book = await roofBook();
    await book.ok('update-quote', { quote: 'Q-1', status: 'declined' });
    expect(await book.error('create-quote', order([SHINGLES]))).toContain(
      'has no original quote that a change order could change',
    );
  });
});

describe('revisions', () => {
  test.each(['draft', 'sent'] as const)('of a %s quote take its place at once', async (status) => {
    const book = await openBook();
    await roof(book.ok, { status });
    await book.ok('create-quote', { revises: 'Q-1', lines: [{ ...SHINGLES, unitCost: 300 }] });
    expect((await book.ok('get-quote', { quote: 'Q-1' })).quote.status).toBe('superseded');
    expect(await profitSummary(book)).toMatchObject({ costOfWork: '7200.00', costBasis: 'open', warnings: [] });
  });

  test('of an accepted quote take its place only when they are accepted themselves', async () => {
    const book = await roofBook();
    await book.ok('create-quote', { revises: 'Q-1', status: 'sent', lines: [{ ...SHINGLES, unitCost: 300 }] });
    expect(await profitSummary(book)).toMatchObject({ costOfWork: '6720.00', costBasis: 'accepted' });
    await book.ok('update-quote', { quote: 'Q-2', status: 'accepted' });
    expect((await book.ok('get-quote', { quote: 'Q-1' })).quote).toMatchObject({
      status: 'superseded',
      revisedBy: 'Q-2',
    });
    expect(await profitSummary(book)).toMatchObject({ costOfWork: '7200.00', costBasis: 'accepted' });
  });

  test('declined, they leave what they would have replaced as it was', async () => {
    const book = await roofBook();
    await book.ok('create-quote', { revises: 'Q-1', status: 'sent', lines: [TEAR_OFF] });
    await book.ok('update-quote', { quote: 'Q-2', status: 'declined' });
    expect((await book.ok('get-quote', { quote: 'Q-1' })).quote.status).toBe('accepted');
    expect((await profitSummary(book)).costOfWork).toBe('6720.00');
  });

  test('a line that says the same keeps its identity: cover and done mark pass on', async () => {
    const book = await openBook();
    await roof(book.ok, { status: 'draft' });
    await book.ok('update-quote', { quote: 'Q-1', status: 'accepted', lines: [SHINGLES, TEAR_OFF] });
    await spend(book, 6000, 'Q-1/1');
    await book.ok('update-quote', { quote: 'Q-1', doneLines: [1] });
    const { quote, uncovered } = await book.ok('create-quote', {
      revises: 'Q-1',
      status: 'accepted',
      lines: [TEAR_OFF, { ...SHINGLES, description: 'architectural  SHINGLES, installed', quantity: 26 }],
    });
    expect(uncovered).toEqual([]);
    expect(quote.lines.map((line) => line.done)).toEqual([false, true]);
    expect(await coveredBy(book)).toEqual([['E-1', 'Q-2/2']]);
    expect(await profitSummary(book)).toMatchObject({ costOfWork: '7320.00', expenses: '0.00' });
  });

  test('a line that is reworded keeps its identity where it names the one it was', async () => {
    const book = await roofBook();
    await spend(book, 7000, 'Q-1/1');
    const { quote, uncovered } = await book.ok('create-quote', {
      revises: 'Q-1',
      status: 'accepted',
      lines: [{ ...SHINGLES, description: 'Slate look shingles', changesLine: 'Q-1/1' }],
    });
    expect(uncovered).toEqual([]);
    expect(quote.lines[0]?.changesLine).toBeNull();
    expect(await coveredBy(book)).toEqual([['E-1', 'Q-2/1']]);
    expect(await profitSummary(book)).toMatchObject({ costOfWork: '7000.00', expenses: '0.00' });
  });

  test('dropped lines let go of their expenses, which are named and stand among the expenses from then on', async () => {
    const book = await openBook();
    await roof(book.ok, { status: 'draft' });
    await book.ok('update-quote', { quote: 'Q-1', status: 'accepted', lines: [SHINGLES, TEAR_OFF] });
    await spend(book, 100, 'Q-1/1');
    await spend(book, 200, 'Q-1/2');
    await spend(book, 300, 'Q-1/2');
    const { answer, text } = await book.both('create-quote', { revises: 'Q-1', status: 'accepted', lines: [SHINGLES] });
    expect(answer.uncovered).toEqual(['E-2', 'E-3']);
    expect(text).toContain('E-2, E-3 covered a line that is gone and now stand');
    expect(await coveredBy(book)).toEqual([
      ['E-3', null],
      ['E-2', null],
      ['E-1', 'Q-2/1'],
    ]);
    expect(await profitSummary(book)).toMatchObject({ costOfWork: '6720.00', expenses: '500.00' });
  });

  test('an offer to revise lets nothing go before it is accepted, however it is edited', async () => {
    const book = await openBook();
    await roof(book.ok, { status: 'draft' });
    await book.ok('update-quote', { quote: 'Q-1', status: 'accepted', lines: [SHINGLES, TEAR_OFF] });
    await spend(book, 200, 'Q-1/2');
    await book.ok('create-quote', { revises: 'Q-1', lines: [SHINGLES, TEAR_OFF] });
    const edited = await book.ok('update-quote', { quote: 'Q-2', lines: [SHINGLES] });
    expect(edited.uncovered).toEqual([]);
    expect(await coveredBy(book)).toEqual([['E-1', 'Q-1/2']]);
    expect(await profitSummary(book)).toMatchObject({ costOfWork: '8040.00', expenses: '0.00' });
    expect((await book.ok('update-quote', { quote: 'Q-2', status: 'accepted' })).uncovered).toEqual(['E-1']);
    expect(await profitSummary(book)).toMatchObject({ costOfWork: '6720.00', expenses: '200.00' });
  });

  test('an expense is shown at the line that counts, not at an offer or a declined one', async () => {
    const book = await roofBook();
    await spend(book, 7000, 'Q-1/1');
    await book.ok('create-quote', { revises: 'Q-1', lines: [SHINGLES] });
    expect(await coveredBy(book)).toEqual([['E-1', 'Q-1/1']]);
    await book.ok('update-quote', { quote: 'Q-2', status: 'declined' });
    expect(await coveredBy(book)).toEqual([['E-1', 'Q-1/1']]);
    const { uncovered } = await book.ok('create-quote', { revises: 'Q-1', status: 'accepted', lines: [TEAR_OFF] });
    expect(uncovered).toEqual(['E-1']);
    expect(await coveredBy(book)).toEqual([['E-1', null]]);
    expect(await profitSummary(book)).toMatchObject({ costOfWork: '1320.00', expenses: '7000.00' });
  });

  test('of two offers to revise the same quote, only one ever stands', async () => {
    const book = await roofBook();
    await spend(book, 7000, 'Q-1/1');
    await book.ok('create-quote', { revises: 'Q-1', title: 'Cheaper', lines: [{ ...SHINGLES, unitCost: 200 }] });
    await book.ok('create-quote', { revises: 'Q-1', title: 'Dearer', lines: [{ ...SHINGLES, unitCost: 300 }] });
    await book.ok('update-quote', { quote: 'Q-2', status: 'accepted' });
    expect(await book.error('update-quote', { quote: 'Q-3', status: 'accepted' })).toBe(
      'status: Q-1 was replaced by Q-2 meanwhile. Revise Q-2 instead.',
    );
    expect((await book.ok('get-quote', { quote: 'Q-1' })).quote.revisedBy).toBe('Q-2');
    expect(await book.error('create-quote', { revises: 'Q-1', lines: [SHINGLES] })).toContain(
      'Q-1 was replaced by Q-2. Revise Q-2 instead',
    );
    const accepted = (await book.ok('list-quotes', { status: 'accepted' })).quotes;
    expect(accepted).toHaveLength(1);
    expect(await profitSummary(book)).toMatchObject({ costOfWork: '7000.00', expenses: '0.00' });
  });

  test('two open offers that share a line count its receipt once', async () => {
    const book = await roofBook();
    await spend(book, 7000, 'Q-1/1');
    await book.ok('create-quote', { revises: 'Q-1', title: 'Cheaper', lines: [{ ...SHINGLES, unitCost: 200 }] });
    await book.ok('create-quote', { revises: 'Q-1', title: 'Dearer', lines: [{ ...SHINGLES, unitCost: 300 }] });
    await book.ok('update-quote', { quote: 'Q-1', status: 'declined' });
    // Both plans count until one is declined, 24 × 200.00 + 24 × 300.00; the 7,000.00 spent are within them.
    expect(await profitSummary(book)).toMatchObject({
      costOfWork: '12000.00',
      expenses: '0.00',
      warnings: [{ code: 'several_open_quotes' }],
    });
    const { explain } = await book.ok('get-job', { job: 'J-1', explain: true });
    expect(explain?.costOfWork.filter((entry) => entry.what.includes('E-1'))).toHaveLength(1);
  });

  test('a chain of revisions carries everything to its end', async () => {
    const book = await roofBook();
    await spend(book, 6000, 'Q-1/1');
    await book.ok('update-quote', { quote: 'Q-1', doneLines: [1] });
    for (const revises of ['Q-1', 'Q-2', 'Q-3']) {
      await book.ok('create-quote', { revises, status: 'accepted', lines: [{ ...SHINGLES, unitPrice: 460 }] });
    }
    expect((await book.ok('list-quotes')).quotes.map((quote) => quote.status)).toEqual([
      'accepted',
      'superseded',
      'superseded',
      'superseded',
    ]);
    expect(await coveredBy(book)).toEqual([['E-1', 'Q-4/1']]);
    expect((await book.ok('get-quote', { quote: 'Q-4' })).quote.lines[0]?.done).toBe(true);
    expect((await profitSummary(book)).costOfWork).toBe('6000.00');
  });

  test('a change order can be revised; it stays a change order of its line', async () => {
    const book = await roofBook();
    await book.ok('create-quote', {
      job: 'J-1',
      kind: 'change_order',
      status: 'sent',
      lines: [{ ...SHINGLES, quantity: -2, changesLine: 'Q-1/1' }],
    });
    const { quote } = await book.ok('create-quote', {
      revises: 'Q-2',
      status: 'accepted',
      lines: [{ ...SHINGLES, quantity: -4 }],
    });
    expect(quote).toMatchObject({ kind: 'change_order', lines: [{ changesLine: 'Q-1/1' }] });
    expect((await profitSummary(book)).costOfWork).toBe('5600.00');
  });

  test('an accepted revision may be declined; what it replaced stays replaced, and nothing is planned', async () => {
    const book = await roofBook();
    await book.ok('create-quote', { revises: 'Q-1', status: 'accepted', lines: [SHINGLES] });
    await spend(book, 1000, 'Q-2/1');
    await book.ok('update-quote', { quote: 'Q-2', status: 'declined' });
    expect(await profitSummary(book)).toMatchObject({ costOfWork: '0.00', expenses: '1000.00', costBasis: 'none' });
  });
});

test('an accepted quote with a covering expense, declined: the expense counts by itself', async () => {
  const book = await roofBook();
  await spend(book, 1000, 'Q-1/1');
  await book.ok('update-quote', { quote: 'Q-1', status: 'declined' });
  expect(await profitSummary(book)).toMatchObject({ costOfWork: '0.00', expenses: '1000.00' });
});

test('frozen means frozen: title and notes of an accepted quote may change, lines may not in any way', async () => {
  const book = await roofBook();
  for (const lines of [[SHINGLES], [{ ...SHINGLES, unitCost: 0 }], [{ ...SHINGLES, unitPrice: 1 }], [TEAR_OFF]]) {
    expect(await book.error('update-quote', { quote: 'Q-1', lines })).toContain('its lines are frozen');
  }
  const { quote } = await book.ok('update-quote', { quote: 'Q-1', title: 'Re-roof 2026', notes: 'Thanks.' });
  expect(quote).toMatchObject({ title: 'Re-roof 2026', notes: 'Thanks.', subtotal: '10800.00' });
});
