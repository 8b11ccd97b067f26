// Warnings where a document's own texts would tell its customer what the work costs, or what it makes.
import { says, type Message } from '../../domain/message.ts';
import type { PrivateFigure } from '../../domain/messages/documents.ts';
import { cost, plannedCost, type CostLine } from '../../domain/cost.ts';
import type { Invoice } from '../../domain/invoice.ts';
import { fromTenThousandths, sum } from '../../domain/money.ts';
import { lineTotal, type PricedLine } from '../../domain/paper.ts';
import { costsDescribed, type CustomerText, type PrivateCost } from '../../domain/private-costs.ts';
import { profitOf } from '../../domain/profit.ts';
import type { Quote } from '../../domain/quote.ts';
import { lineRef, refOf } from '../../kinds/reference.ts';
import { visibleLine } from '../../domain/text.ts';
import { customerById } from '../../store/books/customers.ts';
import type { WorkQuote } from '../../store/books/papers.ts';
import type { WriteContext } from '../context.ts';

/** Texts that are named one by one; the rest is counted. */
const MOST_NAMED = 5;

/** Empty where costs are hidden from the caller: a warning would tell them. */
export async function costsDescribedByQuote(scope: WriteContext, quote: Quote): Promise<Message[]> {
  if (scope.account.profitHidden === 'scope') return [];
  const own = [...costsOf(costLines(quote), refOf('quote', quote.id)), ...gainOf(quote)];
  return await warnings(scope, {
    document: quote,
    texts: [{ what: 'title', text: quote.title }],
    costs: [...own, ...(await costsOfJob(scope, quote.job?.id ?? null))],
  });
}

/** Of an invoice the costs are those of its job, or of the contract that it bills. */
export async function costsDescribedByInvoice(scope: WriteContext, invoice: Invoice): Promise<Message[]> {
  if (scope.account.profitHidden === 'scope') return [];
  const { contractId } = invoice;
  const { quotes } = contractId === null ? { quotes: [] } : await scope.papers.ofContract(contractId);
  const costs = quotes
    .filter((quote) => quote.contractId === contractId)
    .flatMap((quote) => [...costsOf(costLines(quote), refOf('quote', quote.id)), ...gainOf(quote)]);
  return await warnings(scope, {
    document: invoice,
    texts: [],
    costs: [...costs, ...(await costsOfJob(scope, invoice.job?.id ?? null))],
  });
}

type Costing = Pick<CostLine, 'ref' | 'quantity' | 'unitCost'>;

function costLines({ id, lines }: Pick<WorkQuote, 'id' | 'lines'>): Costing[] {
  return lines.map(({ quantity, unitCost }, index) => ({ ref: lineRef(id, index + 1), quantity, unitCost }));
}

function costsOf(lines: readonly Costing[], ref: string): PrivateCost<PrivateFigure>[] {
  return [
    ...lines.flatMap((line) => {
      const of = { figure: 'line', ref: line.ref.replace('/', ' line ') } as const;
      return line.unitCost === null
        ? []
        : [
            { of, amount: line.unitCost },
            { of, amount: plannedCost(line) },
          ];
    }),
    { of: { figure: 'cost', ref }, amount: sum(lines.map(plannedCost)) },
  ];
}

/** What a quote makes, as `get-quote` tells it. */
function gainOf({ id, subtotal, lines }: Pick<WorkQuote, 'id' | 'subtotal' | 'lines'>): PrivateCost<PrivateFigure>[] {
  const planned = sum(lines.map(plannedCost));
  if (planned === 0) return [];
  const gained = profitOf({ billed: subtotal, costOfWork: planned, expenses: cost(0) });
  return gainsOf(refOf('quote', id), 'margin', gained);
}

/** Of what has a cost: without any, all of it would be margin, which nobody would call so. */
function gainsOf(
  ref: string,
  word: 'profit' | 'margin',
  { profit, marginTenths }: { profit: number; marginTenths: number | null },
): PrivateCost<PrivateFigure>[] {
  const tenths = marginTenths === null ? [] : [{ of: { figure: 'margin', ref } as const, tenths: marginTenths }];
  return [{ of: { figure: word, ref }, amount: profit }, ...tenths];
}

async function costsOfJob(scope: WriteContext, jobId: number | null): Promise<PrivateCost<PrivateFigure>[]> {
  const job = jobId === null ? null : await scope.jobs.find(jobId);
  if (jobId === null || job === null) return [];
  const { costOfWork, expenses, profit, marginTenths } = job.profit.profitSummary;
  const ref = refOf('job', jobId);
  const of = { figure: 'cost', ref } as const;
  return [
    ...job.ledger.quotes.flatMap((quote) => costsOf(quote.lines, quote.ref)),
    { of, amount: costOfWork },
    { of, amount: cost(costOfWork + expenses) },
    ...(costOfWork + expenses === 0 ? [] : gainsOf(ref, 'profit', { profit, marginTenths })),
  ];
}

type Document = {
  readonly customer: { readonly id: number };
  readonly notes: string | null;
  readonly lines: readonly PricedLine[];
  readonly subtotal: number;
  readonly tax: number;
  readonly total: number;
};

/** How a line says which part of a contract it bills: ours, and no margin. */
const SHARE = /^[\d.]+ % of /;

async function warnings(
  scope: WriteContext,
  {
    document,
    texts,
    costs,
  }: { document: Document; texts: readonly CustomerText[]; costs: readonly PrivateCost<PrivateFigure>[] },
): Promise<Message[]> {
  const { currency } = scope.account;
  const to = await customerById(scope, document.customer.id);
  const said: CustomerText[] = [
    ...texts,
    ...document.lines.map(({ description }) => ({ what: 'line text', text: description.replace(SHARE, '') })),
    { what: 'note', text: document.notes ?? '' },
    { what: "customer's address", text: to?.address ?? '' },
  ];
  const found = costsDescribed(said, costs, { printed: printedOn(document), currency });
  const named = found
    .slice(0, MOST_NAMED)
    .map(({ what, excerpt, of }) => says('document.shows-private-figure', { what, excerpt: visibleLine(excerpt), of }));
  const more = found.length - MOST_NAMED;
  return more > 0 ? [...named, says('document.more-private-figures', { count: more })] : named;
}

function printedOn({ lines, subtotal, tax, total }: Document) {
  const each = lines.flatMap((line) => [line.unitPrice ?? 0, lineTotal(line)]);
  return {
    amounts: new Set([...each, subtotal, tax, total].map(Math.abs)),
    counts: new Set(lines.map(({ quantity }) => fromTenThousandths(quantity))),
  };
}
