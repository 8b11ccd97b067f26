// A profit that may not be what it seems is said in few words, however many records are at fault.
import { expect, test } from 'vitest';
import { says } from '../../../src/domain/message.ts';
import { forModel } from '../../../src/printers/in-words.ts';

const mentions = (letter: string, count: number) => ({
  few: Array.from({ length: Math.min(count, 6) }, (_, index) => ({
    ref: `${letter}-${index + 1}`,
    description: 'Shingles',
  })),
  count,
});

test('several open quotes are named, and beyond six counted', () => {
  expect(forModel(says('profit.several-open-quotes', { refs: ['Q-7', 'Q-9'] }))).toBe(
    'Q-7, Q-9 are open at once and their costs all count. Decline the ones that will not happen.',
  );
  const refs = Array.from({ length: 9 }, (_, index) => `Q-${index + 1}`);
  expect(forModel(says('profit.several-open-quotes', { refs }))).toMatch(
    /^Q-1, Q-2, Q-3, Q-4, Q-5, Q-6 and 3 more are/,
  );
});

test('a hundred expenses that may be planned already stay readable', () => {
  const words = forModel(
    says('profit.possible-double-count', { expenses: mentions('E', 100), lines: mentions('Q-1/', 1) }),
  );
  expect(words).toContain('E-6 (Shingles) and 94 more may already be planned in Q-1/-1 (Shingles). If so, link it:');
  expect(words.length).toBeLessThan(400);
});

test('what runs ahead of its plan is told with its amounts, and how many more there are', () => {
  const sums = { planned: '1200.00', spent: '1500.00' };
  const over = [
    { category: null, lines: mentions('Q-1/', 1), ...sums, toCome: null },
    { category: 'labor', lines: mentions('Q-2/', 2), ...sums, toCome: '90.00' },
  ];
  expect(forModel(says('profit.over-plan', { over, more: 2 }))).toBe(
    'Q-1/-1 Shingles: 1500.00 spent of 1200.00 planned, not done yet; ' +
      'labor: 1500.00 spent of 1200.00 planned with 90.00 still to come, Q-2/-1 Shingles, Q-2/-2 Shingles not done yet. ' +
      'And 2 more. Spending is ahead of the plan. ' +
      'Extra work can be billed with a change order; a line that is finished is marked so with update-quote doneLines.',
  );
});
