import type { Example } from '../../support/example.ts';

export const example: Example = {
  said: 'undo',
  calls: [{ change: 4 }],
  most: [{}],
};
