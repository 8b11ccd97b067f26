// Jobs: starting and changing them, their page, and the list with totals over everything.
import { cut } from '../../domain/text.ts';
import { stillQuoted, type StillQuoted } from '../../domain/cost.ts';
import { parseDate, type CalendarDate } from '../../domain/dates.ts';
import { invalid, refused } from '../../domain/errors.ts';
import { endingOf, type Assignee, type Job, type JobSaid, type JobStatus } from '../../domain/job.ts';
import type { BilledContract } from '../../domain/left-to-bill.ts';
import type { Price } from '../../domain/money.ts';
import type { PlanRow } from '../../domain/plan-and-actual.ts';
import { leftEntries, type JobFigures } from '../../domain/forecast.ts';
import type { Entry, JobProfit } from '../../domain/profit.ts';
import { planHas } from '../../domain/plans.ts';
import { refOf } from '../../kinds/reference.ts';
import { listQuotes } from '../../store/books/quotes.ts';
import type { JobSection } from '../../domain/sections.ts';
import { meantPerson } from '../../domain/terms.ts';
import {
  assigneesOf,
  assigneesWith,
  jobFigures,
  insertJob,
  jobById,
  jobNow,
  setAssignees,
  updateJob as saveJob,
} from '../../store/books/jobs.ts';
import type { New, Patch } from '../../store/books/fields.ts';
import { memberNames } from '../../store/directory/people.ts';
import type { ReadScope, WriteScope } from '../../store/scope.ts';
import type { ReadContext, WriteContext } from '../context.ts';
import { createCustomer, type NewCustomerInput } from '../customers/customers.ts';
import { ends, endingNotes } from './ending.ts';
import { markBillingDone } from './billing-done.ts';
import { moveJob } from './moving.ts';
import { resolveCustomer, resolveJob, type MeantBy } from '../resolve/resolve.ts';
import { jobSection, jobSections, type JobSections } from '../pages/sections.ts';
import { defined, reload } from '../shared/patch.ts';
import { insertNote } from '../../store/books/job-log.ts';
import { says, type Message } from '../../domain/message.ts';

type Dates = { readonly startsOn?: string | null | undefined; readonly endsOn?: string | null | undefined };

/** What is kept as it is said. A day is read first, and a status has one. */
type AsSaid = Omit<JobSaid, 'status' | 'startsOn' | 'endsOn' | 'completedOn' | 'cancelledOn'>;

export type NewJobInput = New<AsSaid> &
  Dates & {
    readonly customer?: string | undefined;
    readonly newCustomer?: NewCustomerInput | undefined;
    readonly status?: JobStatus | undefined;
    readonly assignees?: readonly Assignee[] | undefined;
    readonly note?: string | undefined;
  };

export async function createJob(scope: WriteScope, input: NewJobInput): Promise<JobStarted> {
  if ((input.customer === undefined) === (input.newCustomer === undefined)) {
    throw invalid('customer', says('job.say-whose'));
  }
  const customer =
    input.newCustomer === undefined
      ? await resolveCustomer(scope, { ref: input.customer ?? '', field: 'customer', intent: 'write' })
      : await createCustomer(scope, input.newCustomer, 'newCustomer.');
  const details = datesChecked({
    ...input,
    status: input.status ?? 'open',
    startsOn: dateOrNull(input.startsOn, 'startsOn'),
    endsOn: dateOrNull(input.endsOn, 'endsOn'),
    ...endingOf(input.status ?? 'open', { completedOn: undefined, cancelledOn: undefined }, null, scope.today),
  });
  const id = await insertJob(scope, { customerId: customer.id, details, sample: false, at: scope.now });
  scope.journal.log({ kind: 'job', id, entry: 'created', said: says('log.job-started', { customer: customer.name }) });
  if (input.assignees !== undefined && input.assignees.length > 0) await assign(scope, id, input.assignees);
  if (input.note !== undefined) await addNote(scope, id, input.note);
  scope.journal.log({
    kind: 'customer',
    id: customer.id,
    entry: 'paper',
    said: says('log.job-of-customer', { ref: refOf('job', id), name: details.name }),
  });
  return {
    job: await reload(jobById, scope, id),
    assignees: input.assignees ?? [],
    notes: await nearlyCalled(scope, input.assignees ?? []),
    soldOnNoJob: input.newCustomer === undefined ? await soldTo(scope, customer.id) : [],
  };
}

export type JobStarted = JobWritten & {
  readonly notes: readonly Message[];
  /** Accepted quotes of its customer on no job: the work may be what this job is for, and is not to be quoted once more. */
  readonly soldOnNoJob: readonly string[];
};

async function soldTo(scope: ReadScope, customerId: number): Promise<string[]> {
  if (!planHas(scope.account.plan, 'groupPapers')) return [];
  const accepted = await listQuotes(scope, { customerId, status: 'accepted' }, { limit: MOST_ACCEPTED, before: null });
  return accepted
    .filter(({ kind, job }) => kind === 'original' && job === null)
    .slice(0, MOST_NAMED)
    .map(({ id }) => refOf('quote', id));
}

