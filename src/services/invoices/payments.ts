// Payments on invoices: recording them, giving money back, and taking out what was entered by mistake.
import { parseDate } from '../../domain/dates.ts';
import { invalid, Problem, quoted, refused } from '../../domain/errors.ts';
import type { Invoice } from '../../domain/invoice.ts';
import { parseAmount, price, sum, type AmountInput } from '../../domain/money.ts';
import {
  BOUNCED,
  bounceDay,
  bounceOf,
  checkPayment,
  checkRefund,
  checkVoidPayment,
  moveOnto,
  perhapsTheSamePayment,
  refundDay,
  type Payment,
} from '../../domain/payment.ts';
import { invoiceRef, parseReference, refOf } from '../../kinds/reference.ts';
import { invoiceById } from '../../store/books/invoices.ts';
import {
  bouncesIn,
  insertPayment,
  likePayment,
  movePayment,
  paymentById,
  paymentsOf,
  voidPayment,
} from '../../store/books/payments.ts';
import { inOrder } from '../../store/in-order.ts';
import type { WriteScope } from '../../store/scope.ts';
import { resolveInvoice } from '../resolve/resolve.ts';
import { freshInvoice, type InvoiceWithState } from './with-payments.ts';
import { amountsOf } from '../shared/amounts.ts';
import { says, type Message } from '../../domain/message.ts';

export type PaymentInput = {
  readonly invoice?: string | undefined;
  readonly amount?: AmountInput | undefined;
  readonly paidOn?: string | undefined;
  readonly method?: string | undefined;
  readonly note?: string | undefined;
  readonly refund?: boolean | undefined;
  readonly void?: string | undefined;
  readonly voidReason?: string | undefined;
  /** The payment that bounced. */
  readonly payment?: string | undefined;
  readonly bounced?: boolean | undefined;
};

export type PaymentWritten = {
  readonly payment: Payment;
  readonly invoice: InvoiceWithState;
  readonly summary: Message;
  readonly warnings: readonly Message[];
};

export async function recordPayment(scope: WriteScope, input: PaymentInput): Promise<PaymentWritten> {
  if (input.void !== undefined) return await takeOut(scope, input, input.void);
  if (input.voidReason !== undefined) throw invalid('voidReason', says('payment.goes-with-void'));
  if (input.bounced === true) return await bounce(scope, input);
  // What bounced names its payment, and is told from what was given back by its method.
  if (input.method?.trim().toLowerCase() === BOUNCED)
    throw refused(says('payment.bounce-names-it', { method: BOUNCED }), 'method');
  if (input.payment !== undefined) throw invalid('payment', says('payment.goes-with-bounced'));
  if (input.invoice === undefined) throw invalid('invoice', says('payment.invoice-missing'));
  if (input.amount === undefined) throw invalid('amount', says('payment.amount-missing'));
  const said = { ref: input.invoice, field: 'invoice', intent: 'write' } as const;
  // Money comes in on what is still open, and goes back on what was paid.
  const invoice = await resolveInvoice(scope, said, {
    can: ({ balance, paid }) => (input.refund === true ? paid : balance) > 0,
  });
  const ref = invoiceRef(invoice.id, invoice.number);
  const amount = parseAmount<'price'>(input.amount, 'amount', scope.account.currency, { sign: 'positive' });
  const isRefund = input.refund === true;
  if (isRefund) checkRefund({ ...invoice, ref }, amount, amountsOf(scope));
  else checkPayment({ ...invoice, ref }, amount, amountsOf(scope));
  // A deposit that came in before the invoice was written is dated before it.
  const given = input.paidOn === undefined ? null : parseDate(input.paidOn, 'paidOn');
  const id = await insertPayment(scope, {
    payment: {
      invoiceId: invoice.id,
      isRefund,
      amount,
      paidOn: isRefund
        ? refundDay(await paymentsOf(scope, invoice.id), amount, { given, today: scope.today })
        : (given ?? scope.today),
      method: input.method ?? null,
      note: input.note ?? null,
    },
    sample: false,
    at: scope.now,
  });
  const paid = { isRefund, payment: refOf('payment', id), amount: amountsOf(scope)(amount), invoice: ref };
  logPayment(scope, invoice, says('log.payment', paid));
  const recorded = await written(scope, { id, invoice, summary: says('log.payment-recorded', paid) });
  return { ...recorded, warnings: likeOthers(recorded) };
}

