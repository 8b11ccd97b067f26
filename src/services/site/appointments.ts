// Appointments: booking and changing them, one or all that repeat, and what is on.
import { createHmac } from 'node:crypto';
import {
  spanInWords,
  USUAL_MINUTES,
  type Appointment,
  type AppointmentStatus,
  type Span,
} from '../../domain/appointment.ts';
import { addDays, parseDate, type CalendarDate, instantAt } from '../../domain/dates.ts';
import { refused } from '../../domain/errors.ts';
import type { Every } from '../../domain/repeated-visits.ts';
import type { Job } from '../../domain/job.ts';
import { refOf } from '../../kinds/reference.ts';
import { nameKey } from '../../domain/terms.ts';
import {
  appointmentById,
  countAppointments,
  insertAppointments,
  listAppointments as loadAppointments,
  type AppointmentFilter,
} from '../../store/books/appointments.ts';
import { replaceAppointments, visitsOfSeries, type VisitChange } from '../../store/books/repeated-visits.ts';
import { confirmationSecret } from '../../store/journal/requests.ts';
import type { ReadScope, WriteScope } from '../../store/scope.ts';
import { samplesCount, type CountingInput } from '../shared/counted.ts';
import { checkDays } from '../shared/days.ts';
import { cutPage, DEFAULT_PAGE, makeCursor, readCursor } from '../shared/paging.ts';
import { othersGoOn } from '../resolve/over-and-going-on.ts';
import { resolveParty, resolvePartyFor } from '../resolve/resolve-party.ts';
import { says, type Message } from '../../domain/message.ts';
import { reload } from '../shared/patch.ts';
import { visitMeant } from './visit-meant.ts';
import { clashes, doneAhead, pastWarning, skippedTimes } from './visit-notes.ts';
import {
  movedAlong,
  repeatedSpans,
  shownAt,
  spanAfter,
  spanFrom,
  type Clock,
  type Local,
  type Times,
} from './visit-times.ts';

export type { Clock } from './visit-times.ts';

/** Days that a list looks ahead, today aside. */
const DAYS_AHEAD = 30;
/** Entries of one calendar file. */
const MOST_EVENTS = 1000;

export type NewAppointmentInput = Times & {
  readonly customer?: string | undefined;
  readonly job?: string | undefined;
  readonly title: string;
  readonly starts: string;
  readonly place?: string | undefined;
  readonly notes?: string | undefined;
  readonly people?: readonly string[] | undefined;
  readonly repeats?: { readonly every: Every; readonly until: string } | undefined;
};

/** What was booked, and what its owner should look at. */
export type WrittenVisits = {
  /** The one that was said, or the first. */
  readonly appointment: Appointment;
  /** All that this write booked or changed, in time order. */
  readonly visits: readonly Appointment[];
  readonly warnings: readonly Message[];
  readonly summary: Message;
};

export async function scheduleAppointment(
  scope: WriteScope,
  input: NewAppointmentInput,
  clock: Clock,
): Promise<WrittenVisits> {
  const { customer, job, said } = await resolvePartyFor(scope, input);
  const { timeZone } = scope.account;
  const local = { clock, timeZone };
  const first = spanFrom(clock.instantOf(input.starts, 'starts', timeZone), USUAL_MINUTES, input, local);
  const spans = spansOf(first, input, local);
  const told = {
    title: input.title,
    timeZone,
    status: 'scheduled',
    place: input.place ?? null,
    notes: input.notes ?? null,
    people: onceEach(input.people ?? []),
  } as const;
  const ids = await insertAppointments(
    scope,
    spans.map((span) => ({ ...told, ...span, customerId: customer.id, jobId: job?.id ?? null })),
    { sample: false, at: scope.now },
  );
  const appointment = await reload(appointmentById, scope, ids[0] ?? 0);
  const visits = spans.map((span, index) => ({ ...appointment, ...span, id: ids[index] ?? 0 }));
  const summary = tellScheduled(scope, visits, input.repeats?.every ?? null);
  return {
    appointment,
    visits,
    summary,
    warnings: [
      ...(await onOver(scope, appointment, { job: said, said: input.job })),
      ...(await notesOn(scope, visits, shownAt(first.startsAt, timeZone).time)),
    ],
  };
}

