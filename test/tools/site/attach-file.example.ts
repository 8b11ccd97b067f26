import type { Example } from '../../support/example.ts';
import { NAME } from '../../support/longest.ts';

const FULL = {
  customer: 'C-1',
  job: 'J-1',
  expense: 'E-1',
  content: 'UGVybWl0IGlzc3VlZC4K',
  name: 'permit.txt',
  kind: 'receipt',
  caption: 'From the city.',
  keepLocation: true,
};

export const example: Example = {
  said: 'photo receipt attach',
  calls: [FULL, { job: 'J-1', content: 'R2F0ZSBjb2RlIDQ0MTEuCg==', name: 'gate.txt' }],
  most: [{ job: 'J-1', name: NAME('x'), caption: 'y '.repeat(250), content: 'U2Vlbi4K' }],
  crew: {
    calls: [{ ...FULL, kind: 'document' }],
    most: [{ job: 'J-1', name: NAME('x'), caption: 'y '.repeat(250), content: 'U2Vlbi4K' }],
  },
};
