// Browsers that people are signed in with.
import { plusMs, type Instant } from '../../domain/dates.ts';
import type { Directory } from '../../store/directory/directory.ts';
import { personById } from '../../store/directory/people.ts';
import { addSession, removeSession, sessionByHash } from '../../store/directory/sign-in.ts';
import { hashOf, newSecret } from '../shared/secret.ts';

const SESSION_MS = 30 * 24 * 60 * 60 * 1000;
/** For what only the person themselves may do: whoever finds the browser open an hour later is somebody else. */
const JUST_NOW_MS = 10 * 60 * 1000;

/** A session of its own for every sign-in: the browser's earlier one is never carried over. */
export async function startSession(
  directory: Directory,
  personId: string,
): Promise<{ secret: string; expiresAt: Instant }> {
  const secret = newSecret();
  return await directory.write(async (scope) => {
    const expiresAt = plusMs(scope.now, SESSION_MS);
    await addSession(scope, {
      ...{ token_hash: hashOf(secret), person_id: personId },
      ...{ created_at: scope.now, expires_at: expiresAt },
    });
    return { secret, expiresAt };
  });
}

export type BrowserPerson = {
  readonly personId: string;
  readonly email: string;
  readonly name: string;
  /** Within the last ten minutes. */
  readonly gavePasswordJustNow: boolean;
};

/** Null for a session that is unknown or has ended. */
export async function personOfSession(directory: Directory, secret: string): Promise<BrowserPerson | null> {
  return await directory.read(async (scope) => {
    const session = await sessionByHash(scope, hashOf(secret));
    const person = session === null ? null : await personById(scope, session.person_id);
    if (session === null || person === null) return null;
    const since = Date.parse(scope.now) - Date.parse(session.created_at);
    // A session of the future is of a clock that was set.
    const gavePasswordJustNow = since >= 0 && since < JUST_NOW_MS;
    return { personId: person.id, email: person.email, name: person.name, gavePasswordJustNow };
  });
}

export async function endSession(directory: Directory, secret: string): Promise<void> {
  await directory.write(async (scope) => await removeSession(scope, hashOf(secret)));
}
