// Who owes money and how late it is; and what the business owes back, apart.
import { daysBetween, parseDate, type CalendarDate } from '../../domain/dates.ts';
import { refused } from '../../domain/errors.ts';
import { says } from '../../domain/message.ts';
import { sumUp, total as totalLeft, type Total } from '../../domain/money.ts';
import {
  listDebtors,
  openInvoices,
  owedToCustomers,
  totalReceivables,
  type Debtor,
  type OpenInvoice,
  type Owed,
  type ReceivableTotals,
} from '../../store/derived/receivables.ts';
import type { ReadScope } from '../../store/scope.ts';
import { PAGE_ROOM } from '../../domain/room.ts';
import { samplesCount, type CountingInput } from '../shared/counted.ts';
import { cutPage, DEFAULT_PAGE, makeSumCursor, readSumCursor } from '../shared/paging.ts';
import { resolveCustomer } from '../resolve/resolve.ts';

/** Invoices owed back that are named before the rest is counted. */
const SHOWN_OWED = 10;
/** Invoices that one explained answer holds, shared by its customers; the rest stands summed up in `more`. */
const MOST_INVOICES = 100;
/** Beside invoices the customers have less room. */
const ROOM_EXPLAINED = 8000;

export type ReceivablesInput = CountingInput & {
  readonly customer?: string | undefined;
  readonly asOf?: string | undefined;
  readonly explain?: boolean | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
};

/** @property daysLate 0 while it is current */
export type LateInvoice = OpenInvoice & { readonly daysLate: number };
export type DebtorExplained = Debtor & {
  readonly explanation: {
    readonly list: readonly LateInvoice[];
    readonly more: { readonly invoices: number; readonly balance: Total<'price'> } | null;
  } | null;
};
export type Receivables = {
  /** The one that was asked about. */
  readonly customer: string | null;
  /** Null: now. */
  readonly asOf: CalendarDate | null;
  readonly debtors: readonly DebtorExplained[];
  readonly totals: ReceivableTotals;
  readonly owed: Owed;
  readonly nextCursor: string | null;
};

export async function listReceivables(scope: ReadScope, input: ReceivablesInput): Promise<Receivables> {
  const { limit = DEFAULT_PAGE, explain = false } = input;
  const customer =
    input.customer === undefined
      ? null
      : await resolveCustomer(scope, { ref: input.customer, field: 'customer', intent: 'read' });
  const asOf = dayAsked(scope, input);
  // Of a real customer a sample invoice is no debt.
  const sample = customer?.isSample === true ? customer : undefined;
  const counted = { asOf, customerId: customer?.id ?? null, samples: await samplesCount(scope, input, sample) };
  const [late, total, id] = readSumCursor('receivables', input.cursor, 3) ?? [];
  const after = late === undefined || total === undefined || id === undefined ? null : { late, total, id };
  const rows = await listDebtors(scope, counted, { limit: limit + 1, after });
  const { page, nextCursor } = cutPage(
    rows,
    limit,
    (last) => makeSumCursor('receivables', [last.late, last.total, last.customer.id]),
    { room: explain ? ROOM_EXPLAINED : PAGE_ROOM },
  );
  const debtors: DebtorExplained[] = [];
  let left = MOST_INVOICES;
  for (const [index, debtor] of page.entries()) {
    // What one customer leaves is for those behind.
    const share = Math.floor(left / (page.length - index));
    const explanation = explain ? await explained(scope, debtor, { asOf, limit: share }) : null;
    left -= explanation?.list.length ?? 0;
    debtors.push({ ...debtor, explanation });
  }
  return {
    customer: customer?.name ?? null,
    asOf,
    debtors,
    totals: await totalReceivables(scope, counted),
    owed: await owedToCustomers(scope, counted, SHOWN_OWED),
    nextCursor,
  };
}

/** Null: now. @throws Problem on a day that is still to come, of whose payments nobody knows yet */
function dayAsked({ today }: ReadScope, { asOf }: ReceivablesInput): CalendarDate | null {
  if (asOf === undefined) return null;
  const day = parseDate(asOf, 'asOf');
  if (day > today) throw refused(says('owed.day-to-come', { said: day, today }), 'asOf');
  return day;
}

async function explained(
  scope: ReadScope,
  { customer, invoices, total }: Debtor,
  { asOf, limit }: { asOf: CalendarDate | null; limit: number },
) {
  const day = asOf ?? scope.today;
  const list = (await openInvoices(scope, { customerId: customer.id, asOf }, limit)).map((invoice) => ({
    ...invoice,
    daysLate: invoice.dueOn === null ? 0 : Math.max(0, daysBetween(invoice.dueOn, day)),
  }));
  const left = invoices - list.length;
  const balance = totalLeft<'price'>(total - sumUp(list.map((invoice) => invoice.balance)));
  return { list, more: left > 0 ? { invoices: left, balance } : null };
}
