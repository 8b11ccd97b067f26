// The directory: who signs in, to which accounts, and with what. It stands beside the books, over the same engine; its
// writes are not the books' and are not in their journal.
import { type Instant, instantAt } from '../../domain/dates.ts';
import type { Database, Engine, Subscription } from '../database.ts';

export type DirectoryScope = { readonly db: Database; readonly now: Instant };

export class Directory {
  readonly #engine: Engine;
  readonly #clock: () => Instant;

  constructor(engine: Engine, clock: () => Instant = () => instantAt(Date.now())) {
    this.#engine = engine;
    this.#clock = clock;
  }

  get isReadOnly(): boolean {
    return this.#engine.isReadOnly;
  }

  /** @param account whose books are looked into as well */
  async read<T>(work: (scope: DirectoryScope) => Promise<T>, account?: number): Promise<T> {
    const now = this.#clock();
    return await this.#engine.read(async (db) => await work({ db, now }), account);
  }

  /** Happens whole or not at all. */
  async write<T>(work: (scope: DirectoryScope) => Promise<T>): Promise<T> {
    const now = this.#clock();
    return await this.#engine.write(async (db) => await work({ db, now }));
  }

  /** Null where nobody says what other processes did. @param heard of which account; null where any may have been missed */
  listen(heard: (accountId: number | null) => void): Subscription | null {
    return this.#engine.listen?.(heard) ?? null;
  }
}
