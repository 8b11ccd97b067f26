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
  type ContractPart,
  type Counting,
  type CreditPart,
} from '../../domain/contract.ts';
import { countedLeft } from '../../domain/counted.ts';
import { inOrder } from '../../domain/left-to-bill.ts';
import { price, type Price, text } from '../../domain/money.ts';
import type { QuoteSummary } from '../../domain/quote.ts';
import { invoiceRef, refOf } from '../../kinds/reference.ts';
import {
  billsOf,
  countedOn,
  dropParts,
  keepParts,
  notesOf,
  type CountedBill,
} from '../../store/books/contract-parts.ts';
import { setCounting } from '../../store/books/write-invoices.ts';
import type { Placed, WorkBill, WorkPapers, WorkQuote } from '../../store/books/papers.ts';
import type { ReadScope, WriteScope } from '../../store/scope.ts';
import { amountText } from '../shared/amounts.ts';

/** An accepted original quote with its accepted change orders, and how far it is billed. */
export type Contract = {
  readonly id: number;
  readonly ref: string;
  readonly original: WorkQuote;
  readonly quotes: readonly WorkQuote[];
  readonly bills: readonly CountedBill[];
  readonly state: ContractState;
};

/** A bill with what it bills at each tax rate. */
type Billed = Placed & Countable;
type Countable = Pick<Placed, 'job'> & {
  readonly contractId: number | null;
  readonly counting: Counting | null;
  readonly groups: readonly RateGroup[];
};

/** Null where no original of it is accepted. */
export async function contractById(scope: ReadScope, contractId: number): Promise<Contract | null> {
  return contractIn(await scope.papers.ofContract(contractId), contractId);
}

function contractIn(papers: WorkPapers, contractId: number): Contract | null {
  const quotes = papers.quotes.filter((quote) => quote.contractId === contractId && quote.status === 'accepted');
  const original = quotes.find(isOriginal);
  if (original === undefined) return null;
  const bills = billsOf(papers, { contractId, jobId: original.job?.id ?? null });
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
  return contractsIn(await scope.papers.ofJob(jobId), jobId);
}

/** The quotes of a job, oldest first. */
export async function jobQuotes(scope: ReadScope, jobId: number): Promise<WorkQuote[]> {
  return (await scope.papers.ofJob(jobId)).quotes.filter(({ job }) => job?.id === jobId);
}

/** Those of a contract, of any status, oldest first. */
export async function contractQuotes(scope: ReadScope, contractId: number): Promise<WorkQuote[]> {
  return (await scope.papers.ofContract(contractId)).quotes.filter((quote) => quote.contractId === contractId);
}

function contractsIn({ quotes }: WorkPapers, jobId: number): number[] {
  const accepted = quotes.filter(
    (quote) => quote.job?.id === jobId && isOriginal(quote) && quote.status === 'accepted',
  );
  return inOrder(accepted).map(({ contractId }) => contractId);
}

/** The number of the contract as it stands: that of its accepted original, else of its first. */
export async function contractRef(scope: ReadScope, contractId: number): Promise<string> {
  const standing = (await contractQuotes(scope, contractId)).find(
    (quote) => isOriginal(quote) && quote.status === 'accepted',
  );
  return refOf('quote', standing?.id ?? contractId);
}

/** What was written off of a contract; 0 where nothing was. */
export async function writtenOffOf(scope: ReadScope, contractId: number): Promise<Price> {
  return (await scope.papers.ofContract(contractId)).writtenOff.get(contractId) ?? price(0);
}

/** The bills that still bill something of a contract. */
export function standingBills({ bills }: Pick<Contract, 'bills'>): CountedBill[] {
  return bills.filter((bill) => billedBy(bill) !== 0);
}

