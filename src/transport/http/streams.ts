// Streams that stay open while a client listens for changes. One ends when its client goes, or when its token no longer
// opens what it did: its person has left, or may do more or less than before; one person can have so many.
import type { ServerResponse } from 'node:http';
import { memberOf, type SignedInCaller } from './caller.ts';

export type StreamRules = {
  readonly mostEach: number;
  /** What was revoked ends within the minute, a token's cached look-up included. */
  readonly lookMs: number;
};
export const STREAM_RULES: StreamRules = { mostEach: 20, lookMs: 20_000 };

export class Streams {
  readonly #rules: StreamRules;
  readonly #isStillGood: (caller: SignedInCaller) => Promise<boolean>;
  readonly #open = new Map<ServerResponse, SignedInCaller>();
  readonly #look: NodeJS.Timeout;

  constructor(rules: StreamRules, isStillGood: (caller: SignedInCaller) => Promise<boolean>) {
    this.#rules = rules;
    this.#isStillGood = isStillGood;
    this.#look = setInterval(() => void this.#endRevoked(), rules.lookMs).unref();
  }

  /** False where this person has as many open as they may. */
  admit(caller: SignedInCaller, res: ServerResponse): boolean {
    const own = [...this.#open.values()].filter((each) => memberOf(each) === memberOf(caller));
    if (own.length >= this.#rules.mostEach) return false;
    this.#open.set(res, caller);
    res.once('close', () => this.#open.delete(res));
    return true;
  }

  /** To which somebody listens. */
  accounts(): Iterable<number> {
    return new Set([...this.#open.values()].map(({ extra: { session } }) => session.accountId));
  }

  close(): void {
    clearInterval(this.#look);
  }

  /** One whose token cannot be looked up now ends as well: its client comes again, and is asked for it. */
  async #endRevoked(): Promise<void> {
    for (const [res, caller] of this.#open) if (!(await this.#isStillGood(caller).catch(() => false))) res.destroy();
  }
}
