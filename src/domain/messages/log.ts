// What the history says of changes: the summary of each, and the lines in the logs of its records. It is kept as codes and
// facts for ever, so a code never loses a fact and never changes what one means; a later version may add some.
import type { Message, NoFacts, Said } from '../message.ts';

/** What of a record was changed, of which no more is told. */
export type ChangedPart =
  | 'consent'
  | 'details'
  | 'findings'
  | 'followUps'
  | 'heldAt'
  | 'notes'
  | 'stage'
  | 'summary'
  | 'title'
  | 'transcript';
type JobField = 'name' | 'description' | 'address' | 'startsOn' | 'endsOn' | 'completedOn' | 'cancelledOn';
type CustomerField =
  | 'name'
  | 'phone'
  | 'email'
  | 'address'
  | 'notes'
  | 'stage'
  | 'otherPhones'
  | 'otherEmails'
  | 'otherAddresses';
type AccountField =
  | 'name'
  | 'address'
  | 'phone'
  | 'email'
  | 'template'
  | 'currency'
  | 'timeZone'
  | 'country'
  | 'paymentTermsDays';
type Value = string | number | null;

/** A record by its number and its name. */
type Named = { readonly ref: string; readonly name: string };
type Changes = { readonly changes: readonly Message[] };
type People = { readonly people: readonly { readonly name: string; readonly role: string }[] };

/** Of any record, and what those of each kind are made of. */
type OfAnything = {
  'log.so-already': { readonly ref: string; readonly name?: string };
  /** As a summary, and as a line of a log, where it does not say who did it. */
  'log.changed': Named & Changes;
  'log.became': Named & Changes;
  'log.changed-parts': Named & Changes;
  /** @property of what of a record became another, as its kind calls that column; of an appointment also `time` and `who` */
  'log.step': { readonly of: string; readonly from: string | null; readonly to: string | null };
  'log.part': { readonly part: ChangedPart };
  'log.part-changed': { readonly part: ChangedPart };
  'log.shortened': { readonly what: Said; readonly most: number };
  'log.undone': { readonly change: number; readonly summary: Said };
  'log.undone-again': {
    readonly change: number;
    readonly first: number;
    readonly stands: boolean;
    readonly summary: Said;
  };
};

type OfAccount = {
  'log.account-opened': NoFacts;
  'log.account-changed': Changes;
  'log.account-so-already': NoFacts;
  'log.account-field': { readonly field: AccountField; readonly from: Value; readonly to: Value };
  'log.confirm-by': { readonly by: 'person' | 'assistant' };
  'log.plan': { readonly plan: string };
  'log.samples-loaded': { readonly template: string };
  'log.samples-removed': { readonly count: number };
  'log.samples-of-that-trade': NoFacts;
  'log.jobs-hidden': { readonly count: number };
  'log.closed-through': { readonly day: string; readonly jobs: number };
  'log.opened-again': { readonly after: string | null; readonly reason: string };
  'log.waiting-to-bill': { readonly jobs: readonly { readonly job: string; readonly left: string }[] };
  'log.numbers-go-on': { readonly last: number };
};

type OfCustomers = {
  'log.customer-added': Named;
  'log.customer-created': { readonly name: string };
  'log.merged': { readonly from: Named; readonly into: Named };
  'log.customer-details': { readonly fields: readonly CustomerField[] };
  'log.customer-field': { readonly field: CustomerField; readonly from: string | null; readonly to: string | null };
  'log.appointment-scheduled': { readonly ref: string; readonly title: string; readonly span: string };
  'log.scheduled': { readonly ref: string; readonly title: string; readonly customer: string; readonly when: string };
  /** @property from the first of them, and until which day there is one; of whom, where it is not their own log */
  'log.visits-scheduled': {
    readonly first: string;
    readonly last: string;
    readonly count: number;
    readonly title: string;
    readonly every: string;
    readonly from: string;
    readonly until: string;
    readonly customer: string | null;
  };
  /** What became of the first, as it became of all. */
  'log.visits-changed': {
    readonly first: string;
    readonly last: string;
    readonly count: number;
    readonly name: string;
  } & Changes;
  'log.took-place': { readonly ref: string; readonly title: string };
  'log.walk-and-talk-recorded': { readonly ref: string; readonly title: string };
  'log.walk-and-talk-loaded': { readonly ref: string; readonly title: string };
  'log.recorded': { readonly ref: string; readonly title: string; readonly customer: string };
};

type OfJobs = {
  'log.job-started': { readonly customer?: string };
  'log.job-of-customer': Named;
  'log.started': Named & { readonly customer: Named; readonly besides: readonly Message[] };
  /** In the logs of both customers and of the job; and as a part of what a change did. */
  'log.job-moved': {
    readonly job: string;
    readonly name: string;
    readonly from: Named;
    readonly to: Named;
    readonly along: readonly string[];
  };
  'log.job-now-for': { readonly from: Named; readonly to: Named; readonly along: readonly string[] };
  'log.job-details': Changes;
  'log.job-field': { readonly field: JobField; readonly to: string | null };
  'log.job-status': { readonly from: string; readonly to: string };
  'log.status-step': { readonly from: string; readonly to: string };
  'log.people': People;
  'log.people-now': People;
  'log.nearly-called': { readonly name: string; readonly meant: string };
  /** The words of a note stand with the note. */
  'log.note': { readonly note: number };
  'log.note-added': NoFacts;
  'log.job-billing': { readonly job: string; readonly step: Message };
  'log.billing-done': { readonly writtenOff: string | null };
  'log.billing-goes-on': { readonly left: string | null };
};