/** What of a bill is not credited: its parts of contracts, in the order in which they were accepted, and extra work. */
export async function countedOf(scope: ReadScope, bill: Placed): Promise<Counted> {
  const papers = await scope.papers.ofInvoice(bill);
  const own = inPapers(papers, bill.id);
  const notes = notesOf(papers, [own.id]);
  const { parts, extra } = countedLeft(own, notes, countedOn(papers, [own, ...notes], bill.job?.id ?? null));
  const order = bill.job === null ? [] : contractsIn(papers, bill.job.id);
  return {
    parts: parts.toSorted((one, other) => order.indexOf(one.contractId) - order.indexOf(other.contractId)),
    extra,
  };
}

function inPapers({ bills }: WorkPapers, id: number): WorkBill {
  const bill = bills.find((each) => each.id === id);
  if (bill === undefined) throw new Error(`invoice ${id} is not among the papers around it`);
  return bill;
}

/** A bill with the parts that were kept of it. */
export async function workBill(scope: ReadScope, bill: Placed): Promise<WorkBill> {
  return inPapers(await scope.papers.ofInvoice(bill), bill.id);
}

/** The issued credit notes of an invoice. */
export async function creditNotesOf(scope: ReadScope, invoice: Placed): Promise<WorkBill[]> {
  return notesOf(await scope.papers.ofInvoice(invoice), [invoice.id]);
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

/** What a bill counts against once it is issued. */
export type BillCount = { readonly counting: Counting | null; readonly parts: readonly ContractPart[] };

/**
 * How a bill from lines that is about to be issued counts against the contracts of its job.
 * @param first the contracts that come before the others
 */
export async function countOf(
  scope: ReadScope,
  { job, contractId, counting, groups }: Countable,
  first: readonly number[] = [],
): Promise<BillCount> {
  if (contractId !== null || counting === 'extra') return { counting, parts: [] };
  const contracts = job === null ? [] : await contractsOn(scope, job.id);
  const order = [...new Set([...first.filter((id) => contracts.includes(id)), ...contracts])];
  if (order.length === 0) return { counting: 'contract', parts: [] };
  return await countAgainst(scope, groups, order);
}

async function countAgainst(
  scope: ReadScope,
  groups: readonly RateGroup[],
  order: readonly number[],
): Promise<BillCount> {
  const parts = countBill(groups, await contractsLeft(scope, order));
  return { counting: parts.length === 0 ? 'extra' : 'contract', parts };
}

/** What a credit of this much would take from the contracts that the bill counts against. */
export async function creditParts(
  scope: ReadScope,
  bill: Placed,
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
  const papers = await scope.papers.ofInvoice(bill);
  const parts = countedOn(papers, [inPapers(papers, bill.id)], bill.job?.id ?? null).get(bill.id) ?? [];
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
  const papers = await scope.papers.ofInvoice(bill);
  const notes = notesOf(papers, [bill.id]);
  const own = inPapers(papers, bill.id);
  const kept = countedOn(papers, [own, ...notes], bill.job?.id ?? null);
  await dropParts(scope, [own, ...notes]);
  // So that they are not among the bills of a contract while what is left of that is looked at.
  await setCounting(scope, bill.id, counting);
  for (const note of notes) await setCounting(scope, note.id, 'contract');
  if (counting === 'extra') return;
  const now =
    only === undefined ? await countOf(scope, { ...bill, counting }) : await countAgainst(scope, bill.groups, [only]);
  await keepParts(scope, bill.id, now.parts);
  if (now.counting === 'extra') await setCounting(scope, bill.id, 'extra');
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
  const { bills } = await scope.papers.ofJob(jobId);
  for (const bill of bills) {
    if (bill.jobId !== jobId || bill.status !== 'issued' || bill.parts.length > 0) continue;
    if (bill.contractId !== null || bill.creditsId !== null || bill.counting === 'extra') continue;
    const placed = { ...bill, job: { id: jobId } };
    await recount(scope, placed, { counting: 'contract' });
    const sum = subtotalOf((await countedOf(scope, placed)).parts.flatMap(({ groups }) => groups));
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
