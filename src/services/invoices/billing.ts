// Bills made from a contract, and credit notes: what remains to bill, what is left to credit, and correcting an invoice.
import { BILL_LINES } from '../../domain/templates.ts';
import {
  billShare,
  creditable,
  creditOfAmount,
  creditOfLines,
  joinGroups,
  negated,
  percentOf,
  rateGroups,
  subtotalOf,
  taxOf,
  type ContractState,
  type RateGroup,
} from '../../domain/billing.ts';
import { invalid, refused, type Problem } from '../../domain/errors.ts';
import type { Invoice, InvoiceKind } from '../../domain/invoice.ts';
import { jointTax } from '../../domain/joint-tax.ts';
import {
  fromTenThousandths,
  parseAmount,
  parsePercent,
  price,
  quantity,
  type Price,
  type AmountInput,
} from '../../domain/money.ts';
import type { Named } from '../../domain/named.ts';
import type { PricedLine } from '../../domain/paper.ts';
import { isOpen, type QuoteSummary } from '../../domain/quote.ts';
import { invoiceRef, refOf } from '../../kinds/reference.ts';
import { listInvoices } from '../../store/books/invoices.ts';
import type { ReadScope } from '../../store/scope.ts';
import {
  contractById,
  contractQuotes,
  countedOf,
  creditNotesOf,
  writtenOffOf,
  type Contract,
} from '../quotes/contracts.ts';
import { readLine, type LineInput } from '../shared/lines.ts';
import { resolveInvoice } from '../resolve/resolve.ts';
import { says, type Message } from '../../domain/message.ts';
import { amountText, amountsOf } from '../shared/amounts.ts';

/** The contract that a quote belongs to. @throws Problem where nothing of it is accepted */
async function contractOf(scope: ReadScope, quote: QuoteSummary, field: string): Promise<Contract> {
  const contract = await contractById(scope, quote.contractId);
  if (contract === null) throw notAccepted(quote, field);
  return contract;
}

function notAccepted({ id, status, kind, contractId }: QuoteSummary, field: string): Problem {
  const ref = refOf('quote', id);
  return refused(
    kind === 'change_order' && status === 'accepted'
      ? says('billing.order-of-unaccepted', { ref, changes: refOf('quote', contractId) })
      : says('billing.quote-not-accepted', { ref, status }),
    field,
  );
}

export type FromQuote = {
  /** Left out: the contract of the work that is named. */
  readonly quote?: string | undefined;
  readonly percent?: AmountInput | undefined;
  readonly amount?: AmountInput | undefined;
  readonly rest?: boolean | undefined;
};

/** What a bill of a contract is made of. */
export type Bill = {
  readonly customer: Named;
  readonly job: Named | null;
  readonly kind: InvoiceKind;
  readonly lines: readonly PricedLine[];
  readonly groups: readonly RateGroup[];
  readonly contractId: number;
  readonly notes: readonly Message[];
};

/** @param quote what was said, or what is meant by it */
export async function billFromQuote(
  scope: ReadScope,
  { from, quote }: { readonly from: FromQuote; readonly quote: QuoteSummary },
  kind: InvoiceKind | undefined,
): Promise<Bill> {
  // An offer beside the contract is no part of it.
  if (isOpen(quote.status) || quote.status === 'declined') throw notAccepted(quote, 'fromQuote.quote');
  const { id, ref, original, quotes, state } = await contractOf(scope, quote, 'fromQuote.quote');
  const writtenOff = price(Math.min(await writtenOffOf(scope, id), Math.max(0, state.remaining)));
  if (from.rest === true && writtenOff > 0 && writtenOff === state.remaining)
    throw refused(says('billing.rest-written-off', { ref, amount: amountsOf(scope)(writtenOff) }), 'fromQuote');
  const groups = billShare(
    { ref, field: 'fromQuote', amount: shareAsked(scope, from, state, writtenOff) },
    state,
    amountsOf(scope),
  );
  const isFirst = state.bills === 0;
  return {
    customer: original.customer,
    job: original.job,
    kind: kind ?? (from.rest === true ? 'standard' : isFirst ? 'deposit' : 'progress'),
    lines: groups.map((group) =>
      shareLine(group, shareWords(from, { ref, title: original.title, changes: quotes.length - 1 }), groups.length > 1),
    ),
    groups,
    contractId: original.contractId,
    notes: [
      ...(from.rest === true && original.job !== null ? await extraWork(scope, original.job.id) : []),
      ...(from.rest === true ? await openOrders(scope, { ref, id }) : []),
      ...(subtotalOf(groups) === state.remaining ? jointTaxNotes(quotes, amountsOf(scope)) : []),
      ...reopenedNotes(subtotalOf(groups), { ref, writtenOff, remaining: state.remaining }, amountsOf(scope)),
    ],
  };
}

