import { type Example, CONTACT } from '../../support/example.ts';
import { PROSE, NAME } from '../../support/longest.ts';

export const example: Example = {
  said: 'phone address stage',
  calls: [
    {
      ...{ customer: 'C-1', name: 'Priya Raman', ...CONTACT },
      ...{ otherPhones: ['(737) 555-0177'], otherEmails: ['raman@example.com'], otherAddresses: ['2 Oak St'] },
    },
  ],
  most: [{ customer: 'C-2', notes: PROSE, name: NAME('Else') }],
};
