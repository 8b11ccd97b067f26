import type { Example } from '../../support/example.ts';

export const example: Example = {
  said: 'projects profit',
  calls: [
    {
      includeSamples: true,
      status: 'open',
      billing: 'billed',
      standing: 'finished',
      doneNotBilled: true,
      customer: 'C-1',
      query: 'roof',
      assignee: 'Tom',
      sort: 'margin',
      limit: 5,
    },
    { sort: 'newest', limit: 5 },
  ],
  most: ['newest', 'margin', 'profit'].map((sort) => ({ sort, limit: 50 })),
};
