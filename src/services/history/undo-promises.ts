// What the books promise about records together, asked once an undo has put its rows back. Where nothing later bears on
// them, they are as they were, and that was allowed; where something does, the undo would break its ground.
import { creditable, joinGroups, subtotalOf, taxOf } from '../../domain/billing.ts';
import type { Change } from '../../domain/history.ts';
import type { Invoice } from '../../domain/invoice.ts';
import { price } from '../../domain/money.ts';
import { paidBy } from '../../domain/payment.ts';
import type { QuoteSummary } from '../../domain/quote.ts';
import { invoiceRef, refOf } from '../../kinds/reference.ts';
import { MONEYED_TABLES, moneyHeld } from '../../store/books/counts.ts';
import type { RowStep, TouchedRow } from '../../store/journal/history.ts';
import { billsOf } from '../../store/books/contract-parts.ts';
import { invoiceById } from '../../store/books/invoices.ts';
import { paymentsOf } from '../../store/books/payments.ts';
import type { ReadScope, WriteScope } from '../../store/scope.ts';
import {
  contractById,
  contractQuotes,
  creditNotesOf,
  jobQuotes,
  standingBills,
  workBill,
} from '../quotes/contracts.ts';
import { dependentChanges, refuseFor, type Broken } from './dependent-changes.ts';
import { says, type Message } from '../../domain/message.ts';
import { brokenFiling } from './undo-filing.ts';
import { brokenMerges } from './undo-merged.ts';
import { brokenOwners } from './undo-owners.ts';
import { brokenWording } from './undo-lines.ts';
import { amountText } from '../shared/amounts.ts';

/** @throws Problem where the amounts would be read in another currency than they were written in */
export async function checkCurrency(scope: WriteScope, change: Change, rows: readonly TouchedRow[]): Promise<void> {
  const turns = ({ table, before, after }: RowStep) =>
    table === 'accounts' && before !== null && before['currency'] !== after?.['currency'];
  if (rows.some(turns)) {
    const held = await moneyHeld(scope);
    const records = [says('undo.records-in-currency', { held, currency: scope.account.currency })];
    if (held.length > 0)
      throw await refuseFor(scope, change, { why: says('undo.currency-fixed'), changes: [], records });
  }
  const brings = rows.some(
    ({ table, before, after }) => MONEYED_TABLES.has(table) && before?.['is_sample'] === 0 && after === null,
  );
  if (!brings) return;
  const changes = await dependentChanges(scope, change, { tables: ['accounts'], touches: turns });
  if (changes.length > 0) throw await refuseFor(scope, change, { why: says('undo.other-currency'), changes });
}

/** How far each contract that these rows bear on is billed beyond what was accepted. */
export async function excessBefore(
  scope: ReadScope,
  rows: readonly TouchedRow[],
): Promise<ReadonlyMap<number, number>> {
  const excess = new Map<number, number>();
  for (const id of await contractsIn(scope, rows)) excess.set(id, await excessOf(scope, id));
  return excess;
}

/** @throws Problem naming the later changes that the undo would leave without ground */
export async function checkPromises(
  scope: WriteScope,
  change: Change,
  rows: readonly TouchedRow[],
  excess: ReadonlyMap<number, number>,
): Promise<void> {
  const contracts = new Set([...excess.keys(), ...(await contractsIn(scope, rows))]);
  for (const broken of [
    ...(await brokenContracts(scope, contracts, excess)),
    ...(await brokenRevisions(scope, contracts)),
    ...(await brokenInvoices(scope, rows)),
    ...(await brokenFiling(scope, rows)),
    ...(await brokenMerges(scope, rows)),
    ...(await brokenOwners(scope, rows)),
    ...(await brokenWording(scope, rows)),
  ]) {
    const changes = await dependentChanges(scope, change, broken);
    if (changes.length > 0) throw await refuseFor(scope, change, { why: broken.why, changes });
  }
}

