import { z } from 'zod';
import { done, flaw } from '../../views/shapes.ts';
import { LONGEST_BASE64 } from '../../domain/file.ts';
import { attachFile, placeNamed, takeIn } from '../../services/site/files.ts';
import { changePage, pageAsked } from '../../services/crew/upload-pages.ts';
import { fileRow, FileRow } from '../../views/crew/work.ts';
import { awaiting, changeOf, foundInBytes, pageGiven, unfetched } from '../../views/internal/format.ts';
import { fileText } from '../../printers/crew-work.ts';
import { attached } from '../../printers/format.ts';
import { CREATE, CREW } from '../authority.ts';
import { defineTool } from '../define-tool.ts';
import { conversationFile, name, reference, shortText, uploadLink } from '../fields.ts';

export const attachFileTool = defineTool({
  name: 'attach-file',
  variant: 'crew',
  title: 'Attach a photo',
  description:
    'Keeps a photo or document (10 MB) on a job you are on, without the place a photo was taken. No clinical records: only superbills, invoices, receipts.',
  toolset: 'site',
  roles: CREW,
  costs: 'none',
  annotations: CREATE,
  filesIn: ['file'],
  needsJobs: true,
  feature: 'files',
  input: z.strictObject({
    job: reference,
    content: z.string().min(1).max(LONGEST_BASE64).optional().describe('base64'),
    file: conversationFile.optional(),
    name: name.optional(),
    kind: z.enum(['photo', 'document']).optional(),
    caption: shortText.optional(),
    uploadLink: uploadLink.optional(),
  }),
  output: z.strictObject({
    ...done,
    file: FileRow.nullable(),
    locationRemoved: z.boolean(),
    flaw: flaw.optional(),
    uploadUrl: z.string().optional(),
  }),
  // The same bytes in the same place are told as such, however and whenever they came.
  adds: () => false,
  // Its address is another each time.
  knownBy: ({ file, ...input }) => ({ ...input, file: file?.file_id }),
  prepare: async ({ content, file, uploadLink: page, ...input }, effects) =>
    page === undefined
      ? await takeIn(effects, { ...input, content, file }, input)
      : pageAsked(effects, page, { content, file, name: input.name }),
  writes: async (scope, { job, kind, caption }, received) => {
    if ('pages' in received) return pageGiven(received, await changePage(scope, received, { job, kind, caption }));
    if ('uploadUrl' in received) return awaiting(received.uploadUrl, await placeNamed(scope, { job }));
    if ('unfetched' in received) return unfetched(received.unfetched, await placeNamed(scope, { job }));
    const { file, summary: did } = await attachFile(scope, { job, kind, caption }, received);
    const out = fileRow(file, scope.account);
    return { did, change: changeOf(scope), file: out, ...foundInBytes(received) };
  },
  text: (output) => attached(output, output.file === null ? null : fileText(output.file)),
});
