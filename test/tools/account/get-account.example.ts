import type { Example } from '../../support/example.ts';

export const example: Example = {
  said: 'business settings',
  calls: [{}],
  most: [{}],
};
