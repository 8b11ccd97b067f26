import { type Example, QUOTE_LINES } from '../../support/example.ts';
import { PROSE, MANY } from '../../support/longest.ts';
import { SHINGLES } from '../../support/roof.ts';
import { CITED } from '../../support/walk.ts';

export const example: Example = {
  said: 'write estimate change order',
  calls: [
    {
      customer: 'C-1',
      job: 'J-1',
      title: 'Ridge',
      kind: 'change_order',
      contract: 'Q-1',
      status: 'sent',
      lines: QUOTE_LINES,
      notes: 'Ten years.',
      quotedOn: '2026-03-02',
    },
    { revises: 'Q-1', lines: [SHINGLES] },
    { copyOf: 'Q-1', customer: 'C-1', changePercent: 10, discount: { percent: 5 } },
    { fromWalkAndTalk: 'W-1', lines: CITED },
  ],
  most: [
    { job: 'J-1', kind: 'change_order', lines: MANY.quote, notes: PROSE },
    { customer: 'C-1', lines: MANY.quote, notes: PROSE, preview: true },
  ],
};
