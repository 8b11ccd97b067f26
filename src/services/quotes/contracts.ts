// Contracts as they stand: what each comes to, what is billed of it, and which bills count against which.
import { says, type Message } from '../../domain/message.ts';
import {
  billedBy,
  contractState,
  joinGroups,
  negated,
  subtotalOf,
  type ContractState,
  type RateGroup,
} from '../../domain/billing.ts';
import {
  countBill,
  countCredit,
  less,
  type ContractLeft,
  type Counted,
  type Counting,
  type CreditPart,
} from '../../domain/contract.ts';
import { countedLeft } from '../../domain/counted.ts';
import { inOrder } from '../../domain/left-to-bill.ts';
import type { InvoiceSummary } from '../../domain/invoice.ts';
import { price, type Price, text } from '../../domain/money.ts';
import type { Quote, QuoteSummary } from '../../domain/quote.ts';
import { invoiceRef, refOf } from '../../kinds/reference.ts';
import {
  billsOf,
  countedOn,
  dropParts,
  keepParts,
  partsOf,
  type CountedBill,
} from '../../store/books/contract-parts.ts';
import { creditNotesOf, groupsOf, listInvoices, setCounting } from '../../store/books/invoices.ts';
import { contractQuotes, quoteById } from '../../store/books/quotes.ts';
import type { ReadScope, WriteScope } from '../../store/scope.ts';
import { writtenOffOf } from '../../store/books/write-offs.ts';
import { amountText } from '../shared/amounts.ts';

/** An accepted original quote with its accepted change orders, and how far it is billed. */
export type Contract = {
  readonly id: number;
  readonly ref: string;
  readonly original: Quote;
  readonly quotes: readonly Quote[];
  readonly bills: readonly CountedBill[];
  readonly state: ContractState;
};

/** A bill with what it bills at each tax rate. */
type Billed = InvoiceSummary & { readonly groups: readonly RateGroup[] };

/** Null where no original of it is accepted. */
export async function contractById(scope: ReadScope, contractId: number): Promise<Contract | null> {
  const accepted = (await contractQuotes(scope, contractId)).filter((each) => each.status === 'accepted');
  const standing = accepted.find(isOriginal);
  if (standing === undefined) return null;
  const quotes: Quote[] = [];
  for (const { id } of accepted) {
    const whole = await quoteById(scope, id);
    if (whole !== null) quotes.push(whole);
  }
  const original = quotes.find(({ id }) => id === standing.id);
  if (original === undefined) return null;
  const bills = await billsOf(scope, { contractId, jobId: original.job?.id ?? null });
  const state = contractState(
    quotes.flatMap((each) => each.lines),
    bills,
  );
  return { id: contractId, ref: refOf('quote', original.id), original, quotes, bills, state };
}

function isOriginal({ kind }: QuoteSummary): boolean {
  return kind === 'original';
}

/** The contracts of a job in the order in which they were accepted; those from before that was kept come first. */
export async function contractsOn(scope: ReadScope, jobId: number): Promise<number[]> {
  const accepted = (await contractQuotes(scope, { jobId })).filter(
    (quote) => isOriginal(quote) && quote.status === 'accepted',
  );
  return inOrder(accepted).map(({ contractId }) => contractId);
}

/** The number of the contract as it stands: that of its accepted original, else of its first. */
export async function contractRef(scope: ReadScope, contractId: number): Promise<string> {
  const quotes = await contractQuotes(scope, contractId);
  const standing = quotes.find((quote) => isOriginal(quote) && quote.status === 'accepted');
  return refOf('quote', standing?.id ?? contractId);
}

/** The bills that still bill something of a contract. */
export function standingBills({ bills }: Pick<Contract, 'bills'>): CountedBill[] {
  return bills.filter((bill) => billedBy(bill) !== 0);
}

/** What of a bill is not credited: its parts of contracts, in the order in which they were accepted, and extra work. */
export async function countedOf(scope: ReadScope, bill: InvoiceSummary): Promise<Counted> {
  const notes = await creditNotesOf(scope, bill.id);
  const counted = await countedOn(scope, [bill, ...notes], bill.job?.id ?? null);
  const { parts, extra } = countedLeft({ id: bill.id, groups: await groupsOf(scope, bill.id) }, notes, counted);
  const order = bill.job === null ? [] : await contractsOn(scope, bill.job.id);
  return {
    parts: parts.toSorted((one, other) => order.indexOf(one.contractId) - order.indexOf(other.contractId)),
    extra,
  };
}

/** What of each contract is left, in this order. */
async function contractsLeft(scope: ReadScope, contractIds: readonly number[]): Promise<ContractLeft[]> {
  const left: ContractLeft[] = [];
  for (const contractId of contractIds) {
    const contract = await contractById(scope, contractId);
    if (contract === null) continue;
    const { groups, billed, remaining } = contract.state;
    const writtenOff = await writtenOffOf(scope, contractId);
    left.push({ contractId, groups: less(groups, billed), remaining: price(remaining - writtenOff) });
  }
  return left;
}

/**
 * Counts an issued bill from lines against the contracts of its job.
 * @param first the contracts that come before the others
 */
