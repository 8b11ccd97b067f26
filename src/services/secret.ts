// Secrets that others hold: links, sessions, tokens. They are given out once; the books keep their hash, by which they
// are found again.
import { createHash, randomBytes } from 'node:crypto';

/** 256 bits, in letters that fit into a URL and a header. */
export function newSecret(prefix = ''): string {
  return prefix + randomBytes(32).toString('base64url');
}

export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
