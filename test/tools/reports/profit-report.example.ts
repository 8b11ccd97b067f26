import type { Example } from '../../support/example.ts';

export const example: Example = {
  said: 'profit march',
  calls: [
    {
      includeSamples: true,
      by: 'job',
      from: '2026-03-01',
      to: '2026-03-31',
      query: 'roof',
      customer: 'C-1',
      status: 'completed',
      last: 3,
      category: 'materials',
      thinBelow: 15,
      explain: true,
      limit: 5,
    },
  ],
  most: ['job', 'customer', 'month', 'status', 'category', 'assignee', 'tax'].map((by) => ({
    by,
    explain: true,
    limit: 50,
    thinBelow: 99,
  })),
};
