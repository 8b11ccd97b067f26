import { z } from 'zod';
import { done } from '../../views/shapes.ts';
import { mergeCustomers } from '../../services/customers/merging.ts';
import { customerCard, CustomerCard } from '../../views/internal/customer.ts';
import { changeOf } from '../../views/internal/format.ts';
import { line, note } from '../../printers/blocks.ts';
import { customerRowText } from '../../printers/customer.ts';
import { didLine } from '../../printers/format.ts';
import { OFFICE, UPDATE } from '../authority.ts';
import { BY_ROWS, defineTool } from '../define-tool.ts';
import { reference } from '../fields.ts';
import { says } from '../../domain/message.ts';
import { warning } from '../../views/message.ts';

export const mergeCustomersTool = defineTool({
  name: 'merge-customers',
  title: 'Merge two customers',
  description:
    'Makes one of two records of the same person: jobs, quotes, invoices, visits and files of duplicate move to keep, which takes over what it lacks (phone, e-mail, address, notes) and is found by what both have. The number of duplicate leads there; what was sent keeps the name on it.',
  toolset: 'customers',
  roles: OFFICE,
  costs: 'none',
  annotations: UPDATE,
  input: z.strictObject({
    keep: reference.describe('C-7'),
    duplicate: reference.describe('C-9'),
  }),
  output: z.strictObject({ ...done, customer: CustomerCard, warnings: z.array(warning) }),
  adds: () => false,
  waits: BY_ROWS,
  writes: async (scope, input) => {
    const { customer, from, notes } = await mergeCustomers(scope, input);
    const out = customerCard(customer, scope.account);
    const did = says('log.merged', { from, into: { ref: out.ref, name: out.name } });
    return { did, change: changeOf(scope), customer: out, warnings: [...notes] };
  },
  text: (output) => [didLine(output), line(customerRowText(output.customer)), ...output.warnings.map(note)],
});
