import { z } from 'zod';
import { LONGEST_BASE64 } from '../../domain/file.ts';
import { attachFile, placeNamed, takeIn } from '../../services/files.ts';
import { fileOut, fileText } from '../../views/internal/file.ts';
import { attachedText, awaiting, changeOf, unfetched } from '../../views/internal/words.ts';
import { CREATE, defineTool } from '../define-tool.ts';
import { conversationFile, done, fileKind, fileRow, forWhom, name, reference, shortText } from '../fields.ts';

export const attachFileTool = defineTool({
  name: 'attach-file',
  title: 'Attach a file',
  description:
    'Keeps a photo, receipt, signed estimate or document (10 MB) on a job, expense or customer, without the place a photo was taken. No clinical records: only superbills, invoices, receipts.',
  toolset: 'site',
  annotations: CREATE,
  filesIn: ['file'],
  feature: 'files',
  input: z.strictObject({
    ...forWhom,
    expense: reference.optional(),
    content: z.string().min(1).max(LONGEST_BASE64).optional().describe('base64'),
    path: z.string().min(1).max(1000).optional().describe('instead of content'),
    file: conversationFile.optional(),
    name: name.optional(),
    kind: fileKind.optional(),
    caption: shortText.optional(),
    keepLocation: z.boolean().optional(),
  }),
  output: z.strictObject({
    ...done,
    file: fileRow.nullable(),
    locationRemoved: z.boolean(),
    uploadUrl: z.string().optional(),
  }),
  // The same bytes in the same place are told as such, however and whenever they came.
  adds: () => false,
  // Its address is another each time.
  knownBy: ({ file, ...input }) => ({ ...input, file: file?.file_id }),
  prepare: async ({ content, path, file, ...input }, outside) =>
    await takeIn(outside, { ...input, content, path, file }, input),
  writes: async (scope, input, received) => {
    if ('uploadUrl' in received) return awaiting(received.uploadUrl, await placeNamed(scope, input));
    if ('unfetched' in received) return unfetched(received.unfetched, await placeNamed(scope, input));
    const { file, did } = await attachFile(scope, input, received);
    return {
      did,
      change: changeOf(scope),
      file: fileOut(file, scope.account),
      locationRemoved: received.locationRemoved,
    };
  },
  text: (output) => attachedText(output, output.file === null ? null : fileText(output.file)),
});