async function onOver(
  scope: WriteScope,
  { id, startsAt }: Appointment,
  named: { readonly job: Job | null; readonly said: string | undefined },
): Promise<Message[]> {
  const { day: on } = shownAt(startsAt, scope.account.timeZone);
  return await othersGoOn(scope, { ...named, on, ref: refOf('appointment', id), isExpense: false });
}

function spansOf(first: Span, { repeats }: NewAppointmentInput, local: Local): Span[] {
  if (repeats === undefined) return [first];
  return repeatedSpans(first, { every: repeats.every, until: parseDate(repeats.until, 'repeats.until') }, local);
}

/** In the logs of the visits, of their job and their customer. @returns what the change did */
function tellScheduled(scope: WriteScope, visits: readonly Appointment[], every: Every | null): Message {
  const { timeZone } = scope.account;
  const about = (visit: Appointment) => {
    return { ref: refOf('appointment', visit.id), title: visit.title, span: spanInWords(visit, timeZone) };
  };
  const [first, last] = [visits[0], visits.at(-1)];
  if (first === undefined || last === undefined) throw new Error('no visit was booked');
  const { ref, title, span } = about(first);
  const customer = first.customer.name;
  if (every === null) {
    logVisit(scope, first, says('log.appointment-scheduled', about(first)));
    return says('log.scheduled', { ref, title, customer, when: span });
  }
  for (const visit of visits) {
    const said = says('log.appointment-scheduled', about(visit));
    scope.journal.log({ kind: 'appointment', id: visit.id, entry: 'site', said });
  }
  const facts = { first: ref, last: about(last).ref, count: visits.length, title, every, from: span };
  const until = shownAt(last.startsAt, timeZone).day;
  logForWhom(scope, first, says('log.visits-scheduled', { ...facts, until, customer: null }));
  return says('log.visits-scheduled', { ...facts, until, customer });
}

async function notesOn(scope: WriteScope, visits: readonly Appointment[], time: string | null): Promise<Message[]> {
  const skipped = time === null ? [] : skippedTimes(scope, visits, time);
  return [...pastWarning(scope, visits), ...skipped, ...(await clashes(scope, visits))];
}

export type AppointmentPatch = Times & {
  readonly appointment: string;
  readonly title?: string | undefined;
  readonly place?: string | null | undefined;
  readonly notes?: string | null | undefined;
  readonly people?: readonly string[] | undefined;
  readonly status?: AppointmentStatus | undefined;
  /** It, and all that repeat with it after. */
  readonly rest?: boolean | undefined;
};

export async function updateAppointment(
  scope: WriteScope,
  input: AppointmentPatch,
  clock: Clock,
): Promise<WrittenVisits> {
  const before = await visitMeant(scope, {
    ref: input.appointment,
    becomes: becomesOf(input),
    rest: input.rest === true,
  });
  const local = { clock, timeZone: scope.account.timeZone };
  const span = spanAfter(before, input, local);
  const ref = refOf('appointment', before.id);
  if (isOtherTime(before, span) && before.status === 'cancelled' && (input.status ?? 'cancelled') === 'cancelled') {
    throw refused(says('visit.cancelled', { ref }), 'starts');
  }
  const meant = input.rest === true ? await restOf(scope, before, input) : [before];
  const changes = meant.flatMap((visit) => {
    const own = visit.id === before.id ? span : movedAlong(visit, [before, span], local);
    const after = patched(visit, own, input, local.timeZone);
    return JSON.stringify(after) === JSON.stringify(visit) ? [] : [{ before: visit, after }];
  });
  if (changes.length === 0)
    return { appointment: before, visits: [], warnings: [], summary: says('log.so-already', { ref }) };
  await replaceAppointments(scope, changes);
  const visits = changes.map(({ after }) => ({ ...after, revision: after.revision + 1 }));
  const appointment = visits.find(({ id }) => id === before.id) ?? before;
  const moved = visits.filter((visit, index) => isOtherTime(changes[index]?.before ?? visit, visit));
  const warnings = [
    ...pastWarning(scope, moved),
    ...(input.status === 'done' || moved.length > 0 ? doneAhead(scope, appointment) : []),
    ...(input.starts === undefined ? [] : skippedTimes(scope, moved, shownAt(span.startsAt, local.timeZone).time)),
    ...(await clashes(scope, visits)),
  ];
  return { appointment, visits, warnings, summary: tellChanged(scope, changes, before) };
}

