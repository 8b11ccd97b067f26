import { z } from 'zod';
import { done } from '../../views/shapes.ts';
import { createCustomer } from '../../services/customers/customers.ts';
import { customerCard, CustomerCard } from '../../views/internal/customer.ts';
import { changeOf } from '../../views/internal/format.ts';
import { line } from '../../printers/blocks.ts';
import { customerRowText } from '../../printers/customer.ts';
import { didLine } from '../../printers/format.ts';
import { CREATE, OFFICE } from '../authority.ts';
import { BY_ROWS, defineTool } from '../define-tool.ts';
import { newCustomer } from '../fields.ts';
import { says } from '../../domain/message.ts';

export const createCustomerTool = defineTool({
  name: 'create-customer',
  title: 'Add a customer',
  description: 'Adds a customer, client or lead. A likely duplicate is named first; evenIfSimilar adds anyway.',
  toolset: 'customers',
  roles: OFFICE,
  costs: 'none',
  annotations: CREATE,
  input: z.strictObject(newCustomer),
  output: z.strictObject({ ...done, customer: CustomerCard }),
  waits: BY_ROWS,
  writes: async (scope, input) => {
    const customer = customerCard(await createCustomer(scope, input), scope.account);
    return {
      did: says('log.customer-added', { ref: customer.ref, name: customer.name }),
      change: changeOf(scope),
      customer,
    };
  },
  text: (output) => [didLine(output), line(customerRowText(output.customer))],
});
