// Appointments and who goes to them: queries, and rows as the domain knows them.
import type { Instant } from '../../domain/dates.ts';
import { expressionBuilder, type InferResult, type RawBuilder, sql } from 'kysely';
import type { Crew } from '../../domain/access.ts';
import {
  APPOINTMENT_STATUSES,
  later,
  LONGEST_MINUTES,
  type Appointment,
  type AppointmentStatus,
  type Span,
} from '../../domain/appointment.ts';
import { nameKey } from '../../domain/terms.ts';
import { concernsThem } from './crew.ts';
import type { Database, Tables } from '../database.ts';
import { oneOf } from '../one-of.ts';
import { gathered } from '../engine/gathered.ts';
import { numbersIn } from '../engine/json-rows.ts';
import { matching, prepared, type Conditions } from '../engine/prepared.ts';
import type { ReadScope, WriteScope } from '../scope.ts';

/** Conditions on these tables, by the names that the queries here know them by. */
const where = expressionBuilder<{ a: Tables['appointments'] }, 'a'>();

export type AppointmentFilter = {
  readonly customerId?: number | undefined;
  /** Null: under no job. */
  readonly jobId?: number | null | undefined;
  /** Those that take any time between the two. */
  readonly during?: Span | undefined;
  /** Words of the name of somebody who goes. */
  readonly person?: string | undefined;
  readonly status?: AppointmentStatus | undefined;
  /** Those that these see. */
  readonly crew?: Crew | null;
  /** Without samples. */
  readonly realOnly?: boolean;
};

/** Where the last page ended. */
export type AppointmentPlace = { readonly startsAt: Instant; readonly id: number };

/** In time order, from behind `after`. */
export async function listAppointments(
  scope: ReadScope,
  filter: AppointmentFilter,
  { limit, after }: { limit: number; after: AppointmentPlace | null },
): Promise<Appointment[]> {
  const given = { ...givenOf(scope, filter), startsAt: after?.startsAt, afterId: after?.id, limit };
  return await withPeople(scope, await byStart(scope.db, given, others(filter)));
}

export async function countAppointments({ db, account }: ReadScope, filter: AppointmentFilter): Promise<number> {
  const { count } = await db
    .selectFrom('appointments as a')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where((eb) => eb.and([...conditions(givenOf({ account }, filter)), ...others(filter)]))
    .executeTakeFirstOrThrow();
  return count;
}

/** As a page of a job or a customer shows them: what is to come, soonest first, then what is over, newest first. */
export async function appointmentsOnPage(
  scope: ReadScope,
  filter: AppointmentFilter,
  limit: number,
): Promise<Appointment[]> {
  const given = { ...givenOf(scope, filter), now: scope.now, limit };
  const { toCome, over, people } = await onPage(scope.db, given, others(filter));
  return appointmentsOf([...toCome, ...over].slice(0, limit), people);
}

/** In time order, those that these conditions on `a` leave. */
export async function appointmentsWhere(scope: ReadScope, besides: Conditions, limit: number): Promise<Appointment[]> {
  return await withPeople(scope, await byStart(scope.db, { ...givenOf(scope, {}), limit }, besides));
}

export async function appointmentById(scope: ReadScope, id: number): Promise<Appointment | null> {
  const given = { ...givenOf(scope, {}), id, limit: 1 };
  const [found] = await withPeople(scope, await byStart(scope.db, given));
  return found ?? null;
}

type Given = {
  readonly account: number;
  readonly id?: number;
  readonly customer: number | undefined;
  readonly job: number | undefined;
  readonly status: AppointmentStatus | undefined;
};

function givenOf({ account }: Pick<ReadScope, 'account'>, { customerId, jobId, status }: AppointmentFilter): Given {
  return { account: account.id, customer: customerId, job: jobId ?? undefined, status };
}

function conditions({ account, id, customer, job, status }: Given): Conditions {
  return matching({
    'a.account_id': account,
    'a.id': id,
    'a.customer_id': customer,
    'a.job_id': job,
    'a.status': status,
  });
}

/** What a filter asks for besides. */
function others({ jobId, during, person, realOnly, crew = null }: AppointmentFilter): Conditions {
  return [
    ...(jobId === null ? [where('a.job_id', 'is', null)] : []),
    ...(during === undefined ? [] : overlapping(during)),
    ...(person === undefined ? [] : [goesThere(person)]),
    ...(realOnly === true ? [where('a.is_sample', '=', 0)] : []),
    ...(crew === null ? [] : [concernsThem(crew)]),
  ];
}

