// What the authorization server keeps: clients, grants, codes, refresh tokens, its own sessions. As it gives them, under
// the names it finds them by; what has ended is not found.
import type { Instant } from '../../domain/dates.ts';
import type { DirectoryScope } from './directory.ts';

export type OAuthRecord = {
  readonly model: string;
  readonly id: string;
  readonly payload: string;
  readonly subject: string | null;
  readonly grantId: string | null;
  readonly uid: string | null;
  readonly userCode: string | null;
  readonly expiresAt: Instant | null;
};

export async function keepOAuthRecord({ db }: DirectoryScope, record: OAuthRecord): Promise<void> {
  const { model, id } = record;
  const rest = restOf(record);
  await db
    .insertInto('oauth_records')
    .values({ model, id, ...rest, consumed_at: null })
    .onConflict((conflict) => conflict.columns(['model', 'id']).doUpdateSet(rest))
    .execute();
}

/** False where there is one already. What has ended under this name goes, so that no more of them stand than must. */
export async function addOAuthRecord({ db, now }: DirectoryScope, record: OAuthRecord): Promise<boolean> {
  const { model, id } = record;
  await db.deleteFrom('oauth_records').where('model', '=', model).where('expires_at', '<=', now).execute();
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('oauth_records')
    .values({ model, id, ...restOf(record), consumed_at: null })
    .onConflict((conflict) => conflict.columns(['model', 'id']).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

function restOf({ payload, subject, grantId, uid, userCode, expiresAt }: OAuthRecord) {
  return { payload, subject, grant_id: grantId, uid, user_code: userCode, expires_at: expiresAt };
}

export type Found = { readonly payload: string; readonly consumedAt: string | null };

export async function oauthRecord(
  { db, now }: DirectoryScope,
  { model, by, value }: { model: string; by: 'id' | 'uid' | 'user_code'; value: string },
): Promise<Found | null> {
  const row = await db
    .selectFrom('oauth_records')
    .select(['payload', 'consumed_at'])
    .where('model', '=', model)
    .where(by, '=', value)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .executeTakeFirst();
  return row === undefined ? null : { payload: row.payload, consumedAt: row.consumed_at };
}

/** What stands for somebody under this name; what has ended is not among it. */
export async function oauthIdsOf(
  { db, now }: DirectoryScope,
  { model, subject }: { model: string; subject: string },
): Promise<string[]> {
  const rows = await db
    .selectFrom('oauth_records')
    .select('id')
    .where('subject', '=', subject)
    .where('model', '=', model)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** The end of whatever was given out last under each of these grants. */
export async function lastEndsOf(
  { db }: DirectoryScope,
  { model, grantIds }: { model: string; grantIds: readonly string[] },
): Promise<{ grantId: string; endsAt: Instant }[]> {
  if (grantIds.length === 0) return [];
  const rows = await db
    .selectFrom('oauth_records')
    .select(['grant_id', (eb) => eb.fn.max('expires_at').as('ends_at')])
    .where('model', '=', model)
    .where('grant_id', 'in', grantIds)
    .groupBy('grant_id')
    .execute();
  return rows.flatMap(({ grant_id: grantId, ends_at: endsAt }) =>
    grantId === null || endsAt === null ? [] : [{ grantId, endsAt }],
  );
}

/** False where it was consumed before: of two that come at once, one is the first. */
export async function consumeOAuthRecord({ db, now }: DirectoryScope, model: string, id: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('oauth_records')
    .set({ consumed_at: now })
    .where('model', '=', model)
    .where('id', '=', id)
    .where('consumed_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function removeOAuthRecord({ db }: Pick<DirectoryScope, 'db'>, model: string, id: string): Promise<void> {
  await db.deleteFrom('oauth_records').where('model', '=', model).where('id', '=', id).execute();
}

/** What stands under a grant by this name. */
export async function removeOAuthRecordsUnder(
  { db }: DirectoryScope,
  { model, grantId }: { model: string; grantId: string | null },
): Promise<void> {
  await db.deleteFrom('oauth_records').where('grant_id', '=', grantId).where('model', '=', model).execute();
}

/** A grant with everything that was given out under it. */
export async function removeOAuthGrant({ db }: DirectoryScope, grantId: string): Promise<void> {
  await db.deleteFrom('oauth_records').where('grant_id', '=', grantId).execute();
  await removeOAuthRecord({ db }, 'Grant', grantId);
}
