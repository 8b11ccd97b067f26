import { z } from 'zod';
import { MOVES, PAID_BY } from '../../domain/money-in.ts';
import { listPayments } from '../../services/invoices/list-payments.ts';
import { paymentList, PaymentList } from '../../views/internal/payment-list.ts';
import { paymentListBlocks } from '../../printers/payment-list.ts';
import { OFFICE, READ } from '../authority.ts';
import { defineTool } from '../define-tool.ts';
import { cursor, date, forWhom, includeSamples, limit, reference } from '../fields.ts';

export const listPaymentsTool = defineTool({
  name: 'list-payments',
  title: 'List payments',
  description:
    'Money that came in, over all invoices: who paid what, when and how ("checks last week"), with refunds, bounced and void payments. Newest first, with sums of all that match; with by, sums by day, month, method or customer instead. from and to are days paid.',
  toolset: 'invoices',
  roles: OFFICE,
  costs: 'none',
  annotations: READ,
  input: z.strictObject({
    ...forWhom,
    method: reference.optional().describe('words, like check'),
    kind: z.enum(MOVES).optional(),
    from: date.optional(),
    to: date.optional(),
    by: z.enum(PAID_BY).optional(),
    includeSamples,
    limit,
    cursor,
  }),
  output: PaymentList,
  reads: async (scope, input) => paymentList(await listPayments(scope, input), scope.account),
  text: paymentListBlocks,
});
