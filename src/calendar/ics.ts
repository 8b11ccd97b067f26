// Appointments as an iCalendar file, made in a worker.
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { cut } from '../domain/text.ts';
import type { CalendarEntry } from '../views/internal/appointment.ts';

/** What a phone shows of an appointment; a thousand of them with all that can be noted would be a file of 12 MB. */
const LONGEST_DESCRIPTION = 2000;

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
      description: cut(descriptionOf(entry), LONGEST_DESCRIPTION),
      ...(entry.place === null ? {} : { location: entry.place }),
    });
  }
  return `${calendar.toString()}\r\n`;
}

function descriptionOf({ of, people, notes }: CalendarEntry): string {
  return [
    of,
    ...(people.length > 0 ? [`Who goes: ${people.join(', ')}`] : []),
    ...(notes === null ? [] : [notes]),
  ].join('\n');
}
