// Appointments: booking and changing them, what is on, and what stands in the way of what.
import { createHmac } from 'node:crypto';
import {
  later,
  LONGEST_MINUTES,
  minutesOf,
  shareTheirPeople,
  spanInWords,
  timeInWords,
  USUAL_MINUTES,
  type Appointment,
  type AppointmentStatus,
  type Span,
} from '../../domain/appointment.ts';
import { addDays, parseDate, type CalendarDate, instantAt, type Instant } from '../../domain/dates.ts';
import { invalid, refused } from '../../domain/errors.ts';
import { refOf } from '../../kinds/reference.ts';
import { nameKey } from '../../domain/terms.ts';
import {
  appointmentById,
  countAppointments,
  insertAppointment,
  listAppointments as loadAppointments,
  scheduledDuring,
  updateAppointment as saveAppointment,
  type AppointmentFilter,
} from '../../store/books/appointments.ts';
import { confirmationSecret } from '../../store/journal/requests.ts';
import type { ReadScope, WriteScope } from '../../store/scope.ts';
import { cutPage, DEFAULT_PAGE, makeCursor, readCursor } from '../shared/paging.ts';
import { resolveAppointment } from '../resolve/resolve.ts';
import type * as when from '../resolve/appointment-time.ts';
import { resolveParty, resolvePartyFor } from '../resolve/resolve-party.ts';
import { says, type Message } from '../../domain/message.ts';
import { reload } from '../shared/patch.ts';

/** What a wall clock means, loaded before the books are opened. */
export type Clock = typeof when;

/** Days that a list looks ahead, today aside. */
const DAYS_AHEAD = 30;
/** Entries of one calendar file. */
const MOST_EVENTS = 1000;

type Times = {
  readonly starts?: string | undefined;
  readonly minutes?: number | undefined;
  readonly ends?: string | undefined;
};

export type NewAppointmentInput = Times & {
  readonly customer?: string | undefined;
  readonly job?: string | undefined;
  readonly title: string;
  readonly starts: string;
  readonly place?: string | undefined;
  readonly notes?: string | undefined;
  readonly people?: readonly string[] | undefined;
};

/** What was booked, and what its owner should look at. */
export type AppointmentWritten = { readonly appointment: Appointment; readonly warnings: readonly Message[] };

export async function scheduleAppointment(
  scope: WriteScope,
  input: NewAppointmentInput,
  clock: Clock,
): Promise<AppointmentWritten> {
  const { customer, job } = await resolvePartyFor(scope, input);
  const { timeZone } = scope.account;
  const startsAt = clock.instantOf(input.starts, 'starts', timeZone);
  const id = await insertAppointment(scope, {
    appointment: {
      customerId: customer.id,
      jobId: job?.id ?? null,
      title: input.title,
      ...spanFrom(startsAt, USUAL_MINUTES, input, { clock, timeZone }),
      timeZone,
      status: 'scheduled',
      place: input.place ?? null,
      notes: input.notes ?? null,
      people: onceEach(input.people ?? []),
    },
    sample: false,
    at: scope.now,
  });
  const appointment = await reload(appointmentById, scope, id);
  const ref = refOf('appointment', id);
  const span = spanInWords(appointment, timeZone);
  logVisit(scope, appointment, says('log.appointment-scheduled', { ref, title: appointment.title, span }));
  return { appointment, warnings: [...pastWarning(scope, appointment), ...(await clashes(scope, appointment))] };
}

export type AppointmentPatch = Times & {
  readonly appointment: string;
  readonly title?: string | undefined;
  readonly place?: string | null | undefined;
  readonly notes?: string | null | undefined;
  readonly people?: readonly string[] | undefined;
  readonly status?: AppointmentStatus | undefined;
};