const MOST_ACCEPTED = 50;
const MOST_NAMED = 3;

/** A job as a write answers with it. */
export type JobWritten = { readonly job: Job; readonly assignees: readonly Assignee[] };

export type JobPatch = Patch<AsSaid> &
  Dates & {
    readonly job: string;
    readonly status?: JobStatus | undefined;
    readonly completedOn?: string | undefined;
    readonly cancelledOn?: string | undefined;
    readonly billingDone?: boolean | undefined;
    /** Whose it is from now on. */
    readonly customer?: string | undefined;
    readonly assignees?: readonly Assignee[] | undefined;
    readonly note?: string | undefined;
  };

/** @property stillQuoted of a job that this completes: the lines whose cost goes on being the quote's */
export type JobUpdated = JobWritten & {
  readonly changed: readonly Message[];
  readonly stillQuoted: readonly StillQuoted[];
  /** What is left on a job that this completes or cancels. */
  readonly notes: readonly Message[];
};

/** What becomes of a job has not become of it yet; what ends is not called off. */
function jobMeant({ status }: JobPatch): MeantBy<Job> | undefined {
  if (status === undefined) return undefined;
  const isOther = (job: Job) => job.status !== status;
  return ends(status)
    ? { can: (job) => isOther(job) && job.status !== 'cancelled', orElse: isOther }
    : { can: isOther };
}

export async function updateJob(scope: WriteContext, input: JobPatch): Promise<JobUpdated> {
  const before = await resolveJob(scope, { ref: input.job, field: 'job', intent: 'write' }, jobMeant(input));
  const said = defined({
    ...input,
    startsOn: input.startsOn === undefined ? undefined : dateOrNull(input.startsOn, 'startsOn'),
    endsOn: input.endsOn === undefined ? undefined : dateOrNull(input.endsOn, 'endsOn'),
    ...endingAsked(scope, before, input),
  });
  const details = datesChecked({ ...before, ...said });
  const ended = details.status !== before.status && ends(details.status) ? details.status : null;
  const was = ended === null ? null : await scope.jobs.of(before.id);
  const changed: Message[] = [];
  if (await saveJob(scope, before.id, said)) changed.push(...detailsTold(scope, before, details));
  const moved = input.customer === undefined ? null : await moveJob(scope, before, input.customer);
  changed.push(...(moved?.said ?? []));
  if (input.billingDone !== undefined) changed.push(...(await markBillingDone(scope, before, input.billingDone)));
  if (input.assignees !== undefined && (await assign(scope, before.id, input.assignees))) {
    changed.push(says('log.people-now', { people: input.assignees.map(({ name, role }) => ({ name, role })) }));
    changed.push(...(await nearlyCalled(scope, input.assignees)));
  }
  if (input.note !== undefined) {
    await addNote(scope, before.id, input.note);
    changed.push(says('log.note-added'));
  }
  const notes = ended === null || was === null ? [] : await endingNotes(scope, { id: before.id, status: ended }, was);
  // Whoever is asked for a yes to a cancellation reads what it means.
  if (ended === 'cancelled') for (const note of notes) scope.journal.asks(note);
  return {
    job: moved === null ? jobNow(scope, before) : await reload(jobById, scope, before.id),
    assignees: await assigneesWith(scope, before.id),
    changed,
    notes: [...(moved?.notes ?? []), ...notes],
    stillQuoted:
      ended === 'completed' && scope.account.profitHidden === null ? await linesStillQuoted(scope, before.id) : [],
  };
}

/** What of a job became another, as it is told, and put down in its log. */
function detailsTold(scope: WriteScope, before: Job, details: JobSaid): Message[] {
  const changed: Message[] = [];
  for (const field of TOLD) {
    if (details[field] === before[field]) continue;
    // A change of status says it all, but for a day that is not today.
    if ((field === 'completedOn' || field === 'cancelledOn') && [null, scope.today].includes(details[field])) continue;
    const to = details[field];
    changed.push(says('log.job-field', { field, to: to === null ? null : cut(to, 60) }));
  }
  if (changed.length > 0)
    scope.journal.log({
      kind: 'job',
      id: before.id,
      entry: 'details',
      said: says('log.job-details', { changes: [...changed] }),
    });
  if (details.status !== before.status) {
    const step = { from: before.status, to: details.status };
    changed.push(says('log.status-step', step));
    scope.journal.log({ kind: 'job', id: before.id, entry: 'status', said: says('log.job-status', step) });
  }
  return changed;
}

const TOLD = ['name', 'description', 'address', 'startsOn', 'endsOn', 'completedOn', 'cancelledOn'] as const;

async function linesStillQuoted(scope: WriteScope, jobId: number): Promise<StillQuoted[]> {
  return stillQuoted((await scope.jobs.of(jobId)).profit.lines);
}

