// Which backups stay: the newest of each of the last days, weeks and months that have one.

/** How many of each. */
export type Keep = { readonly days: number; readonly weeks: number; readonly months: number };
export type Dated = { readonly madeAt: string };

/**
 * The ones that none of the three keeps. A day, a week (from Monday) or a month counts where it has a backup at all, so
 * that a long pause takes nothing away; days are those of UTC.
 */
export function notKept<T extends Dated>(all: readonly T[], { days, weeks, months }: Keep): T[] {
  const newestFirst = all.toSorted((left, right) => right.madeAt.localeCompare(left.madeAt));
  const kept = new Set([
    ...firstOfEach(newestFirst, dayOf, days),
    ...firstOfEach(newestFirst, weekOf, weeks),
    ...firstOfEach(newestFirst, (each) => each.madeAt.slice(0, 'YYYY-MM'.length), months),
  ]);
  return newestFirst.filter((each) => !kept.has(each));
}

function firstOfEach<T extends Dated>(newestFirst: readonly T[], periodOf: (each: T) => string, count: number): T[] {
  const found = new Map<string, T>();
  for (const each of newestFirst) {
    const period = periodOf(each);
    if (!found.has(period)) found.set(period, each);
  }
  return [...found.values()].slice(0, count);
}

function dayOf({ madeAt }: Dated): string {
  return madeAt.slice(0, 'YYYY-MM-DD'.length);
}

/** By its Monday. */
function weekOf({ madeAt }: Dated): string {
  const day = new Date(madeAt);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return day.toISOString().slice(0, 10);
}

/** So much earlier than asked for counts as due: a job that runs once a day is some seconds early now and then. */
const EARLY = 0.05;

/** @param everyMs what lies between two backups */
export function isDue(last: Dated | null, everyMs: number, now: Date): boolean {
  if (last === null) return true;
  const age = now.getTime() - Date.parse(last.madeAt);
  // One of the future was made by a clock that was wrong, and says nothing.
  return age < 0 || age >= everyMs * (1 - EARLY);
}
