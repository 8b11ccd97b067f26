// The machine's clock, and how it is noticed that it was set. Time in the books is told by it, but none that passed is
// computed from two looks at it alone: beside it runs how long the machine has been up, which nobody sets and which counts
// its sleep.
import { uptime } from 'node:os';
import { calendarDate, type CalendarDate, dayAt, plusMs, type Instant, instantAt } from '../domain/dates.ts';

/** By less, clocks are set right all the time. */
export const JUMP_MS = 60_000;
/** The two are compared at most so often; at once where the clock shows an earlier time than before. */
const COMPARED_MS = 1000;
/** Turns of the clock that are kept. */
const KEPT = 50;

/** What the store asks of whoever watches its clock. */
export type Watch = {
  /**
   * What is dated with this time, or an earlier one, was not done within the last milliseconds, so many, before the
   * clock shows `now`: it showed only later ones.
   */
  readonly ago: (now: Instant, ms: number) => Instant;
  /** Somebody set the clock, in words without anything of a business. */
  readonly tell: (words: string) => void;
};

/** Believes the clock. */
export const UNWATCHED: Watch = { ago: (now, ms) => plusMs(now, -ms), tell: () => undefined };

/** Milliseconds by the wall, which may be set, and since some moment, which is not. */
export type Clocks = { readonly wall: () => number; readonly running: () => number };
const OF_THE_MACHINE: Clocks = { wall: Date.now, running: () => uptime() * 1000 };

/** Both clocks at one moment. */
type Look = { readonly wall: number; readonly running: number };

export class WatchedClock implements Watch {
  readonly tell: (words: string) => void;
  readonly #clocks: Clocks;
  #last: Look;
  /** Where the clock began to go undisturbed, newest first. */
  #turns: readonly [Look, ...Look[]];

  constructor(tell: (words: string) => void, clocks: Clocks = OF_THE_MACHINE) {
    this.tell = tell;
    this.#clocks = clocks;
    this.#last = { wall: clocks.wall(), running: clocks.running() };
    this.#turns = [this.#last];
  }

  readonly now = (): Instant => {
    const wall = this.#clocks.wall();
    const shown = wall - this.#last.wall;
    if (shown < 0 || shown >= COMPARED_MS) this.#compare(wall);
    return instantAt(wall);
  };

  readonly ago = (now: Instant, ms: number): Instant => {
    const [newest] = this.#turns;
    let earliest = Date.parse(now) - ms;
    const from = newest.running - newest.wall + earliest;
    for (const { wall, running } of this.#turns) {
      // What is dated with the very turn was done after it.
      earliest = Math.min(earliest, running <= from ? wall + from - running : wall - 1);
      if (running <= from) break;
    }
    return instantAt(earliest);
  };

  #compare(wall: number): void {
    const look = { wall, running: this.#clocks.running() };
    const jump = wall - this.#last.wall - (look.running - this.#last.running);
    this.#last = look;
    if (Math.abs(jump) < JUMP_MS) return;
    this.#turns = [look, ...this.#turns.slice(0, KEPT - 1)];
    this.tell(`the clock went ${jump < 0 ? 'back' : 'forward'} by ${spanInWords(jump)} while the program ran`);
  }
}

/** A change is dated before the one before it. */
export function datedBack(ms: number): string {
  return `the clock went back by ${spanInWords(ms)}: a change is dated before the one before it`;
}

function spanInWords(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  if (minutes < 120) return minutes === 1 ? '1 minute' : `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}

/**
 * Today in a zone, for a start, of which the first formatter that a process makes would be a fifth. Where the machine is
 * costs nothing to know, and Node looks it up anew as TZ is set; nothing else runs between. Of the main thread alone:
 * another has no TZ of its own.
 */
export function todayIn(zone: string, now = Date.now()): CalendarDate {
  // Windows has zones of its own.
  if (process.platform === 'win32') return dayAt(instantAt(now), zone);
  // No option of ours is read here: it is how Node is told of a zone.
  const { env } = process;
  const { TZ: own } = env;
  env['TZ'] = zone;
  try {
    const moment = new Date(now);
    const [month, day] = [moment.getMonth() + 1, moment.getDate()].map((part) => `${part}`.padStart(2, '0'));
    return calendarDate(`${moment.getFullYear()}-${month}-${day}`);
  } finally {
    if (own === undefined) delete env['TZ'];
    else env['TZ'] = own;
  }
}
