import { z } from 'zod';
import { done } from '../../views/shapes.ts';
import { updateCustomer } from '../../services/customers/customers.ts';
import { customerCard, CustomerCard } from '../../views/internal/customer.ts';
import { changeOf } from '../../views/internal/format.ts';
import { line, note } from '../../printers/blocks.ts';
import { customerRowText } from '../../printers/customer.ts';
import { didLine } from '../../printers/format.ts';
import { OFFICE, UPDATE } from '../authority.ts';
import { BY_ROWS, defineTool } from '../define-tool.ts';
import { email, name, newCustomer, phone, reference, shortLine, shortText, text } from '../fields.ts';
import { says } from '../../domain/message.ts';
import { warning } from '../../views/message.ts';

/** Of one person. */
const MOST_BESIDE = 20;

export const updateCustomerTool = defineTool({
  name: 'update-customer',
  title: 'Update a customer',
  description:
    "Changes a customer's phone, e-mail, address, notes or pipeline stage (null clears), or what a merge kept beside (the list as it is to be).",
  toolset: 'customers',
  roles: OFFICE,
  costs: 'none',
  annotations: UPDATE,
  input: z.strictObject({
    customer: reference,
    name: name.optional(),
    phone: phone.nullable().optional(),
    email: email.nullable().optional(),
    address: shortText.nullable().optional(),
    notes: text.nullable().optional(),
    stage: newCustomer.stage,
    otherPhones: z.array(phone).max(MOST_BESIDE).optional(),
    otherEmails: z.array(email).max(MOST_BESIDE).optional(),
    otherAddresses: z.array(shortLine).max(MOST_BESIDE).optional(),
  }),
  output: z.strictObject({ ...done, customer: CustomerCard, warnings: z.array(warning) }),
  waits: BY_ROWS,
  writes: async (scope, input) => {
    const { customer, changed, notes } = await updateCustomer(scope, input);
    const out = customerCard(customer, scope.account);
    const { ref, name: called } = out;
    const did =
      changed.length === 0
        ? says('log.so-already', { ref, name: called })
        : says('log.changed-parts', { ref, name: called, changes: changed });
    return { did, change: changeOf(scope), customer: out, warnings: [...notes] };
  },
  text: (output) => [didLine(output), line(customerRowText(output.customer)), ...output.warnings.map(note)],
});
