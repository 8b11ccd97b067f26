// People who sign in, the accounts they belong to, and what signing in leaves behind: invitations, sessions, tokens and
// the authorization server's own records. Secrets that others hold (tokens, links, sessions) stand here as hashes only.
import type { Kysely } from 'kysely';
import type { MigrationEngine } from './index.ts';
import { tablesOf } from './tables.ts';

export async function up(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> {
  const { create, createShared, index, number, text, textOrNull, all, some } = tablesOf(db, engine);
  // One person can belong to several accounts, so these stand outside of any.
  await createShared(
    'people',
    ['id'],
    all(
      some(text, 'id', 'email', 'email_key', 'name', 'created_at'),
      some(textOrNull, 'password_hash', 'locked_until'),
      number('failed_sign_ins'),
    ),
  );
  await db.schema.createIndex('people_by_email_key').unique().on('people').column('email_key').execute();
  await createShared(
    'invitations',
    ['token_hash'],
    all(some(text, 'token_hash', 'person_id', 'expires_at'), textOrNull('used_at')),
  );
  await db.schema.createIndex('invitations_by_person').on('invitations').column('person_id').execute();
  await createShared('sessions', ['token_hash'], some(text, 'token_hash', 'person_id', 'created_at', 'expires_at'));
  await db.schema.createIndex('sessions_by_person').on('sessions').column('person_id').execute();
  await createShared(
    'oauth_records',
    ['model', 'id'],
    all(
      some(text, 'model', 'id', 'payload'),
      some(textOrNull, 'subject', 'grant_id', 'uid', 'user_code', 'expires_at', 'consumed_at'),
    ),
  );
  for (const column of ['subject', 'grant_id', 'uid', 'user_code', 'expires_at'])
    await db.schema.createIndex(`oauth_records_by_${column}`).on('oauth_records').column(column).execute();
  await createShared('host_secrets', ['name'], some(text, 'name', 'value'));

  await create(
    'members',
    ['person_id'],
    all(some(text, 'person_id', 'name', 'name_key', 'role', 'added_at'), textOrNull('removed_at')),
  );
  await db.schema.createIndex('members_by_name').unique().on('members').columns(['account_id', 'name_key']).execute();
  await db.schema.createIndex('members_by_person').on('members').column('person_id').execute();
  await create(
    'access_tokens',
    ['id'],
    all(
      number('id'),
      some(text, 'person_id', 'name', 'token_hash', 'scopes', 'created_at'),
      some(textOrNull, 'expires_at', 'last_used_at', 'revoked_at'),
    ),
  );
  await db.schema.createIndex('access_tokens_by_hash').unique().on('access_tokens').column('token_hash').execute();
  // Which jobs somebody is on.
  await index('job_assignees', ['name', 'job_id']);
  // A link does one call of a tool for whoever asked for it, once.
  await create(
    'links',
    ['token_hash'],
    all(
      some(text, 'token_hash', 'tool', 'arguments', 'scopes', 'client', 'expires_at'),
      some(textOrNull, 'person_id', 'used_at'),
    ),
  );
  await db.schema.createIndex('links_by_hash').unique().on('links').column('token_hash').execute();
  await index('links', ['expires_at']);
}
