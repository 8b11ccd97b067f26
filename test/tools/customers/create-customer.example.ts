import { type Example, CONTACT } from '../../support/example.ts';
import { PROSE, NAME } from '../../support/longest.ts';

export const example: Example = {
  said: 'add lead client',
  calls: [{ name: 'Priya Raman', ...CONTACT, evenIfSimilar: true }],
  most: [{ name: NAME('Priya'), notes: PROSE, address: NAME('9 Elm'), evenIfSimilar: true }],
};
