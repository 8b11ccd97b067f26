// Sample books: loaded into an empty book so that the first answer shows numbers, and taken out in one call.
import { addDays, plusMs, type CalendarDate, type Instant } from '../../domain/dates.ts';
import { dueDate } from '../../domain/invoice.ts';
import { cost } from '../../domain/cost.ts';
import { parseQuantity, parseTaxRate, price } from '../../domain/money.ts';
import { paperTotals, type PricedLine } from '../../domain/paper.ts';
import { invoiceRef, lineRef, refOf } from '../../kinds/reference.ts';
import { sampleBook } from '../../../samples/index.ts';
import type { TemplateName } from '../../domain/templates.ts';
import type {
  SampleBook,
  SampleCustomer,
  SampleInvoice,
  SampleJob,
  SampleLine,
  SampleQuote,
} from '../../../samples/book.ts';
import { customerById, insertCustomer } from '../../store/books/customers.ts';
import { expenseById, insertExpense } from '../../store/books/expenses.ts';
import { invoiceById } from '../../store/books/invoices.ts';
import { insertDraft, issue } from '../../store/books/write-invoices.ts';
import { insertJob, jobById, setAssignees } from '../../store/books/jobs.ts';
import { insertPayment } from '../../store/books/payments.ts';
import { insertQuote, markDone, quoteById } from '../../store/books/quotes.ts';
import { walkAndTalkById } from '../../store/books/walk-and-talks.ts';
import { keptSamples } from '../../store/books/kept-samples.ts';
import { keptFigures, type KeptFigures } from '../../store/derived/kept-figures.ts';
import { findSamples, takeOutSamples } from '../../store/books/samples.ts';
import type { WriteScope } from '../../store/scope.ts';
import type { Log } from '../../store/journal/write.ts';
import type { Clock } from '../site/appointments.ts';
import { billOfLines } from '../invoices/billing.ts';
import { contactKeys } from '../shared/contact.ts';
import { namesAmounts } from '../shared/visibility.ts';
import { loadVisits } from './sample-visits.ts';
import { insertNote } from '../../store/books/job-log.ts';
import { lineAt } from '../../store/books/quote-places.ts';
import { type Said, says, type Message } from '../../domain/message.ts';

const SAMPLE = { sample: true } as const;
const DAYS_TO_PAY = 12;

/** A sample book ready to be loaded, and the clock by which its appointments are made. */
export type ReadySamples = { readonly book: SampleBook; readonly clock: Clock };

/** Awaited before the books are opened for writing. */
export async function readySamples(template: TemplateName): Promise<ReadySamples> {
  return { book: await sampleBook(template), clock: await import('../resolve/appointment-time.ts') };
}

/** The people and work of the book, newest first, so that the newest has the first number. */
export async function loadSamples(scope: WriteScope, { book, clock }: ReadySamples): Promise<void> {
  const logs: Log[] = [];
  const log = (jobId: number, entry: Log['entry'], daysAgo: number, said: Message) =>
    logs.push({ kind: 'job', id: jobId, entry, said, at: instant(scope, daysAgo) });
  const work: { customerId: number; job: SampleJob }[] = [];
  for (const customer of newestFirst(book.customers)) {
    const customerId = await loadCustomer(scope, customer);
    work.push(...(customer.jobs ?? []).map((job) => ({ customerId, job })));
    for (const quote of customer.quotes ?? []) await loadQuote(scope, quote, { customerId, jobId: null });
    for (const invoice of customer.invoices ?? []) await loadInvoice(scope, invoice, { customerId, jobId: null });
    await loadVisits(scope, customer, { customerId, jobId: null }, clock);
  }
  work.sort((left, right) => left.job.daysAgo - right.job.daysAgo);
  for (const { customerId, job } of work) {
    const { jobId, notes } = await loadJob(scope, job, { customerId, log });
    logs.push(...notes);
    const visited = await loadVisits(scope, job, { customerId, jobId }, clock);
    for (const { daysAgo, said } of visited) log(jobId, 'site', daysAgo, said);
  }
  for (const entry of logs.sort((left, right) => String(left.at).localeCompare(String(right.at))))
    scope.journal.log(entry);
}

/** What stays of the samples, since real records stand on it, as `J-S1 Roof replacement`. */
export type Kept = {
  /** What they are filed under, which is real from then on. */
  readonly real: readonly Said[];
  /** Bills, quotes and expenses that they stand on, which count nowhere. */
  readonly uncounted: readonly Said[];
  /** What is real on these, and in the figures; what was spent only for whom costs are shown. */
  readonly figures: Omit<KeptFigures, 'spent'> & { readonly spent: KeptFigures['spent'] | null };
};

