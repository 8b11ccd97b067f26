// Whether the server stands as it was told that it does. What shows otherwise in requests is told once in the log, and in
// /readyz to whoever looks there.
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import type { Logger } from '../../logger.ts';

type Fault = 'unnamedProxy' | 'besideProxy';

const FAULTS: Readonly<Record<Fault, string>> = {
  unnamedProxy:
    'requests come through a proxy, and --proxies names none: everybody behind it shares the limits of one address. Say how many proxies of yours stand in front: --proxies 1',
  besideProxy:
    'requests come with fewer addresses in X-Forwarded-For than --proxies says: some come around the proxy, or there are fewer of them. Say how many there are, and let nobody but them reach this port',
};

/** What was not seen again for so long is taken to be mended. */
const SEEN_MS = 60 * 60 * 1000;

/** Where proxies of ours stand; anybody further away may write what they like. */
const NEAR = new BlockList();
NEAR.addSubnet('127.0.0.0', 8);
NEAR.addSubnet('10.0.0.0', 8);
NEAR.addSubnet('172.16.0.0', 12);
NEAR.addSubnet('192.168.0.0', 16);
NEAR.addAddress('::1', 'ipv6');
NEAR.addSubnet('fc00::', 7, 'ipv6');
NEAR.addSubnet('fe80::', 10, 'ipv6');

const WRITTEN_BY_PROXIES = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'forwarded'];

export class Deployment {
  readonly #log: Pick<Logger, 'error'>;
  readonly #proxies: number;
  readonly #publicHost: string;
  readonly #now: () => number;
  readonly #seen = new Map<Fault, number>();

  constructor(
    log: Pick<Logger, 'error'>,
    { proxies, publicHost, now = Date.now }: { proxies: number; publicHost: string; now?: () => number },
  ) {
    this.#log = log;
    this.#proxies = proxies;
    this.#publicHost = publicHost;
    this.#now = now;
  }

  look(req: IncomingMessage): void {
    const fault = this.#faultIn(req);
    if (fault === null) return;
    if (!this.#isSeen(fault)) this.#log.error(FAULTS[fault]);
    this.#seen.set(fault, this.#now());
  }

  faults(): string[] {
    return [...this.#seen.keys()].filter((fault) => this.#isSeen(fault)).map((fault) => FAULTS[fault]);
  }

  #isSeen(fault: Fault): boolean {
    return this.#now() - (this.#seen.get(fault) ?? Number.NEGATIVE_INFINITY) < SEEN_MS;
  }

  #faultIn({ headers, headersDistinct, socket }: IncomingMessage): Fault | null {
    if (this.#proxies === 0)
      return isNear(socket.remoteAddress) && WRITTEN_BY_PROXIES.some((name) => headers[name] !== undefined)
        ? 'unnamedProxy'
        : null;
    // Whoever looks after this machine may ask it by another of its names.
    if (headers.host?.toLowerCase() !== this.#publicHost) return null;
    const forwarded = (headersDistinct['x-forwarded-for'] ?? []).flatMap((each) => each.split(','));
    return forwarded.length < this.#proxies ? 'besideProxy' : null;
  }
}

function isNear(address = ''): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  return NEAR.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
}
