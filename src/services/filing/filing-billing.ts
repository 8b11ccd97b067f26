// What filing does to billing: a bill made from lines counts against the contracts of the job it is on, so moving it, or
// a contract, can change what remains to bill.
import { says, type Message } from '../../domain/message.ts';
import { subtotalOf } from '../../domain/billing.ts';
import type { InvoiceSummary } from '../../domain/invoice.ts';
import { invoiceRef } from '../../kinds/reference.ts';
import { invoiceById, listInvoices } from '../../store/books/invoices.ts';
import type { ReadScope, WriteScope } from '../../store/scope.ts';
import { extraNotes } from '../invoices/issuing.ts';
import {
  contractById,
  contractRef,
  contractsOn,
  countedOf,
  recount,
  billedBeyond,
  workBill,
} from '../quotes/contracts.ts';

/** What a bill from lines counts toward: the numbers of accepted quotes, or null for none. */
type Loose = { readonly ref: string; readonly toward: string | null; readonly notes: readonly Message[] };
type Billing = {
  readonly loose: ReadonlyMap<number, Loose>;
  /** Warnings about contracts that are billed beyond what they come to. */
  readonly beyond: readonly Message[];
};

/** How the contracts of these jobs, and these contracts, are billed now, and what these bills count toward. */
export async function billingAt(
  scope: ReadScope,
  {
    jobIds,
    contractIds,
    invoiceIds,
  }: { jobIds: readonly number[]; contractIds: readonly number[]; invoiceIds: readonly number[] },
): Promise<Billing> {
  const loose = new Map<number, Loose>();
  for (const bill of await looseBills(scope, jobIds, invoiceIds)) {
    const toward: string[] = [];
    for (const { contractId, groups } of (await countedOf(scope, bill)).parts)
      if (subtotalOf(groups) !== 0) toward.push(await contractRef(scope, contractId));
    loose.set(bill.id, {
      ref: invoiceRef(bill.id, bill.number),
      toward: toward.length === 0 ? null : toward.join(' and '),
      notes: await extraNotes(scope, bill),
    });
  }
  const contracts = new Set(contractIds);
  for (const jobId of jobIds) for (const id of await contractsOn(scope, jobId)) contracts.add(id);
  const beyond: Message[] = [];
  for (const id of contracts) {
    const contract = await contractById(scope, id);
    if (contract !== null) beyond.push(...billedBeyond(scope, contract));
  }
  return { loose, beyond };
}

/** The issued bills from lines on these jobs, and those among these, that are not extra work whole. */
async function looseBills(
  scope: ReadScope,
  jobIds: readonly number[],
  invoiceIds: readonly number[],
): Promise<InvoiceSummary[]> {
  const bills = new Map<number, InvoiceSummary>();
  for (const jobId of jobIds)
    for (const bill of await listInvoices(scope, { jobId, status: 'issued' }, { limit: 1000, before: null }))
      bills.set(bill.id, bill);
  for (const id of invoiceIds) {
    const bill = await invoiceById(scope, id);
    if (bill?.status === 'issued') bills.set(id, bill);
  }
  return [...bills.values()]
    .filter((bill) => bill.contractId === null && bill.credits === null && bill.counting !== 'extra')
    .sort((one, other) => one.id - other.id);
}

/** Counts anew what counts against a contract of other work now, or against none where its job has one now. */
export async function recountAt(
  scope: WriteScope,
  { jobIds, invoiceIds }: { jobIds: readonly number[]; invoiceIds: readonly number[] },
): Promise<void> {
  for (const { id, job, counting } of await looseBills(scope, jobIds, invoiceIds)) {
    // One from before that was kept counts against the first contract of whichever job it is on.
    if (counting === null) continue;
    const contracts = job === null ? [] : await contractsOn(scope, job.id);
    const kept = (await workBill(scope, { id, job })).parts;
    const isRight =
      kept.length === 0 ? contracts.length === 0 : kept.every((part) => contracts.includes(part.contractId));
    const bill = isRight ? null : await invoiceById(scope, id);
    if (bill !== null) await recount(scope, bill, { counting: 'contract' });
  }
}

/** What a person should know of the change from one to the other. */
export function billingNotes(before: Billing, after: Billing): Message[] {
  const notes: Message[] = [];
  for (const [id, { ref, toward }] of before.loose) {
    const now = after.loose.get(id)?.toward ?? null;
    if (toward === null || toward === now) continue;
    notes.push(
      now === null ? says('note.counts-nowhere', { ref, toward }) : says('note.counts-elsewhere', { ref, toward, now }),
    );
  }
  for (const [id, { ref, notes: said }] of after.loose)
    notes.push(...unlike(before.loose.get(id)?.notes ?? [], said).map((note) => says('note.of-bill', { ref, note })));
  return [...notes, ...unlike(before.beyond, after.beyond)];
}

/** What is said now and was not before. */
function unlike(before: readonly Message[], after: readonly Message[]): Message[] {
  const known = new Set(before.map((note) => JSON.stringify(note)));
  return after.filter((note) => !known.has(JSON.stringify(note)));
}
