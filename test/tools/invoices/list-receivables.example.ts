import type { Example } from '../../support/example.ts';

export const example: Example = {
  said: 'who owes late receivables',
  calls: [{ includeSamples: true, customer: 'C-1', asOf: '2026-03-09', explain: true, limit: 5 }],
  most: [
    { explain: true, limit: 50 },
    { asOf: '2026-03-09', explain: true, limit: 50 },
  ],
};
