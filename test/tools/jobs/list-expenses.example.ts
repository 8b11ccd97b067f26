import type { Example } from '../../support/example.ts';

export const example: Example = {
  said: 'what was paid to a vendor',
  calls: [
    {
      ...{ vendor: 'ABC', category: 'materials', customer: 'C-1', job: 'J-1', from: '2026-01-01', to: '2026-12-31' },
      ...{ query: 'shingles', hasReceipt: false, coversLine: false, by: 'vendor', includeSamples: true, limit: 5 },
    },
    { by: 'job' },
  ],
  most: [{ limit: 50 }, { by: 'vendor', limit: 50 }, { by: 'job', limit: 50 }],
};
