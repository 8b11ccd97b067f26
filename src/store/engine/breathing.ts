// A read of many statements holds nobody up for longer than its longest: between two of them timers and sockets have their
// turn, once some time is gone. It goes on seeing the books as they were; who writes is not kept waiting by it.
import { breathe } from './many.ts';

/** So long statements may follow each other before timers and sockets have their turn. */
export const BREATH_MS = 5;

export class Breathing {
  #since = 0;

  /** A scope begins, in a turn of its own. */
  begin(): void {
    this.#since = performance.now();
  }

  /** Asked behind each statement. */
  get isDue(): boolean {
    return performance.now() - this.#since >= BREATH_MS;
  }

  async breathe(): Promise<void> {
    await breathe();
    this.#since = performance.now();
  }
}
