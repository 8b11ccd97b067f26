import type { Example } from '../../support/example.ts';

export const example: Example = {
  said: 'merge duplicate customer',
  calls: [{ keep: 'C-1', duplicate: 'C-2' }],
  most: [{ keep: 'C-1', duplicate: 'C-2' }],
};
