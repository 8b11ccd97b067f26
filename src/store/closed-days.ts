// What a job had made by day when its months were closed, as one text: seven whole numbers and a day each.
import { cost } from '../domain/cost.ts';
import type { CalendarDate } from '../domain/dates.ts';
import { price } from '../domain/money.ts';
import type { DaySums, Sums } from '../domain/period.ts';

type Kept = readonly [CalendarDate, number, number, number, number, number, number];

/** @throws SyntaxError where it is no text of this kind */
export function closedDays(text: string): DaySums[] {
  // Written by this module alone.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const kept = JSON.parse(text) as Kept[];
  return kept.map(([day, billed, work, expenses, ...from]) => ({
    day,
    ...sumsOf([billed, work, expenses]),
    fromClosed: sumsOf(from),
  }));
}

export function closedText(days: readonly DaySums[]): string {
  return JSON.stringify(
    days.map(({ day, fromClosed, ...sums }) => [day, ...numbersOf(sums), ...numbersOf(fromClosed)]),
  );
}

function sumsOf([billed, work, expenses]: readonly [number, number, number]): Sums {
  return { billed: price(billed), costOfWork: cost(work), expenses: cost(expenses) };
}

function numbersOf({ billed, costOfWork, expenses }: Sums): number[] {
  return [billed, costOfWork, expenses];
}
