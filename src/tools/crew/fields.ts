// The pieces of what crew are answered with. There is no money among them, and no paper.
import { z } from 'zod';
import { FILE_KINDS } from '../../domain/file.ts';
import { ROLES } from '../../domain/job.ts';
import { appointmentStatus, done, flaw, jobStatus } from '../fields.ts';

const textOrNull = z.string().nullable();
const onJob = z.strictObject({ ref: z.string(), name: z.string() }).nullable();
const customer = z.strictObject({ name: z.string() });

export const jobRow = z.strictObject({
  ref: z.string(),
  name: z.string(),
  status: jobStatus,
  sample: z.literal(true).optional(),
  customer,
  profit: z.null(),
  profitHidden: z.literal('role'),
});

export const jobDetails = z.strictObject({
  ...jobRow.shape,
  description: textOrNull,
  startsOn: textOrNull,
  endsOn: textOrNull,
  assignees: z.array(z.strictObject({ name: z.string(), role: z.enum(ROLES) })),
});

export const fileRow = z.strictObject({
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

export const visit = z.strictObject({
  ref: z.string(),
  title: z.string(),
  customer,
  job: onJob,
  when: z.string(),
  starts: z.string(),
  ends: z.string(),
  status: appointmentStatus,
  people: z.array(z.string()),
  place: textOrNull,
  notes: textOrNull,
});

export const walkRow = z.strictObject({
  ref: z.string(),
  title: z.string(),
  customer,
  job: onJob,
  heldAt: z.string(),
  summary: textOrNull,
});

export const visitDone = z.strictObject({ ...done, appointment: visit, warnings: z.array(z.string()) });
