// The papers of one work as a scope sees them: the quotes of a job, or of a contract beside any, all bills of these, and
// what counts against what. They are loaded in one statement when somebody first asks, and follow what the write changes.
import type { RateGroup } from '../../domain/billing.ts';
import { COUNTINGS, type Counting, type CreditPart } from '../../domain/contract.ts';
import { cost, type Cost } from '../../domain/cost.ts';
import { INVOICE_STATUSES, type InvoiceStatus } from '../../domain/invoice.ts';
import { price, quantity, taxRate, type Price } from '../../domain/money.ts';
import { lessDiscount, type Discount, type PricedLine } from '../../domain/paper.ts';
import type { QuoteSummary } from '../../domain/quote.ts';
import type { Database } from '../database.ts';
import { gathered } from '../engine/gathered.ts';
import type { LedgerTable, Snapshot, Touched } from '../journal/ledger.ts';
import { oneOf } from '../one-of.ts';
import { discountIn } from './discounts.ts';
import { quoteSummaries, quoteSummaryOf } from './quote-summaries.ts';

export type PaperLine = PricedLine & { readonly unitCost: Cost | null };
/** A quote of any status, with its lines, and behind them what a discount takes off. */
export type WorkQuote = QuoteSummary & { readonly lines: readonly PaperLine[] };

/** An invoice or credit note of any status, as far as contracts are concerned. */
export type WorkBill = {
  readonly id: number;
  readonly number: number | null;
  readonly jobId: number | null;
  readonly status: InvoiceStatus;
  readonly contractId: number | null;
  readonly creditsId: number | null;
  readonly counting: Counting | null;
  readonly groups: readonly RateGroup[];
  /** As they were kept. */
  readonly parts: readonly CreditPart[];
};

/** All in the order of their numbers. */
export type WorkPapers = {
  readonly quotes: readonly WorkQuote[];
  readonly bills: readonly WorkBill[];
  readonly writtenOff: ReadonlyMap<number, Price>;
};

/** What its papers are looked for by. */
type Seed = { readonly job: number } | { readonly contract: number } | { readonly invoice: number };

export class Papers {
  readonly #db: Database;
  readonly #accountId: number;
  readonly #changes: readonly Touched[];
  #kept: Work[] = [];
  #seen = 0;

  /** @param changes what the scope's write did so far; it grows */
  constructor(db: Database, accountId: number, changes: readonly Touched[]) {
    this.#db = db;
    this.#accountId = accountId;
    this.#changes = changes;
  }

  async ofJob(jobId: number): Promise<WorkPapers> {
    return await this.#of({ job: jobId }, (work) => work.isOnJob(jobId));
  }

  /** With those of the job that the contract is on. */
  async ofContract(contractId: number): Promise<WorkPapers> {
    return await this.#of({ contract: contractId }, (work) => work.hasWhole(contractId));
  }

  /** With those of the job that it is on. */
  async ofInvoice({ id, job }: Placed): Promise<WorkPapers> {
    return job === null ? await this.#of({ invoice: id }, (work) => work.isOf(id)) : await this.ofJob(job.id);
  }

  /** The jobs that a contract is on; null where none of its papers were loaded. */
  jobsOf(contractId: number): number[] | null {
    const own = this.#now().flatMap((work) => work.papers.quotes.filter((quote) => quote.contractId === contractId));
    return own.length === 0 ? null : own.flatMap(({ job }) => job?.id ?? []);
  }

  /** Null where it was not loaded. */
  billOf(invoiceId: number): WorkBill | null {
    const found = this.#now().flatMap((work) => work.papers.bills.filter(({ id }) => id === invoiceId));
    return found[0] ?? null;
  }

  async #of(seed: Seed, isIt: (work: Work) => boolean): Promise<WorkPapers> {
    const known = this.#now().find(isIt);
    if (known !== undefined) return known.papers;
    const loaded = new Work(await papersAround(this.#db, { account: this.#accountId, ...seed }), seed);
    this.#kept.push(loaded);
    return loaded.papers;
  }

  /** What was loaded, brought to what the write has done since; where that cannot be told from rows, it is forgotten. */
  #now(): readonly Work[] {
    const changes = this.#changes.slice(this.#seen);
    this.#seen = this.#changes.length;
    this.#kept = this.#kept.filter((work) => work.follow(changes));
    return this.#kept;
  }
}

