import type { Example } from '../../support/example.ts';
import { PROSE, NAME, CREW } from '../../support/longest.ts';

export const example: Example = {
  said: 'book site visit appointment',
  calls: [
    {
      customer: 'C-1',
      job: 'J-1',
      title: 'Measure',
      starts: '2026-03-12T09:00',
      minutes: 90,
      place: '9 Elm',
      notes: 'Gate code 4411.',
      people: ['Tom', 'Luis'],
      repeats: { every: 'week', until: '2026-03-26' },
    },
    { customer: 'C-1', title: 'Measure', starts: '2026-03-12 09:00', ends: '2026-03-12 10:30' },
  ],
  most: [{ job: 'J-1', title: NAME('Next'), starts: '2026-03-20T09:30', notes: PROSE, people: [CREW] }],
  crew: { most: [{ job: 'J-1', title: NAME('Next'), starts: '2026-03-20T10:30', notes: PROSE, people: [CREW] }] },
};
