import { z } from 'zod';
import { INVOICE_STATUSES } from '../../domain/invoice.ts';
import { PAYMENT_STATES } from '../../domain/payment.ts';
import { listInvoices } from '../../services/invoices/invoices.ts';
import { invoiceList, InvoiceList } from '../../views/internal/invoice.ts';
import { invoiceListBlocks } from '../../printers/invoice.ts';
import { OFFICE, READ } from '../authority.ts';
import { defineTool } from '../define-tool.ts';
import { cursor, date, forWhom, includeSamples, limit, reference } from '../fields.ts';

export const listInvoicesTool = defineTool({
  name: 'list-invoices',
  title: 'List invoices',
  description:
    'Invoices (bills): open, paid or overdue, newest first, with totals over all that match; from and to are issue dates.',
  toolset: 'invoices',
  roles: OFFICE,
  costs: 'none',
  annotations: READ,
  input: z.strictObject({
    ...forWhom,
    status: z.enum(INVOICE_STATUSES).optional(),
    payment: z.enum(PAYMENT_STATES).optional(),
    overdue: z.boolean().optional(),
    from: date.optional(),
    to: date.optional(),
    query: reference.optional(),
    includeSamples,
    limit,
    cursor,
  }),
  output: InvoiceList,
  reads: async (scope, input) => invoiceList(await listInvoices(scope, input), scope.account),
  text: invoiceListBlocks,
});
