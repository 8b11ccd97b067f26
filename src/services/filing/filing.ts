// Putting papers, files, appointments and walk & talks under a job, or taking them out. What belongs together moves
// together, so that a profit summary and what remains to bill are always about the same work.
import { refused } from '../../domain/errors.ts';
import type { Job } from '../../domain/job.ts';
import { lineRef, refOf } from '../../kinds/reference.ts';
import { uncover } from '../../store/books/expenses.ts';
import {
  changeLinesAt,
  allocatedFromAfar,
  fileUnder,
  invoiceFamily,
  photosOf,
  quotesOfContracts,
  type Cover,
  type Filed,
  type FiledInvoice,
  type FiledQuote,
} from '../../store/books/filing.ts';
import { jobById } from '../../store/books/jobs.ts';
import type { ReadScope, WriteScope } from '../../store/scope.ts';
import { namedRecords, type NamedRecord } from './filing-names.ts';
import { billingAt, billingNotes, recountAt } from './filing-billing.ts';
import { othersOpen } from '../quotes/others-open.ts';
import { resolveJob } from '../resolve/resolve.ts';
import type { VisibleBooks } from '../shared/visibility.ts';
import { freshFigures, type JobAfter } from '../shared/job-profit.ts';
import { currentLines } from '../../store/books/quote-places.ts';
import { says, type Message } from '../../domain/message.ts';

export type FilingInput = {
  /** Null takes out. */
  readonly job: string | null;
  readonly records: readonly string[];
};

export type Moved = {
  readonly ref: string;
  readonly from: string | null;
  /** It was not named, and belongs to what was. */
  readonly along: boolean;
};
export type FilingFacts = {
  readonly summary: Message;
  /** Null where records were taken out. */
  readonly to: JobAfter | null;
  /** The jobs that something left. */
  readonly left: readonly JobAfter[];
  readonly moved: readonly Moved[];
  readonly already: readonly string[];
  /** @property line null where it is gone */
  readonly cut: readonly { readonly expense: string; readonly line: string | null }[];
  readonly notes: readonly Message[];
};

export async function fileUnderJob(scope: WriteScope & VisibleBooks, input: FilingInput): Promise<FilingFacts> {
  const named = await namedRecords(scope, input.records);
  const job = input.job === null ? null : await resolveJob(scope, { ref: input.job, field: 'job', intent: 'write' });
  const to = job?.id ?? null;
  // Whose the expense is does not matter: it goes to any job, and its receipt with it.
  checkReceipts(named, to);
  if (job !== null) checkCustomer(job, named);
  checkPhotos(named, to);
  const { quotes, invoices } = await contractsOf(scope, named, to);
  await checkChangeLines(scope, quotes, to);
  const walks = named.filter(({ kind }) => kind === 'walk_and_talk').map(({ id }) => id);
  const together = unique([...named, ...quotes, ...invoices, ...(await photosOf(scope, walks))]);
  const moving = together.filter(({ jobId }) => jobId !== to);
  const isNamed = (record: Filed) => named.some((each) => isSame(each, record));
  const allocations = await allocatedFromAfar(scope, idsOf(moving, 'quote'), to);
  const lines = await currentLines(
    scope,
    allocations.map(({ lineId }) => lineId),
  );
  const lineOf = ({ lineId }: Cover) => {
    const place = lines.get(lineId);
    return place === undefined ? null : lineRef(place.quoteId, place.position);
  };
  const sources = [...new Set(moving.flatMap(({ jobId }) => (jobId === null ? [] : [jobId])))].sort((a, b) => a - b);
  const jobIds = to === null ? sources : [to, ...sources];
  const contractIds = [...new Set(quotes.map(({ contractId }) => contractId))];
  const about = { jobIds, contractIds, invoiceIds: idsOf(moving, 'invoice') };
  const before = await billingAt(scope, about);
  for (const record of moving) await fileUnder(scope, record, job);
  await recountAt(scope, about);
  for (const cover of allocations) await uncover(scope, cover.expenseId);
  const cut = allocations.map((cover) => ({ expense: refOf('expense', cover.expenseId), line: lineOf(cover) }));
  logMoves(scope, moving, to);
  logCuts(scope, allocations, cut);
  const moved = moving.map((record) => ({
    ref: record.ref,
    from: record.jobId === null ? null : refOf('job', record.jobId),
    along: !isNamed(record),
  }));
  const already = named.filter(({ jobId }) => jobId === to).map(({ ref }) => ref);
  const left: JobAfter[] = [];
  for (const id of sources) left.push(await after(scope, id));
  return {
    summary: summaryIn(job, { moved, already, cut, left }),
    to: to === null ? null : await after(scope, to),
    left,
    moved,
    already,
    cut,
    notes: [
      ...(moving.length === 0 ? [] : billingNotes(before, await billingAt(scope, about))),
      ...(to === null ? takenOut([...quotes, ...invoices], sources) : []),
      ...(job === null ? [] : await beside(scope, job, quotes)),
    ],
  };
}

