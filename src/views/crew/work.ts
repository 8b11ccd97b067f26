// The work as crew see it: jobs, visits and photos. Nothing here can name a price, a cost, a paper
// or a profit: none of their modules is in reach, and the strict schemas have no place for one. What is made satisfies its
// shape and keeps the types that it was made of, so that an amount among them is seen (test/types).
import { z } from 'zod';
import type { Account } from '../../domain/account.ts';
import { APPOINTMENT_STATUSES, localTime, spanInWords, type Appointment } from '../../domain/appointment.ts';
import { dayAt, wallClock, isInstant } from '../../domain/dates.ts';
import { FILE_KINDS, type StoredFile } from '../../domain/file.ts';
import type { Activity, Assignee, Job } from '../../domain/job.ts';
import { refOf } from '../../kinds/reference.ts';
import { LONGEST_NOTE } from '../../domain/room.ts';
import { CREW_SECTIONS, type CrewSection, type Section } from '../../domain/sections.ts';
import { cut } from '../../domain/text.ts';
import type { WalkAndTalk, WalkAndTalkSummary } from '../../domain/walk-and-talk.ts';
import { byWhom, assignees, done, flaw, jobStatus, NamedRef, sample, textOrNull } from '../shapes.ts';
import { said, shortened, warning } from '../message.ts';

type Zone = Pick<Account, 'timeZone'>;

const onJob = NamedRef.nullable();
const customer = z.strictObject({ name: z.string() });

export const JobRow = z.strictObject({
  ref: z.string(),
  name: z.string(),
  status: jobStatus,
  sample,
  customer,
  profit: z.null(),
  profitHidden: z.literal('role'),
});
export type JobRow = z.output<typeof JobRow>;

function jobRow({ id, isSample, name, status, customer }: Job) {
  return {
    ref: refOf('job', id),
    name,
    status,
    ...(isSample ? { sample: true as const } : {}),
    customer: { name: customer.name },
    profit: null,
    profitHidden: 'role' as const,
  } satisfies JobRow;
}

export const CrewJobList = z.strictObject({ jobs: z.array(JobRow), nextCursor: z.string().optional() });
export type CrewJobList = z.output<typeof CrewJobList>;

export function jobList({ jobs, nextCursor }: { jobs: readonly Job[]; nextCursor: string | null }) {
  return { jobs: jobs.map(jobRow), ...(nextCursor === null ? {} : { nextCursor }) } satisfies CrewJobList;
}

export const CrewJobDetails = z.strictObject({
  ...JobRow.shape,
  description: textOrNull,
  startsOn: textOrNull,
  endsOn: textOrNull,
  assignees,
});
export type CrewJobDetails = z.output<typeof CrewJobDetails>;

export function jobDetails(job: Job, assignees: readonly Assignee[]) {
  return {
    ...jobRow(job),
    description: job.description,
    startsOn: job.startsOn,
    endsOn: job.endsOn,
    assignees: assignees.map(({ name, role }) => ({ name, role })),
  } satisfies CrewJobDetails;
}

export const CrewFileRow = z.strictObject({
  ref: z.string(),
  name: z.string(),
  kind: z.enum(FILE_KINDS),
  mediaType: z.string(),
  size: z.int(),
  caption: textOrNull,
  flaw: flaw.optional(),
  job: onJob,
  addedOn: z.string(),
});
export type CrewFileRow = z.output<typeof CrewFileRow>;

export function fileRow(file: StoredFile, { timeZone }: Zone) {
  return {
    ref: refOf('file', file.id),
    name: file.name,
    kind: file.kind,
    mediaType: file.mediaType,
    size: file.size,
    caption: file.caption,
    ...(file.flaw === undefined ? {} : { flaw: file.flaw }),
    job: file.job === null ? null : { ref: refOf('job', file.job.id), name: file.job.name },
    addedOn: dayAt(file.createdAt, timeZone),
  } satisfies CrewFileRow;
}

export const VisitRow = z.strictObject({
  ref: z.string(),
  title: z.string(),
  customer,
  job: onJob,
  when: z.string(),
  starts: z.string(),
  ends: z.string(),
  status: z.enum(APPOINTMENT_STATUSES),
  people: z.array(z.string()),
  place: textOrNull,
  notes: textOrNull,
});
export type VisitRow = z.output<typeof VisitRow>;
export const VisitWritten = z.strictObject({ ...done, appointment: VisitRow, warnings: z.array(warning) });

export function visitRow(visit: Appointment, { timeZone }: Zone) {
  return {
    ref: refOf('appointment', visit.id),
    title: visit.title,
    customer: { name: visit.customer.name },
    job: visit.job === null ? null : { ref: refOf('job', visit.job.id), name: visit.job.name },
    when: spanInWords(visit, timeZone),
    starts: localTime(visit.startsAt, timeZone),
    ends: localTime(visit.endsAt, timeZone),
    status: visit.status,
    people: [...visit.people],
    place: visit.place,
    notes: visit.notes,
  } satisfies VisitRow;
}

/** Beside others: its notes are cut. */
function visitInRow(visit: Appointment, zone: Zone) {
  const out = visitRow(visit, zone);
  return { ...out, notes: short(out.notes) } satisfies VisitRow;
}

