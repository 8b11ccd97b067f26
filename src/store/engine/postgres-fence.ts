// Row-level security, behind the account that every query names: a scope of one account is shown no row of another, even
// where a query forgot to ask whose it is. Those who own the tables are held to it as well; superusers are not.
import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';
import { Problem } from '../../domain/errors.ts';
import { says } from '../../domain/message.ts';
import { ask } from './postgres-ask.ts';

const WHOSE = "current_setting('jobwright.account', true)";

/** Said with BEGIN. @param account null: the directory */
export function whose(account: number | null): string {
  return `set local jobwright.account = '${account === null ? 'directory' : String(account)}'`;
}

/** Migrations move what is in every account. */
export const OF_EVERY_ACCOUNT = "set local jobwright.account = 'every'";

const OF_DIRECTORY = `${WHOSE} = 'directory'`;

/** What a scope of no account sees of the accounts, and may do there. */
const FOR_DIRECTORY: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  members: { of_directory: `using (${OF_DIRECTORY})` },
  access_tokens: { of_directory: `using (${OF_DIRECTORY})` },
  links: { of_directory: `using (${OF_DIRECTORY})` },
  // Which accounts there are, and whose row is held; nothing in it is changed.
  accounts: {
    read_by_directory: `for select using (${OF_DIRECTORY})`,
    held_by_directory: `for update using (${OF_DIRECTORY}) with check (${WHOSE} in (account_id::text, 'every'))`,
  },
  // Tokens are numbered under their account.
  counters: { tokens_of_directory: `using (${OF_DIRECTORY} and kind = 'access_token')` },
  // All access is ended with new ones.
  secrets: {
    read_by_directory: `for select using (${OF_DIRECTORY})`,
    renewed_by_directory: `for update using (${OF_DIRECTORY})`,
  },
};

function policiesOf(table: string): Readonly<Record<string, string>> {
  return { of_account: `using (${WHOSE} in (account_id::text, 'every'))`, ...FOR_DIRECTORY[table] };
}

/** What a policy says, as the server puts it, and so as it stands after whoever changed it. */
const SAYS = `md5(concat_ws('|', p.polcmd, p.polpermissive, p.polroles,
  pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)))`;

/** A policy notes what it was put up as and what it said then. */
const FENCES = `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as "isOn",
    array(select p.polname::text from pg_policy p where p.polrelid = c.oid) as policies,
    array(select concat_ws(' ', p.polname, split_part(d.description, ' ', 1)) from pg_policy p
      join pg_description d on d.objoid = p.oid and d.classoid = 'pg_policy'::regclass
      where p.polrelid = c.oid and split_part(d.description, ' ', 2) = ${SAYS}) as sound
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'account_id' and not a.attisdropped
  where c.relkind in ('r', 'p') and c.relnamespace = current_schema()::regnamespace
  order by 1`;

/** What the note of a policy is to say. */
const NOTE = `select format('comment on policy %I on %s is %L', p.polname, p.polrelid::regclass, $3 || ' ' || ${SAYS}) as said
  from pg_policy p where p.polrelid = $1::regclass and p.polname = $2`;

type Fence = {
  readonly name: string;
  readonly isOn: number;
  readonly policies: readonly string[];
  readonly sound: readonly string[];
};

/** Those that stand otherwise than they should. */
async function unfenced(client: PoolClient): Promise<Fence[]> {
  const [found] = await ask<Fence>(client, { text: FENCES });
  return (found?.rows ?? []).filter(({ name, isOn, policies, sound }) => {
    const wanted = Object.entries(policiesOf(name)).map(([policy, allows]) => `${policy} ${digestOf(allows)}`);
    return isOn === 0 || policies.length !== wanted.length || wanted.toSorted().join() !== sound.toSorted().join();
  });
}

const digestOf = (words: string) => createHash('sha256').update(words).digest('hex').slice(0, 16);

/** Fences what is not yet, or was by an earlier version or otherwise, inside the transaction of a migration. */
export async function fence(client: PoolClient): Promise<void> {
  for (const { name, policies } of await unfenced(client)) {
    const wanted = Object.entries(policiesOf(name));
    await client.query(
      [
        `alter table ${name} enable row level security; alter table ${name} force row level security`,
        ...policies.map((policy) => `drop policy "${policy.replaceAll('"', '""')}" on ${name}`),
        ...wanted.map(([policy, allows]) => `create policy ${policy} on ${name} ${allows}`),
      ].join('; '),
    );
    for (const [policy, allows] of wanted) {
      const { rows } = await client.query<{ said: string }>(NOTE, [name, policy, digestOf(allows)]);
      for (const { said } of rows) await client.query(said);
    }
  }
}

/** Whether every table of an account's is fenced as it should be. */
export async function areFenced(client: PoolClient): Promise<boolean> {
  return (await unfenced(client)).length === 0;
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
  const [answer] = await ask<{ isAbove: number }>(client, { text: ROLE });
  if (answer?.rows[0]?.isAbove !== 0) throw new Problem('unavailable', says('database.role-above'));
}

/** Lets a role do what scopes do, and no more. */
export async function letServe(client: PoolClient, role: string): Promise<void> {
  const { rows } = await client.query<{ schema: string }>('select quote_ident(current_schema()) as schema');
  const [schema, name] = [rows[0]?.schema ?? 'public', `"${role.replaceAll('"', '""')}"`];
  await client.query(`grant usage on schema ${schema} to ${name};
    grant select, insert, update, delete on all tables in schema ${schema} to ${name};
    revoke insert, update, delete on migrations from ${name}`);
}
