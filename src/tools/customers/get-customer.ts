import { z } from 'zod';
import { getCustomer } from '../../services/customers.ts';
import { customerPageOut, customerPageText } from '../../views/internal/customer.ts';
import { defineTool, READ } from '../define-tool.ts';
import { customerCard, invoiceRow, jobCard, quoteRow, reference } from '../fields.ts';

export const getCustomerTool = defineTool({
  name: 'get-customer',
  title: 'Show a customer',
  description: 'One customer with the whole history: contact, stage, jobs newest first, quotes and invoices.',
  toolset: 'customers',
  annotations: READ,
  input: z.strictObject({ customer: reference.describe('number (C-7) or name') }),
  output: z.strictObject({
    customer: z.strictObject({
      ...customerCard.shape,
      jobs: z.array(jobCard).optional(),
      jobCount: z.int().optional(),
      quotes: z.array(quoteRow),
      quoteCount: z.int(),
      invoices: z.array(invoiceRow),
      invoiceCount: z.int(),
      openBalance: z.string(),
      currency: z.string(),
    }),
  }),
  reads: async (scope, input) => customerPageOut(await getCustomer(scope, input), scope.account),
  text: customerPageText,
});
