// Profit by the people on jobs. A shared job stands under each who is on it; in closed months under those who were.
import { sql, type RawBuilder } from 'kysely';
import type { CalendarDate } from '../../domain/dates.ts';
import { HAS_PEOPLE } from '../books/closed-days.ts';
import { peopleThen, type PeopleThen } from '../books/closed-people.ts';
import { ofReal, real, within, type Reported, type ReportPeriod } from './reported.ts';
import { AHEAD, AHEAD_COLUMNS, AHEAD_WHOLE, NOTHING_AHEAD } from './report-outlook.ts';
import { ADDED, APART, CARRIED, jobsIn, keyedOf, type ApartRow, type GroupRow, type KeyedGroup } from './reports.ts';

/** Names differing only in case are one person, once on each job. */
const PEOPLE = (accountId: number) => sql`(
  select job_id, lower(name) as person, min(name) as name from job_assignees where account_id = ${accountId}
  group by job_id, lower(name)) as a`;

/** The key of jobs that nobody is on; no name is empty. */
export const NOBODY = '';

const SUMMED = [
  ...(['billed', 'cost_of_work', 'expenses', 'cost_not_yet_billed'] as const),
  ...(['from_closed_billed', 'from_closed_cost_of_work', 'from_closed_expenses', ...AHEAD_COLUMNS] as const),
] as const;
type Summed = (typeof SUMMED)[number];
type PersonRow = Required<GroupRow> & ApartRow & { readonly key: string; readonly name: string };

/** Jobs that were closed with other people than those who are on them now. */
const otherThen = (accountId: number): RawBuilder<unknown> =>
  sql`(select k.job_id from closed_jobs as k where k.account_id = ${accountId} and k.days like ${`${HAS_PEOPLE}%`})`;

/** Most profit first. */
export async function reportByAssignee(scope: Reported, span: ReportPeriod): Promise<KeyedGroup[]> {
  const { db, account } = scope;
  const then = await thenIn(scope, span);
  const others = then.size === 0 ? sql`` : sql`where p.job_id not in ${otherThen(account.id)}`;
  const { rows } = await sql<PersonRow>`
    select coalesce(a.person, ${NOBODY}) as key, coalesce(min(a.name), 'nobody') as name, count(*) as jobs, ${ADDED}, ${AHEAD}, ${APART}, ${CARRIED}
    from ${jobsIn(scope, span)} left join ${PEOPLE(account.id)} on a.job_id = p.job_id ${others}
    group by a.person
    order by sum(p.billed) - sum(p.cost_of_work) - sum(p.expenses) desc, a.person`.execute(db);
  if (then.size === 0) return rows.map(keyedOf);
  const byPerson = new Map(rows.map((row) => [row.key, row]));
  for (const row of await rowsOfThen(scope, span, then)) {
    const known = byPerson.get(row.key);
    byPerson.set(row.key, known === undefined ? row : plus(known, row, known.jobs + row.jobs));
  }
  return [...byPerson.values()]
    .sort((one, other) => Number(profitOf(other) - profitOf(one)) || (one.key < other.key ? -1 : 1))
    .map(keyedOf);
}

/** The jobs that a person's row adds up, newest first. */
export async function jobsOfPerson(scope: Reported, span: ReportPeriod, key: string, limit: number): Promise<number[]> {
  const { db, account } = scope;
  const then = await thenIn(scope, span);
  const others = then.size === 0 ? sql`` : sql`and p.job_id not in ${otherThen(account.id)}`;
  const onIt = sql`select 1 from job_assignees a where a.account_id = ${account.id} and a.job_id = p.job_id`;
  const isOf = key === NOBODY ? sql`not exists (${onIt})` : sql`exists (${onIt} and lower(a.name) = ${key})`;
  const from =
    span === null
      ? jobsIn(scope, span)
      : sql`job_days as p where p.account_id = ${account.id} and ${within(span, sql`p.day`)}`;
  const { rows } = await sql<{ job_id: number }>`
    select distinct p.job_id from ${from} ${span === null ? sql`where` : sql`${real(scope)} and`} ${isOf} ${others}
    order by p.job_id desc limit ${limit}`.execute(db);
  const closed = then.size === 0 ? [] : await daysOfThen(scope, span, then);
  const ids = new Set([
    ...rows.map(({ job_id }) => job_id),
    ...closed.flatMap(({ job_id, people }) => (people.has(key) ? [job_id] : [])),
  ]);
  return [...ids].sort((one, other) => other - one).slice(0, limit);
}

/** The days of a job that stand under this person; null where all do. */
export async function daysOfPerson(
  scope: Reported,
  span: ReportPeriod,
  { job, key }: { readonly job: number; readonly key: string },
): Promise<ReadonlySet<string> | null> {
  const own = (await thenIn(scope, span, job)).get(job);
  if (own === undefined) return null;
  const days = await daysOfThen(scope, span, new Map([[job, own]]));
  return new Set(days.flatMap(({ day, people }) => (people.has(key) ? [day] : [])));
}

