import { z } from 'zod';
import { BILL_KINDS } from '../../domain/invoice.ts';
import { standing, updateInvoice } from '../../services/invoices.ts';
import { invoicePageOut, invoicePageText } from '../../views/internal/invoice.ts';
import { changeOf, didText } from '../../views/internal/words.ts';
import { defineTool, VOID } from '../define-tool.ts';
import { date, done, invoiceLines, invoicePage, reference, shortText, text } from '../fields.ts';

export const updateInvoiceTool = defineTool({
  name: 'update-invoice',
  title: 'Issue, void or edit an invoice',
  description:
    'Issues a draft (status issued), voids an issued invoice (status void with voidReason; its number stays used), edits a draft, or discards one. ' +
    'An issued invoice is frozen: void it and make a new one.',
  toolset: 'invoices',
  annotations: VOID,
  input: z.strictObject({
    invoice: reference.describe('INV-1043 or DRAFT-5'),
    status: z.enum(['issued', 'void']).optional(),
    voidReason: shortText.optional(),
    discard: z.literal(true).optional().describe('throw a draft away'),
    lines: invoiceLines.optional().describe('replaces all lines of a draft'),
    kind: z.enum(BILL_KINDS).optional(),
    issuedOn: date.optional(),
    dueOn: date.optional(),
    notes: text.nullable().optional(),
  }),
  output: z.strictObject({ ...done, invoice: invoicePage.nullable() }),
  writes: async (scope, input) => {
    const { invoice, did } = await updateInvoice(scope, input);
    const out = invoice === null ? null : invoicePageOut(standing(invoice, scope.today), scope.account);
    return { did, change: changeOf(scope), invoice: out };
  },
  text: (output) => `${didText(output)}${output.invoice === null ? '' : `\n${invoicePageText(output.invoice)}`}`,
});