/** What else is offered for the work of a job that a contract came to. */
async function beside(scope: ReadScope, job: Job, quotes: readonly FiledQuote[]): Promise<Message[]> {
  const came = quotes.find(({ status, jobId, isOriginal }) => jobId !== job.id && status === 'accepted' && isOriginal);
  return came === undefined ? [] : await othersOpen(scope, { ref: came.ref, customer: job.customer, job });
}

/** Papers that count in the profit of a job, and of none from now on. */
function takenOut(papers: readonly (FiledQuote | FiledInvoice)[], sources: readonly number[]): Message[] {
  const refs = papers
    .filter(({ kind, jobId, status }) => jobId !== null && COUNTED.includes(`${kind} ${status}`))
    .map(({ ref }) => ref);
  return refs.length === 0 ? [] : [says('note.taken-out', { refs, jobs: sources.map((id) => refOf('job', id)) })];
}

const COUNTED: readonly string[] = ['quote accepted', 'invoice draft', 'invoice issued'];

function checkCustomer(job: Job, named: readonly NamedRecord[]): void {
  for (const { ref, customer, field } of named) {
    if (customer === null || customer.id === job.customer.id) continue;
    throw refused(
      says('filing.other-customer', {
        ref,
        owner: customer.name,
        job: refOf('job', job.id),
        name: job.name,
        customer: job.customer.name,
      }),
      field,
    );
  }
}

/** A receipt stays with its expense. */
function checkReceipts(named: readonly NamedRecord[], to: number | null): void {
  for (const { ref, field, expenseId, jobId } of named) {
    if (jobId === to || expenseId === null) continue;
    const expense = refOf('expense', expenseId);
    throw refused(
      says('filing.attached-to-expense', { ref, expense, job: to === null ? null : refOf('job', to) }),
      field,
    );
  }
}

/** A photo stays with its walk & talk. */
function checkPhotos(named: readonly NamedRecord[], to: number | null): void {
  for (const { ref, field, walkAndTalkId, jobId } of named) {
    if (jobId === to) continue;
    const isWith = named.some(({ kind, id }) => kind === 'walk_and_talk' && id === walkAndTalkId);
    if (walkAndTalkId !== null && !isWith) {
      const walk = refOf('walk_and_talk', walkAndTalkId);
      throw refused(says('filing.photo-of-walk', { ref, walk }), field);
    }
  }
}

/**
 * The papers that belong to the named ones. A quote brings its whole contract: change orders, revisions, and the
 * invoices made from it. An invoice brings its credit notes and corrections, and a quote that is filed nowhere; off a
 * job its quote has to be named, since far more goes with it.
 */
async function contractsOf(
  scope: ReadScope,
  named: readonly NamedRecord[],
  to: number | null,
): Promise<{ quotes: FiledQuote[]; invoices: FiledInvoice[] }> {
  const asked = named.flatMap(({ contractId, kind }) => (kind === 'quote' && contractId !== null ? [contractId] : []));
  const invoices = await invoiceFamily(scope, { invoiceIds: idsOf(named, 'invoice'), contractIds: asked });
  const all = [...asked, ...invoices.flatMap(({ contractId }) => (contractId === null ? [] : [contractId]))];
  const quotes = await quotesOfContracts(scope, [...new Set(all)]);
  const held = quotes.find(({ contractId, jobId }) => jobId !== null && jobId !== to && !asked.includes(contractId));
  if (held === undefined) return { quotes, invoices };
  const made = invoices.filter(({ contractId }) => contractId === held.contractId);
  const invoice = named.find((record) => made.some((each) => isSame(each, record))) ?? named.find(isInvoice);
  const quote = refOf('quote', held.contractId);
  throw refused(
    says('filing.invoice-stays-with-quote', {
      ...{ invoice: invoice?.ref ?? null, quote, job: refOf('job', held.jobId ?? 0) },
    }),
    invoice?.field,
  );
}

