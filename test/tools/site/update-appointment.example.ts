import type { Example } from '../../support/example.ts';
import { PROSE } from '../../support/longest.ts';

export const example: Example = {
  said: 'move cancel appointment',
  calls: [
    {
      appointment: 'A-1',
      title: 'Measure',
      starts: '2026-03-12T09:00',
      minutes: 90,
      place: '9 Elm',
      notes: 'Gate code 4411.',
      people: ['Tom', 'Luis'],
      status: 'done',
    },
    { appointment: 'A-1', ends: '2026-03-20T10:30-05:00' },
    { appointment: 'A-2', people: ['Tom'], rest: true },
  ],
  most: [{ appointment: 'A-1', notes: PROSE, starts: '2026-03-20T09:15' }],
  crew: { most: [{ appointment: 'A-2', notes: PROSE }] },
};
