// The sections of a job's or a customer's page: on the page all of a short one and the first rows of a long one; asked
// for by name, page by page.
import { seesCosts } from '../../domain/account.ts';
import type { Appointment } from '../../domain/appointment.ts';
import type { Expense } from '../../domain/cost.ts';
import { invalid } from '../../domain/errors.ts';
import { says } from '../../domain/message.ts';
import type { StoredFile } from '../../domain/file.ts';
import type { InvoiceSummary } from '../../domain/invoice.ts';
import type { Activity } from '../../domain/job.ts';
import { planHas } from '../../domain/plans.ts';
import type { QuoteSummary } from '../../domain/quote.ts';
import type { CustomerSection, JobSection, Section } from '../../domain/sections.ts';
import { fitting, LONGEST_NOTE } from '../../domain/room.ts';
import type { WalkAndTalkSummary } from '../../domain/walk-and-talk.ts';
import {
  appointmentById,
  appointmentsOnPage,
  countAppointments,
  listAppointments,
} from '../../store/books/appointments.ts';
import { countExpenses, expensesOfJob } from '../../store/books/expenses.ts';
import { countFiles, listFiles } from '../../store/books/files.ts';
import { listInvoices, totalInvoices } from '../../store/books/invoices.ts';
import { listJobs, sliceTotals, type ListedJob } from '../../store/books/jobs.ts';
import { countQuotes, listQuotes } from '../../store/books/quotes.ts';
import type { ReadScope } from '../../store/scope.ts';
import { countWalkAndTalks, listWalkAndTalks } from '../../store/books/walk-and-talks.ts';
import { dayNumber, dayOfNumber } from '../shared/days.ts';
import { cutPage, makeCursor, readCursor } from '../shared/paging.ts';
import { visibleFiles, type VisibleBooks } from '../shared/visibility.ts';
import { invoiceState, type InvoiceState } from '../shared/invoice-state.ts';
import { activityOf, countActivity } from '../../store/books/job-log.ts';

/** A section up to this long stands on the page whole; of a longer one the first few. */
const SHOWN_WHOLE = 20;
const SHOWN_OF_LONG = 8;
/** In characters; rows of many words are fewer. */
const ROOM_ON_PAGE = 6000;
/** Crew's page tells what visits and walk & talks say. */
const ROOM_FOR_CREW = 3000;
/** Rows of a section that is asked for on its own. */
const ROWS_PER_PAGE = 50;

/** Where a page ended; as many numbers as the source says. */
type Place = readonly number[];
type Source<T> = {
  rows(limit: number, after: Place | null): Promise<readonly T[]>;
  count(): Promise<number>;
  placeOf(last: T): Place;
  readonly placeLength: number;
  /** What is shown of one text, where it is more than usual. */
  readonly longest?: number;
};
type Party = { readonly jobId: number } | { readonly customerId: number };

/** What of a job's log tells of no paper, no money and no hidden file. */
const OF_WORK = ['created', 'status', 'people', 'details', 'note'] as const;
/** What of it tells of no cost: an undo tells of whatever it took back. */
const WITHOUT_MONEY = [...OF_WORK, 'paper', 'site'] as const;

type Shared = {
  readonly quotes?: Section<QuoteSummary>;
  readonly invoices?: Section<InvoiceState<InvoiceSummary>>;
  readonly files?: Section<StoredFile>;
  readonly appointments?: Section<Appointment>;
  readonly walkAndTalks?: Section<WalkAndTalkSummary>;
};
export type JobSections = Shared & {
  readonly expenses?: Section<Expense>;
  readonly activity?: Section<Activity>;
};
export type CustomerSections = Shared & { readonly jobs?: Section<ListedJob> };
/** One section, and the cursor that leads on in it. */
export type Alone<S> = { readonly sections: S; readonly nextCursor: string | null };
type Asked<S> = { readonly section: S; readonly cursor: string | undefined };

export async function jobSections(scope: VisibleBooks, jobId: number): Promise<JobSections> {
  if (scope.crew !== null)
    return {
      ...(await workSections(scope, { jobId })),
      activity: await onPage(activitiesOf(scope, jobId), ROOM_FOR_CREW),
    };
  return {
    ...(await sharedSections(scope, { jobId })),
    ...(seesCosts(scope.account) ? { expenses: await onPage(expensesOf(scope, jobId)) } : {}),
    activity: await onPage(activitiesOf(scope, jobId)),
  };
}

