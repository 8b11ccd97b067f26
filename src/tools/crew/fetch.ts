import { z } from 'zod';
import { readPage } from '../../domain/uri.ts';
import { crewPage } from '../../services/crew-page.ts';
import { contentOf } from '../../services/records.ts';
import { recordOut } from '../../views/crew/record.ts';
import { withWords } from '../../views/internal/record.ts';
import { defineTool, READ } from '../define-tool.ts';
import { shortLine } from '../fields.ts';

export const fetchTool = defineTool({
  name: 'fetch',
  variant: 'crew',
  title: 'Open a record',
  description: 'A job you are on, its photo, appointment or walk & talk in full by number (J-12, F-9, A-4, W-3).',
  toolset: ['jobs', 'site'],
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
    const page = await crewPage(scope, { spoken: readPage(id, scope.urlOf('job', '')), field: 'id' });
    return { record: recordOut(page, scope), file: page.kind === 'file' ? page.record : null };
  },
  render: async ({ record, file }, _, outside) => {
    if (file === null) return { output: record };
    const downloadUrl = await outside.linkTo?.('download', 'fetch', { id: record.id });
    const metadata = { ...record.metadata, ...(downloadUrl === undefined ? {} : { downloadUrl }) };
    const content = await contentOf(outside, file);
    if (content.kind === 'text') {
      const text = withWords(record.text, content.text);
      return { output: { ...record, metadata, text } };
    }
    const { kind, base64 } = content;
    const extra = { kind, base64, fileName: file.name, mimeType: file.mediaType, uri: record.url };
    return { output: { ...record, metadata }, extras: [extra] };
  },
  text: (output) => JSON.stringify(output),
});
