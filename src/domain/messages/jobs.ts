/** What is said of jobs. */
export type JobMessages = {
  /** A day was given that goes with another status; both as people say them. */
  'job.day-of-other-status': { readonly of: string; readonly status: string };
};
