import type { DateMessages } from '../../domain/messages/dates.ts';
import type { Catalogue } from '../catalogue.ts';

const FORM = 'Write the local time like 2026-03-12T09:00, or with an offset like 2026-03-12T09:00-05:00.';

export const dateMessages: Catalogue<DateMessages> = {
  'date.unreadable': ({ said }) => `${said} is not a date. Write year-month-day, like 2026-03-31.`,
  'date.not-on-the-calendar': ({ said }) =>
    `${said} is not a day on the calendar. Write year-month-day, like 2026-03-31.`,
  'date.out-of-range': ({ said, first, last }) => `${said} is outside ${first} to ${last}. Check the year.`,
  'time.unreadable': ({ said }) => `${said} is not a time. ${FORM}`,
  'time.no-time-of-day': ({ said }) => `${said} says no time of day. ${FORM}`,
  'time.not-on-the-clock': ({ said }) => `${said} is not a time of day, which runs from 00:00 to 23:59. ${FORM}`,
  'time.unreal-offset': ({ said }) => `${said} has no real offset. ${FORM}`,
  'time.comes-twice': ({ time, day, zone, first, second }) =>
    `${time} comes twice on ${day} in ${zone}, because the clock is turned back. Write ${first} for the first or ${second} for the second.`,
  'time.skipped': ({ time, day, zone, before, after }) =>
    `there is no ${time} on ${day} in ${zone}, because the clock is turned forward. Write ${before} for the time before or ${after} for the time after.`,
};
