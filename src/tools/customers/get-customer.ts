import { z } from 'zod';
import { CUSTOMER_SECTIONS } from '../../domain/sections.ts';
import { getCustomer } from '../../services/customers/customers.ts';
import { sectionsWithFlaws } from '../../services/site/showing.ts';
import { customerPage, CustomerPage } from '../../views/internal/customer.ts';
import { customerPageBlocks } from '../../printers/customer.ts';
import { dueFields } from '../../views/internal/monthly-expense.ts';
import { OFFICE, READ } from '../authority.ts';
import { defineTool } from '../define-tool.ts';
import { cursor, reference } from '../fields.ts';

export const getCustomerTool = defineTool({
  name: 'get-customer',
  title: 'Show a customer',
  description:
    'One customer with contact and whole history: jobs, quotes, invoices, files, also what is filed under no job; section pages one part.',
  toolset: 'customers',
  roles: OFFICE,
  costs: 'where granted',
  annotations: READ,
  input: z.strictObject({
    customer: reference,
    section: z.enum(CUSTOMER_SECTIONS).optional(),
    cursor,
  }),
  output: CustomerPage.extend(dueFields),
  reads: async (scope, input) => ({ page: await getCustomer(scope, input), account: scope.account }),
  render: async ({ page, account }, _, effects) => {
    const sections = await sectionsWithFlaws(effects, page.sections);
    return { output: customerPage({ ...page, sections }, account) };
  },
  text: customerPageBlocks,
});
