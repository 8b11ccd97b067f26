// What crew see: the jobs that they are on, and what is on these. Every query of records is narrowed by these conditions.
import { sql, type RawBuilder } from 'kysely';
import type { Crew } from '../../domain/access.ts';
import { declared } from '../../kinds/declared.ts';
import { nameKey, personKey } from '../../domain/terms.ts';
import { isThere } from '../engine/dialect.ts';
import { tellsNone } from './costs-told.ts';
import type { ReadScope } from '../scope.ts';
import type { TermKind } from '../search/terms.ts';

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

type Row = 'a' | 'f' | 'j' | 'w' | 'theirs';
type OnTheirJobs = (row: Row, crew: Crew) => RawBuilder<boolean>;

function jobOf(row: Row): RawBuilder<unknown> {
  return row === 'j' ? sql.ref('j.id') : sql.ref(`${row}.job_id`);
}

/** Somebody with one of these names is on the job of the row. A list is led by their jobs, which are made a list of their own. */
export const onTheirJobs: OnTheirJobs = (row, { names }) => {
  if (names.length === 0) return sql<boolean>`1 = 0`;
  return sql<boolean>`${jobOf(row)} in (select o.job_id from job_assignees o
    where o.account_id = ${sql.ref(`${row}.account_id`)} and o.name in (${sql.join(names)}))`;
};

/** The same of a record that is asked about by its number: who is on that one job is looked up, however many jobs are theirs. */
const isOnTheirJob: OnTheirJobs = (row, { names }) => {
  if (names.length === 0) return sql<boolean>`1 = 0`;
  return isThere(sql`from job_assignees o
    where o.account_id = ${sql.ref(`${row}.account_id`)} and o.job_id = ${jobOf(row)} and o.name in (${sql.join(names)})`);
};

/** Of appointments as `a`: those of their jobs, and those that they go to. */
export function concernsThem(crew: Crew, isOn: OnTheirJobs = onTheirJobs): RawBuilder<boolean> {
  if (crew.goes.length === 0) return isOn('a', crew);
  return sql<boolean>`(${isOn('a', crew)} or exists (select 1 from appointment_people p
    where p.account_id = a.account_id and p.appointment_id = a.id and p.name in (${sql.join(crew.goes)})))`;
}

/** Of files as `f`: those of their jobs that tell of no money. */
export function shownToThem(crew: Crew, isOn: OnTheirJobs = onTheirJobs): RawBuilder<boolean> {
  return sql<boolean>`(f.kind in ('photo', 'document') and ${tellsNone('file', 'f')} and ${isOn('f', crew)})`;
}

/** The record of this kind with this number is one that they see, by its job where nothing more is said; none that is gone. */
export function isTheirs(
  crew: Crew,
  kind: TermKind,
  { accountId, id }: { readonly accountId: number; readonly id: RawBuilder<unknown> },
): RawBuilder<boolean> {
  switch (kind) {
    case 'job':
      return isThere(sql`from jobs j
        where j.account_id = ${accountId} and j.id = ${id} and ${isOnTheirJob('j', crew)}`);
    case 'appointment':
      return isThere(sql`from appointments a
        where a.account_id = ${accountId} and a.id = ${id} and ${concernsThem(crew, isOnTheirJob)}`);
    case 'file':
      return isThere(sql`from files f
        where f.account_id = ${accountId} and f.id = ${id} and ${shownToThem(crew, isOnTheirJob)}`);
    case 'assignee':
      return sql<boolean>`1 = 0`;
    default: {
      const { crew: isForThem, table } = declared(kind);
      if (isForThem === null) return sql<boolean>`1 = 0`;
      return isThere(sql`from ${sql.table(table)} as theirs
        where theirs.account_id = ${accountId} and theirs.id = ${id} and ${isOnTheirJob('theirs', crew)}`);
    }
  }
}
