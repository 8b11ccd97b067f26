// Payments: what an invoice still has open, how late it is, and what may be paid, given back or taken out.
import type { CalendarDate } from './dates.ts';
import { addDays } from './dates.ts';
import { refused } from './errors.ts';
import { says } from './message.ts';
import type { InvoiceStatus } from './invoice.ts';
import { price, sum, type Price } from './money.ts';

export type Payment = {
  readonly id: number;
  /** `P-9` */
  readonly ref: string;
  readonly isSample: boolean;
  readonly invoiceId: number;
  readonly isRefund: boolean;
  readonly amount: Price;
  readonly paidOn: CalendarDate;
  readonly method: string | null;
  readonly note: string | null;
  readonly voidReason: string | null;
  /** On a bounce: the payment that the bank took back. */
  readonly takesBackId: number | null;
};

/** Money in less money given back, over what stands. */
export function paidBy(payments: readonly Pick<Payment, 'amount' | 'isRefund' | 'voidReason'>[]): Price {
  return sum(
    payments
      .filter((payment) => payment.voidReason === null)
      .map(({ amount, isRefund }) => price(isRefund ? -amount : amount)),
  );
}

/** total − credits − payments + refunds. Below 0 is money owed to the customer. */
export function balanceOf({ total, credited, paid }: { total: Price; credited: Price; paid: Price }): Price {
  return price(total - credited - paid);
}

/**
 * What of the payments on a corrected invoice goes over to the one that replaces it: in their order, up to what was
 * kept of them (refunds have left already) and to what the replacement comes to. moved + left is the payment. One that
 * bounced is no money, and stays beside its bounce.
 */
export function moveOnto<P extends Bounceable & Pick<Payment, 'amount'>>(
  payments: readonly P[],
  total: Price,
): readonly { readonly payment: P; readonly moved: Price; readonly left: Price }[] {
  let room = Math.min(paidBy(payments), total);
  const moves: { payment: P; moved: Price; left: Price }[] = [];
  for (const payment of payments) {
    if (room <= 0) break;
    if (payment.isRefund || payment.voidReason !== null || bounceOf(payment, payments) !== undefined) continue;
    const moved = Math.min(room, payment.amount);
    moves.push({ payment, moved: price(moved), left: price(payment.amount - moved) });
    room -= moved;
  }
  return moves;
}

/** What was never paid and is credited entirely is `credited`, not `paid`. */
export const PAYMENT_STATES = ['unpaid', 'partly_paid', 'paid', 'credited'] as const;
export type PaymentState = (typeof PAYMENT_STATES)[number];

/** Null on what nobody has to pay: drafts, voids, credit notes. */
export function paymentState(invoice: {
  status: InvoiceStatus;
  kind: string;
  balance: Price;
  paid: Price;
  credited: Price;
}): PaymentState | null {
  if (invoice.status !== 'issued' || invoice.kind === 'credit_note') return null;
  if (invoice.balance <= 0) return invoice.paid === 0 && invoice.credited > 0 ? 'credited' : 'paid';
  return invoice.paid > 0 ? 'partly_paid' : 'unpaid';
}

/** Ageing by days past the due date; due today is current. */
export const AGES = ['current', 'days1to30', 'days31to60', 'days61to90', 'over90'] as const;
export type Age = (typeof AGES)[number];

/** The first due date that still belongs to each age but the oldest, newest first: `due_on >= bound`. */
export function ageBounds(today: CalendarDate): { readonly age: Age; readonly dueFrom: CalendarDate }[] {
  return [
    { age: 'current', dueFrom: today },
    { age: 'days1to30', dueFrom: addDays(today, -30) },
    { age: 'days31to60', dueFrom: addDays(today, -60) },
    { age: 'days61to90', dueFrom: addDays(today, -90) },
  ];
}

export function ageOf(dueOn: CalendarDate, today: CalendarDate): Age {
  return ageBounds(today).find(({ dueFrom }) => dueOn >= dueFrom)?.age ?? 'over90';
}

type Paying = {
  readonly ref: string;
  readonly status: InvoiceStatus;
  readonly kind: string;
  readonly balance: Price;
  readonly paid: Price;
  readonly credited: Price;
};

/** @throws Problem where the invoice takes no payment, or not this much */
export function checkPayment(invoice: Paying, amount: Price, words: (amount: Price) => string): void {
  const { ref } = invoice;
  if (invoice.kind === 'credit_note') throw refused(says('payment.on-credit-note', { ref }), 'invoice');
  if (invoice.status !== 'issued')
    throw refused(says(invoice.status === 'draft' ? 'payment.on-draft' : 'payment.on-void', { ref }), 'invoice');
  if (paymentState(invoice) === 'credited') throw refused(says('payment.nothing-left', { ref }), 'amount');
  const balance = words(invoice.balance);
  if (invoice.balance <= 0) throw refused(says('payment.already-paid', { ref, balance }), 'amount');
  if (amount > invoice.balance)
    throw refused(says('payment.more-than-balance', { ref, amount: words(amount), balance }), 'amount');
}