export const VisitList = z.strictObject({
  from: z.string(),
  to: z.string(),
  timeZone: z.string(),
  appointments: z.array(VisitRow),
  count: z.int(),
  nextCursor: z.string().optional(),
});
export type VisitList = z.output<typeof VisitList>;

type Visits = {
  readonly appointments: readonly Appointment[];
  readonly from: string;
  readonly to: string;
  readonly count: number;
  readonly nextCursor: string | null;
};

export function visitList({ appointments, from, to, count, nextCursor }: Visits, zone: Zone) {
  return {
    from,
    to,
    timeZone: zone.timeZone,
    appointments: appointments.map((visit) => visitInRow(visit, zone)),
    count,
    ...(nextCursor === null ? {} : { nextCursor }),
  } satisfies VisitList;
}

function short(text: string | null): string | null {
  return text === null ? null : cut(text, LONGEST_NOTE);
}

const WalkRow = z.strictObject({
  ref: z.string(),
  title: z.string(),
  customer,
  job: onJob,
  heldAt: z.string(),
  summary: textOrNull,
});
export type WalkRow = z.output<typeof WalkRow>;

function walkRow(walk: WalkAndTalkSummary, { timeZone }: Zone) {
  return {
    ref: refOf('walk_and_talk', walk.id),
    title: walk.title,
    customer: { name: walk.customer.name },
    job: walk.job === null ? null : { ref: refOf('job', walk.job.id), name: walk.job.name },
    heldAt: isInstant(walk.heldAt) ? wallClock(walk.heldAt, timeZone) : walk.heldAt,
    summary: walk.summary,
  } satisfies WalkRow;
}

export const WalkDetails = z.strictObject({
  ...WalkRow.shape,
  consent: z.string(),
  findings: z.array(z.string()),
  followUps: z.array(z.string()),
  photos: z.array(CrewFileRow),
  photoCount: z.int().optional(),
  transcriptLength: z.int(),
});
export type WalkDetails = z.output<typeof WalkDetails>;

/** Of many photos the first; all of them stand among the files of the job. */
const MOST_PHOTOS = 10;

export function walkDetails(walk: WalkAndTalk, photos: readonly StoredFile[], zone: Zone) {
  return {
    ...walkRow(walk, zone),
    consent: walk.consent,
    findings: [...walk.findings],
    followUps: [...walk.followUps],
    photos: photos.slice(0, MOST_PHOTOS).map((photo) => fileRow(photo, zone)),
    ...(photos.length > MOST_PHOTOS ? { photoCount: photos.length } : {}),
    transcriptLength: walk.transcript.length,
  } satisfies WalkDetails;
}

type Page = {
  readonly job: Job;
  readonly phone: string | null;
  readonly address: string | null;
  readonly assignees: readonly Assignee[];
  readonly sections: {
    readonly files?: Section<StoredFile>;
    readonly appointments?: Section<Appointment>;
    readonly walkAndTalks?: Section<WalkAndTalkSummary>;
    readonly activity?: Section<Activity>;
  };
  /** The one that was asked for. */
  readonly section: CrewSection | null;
  readonly nextCursor: string | null;
};

export const CrewJobPage = z.strictObject({
  job: z.strictObject({
    ...CrewJobDetails.shape,
    customer: z.strictObject({ name: z.string(), phone: z.string().nullable() }),
    address: z.string().nullable(),
    files: z.array(CrewFileRow),
    appointments: z.array(VisitRow),
    walkAndTalks: z.array(WalkRow),
    activity: z.array(z.strictObject({ at: z.string(), entry: z.string(), text: said, by: z.string() })),
    more: z.array(z.enum(CREW_SECTIONS)),
  }),
  nextCursor: z.string().optional(),
});
export type CrewJobPage = z.output<typeof CrewJobPage>;

/** A job's log has no other place: its section shows notes whole. */
const LONGEST_ENTRY = 10_000;

export function jobPage(page: Page, zone: Zone & { readonly seenBy: string }) {
  const { job, phone, address, section } = page;
  const { files, appointments, walkAndTalks, activity } = page.sections;
  const more = { files, appointments, 'walk-and-talks': walkAndTalks, activity };
  const details = jobDetails(job, page.assignees);
  return {
    job: {
      ...details,
      customer: { name: job.customer.name, phone },
      address,
      files: (files?.rows ?? []).map((file) => fileRow(file, zone)),
      appointments: (appointments?.rows ?? []).map((visit) => visitInRow(visit, zone)),
      walkAndTalks: (walkAndTalks?.rows ?? []).map((walk) => ({
        ...walkRow(walk, zone),
        summary: short(walk.summary),
      })),
      activity: (activity?.rows ?? []).map(({ at, entry, text, by }) => ({
        at: wallClock(at, zone.timeZone),
        entry,
        text: shortened(text, section !== null ? LONGEST_ENTRY : LONGEST_NOTE),
        by: byWhom(by, zone),
      })),
      more: CREW_SECTIONS.filter((name) =>
        section === null ? isCut(more[name]) : section === name && page.nextCursor !== null,
      ),
    },
    ...(page.nextCursor === null ? {} : { nextCursor: page.nextCursor }),
  } satisfies CrewJobPage;
}

function isCut(section: Section<unknown> | undefined): boolean {
  return section !== undefined && section.rows.length < section.count;
}
