// The jobs that somebody is on: what crew see. Queries of every kind of record are narrowed to these in the query itself.
import { sql, type RawBuilder } from 'kysely';
import type { Job } from '../../domain/job.ts';
import { nameKey, personKey } from '../../domain/terms.ts';
import { JOB_COLUMNS, jobOf } from './jobs.ts';
import type { ReadScope } from '../scope.ts';
import { having, type Spelled } from '../search/find.ts';

/** The ways in which this person's name is written on jobs. */
export async function namesOnJobs({ db, account }: ReadScope, person: string): Promise<string[]> {
  const rows = await db
    .selectFrom('job_assignees')
    .select('name')
    .distinct()
    .where('account_id', '=', account.id)
    .execute();
  return namesOf(person, rows);
}

/** The same of who goes to appointments. */
export async function namesOnVisits({ db, account }: ReadScope, person: string): Promise<string[]> {
  const rows = await db
    .selectFrom('appointment_people')
    .select('name')
    .distinct()
    .where('account_id', '=', account.id)
    .where('name_key', '=', nameKey(person))
    .execute();
  return namesOf(person, rows);
}

function namesOf(person: string, rows: readonly { readonly name: string }[]): string[] {
  return rows.map(({ name }) => name).filter((name) => personKey(name) === personKey(person));
}

/** Somebody with one of these names is on the job of the row. */
export function onTheirJobs(row: 'a' | 'f' | 'j' | 'w', names: readonly string[]): RawBuilder<boolean> {
  if (names.length === 0) return sql<boolean>`1 = 0`;
  const job = row === 'j' ? sql.ref('j.id') : sql.ref(`${row}.job_id`);
  return sql<boolean>`${job} in (select o.job_id from job_assignees o
    where o.account_id = ${sql.ref(`${row}.account_id`)} and o.name in (${sql.join(names)}))`;
}

type JobsAsked = {
  readonly status?: string | undefined;
  readonly id?: number;
  /** Those that have them all. */
  readonly words?: Spelled;
  readonly limit: number;
  readonly before: number | null;
};

/** Newest first, from below `before`. @param names null: every job */
export async function jobsOn(
  { db, account }: ReadScope,
  names: readonly string[] | null,
  { status, id, words, limit, before }: JobsAsked,
): Promise<Job[]> {
  let rows = db
    .selectFrom('jobs as j')
    .innerJoin('customers as c', (join) =>
      join.onRef('c.account_id', '=', 'j.account_id').onRef('c.id', '=', 'j.customer_id'),
    )
    .select([...JOB_COLUMNS, 'c.name as customer'])
    .where('j.account_id', '=', account.id);
  if (names !== null) rows = rows.where(onTheirJobs('j', names));
  if (status !== undefined) rows = rows.where('j.status', '=', status);
  if (words !== undefined) rows = rows.where(having(account.id, 'job', words, 'j.id'));
  if (id !== undefined) rows = rows.where('j.id', '=', id);
  if (before !== null) rows = rows.where('j.id', '<', before);
  return (await rows.orderBy('j.id', 'desc').limit(limit).execute()).map(jobOf);
}
