import { z } from 'zod';
import { getInvoice } from '../../services/invoices.ts';
import { invoicePageOut, invoicePageText } from '../../views/internal/invoice.ts';
import { defineTool, READ } from '../define-tool.ts';
import { invoicePage, reference } from '../fields.ts';

export const getInvoiceTool = defineTool({
  name: 'get-invoice',
  title: 'Show an invoice',
  description: 'One invoice (bill) with its lines, tax, payments and balance.',
  toolset: 'invoices',
  annotations: READ,
  input: z.strictObject({ invoice: reference }),
  output: z.strictObject({ invoice: invoicePage }),
  reads: async (scope, input) => ({ invoice: invoicePageOut(await getInvoice(scope, input), scope.account) }),
  text: (output) => invoicePageText(output.invoice),
});
