// The outside, as far as assistants' own addresses go: a real server on this machine, which by itself is never asked.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT, type JWTHeaderParameters } from 'jose';
import { whenDone } from './ending.ts';

export type Outside = {
  /** What is found at which address; a number is a refusal. What is not there cannot be reached. */
  readonly found: Map<string, object | string | number>;
  /** Every address that was asked for. */
  readonly asked: string[];
  readonly fetchDocument: (url: string | URL | Request, options?: RequestInit) => Promise<Response>;
};

export async function openOutside(found: Readonly<Record<string, object | string | number>> = {}): Promise<Outside> {
  const at = new Map(Object.entries(found));
  const asked: string[] = [];
  const server = createServer((req, res) => {
    const what = at.get(decodeURIComponent((req.url ?? '').slice(1)));
    res.setHeader('content-type', typeof what === 'string' ? 'text/html' : 'application/json');
    if (typeof what === 'number') res.statusCode = what;
    if (what === undefined) req.socket.destroy();
    else res.end(typeof what === 'string' ? what : JSON.stringify(what));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  whenDone(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return {
    ...{ found: at, asked },
    fetchDocument: async (url) => {
      const { href } = new URL(url instanceof Request ? url.url : url);
      asked.push(href);
      return await fetch(`http://127.0.0.1:${port}/${encodeURIComponent(href)}`, { redirect: 'manual' });
    },
  };
}

/** Somebody who signs, as whoever they say they are. */
export async function openSigner(alg = 'RS256', kid = 'one') {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid, alg, use: 'sig' }] };
  /** @param claims instead of, or besides, what is usual; undefined leaves one out */
  const assertion = async (
    clientId: string,
    claims: Readonly<Record<string, unknown>>,
    header: Partial<JWTHeaderParameters> = {},
  ) => {
    const now = Math.floor(Date.now() / 1000);
    const usual = { iss: clientId, sub: clientId, iat: now, exp: now + 60, jti: randomUUID() };
    return await new SignJWT({ ...usual, ...claims }).setProtectedHeader({ alg, kid, ...header }).sign(privateKey);
  };
  return { jwks, assertion, privateKey };
}
