import { type Example, QUOTE_LINES } from '../../support/example.ts';
import { SHINGLES, TEAR_OFF } from '../../support/roof.ts';
import { PROSE, MANY, times } from '../../support/longest.ts';

export const example: Example = {
  said: 'accept send estimate',
  calls: [
    {
      quote: 'Q-2',
      status: 'accepted',
      statusOn: '2026-03-06',
      title: 'Ridge',
      lines: QUOTE_LINES,
      notes: 'Ten years.',
      doneLines: [1],
      notDoneLines: ['Q-2/2'],
    },
    { quote: 'Q-2', addLines: [{ ...SHINGLES, taxRatePercent: 8.25 }, TEAR_OFF] },
    { quote: 'Q-2', discount: { percent: 10 } },
    { quote: 'Q-2', discount: { amount: 50 } },
    { quote: 'Q-1', doneLines: ['Q-1/1'], spentNothing: true },
  ],
  most: [
    { quote: 'Q-62', lines: MANY.quote, notes: PROSE },
    { quote: 'Q-1', doneLines: times(200, (n) => `Q-1/${n}`) },
  ],
};
