import { z } from 'zod';
import { LONGEST_BASE64 } from '../../domain/file.ts';
import { refOf } from '../../domain/reference.ts';
import { ownJob } from '../../services/crew.ts';
import { attachFile, receiveFile } from '../../services/files.ts';
import { fileOut, fileText } from '../../views/crew/work.ts';
import { awaiting, changeOf, didText } from '../../views/internal/words.ts';
import { CREATE, defineTool } from '../define-tool.ts';
import { done, name, reference, shortText } from '../fields.ts';
import { fileRow } from './fields.ts';

export const attachFileTool = defineTool({
  name: 'attach-file',
  variant: 'crew',
  title: 'Attach a photo',
  description:
    'Keeps a photo or document (10 MB) on a job you are on, without the place a photo was taken. No clinical records: only superbills, invoices, receipts.',
  toolset: 'site',
  annotations: CREATE,
  needsJobs: true,
  feature: 'files',
  input: z.strictObject({
    job: reference,
    content: z.string().min(1).max(LONGEST_BASE64).optional().describe('base64'),
    name: name.optional(),
    kind: z.enum(['photo', 'document']).optional(),
    caption: shortText.optional(),
  }),
  output: z.strictObject({
    ...done,
    file: fileRow.nullable(),
    locationRemoved: z.boolean(),
    uploadUrl: z.string().optional(),
  }),
  prepare: async ({ content, ...input }, outside) =>
    content === undefined && outside.linkTo !== null && !outside.preview
      ? { uploadUrl: await outside.linkTo('upload', 'attach-file', input) }
      : await receiveFile(outside, { ...input, content }),
  writes: async (scope, { job: spoken, kind, caption }, received) => {
    const job = await ownJob(scope, { spoken, field: 'job', intent: 'write' });
    if ('uploadUrl' in received) return awaiting(received.uploadUrl, `${refOf('job', job.id)} ${job.name}`);
    const { file, did } = await attachFile(scope, { job: refOf('job', job.id), kind, caption }, received);
    const out = fileOut(file, scope.account);
    return { did, change: changeOf(scope), file: out, locationRemoved: received.locationRemoved };
  },
  text: (output) =>
    output.uploadUrl === undefined
      ? [didText(output), ...(output.file === null ? [] : [fileText(output.file)])].join('\n')
      : `${output.did}: ${output.uploadUrl}`,
});
