// Row-level security, behind the account that every query names: a scope of one account is shown no row of another, even
// where a query forgot to ask whose it is. Those who own the tables are held to it as well; superusers are not.
import type { PoolClient } from 'pg';
import { Problem } from '../../domain/errors.ts';
import { says } from '../../domain/message.ts';

/** What the directory looks across the accounts for; a scope of no account sees these alone. */
const DIRECTORY = ['accounts', 'members', 'access_tokens', 'links', 'counters', 'secrets'];
/** And reads, to know whose files stand beside the book. */
const READ_BY_DIRECTORY = ['changes'];

const WHOSE = "current_setting('jobwright.account', true)";

/** Said with BEGIN. @param account null: the directory */
export function whose(account: number | null): string {
  return `set local jobwright.account = '${account === null ? 'directory' : String(account)}'`;
}

/** Migrations move what is in every account. */
export const OF_EVERY_ACCOUNT = "set local jobwright.account = 'every'";

const UNFENCED = `select c.relname as name from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attname = 'account_id' and not a.attisdropped
  where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
    and not (c.relrowsecurity and c.relforcerowsecurity)
  order by 1`;

/** Fences what is not yet, inside the transaction of a migration. */
export async function fence(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ name: string }>(UNFENCED);
  for (const { name } of rows) {
    await client.query(`alter table ${name} enable row level security; alter table ${name} force row level security;
      create policy of_account on ${name} using (${WHOSE} in (account_id::text, 'every'))`);
    if (DIRECTORY.includes(name))
      await client.query(`create policy of_directory on ${name} using (${WHOSE} = 'directory')`);
    if (READ_BY_DIRECTORY.includes(name))
      await client.query(`create policy read_by_directory on ${name} for select using (${WHOSE} = 'directory')`);
  }
}

/** Whether every table of an account's is fenced. */
export async function isFenced(client: PoolClient): Promise<boolean> {
  return (await client.query(UNFENCED)).rows.length === 0;
}

/** Whoever is a member of a role may become it. */
const ROLE = `select exists (
    select 1 from pg_roles r where (rolsuper or rolbypassrls) and pg_has_role(current_user, r.oid, 'MEMBER')
  ) or exists (
    select 1 from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
      and pg_has_role(current_user, c.relowner, 'MEMBER')
  ) as "isAbove"`;

/** @throws Problem where this role is above the fence, or could take it away */
export async function refuseRoleAbove(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ isAbove: number }>(ROLE);
  if (rows[0]?.isAbove !== 0) throw new Problem('unavailable', says('database.role-above'));
}

/** Lets a role do what scopes do, and no more. */
export async function letServe(client: PoolClient, role: string): Promise<void> {
  const { rows } = await client.query<{ schema: string }>('select quote_ident(current_schema()) as schema');
  const [schema, name] = [rows[0]?.schema ?? 'public', `"${role.replaceAll('"', '""')}"`];
  await client.query(`grant usage on schema ${schema} to ${name};
    grant select, insert, update, delete on all tables in schema ${schema} to ${name};
    revoke insert, update, delete on migrations from ${name}`);
}
