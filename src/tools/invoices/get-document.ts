import { z } from 'zod';
import { LARGEST_IN_ANSWER } from '../../domain/file.ts';
import { getPaper } from '../../services/documents.ts';
import { onceFrom } from '../../views/internal/words.ts';
import { documentOut, documentText, FORMATS } from '../../views/customer/document.ts';
import { paperView } from '../../views/customer/paper.ts';
import { defineTool, READ } from '../define-tool.ts';
import { customerDocument, reference } from '../fields.ts';

export const getDocumentTool = defineTool({
  name: 'get-document',
  title: 'Get a paper for the customer',
  description: 'A quote or invoice to send to the customer: text, HTML or PDF, no costs.',
  toolset: 'invoices',
  annotations: READ,
  input: z.strictObject({
    document: reference.describe('Q-31, INV-1043, or words with kind'),
    kind: z.enum(['quote', 'invoice']).optional(),
    format: z.enum(FORMATS).optional(),
  }),
  output: z.strictObject({ document: customerDocument }),
  reads: async (scope, input) => paperView(await getPaper(scope, input), scope.account),
  render: async (view, { format = 'text' }, outside) => {
    const pdf = format === 'pdf' ? await outside.inWorker('make PDF', view) : null;
    const link =
      pdf === null ? undefined : await outside.linkTo?.('download', 'get-document', { document: view.ref, format });
    const isLeftOut = link !== undefined && (pdf?.bytes.length ?? 0) > LARGEST_IN_ANSWER;
    const document = documentOut(view, format, pdf, isLeftOut);
    const { fileName, mimeType, pdfBase64 } = document;
    const extras = pdfBase64 === undefined ? [] : [{ kind: 'file' as const, fileName, mimeType, base64: pdfBase64 }];
    return { output: { document: { ...document, ...(link === undefined ? {} : { downloadUrl: link }) } }, extras };
  },
  composed: ['text', 'html', 'pdfBase64'],
  text: ({ document }) =>
    document.downloadUrl === undefined
      ? documentText(document)
      : `${documentText(document)}\n${onceFrom(document.downloadUrl)}`,
});
