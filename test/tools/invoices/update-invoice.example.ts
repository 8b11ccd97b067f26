import { type Example, LINES } from '../../support/example.ts';
import { PROSE, MANY } from '../../support/longest.ts';

export const example: Example = {
  said: 'void invoice',
  calls: [
    {
      invoice: 'DRAFT-2',
      status: 'issued',
      lines: LINES,
      kind: 'progress',
      issuedOn: '2026-03-02',
      dueOn: '2026-03-31',
      notes: 'Thanks.',
    },
    { invoice: 'INV-1001', correct: true, lines: LINES },
    { invoice: 'DRAFT-2', discard: true },
    { invoice: 'INV-1001', countsAgainst: 'Q-1' },
    { invoice: 'INV-1001', dueOn: '2026-04-30' },
    { invoice: 'INV-1002', status: 'void', voidReason: 'Billed twice.' },
  ],
  most: [
    { invoice: 'DRAFT-122', lines: MANY.bill, notes: PROSE },
    { invoice: 'DRAFT-122', status: 'issued' },
  ],
};
