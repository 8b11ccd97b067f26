import { z } from 'zod';
import { NamedRef, sample, textOrNull } from '../shapes.ts';
import { money } from './money.ts';

// Who owes money, for the owner.
import type { Account } from '../../domain/account.ts';
import type { Price, Total } from '../../domain/money.ts';
import type { Age } from '../../domain/payment.ts';
import { invoiceRef } from '../../kinds/reference.ts';
import { named, sampleMark, shown, type Money } from './format.ts';
type Sum = Total<'price'>;
type Aged = {
  readonly invoices: number;
  readonly total: Sum;
  readonly late: Sum;
  readonly ages: Readonly<Record<Age, Sum>>;
};
type Invoice = {
  readonly id: number;
  readonly number: number | null;
  readonly isSample: boolean;
  readonly dueOn: string | null;
  readonly total: Price;
  readonly balance: Price;
  readonly customer: { readonly id: number; readonly name: string };
};
type Receivables = {
  readonly customer: string | null;
  readonly asOf: string | null;
  readonly debtors: readonly (Aged & {
    readonly customer: {
      readonly id: number;
      readonly name: string;
      readonly isSample: boolean;
      readonly phone: string | null;
      readonly email: string | null;
    };
    readonly explanation: {
      readonly list: readonly (Invoice & { readonly daysLate: number })[];
      readonly more: { readonly invoices: number; readonly balance: Sum } | null;
    } | null;
  })[];
  readonly totals: Aged & { readonly customers: number; readonly includesSamples: boolean };
  readonly owed: { readonly count: number; readonly total: Sum; readonly invoices: readonly Invoice[] };
  readonly nextCursor: string | null;
};

const aged = {
  invoices: z.int(),
  total: money,
  overdue: money,
  current: money,
  days1to30: money,
  days31to60: money,
  days61to90: money,
  over90: money,
};
export const ReceivablesList = z.strictObject({
  customer: z.string().optional(),
  asOf: z.string().optional(),
  dueDates: z.literal('today').optional(),
  customers: z.array(
    z.strictObject({
      ...NamedRef.shape,
      sample,
      phone: textOrNull,
      email: textOrNull,
      ...aged,
      records: z
        .array(z.strictObject({ ref: z.string(), dueOn: textOrNull, daysLate: z.int(), total: money, balance: money }))
        .optional(),
      more: z.strictObject({ invoices: z.int(), balance: money }).optional(),
    }),
  ),
  totals: z.strictObject({ ...aged, includesSamples: z.boolean() }),
  owedToCustomers: z.strictObject({
    total: money,
    count: z.int(),
    invoices: z.array(z.strictObject({ customer: NamedRef, ref: z.string(), sample, amount: money })),
  }),
  currency: z.string(),
  count: z.int(),
  nextCursor: z.string().optional(),
});
export type ReceivablesList = z.output<typeof ReceivablesList>;

export function receivablesList(
  { customer, asOf, debtors, totals, owed, nextCursor }: Receivables,
  account: Account,
): ReceivablesList {
  return {
    ...(customer === null ? {} : { customer }),
    // What was due when is told as it stands now, though a due date may have been moved since.
    ...(asOf === null ? {} : { asOf, dueDates: 'today' as const }),
    customers: debtors.map((debtor) => ({
      ...named('customer', debtor.customer),
      ...sampleMark(debtor.customer.isSample),
      phone: debtor.customer.phone,
      email: debtor.customer.email,
      ...agedFields(debtor, account),
      ...(debtor.explanation === null ? {} : explained(debtor.explanation, account)),
    })),
    totals: { ...agedFields(totals, account), includesSamples: totals.includesSamples },
    owedToCustomers: {
      total: shown(owed.total, account),
      count: owed.count,
      invoices: owed.invoices.map((invoice) => ({
        customer: named('customer', invoice.customer),
        ref: invoiceRef(invoice.id, invoice.number),
        ...sampleMark(invoice.isSample),
        amount: shown(invoice.balance, account),
      })),
    },
    currency: account.currency,
    count: totals.customers,
    ...(nextCursor === null ? {} : { nextCursor }),
  };
}

function agedFields({ invoices, total, late, ages }: Aged, money: Money) {
  return {
    invoices,
    total: shown(total, money),
    overdue: shown(late, money),
    current: shown(ages.current, money),
    days1to30: shown(ages.days1to30, money),
    days31to60: shown(ages.days31to60, money),
    days61to90: shown(ages.days61to90, money),
    over90: shown(ages.over90, money),
  };
}

type Explanation = NonNullable<Receivables['debtors'][number]['explanation']>;

function explained({ list, more }: Explanation, money: Money) {
  return {
    records: list.map(({ id, number, dueOn, daysLate, total, balance }) => ({
      ref: invoiceRef(id, number),
      dueOn,
      daysLate,
      total: shown(total, money),
      balance: shown(balance, money),
    })),
    ...(more === null ? {} : { more: { invoices: more.invoices, balance: shown(more.balance, money) } }),
  };
}
