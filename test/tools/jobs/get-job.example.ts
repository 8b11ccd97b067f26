import type { Example } from '../../support/example.ts';

export const example: Example = {
  said: 'job profit margin',
  calls: [
    { job: 'J-1', explain: true },
    { job: 'J-1', section: 'quotes' },
  ],
  most: [
    { job: 'J-1' },
    { job: 'J-1', explain: true },
    ...['quotes', 'invoices', 'expenses', 'files', 'appointments', 'walk-and-talks', 'activity'].map((section) => ({
      job: 'J-1',
      section,
    })),
  ],
  crew: {
    most: [
      { job: 'J-1' },
      ...['files', 'appointments', 'walk-and-talks', 'activity'].map((section) => ({ job: 'J-1', section })),
    ],
  },
};