/** Change orders that are offered and not accepted are no part of what is left. */
async function openOrders(scope: ReadScope, { ref, id }: Pick<Contract, 'ref' | 'id'>): Promise<Message[]> {
  const open = (await contractQuotes(scope, id)).filter(
    ({ kind, status }) => kind === 'change_order' && isOpen(status),
  );
  const orders = open.map((quote) => refOf('quote', quote.id));
  return orders.length === 0 ? [] : [says('note.leaves-open-orders', { contract: ref, orders })];
}

/** Billing more than is left takes a write-off back by as much. */
function reopenedNotes(
  billed: Price,
  { ref, writtenOff, remaining }: { ref: string; writtenOff: Price; remaining: Price },
  amountText: (amount: Price) => string,
): Message[] {
  const back = price(billed - (remaining - writtenOff));
  return writtenOff > 0 && back > 0 ? [says('note.written-off-billed', { ref, amount: amountText(back) })] : [];
}

/** The bill that ends a contract brings its tax to what one bill of all its papers has. */
function jointTaxNotes(quotes: Contract['quotes'], amountText: (amount: Price) => string): Message[] {
  const joint = jointTax(quotes);
  if (joint === null) return [];
  const { together, apart, difference } = joint;
  const facts = {
    quotes: quotes.map(({ id }) => refOf('quote', id)),
    ...{ together: amountText(together), apart: amountText(apart), isMore: difference > 0 },
    difference: amountText(price(Math.abs(difference))),
  };
  return [says('note.joint-tax', facts)];
}

function shareAsked(
  scope: ReadScope,
  { percent, amount, rest }: FromQuote,
  state: ContractState,
  writtenOff: Price,
): Price {
  const given = [percent, amount, rest].filter((each) => each !== undefined);
  if (given.length !== 1) throw invalid('fromQuote', says('billing.one-share'));
  if (percent !== undefined)
    return percentOf(state, parsePercent(percent, 'fromQuote.percent', { least: 0, most: 100 }));
  if (amount !== undefined)
    return parseAmount<'price'>(amount, 'fromQuote.amount', scope.account.currency, { sign: 'positive' });
  return price(state.remaining - writtenOff);
}

function shareWords(
  { percent, rest }: FromQuote,
  { ref, title, changes }: { ref: string; title: string; changes: number },
): string {
  const contract = BILL_LINES.contract(title, ref, changes);
  if (rest === true) return BILL_LINES.balance(contract);
  return percent === undefined ? BILL_LINES.part(contract) : BILL_LINES.percent(percent, contract);
}

/** One line per tax rate: the customer sees what share is billed, not the contract over again. */
function shareLine({ rate, base }: RateGroup, description: string, several: boolean): PricedLine {
  return {
    description: several ? `${description}${endOf(rate)}` : description,
    quantity: quantity(10_000),
    unit: null,
    unitPrice: base,
    taxRate: rate,
  };
}

/** The end of a share's description where it has lines at several rates. */
function endOf(rate: RateGroup['rate']): string {
  return BILL_LINES.atRate(fromTenThousandths(rate));
}

/** What lines that were made so say of the share. */
function shareOf([first]: readonly PricedLine[]): string {
  if (first === undefined) return '';
  const { description: said, taxRate } = first;
  const end = endOf(taxRate);
  return said.endsWith(end) ? said.slice(0, -end.length) : said;
}

/** Extra work that is billed on a job, beside its contracts. */
async function extraWork(scope: ReadScope, jobId: number): Promise<Message[]> {
  const invoices = await listInvoices(scope, { jobId, status: 'issued' }, { limit: 50, before: null });
  const bills: (Message | string)[] = [];
  for (const invoice of invoices) {
    if (invoice.credits !== null || invoice.contractId !== null) continue;
    const extra = subtotalOf((await countedOf(scope, invoice)).extra);
    const ref = invoiceRef(invoice.id, invoice.number);
    if (extra > 0)
      bills.push(
        extra === invoice.subtotal ? ref : says('note.part-is-extra', { ref, amount: amountText(scope, extra) }),
      );
  }
  if (bills.length === 0) return [];
  return [says('note.counts-as-extra', { bills: bills.slice(0, 6), count: bills.length })];
}

