// What every part of the HTTP server stands on.
import type { Principal } from '../../domain/access.ts';
import type { Directory } from '../../store/directory/directory.ts';
import type { Refusals } from './refusals.ts';
import type { App } from '../../server/session.ts';

/** Where assistants find the books. */
export const MCP_PATH = '/mcp';

/** As people type it, too. */
export function isMcpPath(path: string): boolean {
  return path === MCP_PATH || path === `${MCP_PATH}/`;
}

/** What is said to everybody: where to sign in, and with which keys tokens are signed. */
export function isPublicMetadata(path: string): boolean {
  return path.startsWith('/.well-known/') || path === '/oauth/jwks';
}

export type HttpApp = {
  readonly app: App;
  readonly directory: Directory;
  /** The public address, as people and assistants reach it; its path is `/`. */
  readonly url: URL;
  /** Who was not let in, by how many. */
  readonly refusals: Refusals;
};

/** Who a bearer token speaks for. */
export type Bearer = {
  readonly principal: Principal;
  /** The assistant or script that holds the token, as it named itself. */
  readonly client: string;
  /** In milliseconds since 1970; null where it does not end by itself. */
  readonly expiresAt: number | null;
};

/** Null for a token that is unknown, forged, expired, revoked, or meant for another server. */
export type Authenticate = (token: string) => Promise<Bearer | null>;
