// What was made lately and is used again. To use something again moves nothing: a map in which each use is noted by taking
// a key out and putting it in again is laid out anew every few uses.

export class Recent<Value> {
  readonly #most: number;
  #lately = new Map<string, Value>();
  #before: ReadonlyMap<string, Value> = new Map();

  /** @param most that are kept; the half of them that was used last is */
  constructor(most: number) {
    this.#most = most;
  }

  /** The value of this key as it was made before, where it is kept. */
  of(key: string, make: () => Value): Value {
    const kept = this.#lately.get(key);
    if (kept !== undefined) return kept;
    const value = this.#before.get(key) ?? make();
    if (this.#lately.size >= this.#most / 2) {
      this.#before = this.#lately;
      this.#lately = new Map();
    }
    this.#lately.set(key, value);
    return value;
  }
}
