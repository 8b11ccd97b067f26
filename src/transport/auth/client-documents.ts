// Fetches what an assistant says of itself under its client id, when that is an address. Whoever asks to sign in chooses
// that address, so it must not lead to anything inside: https only, public addresses only, no redirect, little and soon.
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { BlockList, isIP } from 'node:net';
import { requestAt, type Address } from './pinned.ts';

const PATIENCE_MS = 4000;
/** No document about a client is longer. */
const LARGEST = 64 * 1024;
const INSIDE = new BlockList();
for (const [net, bits] of [
  ...([
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
  ] as const),
  ...([
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.88.99.0', 24],
    ['192.168.0.0', 16],
  ] as const),
  ...([
    ['198.18.0.0', 15],
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    ['224.0.0.0', 4],
    ['240.0.0.0', 4],
  ] as const),
])
  INSIDE.addSubnet(net, bits, 'ipv4');
const PUBLIC = new BlockList();
PUBLIC.addSubnet('2000::', 3, 'ipv6');
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  INSIDE.addSubnet(net, bits, 'ipv6');

function isInside(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return true;
  if (family === 4) return INSIDE.check(address, 'ipv4');
  // Of IPv6 only what is given out to the public at all, less what in it is for documents and for reaching IPv4.
  return !PUBLIC.check(address, 'ipv6') || INSIDE.check(address, 'ipv6');
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
