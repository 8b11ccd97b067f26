// A job: its statuses, the people on it, and how far it is billed.
import { plain } from './text.ts';
import type { CalendarDate, Instant } from './dates.ts';
import { invalid } from './errors.ts';
import { says, type Said } from './message.ts';
import type { Price } from './money.ts';
import type { Named } from './named.ts';

/** Any may follow any. */
export const JOB_STATUSES = ['open', 'in_progress', 'completed', 'cancelled'] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

/** Computed, never set. */
export const BILLINGS = ['not_billed', 'part_billed', 'billed'] as const;
export type Billing = (typeof BILLINGS)[number];

/** Where a job stands with its money. Computed, never set. */
export const STANDINGS = ['finished', 'running', 'unsold', 'cancelled'] as const;
export type Standing = (typeof STANDINGS)[number];

/** How lists of jobs are ordered: profit and margin lowest first, with `-` highest first. */
export const JOB_SORTS = ['newest', 'margin', '-margin', 'profit', '-profit'] as const;
export type JobSort = (typeof JOB_SORTS)[number];
/** Those that are done come by the day of it where no other order is asked for, the last first. */
export type JobOrder = JobSort | 'completed';

export const ASSIGNEE_ROLES = ['crew', 'lead', 'sub'] as const;
export type AssigneeRole = (typeof ASSIGNEE_ROLES)[number];
export type Assignee = { readonly name: string; readonly role: AssigneeRole };

/** What of a job decides how far it is billed. */
export type BillingFacts = {
  readonly status: JobStatus;
  /** Before tax, less credit notes. */
  readonly billed: Price;
  readonly hasContract: boolean;
  /** Of what is quoted, beyond what was written off. */
  readonly isAnythingLeft: boolean;
  /** Somebody said that nothing more will be billed. */
  readonly isDone: boolean;
};

export function billingOf({ status, billed, hasContract, isAnythingLeft, isDone }: BillingFacts): Billing {
  const isCancelled = status === 'cancelled';
  // What was added after somebody said that nothing more will be billed is left all the same.
  if (isAnythingLeft && !isCancelled) return billed <= 0 ? 'not_billed' : 'part_billed';
  return billed > 0 || isDone || (hasContract && !isCancelled) ? 'billed' : 'not_billed';
}

/** What of a job decides where it stands. */
export type StandsBy = Pick<BillingFacts, 'status' | 'hasContract' | 'isAnythingLeft' | 'isDone'> & {
  /** An original is accepted, or something is billed. */
  readonly isSold: boolean;
  readonly isOffered: boolean;
  readonly isAnythingSpent: boolean;
  readonly isInvoiced: boolean;
  /** Some contract is billed beyond what it comes to. */
  readonly isAnythingToCredit: boolean;
};

/** The first that fits; what is done and not billed is still running. */
export function standingOf(facts: StandsBy): Standing {
  const { status, isSold, isOffered, isAnythingSpent } = facts;
  if (status === 'cancelled') return 'cancelled';
  if (!isSold && status === 'open' && (isOffered || !isAnythingSpent)) return 'unsold';
  if (facts.isAnythingLeft || facts.isAnythingToCredit) return 'running';
  const isBilled = facts.isInvoiced && (status === 'completed' || facts.hasContract);
  return facts.isDone || isBilled ? 'finished' : 'running';
}

/** Running, though the work is done, with something still to bill. Lists ask the database for these by the same rule. */
export function isDoneNotBilled(job: { status: JobStatus; billing: Billing; standing: Standing }): boolean {
  return job.standing === 'running' && job.status === 'completed' && job.billing !== 'billed';
}

type Ending = { readonly completedOn: CalendarDate | null; readonly cancelledOn: CalendarDate | null };

/**
 * The day of a job's completion or cancellation, whichever it stands at: as given, as before while it stays so, else
 * today. Only the present status counts, so the day of another is forgotten.
 * @throws Problem where a day is given for a status that the job does not have
 */
export function endingOf(
  status: JobStatus,
  given: { readonly [Day in keyof Ending]: CalendarDate | undefined },
  before: (Ending & { readonly status: JobStatus }) | null,
  today: CalendarDate,
): Ending {
  const dayOf = (field: keyof Ending, of: JobStatus) => {
    if (status === of) return given[field] ?? (before?.status === of ? before[field] : today);
    if (given[field] !== undefined)
      throw invalid(field, says('job.day-of-other-status', { of, status: plain(status) }));
    return null;
  };
  return { completedOn: dayOf('completedOn', 'completed'), cancelledOn: dayOf('cancelledOn', 'cancelled') };
}

export type Job = {
  readonly id: number;
  readonly isSample: boolean;
  readonly customer: Named;
  readonly name: string;
  readonly description: string | null;
  readonly address: string | null;
  readonly status: JobStatus;
  readonly startsOn: CalendarDate | null;
  readonly endsOn: CalendarDate | null;
  /** When it got that status; null where it has another. */
  readonly completedOn: CalendarDate | null;
  readonly cancelledOn: CalendarDate | null;
  /** When somebody said that nothing more will be billed. */
  readonly billingDoneOn: CalendarDate | null;
  readonly createdAt: Instant;
};

/** Since when nothing is to come on it: it is done and billed whole, or was called off. Null: it goes on. */
export function overSince(
  { status, completedOn, cancelledOn }: Pick<Job, 'status' | 'completedOn' | 'cancelledOn'>,
  billing: Billing,
): CalendarDate | null {
  if (status === 'cancelled') return cancelledOn;
  return status === 'completed' && billing === 'billed' ? completedOn : null;
}

/** What somebody says of a job itself, and what follows from its status. */
export type JobSaid = Omit<Job, 'id' | 'isSample' | 'customer' | 'billingDoneOn' | 'createdAt'>;

/** One line of a job's log. */
export type Activity = {
  readonly at: Instant;
  readonly entry: string;
  readonly text: Said;
  readonly by: string;
  readonly through: string;
  /** Its place in the log: the change that it was a part of, and where in it. */
  readonly changeNumber: number;
  readonly position: number;
};
