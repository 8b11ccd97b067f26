import { z } from 'zod';
import { readPage } from '../../domain/uri.ts';
import { contentOf, getRecord } from '../../services/records.ts';
import { recordOut, withWords } from '../../views/internal/record.ts';
import { defineTool, READ, WITH_RECORDS } from '../define-tool.ts';
import { shortLine } from '../fields.ts';

/** Everything that a reader may take for the end of a line: behind each of them the next line is marked. */
const LINE_ENDS = /\r\n?|[\f\u0085\u2028\u2029]/g;

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
  render: async ({ record, file }, _, outside) => {
    if (file === null) return { output: record };
    const downloadUrl = await outside.linkTo?.('download', 'fetch', { id: record.id });
    const metadata = { ...record.metadata, ...(downloadUrl === undefined ? {} : { downloadUrl }) };
    const content = await contentOf(outside, file);
    if (content.kind === 'text') {
      const text = withWords(record.text, content.text.replace(LINE_ENDS, '\n'));
      return { output: { ...record, metadata, text } };
    }
    const { kind, base64 } = content;
    const extra = { kind, base64, fileName: file.name, mimeType: file.mediaType, uri: record.url };
    return { output: { ...record, metadata }, extras: [extra] };
  },
  text: (output) => JSON.stringify(output),
});
