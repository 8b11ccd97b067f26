// What whoever books or changes visits should look at: those in the past, those done before they began, and who would
// have to be at two places.
import { shareTheirPeople, spanInWords, type Appointment } from '../../domain/appointment.ts';
import { says, type Message } from '../../domain/message.ts';
import { refOf } from '../../kinds/reference.ts';
import { scheduledDuring } from '../../store/books/repeated-visits.ts';
import type { WriteScope } from '../../store/scope.ts';
import { shownAt } from './visit-times.ts';

/** Clashes, and visits at another time than was said, that are named one by one; the rest is counted. */
const MOST_NAMED = 10;

/** Scheduled, and over already. */
export function pastWarning({ account, now }: WriteScope, visits: readonly Appointment[]): Message[] {
  const past = visits.filter(({ status, endsAt }) => status === 'scheduled' && endsAt <= now);
  const [one] = past;
  if (one === undefined) return [];
  if (past.length > 1) return [says('visit.some-in-the-past', { count: past.length })];
  return [says('visit.in-the-past', { span: spanInWords(one, account.timeZone) })];
}

/** Marked done, and still to come. */
export function doneAhead({ account, now }: WriteScope, visit: Appointment): Message[] {
  if (visit.status !== 'done' || visit.startsAt <= now) return [];
  return [
    says('visit.done-ahead', { ref: refOf('appointment', visit.id), span: spanInWords(visit, account.timeZone) }),
  ];
}

/** Visits that begin at another time than was said, which the clock skips on their day. */
export function skippedTimes(
  { account: { timeZone } }: WriteScope,
  visits: readonly Appointment[],
  time: string,
): Message[] {
  return visits
    .filter(({ startsAt }) => shownAt(startsAt, timeZone).time !== time)
    .slice(0, MOST_NAMED)
    .map((visit) =>
      says('visit.time-skipped', { ref: refOf('appointment', visit.id), time, span: spanInWords(visit, timeZone) }),
    );
}

/** The others that the same people have at these times; they are booked nevertheless. */
export async function clashes(scope: WriteScope, visits: readonly Appointment[]): Promise<Message[]> {
  const booked = visits.filter(({ status }) => status === 'scheduled');
  if (booked.length === 0) return [];
  const own = new Set(booked.map(({ id }) => id));
  const clashing = (await scheduledDuring(scope, booked))
    .filter((other) => !own.has(other.id) && booked.some((visit) => clash(visit, other)))
    .map((other) => clashTold(scope, other));
  // Crew are told once that somebody is elsewhere, however often.
  const told = scope.crew === null ? clashing : clashing.slice(0, 1);
  if (told.length <= MOST_NAMED) return told;
  return [...told.slice(0, MOST_NAMED), says('visit.more-clash', { count: told.length - MOST_NAMED })];
}

function clash(one: Appointment, other: Appointment): boolean {
  const meet = one.startsAt < other.endsAt && other.startsAt < one.endsAt;
  return meet && shareTheirPeople(one.people, other.people);
}

/** How another appointment of the same people is told of. Crew do not see every one. */
function clashTold({ account: { timeZone }, crew }: WriteScope, other: Appointment): Message {
  if (crew !== null) return says('visit.somebody-is-elsewhere');
  const { title, isSample, customer, people } = other;
  const span = spanInWords(other, timeZone);
  const ref = refOf('appointment', other.id);
  return says('visit.clashes', { ref, title, isSample, customer: customer.name, span, people });
}
