// What crew see and do: the jobs that they are on, without any money. Whatever is not theirs is, to them, not there: it is
// looked for only among what they see, so it is refused in the very words of a number that was never given.
import type { Appointment, AppointmentStatus } from '../../domain/appointment.ts';
import type { Instant } from '../../domain/dates.ts';
import { Problem } from '../../domain/errors.ts';
import { showsCost, type StoredFile } from '../../domain/file.ts';
import type { Activity, Assignee, Job, JobStatus } from '../../domain/job.ts';
import { planHas } from '../../domain/plans.ts';
import type { Kind, Kinds } from '../../kinds/index.ts';
import { parseReference, refOf } from '../../kinds/reference.ts';
import { fitting, LONGEST_NOTE, PAGE_ROOM } from '../../domain/room.ts';
import { kindOf, readAsked, type Place } from '../../kinds/uri.ts';
import { CREW_SECTIONS, type CrewSection } from '../../domain/sections.ts';
import type { WalkAndTalkSummary } from '../../domain/walk-and-talk.ts';
import { appointmentById, listAppointments as loadAppointments } from '../../store/books/appointments.ts';
import { jobsOn } from '../../store/books/crew.ts';
import { customerById } from '../../store/books/customers.ts';
import { listFiles, type FileFilter } from '../../store/books/files.ts';
import { activityOf, assigneesOf } from '../../store/books/jobs.ts';
import type { ReadScope } from '../../store/scope.ts';
import { listWalkAndTalks } from '../../store/books/walk-and-talks.ts';
import type { Crew } from '../context.ts';
import { best, bestCalled, firstCalled, newestFirst, type Called, type Said } from '../resolve/crew-terms.ts';
import { cutPage, DEFAULT_PAGE, makeCursor, readCursor } from '../shared/paging.ts';
import { describeById, describeRecords, noneOrSeveral, type Described } from '../resolve/resolve.ts';

type CrewScope = ReadScope & { readonly crew: Crew | null };
const ON_PAGE = 20;
const PER_PAGE = 50;
/** Of one section beside the others, in characters. */
const ROOM_ON_PAGE = 3000;

export async function crewJobs(
  scope: CrewScope,
  {
    status,
    query,
    ...input
  }: {
    status?: JobStatus | undefined;
    query?: string | undefined;
    limit?: number | undefined;
    cursor?: string | undefined;
  },
): Promise<{ jobs: Job[]; nextCursor: string | null }> {
  const limit = input.limit ?? DEFAULT_PAGE;
  const [before = null] = readCursor('own jobs', input.cursor, 1) ?? [];
  const { names } = crewIn(scope);
  const rows =
    query === undefined
      ? await jobsOn(scope, names, { status, limit: limit + 1, before })
      : await firstCalled(scope, query, jobsByTerms(scope, { status, before }), limit + 1);
  const { page, nextCursor } = cutPage(rows, limit, ({ id }) => makeCursor('own jobs', [id]));
  return { jobs: page, nextCursor };
}

export type CrewJob = {
  readonly job: Job;
  readonly phone: string | null;
  readonly address: string | null;
  readonly assignees: readonly Assignee[];
  readonly files: readonly StoredFile[];
  readonly appointments: readonly Appointment[];
  readonly walkAndTalks: readonly WalkAndTalkSummary[];
  readonly activity: readonly Activity[];
  /** Sections of which there is more than stands on the page. */
  readonly more: readonly CrewSection[];
  readonly nextCursor: string | null;
  /** One section was asked for. */
  readonly alone: boolean;
};

/** The page of a job; or one section of it, from where its last page ended. */
export async function crewJob(
  scope: CrewScope,
  input: { job: string; section?: CrewSection | undefined; cursor?: string | undefined },
): Promise<CrewJob> {
  const job = await ownJob(scope, { ref: input.job, field: 'job', intent: 'read' });
  const { section } = input;
  const limit = section === undefined ? ON_PAGE : PER_PAGE;
  const list = `own job ${job.id} ${section ?? ''}`;
  const place = readCursor(list, input.cursor, 2);
  const rows = async <T>(name: CrewSection, load: (most: number) => Promise<readonly T[]>) =>
    section === undefined || section === name ? await load(limit + 1) : [];
  const [first = 0, second = 0] = place ?? [];
  const before = place === null ? null : first;
  const files = await rows('files', async (most) => await filesOf(scope, ofJob(scope, job), { limit: most, before }));
  const appointments = await rows(
    'appointments',
    async (most) =>
      await loadAppointments(
        scope,
        { jobId: job.id },
        {
          limit: most,
          after: place === null ? null : { startsAt: new Date(first ?? 0).toISOString(), id: second ?? 0 },
        },
      ),
  );
  const walkAndTalks = await rows(
    'walk-and-talks',
    async (most) => await listWalkAndTalks(scope, { jobId: job.id }, { limit: most, before }),
  );
  const activity = await rows(
    'activity',
    async (most) =>
      await activityOf(
        scope,
        job.id,
        most,
        place === null ? null : { changeNumber: first ?? 0, position: second ?? 0 },
        TOLD,
      ),
  );
  const all = { files, appointments, 'walk-and-talks': walkAndTalks, activity };
  // Rows of many words are fewer.
  const room = section === undefined ? ROOM_ON_PAGE : PAGE_ROOM;
  const shown = (name: CrewSection) =>
    Math.min(limit, fitting(all[name], room, section === 'activity' ? Infinity : LONGEST_NOTE));
  const more = CREW_SECTIONS.filter((name) => all[name].length > shown(name));
  const last = {
    files: byId(files[shown('files') - 1]),
    appointments: visitPlace(appointments[shown('appointments') - 1]),
    'walk-and-talks': byId(walkAndTalks[shown('walk-and-talks') - 1]),
    activity: entryPlace(activity[shown('activity') - 1]),
  };
  const customer = await customerById(scope, job.customer.id);
  return {
    ...{ job, phone: customer?.phone ?? null, address: job.address ?? customer?.address ?? null },
    ...{ assignees: await assigneesOf(scope, job.id), files: files.slice(0, shown('files')) },
    ...{ appointments: appointments.slice(0, shown('appointments')) },
    ...{ walkAndTalks: walkAndTalks.slice(0, shown('walk-and-talks')) },
    ...{ activity: activity.slice(0, shown('activity')), more, alone: section !== undefined },
    nextCursor: section !== undefined && more.includes(section) ? makeCursor(list, last[section]) : null,
  };
}

