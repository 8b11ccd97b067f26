import type { Example } from '../../support/example.ts';
import { NAME } from '../../support/longest.ts';

export const example: Example = {
  said: 'correct remove expense',
  calls: [
    {
      expense: 'E-1',
      description: 'Shingles',
      amount: 420.5,
      category: 'materials',
      vendor: 'Hill Supply',
      spentOn: '2026-03-02',
      reclaimableTax: 20.5,
      refund: false,
      overhead: false,
      coversLine: 'Q-1/1',
      receipt: 'F-1',
      job: 'J-1',
    },
    { links: [{ expense: 'E-1', coversLine: 'Q-1/1' }] },
    { expense: 'M-1', amount: 95, until: '2027-06-30' },
    { expense: 'M-1', amount: 99, from: '2027-07-01' },
    { expense: 'E-1', remove: true },
  ],
  most: [{ expense: 'E-1', description: NAME('More'), amount: 7 }],
};
