// What crew see and do: the jobs that they are on, without any money. Whatever is not theirs is, to them, not there: it is
// looked for only among what they see, so it is refused in the very words of a number that was never given.
import type { Appointment } from '../domain/appointment.ts';
import { Problem } from '../domain/errors.ts';
import { showsCost, type StoredFile } from '../domain/file.ts';
import type { Activity, Assignee, Job, JobStatus } from '../domain/job.ts';
import { planHas } from '../domain/plans.ts';
import { parseReference, refOf, type Kind } from '../domain/reference.ts';
import { kindOf, readAsked } from '../domain/uri.ts';
import type { WalkAndTalkSummary } from '../domain/walk-and-talk.ts';
import { isCloseSpelling, nameKey, namingWords, withoutKind, wordsOf } from '../domain/words.ts';
import { appointmentById, listAppointments as loadAppointments } from '../store/appointments.ts';
import { jobsOn } from '../store/crew.ts';
import { customerById } from '../store/customers.ts';
import { listFiles, type FileFilter } from '../store/files.ts';
import { activityOf, assigneesOf } from '../store/jobs.ts';
import type { ReadScope } from '../store/scope.ts';
import { listWalkAndTalks } from '../store/walk-and-talks.ts';
import type { Crew } from './context.ts';
import { cutPage, DEFAULT_PAGE, makeCursor, readCursor } from './paging.ts';
import { describedAs, noneOrSeveral, type Described } from './resolve.ts';

type CrewScope = ReadScope & { readonly crew: Crew | null };
/** A read takes the best match; a write needs one candidate in all, or one full name. */
type Said = { readonly spoken: string; readonly field: string; readonly intent: 'read' | 'write' };

/** Of each kind, the newest so many are looked through for words. */
const LOOKED_THROUGH = 5000;
const ON_PAGE = 20;
const PER_PAGE = 50;

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
  const all = await jobsOn(scope, crewIn(scope).names, {
    status,
    limit: query === undefined ? limit + 1 : LOOKED_THROUGH,
    before,
  });
  const rows = query === undefined ? all : all.filter((job) => fit(job, query) > 0);
  const { page, nextCursor } = cutPage(rows, limit, ({ id }) => makeCursor('own jobs', [id]));
  return { jobs: page, nextCursor };
}

export const CREW_SECTIONS = ['files', 'appointments', 'walk-and-talks', 'activity'] as const;
export type CrewSection = (typeof CREW_SECTIONS)[number];

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
};

/** The page of a job; or one section of it, from where its last page ended. */
export async function crewJob(
  scope: CrewScope,
  input: { job: string; section?: CrewSection | undefined; cursor?: string | undefined },
): Promise<CrewJob> {
  const job = await ownJob(scope, { spoken: input.job, field: 'job', intent: 'read' });
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
  const long = { files, appointments, 'walk-and-talks': walkAndTalks, activity };
  const more = CREW_SECTIONS.filter((name) => long[name].length > limit);
  const last = {
    files: byId(files[limit - 1]),
    appointments: [Date.parse(appointments[limit - 1]?.startsAt ?? ''), appointments[limit - 1]?.id ?? 0],
    'walk-and-talks': byId(walkAndTalks[limit - 1]),
    activity: [activity[limit - 1]?.changeNumber ?? 0, activity[limit - 1]?.position ?? 0],
  };
  const customer = await customerById(scope, job.customer.id);
  return {
    ...{ job, phone: customer?.phone ?? null, address: job.address ?? customer?.address ?? null },
    ...{ assignees: await assigneesOf(scope, job.id), files: files.slice(0, limit) },
    ...{ appointments: appointments.slice(0, limit), walkAndTalks: walkAndTalks.slice(0, limit) },
    ...{ activity: activity.slice(0, limit), more },
    nextCursor: section !== undefined && more.includes(section) ? makeCursor(list, last[section]) : null,
  };
}

