import { z } from 'zod';
import { getInvoice } from '../../services/invoices/invoices.ts';
import { invoicePage, InvoicePage } from '../../views/internal/invoice.ts';
import { invoicePageBlocks } from '../../printers/invoice.ts';
import { OFFICE, READ } from '../authority.ts';
import { defineTool } from '../define-tool.ts';
import { cursor, reference } from '../fields.ts';

export const getInvoiceTool = defineTool({
  name: 'get-invoice',
  title: 'Show an invoice',
  description: 'One invoice (bill) with its lines, tax, payments and balance.',
  toolset: 'invoices',
  roles: OFFICE,
  costs: 'none',
  annotations: READ,
  input: z.strictObject({ invoice: reference, cursor }),
  output: z.strictObject({ invoice: InvoicePage, nextCursor: z.string().optional() }),
  reads: async (scope, input) => {
    const page = await getInvoice(scope, input);
    const { nextCursor } = page.excerpt;
    return { invoice: invoicePage(page, scope.account), ...(nextCursor === null ? {} : { nextCursor }) };
  },
  text: (output) => invoicePageBlocks(output.invoice, output.nextCursor),
});
