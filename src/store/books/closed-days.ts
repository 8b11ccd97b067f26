// What a job had made by day when its months were closed, as one text: a day and six whole numbers each; and beside them
// the people who were on it, once others are.
import { cost } from '../../domain/cost.ts';
import type { CalendarDate } from '../../domain/dates.ts';
import { price } from '../../domain/money.ts';
import type { DaySums, Sums } from '../../domain/period.ts';

type Kept = readonly [CalendarDate, number, number, number, number, number, number];

type Text = readonly Kept[] | { readonly people: readonly string[]; readonly days: readonly Kept[] };

/** What the text of a closing begins with that has people of its own. */
export const HAS_PEOPLE = '{';

/** @throws SyntaxError where it is no text of this kind */
export function closedDays(text: string): DaySums[] {
  const read = parsed(text);
  return ('days' in read ? read.days : read).map(([day, billed, work, expenses, ...from]) => ({
    day,
    ...sumsOf([billed, work, expenses]),
    fromClosed: sumsOf(from),
  }));
}

/** Who was on the job then; null where they are on it still. */
export function closedPeople(text: string): readonly string[] | null {
  const read = parsed(text);
  return 'people' in read ? read.people : null;
}

/** @param people null where they are on the job still */
export function closedText(sums: readonly DaySums[], people: readonly string[] | null = null): string {
  const days = sums.map(({ day, fromClosed, ...own }) => [day, ...numbersOf(own), ...numbersOf(fromClosed)]);
  return JSON.stringify(people === null ? days : { people, days });
}

function parsed(text: string): Text {
  // Written by this module alone.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return JSON.parse(text) as Text;
}

function sumsOf([billed, work, expenses]: readonly [number, number, number]): Sums {
  return { billed: price(billed), costOfWork: cost(work), expenses: cost(expenses) };
}

function numbersOf({ billed, costOfWork, expenses }: Sums): number[] {
  return [billed, costOfWork, expenses];
}
