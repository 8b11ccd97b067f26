// The books of Dana's roof in an office whose clock may be wrong: the test knows how much time has really passed.
import { type Clocks, WatchedClock } from '../../src/store/clock.ts';
import { openBook } from './answers.ts';
import { roof } from './roof.ts';

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;
export const MONTH = 31 * DAY;

type Office = {
  /** The true time at the beginning. */
  readonly start?: string;
  /** One program runs all the time and sees the clock being set; else nobody does. */
  readonly watched?: boolean;
};

export async function openOffice({ start = '2026-03-10T17:00:00.000Z', watched = false }: Office = {}) {
  let passed = Date.parse(start);
  let wrongBy = 0;
  const clocks: Clocks = { wall: () => passed + wrongBy, running: () => passed };
  const told: string[] = [];
  const clock = new WatchedClock((words) => told.push(words), clocks);
  const now = () => new Date(clocks.wall()).toISOString();
  const seen = watched ? { now: clock.now, watch: clock } : { now };
  const book = await openBook({ repeats: 'noticed', ...seen });
  await roof(book.ok);
  return {
    ...book,
    clocks,
    /** What was said of the clock. */
    told,
    later: (ms: number) => (passed += ms),
    clockIsWrongBy: (ms: number) => (wrongBy = ms),
    note: async (text: string, more: object = {}) => await book.ok('update-job', { job: 'J-1', note: text, ...more }),
    /** The expenses of the roof, in the order in which they were booked. */
    booked: async () => (await book.ok('get-job', { job: 'J-1' })).job.expenses.map(({ ref }) => ref).toSorted(),
  };
}
