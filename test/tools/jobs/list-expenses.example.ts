import type { Example } from '../../support/example.ts';

export const example: Example = {
  said: 'what was paid to a vendor',
  calls: [
    {
      ...{
        vendor: 'city of austin',
        category: 'permit',
        customer: 'C-1',
        job: 'J-1',
        from: '2026-01-01',
        to: '2026-12-31',
      },
      ...{
        query: 'permit',
        hasReceipt: false,
        covering: false,
        overhead: false,
        by: 'vendor',
        includeSamples: true,
        limit: 5,
      },
    },
    { by: 'job' },
  ],
  most: [{ limit: 50 }, { by: 'vendor', limit: 50 }, { by: 'job', limit: 50 }],
};
