// Access tokens as they are believed: signed by the authorization server for this very address, not expired, and of
// somebody who is in the account now.
import { createLocalJWKSet, createRemoteJWKSet, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { isScope, type Scope } from '../../domain/access.ts';
import { beginning, visibleLine } from '../../domain/text.ts';
import { findRecord } from '../../services/access/oauth-records.ts';
import { memberIn, membershipsByEmail, parseSubject, principalOf, type Member } from '../../services/access/people.ts';
import type { Authenticate, Bearer, HttpApp } from '../http/http-app.ts';
import { ASYMMETRIC, SIGNING_ALGORITHM, signingKeys } from './keys.ts';
import { resourceOf } from './resource.ts';

/** Clocks of two machines differ by this much. */
const CLOCKS_APART_SECONDS = 5;

/** Tokens of our own server, as long as their grant stands. */
export async function ownTokens(httpApp: HttpApp): Promise<Authenticate> {
  const { keys } = await signingKeys(httpApp.directory);
  const known = createLocalJWKSet({
    keys: keys.map(({ kty = '', kid = '', crv = '', x = '', y = '' }) => ({ kty, kid, crv, x, y })),
  });
  const claims = z.object({ sub: z.string(), grant: z.string() });
  return async (token) => {
    const payload = await verified(token, known, {
      ...{ issuer: httpApp.url.origin, audience: resourceOf(httpApp), algorithms: [SIGNING_ALGORITHM] },
    });
    const { data } = claims.safeParse(payload);
    const which = data === undefined ? null : parseSubject(data.sub);
    if (payload === null || data === undefined || which === null) return null;
    const grant = await findRecord(httpApp.directory, { model: 'Grant', by: 'id', value: data.grant });
    if (grant === null) return null;
    const taken = takenBack(grant.payload, resourceOf(httpApp));
    return bearerOf(await memberIn(httpApp.directory, which), payload, (scope) => !taken.includes(scope));
  };
}

const Grant = z.object({ rejected: z.object({ resources: z.record(z.string(), z.string()).optional() }).optional() });

/** Scopes that a person took back since, from an assistant whose token still has them. */
function takenBack(grant: string, resource: string): string[] {
  return Grant.parse(JSON.parse(grant)).rejected?.resources?.[resource]?.split(' ') ?? [];
}

/** Tokens of an outside provider: of people who are known here by their verified e-mail address. */
export async function outsideTokens(httpApp: HttpApp, issuer: string): Promise<Authenticate> {
  const keys = createRemoteJWKSet(new URL(await jwksOf(issuer)));
  const claims = z.object({
    email: z.string(),
    email_verified: z.literal(true),
    jobwright_account: z.int().optional(),
  });
  return async (token) => {
    const payload = await verified(token, keys, { issuer, audience: resourceOf(httpApp), algorithms: [...ASYMMETRIC] });
    const { data } = claims.safeParse(payload);
    if (payload === null || data === undefined) return null;
    const all = await membershipsByEmail(httpApp.directory, data.email);
    const named = all.filter(({ accountId }) => accountId === data.jobwright_account);
    const meant = data.jobwright_account === undefined ? all : named;
    // Of two accounts the token has to say which.
    return meant.length === 1 ? bearerOf(meant[0] ?? null, payload) : null;
  };
}

async function jwksOf(issuer: string): Promise<string> {
  const found = z.object({ issuer: z.literal(issuer), jwks_uri: z.url() });
  for (const path of ['/.well-known/oauth-authorization-server', '/.well-known/openid-configuration']) {
    const { pathname } = new URL(issuer);
    const url = path.includes('openid')
      ? `${issuer.replace(/\/$/, '')}${path}`
      : new URL(`${path}${pathname === '/' ? '' : pathname}`, issuer);
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(10_000) }).catch(() => null);
    const { data } = found.safeParse(response?.ok === true ? await response.json().catch(() => null) : null);
    if (data !== undefined) return data.jwks_uri;
  }
  throw new Error(`no metadata of the provider ${issuer} was found`);
}

type Expected = { readonly issuer: string; readonly audience: string; readonly algorithms: string[] };

async function verified(token: string, keys: JWTVerifyGetKey, expected: Expected): Promise<JWTPayload | null> {
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      ...expected,
      requiredClaims: ['sub', 'exp', 'iat', 'aud'],
      clockTolerance: CLOCKS_APART_SECONDS,
    });
    // An identity token is signed by the same keys, and opens nothing.
    const type = protectedHeader.typ?.toLowerCase().replace('application/', '');
    return type === 'at+jwt' ? payload : null;
  } catch {
    return null;
  }
}

/** The ids that are given out here hold what a client said of itself; an outside provider's may be anything. */
const LONGEST_CLIENT = 2000;

function bearerOf(
  member: Member | null,
  { scope, exp = 0, client_id, azp }: JWTPayload,
  isLeft: (scope: Scope) => boolean = () => true,
): Bearer | null {
  if (member === null) return null;
  const scopes = typeof scope === 'string' ? scope.split(' ').filter(isScope).filter(isLeft) : [];
  const client = [client_id, azp].find((each) => typeof each === 'string');
  return {
    principal: principalOf(member, scopes),
    client: typeof client === 'string' ? beginning(visibleLine(client), LONGEST_CLIENT) : 'an unnamed client',
    expiresAt: exp * 1000,
  };
}
