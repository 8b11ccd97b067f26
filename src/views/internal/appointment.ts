// Appointments as their owner sees them, in the business's own time.
import type { Account } from '../../domain/account.ts';
import { localTime, spanInWords, type Appointment } from '../../domain/appointment.ts';
import { refOf } from '../../domain/reference.ts';
import { LONGEST_NOTE } from '../../domain/room.ts';
import { cut } from '../../domain/text.ts';
import { counted, listed, moreText, namedOut, sampleOut, sampleText, type Sent } from './words.ts';

export function appointmentOut(appointment: Appointment, { timeZone }: Pick<Account, 'timeZone'>) {
  return {
    ref: refOf('appointment', appointment.id),
    title: appointment.title,
    ...sampleOut(appointment.isSample),
    customer: namedOut('customer', appointment.customer),
    job: appointment.job === null ? null : namedOut('job', appointment.job),
    when: spanInWords(appointment, timeZone),
    starts: localTime(appointment.startsAt, timeZone),
    ends: localTime(appointment.endsAt, timeZone),
    status: appointment.status,
    people: [...appointment.people],
    place: appointment.place,
    notes: appointment.notes,
    revision: appointment.revision,
  };
}
/** Beside others: its notes are cut. */
export function appointmentInRow(appointment: Appointment, account: Pick<Account, 'timeZone'>) {
  const out = appointmentOut(appointment, account);
  return { ...out, notes: out.notes === null ? null : cut(out.notes, LONGEST_NOTE) };
}
export type AppointmentOut = Sent<ReturnType<typeof appointmentOut>>;

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

export function appointmentListOut(
  list: {
    appointments: readonly Appointment[];
    from: string;
    to: string;
    count: number;
    nextCursor: string | null;
  },
  account: Account,
) {
  return {
    from: list.from,
    to: list.to,
    timeZone: account.timeZone,
    appointments: list.appointments.map((appointment) => appointmentInRow(appointment, account)),
    count: list.count,
    ...(list.nextCursor === null ? {} : { nextCursor: list.nextCursor }),
  };
}
type ListOut = Sent<ReturnType<typeof appointmentListOut>> & {
  file?: string | undefined;
  leftOut?: string | undefined;
};

/** What stands beside a calendar file is passed on with it, so it leaves out the same (`calendarEntry`). */
export function listToPassOn(list: ReturnType<typeof appointmentListOut>) {
  const appointments = list.appointments.map((each) => ({ ...each, people: [], notes: null }));
  return { ...list, appointments, leftOut: 'notes and who goes, which private: true adds' };
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

/**
 * An entry of a calendar, which shows it in the zone of whoever looks.
 * @param isPrivate with the notes and who goes. Calendar files are passed on, to the customer too: it is asked for
 */
export function calendarEntry(
  { uid, appointment }: { uid: string; appointment: Appointment },
  { isPrivate }: { isPrivate: boolean },
) {
  const { title, customer, job, people, notes, place } = appointment;
  return {
    uid,
    revision: appointment.revision,
    startsAt: appointment.startsAt,
    endsAt: appointment.endsAt,
    title: `${title}, ${customer.name}`,
    place,
    description: listed(
      [
        `${refOf('appointment', appointment.id)}${job === null ? '' : `, ${refOf('job', job.id)} ${job.name}`}`,
        isPrivate && people.length > 0 && `Who goes: ${people.join(', ')}`,
        isPrivate && notes,
      ],
      '\n',
    ),
    isCancelled: appointment.status === 'cancelled',
  };
}
export type CalendarEntry = ReturnType<typeof calendarEntry>;
