// Appointments in words, in the time of the business.
import { cut } from '../domain/text.ts';
import type { AppointmentOut, ListOut } from '../views/internal/appointment.ts';
import { counted, listed, moreText, sampleText } from './format.ts';

/** One line; alone its notes are whole. */
export function appointmentText(appointment: AppointmentOut, longest = 200): string {
  const { ref, title, when, customer, job, people, place, notes, status } = appointment;
  const details = listed(
    [
      `${customer.ref} ${customer.name}`,
      job !== null && `${job.ref} ${job.name}`,
      people.length > 0 && `who goes: ${people.join(', ')}`,
      place !== null && `at ${cut(place, longest)}`,
      notes !== null && `notes: ${cut(notes.replace(/\s+/g, ' '), longest)}`,
    ],
    '; ',
  );
  const mark = status === 'scheduled' ? '' : ` ${status.toUpperCase()}`;
  return `${when} ${ref} ${title}${sampleText(appointment)}${mark}: ${details}`;
}

export function appointmentListText(list: ListOut): string {
  const days = `${list.from === list.to ? `on ${list.from}` : `from ${list.from} to ${list.to}`} (${list.timeZone})`;
  if (list.count === 0) return `No appointments ${days}.`;
  const rows = list.appointments.map((appointment) => `\n- ${appointmentText(appointment)}`).join('');
  const more =
    list.nextCursor === undefined ? '' : `\n${moreText(list.appointments.length, list.count, list.nextCursor)}`;
  const without = list.leftOut === undefined ? '' : `, without ${list.leftOut}`;
  const file =
    list.file === undefined
      ? ''
      : `\nCalendar file with ${counted(list.count, 'appointment')}: ${list.file}${without}.`;
  return `${counted(list.count, 'appointment')} ${days}:${rows}${more}${file}`;
}

export function warningsText(warnings: readonly string[]): string {
  return warnings.map((warning) => `\n${warning}`).join('');
}
