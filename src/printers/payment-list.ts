// Payments over all invoices in words.
import type { PaymentList } from '../views/internal/payment-list.ts';
import { line, phrase, row, toRecord, type Block, type Phrase } from './blocks.ts';
import type { Printed } from './catalogue.ts';
import { counted, daysText, joined, listed, moreRows, samplesText, sampleText, short, some } from './format.ts';
import { paymentText } from './invoice.ts';
import { isNotZero } from './profit-summary.ts';

/** Ways to write one method that are named before the rest is counted. */
const SHOWN_METHODS = 5;
const LONGEST_METHOD = 60;

export function paymentListBlocks(list: Printed<PaymentList>): Block[] {
  const { totals, currency, count, nextCursor, sums, warnings = [] } = list;
  const about = aboutText(list);
  if (count === 0)
    return [line(`No payments match${daysText(list)}${samplesText(totals)}.`), ...warnings.map((each) => line(each))];
  const voided = totals.voided === 0 ? '' : `; ${totals.voided} of them void, which counts nothing`;
  const all = `${howMany(totals, count)}${about}${samplesText(totals)}: ${movedText(totals, currency)}${voided}`;
  if (sums === undefined)
    return [
      line(`${all}.`),
      ...list.payments.map((payment) => row(listedText(payment))),
      ...moreRows(list.payments.length, count, nextCursor),
    ];
  return [
    line(`${all}. By ${list.by ?? ''}:`),
    ...sums.map((sum) => row(phrase`${sumText(sum, list.by)}: ${movedText(sum)}, ${howMany(sum, sum.payments)}`)),
    ...moreRows(sums.length, list.sumCount ?? sums.length, nextCursor),
  ];
}

/** ` by check, 2026-03-01 to 2026-03-31` */
function aboutText({ methods = [], ...days }: Pick<PaymentList, 'methods' | 'from' | 'to'>): string {
  const names = methods.map((method) => short(method, LONGEST_METHOD));
  return `${names.length === 0 ? '' : ` by ${some(names, SHOWN_METHODS)}`}${daysText(days)}`;
}

type Moved = Pick<PaymentList['totals'], 'received' | 'refunded' | 'bounced' | 'net'>;

function howMany({ received, refunded, bounced }: Moved, count: number): string {
  const [isIn, isBack] = [isNotZero(received), isNotZero(refunded) || isNotZero(bounced)];
  if (!isBack) return counted(count, 'payment');
  return isIn ? `${count} payments and refunds` : counted(count, 'refund');
}

/** `2,000.00 received`, and what of it was given back or taken back. */
function movedText({ received, refunded, bounced, net }: Moved, currency = ''): string {
  const money = (amount: string) => listed([amount, currency], ' ');
  const back = (said: (amount: string) => string) =>
    listed([isNotZero(refunded) && `${said(refunded)} given back`, isNotZero(bounced) && `${said(bounced)} bounced`]);
  if (!isNotZero(refunded) && !isNotZero(bounced)) return `${money(received)} received`;
  if (!isNotZero(received)) return back(money);
  return `${received} received, ${back((amount) => amount)}, ${money(net)} kept`;
}

function listedText({ invoice, customer, job, ...payment }: PaymentList['payments'][number]): Phrase {
  return joined([
    paymentText(payment),
    phrase`on ${toRecord(invoice)}`,
    customer.name,
    job !== null && phrase`${toRecord(job.ref)} ${job.name}`,
  ]);
}

type Sum = NonNullable<PaymentList['sums']>[number];

function sumText(sum: Sum, by: PaymentList['by']): Phrase {
  if (sum.key === null) return `no ${by ?? 'name'} said`;
  if (sum.name === undefined) return sum.key;
  return phrase`${toRecord(sum.key)} ${sum.name}${sampleText(sum)}`;
}