function becomesOf({ starts, status }: AppointmentPatch): 'moved' | 'done' | null {
  if (starts !== undefined || status === 'cancelled') return 'moved';
  return status === 'done' ? 'done' : null;
}

function isOtherTime(one: Span, other: Span): boolean {
  return one.startsAt !== other.startsAt || one.endsAt !== other.endsAt;
}

/** This visit and those that repeat with it after it, which stand, or, to be booked again, are called off. */
async function restOf(scope: WriteScope, visit: Appointment, { status }: AppointmentPatch): Promise<Appointment[]> {
  const ref = refOf('appointment', visit.id);
  if (visit.seriesId === null) throw refused(says('visit.repeats-not', { ref }), 'rest');
  if (status === 'done') throw refused(says('visit.done-one-by-one'), 'status');
  const rest = await visitsOfSeries(scope, {
    seriesId: visit.seriesId,
    from: visit.startsAt,
    status: status === 'scheduled' ? 'cancelled' : 'scheduled',
  });
  if (rest.length === 0) throw refused(says('visit.none-of-the-rest', { ref, status: status ?? null }), 'rest');
  return rest;
}

function patched(visit: Appointment, span: Span, patch: AppointmentPatch, timeZone: string): Appointment {
  const { title, place, notes, status, people } = patch;
  return {
    ...visit,
    ...(isOtherTime(visit, span) ? { ...span, timeZone } : {}),
    ...(title === undefined ? {} : { title }),
    ...(place === undefined ? {} : { place }),
    ...(notes === undefined ? {} : { notes }),
    ...(status === undefined ? {} : { status }),
    ...(people === undefined ? {} : { people: onceEach(people) }),
  };
}

/** In the logs of the visits, of their job and their customer. @returns what the change did */
function tellChanged(scope: WriteScope, changes: readonly VisitChange[], said: Appointment): Message {
  const became = ({ before, after }: VisitChange) => ({
    ref: refOf('appointment', after.id),
    name: after.title,
    changes: differences(before, after, scope.account.timeZone),
  });
  const [first, last] = [changes.find(({ before }) => before.id === said.id) ?? changes[0], changes.at(-1)];
  if (first === undefined || last === undefined) throw new Error('no visit was changed');
  if (first === last) {
    logVisit(scope, first.after, says('log.became', became(first)));
    return says('log.changed', became(first));
  }
  for (const each of changes) {
    const line = says('log.became', became(each));
    scope.journal.log({ kind: 'appointment', id: each.after.id, entry: 'site', said: line });
  }
  const { ref, ...others } = became(first);
  const summary = says('log.visits-changed', {
    ...others,
    first: ref,
    last: refOf('appointment', last.after.id),
    count: changes.length,
  });
  logForWhom(scope, first.after, summary);
  return summary;
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

export type AppointmentListInput = CountingInput & {
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
  const count = await countAppointments(scope, filter);
  const all = filter.realOnly === true ? await countAppointments(scope, { ...filter, realOnly: false }) : count;
  return { ...days, appointments: page, count, samplesLeftOut: all > count, nextCursor };
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
    realOnly: !(await samplesCount(scope, input, input.customer, input.job)),
    crew: scope.crew,
    during: clock.daysIn(scope.account.timeZone, from, to),
  };
}

/** Today and what is to come; where only one end is said, the other lies as far from it. */
function daysOf({ today }: ReadScope, input: AppointmentListInput): { from: CalendarDate; to: CalendarDate } {
  const to = input.to === undefined ? null : parseDate(input.to, 'to');
  const usual = to === null || to >= today ? today : addDays(to, -DAYS_AHEAD);
  const from = input.from === undefined ? usual : parseDate(input.from, 'from');
  checkDays(from, to);
  return { from, to: to ?? addDays(from, DAYS_AHEAD) };
}

function logVisit(scope: WriteScope, appointment: Appointment, said: Message): void {
  scope.journal.log({ kind: 'appointment', id: appointment.id, entry: 'site', said });
  logForWhom(scope, appointment, said);
}

/** Where many visits become the same, the job and the customer are told so once. */
function logForWhom({ journal }: WriteScope, { job, customer }: Appointment, said: Message): void {
  const log = { entry: 'site', said } as const;
  if (job !== null) journal.log({ kind: 'job', id: job.id, ...log });
  journal.log({ kind: 'customer', id: customer.id, ...log });
}
