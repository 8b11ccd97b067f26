import type { DateMessages } from '../../domain/messages/dates.ts';
import type { Catalogue } from '../catalogue.ts';

export const dateMessages: Catalogue<DateMessages> = {
  'date.unreadable': ({ said }) => `${said} is not a date. Write year-month-day, like 2026-03-31.`,
  'date.not-on-the-calendar': ({ said }) =>
    `${said} is not a day on the calendar. Write year-month-day, like 2026-03-31.`,
  'date.out-of-range': ({ said, first, last }) => `${said} is outside ${first} to ${last}. Check the year.`,
};
