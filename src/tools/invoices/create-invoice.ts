import { z } from 'zod';
import { done } from '../../views/shapes.ts';
import { BILL_KINDS } from '../../domain/invoice.ts';
import { createInvoice, invoiceInShort } from '../../services/invoices/invoices.ts';
import { costsDescribedByInvoice } from '../../services/shared/private-costs.ts';
import { invoicePage, InvoicePage } from '../../views/internal/invoice.ts';
import { changeOf } from '../../views/internal/format.ts';
import { note } from '../../printers/blocks.ts';
import { didLine } from '../../printers/format.ts';
import { OFFICE, VOID } from '../authority.ts';
import { BY_ROWS, defineTool } from '../define-tool.ts';
import { amount, date, flag, forWhom, invoiceLines, reference, text } from '../fields.ts';
import { invoicePageBlocks } from '../../printers/invoice.ts';
import { says } from '../../domain/message.ts';
import { warning } from '../../views/message.ts';

export const createInvoiceTool = defineTool({
  name: 'create-invoice',
  title: 'Make an invoice',
  description:
    'Bills a customer from lines, which count against contracts of the job up to what is left there (kind standard: all extra work), or fromQuote, an accepted contract: percent (deposit, progress), amount before tax, or rest. creditFor: a credit note over lines, an amount before tax, or all. draft: true leaves it unnumbered.',
  toolset: 'invoices',
  roles: OFFICE,
  costs: 'where granted',
  annotations: VOID,
  feature: (input) => (input.job === undefined ? null : 'groupPapers'),
  input: z.strictObject({
    ...forWhom,
    lines: invoiceLines.optional(),
    fromQuote: z
      .strictObject({
        quote: reference,
        percent: amount.optional(),
        amount: amount.optional(),
        rest: flag.optional(),
      })
      .optional(),
    creditFor: reference.optional().describe('INV-1043'),
    amount: amount.optional().describe('with creditFor'),
    all: flag.optional().describe('with creditFor'),
    billAgain: z
      .boolean()
      .optional()
      .describe('with creditFor: true puts it back to what is left to bill, false is a price reduction'),
    kind: z.enum(BILL_KINDS).optional(),
    draft: z.boolean().optional(),
    issuedOn: date.optional(),
    dueOn: date.optional(),
    notes: text.optional().describe('for the customer'),
  }),
  output: z.strictObject({ ...done, invoice: InvoicePage, warnings: z.array(warning) }),
  adds: () => true,
  waits: BY_ROWS,
  writes: async (scope, input) => {
    const { invoice, said = [], notes } = await createInvoice(scope, input);
    const out = invoicePage(invoiceInShort(invoice), scope.account);
    const did = says('log.billed', {
      invoice: out.ref,
      isDraft: out.status === 'draft',
      // Whoever reads of a credit note wants to know of which invoice.
      credits: out.creditFor ?? null,
      customer: out.customer.name,
      total: `${out.total} ${out.currency}`,
      besides: said,
    });
    const described = await costsDescribedByInvoice(scope, invoice);
    return { did, change: changeOf(scope), invoice: out, warnings: [...notes, ...described] };
  },
  text: (output) => [didLine(output), ...invoicePageBlocks(output.invoice), ...output.warnings.map(note)],
});
