import { z } from 'zod';
import { done } from '../../views/shapes.ts';
import { invoiceInShort } from '../../services/invoices/invoices.ts';
import { recordPayment } from '../../services/invoices/payments.ts';
import { invoicePage, paymentRow, InvoicePage, PaymentRow } from '../../views/internal/invoice.ts';
import { warning } from '../../views/message.ts';
import { changeOf } from '../../views/internal/format.ts';
import { line, note, phrase } from '../../printers/blocks.ts';
import { didLine } from '../../printers/format.ts';
import { invoiceRowText, paymentText } from '../../printers/invoice.ts';
import { OFFICE, VOID } from '../authority.ts';
import { BY_ROWS, defineTool } from '../define-tool.ts';
import { amount, date, flag, reference, shortText } from '../fields.ts';

export const recordPaymentTool = defineTool({
  name: 'record-payment',
  title: 'Record a payment',
  description:
    'Records a payment received on an invoice, or with refund given back; nothing is charged. void with voidReason takes out a payment entered by mistake. payment with bounced: the bank took it back (paidOn: when).',
  toolset: 'invoices',
  roles: OFFICE,
  costs: 'none',
  annotations: VOID,
  input: z.strictObject({
    invoice: reference.optional(),
    amount: amount.optional(),
    paidOn: date.optional(),
    method: shortText.optional(),
    note: shortText.optional(),
    refund: flag.optional(),
    void: reference.optional().describe('P-9'),
    voidReason: shortText.optional(),
    payment: reference.optional(),
    bounced: flag.optional(),
  }),
  output: z.strictObject({
    ...done,
    payment: PaymentRow,
    invoice: InvoicePage,
    warnings: z.array(warning).optional(),
  }),
  // Taking one out is no addition.
  adds: (input) => input.void === undefined,
  waits: BY_ROWS,
  writes: async (scope, input) => {
    const { payment, invoice, summary: did, warnings } = await recordPayment(scope, input);
    return {
      did,
      change: changeOf(scope),
      payment: paymentRow(payment, scope.account),
      invoice: invoicePage(invoiceInShort(invoice), scope.account),
      ...(warnings.length === 0 ? {} : { warnings: [...warnings] }),
    };
  },
  text: (output) => [
    didLine(output),
    line(paymentText(output.payment)),
    line(phrase`${invoiceRowText(output.invoice)}, balance ${output.invoice.balance}`),
    ...(output.warnings ?? []).map(note),
  ],
});
