// Payments over all invoices, as their owner sees them, and what they come to.
import { z } from 'zod';
import type { Account } from '../../domain/account.ts';
import type { Message } from '../../domain/message.ts';
import { PAID_BY, type PaidBy } from '../../domain/money-in.ts';
import type { Total } from '../../domain/money.ts';
import type { Payment } from '../../domain/payment.ts';
import { invoiceRef } from '../../kinds/reference.ts';
import { warning } from '../message.ts';
import { NamedRef, paged, sample, textOrNull } from '../shapes.ts';
import { money, samplesLeftOut } from './money.ts';
import { leftOutMark, named, shown } from './format.ts';
import { sumFields, type SumsBy } from './sums.ts';
import { paymentRow, PaymentRow } from './invoice.ts';

type Sum = Total<'price'>;
type Moved = {
  readonly count: number;
  readonly received: Sum;
  readonly refunded: Sum;
  readonly bounced: Sum;
  readonly net: Sum;
};
type Listed = Payment & {
  readonly invoiceNumber: number | null;
  readonly customer: { readonly id: number; readonly name: string };
  readonly job: { readonly id: number; readonly name: string } | null;
  readonly bounced: Payment | null;
  readonly takesBack: Payment | null;
};
type Facts = {
  readonly methods: readonly string[] | null;
  readonly days: { readonly from: string | undefined; readonly to: string | undefined };
  readonly warnings: readonly Message[];
  readonly totals: Moved & {
    readonly voided: number;
    readonly includesSamples: boolean;
    readonly samplesLeftOut: boolean;
  };
  readonly payments: readonly Listed[];
  readonly sums: SumsBy<PaidBy, Moved>;
  readonly nextCursor: string | null;
};

const moved = { received: money, refunded: money, bounced: money, net: money };

export const PaymentList = z.strictObject({
  methods: z.array(z.string()).optional(),
  from: textOrNull,
  to: textOrNull,
  payments: z.array(
    z.strictObject({
      ...PaymentRow.shape,
      bounced: z.strictObject({ ref: z.string(), on: z.string() }).optional(),
      invoice: z.string(),
      customer: NamedRef,
      job: NamedRef.nullable(),
    }),
  ),
  by: z.enum(PAID_BY).optional(),
  sums: z
    .array(z.strictObject({ key: textOrNull, name: z.string().optional(), sample, payments: z.int(), ...moved }))
    .optional(),
  sumCount: z.int().optional(),
  totals: z.strictObject({ ...moved, voided: z.int(), includesSamples: z.boolean(), samplesLeftOut }),
  currency: z.string(),
  warnings: z.array(warning).optional(),
  ...paged,
});
export type PaymentList = z.output<typeof PaymentList>;

export function paymentList(
  { methods, days, warnings, totals, payments, sums, nextCursor }: Facts,
  account: Account,
): PaymentList {
  const sum = ({ received, refunded, bounced, net }: Moved) => ({
    received: shown(received, account),
    refunded: shown(refunded, account),
    bounced: shown(bounced, account),
    net: shown(net, account),
  });
  return {
    ...(methods === null ? {} : { methods: [...methods] }),
    from: days.from ?? null,
    to: days.to ?? null,
    payments: payments.map((payment) => ({
      ...paymentRow(payment, account),
      ...(payment.bounced === null ? {} : { bounced: { ref: payment.bounced.ref, on: payment.bounced.paidOn } }),
      ...(payment.takesBack === null
        ? {}
        : { takesBack: { ref: payment.takesBack.ref, method: payment.takesBack.method } }),
      invoice: invoiceRef(payment.invoiceId, payment.invoiceNumber),
      customer: named('customer', payment.customer),
      job: payment.job === null ? null : named('job', payment.job),
    })),
    ...sumFields(sums, (each) => ({ payments: each.count, ...sum(each) })),
    totals: {
      ...sum(totals),
      voided: totals.voided,
      includesSamples: totals.includesSamples,
      ...leftOutMark(totals.samplesLeftOut),
    },
    currency: account.currency,
    ...(warnings.length === 0 ? {} : { warnings: [...warnings] }),
    count: totals.count,
    ...(nextCursor === null ? {} : { nextCursor }),
  };
}