export async function customerSections(
  scope: VisibleBooks,
  customerId: number,
  { withJobs }: { withJobs: boolean },
): Promise<CustomerSections> {
  const shared = await sharedSections(scope, { customerId });
  return withJobs ? { ...shared, jobs: await onPage(jobsOf(scope, { customerId })) } : shared;
}

async function sharedSections(scope: VisibleBooks, of: Party): Promise<Shared> {
  return {
    quotes: await onPage(quotesOf(scope, of)),
    invoices: await onPage(invoicesOf(scope, of)),
    ...(await workSections(scope, of)),
  };
}

/** All that crew see of it. */
async function workSections(scope: VisibleBooks, of: Party): Promise<Shared> {
  const room = scope.crew === null ? ROOM_ON_PAGE : ROOM_FOR_CREW;
  return {
    files: await onPage(filesOf(scope, of), room),
    appointments: await onPage(appointmentsOf(scope, of).onPage, room),
    walkAndTalks: await onPage(walkAndTalksOf(scope, of), room),
  };
}

export async function jobSection(
  scope: VisibleBooks,
  jobId: number,
  asked: Asked<JobSection>,
): Promise<Alone<JobSections>> {
  const list = `job/${jobId}/${asked.section}`;
  if (asked.section === 'expenses') {
    const { section, nextCursor } = await pageOf(expensesOf(scope, jobId), list, asked.cursor);
    return { sections: { expenses: section }, nextCursor };
  }
  if (asked.section === 'activity') {
    const { section, nextCursor } = await pageOf(activitiesOf(scope, jobId), list, asked.cursor);
    return { sections: { activity: section }, nextCursor };
  }
  return await sharedSection(scope, { jobId }, { ...asked, section: asked.section, list });
}

export async function customerSection(
  scope: VisibleBooks,
  customerId: number,
  asked: Asked<CustomerSection>,
): Promise<Alone<CustomerSections>> {
  const list = `customer/${customerId}/${asked.section}`;
  if (asked.section === 'jobs') {
    const { section, nextCursor } = await pageOf(jobsOf(scope, { customerId }), list, asked.cursor);
    return { sections: { jobs: section }, nextCursor };
  }
  return await sharedSection(scope, { customerId }, { ...asked, section: asked.section, list });
}

async function sharedSection(
  scope: VisibleBooks,
  of: Party,
  { section: name, cursor, list }: Asked<JobSection & CustomerSection> & { readonly list: string },
): Promise<Alone<Shared>> {
  switch (name) {
    case 'quotes': {
      const { section, nextCursor } = await pageOf(quotesOf(scope, of), list, cursor);
      return { sections: { quotes: section }, nextCursor };
    }
    case 'invoices': {
      const { section, nextCursor } = await pageOf(invoicesOf(scope, of), list, cursor);
      return { sections: { invoices: section }, nextCursor };
    }
    case 'files': {
      const { section, nextCursor } = await pageOf(filesOf(scope, of), list, cursor);
      return { sections: { files: section }, nextCursor };
    }
    case 'appointments': {
      const { section, nextCursor } = await pageOf(appointmentsOf(scope, of).alone, list, cursor);
      return { sections: { appointments: section }, nextCursor };
    }
    case 'walk-and-talks': {
      const { section, nextCursor } = await pageOf(walkAndTalksOf(scope, of), list, cursor);
      return { sections: { walkAndTalks: section }, nextCursor };
    }
  }
}

async function onPage<T>(source: Pick<Source<T>, 'rows' | 'count'>, room = ROOM_ON_PAGE): Promise<Section<T>> {
  const rows = await source.rows(SHOWN_WHOLE + 1, null);
  const fits = fitting(rows, room);
  if (rows.length <= SHOWN_WHOLE)
    return { rows: fits < rows.length ? rows.slice(0, Math.min(fits, SHOWN_OF_LONG)) : rows, count: rows.length };
  return { rows: rows.slice(0, Math.min(fits, SHOWN_OF_LONG)), count: await source.count() };
}

type SectionPage<T> = { readonly section: Section<T>; readonly nextCursor: string | null };

/** @param list what the cursor belongs to */
async function pageOf<T>(source: Source<T>, list: string, cursor: string | undefined): Promise<SectionPage<T>> {
  const after = readCursor(list, cursor, source.placeLength);
  const rows = await source.rows(ROWS_PER_PAGE + 1, after?.map((part) => part ?? 0) ?? null);
  const { page, nextCursor } = cutPage(rows, ROWS_PER_PAGE, (last) => makeCursor(list, source.placeOf(last)), {
    longest: source.longest ?? LONGEST_NOTE,
  });
  return { section: { rows: page, count: await source.count() }, nextCursor };
}

