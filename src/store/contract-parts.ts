// What counts against contracts: the bills made from one, and what of other bills and of credit notes was counted there.
import { sql } from 'kysely';
import { joinGroups, type ContractBill, type RateGroup } from '../domain/billing.ts';
import type { CreditPart, Part } from '../domain/contract.ts';
import type { InvoiceSummary } from '../domain/invoice.ts';
import { price, taxRate } from '../domain/money.ts';
import { invoiceRef } from '../domain/reference.ts';
import { summaries, summaryOf } from './invoices.ts';
import type { ReadScope, WriteScope } from './scope.ts';

/** A bill with what of it counts against one contract, and what its credit notes take back of that. */
export type CountedBill = ContractBill & { readonly id: number };

/**
 * The issued bills that count against a contract: those made from it whole, others with their parts.
 * @param jobId whose first contract it is: deposits and progress bills from before parts were kept count against it
 */
export async function billsOf(
  scope: ReadScope,
  { contractId, jobId }: { contractId: number; jobId: number | null },
): Promise<CountedBill[]> {
  const { db, account } = scope;
  const counted = sql<boolean>`i.id in (
    select p.invoice_id from contract_parts p where p.account_id = ${account.id} and p.contract_id = ${contractId})`;
  const bills = (
    await summaries(db, account.id)
      .where('i.status', '=', 'issued')
      .where('i.credits_id', 'is', null)
      .where((eb) =>
        eb.or([eb('i.contract_id', '=', contractId), counted, ...(jobId === null ? [] : [floating(jobId)])]),
      )
      .orderBy('i.id')
      .execute()
  ).map(summaryOf);
  if (bills.length === 0) return [];
  const notes = await notesOf(
    scope,
    bills.map(({ id }) => id),
  );
  const ids = [...bills, ...notes].map(({ id }) => id);
  const [whole, parts] = [await wholeGroups(scope, ids), await partsOf(scope, ids)];
  const here = (id: number) => (parts.get(id) ?? []).filter((part) => part.contractId === contractId);
  return bills.map((bill) => {
    const mine = notes.filter(({ credits }) => credits?.id === bill.id);
    return {
      id: bill.id,
      ref: invoiceRef(bill.id, bill.number),
      groups:
        bill.contractId === contractId || here(bill.id).length === 0
          ? (whole.get(bill.id) ?? [])
          : here(bill.id).flatMap(({ groups }) => groups),
      credits: mine.flatMap((note, index): readonly Pick<CreditPart, 'groups' | 'reduces'>[] =>
        note.counting === null
          ? [{ groups: whole.get(note.id) ?? [], reduces: isReduction(bill, index === mine.length - 1) }]
          : here(note.id),
      ),
    };
  });
}

/** Before it was kept what a credit does, each was a price reduction but for the last of a correction. */
function isReduction({ correctedById }: InvoiceSummary, isLast: boolean): boolean {
  return correctedById === null || !isLast;
}

function floating(jobId: number) {
  return sql<boolean>`(i.counting is null and i.contract_id is null and i.job_id = ${jobId} and i.kind in ('deposit', 'progress'))`;
}

async function notesOf({ db, account }: ReadScope, ids: readonly number[]): Promise<InvoiceSummary[]> {
  const rows = await summaries(db, account.id)
    .where('i.credits_id', 'in', ids)
    .where('i.status', '=', 'issued')
    .orderBy('i.id')
    .execute();
  return rows.map(summaryOf);
}

async function wholeGroups({ db, account }: ReadScope, ids: readonly number[]): Promise<Map<number, RateGroup[]>> {
  const rows = await db
    .selectFrom('invoice_taxes')
    .select(['invoice_id', 'tax_rate', 'base', 'tax'])
    .where('account_id', '=', account.id)
    .where('invoice_id', 'in', ids)
    .orderBy('tax_rate')
    .execute();
  const byInvoice = Map.groupBy(rows, (row) => row.invoice_id);
  return new Map([...byInvoice].map(([id, some]) => [id, some.map(groupOf)]));
}

/** The parts that were kept of each of these invoices. */
export async function partsOf({ db, account }: ReadScope, ids: readonly number[]): Promise<Map<number, CreditPart[]>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('contract_parts')
    .select(['invoice_id', 'contract_id', 'reduces', 'tax_rate', 'base', 'tax'])
    .where('account_id', '=', account.id)
    .where('invoice_id', 'in', ids)
    .orderBy('contract_id')
    .orderBy('tax_rate')
    .execute();
  const parts = new Map<number, CreditPart[]>();
  for (const [id, ofInvoice] of Map.groupBy(rows, (row) => row.invoice_id)) {
    const each = Map.groupBy(ofInvoice, (row) => `${row.contract_id} ${row.reduces}`).values();
    parts.set(
      id,
      [...each].flatMap((some) => {
        const [first] = some;
        if (first === undefined) return [];
        return [{ contractId: first.contract_id, reduces: first.reduces === 1, groups: some.map(groupOf) }];
      }),
    );
  }
  return parts;
}

function groupOf(row: { tax_rate: number; base: number; tax: number }): RateGroup {
  return { rate: taxRate(row.tax_rate), base: price(row.base), tax: price(row.tax) };
}

export async function keepParts(
  scope: WriteScope,
  invoiceId: number,
  parts: readonly (Part & Partial<CreditPart>)[],
): Promise<void> {
  for (const { contractId, reduces = false, groups } of parts) {
    for (const { rate, base, tax } of joinGroups(groups)) {
      await scope.journal.insert('contract_parts', {
        invoice_id: invoiceId,
        contract_id: contractId,
        reduces: reduces ? 1 : 0,
        tax_rate: rate,
        base,
        tax,
      });
    }
  }
}

export async function dropParts(scope: WriteScope, ids: readonly number[]): Promise<void> {
  for (const [id, parts] of await partsOf(scope, ids)) {
    for (const { contractId, reduces, groups } of parts) {
      for (const { rate } of groups)
        await scope.journal.remove('contract_parts', {
          invoice_id: id,
          contract_id: contractId,
          reduces: reduces ? 1 : 0,
          tax_rate: rate,
        });
    }
  }
}
