// All accounts of a house. Only the operator's commands and the server itself look across them.
import type { DirectoryScope } from './directory.ts';

export type AccountSummary = {
  readonly id: number;
  readonly name: string;
  readonly template: string;
  readonly plan: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly people: number;
};

export async function listAccounts({ db }: DirectoryScope): Promise<AccountSummary[]> {
  const rows = await db
    .selectFrom('accounts as a')
    .select(['a.account_id', 'a.name', 'a.template', 'a.plan', 'a.currency', 'a.time_zone'])
    .select((eb) =>
      eb
        .selectFrom('members as m')
        .select((inner) => inner.fn.countAll<number>().as('count'))
        .whereRef('m.account_id', '=', 'a.account_id')
        .where('m.removed_at', 'is', null)
        .as('people'),
    )
    .orderBy('a.account_id')
    .execute();
  return rows.map(({ account_id: id, time_zone: timeZone, people, ...row }) => ({
    ...{ id, timeZone, people: Number(people) },
    ...{ name: row.name, template: row.template, plan: row.plan, currency: row.currency },
  }));
}

/** The number after the highest. Accounts are never taken out. */
export async function nextAccount({ db }: DirectoryScope): Promise<number> {
  const { highest } = await db
    .selectFrom('accounts')
    .select((eb) => eb.fn.coalesce(eb.fn.max('account_id'), eb.lit(0)).as('highest'))
    .executeTakeFirstOrThrow();
  return highest + 1;
}

/** What an account's lists of tools, prompts and records follow from; null where there is no such account. */
export async function listsOf({ db }: DirectoryScope, id: number): Promise<string | null> {
  const row = await db
    .selectFrom('accounts')
    .select(['template', 'plan'])
    .where('account_id', '=', id)
    .executeTakeFirst();
  return row === undefined ? null : `${row.template} ${row.plan}`;
}
