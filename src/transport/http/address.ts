// Where a request comes from, for limits. Behind proxies of ours it is what the outermost of them saw.
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/** @param proxies how many of ours stand in front; what others wrote into X-Forwarded-For is not believed */
export function addressOf(req: IncomingMessage, proxies: number): string {
  const direct = req.socket.remoteAddress ?? '';
  if (proxies === 0) return network(direct);
  const seen = (req.headersDistinct['x-forwarded-for'] ?? []).join(',').split(',');
  const claimed = seen.at(-proxies)?.trim() ?? '';
  return network(isIP(claimed) === 0 ? direct : claimed);
}

/** Whoever has one IPv6 address has a whole /64 of them. */
export function network(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (isIP(plain) !== 6) return plain;
  const [before = '', after] = plain.toLowerCase().split('::');
  const head = before === '' ? [] : before.split(':');
  const tail = after === undefined || after === '' ? [] : after.split(':');
  const zeros = after === undefined ? 0 : 8 - head.length - tail.length;
  return [...head, ...Array.from({ length: Math.max(zeros, 0) }, () => '0'), ...tail].slice(0, 4).join(':');
}
