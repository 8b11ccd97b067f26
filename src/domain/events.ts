// What happened in the business, as its owner tells it: a job started, a quote sent, a bill paid.
import type { CalendarDate } from './dates.ts';
import type { Message } from './message.ts';
import type { Named } from './named.ts';

/** What happens on one day, in the order in which work goes. */
const ORDER = [
  'customer',
  'job',
  'quote',
  'visit',
  'walk',
  'note',
  'expense',
  'invoice',
  'payment',
  'end',
  'status',
] as const;
export type EventSort = (typeof ORDER)[number];

export type TradeEvent = {
  readonly day: CalendarDate;
  readonly sort: EventSort;
  /** What it is told from others of its sort and day by. */
  readonly id: number;
  readonly isSample: boolean;
  readonly what: Message;
  /** The day that it is of, where it was entered so long after it that it is told on that of its entry. */
  readonly dated: CalendarDate | null;
  /** Somebody's own words. */
  readonly note: string | null;
  readonly customer: Named | null;
  readonly job: Named | null;
};

/** Where an event stands among all. */
export type EventPlace = readonly [day: number, rank: number, id: number];

export function placeOf({ day, sort, id }: TradeEvent): EventPlace {
  return [Date.parse(`${day}T00:00:00Z`), ORDER.indexOf(sort), id];
}

export function compareEvents(one: TradeEvent, other: TradeEvent): number {
  return comparePlaces(placeOf(one), placeOf(other));
}

export function comparePlaces(one: EventPlace, other: EventPlace): number {
  return one[0] - other[0] || one[1] - other[1] || one[2] - other[2];
}

/** How many days one telling is about, at most. */
export const MOST_EVENT_DAYS = 92;

/** What is entered so many days after its own is still told on that; what comes later yet, on the day of its entry. */
export const MOST_DAYS_LATER = 31;
