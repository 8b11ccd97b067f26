import type { JobMessages } from '../../domain/messages/jobs.ts';
import type { Catalogue } from '../catalogue.ts';

export const jobMessages: Catalogue<JobMessages> = {
  'job.day-of-other-status': ({ of, status }) =>
    `goes with status: ${of}, and this job is ${status}. Give that status too, or leave it out.`,
};
