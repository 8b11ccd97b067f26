// Who calls the MCP endpoint, from the request's bearer token.
import { hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { AuthInfo } from '@modelcontextprotocol/server';
import type { Authenticate, Bearer } from './http-app.ts';
import { sessionFor, type Session, type App } from '../../server/session.ts';

/** As the SDK carries it through a request. */
export type SignedInCaller = AuthInfo & { readonly extra: { readonly session: Session; readonly key: string } };

/** A token that was looked up is believed for so long: what is revoked ends within the minute. */
const BELIEVED_MS = 30_000;
const MOST_KEPT = 10_000;

type Kept = { readonly caller: SignedInCaller | null; readonly until: number };

/** @returns null for a token that does not open anything; looks each up once in a while */
export function callersOf(
  app: App,
  authenticate: Authenticate,
  {
    now = Date.now,
    believedMs = BELIEVED_MS,
  }: { readonly now?: () => number; readonly believedMs?: number | undefined } = {},
) {
  const kept = new Map<string, Kept>();
  return async (token: string): Promise<SignedInCaller | null> => {
    const key = hash('sha256', token, 'base64url');
    const known = kept.get(key);
    if (known !== undefined && known.until > now()) return known.caller;
    const bearer = await authenticate(token);
    const caller = bearer === null ? null : callerOf(app, bearer, { token, key });
    const until = Math.min(now() + believedMs, bearer?.expiresAt ?? Number.POSITIVE_INFINITY);
    kept.delete(key);
    kept.set(key, { caller, until });
    if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value ?? '');
    return caller;
  };
}

export function callerOf(
  app: App,
  { principal, client, expiresAt }: Bearer,
  { token, key }: { token: string; key: string },
): SignedInCaller {
  return {
    token,
    clientId: client,
    scopes: [...principal.scopes],
    ...(expiresAt === null ? {} : { expiresAt: Math.floor(expiresAt / 1000) }),
    extra: { session: sessionFor(app, principal), key },
  };
}

/** Who a person is in an account, through whatever they come. */
export function memberOf({ extra: { session } }: SignedInCaller): string {
  return memberIs(session);
}

export function memberIs({ accountId, personId }: Pick<Session, 'accountId' | 'personId'>): string {
  return `${accountId} ${personId ?? ''}`;
}

/** Whose something is that lasts: somebody else, or the same person with other rights, cannot go on with it. */
export function holderOf({ extra: { session }, clientId }: SignedInCaller): string {
  const { personId, accountId, role, scopes } = session;
  return JSON.stringify([personId, accountId, role, [...scopes].toSorted(), clientId]);
}

/** Undefined without a token; null for an Authorization that is no bearer token. A query never carries one. */
export function bearerOf({ headersDistinct }: IncomingMessage): string | null | undefined {
  const { authorization: given } = headersDistinct;
  if (given === undefined) return undefined;
  const [, token = null] = given.length === 1 ? (/^Bearer +([\w.~+/-]{1,4096}=*)$/i.exec(given[0] ?? '') ?? []) : [];
  return token;
}
