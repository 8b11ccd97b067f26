// Whoever listens to an account is told when its lists are others than they were, whichever process changed them. What
// the lists follow from is looked at: at once where this process changed it, or where the database says that another one
// did; and else every few seconds, since some engines say nothing.
import type { Subscription } from '../../store/database.ts';
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
  #listening: Subscription | null = null;
  #lookedAt = performance.now();
  #last: Promise<void> = Promise.resolve();
  readonly #toLookAt = new Set<number>();
  #waits = false;

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
      if (changed === null) this.#lookAtAll();
      else this.look(changed);
    });
    if (this.#told.has(accountId)) return;
    // Where they cannot be looked at now, the next look is the first.
    const now = await this.#directory.read(async (scope) => await listsOf(scope, accountId)).catch(() => null);
    if (now !== null && !this.#told.has(accountId)) this.#told.set(accountId, now);
  }

  /** Soon, once for all that wait for it. */
  look(...accounts: readonly number[]): void {
    for (const id of accounts) this.#toLookAt.add(id);
    if (this.#waits) return;
    this.#waits = true;
    this.#last = this.#last.then(async () => {
      this.#waits = false;
      // What cannot be looked at now is looked at the next time.
      await this.#looked().catch(() => undefined);
    });
  }

  #lookAtAll(): void {
    const accounts = new Set(this.#listeners.accounts());
    for (const id of this.#told.keys()) if (!accounts.has(id)) this.#told.delete(id);
    this.#lookedAt = performance.now();
    if (accounts.size > 0) this.look(...accounts);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#listening?.close();
    await this.#last;
  }

  #lookWhenDue(): void {
    const isHearing = this.#listening?.isHearing() === true;
    if (!isHearing || performance.now() - this.#lookedAt >= this.#rules.heardEveryMs) this.#lookAtAll();
  }

  async #looked(): Promise<void> {
    const accounts = [...new Set(this.#listeners.accounts())].filter((id) => this.#toLookAt.has(id));
    this.#toLookAt.clear();
    await this.#directory.read(async (scope) => {
      for (const id of accounts) this.#compare(id, await listsOf(scope, id));
    });
  }

  #compare(accountId: number, now: string | null): void {
    const before = this.#told.get(accountId);
    if (now === null || before === now) return;
    this.#told.set(accountId, now);
    if (before !== undefined) this.#listeners.tell(accountId);
  }
}
