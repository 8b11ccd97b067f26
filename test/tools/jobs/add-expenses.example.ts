import type { Example } from '../../support/example.ts';
import { NAME } from '../../support/longest.ts';

export const example: Example = {
  said: 'several expenses receipts overhead phone rent',
  calls: [
    {
      expenses: [
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
        {
          description: 'Phone',
          amount: 89,
          category: 'other',
          overhead: true,
          monthly: true,
          until: '2027-06-30',
        },
      ],
    },
    { expenses: [{ job: 'J-1', description: 'Nails', amount: 12, category: 'materials' }] },
  ],
  most: [
    {
      expenses: Array.from({ length: 50 }, (_, index) => ({
        ...{ job: 'J-1', description: NAME(`Rest ${index}`), amount: 5, category: 'materials' },
      })),
    },
  ],
};
