// Who may reach the server at all: requests for its own name, and pages of its own or of an allowed origin. Without this
// a page that somebody opens could call a server on their own machine (DNS rebinding).
import type { IncomingMessage } from 'node:http';

export type AllowedHosts = {
  /** `host` or `host:port`, as the Host header has it. */
  readonly hosts: ReadonlySet<string>;
  readonly origins: ReadonlySet<string>;
};

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

export function isLoopback(hostname: string): boolean {
  return LOOPBACK.includes(hostname) || hostname === '::1' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/**
 * @param port where it listens; loopback's names open only a server that listens on loopback, and its pages only one
 * that is reached there: what else runs on this machine is no page of a public site
 */
export function allowedHostsOf(
  url: URL,
  { host, port, origins }: { host: string; port: number; origins: readonly string[] },
): AllowedHosts {
  const local = isLoopback(host) ? LOOPBACK.map((name) => `${name}:${port}`) : [];
  return {
    hosts: new Set([url.host, ...local]),
    origins: new Set([
      url.origin,
      ...(isLoopback(url.hostname) ? local.map((each) => `http://${each}`) : []),
      ...origins,
    ]),
  };
}

/**
 * What is wrong with a request's Host or Origin, or null. Every request has one Host; only pages have an Origin.
 * @param isForAll what is asked for is for pages of every origin
 */
export function hostFault(
  { headers, headersDistinct }: IncomingMessage,
  { hosts, origins }: AllowedHosts,
  isForAll = false,
): string | null {
  const { host: hosted = [] } = headersDistinct;
  if (hosted.length !== 1 || !hosts.has((headers.host ?? '').toLowerCase()))
    return 'This server does not go by that name.';
  const { origin } = headers;
  if (origin !== undefined && !isForAll && !origins.has(origin))
    return 'Pages of that origin may not call this server.';
  return null;
}
