import { type Example, LINES } from '../../support/example.ts';
import { PROSE, MANY } from '../../support/longest.ts';

export const example: Example = {
  said: 'bill customer deposit',
  calls: [
    {
      customer: 'C-1',
      job: 'J-1',
      lines: LINES,
      kind: 'progress',
      draft: false,
      issuedOn: '2026-03-02',
      dueOn: '2026-03-31',
      notes: 'Thanks.',
    },
    { fromQuote: { quote: 'Q-1', amount: 420.5 }, kind: 'deposit' },
    { fromQuote: { quote: 'Q-1', percent: 30 } },
    { fromQuote: { quote: 'Q-1', rest: true } },
    { restOf: ['J-1'] },
    { creditFor: 'INV-1001', amount: 420.5 },
    { creditFor: 'INV-1001', all: true },
    { creditFor: 'INV-1001', amount: 420.5, billAgain: false },
  ],
  most: [{ job: 'J-1', lines: MANY.bill, notes: PROSE }],
};