/** @returns how many were taken out, and what stays; null where nothing does, or nothing was there to take out */
export async function removeSamples(scope: WriteScope): Promise<{ removed: number; kept: Kept | null }> {
  const samples = await findSamples(scope);
  await takeOutSamples(scope, samples);
  const { held: _, notes: __, ...records } = samples;
  const removed = Object.values(records).reduce((sum, ids) => sum + ids.length, 0);
  return { removed, kept: removed === 0 ? null : await keptOf(scope) };
}

async function keptOf(scope: WriteScope): Promise<Kept | null> {
  const held = await keptSamples(scope);
  const real: Said[] = [];
  const uncounted: Said[] = [];
  for (const id of held.get('customers') ?? [])
    real.push(`${refOf('customer', id)} ${(await customerById(scope, id))?.name ?? ''}`);
  for (const id of held.get('jobs') ?? []) real.push(`${refOf('job', id)} ${(await jobById(scope, id))?.name ?? ''}`);
  for (const id of held.get('walk_and_talks') ?? [])
    real.push(`${refOf('walk_and_talk', id)} ${(await walkAndTalkById(scope, id))?.title ?? ''}`);
  for (const id of held.get('invoices') ?? []) {
    const invoice = await invoiceById(scope, id);
    if (invoice === null) continue;
    uncounted.push(
      says('sample.kept-invoice', { ref: invoiceRef(id, invoice.number), customer: invoice.customer.name }),
    );
  }
  for (const id of held.get('quotes') ?? [])
    uncounted.push(`${refOf('quote', id)} ${(await quoteById(scope, id))?.title ?? ''}`);
  for (const id of held.get('expenses') ?? [])
    uncounted.push(`${refOf('expense', id)} ${(await expenseById(scope, id))?.description ?? ''}`);
  if (real.length + uncounted.length === 0) return null;
  const { spent, ...money } = await keptFigures(scope);
  return { real, uncounted, figures: { ...money, spent: namesAmounts('expense', scope) ? spent : null } };
}

async function loadCustomer(scope: WriteScope, customer: SampleCustomer): Promise<number> {
  const { name, phone = null, email = null, address = null, notes = null, stage, daysAgo } = customer;
  const details = {
    name,
    phone,
    email,
    address,
    notes,
    stage,
    ...contactKeys({ phone, email }, scope.account),
  };
  return await insertCustomer(scope, { details, ...SAMPLE, at: instant(scope, daysAgo) });
}

type LogJob = (jobId: number, entry: Log['entry'], daysAgo: number, said: Message) => void;

async function loadJob(
  scope: WriteScope,
  job: SampleJob,
  { customerId, log }: { customerId: number; log: LogJob },
): Promise<{ jobId: number; notes: Log[] }> {
  const { name, description, address = null, status, daysAgo } = job;
  const details = {
    ...{ name, description, address, status, startsOn: day(scope, daysAgo), endsOn: null },
    ...{ completedOn: null, cancelledOn: null },
  };
  const jobId = await insertJob(scope, { customerId, details, ...SAMPLE, at: instant(scope, daysAgo) });
  log(jobId, 'created', daysAgo, says('log.job-started', {}));
  if (job.people !== undefined) await setAssignees(scope, jobId, job.people);
  const quoteIds: number[] = [];
  for (const quote of job.quotes ?? []) {
    const contractId = quote.kind === 'change_order' ? (quoteIds[0] ?? null) : null;
    const id = await loadQuote(scope, quote, { customerId, jobId }, contractId);
    quoteIds.push(id);
    const { kind = 'original', title, status: stands } = quote;
    const written = { quote: refOf('quote', id), title, kind, status: stands, revises: null };
    log(jobId, 'paper', quote.daysAgo, says('log.quote-written', written));
  }
  for (const invoice of job.invoices ?? []) {
    const ref = await loadInvoice(scope, invoice, { customerId, jobId });
    const became = invoice.draft === true ? 'drafted' : 'issued';
    log(jobId, 'paper', invoice.daysAgo, says('log.invoice', { invoice: ref, became }));
  }
  const lineOf = async ({ quote, line }: { quote: number; line: number }) => {
    const place = await lineAt(scope, quoteIds[quote] ?? 0, line);
    if (place === null) throw new Error(`sample job ${name} has no line ${line} on its quote ${quote}`);
    return place;
  };
  for (const expense of job.expenses ?? []) {
    const covered = expense.allocatedTo === undefined ? null : await lineOf(expense.allocatedTo);
    const { description: what, amount, category, vendor } = expense;
    const id = await insertExpense(scope, {
      details: {
        jobId,
        description: what,
        amount: cost(amount),
        category,
        vendor,
        spentOn: day(scope, expense.daysAgo),
        coversLineId: covered?.lineId ?? null,
      },
      ...SAMPLE,
      at: instant(scope, expense.daysAgo),
    });
    const covers = covered === null ? null : lineRef(covered.quoteId, covered.position);
    const spent = { expense: refOf('expense', id), description: what, category, covers, receipt: null };
    log(jobId, 'money', expense.daysAgo, says('log.expense', spent));
  }
  for (const done of job.doneLines ?? []) await markDone(scope, (await lineOf(done)).lineId, true);
  const notes: Log[] = [];
  for (const note of job.notes ?? [])
    notes.push(await insertNote(scope, { jobId, text: note.text, ...SAMPLE, at: instant(scope, note.daysAgo) }));
  return { jobId, notes };
}

