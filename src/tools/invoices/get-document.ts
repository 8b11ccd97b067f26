import { z } from 'zod';
import { LARGEST_IN_ANSWER } from '../../domain/file.ts';
import { getPaper } from '../../services/invoices/documents.ts';
import { partOf } from '../../services/shared/paging.ts';
import { customerDocument, FORMATS, CustomerDocument } from '../../views/customer/document.ts';
import { paperView } from '../../views/customer/paper.ts';
import { next, printed } from '../../printers/blocks.ts';
import { documentText } from '../../printers/customer-document.ts';
import { onceFrom } from '../../printers/format.ts';
import { OFFICE, READ } from '../authority.ts';
import { defineTool } from '../define-tool.ts';
import { anyReference, cursor } from '../fields.ts';
import { paperHtml } from '../../printers/customer-html.ts';
import { paperText } from '../../printers/customer-paper.ts';

export const getDocumentTool = defineTool({
  name: 'get-document',
  title: 'Get a paper for the customer',
  description: 'A quote or invoice to send to the customer: text, HTML or PDF, no costs.',
  toolset: 'invoices',
  roles: OFFICE,
  costs: 'none',
  annotations: READ,
  input: z.strictObject({
    document: anyReference.describe('Q-31, INV-1043, or words with kind'),
    kind: z.enum(['quote', 'invoice']).optional(),
    format: z.enum(FORMATS).optional(),
    cursor,
  }),
  output: z.strictObject({ document: CustomerDocument, nextCursor: z.string().optional() }),
  reads: async (scope, input) => paperView(await getPaper(scope, input), scope.account),
  render: async (view, { format = 'text', cursor: after }, effects) => {
    const { text, nextCursor } = partOf(`paper ${view.ref}`, paperText(view), format === 'text' ? after : undefined);
    const pdf = format === 'pdf' ? await effects.inWorker('make PDF', view) : null;
    const document = customerDocument(view, {
      format,
      text,
      ...(pdf === null ? {} : { unprintable: pdf.unprintable }),
    });
    const link =
      pdf === null ? undefined : await effects.linkTo?.('download', 'get-document', { document: view.ref, format });
    const bytes = pdf?.bytes ?? (format === 'html' ? Buffer.from(await paperHtml(view)) : null);
    const isLeftOut = bytes === null || (link !== undefined && bytes.length > LARGEST_IN_ANSWER);
    const { fileName, mimeType } = document;
    return {
      output: {
        document: { ...document, ...(link === undefined ? {} : { downloadUrl: link }) },
        ...(nextCursor === null ? {} : { nextCursor }),
      },
      extras: isLeftOut
        ? []
        : [{ kind: 'file' as const, fileName, mimeType, base64: Buffer.from(bytes).toString('base64') }],
    };
  },
  text: ({ document, nextCursor }) => [
    printed(documentText(document)),
    ...(nextCursor === undefined ? [] : [next(`The rest of the words: format text with cursor "${nextCursor}".`)]),
    ...(document.downloadUrl === undefined ? [] : [next(onceFrom(document.downloadUrl))]),
  ],
});
