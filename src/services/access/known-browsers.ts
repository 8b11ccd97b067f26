// Browsers that somebody signed in with before. Wrong passwords from elsewhere lock a person out, so that nobody guesses
// for long; without this, whoever knows an e-mail address could lock its person out for good.
// https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Directory } from '../../store/directory/directory.ts';
import { personById } from '../../store/directory/people.ts';
import { hostSecret } from './host-secrets.ts';

/** What such a browser keeps; worthless once the person has another password. Null for who has none. */
export async function markOf(directory: Directory, personId: string): Promise<string | null> {
  const key = await hostSecret(directory, 'known-browsers', async () => randomBytes(32).toString('base64url'));
  const person = await directory.read(async (scope) => await personById(scope, personId));
  if (person?.password_hash === undefined || person.password_hash === null) return null;
  return createHmac('sha256', key)
    .update(JSON.stringify([personId, person.password_hash]))
    .digest('base64url');
}

export async function isMarkOf(directory: Directory, personId: string, mark: string): Promise<boolean> {
  const [wanted, given] = [Buffer.from((await markOf(directory, personId)) ?? ''), Buffer.from(mark)];
  return wanted.length > 0 && wanted.length === given.length && timingSafeEqual(wanted, given);
}
