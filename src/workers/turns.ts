// Who comes next: accounts take turns, so that one that sends much waits for itself alone. Knows nothing of what is done.

export class WorkTurns<T> {
  readonly #most: number;
  readonly #mostAtOnce: number;
  readonly #waiting = new Map<number, T[]>();
  readonly #running = new Map<number, number>();

  /**
   * @param most of one account, waiting and running
   * @param mostAtOnce of one account, running
   */
  constructor(most: number, mostAtOnce: number) {
    this.#most = most;
    this.#mostAtOnce = mostAtOnce;
  }

  get waiting(): number {
    return [...this.#waiting.values()].reduce((sum, items) => sum + items.length, 0);
  }

  /** False where this account has too many already. */
  add(whose: number, item: T): boolean {
    const items = this.#waiting.get(whose) ?? [];
    if (items.length + this.#runningOf(whose) >= this.#most) return false;
    this.#waiting.set(whose, [...items, item]);
    return true;
  }

  /** The next item that may run, which counts as running until `done`. */
  take(): { readonly whose: number; readonly item: T } | null {
    for (const [whose, [item, ...rest]] of this.#waiting) {
      if (item === undefined || this.#runningOf(whose) >= this.#mostAtOnce) continue;
      if (rest.length > 0) this.#waiting.set(whose, rest);
      else this.#waiting.delete(whose);
      this.#running.set(whose, this.#runningOf(whose) + 1);
      return { whose, item };
    }
    return null;
  }

  done(whose: number): void {
    const left = this.#runningOf(whose) - 1;
    if (left > 0) this.#running.set(whose, left);
    else this.#running.delete(whose);
    // Behind everybody else who waits.
    const items = this.#waiting.get(whose);
    if (items === undefined) return;
    this.#waiting.delete(whose);
    this.#waiting.set(whose, items);
  }

  /** Takes out everything that waits. */
  clear(): T[] {
    const all = [...this.#waiting.values()].flat();
    this.#waiting.clear();
    return all;
  }

  #runningOf(whose: number): number {
    return this.#running.get(whose) ?? 0;
  }
}
