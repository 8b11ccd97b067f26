// What counts against contracts: the bills made from one, and what of other bills and of credit notes was counted there.
import { joinGroups, rateGroups, type ContractBill, type RateGroup } from '../../domain/billing.ts';
import type { CreditPart, ContractPart } from '../../domain/contract.ts';
import { countedParts, isFromBefore, type IssuedInvoice } from '../../domain/counted.ts';
import type { InvoiceSummary } from '../../domain/invoice.ts';
import { inOrder } from '../../domain/left-to-bill.ts';
import { price, taxRate } from '../../domain/money.ts';
import type { PricedLine } from '../../domain/paper.ts';
import { invoiceRef } from '../../kinds/reference.ts';
import { summaries, summaryOf } from './invoices.ts';
import { contractQuotes, quoteById } from './quotes.ts';
import type { ReadScope, WriteScope } from '../scope.ts';

/** A bill with what of it counts against one contract, and what its credit notes take back of that. */
export type CountedBill = ContractBill & { readonly id: number };

/**
 * The issued bills that count against a contract: those made from it whole, others with their parts.
 * @param jobId the job that it is on: a bill from before parts were kept may count against any contract of its job
 */
export async function billsOf(
  scope: ReadScope,
  { contractId, jobId }: { contractId: number; jobId: number | null },
): Promise<CountedBill[]> {
  const { db, account } = scope;
  const counted = db
    .selectFrom('contract_parts as p')
    .select('p.invoice_id')
    .where('p.account_id', '=', account.id)
    .where('p.contract_id', '=', contractId);
  const bills = (
    await summaries(db, account.id)
      .where('i.status', '=', 'issued')
      .where('i.credits_id', 'is', null)
      .where((eb) =>
        eb.or([
          eb('i.contract_id', '=', contractId),
          eb('i.id', 'in', counted),
          ...(jobId === null
            ? []
            : [eb.and({ 'i.job_id': jobId }).and('i.counting', 'is', null).and('i.contract_id', 'is', null)]),
        ]),
      )
      .orderBy('i.id')
      .execute()
  ).map(summaryOf);
  if (bills.length === 0) return [];
  const notes = await notesOf(
    scope,
    bills.map(({ id }) => id),
  );
  const parts = await countedOn(scope, [...bills, ...notes], jobId);
  const here = (id: number) => (parts.get(id) ?? []).filter((part) => part.contractId === contractId);
  return bills.flatMap((bill) => {
    const groups = here(bill.id).flatMap((part) => part.groups);
    const credits = notes.filter(({ credits }) => credits?.id === bill.id).flatMap(({ id }) => here(id));
    const counts = here(bill.id).length > 0 || credits.length > 0;
    return counts ? [{ id: bill.id, ref: invoiceRef(bill.id, bill.number), groups, credits }] : [];
  });
}

/**
 * What each of these invoices counts against. Where one is from before that was kept, all of the job is looked at.
 * @param jobId the job that they are on
 */
export async function countedOn(
  scope: ReadScope,
  invoices: readonly InvoiceSummary[],
  jobId: number | null,
): Promise<ReadonlyMap<number, readonly CreditPart[]>> {
  const given = await withParts(scope, invoices);
  if (!given.some(isFromBefore)) return countedParts([], given);
  const quotes = jobId === null ? [] : await contractQuotes(scope, { jobId });
  for (const id of new Set(invoices.flatMap(({ contractId }) => contractId ?? [])))
    quotes.push(...(await contractQuotes(scope, id)));
  const standing = quotes.filter(({ kind, status }) => kind === 'original' && status === 'accepted');
  const ids = [...new Set(inOrder(standing).map(({ contractId }) => contractId))];
  const contracts: ContractPart[] = [];
  for (const contractId of ids) contracts.push({ contractId, groups: await worthOf(scope, contractId) });
  return countedParts(contracts, await withParts(scope, await issuedOn(scope, jobId, ids)));
}

/** What the accepted papers of a contract come to. */
async function worthOf(scope: ReadScope, contractId: number): Promise<RateGroup[]> {
  const accepted = (await contractQuotes(scope, contractId)).filter(({ status }) => status === 'accepted');
  const lines: PricedLine[] = [];
  for (const { id } of accepted) lines.push(...((await quoteById(scope, id))?.lines ?? []));
  return rateGroups(lines);
}

/** Everything issued on a job, and everything that these contracts are billed by. */
async function issuedOn(
  { db, account }: ReadScope,
  jobId: number | null,
  contractIds: readonly number[],
): Promise<InvoiceSummary[]> {
  const rows = await summaries(db, account.id)
    .leftJoin('invoices as b', (join) =>
      join.onRef('b.account_id', '=', 'i.account_id').onRef('b.id', '=', 'i.credits_id'),
    )
    .where('i.status', '=', 'issued')
    .where((eb) =>
      eb.or([
        ...(jobId === null ? [] : [eb('i.job_id', '=', jobId)]),
        ...(contractIds.length === 0
          ? []
          : [eb('i.contract_id', 'in', contractIds), eb('b.contract_id', 'in', contractIds)]),
      ]),
    )
    .orderBy('i.id')
    .execute();
  return rows.map(summaryOf);
}

async function withParts(scope: ReadScope, invoices: readonly InvoiceSummary[]): Promise<IssuedInvoice[]> {
  const ids = invoices.map(({ id }) => id);
  const [whole, parts] = [await wholeGroups(scope, ids), await partsOf(scope, ids)];
  return invoices.map(({ id, contractId, credits, counting }) => ({
    ...{ id, contractId, counting, creditsId: credits?.id ?? null },
    ...{ groups: whole.get(id) ?? [], parts: parts.get(id) ?? [] },
  }));
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
  if (ids.length === 0) return new Map();
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
  parts: readonly (ContractPart & Partial<CreditPart>)[],
): Promise<void> {
  const rows = parts.flatMap(({ contractId, reduces = false, groups }) =>
    joinGroups(groups).map(({ rate, base, tax }) => ({
      ...{ invoice_id: invoiceId, contract_id: contractId, reduces: reduces ? (1 as const) : (0 as const) },
      ...{ tax_rate: rate, base, tax },
    })),
  );
  await scope.journal.insertAll('contract_parts', rows);
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
