// Invoices: kinds, statuses, and the rules by which one may be issued or voided.
import type { RateGroup } from './billing.ts';
import type { Counting } from './contract.ts';
import { addDays, type CalendarDate } from './dates.ts';
import { refused } from './errors.ts';
import { says, type Message, type Messages } from './message.ts';
import type { Price } from './money.ts';
import { checkPriced, paperTotals, type MadeOut, type PaperTotals, type PricedLine } from './paper.ts';
import type { Named } from './named.ts';

export const INVOICE_KINDS = ['standard', 'deposit', 'progress', 'credit_note'] as const;
export type InvoiceKind = (typeof INVOICE_KINDS)[number];
/** The kinds a person makes from lines; credit notes come from the invoice they credit. */
export const BILL_KINDS = ['standard', 'deposit', 'progress'] as const satisfies readonly InvoiceKind[];

/** Paid, partly paid and overdue are computed, never stored. */
export const INVOICE_STATUSES = ['draft', 'issued', 'void'] as const;
export type InvoiceStatus = (typeof INVOICE_STATUSES)[number];

/** The first number of the series, as bookkeepers like it: long enough to look like one. */
export const FIRST_INVOICE_NUMBER = 1001;

/** What a bill of these lines comes to. @throws Problem where a price is missing or the total is below 0 */
export function billTotals(ref: Messages['document.unpriced']['ref'], lines: readonly PricedLine[]): PaperTotals {
  checkPriced(ref, lines);
  return draftTotals(lines);
}

/**
 * What a draft comes to so far. The total with tax decides: work taken out at one rate may be outweighed by the tax of
 * another. While a price is unknown no total is.
 * @throws Problem where the total is below 0
 */
export function draftTotals(lines: readonly PricedLine[]): PaperTotals {
  const totals = paperTotals(lines);
  if (totals.total < 0 && lines.every((line) => line.unitPrice !== null)) {
    throw refused(says('invoice.below-zero'), 'lines');
  }
  return totals;
}

/** Due today is still current. */
export function isOverdue(
  invoice: { status: InvoiceStatus; dueOn: CalendarDate | null; balance: Price },
  today: CalendarDate,
): boolean {
  return invoice.status === 'issued' && invoice.balance > 0 && invoice.dueOn !== null && invoice.dueOn < today;
}

/** The due date by the account's terms. */
export function dueDate(issuedOn: CalendarDate, termsDays: number): CalendarDate {
  return addDays(issuedOn, termsDays);
}

/** @throws Problem where a due date lies before the issue date */
export function checkDue(issuedOn: CalendarDate, dueOn: CalendarDate): void {
  if (dueOn < issuedOn) throw refused(says('invoice.due-before-issued', { dueOn, issuedOn }), 'dueOn');
}

/**
 * The day of a credit, or of the correction that it is part of: never before the invoice that it takes back.
 * @param given null dates it today, or on the invoice's own day where that is still to come
 * @throws Problem where the day given is before the invoice's own
 */
export function creditDay(
  invoice: { readonly ref: string; readonly issuedOn: CalendarDate },
  given: CalendarDate | null,
  today: CalendarDate,
): CalendarDate {
  if (given === null) return invoice.issuedOn > today ? invoice.issuedOn : today;
  if (given >= invoice.issuedOn) return given;
  const { ref, issuedOn } = invoice;
  throw refused(says('credit.before-the-invoice', { ref, day: given, issuedOn }), 'issuedOn');
}

export function checkDraft(ref: string, status: InvoiceStatus): void {
  if (status === 'draft') return;
  throw refused(says(status === 'void' ? 'invoice.void-stays' : 'invoice.frozen', { ref }));
}

/** What stands on an invoice. */
export type StandsOn = {
  /** Its credit notes, and those among them that are price reductions. */
  readonly notes: readonly string[];
  readonly reductions: readonly string[];
  /** Whether it counts against a contract. */
  readonly counts: boolean;
  /** Whether anything of it is not credited. */
  readonly isLeft: boolean;
  /** What took its place in a correction. */
  readonly replacement: string | null;
};

/** One without a standing payment or credit can be voided; of any other the way is named that does the same. */
export function checkVoidable(
  ref: string,
  { status, paid }: Pick<InvoiceSummary, 'status' | 'paid'>,
  stands: StandsOn,
): void {
  if (status === 'void') throw refused(says('invoice.already-void', { ref }));
  if (status === 'draft') throw refused(says('invoice.draft-is-discarded', { ref }));
  if (stands.replacement !== null) throw refused(says('invoice.was-corrected', { ref, by: stands.replacement }));
  if (paid === 0 && stands.notes.length === 0) return;
  const facts = { ref, instead: insteadOfVoid(ref, paid, stands) };
  throw refused(says(paid === 0 ? 'invoice.credited-not-voided' : 'invoice.paid-not-voided', facts));
}

/** What does what a void would do: nothing of the invoice is billed, and its contract is as it was before. */
export function insteadOfVoid(ref: string, paid: Price, { notes, reductions, counts, isLeft }: StandsOn): Message {
  if (paid === 0) return says('instead-of-void.void-notes', { ref, notes });
  if (reductions.length === 0 && !isLeft) return says('instead-of-void.nothing');
  return says('instead-of-void.credit', { ref, reductions, counts });
}

export type InvoiceSummary = {
  readonly id: number;
  readonly isSample: boolean;
  readonly number: number | null;
  readonly customer: Named;
  readonly job: Named | null;
  readonly kind: InvoiceKind;
  readonly status: InvoiceStatus;
  readonly issuedOn: CalendarDate | null;
  readonly dueOn: CalendarDate | null;
  readonly subtotal: Price;
  readonly tax: Price;
  readonly total: Price;
  /** Payments less refunds. */
  readonly paid: Price;
  /** What its credit notes take back, tax included. */
  readonly credited: Price;
  /** Still open; below 0 is money owed to the customer. 0 on drafts, voids and credit notes. */
  readonly balance: Price;
  /** The contract that it bills a share of. */
  readonly contractId: number | null;
  /** On a credit note: the invoice it credits. */
  readonly credits: { readonly id: number; readonly number: number | null } | null;
  readonly correctedById: number | null;
  readonly counting: Counting | null;
};

export type Invoice = InvoiceSummary & {
  readonly notes: string | null;
  readonly voidReason: string | null;
  readonly voidedOn: CalendarDate | null;
  /** As whom it is made out, where the customer's name or address is another by now. */
  readonly to: MadeOut | null;
  readonly lines: readonly PricedLine[];
  /** What it bills at each tax rate, 0 included; negative on a credit note. */
  readonly groups: readonly RateGroup[];
};
