// How often one may ask: by address before it is known who asks, then by token and by account.
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

export type Rates = {
  /** A minute. */
  readonly address: number;
  readonly token: number;
  readonly account: number;
  /** Failed sign-ins, a minute and address; one that is being looked at counts until it has succeeded. */
  readonly failures: number;
  /** Tokens that open nothing, a minute and address; ended ones are among them, of assistants that share an address. */
  readonly wrongTokens: number;
  /** Assistants that introduce themselves, a minute and address. */
  readonly registrations: number;
  /** Sign-ins that assistants begin, a minute and address: each is kept for an hour. */
  readonly beginnings: number;
};

export const RATES: Rates = {
  address: 1200,
  token: 600,
  account: 3000,
  failures: 20,
  wrongTokens: 240,
  registrations: 20,
  beginnings: 60,
};

export type Limits = {
  /** Seconds to wait, or null where it may go on. */
  take(kind: keyof Rates, key: string): Promise<number | null>;
  /** Takes one back that was counted. */
  giveBack(kind: keyof Rates, key: string): Promise<void>;
};

export function limitsOf(rates: Rates): Limits {
  const limiter = (points: number) => new RateLimiterMemory({ points, duration: 60 });
  const by = {
    address: limiter(rates.address),
    token: limiter(rates.token),
    account: limiter(rates.account),
    failures: limiter(rates.failures),
    wrongTokens: limiter(rates.wrongTokens),
    registrations: limiter(rates.registrations),
    beginnings: limiter(rates.beginnings),
  };
  const seconds = (result: RateLimiterRes) => Math.max(1, Math.ceil(result.msBeforeNext / 1000));
  return {
    take: async (kind, key) => {
      try {
        await by[kind].consume(key);
        return null;
      } catch (error) {
        if (error instanceof RateLimiterRes) return seconds(error);
        throw error;
      }
    },
    giveBack: async (kind, key) => void (await by[kind].reward(key)),
  };
}