function isInvoice({ kind }: Filed): boolean {
  return kind === 'invoice';
}

/** A line and the line it changes are one piece of work, so they stay on one job. */
async function checkChangeLines(scope: ReadScope, quotes: readonly FiledQuote[], to: number | null): Promise<void> {
  const ids = new Set(quotes.map(({ id }) => id));
  const jobAfter = ({ quoteId, jobId }: { quoteId: number; jobId: number | null }) => (ids.has(quoteId) ? to : jobId);
  for (const line of await changeLinesAt(scope, [...ids])) {
    const [changed] = line.changed;
    if (changed === undefined || line.changed.some((each) => jobAfter(each) === jobAfter(line))) continue;
    const other = ids.has(line.quoteId) ? changed.quoteId : line.quoteId;
    throw refused(
      says('filing.order-parted', { ref: line.ref, changed: changed.ref, other: refOf('quote', other) }),
      'records',
    );
  }
}

function unique(records: readonly Filed[]): Filed[] {
  return [...new Map(records.map((record) => [`${record.kind} ${record.id}`, record])).values()];
}

function isSame(one: Filed, other: Filed): boolean {
  return one.kind === other.kind && one.id === other.id;
}

function idsOf(records: readonly Filed[], kind: Filed['kind']): number[] {
  return records.filter((record) => record.kind === kind).map(({ id }) => id);
}

async function after(scope: WriteScope, jobId: number): Promise<JobAfter> {
  const job = await jobById(scope, jobId);
  if (job === null) throw new Error(`job ${jobId} is missing`);
  return { job, figures: await freshFigures(scope, jobId) };
}

/** A line in the log of every record; in that of a job one for its papers and one for the rest. */
function logMoves(scope: WriteScope, moving: readonly Filed[], to: number | null): void {
  for (const { kind, id, ref, jobId } of moving) {
    const entry = entryOf({ kind });
    scope.journal.log({ kind, id, entry, said: filed([ref], jobId, to) });
  }
  for (const entry of ['paper', 'site'] as const) {
    const some = moving.filter((record) => entryOf(record) === entry);
    for (const [from, records] of Map.groupBy(some, ({ jobId }) => jobId)) {
      const refs = records.map(({ ref }) => ref);
      const said = filed(refs, from, to);
      if (to !== null) scope.journal.log({ kind: 'job', id: to, entry, said });
      if (from !== null) scope.journal.log({ kind: 'job', id: from, entry, said });
    }
  }
}

function entryOf({ kind }: Pick<Filed, 'kind'>): 'paper' | 'site' {
  return kind === 'quote' || kind === 'invoice' ? 'paper' : 'site';
}

function filed(refs: readonly string[], from: number | null, to: number | null): Message {
  const job = (id: number | null) => (id === null ? null : refOf('job', id));
  return says('log.filed', { refs, from: job(from), to: job(to) });
}

function logCuts(scope: WriteScope, allocations: readonly Cover[], cut: FilingFacts['cut']): void {
  for (const [index, { expenseId, description, jobId }] of allocations.entries()) {
    const { expense, line } = cut[index] ?? { expense: '', line: null };
    const said = says('log.covers-no-more', { expense, description, line });
    scope.journal.log({ kind: 'expense', id: expenseId, entry: 'money', said });
    scope.journal.log({ kind: 'job', id: jobId, entry: 'money', said });
  }
}

function summaryIn(
  job: Job | null,
  { moved, already, cut, left }: Pick<FilingFacts, 'moved' | 'already' | 'cut' | 'left'>,
): Message {
  const refs = (along: boolean) => moved.filter((each) => each.along === along).map(({ ref }) => ref);
  const named = ({ id, name }: Pick<Job, 'id' | 'name'>) => ({ ref: refOf('job', id), name });
  return says('log.filing', {
    moved: refs(false),
    along: refs(true),
    already,
    cut,
    from: left.map((each) => named(each.job)),
    to: job === null ? null : named(job),
  });
}
