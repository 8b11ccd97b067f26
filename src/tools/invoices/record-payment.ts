import { z } from 'zod';
import { recordPayment } from '../../services/payments.ts';
import { invoicePageOut, invoiceRowText, paymentOut, paymentText } from '../../views/internal/invoice.ts';
import { changeOf, didText } from '../../views/internal/words.ts';
import { CREATE, defineTool } from '../define-tool.ts';
import { amount, date, done, invoicePage, paymentRow, reference, shortText } from '../fields.ts';

export const recordPaymentTool = defineTool({
  name: 'record-payment',
  title: 'Record a payment',
  description:
    'Records money that came in on an invoice, in full or in part, or with refund: true money really given back. ' +
    'A payment entered by mistake is taken out with void (P-9) and voidReason. Nothing is charged: payments are only recorded.',
  toolset: 'invoices',
  annotations: CREATE,
  input: z.strictObject({
    invoice: reference.optional().describe('INV-1043, or words from its job or customer'),
    amount: amount.optional(),
    paidOn: date.optional().describe('YYYY-MM-DD; today if left out'),
    method: shortText.optional().describe('check, cash, card, transfer'),
    note: shortText.optional(),
    refund: z.boolean().optional(),
    void: reference.optional().describe('the payment to take out: P-9'),
    voidReason: shortText.optional(),
  }),
  output: z.strictObject({ ...done, payment: paymentRow, invoice: invoicePage }),
  // Taking one out is no addition, and can hurt.
  adds: (input) => input.void === undefined,
  hurts: (input) => input.void !== undefined,
  writes: async (scope, input) => {
    const { payment, invoice, did } = await recordPayment(scope, input);
    return {
      did,
      change: changeOf(scope),
      payment: paymentOut(payment, scope.account),
      invoice: invoicePageOut(invoice, scope.account),
    };
  },
  text: (output) =>
    `${didText(output)}\n${paymentText(output.payment)}\n${invoiceRowText(output.invoice)}, balance ${output.invoice.balance}`,
});