/** What of a job's log tells of no paper, no money and no hidden file. */
const TOLD = ['created', 'status', 'people', 'details', 'note'] as const;

function visitPlace(visit: Appointment | undefined): number[] {
  return [Date.parse(visit?.startsAt ?? ''), visit?.id ?? 0];
}

function entryPlace(entry: Activity | undefined): number[] {
  return [entry?.changeNumber ?? 0, entry?.position ?? 0];
}

function byId(row: { readonly id: number } | undefined): number[] {
  return [row?.id ?? 0, 0];
}

function ofJob(scope: CrewScope, { id }: Job) {
  return { jobId: id, crew: crewIn(scope).names };
}

function crewIn({ crew }: CrewScope): Crew {
  if (crew === null) throw new Error('this is for crew alone');
  return crew;
}

/** One job that the caller is on, by its number or by words. */
export async function ownJob(scope: CrewScope, said: Said): Promise<Job> {
  const id = numberOf(said.ref, 'job');
  const { names } = crewIn(scope);
  if (id !== null) return await theOne('job', await jobsOn(scope, names, { id, limit: 1, before: null }), said, scope);
  return await theOne('job', await best(scope, 'job', said, jobsByTerms(scope)), said, scope);
}

/** One visit that is of their jobs or that they go to. */
export async function ownAppointment(scope: CrewScope, said: Said): Promise<Appointment> {
  const id = numberOf(said.ref, 'appointment');
  if (id !== null) {
    const found = await appointmentById(scope, id, concerning(scope));
    return await theOne('appointment', found === null ? [] : [found], said, scope);
  }
  const rows = await best(scope, 'appointment', said, visitsByTerms(scope, { status: 'scheduled', from: scope.now }));
  return await theOne('appointment', rows, said, scope);
}

/** The plan may have no files. */
async function filesOf(scope: CrewScope, filter: FileFilter, page: { limit: number; before: number | null }) {
  return planHas(scope.account.plan, 'files') ? await listFiles(scope, filter, page) : [];
}

/** Of what hangs on a visit, what is shown to crew. */
export function shownToCrew<F extends Pick<StoredFile, 'kind' | 'expenseId'>>(
  { account }: ReadScope,
  files: readonly F[],
): F[] {
  if (!planHas(account.plan, 'files')) return [];
  return files.filter((file) => file.kind !== 'estimate' && !showsCost(file));
}

export async function ownFile(scope: CrewScope, said: Said): Promise<StoredFile> {
  const id = numberOf(said.ref, 'file');
  if (id === null) return await theOne('file', await best(scope, 'file', said, filesByTerms(scope)), said, scope);
  const rows = await filesOf(scope, crewFilter(scope), { limit: 1, before: id + 1 });
  return await theOne(
    'file',
    rows.filter((row) => row.id === id),
    said,
    scope,
  );
}

export async function ownWalkAndTalk(scope: CrewScope, said: Said): Promise<WalkAndTalkSummary> {
  const id = numberOf(said.ref, 'walk_and_talk');
  if (id === null) {
    const found = await best(scope, 'walk_and_talk', said, walkAndTalksByTerms(scope));
    return await theOne('walk_and_talk', found, said, scope);
  }
  const rows = await listWalkAndTalks(scope, crewFilter(scope), { limit: 1, before: id + 1 });
  return await theOne(
    'walk_and_talk',
    rows.filter((row) => row.id === id),
    said,
    scope,
  );
}

/** What may be looked for among appointments, for lists and for one by its number. */
export function concerning(scope: CrewScope): { readonly crew: Crew } {
  return { crew: crewIn(scope) };
}

function crewFilter(scope: CrewScope): { readonly crew: readonly string[] } {
  return { crew: crewIn(scope).names };
}

