import type { Example } from '../../support/example.ts';

export const example: Example = {
  said: 'record number',
  calls: [{ id: 'J-1' }],
  most: [
    'J-1',
    'C-1',
    'Q-1',
    'Q-1/200',
    'INV-1001',
    'P-1',
    'E-1',
    'A-1',
    'F-1',
    'F-121',
    'W-1',
    'jobwright://documents/Q-1',
  ].map((id) => ({ id })),
  crew: { most: ['J-1', 'A-2', 'F-121', 'W-1'].map((id) => ({ id })) },
};
