// When a book's left-over files may be tidied away, and when what was tidied away is gone for good.
import { instant, type Instant } from '../../src/domain/dates.ts';
import { expect, test } from 'vitest';
import { sweepStep, trashDueBefore, type Sweeping } from '../../src/domain/sweeping.ts';

const kept = (patch: Partial<Sweeping> = {}): Sweeping => ({
  ...{ place: 'here', since: instant('2026-03-10T12:00:00.000Z'), sweptAt: null, withheld: null },
  ...patch,
});

// @ts-expect-error what is kept is damaged
const damaged: Instant = 'yesterday';

test.each([
  ['nobody has looked yet', null, '2026-03-10T12:00:00.000Z', 'begin'],
  ['a moment after', kept(), '2026-03-10T12:59:59.999Z', 'wait'],
  ['an hour after', kept(), '2026-03-10T13:00:00.000Z', 'sweep'],
  ['it is another place since', kept({ place: 'there' }), '2026-03-12T12:00:00.000Z', 'begin'],
  ['it was done today', kept({ sweptAt: instant('2026-03-10T13:00:00.000Z') }), '2026-03-11T12:59:59.999Z', 'wait'],
  [
    'it was done a day ago',
    kept({ sweptAt: instant('2026-03-10T13:00:00.000Z') }),
    '2026-03-11T13:00:00.000Z',
    'sweep',
  ],
  ['the clock is before it began', kept(), '2026-03-10T11:59:59.999Z', 'begin'],
  [
    'the clock is before it was done',
    kept({ sweptAt: instant('2026-04-10T13:00:00.000Z') }),
    '2026-03-12T13:00:00.000Z',
    'begin',
  ],
  ['what is kept is no time', kept({ since: damaged }), '2026-03-12T13:00:00.000Z', 'begin'],
  ['it is withheld', kept({ withheld: 'why' }), '2026-03-12T13:00:00.000Z', 'never'],
  ['it is withheld, in another place', kept({ withheld: 'why', place: 'there' }), '2026-03-12T13:00:00.000Z', 'never'],
] as const)('%s', (_, row, now, step) => {
  expect(sweepStep(row, 'here', instant(now))).toBe(step);
});

test('the trash is emptied thirty days later, as the sweep before saw it', () => {
  expect(trashDueBefore(null)).toBeNull();
  expect(trashDueBefore(instant('2026-03-31T08:00:00.000Z'))).toBe('2026-03-01');
});
