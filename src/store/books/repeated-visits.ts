// Many visits at once: those that repeat, what is on meanwhile, and changing all of them in a few statements.
import { expressionBuilder, sql } from 'kysely';
import {
  later,
  LONGEST_MINUTES,
  type Appointment,
  type AppointmentStatus,
  type Span,
} from '../../domain/appointment.ts';
import type { Instant } from '../../domain/dates.ts';
import { MOST_VISITS } from '../../domain/repeated-visits.ts';
import type { Database, Tables } from '../database.ts';
import { numbersIn, textRowsIn } from '../engine/json-rows.ts';
import { prepared } from '../engine/prepared.ts';
import type { ReadScope, WriteScope } from '../scope.ts';
import { appointmentsWhere, insertPeople } from './appointments.ts';

const where = expressionBuilder<{ a: Tables['appointments'] }, 'a'>();

/** How many visits that are on meanwhile are looked through. */
const MOST_MEANWHILE = 300;

/** Scheduled ones that take time while any of these spans lasts. */
export async function scheduledDuring(scope: ReadScope, spans: readonly Span[]): Promise<Appointment[]> {
  const rows = spans.map(({ startsAt, endsAt }) => ({
    starts: startsAt,
    ends: endsAt,
    // The only two conditions on when it starts bound the part of the index that is read.
    earliest: later(startsAt, -LONGEST_MINUTES),
  }));
  const given = textRowsIn(scope.db, ['starts', 'ends', 'earliest'], JSON.stringify(rows));
  const meanwhile = sql<boolean>`a.id in (select b.id from (${given}) as given join appointments b
    on b.account_id = ${scope.account.id} and b.starts_at < given.ends and b.starts_at > given.earliest
    and b.ends_at > given.starts and b.status = 'scheduled')`;
  return await appointmentsWhere(scope, [meanwhile], MOST_MEANWHILE);
}

/** In time order. */
export async function appointmentsAmong(scope: ReadScope, ids: readonly number[]): Promise<Appointment[]> {
  if (ids.length === 0) return [];
  const among = sql<boolean>`a.id in (${numbersIn(scope.db, JSON.stringify(ids))})`;
  return await appointmentsWhere(scope, [among], ids.length);
}

/** Those of a series with this status, from this moment on, in time order. */
export async function visitsOfSeries(
  scope: ReadScope,
  { seriesId, from, status }: { seriesId: number; from: Instant; status: AppointmentStatus },
): Promise<Appointment[]> {
  const those = [where('a.series_id', '=', seriesId), where('a.status', '=', status), where('a.starts_at', '>=', from)];
  return await appointmentsWhere(scope, those, MOST_VISITS);
}

export type VisitChange = { readonly before: Appointment; readonly after: Appointment };

/** Makes visits others, and counts the revision of each up. */
export async function replaceAppointments(scope: WriteScope, changes: readonly VisitChange[]): Promise<void> {
  const counted = ({ after }: VisitChange) => ({ ...after, revision: after.revision + 1 });
  await scope.journal.replaceAll(
    'appointments',
    changes.map((each) => ({ before: rowOf(each.before), after: rowOf(counted(each)) })),
  );
  const others = changes.filter(({ before, after }) => JSON.stringify(before.people) !== JSON.stringify(after.people));
  if (others.length === 0) return;
  const ids = JSON.stringify(others.map(({ before }) => before.id));
  await scope.journal.removeAll('appointment_people', [
    ...(await peopleRows(scope.db, { account: scope.account.id, ids })),
  ]);
  await insertPeople(
    scope,
    others.map(({ after }) => after),
  );
}

function rowOf(visit: Appointment) {
  return {
    id: visit.id,
    is_sample: visit.isSample ? (1 as const) : (0 as const),
    customer_id: visit.customer.id,
    job_id: visit.job?.id ?? null,
    title: visit.title,
    starts_at: visit.startsAt,
    ends_at: visit.endsAt,
    time_zone: visit.timeZone,
    status: visit.status,
    place: visit.place,
    notes: visit.notes,
    revision: visit.revision,
    created_at: visit.createdAt,
    series_id: visit.seriesId,
  };
}

const peopleRows = prepared((db: Database, { account, ids }: { readonly account: number; readonly ids: string }) =>
  db
    .selectFrom('appointment_people')
    .select(['appointment_id', 'position', 'name', 'name_key'])
    .where('account_id', '=', account)
    .where(sql<boolean>`appointment_id in (${numbersIn(db, ids)})`)
    .orderBy('appointment_id')
    .orderBy('position'),
);
