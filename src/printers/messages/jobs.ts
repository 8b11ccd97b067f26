import type { JobMessages } from '../../domain/messages/jobs.ts';
import type { Catalogue } from '../catalogue.ts';

const HIDDEN = {
  expenses: 'expenses are',
  explanation: 'the records behind a profit are',
  order: 'what jobs made is',
};

export const jobMessages: Catalogue<JobMessages> = {
  'job.day-of-other-status': ({ of, status }) =>
    `goes with status: ${of}, and this job is ${status}. Give that status too, or leave it out.`,
  'job.say-whose': () => ({
    next: 'say who the job is for: either customer (C-7, or a name) or newCustomer with a name.',
    instead: 'say who the job is for: a customer that you have, or a new one with a name.',
  }),
  'job.goes-with-whole-page': () => 'goes with the whole page. Leave section out.',
  'job.ends-before-start': ({ endsOn, startsOn }) => `${endsOn} is before the job starts on ${startsOn}.`,
  'job.costs-hidden': ({ what }) =>
    `${HIDDEN[what]} hidden: this assistant was not granted costs:read. Sign in again and allow it.`,
};
