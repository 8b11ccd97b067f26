import { z } from 'zod';
import * as workBlocks from '../../printers/crew-work.ts';
import * as work from '../../views/crew/work.ts';
import { done, flaw } from '../../views/shapes.ts';
import { LONGEST_BASE64 } from '../../domain/file.ts';
import { attachFile, placeNamed, takeIn } from '../../services/site/files.ts';
import { changePage, pageAsked } from '../../services/crew/upload-pages.ts';
import { warning } from '../../views/message.ts';
import { fileRow, FileRow } from '../../views/internal/file.ts';
import { awaiting, changeOf, foundInBytes, pageGiven, unfetched } from '../../views/internal/format.ts';
import { fileText } from '../../printers/file.ts';
import { note } from '../../printers/blocks.ts';
import { attached } from '../../printers/format.ts';
import { dueFields } from '../../views/internal/monthly-expense.ts';
import { CREATE, OFFICE } from '../authority.ts';
import { defineTool, forCrew } from '../define-tool.ts';
import { conversationFile, fileKind, forWhom, name, reference, shortText, uploadLink } from '../fields.ts';

const kept = { locationRemoved: z.boolean(), flaw: flaw.optional(), uploadUrl: z.string().optional() };

const again = {
  // The same bytes in the same place are told as such, however and whenever they came.
  adds: () => false,
  // Its address is another each time.
  knownBy: ({ file, ...input }: { file?: z.output<typeof conversationFile> | undefined }) => ({
    ...input,
    file: file?.file_id,
  }),
};

/** A link that is given out calls this very tool. */
const NAME = 'attach-file';

export const attachFileTool = defineTool({
  name: 'attach-file',
  title: 'Attach a file',
  description:
    'Keeps a photo, receipt, signed estimate or document (10 MB) on a job, expense or customer, without the place a photo was taken. No clinical records: only superbills, invoices, receipts.',
  toolset: 'site',
  roles: OFFICE,
  costs: (args) => 'expense' in args,
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
    uploadLink: uploadLink.optional(),
    keepLocation: z.boolean().optional(),
  }),
  output: z.strictObject({
    ...done,
    file: FileRow.nullable(),
    warnings: z.array(warning).optional(),
    ...kept,
    ...dueFields,
  }),
  ...again,
  prepare: async ({ content, path, file, uploadLink: page, ...input }, effects) => {
    if (page === undefined)
      return await takeIn(effects, { ...input, content, path, file }, { tool: NAME, args: input });
    const { name: called, customer, expense } = input;
    // Its page says to whoever sends a photo that where it was taken is removed.
    const keepLocation = input.keepLocation === true ? true : undefined;
    return pageAsked(effects, page, {
      tool: NAME,
      others: { content, path, file, name: called, customer, expense, keepLocation },
    });
  },
  writes: async (scope, input, received) => {
    if ('pages' in received) {
      const { job, kind, caption } = input;
      return pageGiven(received, await changePage(scope, received, { job, kind, caption }));
    }
    if ('uploadUrl' in received) return awaiting(received.uploadUrl, await placeNamed(scope, input));
    if ('unfetched' in received) return unfetched(received.unfetched, await placeNamed(scope, input));
    const { file, summary: did, warnings } = await attachFile(scope, input, received);
    const notes = warnings.length === 0 ? {} : { warnings: [...warnings] };
    return { did, change: changeOf(scope), file: fileRow(file, scope.account), ...notes, ...foundInBytes(received) };
  },
  text: (output) => [
    ...attached(output, output.file === null ? null : fileText(output.file)),
    ...(output.warnings ?? []).map(note),
  ],
  crew: forCrew({
    title: 'Attach a photo',
    description:
      'Keeps a photo or document (10 MB) on a job you are on, without the place a photo was taken. No clinical records: only superbills, invoices, receipts.',
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
      file: work.CrewFileRow.nullable(),
      ...kept,
    }),
    ...again,
    prepare: async ({ content, file, uploadLink: page, ...input }, effects) =>
      page === undefined
        ? await takeIn(effects, { ...input, content, file }, { tool: NAME, args: input })
        : pageAsked(effects, page, { tool: NAME, others: { content, file, name: input.name } }),
    writes: async (scope, { job, kind, caption }, received) => {
      if ('pages' in received) return pageGiven(received, await changePage(scope, received, { job, kind, caption }));
      if ('uploadUrl' in received) return awaiting(received.uploadUrl, await placeNamed(scope, { job }));
      if ('unfetched' in received) return unfetched(received.unfetched, await placeNamed(scope, { job }));
      const { file, summary: did } = await attachFile(scope, { job, kind, caption }, received);
      const out = work.fileRow(file, scope.account);
      return { did, change: changeOf(scope), file: out, ...foundInBytes(received) };
    },
    text: (output) => attached(output, output.file === null ? null : workBlocks.fileText(output.file)),
  }),
});
