import { z } from 'zod';
import { done } from '../../views/shapes.ts';
import { BILL_KINDS } from '../../domain/invoice.ts';
import { createInvoice, invoiceInShort } from '../../services/invoices/invoices.ts';
import { costsDescribedByInvoice } from '../../services/shared/private-costs.ts';
import { billRestOf, type RestInput } from '../../services/invoices/rest-of-jobs.ts';
import type { WriteContext } from '../../services/context.ts';
import { invoicePage, InvoicePage, invoiceRow, InvoiceRow } from '../../views/internal/invoice.ts';
import { changeOf } from '../../views/internal/format.ts';
import { note, row } from '../../printers/blocks.ts';
import { didLine } from '../../printers/format.ts';
import { dueFields } from '../../views/internal/monthly-expense.ts';
import { OFFICE, VOID } from '../authority.ts';
import { BY_ROWS, defineTool } from '../define-tool.ts';
import { billedNowOf } from '../job-now.ts';
import { notMailedBlocks } from '../../printers/not-mailed.ts';
import { notMailed, notMailedFields } from '../../views/internal/not-mailed.ts';
import { jobNowBlocks } from '../../printers/job-now.ts';
import { billedNowFields } from '../../views/internal/job-now.ts';
import { amount, date, flag, forWhom, invoiceLines, reference, text } from '../fields.ts';
import { invoiceInListText, invoicePageBlocks } from '../../printers/invoice.ts';
import { says, type Message } from '../../domain/message.ts';
import { warning } from '../../views/message.ts';

const MOST_JOBS = 50;

export const createInvoiceTool = defineTool({
  name: 'create-invoice',
  title: 'Make an invoice',
  description:
    'Bills a customer from lines, which count against contracts of the job up to what is left there (kind standard: all extra work), or fromQuote, an accepted contract: percent (deposit, progress), amount before tax, or rest. restOf bills all that is left on several jobs at once. creditFor: a credit note over lines, an amount before tax, or all. draft: true leaves it unnumbered.',
  toolset: 'invoices',
  roles: OFFICE,
  costs: 'where granted',
  annotations: VOID,
  feature: ({ job, restOf }) => (job === undefined && restOf === undefined ? null : 'groupPapers'),
  input: z.strictObject({
    ...forWhom,
    lines: invoiceLines.optional(),
    fromQuote: z
      .strictObject({
        quote: reference.optional().describe('left out: the contract of job'),
        percent: amount.optional(),
        amount: amount.optional(),
        rest: flag.optional(),
      })
      // So that one which says nothing is as if left out.
      .refine((share) => Object.keys(share).length > 0)
      .optional(),
    restOf: z.array(reference).min(1).max(MOST_JOBS).optional().describe('["J-3", "J-7"]'),
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
  // With restOf the first of several, which all stand in invoices.
  output: z.strictObject({
    ...done,
    invoice: InvoicePage,
    invoices: z.array(InvoiceRow).optional(),
    warnings: z.array(warning),
    ...notMailedFields,
    ...billedNowFields,
    ...dueFields,
  }),
  adds: () => true,
  waits: BY_ROWS,
  writes: async (scope, input) => {
    if (input.restOf !== undefined) return await billedRest(scope, { ...input, restOf: input.restOf });
    const { invoice, said = [], notes, issuedTo } = await createInvoice(scope, input);
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
    const now = await billedNowOf(scope);
    const warnings = [...notes, ...described];
    return { did, change: changeOf(scope), invoice: out, warnings, ...notMailed(issuedTo), ...now };
  },
  text: (output) => [
    didLine(output),
    ...(output.invoices === undefined
      ? invoicePageBlocks(output.invoice)
      : output.invoices.map((each) => row(invoiceInListText(each)))),
    ...notMailedBlocks(output),
    ...jobNowBlocks(output),
    ...output.warnings.map(note),
  ],
});

async function billedRest(scope: WriteContext, input: RestInput) {
  const { invoices, total, notes } = await billRestOf(scope, input);
  const [first] = invoices;
  const rows = invoices.map((invoice) => invoiceRow(invoice, scope.account));
  const bills = rows.map(({ ref, customer, job, total: one }) => ({
    ...{ invoice: ref, customer: customer.name, job: job?.ref ?? null },
    total: `${one} ${scope.account.currency}`,
  }));
  const described: Message[] = [];
  for (const invoice of invoices) described.push(...(await costsDescribedByInvoice(scope, invoice)));
  return {
    did: says('log.billed-several', { bills, isDraft: input.draft === true, total }),
    change: changeOf(scope),
    invoice: invoicePage(invoiceInShort(first), scope.account),
    invoices: rows,
    warnings: [...notes, ...described],
    ...notMailed(input.draft === true ? null : 'several'),
    ...(await billedNowOf(scope)),
  };
}
