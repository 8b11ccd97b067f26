// Bills made from a contract, and credit notes: what remains to bill, what is left to credit, and correcting an invoice.
import {
  asCredit,
  billShare,
  contractState,
  creditable,
  creditOfAmount,
  creditOfLines,
  percentOf,
  rateGroups,
  subtotalOf,
  taxOf,
  type ContractState,
  type RateGroup,
} from '../domain/billing.ts';
import { invalid, refused, type Problem } from '../domain/errors.ts';
import type { Invoice, InvoiceKind } from '../domain/invoice.ts';
import { jointTax } from '../domain/joint-tax.ts';
import {
  fromTenThousandths,
  parseAmount,
  parsePercent,
  price,
  quantity,
  text,
  type Price,
  type Spoken,
} from '../domain/money.ts';
import type { PricedLine } from '../domain/paper.ts';
import { isOpen, type Quote } from '../domain/quote.ts';
import { invoiceRef, refOf } from '../domain/reference.ts';
import { billsOf, creditNotesOf, listInvoices } from '../store/invoices.ts';
import { contractQuotes, quoteById } from '../store/quotes.ts';
import type { ReadScope } from '../store/scope.ts';
import { readLine, type SpokenLine } from './lines.ts';
import { resolveInvoice, resolveQuote } from './resolve.ts';

/** An accepted original quote with its accepted change orders, and how far it is billed. */
export type Contract = { readonly original: Quote; readonly quotes: readonly Quote[]; readonly state: ContractState };

/** The contract that a quote belongs to. @throws Problem where nothing of it is accepted */
async function contractOf(scope: ReadScope, quote: Quote, field: string): Promise<Contract> {
  const accepted = (await contractQuotes(scope, quote.contractId)).filter((each) => each.status === 'accepted');
  const original = accepted.find((each) => each.kind === 'original');
  if (original === undefined) throw notAccepted(quote, field);
  const quotes: Quote[] = [];
  for (const { id } of accepted) {
    const whole = await quoteById(scope, id);
    if (whole !== null) quotes.push(whole);
  }
  return {
    original: quotes.find((each) => each.id === original.id) ?? quote,
    quotes,
    state: await stateOf(scope, quotes, quote.contractId),
  };
}

function notAccepted({ id, status, kind, contractId }: Quote, field: string): Problem {
  const ref = refOf('quote', id);
  const what =
    kind === 'change_order' && status === 'accepted'
      ? `${ref} is a change order, and the quote it changes (${refOf('quote', contractId)}) is not accepted. Accept that`
      : `${ref} is ${status}. Accept the quote`;
  return refused(`${what} first (update-quote with status accepted), then bill it.`, field);
}

async function stateOf(scope: ReadScope, quotes: readonly Quote[], contractId: number): Promise<ContractState> {
  const jobId = quotes[0]?.job?.id ?? null;
  const isOldest = jobId === null ? false : (await oldestContract(scope, jobId)) === contractId;
  const bills = await billsOf(scope, { contractId, jobId, isOldest });
  return contractState(
    quotes.flatMap((each) => each.lines),
    bills.map((bill) => ({ ref: invoiceRef(bill.id, bill.number), groups: bill.groups })),
  );
}

/** Deposits and progress bills made from lines count against the oldest contract of their job. */
export async function oldestContract(scope: ReadScope, jobId: number): Promise<number | null> {
  const quotes = await contractQuotes(scope, { jobId });
  const accepted = quotes.filter((quote) => quote.kind === 'original' && quote.status === 'accepted');
  return accepted.length === 0 ? null : Math.min(...accepted.map((quote) => quote.contractId));
}

export type FromQuote = {
  readonly quote: string;
  readonly percent?: Spoken | undefined;
  readonly amount?: Spoken | undefined;
  readonly rest?: boolean | undefined;
};

/** What a bill of a contract is made of. */
export type Bill = {
  readonly customerId: number;
  readonly jobId: number | null;
  readonly kind: InvoiceKind;
  readonly lines: readonly PricedLine[];
  readonly groups: readonly RateGroup[];
  readonly contractId: number;
  readonly notes: readonly string[];
};