/** Lists that run from the newest number down. */
function byId<T extends { readonly id: number }>(
  rows: (page: { limit: number; before: number | null }) => Promise<readonly T[]>,
  count: () => Promise<number>,
): Source<T> {
  return {
    rows: async (limit, after) => await rows({ limit, before: after?.[0] ?? null }),
    count,
    placeOf: ({ id }) => [id],
    placeLength: 1,
  };
}

function quotesOf(scope: ReadScope, of: Party): Source<QuoteSummary> {
  return byId(
    async (page) => await listQuotes(scope, of, page),
    async () => await countQuotes(scope, of),
  );
}

function invoicesOf(scope: ReadScope, of: Party): Source<InvoiceState<InvoiceSummary>> {
  return byId(
    async (page) => (await listInvoices(scope, of, page)).map((invoice) => invoiceState(invoice, scope.today)),
    async () => (await totalInvoices(scope, of, true)).count,
  );
}

function filesOf(scope: VisibleBooks, of: Party): Source<StoredFile> {
  const hasFiles = planHas(scope.account.plan, 'files');
  const inSight = { ...of, ...visibleFiles(scope) };
  return byId(
    async (page) => (hasFiles ? await listFiles(scope, inSight, page) : []),
    async () => (hasFiles ? await countFiles(scope, inSight) : 0),
  );
}

function walkAndTalksOf(scope: ReadScope, of: Party): Source<WalkAndTalkSummary> {
  return byId(
    async (page) => await listWalkAndTalks(scope, of, page),
    async () => await countWalkAndTalks(scope, of),
  );
}

/** On a page what is to come stands first; on its own the section runs in time order. */
function appointmentsOf(scope: ReadScope, of: Party): { onPage: Source<Appointment>; alone: Source<Appointment> } {
  const both = {
    count: async () => await countAppointments(scope, of),
    placeOf: ({ id }: Appointment) => [id],
    placeLength: 1,
  };
  const after = async (place: Place | null) => {
    if (place === null) return null;
    const last = await appointmentById(scope, place[0] ?? 0);
    if (last === null) throw invalid('cursor', says('page.appointment-gone'));
    return { startsAt: last.startsAt, id: last.id };
  };
  return {
    onPage: { ...both, rows: async (limit) => await appointmentsOnPage(scope, of, limit) },
    alone: {
      ...both,
      rows: async (limit, place) => await listAppointments(scope, of, { limit, after: await after(place) }),
    },
  };
}

function jobsOf(scope: ReadScope, of: { readonly customerId: number }): Source<ListedJob> {
  return {
    rows: async (limit, after) =>
      await listJobs(scope, of, {
        sort: 'newest',
        limit,
        after: after === null ? null : { value: null, id: after[0] ?? 0 },
      }),
    count: async () => await countJobs(scope, of.customerId),
    placeOf: ({ job }) => [job.id],
    placeLength: 1,
  };
}

export async function countJobs(scope: ReadScope, customerId: number): Promise<number> {
  return (await sliceTotals(scope, { customerId })).reduce((count, slice) => count + slice.jobs, 0);
}

/** By the day they were spent on, which a cursor holds as a number like 20260310. */
function expensesOf(scope: ReadScope, jobId: number): Source<Expense> {
  return {
    rows: async (limit, after) => {
      const [day = 0, id = 0] = after ?? [];
      return await expensesOfJob(scope, jobId, limit, after === null ? null : { spentOn: dayOfNumber(day), id });
    },
    count: async () => await countExpenses(scope, jobId),
    placeOf: ({ spentOn, id }) => [dayNumber(spentOn), id],
    placeLength: 2,
  };
}

function activitiesOf(scope: VisibleBooks, jobId: number): Source<Activity> {
  const entries = scope.crew !== null ? OF_WORK : seesCosts(scope.account) ? null : WITHOUT_MONEY;
  return {
    rows: async (limit, after) => {
      const [changeNumber = 0, position = 0] = after ?? [];
      return await activityOf(scope, jobId, {
        limit,
        after: after === null ? null : { changeNumber, position },
        entries,
      });
    },
    count: async () => await countActivity(scope, jobId, entries),
    placeOf: ({ changeNumber, position }) => [changeNumber, position],
    placeLength: 2,
    longest: Infinity,
  };
}