async function contractsIn(scope: ReadScope, rows: readonly TouchedRow[]): Promise<Set<number>> {
  const contracts = new Set<number>();
  const jobs = new Set<number>();
  for (const { table, before, after } of rows) {
    if (table !== 'quotes' && table !== 'invoices' && table !== 'contract_parts') continue;
    for (const snapshot of [before, after]) {
      const [contract, job] = [snapshot?.['contract_id'], snapshot?.['job_id']];
      if (typeof contract === 'number') contracts.add(contract);
      if (typeof job === 'number') jobs.add(job);
    }
  }
  // Bills from lines count against the contracts of their job, of which another may become the first.
  for (const jobId of jobs) {
    for (const { contractId } of await jobQuotes(scope, jobId)) contracts.add(contractId);
  }
  return contracts;
}

/** What is billed on a contract beyond what it comes to; without anything accepted, any bill is. */
async function excessOf(scope: ReadScope, contractId: number): Promise<number> {
  const contract = await contractById(scope, contractId);
  if (contract !== null) return Math.max(0, -contract.state.remaining);
  return (await billsWithout(scope, contractId)).length > 0 ? Number.POSITIVE_INFINITY : 0;
}

/** The bills of what is not accepted, and the drafts of such: none of these could be issued. */
async function billsWithout(scope: ReadScope, contractId: number): Promise<string[]> {
  const papers = await scope.papers.ofContract(contractId);
  const issued = standingBills({ bills: billsOf(papers, { contractId, jobId: null }) });
  const drafts = papers.bills.filter((bill) => bill.status === 'draft' && bill.contractId === contractId);
  return [...issued.map(({ ref }) => ref), ...drafts.map(({ id }) => invoiceRef(id, null))];
}

async function brokenContracts(
  scope: ReadScope,
  contracts: ReadonlySet<number>,
  excess: ReadonlyMap<number, number>,
): Promise<Broken[]> {
  const broken: Broken[] = [];
  for (const id of contracts) {
    if ((await excessOf(scope, id)) <= (excess.get(id) ?? 0)) continue;
    const quotes = await contractQuotes(scope, id);
    const contract = await contractById(scope, id);
    const jobs = new Set(quotes.map(({ job }) => job?.id ?? null));
    broken.push({
      why:
        contract === null
          ? says('undo.bills-what-is-not-accepted', { ref: refOf('quote', id), bills: await billsWithout(scope, id) })
          : says('undo.billed-beyond', {
              ref: contract.ref,
              bills: standingBills(contract).map(({ ref }) => ref),
              billed: amountText(scope, contract.state.billedSubtotal),
              contract: amountText(scope, contract.state.subtotal),
            }),
      tables: ['quotes', 'invoices', 'contract_parts'],
      touches: (step) =>
        bearsOnBilling(step) &&
        [step.before, step.after].some((snapshot) => snapshot !== null && isPartOf(snapshot, id, jobs)),
    });
  }
  return broken;
}

/** A snapshot of a paper of this contract, or of an invoice from lines on its job. */
function isPartOf(
  snapshot: NonNullable<RowStep['before']>,
  contractId: number,
  jobs: ReadonlySet<number | null>,
): boolean {
  const contract = snapshot['contract_id'];
  if (typeof contract === 'number') return contract === contractId;
  return typeof snapshot['job_id'] === 'number' && jobs.has(snapshot['job_id']);
}

const BILLING = ['status', 'subtotal', 'job_id', 'contract_id', 'corrected_by_id', 'kind', 'counting', 'base'];

function bearsOnBilling({ before, after }: RowStep): boolean {
  return BILLING.some((column) => before?.[column] !== after?.[column]);
}

