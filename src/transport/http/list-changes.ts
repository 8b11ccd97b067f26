// Whoever listens to an account is told when its lists are others than they were, whichever process changed them. What
// the lists follow from is looked at: at once where this process changed it, or where the database says that another one
// did; and else every few seconds, since some engines say nothing.
import type { Listening } from '../../store/database.ts';
import { listsOf } from '../../store/directory/accounts.ts';
import type { Directory } from '../../store/directory/directory.ts';

export type LookRules = {
  /** Where nobody says what other processes did. */
  readonly everyMs: number;
  /** Where it is said: what is never missed is looked at all the same. */
  readonly heardEveryMs: number;
};
export const LOOK_RULES: LookRules = { everyMs: 5000, heardEveryMs: 60_000 };

type Listeners = {
  /** The accounts that somebody listens to now. */
  readonly accounts: () => Iterable<number>;
  readonly tell: (accountId: number) => void;
};

export class ListChanges {
  readonly #directory: Directory;
  readonly #listeners: Listeners;
  readonly #rules: LookRules;
  /** As those who listen know them. */
  readonly #told = new Map<number, string>();
  readonly #timer: NodeJS.Timeout;
  #listening: Listening | null = null;
  #lookedAt = performance.now();
  #last: Promise<void> = Promise.resolve();
  #waiting = false;

  constructor(directory: Directory, listeners: Listeners, rules: LookRules) {
    this.#directory = directory;
    this.#listeners = listeners;
    this.#rules = rules;
    this.#timer = setInterval(() => this.#lookWhenDue(), rules.everyMs).unref();
  }

  /** Somebody begins to listen, and asks for the lists afterwards: what changes from now on they are told. */
  async follow(accountId: number): Promise<void> {
    // The first who listens to anything: most servers of few have nobody.
    this.#listening ??= this.#directory.listen((changed) => {
      if (changed === null || this.#told.has(changed)) this.look();
    });
    if (this.#told.has(accountId)) return;
    // Where they cannot be looked at now, the next look is the first.
    const lists = await this.#read([accountId]).catch(() => null);
    const now = lists?.get(accountId);
    if (now !== undefined && !this.#told.has(accountId)) this.#told.set(accountId, now);
  }

  /** Soon, once for all that wait for it. */
  look(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    this.#last = this.#last.then(async () => {
      this.#waiting = false;
      this.#lookedAt = performance.now();
      // What cannot be looked at now is looked at the next time.
      await this.#looked().catch(() => undefined);
    });
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#listening?.close();
    await this.#last;
  }

  #lookWhenDue(): void {
    const isHearing = this.#listening?.isHearing() === true;
    if (!isHearing || performance.now() - this.#lookedAt >= this.#rules.heardEveryMs) this.look();
  }

  async #looked(): Promise<void> {
    const accounts = new Set(this.#listeners.accounts());
    for (const id of this.#told.keys()) if (!accounts.has(id)) this.#told.delete(id);
    for (const [id, now] of await this.#read([...accounts])) {
      const before = this.#told.get(id);
      this.#told.set(id, now);
      if (before !== undefined && before !== now) this.#listeners.tell(id);
    }
  }

  async #read(accounts: readonly number[]): Promise<ReadonlyMap<number, string>> {
    if (accounts.length === 0) return new Map();
    return await this.#directory.read(async (scope) => await listsOf(scope, accounts));
  }
}