/** What was recorded already, with another note or method, is no repeat to the guard, and is told. */
function likeOthers({ payment, invoice }: PaymentWritten): Message[] {
  const found = perhapsTheSamePayment(payment, invoice.payments);
  if (found.length === 0) return [];
  const others = found.slice(0, FEW_LIKE).map(({ ref, method, note }) => ({ ref, as: method ?? note }));
  const { ref, isRefund } = payment;
  return [says('payment.like-others', { payment: ref, others, more: found.length - others.length, isRefund })];
}

const FEW_LIKE = 3;

/** The bank took it back: it stays on the day on which it came in, and leaves on this one. */
async function bounce(scope: WriteScope, input: PaymentInput): Promise<PaymentWritten> {
  if (input.payment === undefined) throw invalid('payment', says('payment.bounced-missing'));
  const payment = await paymentSaid(scope, input.payment, 'payment');
  refuseBeside(input, ['amount', 'method', 'refund'], 'bounce');
  const invoice = await invoiceOf(scope, payment, input.invoice);
  const ref = refOf('payment', payment.id);
  const given = input.paidOn === undefined ? null : parseDate(input.paidOn, 'paidOn');
  const payments = await paymentsOf(scope, invoice.id);
  const bounces = await bouncesIn(scope);
  const paidOn = bounceDay({ ref, payment, payments, bounces }, { given, today: scope.today });
  checkRefund({ ...invoice, ref: invoiceRef(invoice.id, invoice.number) }, payment.amount, amountsOf(scope));
  const taken = {
    ...{ invoiceId: invoice.id, isRefund: true, amount: payment.amount, paidOn, method: BOUNCED },
    ...{ note: input.note ?? null, takesBackId: payment.id },
  };
  const id = await insertPayment(scope, { payment: taken, sample: payment.isSample, at: scope.now });
  const bounced = { ...sumOn(scope, payment, invoice), day: paidOn, as: refOf('payment', id) };
  logPayment(scope, invoice, says('log.payment-bounced', { ...bounced, others: [] }));
  const others = await otherParts(scope, payment);
  return await written(scope, { id, invoice, summary: says('log.payment-bounced', { ...bounced, others }) });
}

/** A correction may have split what the bank took back as a whole. */
async function otherParts(scope: WriteScope, payment: Payment) {
  const bounces = await bouncesIn(scope);
  const others = (await likePayment(scope, payment)).filter((each) => bounceOf(each, bounces) === undefined);
  return await inOrder(others, async (other) => sumOn(scope, other, await freshInvoice(scope, other.invoiceId)));
}

function sumOn(scope: WriteScope, { id, amount }: Payment, invoice: Pick<Invoice, 'id' | 'number'>) {
  return {
    payment: refOf('payment', id),
    amount: amountsOf(scope)(amount),
    invoice: invoiceRef(invoice.id, invoice.number),
  };
}

async function takeOut(scope: WriteScope, input: PaymentInput, asked: string): Promise<PaymentWritten> {
  const payment = await paymentSaid(scope, asked, 'void');
  if (input.voidReason === undefined) throw invalid('voidReason', says('payment.say-why-void'));
  refuseBeside(input, ['amount', 'paidOn', 'method', 'note', 'refund', 'payment', 'bounced'], 'void');
  const invoice = await invoiceOf(scope, payment, input.invoice);
  const ref = refOf('payment', payment.id);
  const bounces = await bouncesIn(scope);
  checkVoidPayment(
    ref,
    { payment, bounces },
    { ...invoice, ref: invoiceRef(invoice.id, invoice.number) },
    amountsOf(scope),
  );
  await voidPayment(scope, payment.id, input.voidReason);
  const summary = says('log.payment-voided', { isRefund: payment.isRefund, ...sumOn(scope, payment, invoice) });
  logPayment(scope, invoice, summary);
  return await written(scope, { id: payment.id, invoice, summary });
}

