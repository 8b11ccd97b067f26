import { z } from 'zod';
import { listCustomers } from '../../services/customers/customers.ts';
import { CustomerCard, customerInRow } from '../../views/internal/customer.ts';
import { customerRowText } from '../../printers/customer.ts';
import { listBlocks } from '../../printers/format.ts';
import { paged, placeOf } from '../../views/shapes.ts';
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
  output: z.strictObject({ customers: z.array(CustomerCard), ...paged }),
  reads: async (scope, input) => {
    const { page, ...place } = await listCustomers(scope, input);
    return { customers: page.map((each) => customerInRow(each, scope.account)), ...placeOf(place) };
  },
  text: ({ customers, ...place }) => listBlocks('customer', customers.map(customerRowText), place),
});
