import { z } from 'zod';
import { line, note } from '../../printers/blocks.ts';
import * as workBlocks from '../../printers/crew-work.ts';
import * as work from '../../views/crew/work.ts';
import { done } from '../../views/shapes.ts';
import { updateJob } from '../../services/jobs/jobs.ts';
import { jobDetails, stillTheQuote, JobDetails, StillTheQuote } from '../../views/internal/job.ts';
import { changeOf } from '../../views/internal/format.ts';
import { didLine } from '../../printers/format.ts';
import { jobDetailsBlocks, stillQuotedBlocks } from '../../printers/job.ts';
import { dueFields } from '../../views/internal/monthly-expense.ts';
import { OFFICE, VOID, CREATE } from '../authority.ts';
import { BY_ROWS, defineTool, forCrew } from '../define-tool.ts';
import { jobNowOf } from '../job-now.ts';
import { jobNowBlocks } from '../../printers/job-now.ts';
import { jobNowFields } from '../../views/internal/job-now.ts';
import { assignees, date, jobStatus, name, reference, shortText, text } from '../fields.ts';
import { says } from '../../domain/message.ts';
import { warning } from '../../views/message.ts';

export const updateJobTool = defineTool({
  name: 'update-job',
  title: 'Update a job',
  description:
    "Changes a job's status (start, complete, cancel), dates, people or details, or adds a note. Completing and cancelling say what is left to bill, unpaid, booked or open. assignees replaces all; [] clears. Jobs are never deleted.",
  toolset: 'jobs',
  roles: OFFICE,
  costs: 'where granted',
  annotations: VOID,
  needsJobs: true,
  feature: 'runJobs',
  input: z.strictObject({
    job: reference,
    name: name.optional(),
    customer: reference.optional().describe('moves it there, with all that is on it'),
    description: text.nullable().optional(),
    address: shortText.nullable().optional(),
    status: jobStatus.optional(),
    startsOn: date.nullable().optional(),
    endsOn: date.nullable().optional(),
    completedOn: date.optional(),
    cancelledOn: date.optional(),
    billingDone: z.boolean().optional().describe('true writes off what is left to bill'),
    assignees: assignees.optional(),
    note: text.optional().describe('no clinical records: appointment times, superbills, invoices and receipts only'),
  }),
  output: z.strictObject({
    ...done,
    job: JobDetails,
    stillTheQuote: StillTheQuote.optional(),
    warnings: z.array(warning),
    ...jobNowFields,
    ...dueFields,
  }),
  adds: ({ note }) => note !== undefined,
  waits: BY_ROWS,
  writes: async (scope, input) => {
    const { job, assignees: people, changed, stillQuoted, notes } = await updateJob(scope, input);
    const out = jobDetails(job, people);
    const { ref, name: called } = out;
    const did =
      changed.length === 0
        ? says('log.so-already', { ref })
        : says('log.became', { ref, name: called, changes: changed });
    const quoted = stillTheQuote(stillQuoted, scope.account);
    return {
      ...{ did, change: changeOf(scope), job: out, warnings: [...notes] },
      ...(await jobNowOf(scope)),
      ...(quoted === null ? {} : { stillTheQuote: quoted }),
    };
  },
  text: (output) => [
    didLine(output),
    ...jobDetailsBlocks(output.job),
    ...jobNowBlocks(output),
    ...output.warnings.map(note),
    ...(output.stillTheQuote === undefined ? [] : stillQuotedBlocks(output.stillTheQuote)),
  ],
  crew: forCrew({
    title: 'Add a note to a job',
    description: 'Adds a note to a job you are on.',
    annotations: CREATE,
    feature: 'runJobs',
    input: z.strictObject({
      job: reference,
      note: text.describe('no clinical records: appointment times, superbills, invoices and receipts only'),
    }),
    output: z.strictObject({ ...done, job: work.CrewJobDetails }),
    adds: () => true,
    writes: async (scope, input) => {
      const { job, assignees } = await updateJob(scope, input);
      const out = work.jobDetails(job, assignees);
      return {
        did: says('log.became', { ref: out.ref, name: out.name, changes: [says('log.note-added')] }),
        change: changeOf(scope),
        job: out,
      };
    },
    text: (output) => [didLine(output), line(workBlocks.jobRowText(output.job))],
  }),
});
