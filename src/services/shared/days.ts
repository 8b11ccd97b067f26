// From one day to another, as a list is asked for.
import { parseDate, type CalendarDate } from '../../domain/dates.ts';
import { invalid } from '../../domain/errors.ts';
import { says } from '../../domain/message.ts';

export type DaysInput = { readonly from?: string | undefined; readonly to?: string | undefined };
export type Days = { readonly from: CalendarDate | undefined; readonly to: CalendarDate | undefined };

/** @throws Problem where one is no day, or they end before they begin */
export function readDays(input: DaysInput): Days {
  const from = input.from === undefined ? undefined : parseDate(input.from, 'from');
  const to = input.to === undefined ? undefined : parseDate(input.to, 'to');
  checkDays(from ?? null, to ?? null);
  return { from, to };
}

/** @throws Problem where they end before they begin */
export function checkDays(from: CalendarDate | null, to: CalendarDate | null): void {
  if (from !== null && to !== null && to < from) throw invalid('to', says('days.end-before-start', { to, from }));
}

/** A day and a number, which a cursor holds as numbers like 20260310. */
export function dayNumber(day: CalendarDate): number {
  return Number(day.replaceAll('-', ''));
}

/** @throws Problem where the number is of no day */
export function dayOfNumber(number: number): CalendarDate {
  return parseDate(String(number).replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3'), 'cursor');
}
