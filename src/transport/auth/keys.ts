// The keys that tokens and cookies are signed with: made once, kept with the books.
import { randomBytes, randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { hostSecret } from '../../services/access/host-secrets.ts';
import type { Directory } from '../../store/directory/directory.ts';

export const SIGNING_ALGORITHM = 'ES256';
/** What others may sign with. */
export const ASYMMETRIC = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'EdDSA'] as const;

export async function signingKeys(directory: Directory): Promise<{ keys: JWK[] }> {
  const kept = await hostSecret(directory, 'signing-keys', async () => {
    const { privateKey } = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true });
    const jwk = { ...(await exportJWK(privateKey)), kid: randomUUID(), use: 'sig', alg: SIGNING_ALGORITHM };
    return JSON.stringify({ keys: [jwk] });
  });
  // It was written here, of just these.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return JSON.parse(kept) as { keys: JWK[] };
}

export async function cookieKeys(directory: Directory): Promise<string[]> {
  return [await hostSecret(directory, 'cookie-key', async () => randomBytes(32).toString('base64url'))];
}