export async function updateAppointment(
  scope: WriteScope,
  input: AppointmentPatch,
  clock: Clock,
): Promise<AppointmentWritten & { readonly summary: Message }> {
  const { account, now } = scope;
  const isAhead = ({ status, endsAt }: Appointment) => status === 'scheduled' && endsAt > now;
  const before = await resolveAppointment(
    scope,
    { ref: input.appointment, field: 'appointment', intent: 'write' },
    input.starts !== undefined || input.status === 'cancelled' ? isAhead : undefined,
  );
  const ref = refOf('appointment', before.id);
  const span = spanAfter(before, input, { clock, timeZone: account.timeZone });
  const isMoved = span.startsAt !== before.startsAt || span.endsAt !== before.endsAt;
  if (isMoved && before.status === 'cancelled' && (input.status ?? 'cancelled') === 'cancelled') {
    throw refused(says('visit.cancelled', { ref }), 'starts');
  }
  const isNew = await saveAppointment(scope, before.id, {
    ...span,
    timeZone: isMoved ? account.timeZone : before.timeZone,
    ...(input.title === undefined ? {} : { title: input.title }),
    ...(input.place === undefined ? {} : { place: input.place }),
    ...(input.notes === undefined ? {} : { notes: input.notes }),
    ...(input.status === undefined ? {} : { status: input.status }),
    ...(input.people === undefined ? {} : { people: onceEach(input.people) }),
  });
  if (!isNew) return { appointment: before, warnings: [], summary: says('log.so-already', { ref }) };
  const appointment = await reload(appointmentById, scope, before.id);
  const changes = differences(before, appointment, account.timeZone);
  const became = { ref, name: appointment.title, changes };
  logVisit(scope, appointment, says('log.became', became));
  const warnings = [...(isMoved ? pastWarning(scope, appointment) : []), ...(await clashes(scope, appointment))];
  return { appointment, warnings, summary: says('log.changed', became) };
}

type Local = { readonly clock: Clock; readonly timeZone: string };

/** Moved as a whole unless it is said to last longer or shorter. */
function spanAfter(before: Appointment, input: Times, local: Local): Span {
  const startsAt =
    input.starts === undefined ? before.startsAt : local.clock.instantOf(input.starts, 'starts', local.timeZone);
  return spanFrom(startsAt, minutesOf(before), input, local);
}

function spanFrom(startsAt: Instant, usual: number, { minutes, ends }: Times, { clock, timeZone }: Local): Span {
  if (minutes !== undefined && ends !== undefined) throw invalid('ends', says('visit.ends-or-minutes'));
  const endsAt = ends === undefined ? later(startsAt, minutes ?? usual) : clock.instantOf(ends, 'ends', timeZone);
  const length = minutesOf({ startsAt, endsAt });
  if (length <= 0) {
    throw invalid('ends', says('visit.ends-before-it-starts', { starts: timeInWords(startsAt, timeZone) }));
  }
  if (length > LONGEST_MINUTES) throw invalid('ends', says('visit.too-long'));
  return { startsAt, endsAt };
}

function onceEach(people: readonly string[]): string[] {
  const keys = people.map(nameKey);
  return people.filter((_, index) => keys.indexOf(keys[index] ?? '') === index);
}

function differences(before: Appointment, after: Appointment, zone: string): Message[] {
  const given = (text: string | null) => (text === '' ? null : text);
  const step = (of: 'time' | 'status' | 'title' | 'who' | 'place', from: string | null, to: string | null) =>
    from === to ? [] : [says('log.step', { of, from: given(from), to: given(to) })];
  return [
    ...step('time', spanInWords(before, zone), spanInWords(after, zone)),
    ...step('status', before.status, after.status),
    ...step('title', before.title, after.title),
    ...step('who', before.people.join(', '), after.people.join(', ')),
    ...step('place', before.place, after.place),
    ...(before.notes === after.notes ? [] : [says('log.part-changed', { part: 'notes' })]),
  ];
}

function pastWarning({ account, now }: WriteScope, appointment: Appointment): Message[] {
  const isPast = appointment.status === 'scheduled' && appointment.endsAt <= now;
  return isPast ? [says('visit.in-the-past', { span: spanInWords(appointment, account.timeZone) })] : [];
}

/** How another appointment of the same people is told of. Crew do not see every one. */
function clashTold({ account: { timeZone }, crew }: WriteScope, other: Appointment): Message {
  if (crew !== null) return says('visit.somebody-is-elsewhere');
  const { title, isSample, customer, people } = other;
  const span = spanInWords(other, timeZone);
  const ref = refOf('appointment', other.id);
  return says('visit.clashes', { ref, title, isSample, customer: customer.name, span, people });
}

