// How the people of an account stand with their sign-in.
import type { Instant } from '../../domain/dates.ts';
import type { DirectoryScope } from './directory.ts';

export type SignInState = {
  readonly personId: string;
  readonly hasPassword: boolean;
  /** Until when no password is taken; null where it is. */
  readonly lockedUntil: Instant | null;
  /** When the open link to choose a password ends; null where there is none. */
  readonly linkEndsAt: Instant | null;
};

/** Those who were removed too. */
export async function signInStatesIn({ db, now }: DirectoryScope, accountId: number): Promise<SignInState[]> {
  const rows = await db
    .selectFrom('members')
    .innerJoin('people', 'people.id', 'members.person_id')
    .leftJoin('invitations', (join) =>
      join
        .onRef('invitations.person_id', '=', 'people.id')
        .on('invitations.used_at', 'is', null)
        .on('invitations.expires_at', '>', now),
    )
    .select(['people.id', 'people.password_hash', 'people.locked_until', 'invitations.expires_at'])
    .where('members.account_id', '=', accountId)
    .execute();
  return rows.map(({ id, password_hash, locked_until, expires_at }) => ({
    ...{ personId: id, hasPassword: password_hash !== null, linkEndsAt: expires_at },
    lockedUntil: locked_until !== null && locked_until > now ? locked_until : null,
  }));
}
