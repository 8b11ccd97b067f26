// How much looking a file may cost. What somebody sends can point at the same bytes over and over; a picture that a
// camera or a program wrote never needs more than this, whatever it holds.

/** Steps of a few nanoseconds that any file may take, and besides for each of its bytes. */
const FREE = 20_000_000;
const PER_BYTE = 4;

export class TooMuchWork extends Error {}

export class Work {
  #left: number;

  /** @param size of the whole file, in bytes */
  constructor(size: number) {
    this.#left = FREE + PER_BYTE * size;
  }

  /** Said before the steps are taken. @throws TooMuchWork */
  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw new TooMuchWork('a file that takes too long to look through');
  }
}
