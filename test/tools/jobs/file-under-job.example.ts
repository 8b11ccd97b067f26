import type { Example } from '../../support/example.ts';
import { times } from '../../support/longest.ts';

export const example: Example = {
  said: 'move quote under job',
  calls: [{ job: 'J-2', records: ['Q-1', 'INV-1002'] }],
  most: [{ job: 'J-2', records: times(50, (n) => `F-${n}`) }],
};