/** Over whole jobs those count who are on them now. */
async function thenIn({ db, account }: Reported, span: ReportPeriod, job: number | null = null): Promise<PeopleThen> {
  return span === null || account.closedThrough === null ? new Map() : await peopleThen(db, account.id, job);
}

type Day = Pick<PersonRow, Summed> & {
  readonly job_id: number;
  readonly day: CalendarDate;
  readonly people: ReadonlyMap<string, string>;
};

/** What these jobs made by day, oldest first, each with who was on it. */
async function daysOfThen(scope: Reported, span: ReportPeriod, then: PeopleThen): Promise<Day[]> {
  const { db, account } = scope;
  const jobs = sql.join([...then.keys()]);
  const { rows } = await sql<Omit<Day, 'people'>>`
    select p.job_id, p.day, p.billed, p.cost_of_work, p.expenses, f.cost_not_yet_billed,
      p.from_closed_billed, p.from_closed_cost_of_work, p.from_closed_expenses, ${AHEAD_WHOLE}
    from job_days as p join job_figures f on f.account_id = ${account.id} and f.job_id = p.job_id
    where p.account_id = ${account.id} and p.job_id in (${jobs}) and ${within(span ?? { from: null, to: null }, sql`p.day`)}
      ${ofReal(scope, sql`p.job_id`)}
    order by p.job_id, p.day`.execute(db);
  const { rows: assigned } = await sql<{ job_id: number; name: string }>`
    select job_id, name from job_assignees where account_id = ${account.id} and job_id in (${jobs})`.execute(db);
  const now = Map.groupBy(assigned, ({ job_id }) => job_id);
  return rows.map((row) => {
    const names = then.get(row.job_id)?.get(row.day) ?? (now.get(row.job_id) ?? []).map(({ name }) => name);
    const people = names
      .toSorted()
      .toReversed()
      .map((name) => [keyOf(name), name] as const);
    return { ...row, people: new Map(people.length === 0 ? [[NOBODY, 'nobody']] : people) };
  });
}

/** As the database makes small letters, which leaves those of other scripts alone. */
function keyOf(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** A row for each person, who counts each job once; what of it belongs to no day stands under whoever was on it last. */
async function rowsOfThen(scope: Reported, span: ReportPeriod, then: PeopleThen): Promise<PersonRow[]> {
  const rows = new Map<string, PersonRow>();
  for (const days of Map.groupBy(await daysOfThen(scope, span, then), ({ job_id }) => job_id).values()) {
    const counted = new Set<string>();
    for (const [index, { people, ...day }] of days.entries()) {
      const isLast = index === days.length - 1;
      for (const [key, name] of people) {
        const known = rows.get(key);
        const isCounted = counted.has(key);
        const own = {
          ...{
            ...NO_ROW,
            ...day,
            key,
            name,
            ...(isCounted ? { ...NOTHING_AHEAD, running_made: day.running_made } : {}),
          },
          cost_not_yet_billed: isLast ? day.cost_not_yet_billed : '0',
        };
        const jobs = (known?.jobs ?? 0) + (isCounted ? 0 : 1);
        rows.set(key, plus(known ?? { ...NO_ROW, key, name }, own, jobs));
        counted.add(key);
      }
    }
  }
  return [...rows.values()];
}

const NO_ROW: Omit<PersonRow, 'key' | 'name'> = {
  ...{ jobs: 0, billed: '0', cost_of_work: '0', expenses: '0', cost_not_yet_billed: '0' },
  ...{ from_closed_billed: '0', from_closed_cost_of_work: '0', from_closed_expenses: '0', ...NOTHING_AHEAD },
};

function plus(one: PersonRow, other: PersonRow, jobs: number): PersonRow {
  const sum = (column: Summed) => String(BigInt(one[column]) + BigInt(other[column]));
  return {
    ...{ key: one.key, name: one.name < other.name ? one.name : other.name, jobs },
    ...{ billed: sum('billed'), cost_of_work: sum('cost_of_work'), expenses: sum('expenses') },
    ...{ cost_not_yet_billed: sum('cost_not_yet_billed'), from_closed_billed: sum('from_closed_billed') },
    from_closed_cost_of_work: sum('from_closed_cost_of_work'),
    from_closed_expenses: sum('from_closed_expenses'),
    ...{ running: sum('running'), running_left: sum('running_left'), running_revenue: sum('running_revenue') },
    ...{ running_profit: sum('running_profit'), running_unpriced: sum('running_unpriced') },
    ...{ running_unknown_cost: sum('running_unknown_cost'), running_made: sum('running_made') },
    unknown_cost: sum('unknown_cost'),
  };
}

function profitOf(row: PersonRow): bigint {
  return BigInt(row.billed) - BigInt(row.cost_of_work) - BigInt(row.expenses);
}