/** Null for words. A number of another kind finds nothing among these. */
function numberOf(ref: string, kind: Kind): number | null {
  const asked = readAsked(ref).ref;
  const reference = parseReference(asked, kind);
  if (reference === null) return null;
  return reference.kind === kind && reference.by === 'id' ? reference.value : 0;
}

async function theOne<K extends CrewKind>(
  kind: K,
  found: readonly Rows[K][],
  said: Said,
  scope: ReadScope,
): Promise<Rows[K]> {
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw await noneOrSeveral(scope, kind, said, found);
}

/** The kinds that are declared to be crew's as well. */
type CrewKind = { readonly [K in Kind]: Kinds[K]['crew'] extends null ? never : K }[Kind];
type Rows = { job: Job; appointment: Appointment; file: StoredFile; walk_and_talk: WalkAndTalkSummary };

function jobsByTerms(
  scope: CrewScope,
  { status, before = null }: { status?: JobStatus | undefined; before?: number | null } = {},
): Called<Job> {
  const { names } = crewIn(scope);
  return { load: async (page) => await jobsOn(scope, names, { ...page, status, before }), order: newestFirst };
}

function visitsByTerms(
  scope: CrewScope,
  { status, from }: { status?: AppointmentStatus; from?: Instant },
): Called<Appointment> {
  const after = from === undefined ? null : { startsAt: from, id: 0 };
  return {
    load: async ({ words, limit }) =>
      await loadAppointments(scope, { ...concerning(scope), status, words }, { limit, after }),
    order: (one, other) =>
      one.startsAt === other.startsAt ? one.id - other.id : one.startsAt < other.startsAt ? -1 : 1,
  };
}

function walkAndTalksByTerms(scope: CrewScope): Called<WalkAndTalkSummary> {
  return {
    load: async ({ words, limit }) =>
      await listWalkAndTalks(scope, { ...crewFilter(scope), words }, { limit, before: null }),
    order: newestFirst,
  };
}

function filesByTerms(scope: CrewScope): Called<StoredFile> {
  return {
    load: async ({ words, limit }) => await filesOf(scope, { ...crewFilter(scope), words }, { limit, before: null }),
    order: newestFirst,
  };
}

/** Records that a search shows. */
const SEARCHED = 20;

/** Over everything they see, the best first. */
export async function crewSearch(scope: CrewScope, query: string): Promise<Described[]> {
  const { place, ref } = readAsked(query);
  if (place !== null && kindOf(ref) !== null) {
    try {
      return [await crewRecord(scope, { ref, field: 'query', intent: 'read' })];
    } catch (error) {
      if (error instanceof Problem && error.kind === 'not_found') return [];
      throw error;
    }
  }
  const hits = async <K extends CrewKind>(kind: K, { byWords }: Own<K>) => {
    const found = await bestCalled(scope, ref, byWords(scope), SEARCHED);
    const ids = found.map(({ row }) => row.id);
    const scores = new Map(found.map(({ row, score }) => [row.id, score]));
    return (await describeRecords(scope, kind, ids)).map((record) => ({ record, score: scores.get(record.id) ?? 0 }));
  };
  return [
    ...(await hits('job', OWN.job)),
    ...(await hits('appointment', OWN.appointment)),
    ...(await hits('walk_and_talk', OWN.walk_and_talk)),
    ...(await hits('file', OWN.file)),
  ]
    .toSorted((one, other) => other.score - one.score)
    .slice(0, SEARCHED)
    .map(({ record }) => record);
}

type Own<K extends CrewKind> = {
  readonly find: (scope: CrewScope, said: Said) => Promise<Rows[K]>;
  readonly byWords: (scope: CrewScope) => Called<Rows[K]>;
};
/** How what crew see of each kind is found among what is theirs. */
const OWN: { readonly [K in CrewKind]: Own<K> } = {
  job: { find: ownJob, byWords: jobsByTerms },
  appointment: { find: ownAppointment, byWords: (scope) => visitsByTerms(scope, {}) },
  walk_and_talk: { find: ownWalkAndTalk, byWords: walkAndTalksByTerms },
  file: { find: ownFile, byWords: filesByTerms },
};

/** A record by its number, of whichever kind; a job by words. */
export async function crewRecord(scope: CrewScope, said: Said): Promise<Described & { readonly kind: CrewKind }> {
  const { place, ref } = readAsked(said.ref);
  const kind = place !== null && isOwn(place) ? place : 'job';
  const { id } = await OWN[kind].find(scope, { ...said, ref });
  const found = await describeById(scope, kind, id);
  if (found === null) throw new Error('a record vanished within its own scope');
  return { ...found, kind };
}

function isOwn(place: Place): place is CrewKind {
  return Object.hasOwn(OWN, place);
}

/** Their own numbers, for the use cases that take any. */
export async function ownRefs(scope: CrewScope, files: readonly string[], field: string): Promise<string[]> {
  const found: string[] = [];
  for (const [index, ref] of files.entries())
    found.push(refOf('file', (await ownFile(scope, { ref, field: `${field}[${index}]`, intent: 'write' })).id));
  return found;
}