/** Where an invoice is. */
export type Placed = { readonly id: number; readonly job: { readonly id: number } | null };

type Rows = Awaited<ReturnType<typeof papersAround>>;

/** Where they change, what was loaded is of no use: names, and lines of quotes. */
const UNFOLLOWED: ReadonlySet<LedgerTable> = new Set(['customers', 'jobs', 'quote_lines']);
/** What decides which papers hang together. */
const PLACE = ['customer_id', 'job_id', 'contract_id', 'credits_id'] as const;

/** The papers around one seed, as rows. */
class Work {
  readonly #seed: Seed;
  /** All papers around these are here. */
  readonly #jobs: ReadonlySet<number>;
  #rows: Rows;
  #papers: WorkPapers | null = null;

  constructor(rows: Rows, seed: Seed) {
    this.#rows = rows;
    this.#seed = seed;
    const ofContract = 'contract' in seed ? rows.quotes.filter((quote) => quote.contract_id === seed.contract) : [];
    this.#jobs = new Set('job' in seed ? [seed.job] : ofContract.flatMap((quote) => quote.job_id ?? []));
  }

  get papers(): WorkPapers {
    return (this.#papers ??= papersOf(this.#rows));
  }

  isOnJob(jobId: unknown): boolean {
    return typeof jobId === 'number' && this.#jobs.has(jobId);
  }

  /** Whether this is what was looked for by an invoice that is on no job. */
  isOf(invoiceId: number): boolean {
    return 'invoice' in this.#seed && this.#seed.invoice === invoiceId;
  }

  /** Whether all that counts for a contract is here: its quotes are on the jobs that were looked for. */
  hasWhole(contractId: number): boolean {
    if ('contract' in this.#seed && this.#seed.contract === contractId) return true;
    const own = this.#rows.quotes.filter((quote) => quote.contract_id === contractId);
    return own.length > 0 && own.every((quote) => this.isOnJob(quote.job_id));
  }

  /** @returns false where the rows do not tell what is here now */
  follow(changes: readonly Touched[]): boolean {
    return changes.every((change) => this.#followOne(change));
  }

  #followOne(change: Touched): boolean {
    const { table, before, after } = change;
    if (UNFOLLOWED.has(table)) return false;
    const row = after ?? before ?? {};
    const rows = this.#rows;
    if (table === 'quotes') {
      if (before === null || after === null || isMoved(before, after)) return false;
      if (rows.quotes.some(({ id }) => id === row['id'])) this.#keep({ quotes: put(rows.quotes, ['id'], change) });
    }
    if (table === 'invoices') {
      if (before !== null && after !== null && isMoved(before, after)) return false;
      if (!this.#isHere(row)) return true;
      if (row['contract_id'] !== null && !this.#hasContract(row)) return false;
      this.#keep({ bills: put(rows.bills, ['id'], change) });
    }
    if (table === 'invoice_taxes') {
      if (!this.#hasBill(row['invoice_id'])) return false;
      this.#keep({ taxes: put(rows.taxes, ['invoice_id', 'tax_rate'], change) });
    }
    if (table === 'contract_parts') {
      if (!this.#hasBill(row['invoice_id']) || !this.#hasContract(row)) return false;
      this.#keep({ parts: put(rows.parts, ['invoice_id', 'contract_id', 'reduces', 'tax_rate'], change) });
    }
    if (table === 'write_offs' && this.#hasContract(row))
      this.#keep({ writeOffs: put(rows.writeOffs, ['contract_id'], change) });
    return true;
  }

  #keep(rows: Partial<Rows>): void {
    this.#rows = { ...this.#rows, ...rows };
    this.#papers = null;
  }

  /** Whether an invoice is one of these. */
  #isHere(row: Snapshot): boolean {
    if (this.isOnJob(row['job_id']) || this.#hasContract(row)) return true;
    return this.#hasBill(row['id']) || this.#hasBill(row['credits_id']);
  }

  #hasContract({ contract_id: id }: Snapshot): boolean {
    return this.#rows.quotes.some((quote) => quote.contract_id === id);
  }

  #hasBill(id: unknown): boolean {
    return this.#rows.bills.some((bill) => bill.id === id);
  }
}

function isMoved(before: Snapshot, after: Snapshot): boolean {
  return PLACE.some((column) => before[column] !== after[column]);
}

/** The rows after one of them, under this key, was added, changed or taken out. */
function put<R extends object>(
  rows: readonly R[],
  key: readonly (keyof R & string)[],
  { before, after }: Touched,
): readonly R[] {
  const own = after ?? before ?? {};
  const isOwn = (row: R) => key.every((column) => row[column] === own[column]);
  const others = rows.filter((row) => !isOwn(row));
  if (after === null) return others;
  // A row of the books has every column of its table; those that were loaded are among them.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return [...others, { ...rows.find(isOwn), ...after } as R];
}

function papersOf({ quotes, lines, bills, taxes, parts, writeOffs }: Rows): WorkPapers {
  const linesOf = Map.groupBy(lines, (line) => line.quote_id);
  const taxesOf = Map.groupBy(taxes, (tax) => tax.invoice_id);
  const partsOf = Map.groupBy(parts, (part) => part.invoice_id);
  return {
    quotes: quotes
      .map((row) => ({
        ...quoteSummaryOf(row),
        lines: paperLines((linesOf.get(row.id) ?? []).map(lineOf), discountIn(row)),
      }))
      .sort((one, other) => one.id - other.id),
    bills: bills
      .map((row) => ({
        id: row.id,
        number: row.number,
        jobId: row.job_id,
        status: oneOf(INVOICE_STATUSES, row.status),
        contractId: row.contract_id,
        creditsId: row.credits_id,
        counting: row.counting === null ? null : oneOf(COUNTINGS, row.counting),
        groups: (taxesOf.get(row.id) ?? []).map(groupOf).sort((one, other) => one.rate - other.rate),
        parts: creditPartsIn(partsOf.get(row.id) ?? []),
      }))
      .sort((one, other) => one.id - other.id),
    writtenOff: new Map(writeOffs.map(({ contract_id, amount }) => [contract_id, price(amount)])),
  };
}

/** In the order of contracts and rates. */
function creditPartsIn(rows: Rows['parts']): CreditPart[] {
  const sorted = rows.toSorted((one, other) => one.contract_id - other.contract_id || one.tax_rate - other.tax_rate);
  const each = Map.groupBy(sorted, (row) => `${row.contract_id} ${row.reduces}`).values();
  return [...each].flatMap((some) => {
    const [first] = some;
    if (first === undefined) return [];
    return [{ contractId: first.contract_id, reduces: first.reduces === 1, groups: some.map(groupOf) }];
  });
}

function groupOf(row: { readonly tax_rate: number; readonly base: number; readonly tax: number }): RateGroup {
  return { rate: taxRate(row.tax_rate), base: price(row.base), tax: price(row.tax) };
}

/** A discount costs nothing. */
function paperLines(lines: readonly PaperLine[], discount: Discount | null): PaperLine[] {
  const taken = lessDiscount(lines, discount).slice(lines.length);
  return [...lines, ...taken.map((line) => ({ ...line, unitCost: null }))];
}

function lineOf(line: Rows['lines'][number]): PaperLine {
  return {
    description: line.description,
    quantity: quantity(line.quantity),
    unit: line.unit,
    unitPrice: line.unit_price === null ? null : price(line.unit_price),
    taxRate: taxRate(line.tax_rate),
    unitCost: line.unit_cost === null ? null : cost(line.unit_cost),
  };
}

type Given = {
  readonly account: number;
  readonly job?: number | undefined;
  readonly contract?: number | undefined;
  readonly invoice?: number | undefined;
};

const papersAround = gathered((db, given: Given) => {
  const { account } = given;
  const [contracts, bills] = [contractsAround(db, given), billsAround(db, given)];
  return {
    quotes: quoteSummaries(db, account).where('q.contract_id', 'in', contracts),
    lines: db
      .selectFrom('quotes as q')
      .innerJoin('quote_lines as l', (join) =>
        join.onRef('l.account_id', '=', 'q.account_id').onRef('l.quote_id', '=', 'q.id'),
      )
      .select(['l.quote_id', 'l.description', 'l.quantity', 'l.unit', 'l.unit_price', 'l.unit_cost', 'l.tax_rate'])
      .where('q.account_id', '=', account)
      .where('q.contract_id', 'in', contracts)
      .orderBy('l.quote_id')
      .orderBy('l.position'),
    bills: db
      .selectFrom('invoices')
      .select(['id', 'number', 'job_id', 'status', 'contract_id', 'credits_id', 'counting'])
      .where('account_id', '=', account)
      .where('id', 'in', bills),
    taxes: db
      .selectFrom('invoice_taxes')
      .select(['invoice_id', 'tax_rate', 'base', 'tax'])
      .where('account_id', '=', account)
      .where('invoice_id', 'in', bills),
    parts: db
      .selectFrom('contract_parts')
      .select(['invoice_id', 'contract_id', 'reduces', 'tax_rate', 'base', 'tax'])
      .where('account_id', '=', account)
      .where('invoice_id', 'in', bills),
    writeOffs: db
      .selectFrom('write_offs')
      .select(['contract_id', 'amount'])
      .where('account_id', '=', account)
      .where('contract_id', 'in', contracts),
  };
});

/** The job that is looked for, or those that the contract is on. */
function jobsAround(db: Database, { account, job, contract = 0 }: Given) {
  if (job !== undefined) return [job];
  return db.selectFrom('quotes').select('job_id').where('account_id', '=', account).where('contract_id', '=', contract);
}

/** The contracts of these jobs, and those that their bills are made from or count against. */
function contractsAround(db: Database, given: Given) {
  const { account, contract, invoice } = given;
  const quotes = db.selectFrom('quotes as q').select('q.contract_id as id').where('q.account_id', '=', account);
  const bills = db
    .selectFrom('invoices as i')
    .select('i.contract_id as id')
    .where('i.account_id', '=', account)
    .where('i.contract_id', 'is not', null)
    .$narrowType<{ id: number }>();
  const counted = db
    .selectFrom('invoices as i')
    .innerJoin('contract_parts as p', (join) =>
      join.onRef('p.account_id', '=', 'i.account_id').onRef('p.invoice_id', '=', 'i.id'),
    )
    .select('p.contract_id as id')
    .where('i.account_id', '=', account);
  if (invoice !== undefined)
    return bills
      .where('i.id', '=', invoice)
      .union(counted.where('i.id', '=', invoice))
      .union(counted.where('i.credits_id', '=', invoice));
  const jobs = jobsAround(db, given);
  const onJobs = quotes
    .where('q.job_id', 'in', jobs)
    .union(bills.where('i.job_id', 'in', jobs))
    .union(counted.where('i.job_id', 'in', jobs));
  return contract === undefined ? onJobs : onJobs.union(quotes.where('q.contract_id', '=', contract));
}

/** The bills of these jobs and contracts, and the credit notes of each. */
function billsAround(db: Database, given: Given) {
  const { account, invoice } = given;
  const near = db.with('near', (also) => {
    const contracts = contractsAround(db, given);
    const bills = also.selectFrom('invoices as i').select('i.id').where('i.account_id', '=', account);
    const onContracts = bills
      .where('i.contract_id', 'in', contracts)
      .union(
        also
          .selectFrom('contract_parts as p')
          .select('p.invoice_id as id')
          .where('p.account_id', '=', account)
          .where('p.contract_id', 'in', contracts),
      );
    return onContracts.union(
      invoice === undefined ? bills.where('i.job_id', 'in', jobsAround(db, given)) : bills.where('i.id', '=', invoice),
    );
  });
  return near
    .selectFrom('near')
    .select('near.id')
    .union((eb) =>
      eb
        .selectFrom('invoices as n')
        .select('n.id')
        .where('n.account_id', '=', account)
        .where('n.credits_id', 'in', (inner) => inner.selectFrom('near').select('near.id')),
    );
}
