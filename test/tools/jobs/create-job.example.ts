import { type Example, PEOPLE, CONTACT } from '../../support/example.ts';
import { PROSE, NAME, times } from '../../support/longest.ts';

export const example: Example = {
  said: 'start project',
  calls: [
    {
      newCustomer: { name: 'Priya Raman', ...CONTACT, evenIfSimilar: true },
      name: 'Porch',
      description: 'Metal.',
      address: '9 Elm',
      status: 'open',
      startsOn: '2026-03-12',
      endsOn: '2026-03-14',
      assignees: PEOPLE,
      note: 'Gate code 4411.',
    },
    { customer: 'C-1', name: 'Porch' },
  ],
  most: [
    {
      customer: 'C-1',
      name: NAME('Porch'),
      description: PROSE,
      note: PROSE,
      assignees: times(30, (n) => NAME(`Person ${n}`)).map((name) => ({ name, role: 'crew' })),
    },
  ],
};
