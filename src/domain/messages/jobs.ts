import type { NoFacts } from '../message.ts';

type OfContract = { readonly job: string; readonly amount: string };

/** What is said of a job that is completed or cancelled; amounts are formatted. */
type EndingMessages = {
  'ending.left-to-bill': OfContract;
  'ending.left-of-offer': { readonly job: string; readonly quotes: readonly string[]; readonly amount: string };
  'ending.never-billed': OfContract;
  'ending.to-credit': { readonly amount: string; readonly isBilled: boolean };
  'ending.unpaid': {
    readonly total: string;
    readonly invoices: readonly {
      readonly ref: string;
      readonly amount: string;
      readonly dueOn: string | null;
      readonly daysLate: number;
    }[];
    readonly count: number;
    readonly isCancelled: boolean;
  };
  'ending.visits': {
    readonly visits: readonly { readonly ref: string; readonly title: string; readonly when: string }[];
    readonly count: number;
  };
  'ending.open': {
    /** An amount is null where a price is not known yet. */
    readonly papers: readonly { readonly ref: string; readonly status: string; readonly amount: string | null }[];
    readonly count: number;
    readonly isOf: { readonly quotes: boolean; readonly drafts: boolean };
  };
  'ending.profit': { readonly before: string; readonly now: string; readonly isCostKnown: boolean };
  'ending.nothing-left': NoFacts;
};

type Called = { readonly ref: string; readonly name: string };
type OverMessages = {
  /** Something new was put on a job that is over, by words that jobs which go on have too. */
  'job.others-go-on': {
    readonly said: string;
    readonly job: Called;
    readonly isCancelled: boolean;
    readonly since: string;
    readonly others: readonly (Called & { readonly customer: string })[];
    readonly more: number;
    readonly put: { readonly ref: string; readonly moves: 'expense' | 'paper' | 'not' };
  };
};

type Unsettled = {
  readonly job: string;
  readonly whose: { readonly ref: string; readonly name: string };
  readonly invoices: readonly { readonly ref: string; readonly amount: string }[];
};

/** What is said of jobs. */
export type JobMessages = EndingMessages &
  OverMessages & {
    /** A day was given that goes with another status; both as people say them. */
    'job.day-of-other-status': { readonly of: string; readonly status: string };
    'job.say-whose': NoFacts;
    'job.sample-and-real': NoFacts;
    /** Bills that keep it from being another customer's. */
    'job.unpaid': Unsettled;
    'job.owed-back': Unsettled;
    'job.goes-with-whole-page': NoFacts;
    'job.ends-before-start': { readonly endsOn: string; readonly startsOn: string };
    'job.costs-hidden': { readonly what: 'expenses' | 'explanation' | 'order' };
  };
