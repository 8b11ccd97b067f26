import { z } from 'zod';
import { BILL_KINDS } from '../../domain/invoice.ts';
import { createInvoice, standing } from '../../services/invoices.ts';
import { invoicePageOut, invoicePageText } from '../../views/internal/invoice.ts';
import { changeOf, didText } from '../../views/internal/words.ts';
import { CREATE, defineTool } from '../define-tool.ts';
import { date, done, forWhom, invoiceLines, invoicePage, text } from '../fields.ts';

export const createInvoiceTool = defineTool({
  name: 'create-invoice',
  title: 'Make an invoice',
  description:
    'Makes an invoice from lines and issues it at once with the next number; draft: true leaves it unnumbered until update-invoice issues it. ' +
    'Costs have no place on an invoice: they stand on quote lines and expenses.',
  toolset: 'invoices',
  annotations: CREATE,
  feature: (input) => (input.job === undefined ? null : 'groupPapers'),
  input: z.strictObject({
    ...forWhom,
    lines: invoiceLines,
    kind: z.enum(BILL_KINDS).optional(),
    draft: z.boolean().optional(),
    issuedOn: date.optional().describe('YYYY-MM-DD; today if left out'),
    dueOn: date.optional().describe("by the account's terms if left out"),
    notes: text.optional().describe('the customer sees these'),
  }),
  output: z.strictObject({ ...done, invoice: invoicePage }),
  writes: async (scope, input) => {
    const invoice = await createInvoice(scope, input);
    const out = invoicePageOut(standing(invoice, scope.today), scope.account);
    const did = `${out.status === 'draft' ? 'Drafted' : 'Issued'} ${out.ref} for ${out.customer.name}, ${out.total} ${out.currency}`;
    return { did, change: changeOf(scope), invoice: out };
  },
  text: (output) => `${didText(output)}\n${invoicePageText(output.invoice)}`,
});