async function paymentSaid(scope: WriteScope, asked: string, field: 'payment' | 'void'): Promise<Payment> {
  const reference = parseReference(asked, 'payment');
  const payment = reference?.kind === 'payment' ? await paymentById(scope, reference.value) : null;
  if (payment !== null) return payment;
  throw new Problem('not_found', says('payment.none', { said: quoted(asked) }), field);
}

/** @throws Problem where an argument was given that means nothing with the other */
function refuseBeside(input: PaymentInput, names: readonly (keyof PaymentInput)[], what: 'bounce' | 'void'): void {
  const extra = names.find((name) => input[name] !== undefined);
  if (extra !== undefined) throw invalid(extra, says('payment.not-beside', { what }));
}

/** @throws Problem where another was named */
async function invoiceOf(scope: WriteScope, payment: Payment, asked: string | undefined): Promise<Invoice> {
  const invoice = await invoiceById(scope, payment.invoiceId);
  if (invoice === null) throw new Error(`payment ${payment.id} is on no invoice`);
  if (asked === undefined) return invoice;
  const named = await resolveInvoice(scope, { ref: asked, field: 'invoice', intent: 'write' });
  if (named.id === invoice.id) return invoice;
  const on = invoiceRef(invoice.id, invoice.number);
  const other = invoiceRef(named.id, named.number);
  throw refused(says('payment.on-other-invoice', { ref: refOf('payment', payment.id), on, other }), 'invoice');
}

/**
 * Moves what is paid on a corrected invoice to its replacement, up to the replacement's total.
 * @returns what becomes of the money, for whoever says yes to it; nothing where none was there
 */
export async function movePayments(scope: WriteScope, from: Invoice, to: Invoice): Promise<Message[]> {
  const source = invoiceRef(from.id, from.number);
  const target = invoiceRef(to.id, to.number);
  const payments = await paymentsOf(scope, from.id);
  // Credited whole, what nobody paid on has nothing open and owes nothing.
  if (payments.length === 0) return [];
  const moves = moveOnto(payments, to.total);
  const became: Message[] = [];
  if (moves.length > 0)
    became.push(says('log.paid-moves', { amount: amountsOf(scope)(sum(moves.map(({ moved }) => moved))) }));
  for (const { payment, moved, left } of moves) {
    const id = await movePayment(scope, payment, { toInvoiceId: to.id, moved, left });
    const [named, as] = [refOf('payment', payment.id), refOf('payment', id)];
    const split = id === payment.id ? null : { as, left: amountsOf(scope)(left) };
    const step = { payment: named, moved: amountsOf(scope)(moved), from: source, to: target, split };
    logPayment(scope, to, says('log.payment-moved', step));
    if (id !== payment.id) became.push(says('log.payment-split', { payment: named, as }));
  }
  const { balance } = await freshInvoice(scope, from.id);
  if (balance < 0) became.push(says('log.owed-to-customer', { amount: amountsOf(scope)(price(-balance)), on: source }));
  return became;
}

async function written(
  scope: WriteScope,
  { id, invoice, summary }: { id: number; invoice: Invoice; summary: Message },
): Promise<PaymentWritten> {
  const payment = await paymentById(scope, id);
  if (payment === null) throw new Error(`payment ${id} vanished within its own write`);
  return { payment, invoice: await freshInvoice(scope, invoice.id), summary, warnings: [] };
}

function logPayment(scope: WriteScope, invoice: Invoice, said: Message): void {
  scope.journal.log({ kind: 'invoice', id: invoice.id, entry: 'money', said });
  if (invoice.job !== null) scope.journal.log({ kind: 'job', id: invoice.job.id, entry: 'money', said });
}