/** What of a job's log tells of no paper, no money and no hidden file. */
const TOLD = ['created', 'status', 'people', 'details', 'note'] as const;

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
  const id = numberOf(said.spoken, 'job');
  const rows = await jobsOn(scope, crewIn(scope).names, {
    ...(id === null ? {} : { id }),
    limit: LOOKED_THROUGH,
    before: null,
  });
  return theOne('job', id === null ? best(rows, said, 'job', fit) : rows, said, scope);
}

/** One visit that is of their jobs or that they go to. */
export async function ownAppointment(scope: CrewScope, said: Said): Promise<Appointment> {
  const id = numberOf(said.spoken, 'appointment');
  if (id !== null) {
    const found = await appointmentById(scope, id, concerning(scope));
    return theOne('appointment', found === null ? [] : [found], said, scope);
  }
  const rows = await loadAppointments(
    scope,
    { crew: crewIn(scope), status: 'scheduled' },
    { limit: LOOKED_THROUGH, after: { startsAt: scope.now, id: 0 } },
  );
  return theOne('appointment', best(rows, said, 'appointment', fitOfVisit), said, scope);
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
  const id = numberOf(said.spoken, 'file');
  const rows = await filesOf(scope, crewFilter(scope), {
    limit: id === null ? LOOKED_THROUGH : 1,
    before: id === null ? null : id + 1,
  });
  const found = id === null ? best(rows, said, 'file', fitOfFile) : rows.filter((row) => row.id === id);
  return theOne('file', found, said, scope);
}

export async function ownWalkAndTalk(scope: CrewScope, said: Said): Promise<WalkAndTalkSummary> {
  const id = numberOf(said.spoken, 'walk_and_talk');
  const rows = await listWalkAndTalks(scope, crewFilter(scope), {
    limit: id === null ? LOOKED_THROUGH : 1,
    before: id === null ? null : id + 1,
  });
  const found = id === null ? best(rows, said, 'walk_and_talk', fitOfVisit) : rows.filter((row) => row.id === id);
  return theOne('walk_and_talk', found, said, scope);
}

/** What may be looked for among appointments, for lists and for one by its number. */
export function concerning(scope: CrewScope): { readonly crew: Crew } {
  return { crew: crewIn(scope) };
}

function crewFilter(scope: CrewScope): { readonly crew: readonly string[] } {
  return { crew: crewIn(scope).names };
}

/** Null for words. A number of another kind finds nothing among these. */
function numberOf(spoken: string, kind: Kind): number | null {
  const asked = readAsked(spoken).spoken;
  const reference = parseReference(asked, kind);
  if (reference === null) return null;
  return reference.kind === kind && reference.by === 'id' ? reference.value : 0;
}

function theOne<K extends CrewKind>(kind: K, found: readonly Rows[K][], said: Said, { account }: ReadScope): Rows[K] {
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw noneOrSeveral(kind, said, found, account.timeZone);
}

type CrewKind = 'job' | 'appointment' | 'file' | 'walk_and_talk';
type Rows = { job: Job; appointment: Appointment; file: StoredFile; walk_and_talk: WalkAndTalkSummary };

/** Real records first; samples only where no real record matches at all. */
function best<T extends { readonly isSample: boolean }>(
  rows: readonly T[],
  { spoken, intent }: Said,
  kind: Kind,
  fitOf: (row: T, spoken: string) => number,
): T[] {
  for (const said of [spoken, withoutKind(spoken, kind)])
    for (const isSample of [false, true]) {
      const scored = rows
        .filter((row) => row.isSample === isSample)
        .map((row) => ({ row, score: fitOf(row, said) }))
        .filter(({ score }) => score > 0);
      if (scored.length === 0) continue;
      const most = Math.max(...scored.map(({ score }) => score));
      const top = scored.filter(({ score }) => score === most);
      const isCertain = intent === 'read' || (most === FULL_NAME && top.length === 1);
      return (isCertain ? top : scored).map(({ row }) => row);
    }
  return [];
}

const FULL_NAME = 3;

