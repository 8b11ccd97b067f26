import { z } from 'zod';
import { done } from '../../views/shapes.ts';
import { BILL_KINDS } from '../../domain/invoice.ts';
import { invoiceInShort, updateInvoice } from '../../services/invoices/invoices.ts';
import { costsDescribedByInvoice } from '../../services/shared/private-costs.ts';
import { invoicePage, InvoicePage } from '../../views/internal/invoice.ts';
import { changeOf } from '../../views/internal/format.ts';
import { note } from '../../printers/blocks.ts';
import { didLine } from '../../printers/format.ts';
import { invoicePageBlocks } from '../../printers/invoice.ts';
import { dueFields } from '../../views/internal/monthly-expense.ts';
import { OFFICE, UPDATE } from '../authority.ts';
import { BY_ROWS, defineTool } from '../define-tool.ts';
import { billedNowOf } from '../job-now.ts';
import { notMailedBlocks } from '../../printers/not-mailed.ts';
import { notMailed, notMailedFields } from '../../views/internal/not-mailed.ts';
import { jobNowBlocks } from '../../printers/job-now.ts';
import { billedNowFields } from '../../views/internal/job-now.ts';
import { date, flag, invoiceLines, reference, shortText, text } from '../fields.ts';
import { warning } from '../../views/message.ts';

export const updateInvoiceTool = defineTool({
  name: 'update-invoice',
  title: 'Issue, void or edit an invoice',
  description:
    'Issues, edits or discards a draft, or voids an issued invoice with voidReason. Issued ones are frozen but for dueOn, which moves when it is due: correct credits one, issues the given lines instead and moves payments along.',
  toolset: 'invoices',
  roles: OFFICE,
  costs: 'where granted',
  annotations: UPDATE,
  input: z.strictObject({
    invoice: reference,
    status: z.enum(['issued', 'void']).optional(),
    voidReason: shortText.optional(),
    discard: flag.optional(),
    correct: flag.optional(),
    countsAgainst: reference
      .optional()
      .describe('what an issued invoice from lines counts against: Q-4, or extra for extra work'),
    lines: invoiceLines.optional(),
    kind: z.enum(BILL_KINDS).optional(),
    issuedOn: date.optional(),
    dueOn: date.optional(),
    notes: text.nullable().optional(),
  }),
  output: z.strictObject({
    ...done,
    invoice: InvoicePage.nullable(),
    warnings: z.array(warning),
    ...notMailedFields,
    ...billedNowFields,
    ...dueFields,
  }),
  adds: ({ correct }) => correct === true,
  waits: BY_ROWS,
  writes: async (scope, input) => {
    const { invoice, summary: did, notes = [], issuedTo = null } = await updateInvoice(scope, input);
    const out = invoice === null ? null : invoicePage(invoiceInShort(invoice), scope.account);
    const described = invoice === null ? [] : await costsDescribedByInvoice(scope, invoice);
    const warnings = [...notes, ...described];
    const now = await billedNowOf(scope);
    return { did, change: changeOf(scope), invoice: out, warnings, ...notMailed(issuedTo), ...now };
  },
  text: (output) => [
    didLine(output),
    ...(output.invoice === null ? [] : invoicePageBlocks(output.invoice)),
    ...notMailedBlocks(output),
    ...jobNowBlocks(output),
    ...output.warnings.map(note),
  ],
});
