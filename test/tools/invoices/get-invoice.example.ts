import type { Example } from '../../support/example.ts';

export const example: Example = {
  said: 'bill balance',
  calls: [{ invoice: 'INV-1001' }],
  most: [{ invoice: 'INV-1001' }],
};