/** Clashes that are named one by one; the rest is counted. */
const MOST_NAMED = 10;

/** The others that the same people have at this time; it is booked nevertheless. */
async function clashes(scope: WriteScope, appointment: Appointment): Promise<Message[]> {
  if (appointment.status !== 'scheduled') return [];
  const others = await scheduledDuring(scope, appointment);
  const clashing = others
    .filter((other) => other.id !== appointment.id && shareTheirPeople(appointment.people, other.people))
    .map((other) => clashTold(scope, other));
  // Crew are told once that somebody is elsewhere, however often.
  const told = scope.crew === null ? clashing : clashing.slice(0, 1);
  if (told.length <= MOST_NAMED) return told;
  return [...told.slice(0, MOST_NAMED), says('visit.more-clash', { count: told.length - MOST_NAMED })];
}

export type AppointmentListInput = {
  readonly customer?: string | undefined;
  readonly job?: string | undefined;
  readonly person?: string | undefined;
  readonly status?: AppointmentStatus | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
};

export async function listAppointments(scope: ReadScope, input: AppointmentListInput, clock: Clock) {
  const limit = input.limit ?? DEFAULT_PAGE;
  const [time = null, id = null] = readCursor('appointments', input.cursor, 2) ?? [];
  const days = daysOf(scope, input);
  const filter = await filterOf(scope, input, clock, days);
  const after = time === null || id === null ? null : { startsAt: instantAt(time), id };
  const rows = await loadAppointments(scope, filter, { limit: limit + 1, after });
  const cursorOf = (last: Appointment) => makeCursor('appointments', [Date.parse(last.startsAt), last.id]);
  const { page, nextCursor } = cutPage(rows, limit, cursorOf);
  return { ...days, appointments: page, count: await countAppointments(scope, filter), nextCursor };
}

/** Everything that the list goes on about, for a calendar file, under names that calendars know it by. */
export async function appointmentsForCalendar(
  scope: ReadScope,
  input: AppointmentListInput,
  clock: Clock,
): Promise<{ readonly uid: string; readonly appointment: Appointment }[]> {
  const filter = await filterOf(scope, input, clock, daysOf(scope, input));
  const rows = await loadAppointments(scope, filter, { limit: MOST_EVENTS + 1, after: null });
  if (rows.length > MOST_EVENTS) {
    throw refused(says('visit.too-many-in-file', { most: MOST_EVENTS }), 'format');
  }
  const secret = await confirmationSecret(scope);
  return rows.map((appointment) => ({ uid: uidOf(secret, appointment.id), appointment }));
}

/** Always the same for one appointment, and telling nothing of it: calendars pass it on to whoever is invited. */
function uidOf(secret: string, id: number): string {
  return `${createHmac('sha256', secret).update(`appointment ${id}`).digest('base64url').slice(0, 27)}@jobwright`;
}

async function filterOf(
  scope: ReadScope,
  input: AppointmentListInput,
  clock: Clock,
  { from, to }: { from: CalendarDate; to: CalendarDate },
): Promise<AppointmentFilter> {
  return {
    ...(await resolveParty(scope, input)),
    person: input.person,
    status: input.status,
    crew: scope.crew,
    during: clock.daysIn(scope.account.timeZone, from, to),
  };
}

/** Today and what is to come; where only one end is said, the other lies as far from it. */
function daysOf({ today }: ReadScope, input: AppointmentListInput): { from: CalendarDate; to: CalendarDate } {
  const to = input.to === undefined ? null : parseDate(input.to, 'to');
  const usual = to === null || to >= today ? today : addDays(to, -DAYS_AHEAD);
  const from = input.from === undefined ? usual : parseDate(input.from, 'from');
  if (to !== null && to < from) throw invalid('to', says('visit.ends-before-start', { to, from }));
  return { from, to: to ?? addDays(from, DAYS_AHEAD) };
}

function logVisit(scope: WriteScope, appointment: Appointment, said: Message): void {
  const log = { entry: 'site', said } as const;
  scope.journal.log({ kind: 'appointment', id: appointment.id, ...log });
  if (appointment.job !== null) scope.journal.log({ kind: 'job', id: appointment.job.id, ...log });
  scope.journal.log({ kind: 'customer', id: appointment.customer.id, ...log });
}
