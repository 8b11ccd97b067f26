import type { Example } from '../../support/example.ts';

export const example: Example = {
  said: 'estimates',
  calls: [
    { customer: 'C-1', job: 'J-1', status: 'accepted', open: false, includeSamples: true, query: 'roof', limit: 5 },
  ],
};