/** The first two conditions alone bound the part of the index that is read. */
function overlapping({ startsAt, endsAt }: Span): Conditions {
  return [
    where('a.starts_at', '<', endsAt),
    where('a.starts_at', '>', later(startsAt, -LONGEST_MINUTES)),
    where('a.ends_at', '>', startsAt),
  ];
}

/** Somebody goes whose name has all these words. */
function goesThere(person: string): RawBuilder<boolean> {
  const words = nameKey(person)
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => sql`' ' || p.name_key || ' ' like ${`% ${word} %`}`);
  return sql<boolean>`exists (select 1 from appointment_people p where p.account_id = a.account_id
    and p.appointment_id = a.id and ${sql.join(words.length === 0 ? [sql`1 = 0`] : words, sql` and `)})`;
}

type PageGiven = Given & { readonly limit: number };

const byStart = prepared(
  (
    db,
    given: PageGiven & { readonly startsAt?: Instant | undefined; readonly afterId?: number | undefined },
    besides,
  ) => {
    const { startsAt, afterId } = given;
    const after =
      startsAt === undefined
        ? []
        : [where(where.refTuple('a.starts_at', 'a.id'), '>', where.tuple(startsAt, afterId ?? 0))];
    return page(db, given, [...after, ...besides], 'asc');
  },
);
const onPage = gathered((db, given: PageGiven & { readonly now: Instant }, besides) => {
  const toCome = page(db, given, [where('a.ends_at', '>', given.now), ...besides], 'asc');
  const over = page(db, given, [where('a.ends_at', '<=', given.now), ...besides], 'desc');
  const shown = [toCome, over].map((some) => some.clearSelect().select('a.id').as('shown'));
  const among = sql.join(
    shown.map((some) => sql`p.appointment_id in (select id from ${some})`),
    sql` or `,
  );
  return {
    toCome,
    over,
    people: db
      .selectFrom('appointment_people as p')
      .select(['p.appointment_id', 'p.name'])
      .where('p.account_id', '=', given.account)
      .where(sql<boolean>`(${among})`)
      .orderBy('p.appointment_id')
      .orderBy('p.position'),
  };
});

function page(db: Database, given: PageGiven, besides: Conditions, order: 'asc' | 'desc') {
  return db
    .selectFrom('appointments as a')
    .innerJoin('customers as c', (join) =>
      join.onRef('c.account_id', '=', 'a.account_id').onRef('c.id', '=', 'a.customer_id'),
    )
    .leftJoin('jobs as j', (join) => join.onRef('j.account_id', '=', 'a.account_id').onRef('j.id', '=', 'a.job_id'))
    .select(['a.id', 'a.is_sample', 'a.customer_id', 'c.name as customer', 'a.job_id', 'j.name as job', 'a.title'])
    .select(['a.starts_at', 'a.ends_at', 'a.time_zone', 'a.status', 'a.place', 'a.notes', 'a.revision', 'a.created_at'])
    .select('a.series_id')
    .where((eb) => eb.and([...conditions(given), ...besides]))
    .orderBy('a.starts_at', order)
    .orderBy('a.id', order)
    .limit(given.limit);
}

type Row = InferResult<ReturnType<typeof page>>[number];
type Going = { readonly appointment_id: number; readonly name: string };

async function withPeople({ db, account }: ReadScope, rows: readonly Row[]): Promise<Appointment[]> {
  if (rows.length === 0) return [];
  const ids = JSON.stringify(rows.map(({ id }) => id));
  return appointmentsOf(rows, await peopleOf(db, { account: account.id, ids }));
}

function appointmentsOf(rows: readonly Row[], going: readonly Going[]): Appointment[] {
  const people = Map.groupBy(going, (row) => row.appointment_id);
  return rows.map((row) => ({
    id: row.id,
    isSample: row.is_sample === 1,
    customer: { id: row.customer_id, name: row.customer },
    job: row.job_id === null ? null : { id: row.job_id, name: row.job ?? '' },
    title: row.title,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    timeZone: row.time_zone,
    status: oneOf(APPOINTMENT_STATUSES, row.status),
    place: row.place,
    notes: row.notes,
    people: (people.get(row.id) ?? []).map(({ name }) => name),
    revision: row.revision,
    createdAt: row.created_at,
    seriesId: row.series_id,
  }));
}