export async function count(scope: WriteScope, bill: Billed, first: readonly number[] = []): Promise<void> {
  if (bill.contractId !== null || bill.kind === 'credit_note') return;
  const contracts = bill.job === null ? [] : await contractsOn(scope, bill.job.id);
  const order = [...new Set([...first.filter((id) => contracts.includes(id)), ...contracts])];
  const isExtra = bill.counting === 'extra';
  // So that it is not among the bills of a contract while what is left of that is looked at.
  await setCounting(scope, bill.id, isExtra ? 'extra' : 'contract');
  if (isExtra || order.length === 0) return;
  await keepCounted(scope, bill, order);
}

async function keepCounted(scope: WriteScope, bill: Billed, order: readonly number[]): Promise<void> {
  const parts = countBill(bill.groups, await contractsLeft(scope, order));
  await keepParts(scope, bill.id, parts);
  if (parts.length === 0) await setCounting(scope, bill.id, 'extra');
}

/** What a credit of this much would take from the contracts that the bill counts against. */
export async function creditParts(
  scope: ReadScope,
  bill: InvoiceSummary,
  note: readonly RateGroup[],
  billAgain: boolean,
): Promise<CreditPart[]> {
  const counted = await countedOf(scope, bill);
  const beyond = new Map<number, Price>();
  for (const { contractId } of counted.parts) {
    const contract = await contractById(scope, contractId);
    if (contract !== null) beyond.set(contractId, price(Math.max(0, -contract.state.remaining)));
  }
  return countCredit(note, counted, { billAgain, beyond });
}

/** Keeps where a bill from before that was kept counts, since a credit is about to rest on it. */
export async function pin(scope: WriteScope, bill: Billed): Promise<void> {
  if (bill.counting !== null || bill.contractId !== null) return;
  const contracts = bill.job === null ? [] : await contractsOn(scope, bill.job.id);
  const parts = (await countedOn(scope, [bill], bill.job?.id ?? null)).get(bill.id) ?? [];
  await setCounting(scope, bill.id, parts.length === 0 && contracts.length > 0 ? 'extra' : 'contract');
  await keepParts(scope, bill.id, parts);
}

/**
 * Counts a bill from lines, with its credit notes, as if it were issued now. A price reduction stays one where the bill
 * still counts against a contract.
 */
export async function recount(
  scope: WriteScope,
  bill: Billed,
  { counting, only }: { counting: Counting; only?: number },
): Promise<void> {
  const notes = await creditNotesOf(scope, bill.id);
  const kept = await countedOn(scope, [bill, ...notes], bill.job?.id ?? null);
  await dropParts(scope, [bill.id, ...notes.map(({ id }) => id)]);
  await setCounting(scope, bill.id, counting);
  for (const note of notes) await setCounting(scope, note.id, 'contract');
  if (counting === 'extra') return;
  if (only === undefined) await count(scope, { ...bill, counting });
  else await keepCounted(scope, bill, [only]);
  const done: RateGroup[] = [];
  for (const note of notes) {
    const back = note.groups.map(negated);
    const counted = await countedBefore(scope, bill, done);
    const reduced = (kept.get(note.id) ?? []).some(({ reduces }) => reduces);
    await keepParts(scope, note.id, countCredit(back, counted, { billAgain: !reduced, beyond: new Map() }));
    done.push(...note.groups);
  }
}

/** What of a bill was not credited by notes so far. */
async function countedBefore(scope: ReadScope, bill: Billed, done: readonly RateGroup[]): Promise<Counted> {
  const { parts } = await countedOf(scope, bill);
  const left = joinGroups([...bill.groups, ...done]);
  return { parts, extra: less(left, joinGroups(parts.flatMap((part) => part.groups))) };
}

/** Bills of a job that came before it had a contract count against the first that is accepted there. */
export async function countEarlier(scope: WriteScope, jobId: number): Promise<Message[]> {
  const [contractId, ...others] = await contractsOn(scope, jobId);
  if (contractId === undefined || others.length > 0) return [];
  const counted: { ref: string; amount: string }[] = [];
  const bills = await listInvoices(scope, { jobId, status: 'issued' }, { limit: 1000, before: null });
  for (const bill of bills.toReversed()) {
    if (bill.contractId !== null || bill.credits !== null || bill.counting === 'extra') continue;
    if ((await partsOf(scope, [bill.id])).size > 0) continue;
    await recount(scope, { ...bill, groups: await groupsOf(scope, bill.id) }, { counting: 'contract' });
    const sum = subtotalOf((await countedOf(scope, bill)).parts.flatMap(({ groups }) => groups));
    if (sum > 0) counted.push({ ref: invoiceRef(bill.id, bill.number), amount: amountText(scope, sum) });
  }
  const contract = counted.length === 0 ? null : await contractById(scope, contractId);
  if (contract === null) return [];
  const left = amountText(scope, contract.state.remaining);
  return [says('note.counts-now', { bills: counted, contract: contract.ref, left })];
}

/** A warning where more is billed on a contract than it comes to. */
export function billedBeyond(scope: ReadScope, { ref, bills, state }: Contract): Message[] {
  if (state.remaining >= 0) return [];
  const credits: { ref: string; amount: string }[] = [];
  let over = -state.remaining;
  for (const bill of bills.toReversed()) {
    const part = Math.min(over, billedBy(bill));
    if (part <= 0) continue;
    credits.push({ ref: bill.ref, amount: text(price(part), scope.account.currency) });
    over -= part;
  }
  const [billed, contract] = [amountText(scope, state.billedSubtotal), amountText(scope, state.subtotal)] as const;
  return [says('note.billed-beyond', { ref, billed, contract, credits })];
}