/** A draft of a contract's bill, looked at again when it is issued. @returns what it bills now */
export async function recheckShare(
  scope: ReadScope,
  draft: Invoice,
  contractId: number,
): Promise<Pick<Bill, 'lines' | 'groups'>> {
  const [quote] = await contractQuotes(scope, contractId);
  if (quote === undefined) throw refused(says('billing.quote-gone'));
  const { ref, state } = await contractOf(scope, quote, 'invoice');
  const asked = { ref, field: 'invoice', amount: draft.subtotal };
  const groups = billShare(asked, state, amountsOf(scope));
  if (JSON.stringify(groups) === JSON.stringify(draft.groups)) return draft;
  const description = shareOf(draft.lines);
  return { groups, lines: groups.map((group) => shareLine(group, description, groups.length > 1)) };
}

function canBeCredited({ kind, status, credited, total }: Invoice): boolean {
  return status === 'issued' && kind !== 'credit_note' && credited < total;
}

export type CreditAsked = {
  readonly creditFor: string;
  readonly lines?: readonly LineInput[] | undefined;
  readonly amount?: AmountInput | undefined;
  readonly all?: boolean | undefined;
};

/** What a credit note is made of: negative amounts. */
export type Credit = {
  readonly invoice: Invoice;
  readonly lines: readonly PricedLine[];
  readonly groups: readonly RateGroup[];
};

export async function creditFor(scope: ReadScope, asked: CreditAsked): Promise<Credit> {
  const said = { ref: asked.creditFor, field: 'creditFor', intent: 'write' } as const;
  const invoice = await resolveInvoice(scope, said, { can: canBeCredited });
  const given = [asked.lines, asked.amount, asked.all].filter((each) => each !== undefined);
  if (given.length !== 1) throw invalid('creditFor', says('credit.say-what'));
  return await creditOf(scope, invoice, asked, 'creditFor');
}

/**
 * @param field the argument that names the invoice
 * @throws Problem where the invoice takes no credit, or not this much
 */
export async function creditOf(
  scope: ReadScope,
  invoice: Invoice,
  asked: Omit<CreditAsked, 'creditFor'>,
  field: string,
): Promise<Credit> {
  const ref = invoiceRef(invoice.id, invoice.number);
  if (invoice.kind === 'credit_note') throw refused(says('credit.of-credit-note', { ref }), field);
  if (invoice.status !== 'issued') throw refused(says('credit.not-issued', { ref, status: invoice.status }), field);
  const credited = (await creditNotesOf(scope, invoice)).flatMap((note) => note.groups);
  const before = joinGroups(credited);
  const left = creditable(invoice.groups, before);
  if (subtotalOf(left) <= 0 && taxOf(left) <= 0) throw refused(says('credit.all-credited', { ref }), field);
  if (asked.lines !== undefined) {
    const lines = asked.lines.map((line, index) => readLine(line, `lines[${index}]`, scope.account.currency));
    const groups = creditOfLines(invoice.groups, before, lines, amountsOf(scope)).map(negated);
    return { invoice, lines: lines.map(takenBack), groups };
  }
  const amount = creditAmount(scope, asked.amount, left, ref);
  const groups = (amount === null ? left : creditOfAmount(invoice.groups, before, amount))
    .filter(({ base, tax }) => base !== 0 || tax !== 0)
    .map(negated);
  return { invoice, lines: groups.map((group) => shareLine(group, BILL_LINES.credit(ref), groups.length > 1)), groups };
}

/** Null credits all that is left. */
function creditAmount(
  scope: ReadScope,
  given: AmountInput | undefined,
  left: readonly RateGroup[],
  ref: string,
): Price | null {
  if (given === undefined) return null;
  const amount = parseAmount<'price'>(given, 'amount', scope.account.currency, { sign: 'positive' });
  const most = subtotalOf(left);
  if (amount > most) {
    throw refused(
      says('credit.more-than-left-before-tax', { amount: amountsOf(scope)(amount), left: amountsOf(scope)(most), ref }),
      'amount',
    );
  }
  return amount;
}

function takenBack(line: PricedLine): PricedLine {
  return { ...line, unitPrice: line.unitPrice === null ? null : price(-line.unitPrice) };
}

/** Lines given by hand, with their tax. */
export function billOfLines(lines: readonly PricedLine[]): {
  lines: readonly PricedLine[];
  groups: readonly RateGroup[];
} {
  return { lines, groups: rateGroups(lines) };
}
