import type { Example } from '../../support/example.ts';

export const example: Example = {
  said: 'customer history contact',
  calls: [{ customer: 'C-1' }, { customer: 'C-1', section: 'quotes' }],
  most: [
    { customer: 'C-1' },
    ...['jobs', 'quotes', 'invoices', 'files', 'appointments', 'walk-and-talks'].map((section) => ({
      customer: 'C-1',
      section,
    })),
  ],
};
