import type { NoFacts } from '../message.ts';

/** What is said of jobs. */
export type JobMessages = {
  /** A day was given that goes with another status; both as people say them. */
  'job.day-of-other-status': { readonly of: string; readonly status: string };
  'job.say-whose': NoFacts;
  'job.goes-with-whole-page': NoFacts;
  'job.ends-before-start': { readonly endsOn: string; readonly startsOn: string };
  'job.costs-hidden': { readonly what: 'expenses' | 'explanation' | 'order' };
};
