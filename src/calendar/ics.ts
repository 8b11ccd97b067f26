// Appointments as an iCalendar file. Loaded when one is asked for.
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { CalendarEntry } from '../views/internal/appointment.ts';

/**
 * Times stand in it as moments (UTC), so that no calendar has to know this zone's clock changes as we do.
 * @param madeAt the moment at which the books said so
 */
export function calendarFile(entries: readonly CalendarEntry[], madeAt: string): string {
  const calendar = ical({
    prodId: { company: 'jobwright', product: 'appointments', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
  });
  for (const entry of entries) {
    calendar.createEvent({
      id: entry.uid,
      stamp: new Date(madeAt),
      sequence: entry.revision,
      status: entry.isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      start: new Date(entry.startsAt),
      end: new Date(entry.endsAt),
      summary: entry.title,
      description: entry.description,
      ...(entry.place === null ? {} : { location: entry.place }),
    });
  }
  return `${calendar.toString()}\r\n`;
}
