import type { Example } from '../../support/example.ts';
import { PROSE } from '../../support/longest.ts';
import { WALK } from '../../support/walk.ts';

export const example: Example = {
  said: 'site visit transcript',
  calls: [
    { ...WALK, photos: ['F-1'] },
    { corrects: 'W-1', summary: 'Shingles only.' },
  ],
  most: [{ corrects: 'W-1', summary: PROSE }],
  crew: { calls: [WALK], most: [{ corrects: 'W-1', summary: PROSE }] },
};
