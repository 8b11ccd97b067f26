import type { Example } from '../../support/example.ts';

export const example: Example = {
  said: 'estimates',
  calls: [{ customer: 'C-1', job: 'J-1', status: 'accepted', query: 'roof', limit: 5 }],
};