type FiledUnder = { readonly customerId: number; readonly jobId: number | null };

async function loadQuote(
  scope: WriteScope,
  quote: SampleQuote,
  filed: FiledUnder,
  contractId: number | null = null,
): Promise<number> {
  const lines = quote.lines.map((line: SampleLine) => ({
    ...pricedLine(line),
    unitCost: line.cost === undefined ? null : cost(line.cost),
    category: line.category ?? null,
    lineId: null,
    changesLineId: null,
  }));
  const { kind = 'original', status, title } = quote;
  return await insertQuote(scope, {
    quote: {
      ...filed,
      kind,
      status,
      title,
      notes: null,
      revisesId: null,
      contractId,
      totals: paperTotals(lines),
      lines,
      quotedOn: day(scope, quote.daysAgo),
    },
    ...SAMPLE,
    at: instant(scope, quote.daysAgo),
  });
}

async function loadInvoice(scope: WriteScope, invoice: SampleInvoice, filed: FiledUnder): Promise<string> {
  const lines = invoice.lines.map(pricedLine);
  const id = await insertDraft(scope, {
    invoice: {
      ...filed,
      kind: invoice.kind ?? 'standard',
      notes: null,
      dueOn: null,
      ...billOfLines(lines),
    },
    ...SAMPLE,
    at: instant(scope, invoice.daysAgo),
  });
  if (invoice.draft === true) return invoiceRef(id, null);
  const issuedOn = day(scope, invoice.daysAgo);
  const number = await issue(scope, {
    id,
    isSample: true,
    issuedOn,
    dueOn: dueDate(issuedOn, scope.account.paymentTermsDays),
  });
  await pay(scope, invoice, id);
  return invoiceRef(id, number);
}

/** Most samples are paid some days after they were billed; `payment` says where one is not, or only in part. */
async function pay(scope: WriteScope, { daysAgo, payment }: SampleInvoice, invoiceId: number): Promise<void> {
  const invoice = await invoiceById(scope, invoiceId);
  if (invoice === null || payment === 'none') return;
  const amount = price(payment === 'part' ? Math.round(invoice.total / 200) * 100 : invoice.total);
  const paidDaysAgo = Math.max(0, daysAgo - DAYS_TO_PAY);
  await insertPayment(scope, {
    payment: { invoiceId, isRefund: false, amount, paidOn: day(scope, paidDaysAgo), method: 'check', note: null },
    ...SAMPLE,
    at: instant(scope, paidDaysAgo),
  });
}

/** Sample amounts are hundredths, taken as minor units of whichever currency the book has: 450.00 dollars, 45,000 yen. */
function pricedLine(
  line: Pick<SampleLine, 'description' | 'quantity' | 'unit' | 'price' | 'taxRatePercent'>,
): PricedLine {
  return {
    description: line.description,
    quantity: parseQuantity(line.quantity, 'quantity'),
    unit: line.unit ?? null,
    unitPrice: price(line.price),
    taxRate: parseTaxRate(line.taxRatePercent ?? 0, 'taxRatePercent'),
  };
}

function newestFirst<T extends { readonly daysAgo: number }>(records: readonly T[]): T[] {
  return [...records].sort((left, right) => left.daysAgo - right.daysAgo);
}

function day(scope: WriteScope, daysAgo: number): CalendarDate {
  return addDays(scope.today, -daysAgo);
}

function instant(scope: WriteScope, daysAgo: number): Instant {
  return plusMs(scope.now, -daysAgo * 86_400_000);
}
