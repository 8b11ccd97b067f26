import { z } from 'zod';
import { readPage } from '../../domain/uri.ts';
import { getRecord } from '../../services/records.ts';
import { recordOut } from '../../views/internal/record.ts';
import { defineTool, READ, WITH_RECORDS } from '../define-tool.ts';
import { shortLine } from '../fields.ts';
import { withContent } from '../with-content.ts';

/** The answer's shape, and its text as one piece of JSON, are what ChatGPT asks of a tool of this name. */
export const fetchTool = defineTool({
  name: 'fetch',
  title: 'Open a record',
  description:
    'Any record in full by number (J-12, Q-31/2, F-9, W-3); a file with its content, a walk & talk with its transcript.',
  toolset: WITH_RECORDS,
  annotations: READ,
  input: z.strictObject({ id: shortLine }),
  output: z.strictObject({
    id: z.string(),
    title: z.string(),
    text: z.string(),
    url: z.string(),
    metadata: z.strictObject({
      kind: z.string(),
      fileName: z.string().optional(),
      mimeType: z.string().optional(),
      downloadUrl: z.string().optional(),
    }),
  }),
  reads: async (scope, { id }) => {
    const found = await getRecord(scope, readPage(id, scope.urlOf('job', '')), 'id');
    return { record: recordOut(found, scope), file: found.kind === 'file' ? found.page : null };
  },
  render: async ({ record, file }, _, outside) => await withContent(record, file, outside),
  composed: ['text'],
  text: (output) => JSON.stringify(output),
});