/** @throws Problem where more would be given back than was paid */
export function checkRefund(invoice: Paying, amount: Price, words: (amount: Price) => string): void {
  const { ref, paid } = invoice;
  if (amount > paid)
    throw refused(says('refund.more-than-paid', { ref, amount: words(amount), paid: words(paid) }), 'amount');
}

/**
 * The day of a refund: money is given back once it came in, and stays given back.
 * @param payments what stands on the invoice, refunds among them; enough of it for the refund in all
 * @param given null dates it today, or on the day the money comes in where that is still to come
 * @throws Problem where that much had not come in by the day given
 */
export function refundDay(
  payments: readonly Pick<Payment, 'amount' | 'isRefund' | 'voidReason' | 'paidOn'>[],
  amount: Price,
  { given, today }: { given: CalendarDate | null; today: CalendarDate },
): CalendarDate {
  const days = [...new Set(payments.map(({ paidOn }) => paidOn))].sort();
  const keptBy = (day: CalendarDate) => paidBy(payments.filter(({ paidOn }) => paidOn <= day));
  const short = days.findLast((day) => keptBy(day) < amount);
  const first = days.find((day) => short === undefined || day > short);
  if (given === null) return first !== undefined && first > today ? first : today;
  if (first === undefined || given >= first) return given;
  throw refused(says('refund.before-the-money', { day: given, first }), 'paidOn');
}

type Bounceable = Pick<Payment, 'id' | 'ref' | 'isRefund' | 'voidReason' | 'takesBackId'>;

/** The method of what the bank took back, by which lists and sums tell it from what was given back. */
export const BOUNCED = 'bounced';

/**
 * The day on which a payment is taken back, which stays on its own.
 * @param payments what is on its invoice, itself among them
 * @param bounces those of the account: a correction may have parted it from its own
 * @throws Problem where it cannot bounce, or not on the day given
 */
export function bounceDay(
  {
    ref,
    payment,
    payments,
    bounces,
  }: {
    readonly ref: string;
    readonly payment: Payment;
    readonly payments: readonly Payment[];
    readonly bounces: readonly Payment[];
  },
  { given, today }: { given: CalendarDate | null; today: CalendarDate },
): CalendarDate {
  if (payment.isRefund) throw refused(says('bounce.is-refund', { ref }), 'payment');
  if (payment.voidReason !== null) throw refused(says('bounce.is-void', { ref }), 'payment');
  if (bounceOf(payment, bounces) !== undefined) throw refused(says('bounce.already', { ref }), 'payment');
  if (given !== null && given < payment.paidOn)
    throw refused(says('bounce.before-the-money', { ref, day: given, paidOn: payment.paidOn }), 'paidOn');
  return refundDay(payments, payment.amount, { given, today: today < payment.paidOn ? payment.paidOn : today });
}

/** What stands as the bounce of a payment. */
export function bounceOf({ id }: Pick<Payment, 'id'>, among: readonly Bounceable[]): Bounceable | undefined {
  return among.find(({ takesBackId, voidReason }) => takesBackId === id && voidReason === null);
}

/** Money that stands, of the same amount and day: the same once more, or really some more. */
export function perhapsTheSamePayment(one: Payment, payments: readonly Payment[]): Payment[] {
  return payments.filter(
    (other) =>
      other.id !== one.id &&
      other.voidReason === null &&
      bounceOf(other, payments) === undefined &&
      other.takesBackId === null &&
      other.isRefund === one.isRefund &&
      other.amount === one.amount &&
      other.paidOn === one.paidOn,
  );
}

/**
 * @param bounces those of the account
 * @throws Problem where it bounced, a refund stands on the payment, or payments took the place of the refund
 */
export function checkVoidPayment(
  ref: string,
  { payment, bounces }: { readonly payment: Payment; readonly bounces: readonly Payment[] },
  invoice: Paying & { readonly total: Price },
  words: (amount: Price) => string,
): void {
  if (payment.voidReason !== null) throw refused(says('payment.already-void', { ref }), 'void');
  const bounce = bounceOf(payment, bounces);
  if (bounce !== undefined) throw refused(says('payment.has-bounced', { ref, as: bounce.ref }), 'void');
  const of = { ref, invoice: invoice.ref };
  if (!payment.isRefund && payment.amount > invoice.paid)
    throw refused(says('payment.refund-stands-on-it', { ...of, paid: words(invoice.paid) }), 'void');
  const paidWithout = price(invoice.paid + payment.amount);
  if (payment.isRefund && paidWithout > invoice.total) {
    const facts = { ...of, paid: words(paidWithout), total: words(invoice.total) };
    throw refused(says('payment.paid-over-total', facts), 'void');
  }
}
