// Secrets that others hold: links, sessions, tokens. They are given out once; the books keep their hash, by which they
// are found again.
import { createHash, randomBytes, randomInt } from 'node:crypto';

/** 256 bits, in letters that fit into a URL and a header. */
export function newSecret(prefix = ''): string {
  return prefix + randomBytes(32).toString('base64url');
}

export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** None that is taken for another. https://www.crockford.com/base32.html */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 40 bits, to be typed on the machine that the books are on. */
export function newCode(): string {
  const letters = Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]);
  return `${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`;
}

/** A code as it was given out, however it was typed; null for what is none. */
export function codeIn(said: string): string | null {
  const typed = said.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(typed) ? `${typed.slice(0, 4)}-${typed.slice(4)}` : null;
}
