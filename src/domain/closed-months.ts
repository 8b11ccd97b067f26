// Closed months: what was reported of them stays. What has changed it since stands in the first open period.
import { cost } from './cost.ts';
import { addDays } from './dates.ts';
import { says } from './message.ts';
import { price } from './money.ts';
import { addUp, NOTHING, takeAway, type ClosedJob, type DatedRecord, type Sums } from './period.ts';

/**
 * The records of a job with those that keep its closed days as they were. What they come to by now beyond that is
 * carried to the day after, so that all of them together stay what they are.
 */
export function withClosedMonths(records: readonly DatedRecord[], { ref, through, days }: ClosedJob): DatedRecord[] {
  if (through === null) return [...records];
  const past = Map.groupBy(
    records.filter(({ day }) => day !== null && day <= through),
    ({ day }) => day,
  );
  const kept = new Map(days.map((sums) => [sums.day, sums]));
  const corrections = [...new Set([...past.keys(), ...kept.keys()])].flatMap((day) => {
    const { fromClosed, ...asReported } = (day === null ? undefined : kept.get(day)) ?? NOTHING_KEPT;
    const changed = takeAway(takeAway(asReported, fromClosed), addUp(past.get(day) ?? []));
    return [
      ...figuresApart({ day, ref, what: says('period.as-reported'), isFromClosed: false }, changed),
      ...figuresApart({ day, ref, what: says('period.changed-in-earlier-months'), isFromClosed: true }, fromClosed),
    ];
  });
  const carried = takeAway(NOTHING, addUp(corrections));
  const first = { day: addDays(through, 1), ref, what: says('period.changed-in-closed-months'), isFromClosed: true };
  return [...records, ...corrections, ...figuresApart(first, carried)];
}

const NOTHING_KEPT = { ...NOTHING, fromClosed: NOTHING };

/** A record for each figure that is something. */
function figuresApart(record: Omit<DatedRecord, keyof Sums>, { billed, costOfWork, expenses }: Sums): DatedRecord[] {
  return [
    ...(billed === 0 ? [] : [{ ...record, ...NOTHING, billed: price(billed) }]),
    ...(costOfWork === 0 ? [] : [{ ...record, ...NOTHING, costOfWork: cost(costOfWork) }]),
    ...(expenses === 0 ? [] : [{ ...record, ...NOTHING, expenses: cost(expenses) }]),
  ];
}
