import type { Example } from '../../support/example.ts';

export const example: Example = {
  said: 'bills overdue paid',
  calls: [
    {
      includeSamples: true,
      customer: 'C-1',
      job: 'J-1',
      status: 'issued',
      payment: 'partly_paid',
      overdue: false,
      from: '2026-03-01',
      to: '2026-03-31',
      query: 'roof',
      limit: 5,
    },
  ],
};
