import { type Example, CONTACT } from '../../support/example.ts';
import { PROSE, NAME } from '../../support/longest.ts';

export const example: Example = {
  said: 'phone address stage',
  calls: [{ customer: 'C-1', name: 'Priya Raman', ...CONTACT }],
  most: [{ customer: 'C-2', notes: PROSE, name: NAME('Else') }],
};
