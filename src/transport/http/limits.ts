// How often one may ask: by address before it is known who asks, then by token and by account; and how much of the books'
// time a member may take. Somebody with a network of addresses counts as a few, and what strangers may do costs no more
// for many of them than for a few.
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

import type { Attempts } from '../../services/access/attempts.ts';

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
  /** Sign-ins that assistants begin, a minute and address. */
  readonly beginnings: number;
  /** Milliseconds a minute in which the books are open for one member, and everybody else waits. */
  readonly time: number;
};

export const RATES: Rates = {
  address: 1200,
  token: 600,
  account: 3000,
  failures: 20,
  wrongTokens: 240,
  registrations: 20,
  beginnings: 60,
  time: 15_000,
};

/** What is limited before it is known who asks. */
const OF_STRANGERS = ['failures', 'wrongTokens', 'registrations', 'beginnings'] as const;
type OfStrangers = (typeof OF_STRANGERS)[number];
/** Whoever has a /48 of IPv6 has 65,536 networks of one address each, and counts as this many. */
const WIDE = 4;

/** In seconds. */
const MINUTE = 60;

type Kind = Exclude<keyof Rates, 'time'>;

export type RateLimits = {
  /** Seconds to wait, or null where it may go on. */
  take(kind: Kind, key: string): Promise<number | null>;
  /** Takes one back that was counted. */
  giveBack(kind: Kind, key: string): Promise<void>;
  /** A member took so many milliseconds. */
  spend(member: string, ms: number): Promise<void>;
  /** Seconds until a member may go on, who took too much; or null. */
  owed(member: string): Promise<number | null>;
};

/**
 * Each process counts for itself, which costs nobody a question to the database. Guesses at passwords are counted over all of
 * them; while the database cannot count, what this process counted holds.
 */
export function limitsOf(rates: Rates, attempts: Attempts | null = null): RateLimits {
  const limiter = (points: number, duration = MINUTE) => new RateLimiterMemory({ points, duration });
  const own = {
    ...{ address: limiter(rates.address), token: limiter(rates.token), account: limiter(rates.account) },
    ...{ failures: limiter(rates.failures), wrongTokens: limiter(rates.wrongTokens) },
    ...{ registrations: limiter(rates.registrations), beginnings: limiter(rates.beginnings) },
  };
  const shared = new Map(
    OF_STRANGERS.map((kind) => [
      kind,
      // All addresses together may do in a second twice what one may in a minute: a flood from everywhere takes no more of
      // the machine, and whom it keeps out may come again a second later. A wrong token costs one look.
      {
        wide: limiter(WIDE * rates[kind]),
        all: limiter(kind === 'wrongTokens' ? Number.MAX_SAFE_INTEGER : 2 * rates[kind], 1),
      },
    ]),
  );
  const time = limiter(rates.time);
  /** Every limit that one counts for. */
  const countedBy = (kind: Kind, key: string): (readonly [RateLimiterMemory, string])[] => {
    const both = isOfStrangers(kind) ? shared.get(kind) : undefined;
    if (both === undefined) return [[own[kind], key]];
    const network = wideNetwork(key);
    return [[own[kind], key], ...(network === null ? [] : [[both.wide, network] as const]), [both.all, 'all']];
  };
  const guesses = guessesOf(rates, attempts);
  return {
    take: async (kind, key) => {
      try {
        for (const [each, of] of countedBy(kind, key)) await each.consume(of);
        return kind === 'failures' ? await guesses.take(key) : null;
      } catch (error) {
        if (error instanceof RateLimiterRes) return seconds(error);
        throw error;
      }
    },
    giveBack: async (kind, key) => {
      for (const [each, of] of countedBy(kind, key)) await each.reward(of);
      if (kind === 'failures') await guesses.giveBack(key);
    },
    spend: async (member, ms) => void (await time.penalty(member, ms)),
    owed: async (member) => {
      const taken = await time.get(member);
      return taken === null || taken.consumedPoints <= rates.time ? null : seconds(taken);
    },
  };
}

/** One address, and one wide network, may fail as often in all processes as in one. */
function guessesOf(rates: Rates, attempts: Attempts | null) {
  const countedBy = (key: string) => {
    const network = wideNetwork(key);
    return [
      { of: `failures ${key}`, most: rates.failures },
      ...(network === null ? [] : [{ of: `failures ${network}`, most: WIDE * rates.failures }]),
    ];
  };
  return {
    take: async (key: string) => {
      const counted: string[] = [];
      for (const { of, most } of countedBy(key)) {
        const ms = await attempts?.count(of, most).catch(() => null);
        if (typeof ms === 'number') {
          // What its neighbors did is not counted against one address.
          for (const each of counted) await attempts?.takeBack(each).catch(() => undefined);
          return Math.max(1, Math.ceil(ms / 1000));
        }
        counted.push(of);
      }
      return null;
    },
    giveBack: async (key: string) => {
      for (const { of } of countedBy(key)) await attempts?.takeBack(of).catch(() => undefined);
    },
  };
}

function seconds({ msBeforeNext }: RateLimiterRes): number {
  return Math.max(1, Math.ceil(msBeforeNext / 1000));
}

function isOfStrangers(kind: Kind): kind is OfStrangers {
  return OF_STRANGERS.some((each) => each === kind);
}

/** The /48 of an IPv6 address, of which the /64 is given; null for IPv4. */
function wideNetwork(network: string): string | null {
  return network.includes(':') ? network.split(':').slice(0, 3).join(':') : null;
}
