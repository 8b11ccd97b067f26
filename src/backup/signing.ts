// Whose backups these are: each book signs its own with a key that never leaves it.
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { hostSecret } from '../services/access/host-secrets.ts';
import type { Directory } from '../store/directory/directory.ts';

/** Under this name the book keeps it. The copy of the book that is packed does not have it. */
export const SIGNING_KEY = 'backup-signing-key';

/** As base64url text of 32 bytes. */
export type PublicKey = string;
export type SigningKey = { readonly privateKey: KeyObject; readonly publicKey: PublicKey };

/** Made by the first backup. */
export async function signingKey(directory: Directory): Promise<SigningKey> {
  const pem = await hostSecret(directory, SIGNING_KEY, async () =>
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  );
  const privateKey = createPrivateKey(pem);
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  return { privateKey, publicKey: x };
}

/** A line of text, always as long. */
export function signatureOf(bytes: Buffer, { privateKey }: SigningKey): Buffer {
  return Buffer.from(`${sign(null, bytes, privateKey).toString('base64')}\n`);
}

export const SIGNATURE_LENGTH = 89;

export function isSignedBy(publicKey: PublicKey, bytes: Buffer, signature: Buffer): boolean {
  // Letter by letter, since base64 may be read from more than one text.
  const raw = Buffer.from(signature.toString('latin1'), 'base64');
  if (!Buffer.from(`${raw.toString('base64')}\n`).equals(signature)) return false;
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
  return verify(null, bytes, key, raw);
}

/** What a person notes down: half of the key's SHA-256, `3f2a-…` in eight groups. */
export function fingerprintOf(publicKey: PublicKey): string {
  const digest = createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest('hex');
  return (digest.slice(0, 32).match(/.{4}/g) ?? []).join('-');
}

export function isFingerprintOf(publicKey: PublicKey, said: string): boolean {
  const bare = (text: string) => text.toLowerCase().replace(/[\s:-]/g, '');
  return bare(fingerprintOf(publicKey)) === bare(said);
}
