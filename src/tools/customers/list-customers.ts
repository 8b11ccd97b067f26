import { z } from 'zod';
import { listCustomers } from '../../services/customers/customers.ts';
import { customerList, CustomerList } from '../../views/internal/customer.ts';
import { customerListBlocks } from '../../printers/customer.ts';
import { OFFICE, READ } from '../authority.ts';
import { defineTool } from '../define-tool.ts';
import { cursor, limit, reference, stage } from '../fields.ts';

export const listCustomersTool = defineTool({
  name: 'list-customers',
  title: 'List customers',
  description: 'Customers, clients and leads, newest first, by words, phone, e-mail or pipeline stage.',
  toolset: 'customers',
  roles: OFFICE,
  costs: 'none',
  annotations: READ,
  input: z.strictObject({ query: reference.optional(), stage: stage.optional(), limit, cursor }),
  output: CustomerList,
  reads: async (scope, input) => customerList(await listCustomers(scope, input), scope.account),
  text: customerListBlocks,
});
