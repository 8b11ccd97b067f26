// Appointments as their owner sees them, in the business's own time.
import { message, warning } from '../message.ts';
import { says, type Message } from '../../domain/message.ts';
import { z } from 'zod';
import type { Account } from '../../domain/account.ts';
import { localTime, spanInWords, type Appointment, APPOINTMENT_STATUSES } from '../../domain/appointment.ts';
import { dayAt } from '../../domain/dates.ts';
import { refOf } from '../../kinds/reference.ts';
import { LONGEST_NOTE } from '../../domain/room.ts';
import { cut } from '../../domain/text.ts';
import { done, NamedRef, sample, textOrNull } from '../shapes.ts';
import { samplesLeftOut } from './money.ts';
import { leftOutMark, named, sampleMark } from './format.ts';

type Written = {
  readonly appointment: Appointment;
  readonly visits: readonly Appointment[];
  readonly warnings: readonly Message[];
  readonly summary: Message;
};

export const AppointmentRow = z.strictObject({
  ref: z.string(),
  title: z.string(),
  sample,
  customer: NamedRef,
  job: NamedRef.nullable(),
  when: z.string(),
  starts: z.string(),
  ends: z.string(),
  status: z.enum(APPOINTMENT_STATUSES),
  people: z.array(z.string()),
  place: textOrNull,
  notes: textOrNull,
  revision: z.int(),
  /** The first of the visits that repeat, this one among them. */
  repeatsWith: z.string().optional(),
});
export type AppointmentRow = z.output<typeof AppointmentRow>;

export function appointmentRow(appointment: Appointment, { timeZone }: Pick<Account, 'timeZone'>): AppointmentRow {
  return {
    ref: refOf('appointment', appointment.id),
    title: appointment.title,
    ...sampleMark(appointment.isSample),
    customer: named('customer', appointment.customer),
    job: appointment.job === null ? null : named('job', appointment.job),
    when: spanInWords(appointment, timeZone),
    starts: localTime(appointment.startsAt, timeZone),
    ends: localTime(appointment.endsAt, timeZone),
    status: appointment.status,
    people: [...appointment.people],
    place: appointment.place,
    notes: appointment.notes,
    revision: appointment.revision,
    ...(appointment.seriesId === null ? {} : { repeatsWith: refOf('appointment', appointment.seriesId) }),
  };
}
/** Beside others: its notes are cut. */
export function appointmentInRow(appointment: Appointment, account: Pick<Account, 'timeZone'>): AppointmentRow {
  const out = appointmentRow(appointment, account);
  return { ...out, notes: out.notes === null ? null : cut(out.notes, LONGEST_NOTE) };
}
export const AppointmentWritten = z.strictObject({
  ...done,
  appointment: AppointmentRow,
  /** All of them, where the write booked or changed several that repeat. */
  visits: z.array(z.strictObject({ ref: z.string(), day: z.string() })).optional(),
  warnings: z.array(warning),
});
export type AppointmentWritten = z.output<typeof AppointmentWritten>;

export function appointmentWritten(
  { appointment, visits, warnings, summary: did }: Written,
  { change, account }: { change: number | null; account: Account },
): AppointmentWritten {
  const each = ({ id, startsAt }: Appointment) => {
    return { ref: refOf('appointment', id), day: dayAt(startsAt, account.timeZone) };
  };
  return {
    did,
    change,
    appointment: appointmentRow(appointment, account),
    ...(visits.length > 1 ? { visits: visits.map(each) } : {}),
    warnings: [...warnings],
  };
}

export const AppointmentList = z.strictObject({
  from: z.string(),
  to: z.string(),
  timeZone: z.string(),
  appointments: z.array(AppointmentRow),
  count: z.int(),
  nextCursor: z.string().optional(),
  file: z.string().optional(),
  leftOut: message.optional(),
  samplesLeftOut,
});
export type AppointmentList = z.output<typeof AppointmentList>;

export function appointmentList(
  list: {
    appointments: readonly Appointment[];
    from: string;
    to: string;
    count: number;
    samplesLeftOut: boolean;
    nextCursor: string | null;
  },
  account: Account,
): AppointmentList {
  return {
    from: list.from,
    to: list.to,
    timeZone: account.timeZone,
    appointments: list.appointments.map((appointment) => appointmentInRow(appointment, account)),
    count: list.count,
    ...leftOutMark(list.samplesLeftOut),
    ...(list.nextCursor === null ? {} : { nextCursor: list.nextCursor }),
  };
}
/** What stands beside a calendar file is passed on with it, so it leaves out the same (`calendarEntry`). */
export function listToPassOn(list: ReturnType<typeof appointmentList>): AppointmentList {
  const appointments = list.appointments.map((each) => ({ ...each, people: [], notes: null }));
  return { ...list, appointments, leftOut: says('calendar.left-out') };
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
    of: `${refOf('appointment', appointment.id)}${job === null ? '' : `, ${refOf('job', job.id)} ${job.name}`}`,
    people: isPrivate ? people : [],
    notes: isPrivate && notes !== null && notes !== '' ? notes : null,
    isCancelled: appointment.status === 'cancelled',
  };
}
export type CalendarEntry = ReturnType<typeof calendarEntry>;