type Payment = { readonly payment: string; readonly amount: string; readonly invoice: string };
type OneOfTwo = Payment & { readonly isRefund: boolean };
type Expense = {
  readonly expense: string;
  readonly description: string;
  readonly amount?: string;
  readonly category: string;
  /** A supplier gave it back; lines of earlier versions do not say. */
  readonly isRefund?: boolean;
};

type Monthly = { readonly monthly: string; readonly description: string; readonly amount: string };

type OfMoney = {
  'log.payment': OneOfTwo;
  'log.payment-recorded': OneOfTwo;
  'log.payment-voided': OneOfTwo;
  /** @property others of the same day, which may be parts of what bounced */
  'log.payment-bounced': Payment & {
    readonly day: string;
    readonly as: string;
    readonly others: readonly Payment[];
  };
  'log.payment-moved': {
    readonly payment: string;
    readonly moved: string;
    readonly from: string;
    readonly to: string;
    readonly split: { readonly as: string; readonly left: string } | null;
  };
  'log.paid-moves': { readonly amount: string };
  'log.payment-split': { readonly payment: string; readonly as: string };
  'log.owed-to-customer': { readonly amount: string; readonly on: string };
  'log.expense': Expense & { readonly covers: string | null; readonly receipt: string | null };
  'log.expense-removed': Expense & { readonly stays: Message | null };
  'log.expense-logged': Expense & { readonly amount: string; readonly on: Named };
  'log.expense-taken-out': Expense & { readonly amount: string; readonly stays: Message | null };
  /** Without a job it is overhead from then on. */
  'log.expense-moved': { readonly expense: string; readonly description: string; readonly job: string | null };
  'log.monthly-began': Monthly & { readonly first: string; readonly until: string | null };
  'log.monthly-booked': Monthly & { readonly expense: string; readonly on: string };
  'log.monthly-ended': Monthly;
  'log.monthly-booked-stays': { readonly after: string; readonly last: string };
  'log.monthly-changes-later': Monthly & {
    readonly later: string;
    readonly from: string;
    readonly hasBooked: boolean;
  };
  /** A change ahead was taken back. */
  'log.monthly-stays': Monthly & { readonly from: string };
  /** From when on a change holds, and what of the days before it. */
  'log.monthly-from': {
    readonly from: string;
    /** Booked before, and changed as well. */
    readonly also: readonly { readonly expense: string; readonly on: string }[];
    readonly hasBooked: boolean;
    /** Its days on which it books nothing now. */
    readonly leftOut: readonly string[];
  };
  /** By a change of what comes every month, with the currency. */
  'log.monthly-booked-now': {
    readonly booked: readonly { readonly expense: string; readonly on: string }[];
    readonly total: string;
  };
  /** What Jobwright booked of itself, since its day had come. */
  'log.due-booked': { readonly booked: readonly (Monthly & { readonly expense: string; readonly on: string })[] };
  'log.expenses-logged': {
    readonly count: number;
    /** In all, with the currency. */
    readonly total: string;
    readonly on: readonly { readonly ref: string; readonly name: string; readonly count: number }[];
    readonly overhead: number;
    /** Those that go on from now on. */
    readonly monthly: readonly string[];
    /** Those that go on until a day; `once` on this one alone. */
    readonly bounded?: readonly { readonly monthly: string; readonly until: string; readonly once: string | null }[];
    /** Those of them whose next day lies in closed months. */
    readonly waiting?: readonly { readonly monthly: string; readonly on: string; readonly closedThrough: string }[];
  };
  /** Several expenses and the lines that they cover; `isSo` where they did already. */
  'log.linked': {
    readonly links: readonly { readonly expense: string; readonly line: string | null }[];
    readonly isSo: boolean;
  };
  'log.covers-no-more': { readonly expense: string; readonly description: string; readonly line: string | null };
  'log.receipt': { readonly file: string };
  /** @property on null where it is on nothing any more, since its expense was overhead */
  'log.receipt-no-more': { readonly file: string; readonly on: string | null };
  'log.files-stay': { readonly files: readonly string[]; readonly on: string | null };
  'log.moved-along': { readonly file: string };
};

/** By the number of the file a page leaves out what tells of costs where those are hidden (`namesNoCost`). */
type OfFile = { readonly file: string; readonly name: string };
type Attached = OfFile & {
  readonly on: Named;
  readonly placeRemoved: boolean;
  readonly inPlaceOf: string | null;
  readonly flaw: 'damaged' | 'locked' | 'too large' | null;
  readonly isPicture: boolean;
  readonly receiptStays: string | null;
};

