import type { Example } from '../../support/example.ts';

export const example: Example = {
  said: 'who changed',
  calls: [
    {
      record: 'E-1',
      person: 'sam',
      assistant: 'test',
      from: '2026-03-01',
      to: '2026-03-31',
      show: 'changes',
      includeSamples: true,
      limit: 5,
    },
    { on: '2026-03-10' },
    { change: 3 },
  ],
  most: [{ limit: 50 }, { record: 'J-1', limit: 50 }, { record: 'Q-1', limit: 50 }, { change: 363 + 60 }],
};
