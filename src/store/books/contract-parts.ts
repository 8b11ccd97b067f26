// What counts against contracts: the bills made from one, and what of other bills and of credit notes was counted there.
import { joinGroups, rateGroups, type ContractBill } from '../../domain/billing.ts';
import type { CreditPart, ContractPart } from '../../domain/contract.ts';
import { countedParts, isFromBefore } from '../../domain/counted.ts';
import { inOrder } from '../../domain/left-to-bill.ts';
import { invoiceRef } from '../../kinds/reference.ts';
import type { WriteScope } from '../scope.ts';
import type { WorkBill, WorkPapers } from './papers.ts';

/** A bill with what of it counts against one contract, and what its credit notes take back of that. */
export type CountedBill = ContractBill & { readonly id: number };

/** The issued credit notes of these invoices. */
export function notesOf({ bills }: WorkPapers, ids: readonly number[]): WorkBill[] {
  return bills.filter(({ status, creditsId }) => status === 'issued' && creditsId !== null && ids.includes(creditsId));
}

/**
 * The issued bills that count against a contract: those made from it whole, others with their parts.
 * @param jobId the job that it is on: a bill from before parts were kept may count against any contract of its job
 */
export function billsOf(
  papers: WorkPapers,
  { contractId, jobId }: { contractId: number; jobId: number | null },
): CountedBill[] {
  const bills = papers.bills.filter(
    (bill) =>
      bill.status === 'issued' &&
      bill.creditsId === null &&
      (bill.contractId === contractId ||
        bill.parts.some((part) => part.contractId === contractId) ||
        (jobId !== null && bill.jobId === jobId && bill.counting === null && bill.contractId === null)),
  );
  const notes = notesOf(
    papers,
    bills.map(({ id }) => id),
  );
  const parts = countedOn(papers, [...bills, ...notes], jobId);
  const here = (id: number) => (parts.get(id) ?? []).filter((part) => part.contractId === contractId);
  return bills.flatMap((bill) => {
    const groups = here(bill.id).flatMap((part) => part.groups);
    const credits = notes.filter(({ creditsId }) => creditsId === bill.id).flatMap(({ id }) => here(id));
    const counts = here(bill.id).length > 0 || credits.length > 0;
    return counts ? [{ id: bill.id, ref: invoiceRef(bill.id, bill.number), groups, credits }] : [];
  });
}

/**
 * What each of these invoices counts against. Where one is from before that was kept, all of the job is looked at.
 * @param jobId the job that they are on
 */
export function countedOn(
  { quotes, bills }: WorkPapers,
  invoices: readonly WorkBill[],
  jobId: number | null,
): ReadonlyMap<number, readonly CreditPart[]> {
  if (!invoices.some(isFromBefore)) return countedParts([], invoices);
  const theirs = new Set(invoices.map(({ contractId }) => contractId));
  const accepted = quotes.filter(({ status }) => status === 'accepted');
  const standing = accepted.filter(
    ({ kind, job, contractId }) =>
      kind === 'original' && ((jobId !== null && job?.id === jobId) || theirs.has(contractId)),
  );
  const ids = [...new Set(inOrder(standing).map(({ contractId }) => contractId))];
  const contracts = ids.map((contractId) => ({
    contractId,
    groups: rateGroups(accepted.filter((quote) => quote.contractId === contractId).flatMap(({ lines }) => lines)),
  }));
  const isAmong = (contractId: number | null | undefined) => typeof contractId === 'number' && ids.includes(contractId);
  const byId = new Map(bills.map((bill) => [bill.id, bill]));
  // Everything issued on the job, and everything that these contracts are billed by.
  const issued = bills.filter(
    (bill) =>
      bill.status === 'issued' &&
      ((jobId !== null && bill.jobId === jobId) ||
        isAmong(bill.contractId) ||
        (bill.creditsId !== null && isAmong(byId.get(bill.creditsId)?.contractId))),
  );
  return countedParts(contracts, issued);
}

export async function keepParts(
  scope: WriteScope,
  invoiceId: number,
  parts: readonly (ContractPart & Partial<CreditPart>)[],
): Promise<void> {
  await scope.journal.insertAll('contract_parts', partRows(invoiceId, parts));
}

/** @param invoices whose parts are let go of */
export async function dropParts(scope: WriteScope, invoices: readonly WorkBill[]): Promise<void> {
  await scope.journal.removeAll(
    'contract_parts',
    invoices.flatMap(({ id, parts }) => partRows(id, parts)),
  );
}

function partRows(invoiceId: number, parts: readonly (ContractPart & Partial<CreditPart>)[]) {
  return parts.flatMap(({ contractId, reduces = false, groups }) =>
    joinGroups(groups).map(({ rate, base, tax }) => ({
      ...{ invoice_id: invoiceId, contract_id: contractId, reduces: reduces ? (1 as const) : (0 as const) },
      ...{ tax_rate: rate, base, tax },
    })),
  );
}
