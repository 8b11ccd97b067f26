import type { Example } from '../../support/example.ts';
import { NAME } from '../../support/longest.ts';

export const example: Example = {
  said: 'expense receipt materials',
  calls: [
    {
      job: 'J-1',
      description: 'Shingles',
      amount: 420.5,
      category: 'materials',
      vendor: 'Hill Supply',
      spentOn: '2026-03-02',
      reclaimableTax: 20.5,
      refund: false,
      coversLine: 'Q-1/1',
      receipt: 'F-1',
    },
  ],
  most: [{ job: 'J-1', description: NAME('Rest'), amount: 5, category: 'materials' }],
};
