// Who owes money, in words.
import { type Age, AGES } from '../domain/payment.ts';
import type { ReceivablesList } from '../views/internal/receivables.ts';
import { line, phrase, row, toPhone, toRecord, wordsOf, type Block } from './blocks.ts';
import { isNotZero } from './profit-summary.ts';
import { counted, joined, listed, samplesText, sampleText, short } from './format.ts';

const AGE_WORDS: Readonly<Record<Age, string>> = {
  current: 'not due yet',
  days1to30: '1–30 days late',
  days31to60: '31–60 days late',
  days61to90: '61–90 days late',
  over90: 'over 90 days late',
};

type Debtor = ReceivablesList['customers'][number];
type Aged = Pick<Debtor, 'total' | 'overdue' | Age>;

export function receivablesBlocks(list: ReceivablesList): Block[] {
  const { totals, currency, count } = list;
  const owed = owedBlocks(list);
  const asOf = list.asOf === undefined ? [] : [line(`As of the end of ${list.asOf}, by the due dates of today:`)];
  if (count === 0)
    return [
      ...asOf,
      line(list.customer === undefined ? 'Nobody owes you anything.' : `Nothing is owed by ${list.customer}.`),
      ...owed,
    ];
  return [
    ...asOf,
    ...list.customers.flatMap(debtorBlocks),
    ...(list.nextCursor === undefined
      ? []
      : [
          line(`${list.customers.length} shown of ${count}`, {
            ...{ next: `; the rest with cursor "${list.nextCursor}". The total is of all.` },
          }),
        ]),
    line(
      `In all ${totals.total} ${currency} from ${counted(count, 'customer')}${samplesText(totals)}, ${agesText(totals)}.`,
    ),
    ...owed,
  ];
}

/** `825.00, all of it over 90 days late` */
function debtorBlocks(debtor: Debtor): Block[] {
  const { ref, name, total, phone, email, records = [], more } = debtor;
  const reached = joined([phone !== null && toPhone(phone), email]);
  return [
    line(
      phrase`${toRecord(ref)} ${name}${sampleText(debtor)} owes ${total}, ${agesText(debtor)}.${wordsOf(reached) === '' ? '' : phrase` Reached at ${reached}.`}`,
    ),
    ...records.map(({ ref: invoice, total: whole, balance, dueOn, daysLate }) =>
      row(
        phrase`${toRecord(invoice)}: ${balance}${balance === whole ? '' : ` of ${whole}`}${dueOn === null ? '' : `, due ${dueOn}`}${daysLate === 0 ? '' : `, ${counted(daysLate, 'day')} late`}`,
        { level: 2 },
      ),
    ),
    ...(more === undefined
      ? []
      : [row(`and ${counted(more.invoices, 'more invoice')}: ${more.balance}`, { level: 2 })]),
  ];
}

function agesText(aged: Aged): string {
  const some = AGES.filter((age) => isNotZero(aged[age]));
  const [only] = some;
  if (only !== undefined && some.length === 1) return `all of it ${AGE_WORDS[only]}`;
  return listed(some.map((age) => `${aged[age]} is ${AGE_WORDS[age]}`));
}

function owedBlocks({ owedToCustomers: { count, total, invoices }, currency }: ReceivablesList): Block[] {
  if (count === 0) return [];
  const names = invoices.map(
    ({ customer, ref, amount }) => phrase`${short(customer.name, 60)} ${amount} (${toRecord(ref)})`,
  );
  const more = count > invoices.length ? ` and ${count - invoices.length} more` : '';
  return [line(phrase`You owe customers ${total} ${currency} back: ${joined(names, '; ')}${more}.`)];
}
