// Passwords: scrypt, slow and hungry on purpose, and at most two at once, so that many sign-ins at the same time take
// longer instead of taking the memory. https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { invalid, Problem } from '../../domain/errors.ts';
import { says } from '../../domain/message.ts';

type Cost = { readonly N: number; readonly r: number; readonly p: number };
/** 64 MB and about a fifth of a second each. Kept with every hash, so that it can be raised. */
const COST: Cost = { N: 2 ** 16, r: 8, p: 2 };
const KEY_BYTES = 32;
const AT_ONCE = 2;

const SHORTEST_PASSWORD = 10;
const LONGEST_PASSWORD = 200;

/** @throws Problem that says what a password must be */
export async function checkPassword(
  password: string,
  { email, name }: { readonly email: string; readonly name: string },
): Promise<void> {
  const given = password.normalize('NFKC');
  const length = [...given].length;
  if (length < SHORTEST_PASSWORD) throw invalid('password', says('password.too-short', { fewest: SHORTEST_PASSWORD }));
  if (length > LONGEST_PASSWORD) throw invalid('password', says('password.too-long', { most: LONGEST_PASSWORD }));
  const { weaknessOf } = await import('./password-strength.ts');
  const weakness = weaknessOf(given, [email, name, 'Jobwright']);
  if (weakness !== null) throw invalid('password', says('password.easy-to-guess', { why: weakness }));
}

/** @returns `scrypt$N$r$p$salt$key` */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, COST);
  const { N, r, p } = COST;
  return ['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Takes the same time where there is no such person (`hash` null), or none with a password. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const [, N, r, p, salt = '', key = ''] = (hash ?? NOBODY).split('$');
  const wanted = Buffer.from(key, 'base64url');
  const given = await derive(password, Buffer.from(salt, 'base64url'), { N: Number(N), r: Number(r), p: Number(p) });
  return timingSafeEqual(given, wanted) && hash !== null;
}

const NOBODY = ['scrypt', COST.N, COST.r, COST.p, 'nobody', Buffer.alloc(KEY_BYTES).toString('base64url')].join('$');

/** More than these would wait for longer than anybody does. */
const MOST_WAITING = 50;
let running = 0;
const waiting: (() => void)[] = [];

async function derive(password: string, salt: Buffer, cost: Cost): Promise<Buffer> {
  if (waiting.length >= MOST_WAITING) throw new Problem('busy', says('sign-in.too-many'));
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await new Promise((resolve, reject) =>
      scrypt(password.normalize('NFKC'), salt, KEY_BYTES, { ...cost, maxmem: 256 * cost.N * cost.r }, (error, key) =>
        error === null ? resolve(key) : reject(error),
      ),
    );
  } finally {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}