export async function billFromQuote(scope: ReadScope, from: FromQuote, kind: InvoiceKind | undefined): Promise<Bill> {
  const quote = await resolveQuote(scope, { spoken: from.quote, field: 'fromQuote.quote', intent: 'write' });
  // An offer beside the contract is no part of it.
  if (isOpen(quote.status) || quote.status === 'declined') throw notAccepted(quote, 'fromQuote.quote');
  const { original, quotes, state } = await contractOf(scope, quote, 'fromQuote.quote');
  const ref = refOf('quote', original.id);
  const groups = billShare({ ref, field: 'fromQuote', amount: shareAsked(scope, from, state) }, state, words(scope));
  const isFirst = state.bills === 0;
  return {
    customerId: original.customer.id,
    jobId: original.job?.id ?? null,
    kind: kind ?? (from.rest === true ? 'standard' : isFirst ? 'deposit' : 'progress'),
    lines: groups.map((group) =>
      shareLine(group, shareWords(from, { ref, title: original.title, changes: quotes.length - 1 }), groups.length > 1),
    ),
    groups,
    contractId: original.contractId,
    notes: [
      ...(from.rest === true && original.job !== null ? await extraWork(scope, original.job.id) : []),
      ...(subtotalOf(groups) === state.remaining ? jointTaxNotes(quotes, words(scope)) : []),
    ],
  };
}

/** The bill that ends a contract brings its tax to what one bill of all its papers has. */
function jointTaxNotes(quotes: readonly Quote[], inWords: (amount: Price) => string): string[] {
  const joint = jointTax(quotes);
  if (joint === null) return [];
  const { together, apart, difference } = joint;
  const refs = quotes.map(({ id }) => refOf('quote', id)).join(' and ');
  const change = `${inWords(price(Math.abs(difference)))} ${difference > 0 ? 'more' : 'less'}`;
  return [
    `${refs} billed together come to ${inWords(together)} tax; each rounded for itself they say ${inWords(apart)}. That is ${change}, since tax is rounded once for each rate of the contract.`,
  ];
}

function shareAsked(scope: ReadScope, { percent, amount, rest }: FromQuote, state: ContractState): Price {
  const given = [percent, amount, rest].filter((each) => each !== undefined);
  if (given.length !== 1)
    throw invalid('fromQuote', 'give one of percent (like 30), amount (before tax) or rest: true.');
  if (percent !== undefined)
    return percentOf(state, parsePercent(percent, 'fromQuote.percent', { least: 0, most: 100 }));
  if (amount !== undefined)
    return parseAmount<'price'>(amount, 'fromQuote.amount', scope.account.currency, { sign: 'positive' });
  return state.remaining;
}

function shareWords(
  { percent, rest }: FromQuote,
  { ref, title, changes }: { ref: string; title: string; changes: number },
): string {
  const what = `${title} (${ref}${changes > 0 ? ` with ${changes} change order${changes === 1 ? '' : 's'}` : ''})`;
  if (rest === true) return `Balance of ${what}`;
  return percent === undefined ? `Part of ${what}` : `${String(percent)} % of ${what}`;
}

/** The end of a share's description where it has lines at several rates. */
const AT_RATE = /, at [\d.]+ % tax$/;

/** One line per tax rate: the customer sees what share is billed, not the contract over again. */
function shareLine({ rate, base }: RateGroup, description: string, several: boolean): PricedLine {
  const at = several ? `, at ${fromTenThousandths(rate)} % tax` : '';
  return { description: `${description}${at}`, quantity: quantity(10_000), unit: null, unitPrice: base, taxRate: rate };
}

/** Standard invoices from lines are extra work, beside the contract. */
async function extraWork(scope: ReadScope, jobId: number): Promise<string[]> {
  const invoices = await listInvoices(scope, { jobId, status: 'issued' }, { limit: 100, before: null });
  const extra = invoices.filter(
    (invoice) => invoice.kind === 'standard' && invoice.contractId === null && invoice.correctedById === null,
  );
  if (extra.length === 0) return [];
  const refs = extra.slice(0, 6).map((invoice) => invoiceRef(invoice.id, invoice.number));
  return [
    `${refs.join(', ')} ${extra.length === 1 ? 'was' : 'were'} made from lines and count as extra work, not as part of this contract.`,
  ];
}

/** A warning where an issued bill goes beyond the contract that it counts against. */
export async function beyondContract(scope: ReadScope, bill: Invoice): Promise<string[]> {
  const loose = bill.contractId === null && bill.job !== null && (bill.kind === 'deposit' || bill.kind === 'progress');
  const contractId = loose ? await oldestContract(scope, bill.job.id) : bill.contractId;
  return contractId === null ? [] : await billedBeyond(scope, contractId);
}

/** A warning where more is billed on a contract than it comes to. */
export async function billedBeyond(scope: ReadScope, contractId: number): Promise<string[]> {
  const accepted = (await contractQuotes(scope, contractId)).find(
    (each) => each.kind === 'original' && each.status === 'accepted',
  );
  const quote = accepted === undefined ? null : await quoteById(scope, accepted.id);
  if (quote === null) return [];
  const { original, state } = await contractOf(scope, quote, 'invoice');
  if (state.remaining >= 0) return [];
  const inWords = words(scope);
  return [
    `Billed beyond the contract: ${inWords(state.billedSubtotal)} of ${inWords(state.subtotal)} on ${refOf('quote', original.id)}. A change order would cover the difference.`,
  ];
}

