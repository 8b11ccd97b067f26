// What the jobs of one scope are made of: each job's records are loaded once, and its profit is computed once of them,
// until the write changes what it is computed from. Whoever asks within one state of the books is told the same.
import type { DatedJobLedger } from '../../domain/period.ts';
import { computeProfit, type JobProfit } from '../../domain/profit.ts';
import type { Database } from '../database.ts';
import type { LedgerTable, Touched } from '../journal/ledger.ts';
import { jobLedgerOf, jobLedgerRows, type JobLedgerRows } from './job-ledger.ts';

/** One job in one state of the books. Its ledger and its profit are worked out when somebody first asks for them. */
export class JobRecords {
  readonly rows: JobLedgerRows;
  #ledger: DatedJobLedger | undefined;
  #profit: JobProfit | undefined;

  constructor(rows: JobLedgerRows) {
    this.rows = rows;
  }

  /** @throws Error where a row holds what no version of the books wrote */
  get ledger(): DatedJobLedger {
    return (this.#ledger ??= jobLedgerOf(this.rows));
  }

  get profit(): JobProfit {
    return (this.#profit ??= computeProfit(this.ledger));
  }
}

/** Every table that `jobLedgerRows` reads. */
const LEDGER_OF_JOBS: ReadonlySet<LedgerTable> = new Set([
  ...(['accounts', 'jobs', 'closed_jobs', 'expenses'] as const),
  ...(['quotes', 'quote_lines', 'done_lines', 'invoices', 'contract_parts', 'write_offs'] as const),
]);

/** The jobs of an account as one scope sees them. */
export class Jobs {
  readonly #db: Database;
  readonly #accountId: number;
  readonly #changes: readonly Touched[];
  readonly #kept = new Map<number, Promise<JobRecords | null>>();
  #seen = 0;

  /** @param changes what the scope's write did so far; it grows */
  constructor(db: Database, accountId: number, changes: readonly Touched[]) {
    this.#db = db;
    this.#accountId = accountId;
    this.#changes = changes;
  }

  /** @throws Error where the job is gone */
  async of(jobId: number): Promise<JobRecords> {
    const records = await this.find(jobId);
    if (records === null) throw new Error(`job ${jobId} vanished within its own scope`);
    return records;
  }

  /** Null where the job is gone. */
  async find(jobId: number): Promise<JobRecords | null> {
    this.#forgetWhatChanged();
    const records = this.#kept.get(jobId) ?? this.#load(jobId);
    this.#kept.set(jobId, records);
    return await records;
  }

  /** A row of one job may bear on another (a contract's bill that is filed elsewhere), so that all are forgotten. */
  #forgetWhatChanged(): void {
    if (this.#changes.slice(this.#seen).some(({ table }) => LEDGER_OF_JOBS.has(table))) this.#kept.clear();
    this.#seen = this.#changes.length;
  }

  async #load(jobId: number): Promise<JobRecords | null> {
    const [rows] = await jobLedgerRows(this.#db, this.#accountId, { from: jobId, to: jobId });
    return rows === undefined ? null : new JobRecords(rows);
  }
}