/** 3: the full name; 2: every word; 1: close spellings of them; 0: no match. */
function fitOfWords(name: string, words: readonly string[], spoken: string): number {
  const wanted = namingWords(spoken);
  if (wanted.length === 0) return 0;
  if (nameKey(name) === nameKey(spoken)) return FULL_NAME;
  if (wanted.every((word) => words.includes(word))) return 2;
  return wanted.every((word) => words.some((known) => known === word || isCloseSpelling(word, known))) ? 1 : 0;
}

function fit({ name, customer, address }: Job, spoken: string): number {
  return fitOfWords(name, wordsOf(`${name} ${customer.name} ${address ?? ''}`), spoken);
}

function fitOfVisit({ title, customer, job }: Pick<Appointment, 'title' | 'customer' | 'job'>, spoken: string): number {
  return fitOfWords(title, wordsOf(`${title} ${customer.name} ${job?.name ?? ''}`), spoken);
}

function fitOfFile({ name, caption, customer, job }: StoredFile, spoken: string): number {
  return fitOfWords(name, wordsOf(`${name} ${caption ?? ''} ${customer.name} ${job?.name ?? ''}`), spoken);
}

/** Over everything they see, the best first. */
export async function crewSearch(scope: CrewScope, query: string): Promise<Described[]> {
  const { place, spoken } = readAsked(query);
  if (place !== null && kindOf(spoken) !== null) {
    try {
      return [(await crewRecord(scope, { spoken, field: 'query', intent: 'read' })).described];
    } catch (error) {
      if (error instanceof Problem && error.code === 'not_found') return [];
      throw error;
    }
  }
  const limit = LOOKED_THROUGH;
  const { timeZone } = scope.account;
  const hits = <K extends CrewKind>(
    kind: K,
    rows: readonly Rows[K][],
    fitOf: (row: Rows[K], spoken: string) => number,
  ) => rows.map((row) => ({ score: fitOf(row, spoken), described: describedAs(kind, row, timeZone) }));
  return [
    ...hits('job', await jobsOn(scope, crewIn(scope).names, { limit, before: null }), fit),
    ...hits('appointment', await loadAppointments(scope, concerning(scope), { limit, after: null }), fitOfVisit),
    ...hits('walk_and_talk', await listWalkAndTalks(scope, crewFilter(scope), { limit, before: null }), fitOfVisit),
    ...hits('file', await filesOf(scope, crewFilter(scope), { limit, before: null }), fitOfFile),
  ]
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score)
    .slice(0, 20)
    .map(({ described }) => described);
}

/** A record by its number, of whichever kind; a job by words. */
export async function crewRecord(
  scope: CrewScope,
  said: Said,
): Promise<{ readonly kind: CrewKind; readonly id: number; readonly described: Described }> {
  const { place, spoken } = readAsked(said.spoken);
  const asked = { ...said, spoken };
  const { timeZone } = scope.account;
  switch (place) {
    case 'appointment': {
      const found = await ownAppointment(scope, asked);
      return { kind: place, id: found.id, described: describedAs(place, found, timeZone) };
    }
    case 'file': {
      const found = await ownFile(scope, asked);
      return { kind: place, id: found.id, described: describedAs(place, found, timeZone) };
    }
    case 'walk_and_talk': {
      const found = await ownWalkAndTalk(scope, asked);
      return { kind: place, id: found.id, described: describedAs(place, found, timeZone) };
    }
    default: {
      const found = await ownJob(scope, asked);
      return { kind: 'job', id: found.id, described: describedAs('job', found, timeZone) };
    }
  }
}

/** Their own numbers, for the use cases that take any. */
export async function ownRefs(scope: CrewScope, files: readonly string[], field: string): Promise<string[]> {
  const found: string[] = [];
  for (const [index, spoken] of files.entries())
    found.push(refOf('file', (await ownFile(scope, { spoken, field: `${field}[${index}]`, intent: 'write' })).id));
  return found;
}