/** Of several revisions of one quote only one can be accepted. */
async function brokenRevisions(scope: ReadScope, contracts: ReadonlySet<number>): Promise<Broken[]> {
  const broken: Broken[] = [];
  for (const id of contracts) {
    const quotes = await contractQuotes(scope, id);
    const accepted = quotes.filter(({ status }) => status === 'accepted');
    for (const [first, some] of Map.groupBy(accepted, (quote) => firstOf(quote, quotes))) {
      if (some.length < 2) continue;
      const refs = some.map((quote) => refOf('quote', quote.id));
      broken.push({
        why: says('undo.both-accepted', { ref: refOf('quote', first), quotes: refs }),
        tables: ['quotes'],
        touches: ({ before, after }) =>
          [before, after].some((snapshot) => snapshot?.['contract_id'] === id) &&
          before?.['status'] !== after?.['status'],
      });
    }
  }
  return broken;
}

/** The quote at the beginning of a chain of revisions. */
function firstOf(quote: QuoteSummary, quotes: readonly QuoteSummary[]): number {
  const revised = quotes.find(({ id }) => id === quote.revisesId);
  return revised === undefined ? quote.id : firstOf(revised, quotes);
}

async function brokenInvoices(scope: ReadScope, rows: readonly TouchedRow[]): Promise<Broken[]> {
  const ids = new Set<number>();
  for (const { table, key, before, after } of rows) {
    if (table === 'invoices') ids.add(Number(key['id']));
    for (const snapshot of ['invoices', 'payments', 'contract_parts'].includes(table) ? [before, after] : []) {
      const on = snapshot?.[table === 'invoices' ? 'credits_id' : 'invoice_id'];
      if (typeof on === 'number') ids.add(on);
    }
  }
  const broken: Broken[] = [];
  for (const id of ids) {
    const invoice = await invoiceById(scope, id);
    const why = invoice === null ? null : await wrongOn(scope, invoice);
    if (why === null) continue;
    broken.push({
      why,
      tables: ['invoices', 'payments', 'contract_parts'],
      touches: ({ table, key, before, after }) =>
        table === 'invoices'
          ? key['id'] === id || [before, after].some((snapshot) => snapshot?.['credits_id'] === id)
          : [before, after].some((snapshot) => snapshot?.['invoice_id'] === id),
    });
  }
  return broken;
}

/** What is wrong between an invoice, its payments and its credits; null where nothing is. */
async function wrongOn(scope: ReadScope, invoice: Invoice): Promise<Message | null> {
  if (invoice.kind === 'credit_note') return null;
  const ref = invoiceRef(invoice.id, invoice.number);
  const payments = (await paymentsOf(scope, invoice.id)).filter(({ voidReason }) => voidReason === null);
  const notes = await creditNotesOf(scope, invoice);
  if (invoice.status !== 'issued') {
    if (payments.length > 0)
      return says('undo.payment-on-it', {
        ref,
        status: invoice.status,
        payment: refOf('payment', payments[0]?.id ?? 0),
      });
    const [note] = notes;
    return note === undefined
      ? null
      : says('undo.credit-on-it', { ref, status: invoice.status, note: invoiceRef(note.id, note.number) });
  }
  const paid = paidBy(payments);
  if (paid > invoice.total)
    return says('undo.paid-beyond', { ref, paid: amountText(scope, paid), total: amountText(scope, invoice.total) });
  if (paid < 0) return says('undo.given-back-beyond', { ref, amount: amountText(scope, price(-paid)) });
  const left = creditable(invoice.groups, joinGroups(notes.flatMap(({ groups }) => groups)));
  const isOver = left.some(({ base }, index) => base < 0 && (invoice.groups[index]?.base ?? 0) > 0);
  const counted = (await workBill(scope, invoice)).parts.flatMap(({ groups }) => groups);
  if (subtotalOf(counted) > invoice.subtotal) return says('undo.counts-beyond', { ref });
  if (notes.length > 0 && (isOver || subtotalOf(left) < 0 || subtotalOf(left) + taxOf(left) < 0))
    return says('undo.credited-beyond', { ref });
  return null;
}
