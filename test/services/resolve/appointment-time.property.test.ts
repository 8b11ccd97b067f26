// Wall time in, moment, wall time out: for any minute of thirty years in zones with all kinds of clocks.
import { instantAt, type Instant } from '../../../src/domain/dates.ts';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { localTime } from '../../../src/domain/appointment.ts';
import { dayAt, wallClock } from '../../../src/domain/dates.ts';
import { daysIn, instantOf } from '../../../src/services/resolve/appointment-time.ts';
import { Problem } from '../../../src/domain/errors.ts';
import { problemForModel } from '../../../src/printers/in-words.ts';

const ZONES = [
  ...[
    'America/Chicago',
    'America/New_York',
    'America/Los_Angeles',
    'America/Phoenix',
    'America/St_Johns',
    'America/Havana',
  ],
  ...['America/Santiago', 'America/Sao_Paulo', 'Europe/London', 'Europe/Berlin', 'Europe/Dublin', 'Europe/Istanbul'],
  ...['Africa/Casablanca', 'Africa/Cairo', 'Asia/Tehran', 'Asia/Kolkata', 'Asia/Kathmandu', 'Asia/Gaza'],
  ...['Australia/Lord_Howe', 'Australia/Adelaide', 'Pacific/Chatham', 'Pacific/Apia', 'Pacific/Kiritimati', 'UTC'],
] as const;
const START = Date.UTC(2005, 0, 1);
const MINUTES = 30 * 365 * 24 * 60;
const zone = fc.constantFrom(...ZONES);
const minute = fc.integer({ min: 0, max: MINUTES }).map((minutes) => instantAt(START + minutes * 60_000));
/** Minutes near those at which the clock is changed, where mistakes would be. */
const nearChange = fc
  .tuple(zone, fc.integer({ min: 0, max: 29 }), fc.integer({ min: 0, max: 364 }), fc.integer({ min: -180, max: 180 }))
  .map(
    ([name, years, days, off]) =>
      [name, instantAt(changeAfter(START + (years * 365 + days) * 86_400_000, name) + off * 60_000)] as const,
  );

/** The next change of the zone's clock within a year, found by its offset; the start itself where there is none. */
function changeAfter(from: number, name: string): number {
  const offset = (ms: number) => Date.parse(`${wallClock(instantAt(ms), name).replace(' ', 'T')}:00Z`) - ms;
  for (let day = from; day < from + 366 * 86_400_000; day += 86_400_000) {
    if (offset(day) === offset(day + 86_400_000)) continue;
    let [low, high] = [day, day + 86_400_000];
    while (high - low > 60_000) {
      const middle = low + Math.floor((high - low) / 120_000) * 60_000;
      if (offset(middle) === offset(day)) low = middle;
      else high = middle;
    }
    return high;
  }
  return from;
}

/**
 * What is wrong with the way from this moment to the clock and back. Only a time that the clock shows twice may be
 * refused; one of the two that are offered is it.
 */
function tried(name: string, instant: Instant): { twice: boolean; wrong: string[] } {
  const local = wallClock(instant, name);
  const wrong =
    instantOf(localTime(instant, name), 'starts', name) === instant ? [] : ['with its offset it is another'];
  try {
    if (instantOf(local, 'starts', name) !== instant) wrong.push('it came out as another');
    return { twice: false, wrong };
  } catch (error) {
    const said = error instanceof Problem ? problemForModel(error) : '';
    const offered = [...said.matchAll(/\d{4}-\d\d-\d\dT\d\d:\d\d[+-]\d\d:\d\d/g)].map(([form]) =>
      instantOf(form, 'starts', name),
    );
    if (!said.includes('comes twice')) wrong.push(said);
    if (offered.length !== 2 || !offered.includes(instant)) wrong.push('it is not among those offered');
    if (offered.some((each) => wallClock(each, name) !== local)) wrong.push('what is offered shows another time');
    return { twice: true, wrong };
  }
}

test('at any time', () => {
  fc.assert(
    fc.property(zone, minute, (name, instant) => {
      expect(tried(name, instant).wrong).toEqual([]);
    }),
    { numRuns: 8000 },
  );
});

test('around the changes of the clock, where some times come twice', () => {
  let twice = 0;
  fc.assert(
    fc.property(nearChange, ([name, instant]) => {
      const found = tried(name, instant);
      expect(found.wrong).toEqual([]);
      if (found.twice) twice += 1;
    }),
    { numRuns: 1000 },
  );
  expect(twice).toBeGreaterThan(50);
});

test('a day holds exactly the moments that its calendar calls so', () => {
  fc.assert(
    fc.property(fc.oneof(fc.tuple(zone, minute), nearChange), ([name, instant]) => {
      // Until 2011 St. John's turned the clock back over midnight, so that one day was in two pieces.
      fc.pre(name !== 'America/St_Johns' || instant > '2012');
      const day = dayAt(instant, name);
      const { startsAt, endsAt } = daysIn(name, day, day);
      expect(startsAt <= instant && instant < endsAt).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
