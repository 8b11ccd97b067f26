// Who owes money, for the owner: as data and in words.
import type { Account } from '../../domain/account.ts';
import type { Price, Total } from '../../domain/money.ts';
import { AGES, type Age } from '../../domain/payment.ts';
import { invoiceRef } from '../../domain/reference.ts';
import { cut } from '../../domain/text.ts';
import { isNotZero } from './strip.ts';
import {
  counted,
  listed,
  moreText,
  namedOut,
  sampleOut,
  sampleText,
  samplesText,
  shown,
  type Money,
  type Sent,
} from './words.ts';

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
  readonly balance: Price;
  readonly customer: { readonly id: number; readonly name: string };
};
type Receivables = {
  readonly customer: string | null;
  readonly debtors: readonly (Aged & {
    readonly customer: { readonly id: number; readonly name: string; readonly isSample: boolean };
    readonly explanation: {
      readonly list: readonly (Invoice & { readonly daysLate: number })[];
      readonly more: { readonly invoices: number; readonly balance: Sum } | null;
    } | null;
  })[];
  readonly totals: Aged & { readonly customers: number; readonly includesSamples: boolean };
  readonly owed: { readonly count: number; readonly total: Sum; readonly invoices: readonly Invoice[] };
  readonly nextCursor: string | null;
};

export function receivablesOut({ customer, debtors, totals, owed, nextCursor }: Receivables, account: Account) {
  return {
    ...(customer === null ? {} : { customer }),
    customers: debtors.map((debtor) => ({
      ...namedOut('customer', debtor.customer),
      ...sampleOut(debtor.customer.isSample),
      ...agedOut(debtor, account),
      ...(debtor.explanation === null ? {} : explanationOut(debtor.explanation, account)),
    })),
    totals: { ...agedOut(totals, account), includesSamples: totals.includesSamples },
    owedToCustomers: {
      total: shown(owed.total, account),
      count: owed.count,
      invoices: owed.invoices.map((invoice) => ({
        customer: namedOut('customer', invoice.customer),
        ref: invoiceRef(invoice.id, invoice.number),
        ...sampleOut(invoice.isSample),
        amount: shown(invoice.balance, account),
      })),
    },
    currency: account.currency,
    count: totals.customers,
    ...(nextCursor === null ? {} : { nextCursor }),
  };
}

function agedOut({ invoices, total, late, ages }: Aged, money: Money) {
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

function explanationOut({ list, more }: Explanation, money: Money) {
  return {
    records: list.map(({ id, number, dueOn, daysLate, balance }) => ({
      ref: invoiceRef(id, number),
      dueOn,
      daysLate,
      balance: shown(balance, money),
    })),
    ...(more === null ? {} : { more: { invoices: more.invoices, balance: shown(more.balance, money) } }),
  };
}

type ReceivablesOut = Sent<ReturnType<typeof receivablesOut>>;
type DebtorOut = ReceivablesOut['customers'][number];
type AgedOut = Pick<DebtorOut, 'total' | 'overdue' | Age>;

const AGE_WORDS: Readonly<Record<Age, string>> = {
  current: 'not due yet',
  days1to30: '1–30 days late',
  days31to60: '31–60 days late',
  days61to90: '61–90 days late',
  over90: 'over 90 days late',
};

export function receivablesText(list: ReceivablesOut): string {
  const { totals, currency, count } = list;
  const owed = owedText(list);
  if (count === 0)
    return [
      list.customer === undefined ? 'Nobody owes you anything.' : `Nothing is owed by ${list.customer}.`,
      ...owed,
    ].join('\n');
  const cut =
    list.nextCursor === undefined
      ? []
      : [`${moreText(list.customers.length, list.count, list.nextCursor)} The total is of all.`];
  return [
    ...list.customers.map(debtorText),
    ...cut,
    `In all ${totals.total} ${currency} from ${counted(count, 'customer')}${samplesText(totals)}, ${agesText(totals)}.`,
    ...owed,
  ].join('\n');
}

/** `825.00, all of it over 90 days late` */
function debtorText(debtor: DebtorOut): string {
  const records = (debtor.records ?? []).map(
    ({ ref, balance, dueOn, daysLate }) =>
      `  - ${ref}: ${balance}${dueOn === null ? '' : `, due ${dueOn}`}${daysLate === 0 ? '' : `, ${counted(daysLate, 'day')} late`}`,
  );
  const more =
    debtor.more === undefined
      ? []
      : [`  - and ${counted(debtor.more.invoices, 'more invoice')}: ${debtor.more.balance}`];
  return [
    `${debtor.ref} ${debtor.name}${sampleText(debtor)} owes ${debtor.total}, ${agesText(debtor)}.`,
    ...records,
    ...more,
  ].join('\n');
}

function agesText(aged: AgedOut): string {
  const some = AGES.filter((age) => isNotZero(aged[age]));
  const [only] = some;
  if (only !== undefined && some.length === 1) return `all of it ${AGE_WORDS[only]}`;
  return listed(some.map((age) => `${aged[age]} is ${AGE_WORDS[age]}`));
}

function owedText({ owedToCustomers: { count, total, invoices }, currency }: ReceivablesOut): string[] {
  if (count === 0) return [];
  const names = invoices.map(({ customer, ref, amount }) => `${cut(customer.name, 60)} ${amount} (${ref})`);
  const more = count > invoices.length ? ` and ${count - invoices.length} more` : '';
  return [`You owe customers ${total} ${currency} back: ${listed(names, '; ')}${more}.`];
}
