// Whatever is asked for from one day to another says the same where the two are turned round.
import { expect, test } from 'vitest';
import { TOOLS } from '../../src/tools/index.ts';
import { openBook } from '../support/book.ts';

// biome-ignore format: a list
const OF_DAYS = ['list-appointments', 'list-changes', 'list-expenses', 'list-invoices', 'list-payments', 'profit-report'];

test('days that end before they begin are refused in the same words by every tool that takes them', async () => {
  const taking = TOOLS.filter(({ input }) => 'from' in input.shape && 'to' in input.shape).map(({ name }) => name);
  expect(taking.sort()).toEqual(OF_DAYS);
  const book = await openBook();
  const turned = { from: '2026-03-10', to: '2026-03-09' };
  const calls = [
    ...taking.map((tool) => [tool, tool === 'profit-report' ? { by: 'month' } : {}] as const),
    ...[['profit-report', { by: 'tax' }] as const, ['list-changes', { show: 'changes' }] as const],
  ];
  for (const [tool, args] of calls)
    expect([tool, await book.error(tool, { ...args, ...turned })]).toEqual([
      tool,
      'to: 2026-03-09 is before 2026-03-10. Give the first day as from, the last as to.',
    ]);
});
