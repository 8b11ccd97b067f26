// What looks across accounts on purpose.

declare global {
  /** How many works of a test forget the account on purpose just now. */
  var forgetsTheAccount: number | undefined;
}

/** The statements of the program that do, by their very words. On a cluster each of them asks every machine. */
export const ACROSS: readonly { readonly why: string; readonly sql: string }[] = [
  {
    why: 'The next account takes the number after the highest; the operator opens it, or a first start does.',
    sql: 'select coalesce(max("account_id"), 0) as "highest" from "accounts"',
  },
  {
    why: 'The operator lists all accounts.',
    sql: 'select "a"."account_id", "a"."name", "a"."template", "a"."plan", "a"."currency", "a"."time_zone", (select count(*) as "count" from "members" as "m" where "m"."account_id" = "a"."account_id" and "m"."removed_at" is null) as "people" from "accounts" as "a" order by "a"."account_id"',
  },
  {
    why: 'Whoever signs in is asked which of their accounts they mean, by its name.',
    sql: 'select "members"."account_id", "members"."person_id", "members"."name", "members"."name_key", "members"."role", "members"."added_at", "members"."removed_at", "people"."email", "accounts"."name" as "account_name" from "members" inner join "people" on "people"."id" = "members"."person_id" inner join "accounts" on "accounts"."account_id" = "members"."account_id" where "members"."person_id" = $1 and "members"."removed_at" is null order by "members"."account_id"',
  },
  {
    why: 'The operator ends all access at once, what every account signed included.',
    sql: 'select "account_id", "name" from "secrets"',
  },
];

/** In a test, of what it does to see what becomes of a query that does not say whose rows it wants. */
export async function forgetting<T>(work: () => Promise<T>): Promise<T> {
  globalThis.forgetsTheAccount = (globalThis.forgetsTheAccount ?? 0) + 1;
  try {
    return await work();
  } finally {
    globalThis.forgetsTheAccount -= 1;
  }
}
