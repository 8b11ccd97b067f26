// Fetches what an assistant says of itself under its client id, when that is an address. Whoever asks to sign in chooses
// that address, so it must not lead to anything inside: https only, public addresses only, no redirect, little and soon.
// oidc-provider looks at an address too, but once it is connected, and only where it fetches by itself.
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { requestAt, type Address } from './pinned.ts';

const PATIENCE_MS = 4000;
/** No document about a client is longer. */
const LARGEST = 64 * 1024;
/** What is given out to the public at all, of IPv6. */
const PUBLIC = ipaddr.parseCIDR('2000::/3');

/** By the registries of special addresses, also where one of them is written within another. */
function isInside(address: string): boolean {
  if (!ipaddr.isValid(address)) return true;
  const parsed = ipaddr.parse(address);
  return parsed.range() !== 'unicast' || (parsed.kind() === 'ipv6' && !parsed.match(PUBLIC));
}

export type Fetching = {
  readonly resolve?: (hostname: string) => Promise<readonly Address[]>;
  readonly send?: typeof requestAt;
  /** Until all of it is there. */
  readonly patienceMs?: number;
  readonly largest?: number;
};

export class LeadsInside extends TypeError {}

/** As oidc-provider fetches. Exactly the addresses that were looked at are connected to. */
export function fetcherOf(outside: Fetching) {
  const { resolve = lookUp, send = requestAt, patienceMs = PATIENCE_MS, largest = LARGEST } = outside;
  return async (given: string | URL | Request, options: RequestInit = {}): Promise<Response> => {
    const url = new URL(given instanceof Request ? given.url : given);
    if (url.protocol !== 'https:' || url.username !== '' || url.password !== '')
      throw new TypeError('only https addresses without credentials are fetched');
    const hostname = url.hostname.replace(/^\[|\]$/g, '');
    const patience = AbortSignal.timeout(patienceMs);
    const family = isIP(hostname);
    const addresses =
      family === 0 ? await Promise.race([resolve(hostname), aborted(patience)]) : [{ address: hostname, family }];
    if (addresses.length === 0 || addresses.some(({ address }) => isInside(address)))
      throw new LeadsInside('this address leads inside');
    const signal = AbortSignal.any([patience, ...(options.signal instanceof AbortSignal ? [options.signal] : [])]);
    return await send(url, addresses, { headers: new Headers(options.headers), signal, largest });
  };
}

export const fetchOutside = fetcherOf({});

async function lookUp(hostname: string): Promise<readonly Address[]> {
  return await lookup(hostname, { all: true });
}

async function aborted(signal: AbortSignal): Promise<never> {
  await once(signal, 'abort');
  throw new TypeError('this name was not found in time');
}
