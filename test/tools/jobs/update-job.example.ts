import { type Example, PEOPLE } from '../../support/example.ts';
import { PROSE } from '../../support/longest.ts';

export const example: Example = {
  said: 'complete cancel job note',
  calls: [
    {
      job: 'J-1',
      name: 'Full roof',
      description: 'Metal.',
      address: '9 Elm',
      status: 'completed',
      startsOn: '2026-03-12',
      endsOn: '2026-03-14',
      completedOn: '2026-03-09',
      assignees: PEOPLE,
      note: 'Gate code 4411.',
    },
    { job: 'J-2', status: 'cancelled', cancelledOn: '2026-03-09' },
    { job: 'J-1', billingDone: true },
    { job: 'J-2', customer: 'C-2' },
  ],
  most: [{ job: 'J-1', status: 'completed', note: PROSE, description: PROSE }],
  crew: { most: [{ job: 'J-1', note: PROSE }] },
};
