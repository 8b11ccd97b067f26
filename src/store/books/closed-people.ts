// Who was on a job when its months were closed, once others are: a report by person of a closed month stays as it was.
import type { Account } from '../../domain/account.ts';
import type { CalendarDate } from '../../domain/dates.ts';
import { closedDays, closedPeople, closedText, HAS_PEOPLE } from './closed-days.ts';
import type { Database } from '../database.ts';
import { LEDGER } from '../journal/ledger.ts';
import type { Journal } from '../journal/write.ts';

type Writing = { readonly db: Database; readonly account: Account; readonly journal: Journal };

/** Keeps with the closed months of a job who was on it until this write. */
export async function keepPeople({ db, account, journal }: Writing): Promise<void> {
  if (account.closedThrough === null) return;
  const moves = journal.changes.filter(({ table }) => table === 'job_assignees');
  // What this write itself brought back, as an undo does, is as it is meant to be.
  const written = new Set(
    journal.changes.flatMap(({ table, key }) =>
      table === 'closed_jobs' ? [`${key['job_id']} ${key['closing']}`] : [],
    ),
  );
  for (const [job, changes] of Map.groupBy(moves, ({ key }) => Number(key['job_id']))) {
    const now = await db
      .selectFrom('job_assignees')
      .select(['position', 'name'])
      .where('account_id', '=', account.id)
      .where('job_id', '=', job)
      .execute();
    const people = new Map(now.map(({ position, name }) => [position, name]));
    for (const { key, before, after } of changes.toReversed()) {
      if (after !== null) people.delete(Number(key['position']));
      if (before !== null) people.set(Number(key['position']), String(before['name']));
    }
    const were = [...people].sort(([one], [other]) => one - other).map(([, name]) => name);
    if (
      isSame(
        were,
        now.map(({ name }) => name),
      )
    )
      continue;
    const kept = await db
      .selectFrom('closed_jobs')
      .select(LEDGER.closed_jobs.columns)
      .where('account_id', '=', account.id)
      .where('job_id', '=', job)
      .execute();
    await journal.replaceAll(
      'closed_jobs',
      kept
        .filter(({ closing, days }) => closedPeople(days) === null && !written.has(`${job} ${closing}`))
        .map((before) => ({ before, after: { ...before, days: closedText(closedDays(before.days), were) } })),
    );
  }
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.toSorted().join('\n') === others.toSorted().join('\n');
}

/** By job and closed day, who was on it then; jobs alone that have had others since. */
export type PeopleThen = ReadonlyMap<number, ReadonlyMap<CalendarDate, readonly string[]>>;

/** @param job null for all of them */
export async function peopleThen(db: Database, accountId: number, job: number | null): Promise<PeopleThen> {
  const query = db
    .selectFrom('closed_jobs')
    .select(['job_id', 'days'])
    .where('account_id', '=', accountId)
    .where('days', 'like', `${HAS_PEOPLE}%`);
  const rows = await (job === null ? query : query.where('job_id', '=', job)).execute();
  const then = new Map<number, Map<CalendarDate, readonly string[]>>();
  for (const { job_id, days } of rows) {
    const of = then.get(job_id) ?? new Map<CalendarDate, readonly string[]>();
    for (const { day } of closedDays(days)) of.set(day, closedPeople(days) ?? []);
    then.set(job_id, of);
  }
  return then;
}