/** A draft of a contract's bill, looked at again when it is issued. @returns what it bills now */
export async function recheckShare(
  scope: ReadScope,
  draft: Invoice,
  contractId: number,
): Promise<Pick<Bill, 'lines' | 'groups'>> {
  const [first] = await contractQuotes(scope, contractId);
  const quote = first === undefined ? null : await quoteById(scope, first.id);
  if (quote === null) throw refused('the quote that this draft bills is gone. Discard the draft.');
  const { original, state } = await contractOf(scope, quote, 'invoice');
  const asked = { ref: refOf('quote', original.id), field: 'invoice', amount: draft.subtotal };
  const groups = billShare(asked, state, words(scope));
  if (JSON.stringify(groups) === JSON.stringify(draft.groups)) return draft;
  const description = draft.lines[0]?.description.replace(AT_RATE, '') ?? '';
  return { groups, lines: groups.map((group) => shareLine(group, description, groups.length > 1)) };
}

export type CreditAsked = {
  readonly creditFor: string;
  readonly lines?: readonly SpokenLine[] | undefined;
  readonly amount?: Spoken | undefined;
  readonly all?: boolean | undefined;
};

/** What a credit note is made of: negative amounts. */
export type Credit = {
  readonly invoice: Invoice;
  readonly lines: readonly PricedLine[];
  readonly groups: readonly RateGroup[];
};

export async function creditFor(scope: ReadScope, asked: CreditAsked): Promise<Credit> {
  const invoice = await resolveInvoice(scope, { spoken: asked.creditFor, field: 'creditFor', intent: 'write' });
  const given = [asked.lines, asked.amount, asked.all].filter((each) => each !== undefined);
  if (given.length !== 1) throw invalid('creditFor', 'say what to credit: lines, an amount before tax, or all: true.');
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
  if (invoice.kind === 'credit_note') throw refused(`${ref} is a credit note itself.`, field);
  if (invoice.status !== 'issued')
    throw refused(`${ref} is ${invoice.status}: only an issued invoice is credited.`, field);
  const credited = (await creditNotesOf(scope, invoice.id)).flatMap((note) => note.groups);
  const before = joined(credited);
  const left = creditable(invoice.groups, before);
  if (subtotalOf(left) <= 0 && taxOf(left) <= 0) throw refused(`${ref} is credited entirely already.`, field);
  if (asked.lines !== undefined) {
    const lines = asked.lines.map((line, index) => readLine(line, `lines[${index}]`, scope.account.currency));
    const groups = creditOfLines(invoice.groups, before, lines, words(scope)).map(asCredit);
    return { invoice, lines: lines.map(negated), groups };
  }
  const amount = creditAmount(scope, asked.amount, left, ref);
  const groups = (amount === null ? left : creditOfAmount(invoice.groups, before, amount))
    .filter(({ base, tax }) => base !== 0 || tax !== 0)
    .map(asCredit);
  return { invoice, lines: groups.map((group) => shareLine(group, `Credit for ${ref}`, groups.length > 1)), groups };
}

/** Null credits all that is left. */
function creditAmount(
  scope: ReadScope,
  spoken: Spoken | undefined,
  left: readonly RateGroup[],
  ref: string,
): Price | null {
  if (spoken === undefined) return null;
  const amount = parseAmount<'price'>(spoken, 'amount', scope.account.currency, { sign: 'positive' });
  const most = subtotalOf(left);
  if (amount > most) {
    throw refused(
      `${words(scope)(amount)} is more than the ${words(scope)(most)} before tax that is left to credit on ${ref}. Give at most that, or all: true.`,
      'amount',
    );
  }
  return amount;
}

function joined(groups: readonly RateGroup[]): RateGroup[] {
  const byRate = Map.groupBy(groups, (group) => group.rate);
  return [...byRate].map(([rate, some]) => ({ rate, base: subtotalOf(some), tax: taxOf(some) }));
}

function negated(line: PricedLine): PricedLine {
  return { ...line, unitPrice: line.unitPrice === null ? null : price(-line.unitPrice) };
}

/** Lines given by hand, with their tax. */
export function billOfLines(lines: readonly PricedLine[]): {
  lines: readonly PricedLine[];
  groups: readonly RateGroup[];
} {
  return { lines, groups: rateGroups(lines) };
}

export function words({ account }: ReadScope): (amount: Price) => string {
  return (amount) => `${text(amount, account.currency)} ${account.currency}`;
}
