import type { Example } from '../../support/example.ts';

export const example: Example = {
  said: 'payments money checks who paid',
  calls: [
    {
      ...{ customer: 'C-1', job: 'J-1', method: 'check', kind: 'payment', from: '2026-01-01', to: '2026-12-31' },
      ...{ by: 'day', includeSamples: true, limit: 5 },
    },
    { by: 'customer' },
  ],
  most: [{ limit: 50 }, { by: 'day', limit: 50 }, { by: 'customer', limit: 50 }],
};