function endingAsked(scope: ReadScope, before: Job, input: JobPatch) {
  const day = (field: 'completedOn' | 'cancelledOn') =>
    input[field] === undefined ? undefined : parseDate(input[field], field);
  const given = { completedOn: day('completedOn'), cancelledOn: day('cancelledOn') };
  return endingOf(input.status ?? before.status, given, before, scope.today);
}

/** False, and nothing written, where these people were on it already. */
async function assign(scope: WriteScope, jobId: number, people: readonly Assignee[]): Promise<boolean> {
  if (
    JSON.stringify(await assigneesOf(scope, jobId)) === JSON.stringify(people.map(({ name, role }) => ({ name, role })))
  )
    return false;
  await setAssignees(scope, jobId, people);
  const said = says('log.people', { people: people.map(({ name, role }) => ({ name, role })) });
  scope.journal.log({ kind: 'job', id: jobId, entry: 'people', said });
  return true;
}

/** Crew see the jobs that their name is on: one that is nearly somebody's is pointed out. */
async function nearlyCalled(scope: ReadScope, people: readonly Assignee[]): Promise<Message[]> {
  const members = await memberNames(scope, scope.account.id);
  return people.flatMap(({ name }) => {
    const meant = meantPerson(name, members);
    return meant === null ? [] : [says('log.nearly-called', { name, meant })];
  });
}

async function addNote(scope: WriteScope, jobId: number, text: string): Promise<void> {
  scope.journal.log(await insertNote(scope, { jobId, text, sample: false, at: scope.now }));
}

/** All contracts of a job: what they come to by now, price reductions taken off, and what of that is left to bill. */
export type ContractInAll = { readonly worth: Price; readonly left: Price; readonly toCredit: Price };

/** As the forecast has it, with accepted change orders whose own quote is not. */
function contractInAll(
  contracts: readonly BilledContract[],
  { contract, leftToBill: left, toCredit }: JobFigures['forecast'],
): ContractInAll | null {
  if (contracts.length === 0 || contract === null || left === null || toCredit === null) return null;
  return { worth: contract, left, toCredit };
}

export type FullJobPage = {
  readonly job: Job;
  /** Null where one section was asked for. */
  readonly whole: {
    readonly assignees: readonly Assignee[];
    readonly figures: JobFigures;
    readonly plan: readonly PlanRow[];
    readonly contract: ContractInAll | null;
    readonly explanation: (JobProfit & { readonly left: readonly Entry<'price'>[] }) | null;
  } | null;
  readonly sections: JobSections;
  readonly section: JobSection | null;
  readonly nextCursor: string | null;
};

export type JobAsked = {
  readonly job: string;
  readonly explain?: boolean | undefined;
  readonly section?: JobSection | undefined;
  readonly cursor?: string | undefined;
};

/** Without what it cost and made, where that is hidden from the caller. */
export async function getJob(scope: ReadContext, input: JobAsked): Promise<FullJobPage> {
  const { section } = input;
  if (section !== undefined) {
    if (input.explain === true) throw invalid('explain', says('job.goes-with-whole-page'));
    if (section === 'expenses') checkCosts(scope, 'section', 'expenses');
    return { ...(await jobWithSections(scope, input)), whole: null, section };
  }
  const page = await jobWithSections(scope, input);
  const { job } = page;
  if (input.explain === true) checkCosts(scope, 'explain', 'explanation');
  const { contracts, ...figures } = await jobFigures(scope, job.id);
  const records = input.explain === true ? await scope.jobs.of(job.id) : null;
  return {
    ...page,
    whole: {
      ...figures,
      contract: contractInAll(contracts, figures.figures.forecast),
      explanation: records === null ? null : { ...records.profit, left: leftEntries(records.ledger) },
    },
    section: null,
  };
}

/** A job with its sections, as far as the caller sees them, or with the one that was asked for. */
export async function jobWithSections(
  scope: ReadContext,
  { job: ref, section, cursor }: JobAsked,
): Promise<Pick<FullJobPage, 'job' | 'sections' | 'nextCursor'>> {
  const job = await resolveJob(scope, { ref, field: 'job', intent: 'read' });
  if (section !== undefined) return { job, ...(await jobSection(scope, job.id, { section, cursor })) };
  if (cursor !== undefined) throw invalid('cursor', says('page.cursor-without-section'));
  return { job, sections: await jobSections(scope, job.id), nextCursor: null };
}

export function checkCosts({ account }: ReadContext, field: string, what: 'expenses' | 'explanation' | 'order'): void {
  if (account.profitHidden === 'scope') throw refused(says('job.costs-hidden', { what }), field);
}

function dateOrNull(day: string | null | undefined, field: string): CalendarDate | null {
  return day === null || day === undefined ? null : parseDate(day, field);
}

function datesChecked<D extends Pick<JobSaid, 'startsOn' | 'endsOn'>>(details: D): D {
  if (details.startsOn !== null && details.endsOn !== null && details.endsOn < details.startsOn) {
    throw refused(says('job.ends-before-start', { endsOn: details.endsOn, startsOn: details.startsOn }), 'endsOn');
  }
  return details;
}
