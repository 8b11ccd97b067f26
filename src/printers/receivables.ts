// Who owes money, in words.
import { type Age, AGES } from '../domain/payment.ts';
import { cut } from '../domain/text.ts';
import type { AgedOut, DebtorOut, ReceivablesOut } from '../views/internal/receivables.ts';
import { isNotZero } from './profit-summary.ts';
import { counted, listed, moreText, samplesText, sampleText } from './format.ts';

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
