import type { Example } from '../../support/example.ts';

export const example: Example = {
  said: 'find',
  calls: [{ query: 'roof' }],
  most: [{ query: 'long' }],
  crew: { most: [{ query: 'long' }] },
};