const peopleOf = prepared((db, { account, ids }: { readonly account: number; readonly ids: string }) =>
  db
    .selectFrom('appointment_people')
    .select(['appointment_id', 'name'])
    .where('account_id', '=', account)
    .where(sql<boolean>`appointment_id in (${numbersIn(db, ids)})`)
    .orderBy('appointment_id')
    .orderBy('position'),
);

export type NewAppointment = Pick<
  Appointment,
  'title' | 'startsAt' | 'endsAt' | 'timeZone' | 'status' | 'place' | 'notes' | 'people'
> & { readonly customerId: number; readonly jobId: number | null };

export async function insertAppointment(
  scope: WriteScope,
  { appointment, sample, at }: { appointment: NewAppointment; sample: boolean; at: Instant },
): Promise<number> {
  const [id = 0] = await insertAppointments(scope, [appointment], { sample, at });
  return id;
}

/** In this order. Several are visits that repeat, and each knows the first. */
export async function insertAppointments(
  scope: WriteScope,
  appointments: readonly NewAppointment[],
  { sample, at }: { sample: boolean; at: Instant },
): Promise<number[]> {
  const [ids = []] = await scope.journal.take([{ series: 'appointment', many: appointments.length }], { sample });
  const numbered = appointments.map((appointment, index) => ({ ...appointment, id: ids[index] ?? 0 }));
  const first = numbered.length > 1 ? (ids[0] ?? null) : null;
  await scope.journal.insertAll(
    'appointments',
    numbered.map((appointment) => ({
      id: appointment.id,
      is_sample: sample ? 1 : 0,
      customer_id: appointment.customerId,
      job_id: appointment.jobId,
      title: appointment.title,
      starts_at: appointment.startsAt,
      ends_at: appointment.endsAt,
      time_zone: appointment.timeZone,
      status: appointment.status,
      place: appointment.place,
      notes: appointment.notes,
      revision: 0,
      created_at: at,
      series_id: first,
    })),
  );
  await insertPeople(scope, numbered);
  return ids;
}

export type AppointmentUpdate = Partial<NewAppointment>;

/** Sets what the patch names, and counts the revision up. False, and nothing written, where it was so already. */
export async function updateAppointment(scope: WriteScope, id: number, patch: AppointmentUpdate): Promise<boolean> {
  const before = await appointmentById(scope, id);
  if (before === null) throw new Error(`there is no appointment ${id}`);
  const { customerId, jobId, title, startsAt, endsAt, timeZone, status, place, notes, people } = patch;
  const columns = {
    ...(customerId === undefined ? {} : { customer_id: customerId }),
    ...(jobId === undefined ? {} : { job_id: jobId }),
    ...(title === undefined ? {} : { title }),
    ...(startsAt === undefined ? {} : { starts_at: startsAt }),
    ...(endsAt === undefined ? {} : { ends_at: endsAt }),
    ...(timeZone === undefined ? {} : { time_zone: timeZone }),
    ...(status === undefined ? {} : { status }),
    ...(place === undefined ? {} : { place }),
    ...(notes === undefined ? {} : { notes }),
  };
  const otherPeople = people !== undefined && JSON.stringify(people) !== JSON.stringify(before.people);
  const changed = await scope.journal.update('appointments', { id }, columns);
  if (otherPeople) {
    for (const position of before.people.keys())
      await scope.journal.remove('appointment_people', { appointment_id: id, position });
    await insertPeople(scope, [{ id, people }]);
  }
  if (!changed && !otherPeople) return false;
  await scope.journal.update('appointments', { id }, { revision: before.revision + 1 });
  return true;
}

type WhoGoes = Pick<Appointment, 'id' | 'people'>;

export async function insertPeople(scope: WriteScope, visits: readonly WhoGoes[]): Promise<void> {
  await scope.journal.insertAll('appointment_people', visits.flatMap(peopleRows));
}

function peopleRows({ id, people }: WhoGoes) {
  return people.map((name, position) => ({ appointment_id: id, position, name, name_key: nameKey(name) }));
}
