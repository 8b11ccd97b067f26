import type { Example } from '../../support/example.ts';

export const example: Example = {
  said: 'calendar appointments',
  calls: [
    {
      customer: 'C-1',
      job: 'J-1',
      person: 'Tom',
      status: 'scheduled',
      from: '2026-03-01',
      to: '2026-03-31',
      format: 'text',
      private: true,
      includeSamples: true,
      limit: 5,
    },
  ],
  most: [{ limit: 50, from: '2026-03-01', to: '2026-12-31', private: true, format: 'ical' }],
  crew: { most: [{ limit: 50, from: '2026-03-01', to: '2026-12-31' }] },
};