type OfFiles = {
  'log.file-attached': Attached;
  /** @property lacks the library without which models do not see it */
  'log.attached': Attached & { readonly lacks: string | null };
  'log.very-same-file': OfFile & { readonly on: Named };
  'log.file-is-receipt': OfFile & { readonly expense: string };
  'log.file-let-go': OfFile & { readonly expense: string };
  /** Of the receipt of overhead, in the log of the job or the customer that it was on. */
  'log.file-left-for-overhead': OfFile & { readonly expense: string };
  'log.file-moved-with': OfFile & { readonly expense: string; readonly job: string | null };
  'log.file-is-photo': OfFile & { readonly of: string };
  'log.photos-added': { readonly photos: readonly string[] };
  /** By each of the numbers, as above. */
  'log.filed': { readonly refs: readonly string[]; readonly from: string | null; readonly to: string | null };
  'log.filing': {
    readonly moved: readonly string[];
    readonly along: readonly string[];
    readonly already: readonly string[];
    readonly cut: readonly { readonly expense: string; readonly line: string | null }[];
    readonly from: readonly Named[];
    readonly to: Named | null;
  };
};

/** What earlier versions did not say. @property out some of those that are gone; amounts are null where a price is not known */
type LinesChanged = {
  readonly out?: readonly string[];
  readonly outCount?: number;
  readonly added?: number;
  readonly from?: string | null;
  readonly to?: string | null;
};

type OfQuotes = {
  'log.quote-written': {
    readonly quote: string;
    readonly title: string;
    readonly kind: 'original' | 'change_order';
    readonly status: string;
    readonly revises: string | null;
    readonly copyOf?: string;
  };
  'log.wrote': {
    readonly quote: string;
    readonly title: string;
    readonly kind: 'original' | 'change_order';
    readonly contract: string | null;
    readonly customer: string;
    readonly status: string;
    /** Null where a price is not known yet. */
    readonly subtotal: string | null;
    readonly copyOf?: string;
    /** By how much the prices differ from those that were taken over. */
    readonly percent?: number;
  };
  'log.drafted-from': { readonly quote: string; readonly title: string };
  'log.new-lines': { readonly quote: string } & LinesChanged;
  'log.lines-replaced': LinesChanged;
  /** `on` where it was on another day than it was entered. */
  'log.quote-status': { readonly quote: string; readonly from: string; readonly to: string; readonly on?: string };
  'log.quote-step': { readonly from: string; readonly to: string; readonly on?: string };
  'log.quote-sent-again': { readonly name: string; readonly on?: string };
  'log.quote-sent-again-of': { readonly quote: string; readonly name: string; readonly on?: string };
  /** Without both there is none any more; without an amount it is not known what the percentage comes to. */
  'log.discount': { readonly percent: number | null; readonly amount: string | null };
  'log.discount-of': { readonly quote: string; readonly percent: number | null; readonly amount: string | null };
  'log.quote-replaced': { readonly quote: string; readonly by: string };
  'log.line-done': {
    readonly line: string;
    readonly description: string;
    readonly done: boolean;
    readonly spentNothing: boolean;
  };
  'log.more-lines': { readonly count: number };
};

type OfInvoices = {
  'log.invoice': { readonly invoice: string; readonly became: 'drafted' | 'issued' | 'changed' | 'discarded' };
  'log.invoice-void': { readonly invoice: string; readonly reason: string };
  'log.credit-note': { readonly note: string; readonly invoice: string };
  'log.counts': { readonly invoice: string; readonly contract: string | null; readonly already: boolean };
  'log.billed': {
    readonly invoice: string;
    readonly isDraft: boolean;
    /** Of a credit note: the invoice. */
    readonly credits: string | null;
    readonly customer: string;
    readonly total: string;
    readonly besides: readonly Message[];
  };
  /** Of several jobs at once. */
  'log.billed-several': {
    readonly bills: readonly {
      readonly invoice: string;
      readonly customer: string;
      readonly job: string | null;
      readonly total: string;
    }[];
    readonly isDraft: boolean;
    readonly total: string;
  };
  'log.price-reduction': { readonly amount: string; readonly contract: string; readonly worth: string };
  'log.less-billed': {
    readonly amount: string;
    readonly contract: string;
    readonly worth: string;
    readonly left: string;
  };
  'log.due-moved': { readonly invoice: string; readonly from: string | null; readonly to: string };
  'log.issued-already': { readonly invoice: string };
  'log.invoice-written': { readonly invoice: string; readonly became: 'issued' | 'changed' | 'discarded' };
  'log.invoice-voided': { readonly invoice: string; readonly customer: string; readonly total: string };
  'log.corrected': {
    readonly invoice: string;
    readonly customer: string;
    readonly total: string;
    readonly note: string;
    readonly replacement: { readonly invoice: string; readonly total: string };
    readonly untaxed: string | null;
    readonly due: { readonly now: string | null; readonly before: string | null } | null;
    readonly money: readonly Message[];
  };
};

export type LogMessages = OfAnything & OfAccount & OfCustomers & OfJobs & OfMoney & OfFiles & OfQuotes & OfInvoices;
