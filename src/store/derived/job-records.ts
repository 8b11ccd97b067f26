// What the jobs of one scope are made of: each job's records are loaded once, and its profit is computed once of them,
// until the write changes what it is computed from. Whoever asks within one state of the books is told the same.
import { forecastOf, type JobForecast } from '../../domain/forecast.ts';
import type { Spending } from '../../domain/expense-doubts.ts';
import type { DatedJobLedger } from '../../domain/period.ts';
import { computeProfit, type JobProfit } from '../../domain/profit.ts';
import { Papers } from '../books/papers.ts';
import type { Database } from '../database.ts';
import type { LedgerTable, Touched } from '../journal/ledger.ts';
import {
  jobLedgerOf,
  spendingOf,
  storedJobs,
  type JobLedgerRows,
  type KeptRows,
  type StoredJob,
} from './job-ledger.ts';
import { jobsTouched } from './jobs-touched.ts';

/** One job in one state of the books. Its ledger and its profit are worked out when somebody first asks for them. */
export class JobRecords {
  readonly rows: JobLedgerRows;
  readonly people: StoredJob['people'];
  #ledger: DatedJobLedger | undefined;
  #profit: JobProfit | undefined;
  #spending: readonly Spending[] | undefined;
  #forecast: JobForecast | undefined;

  constructor(rows: JobLedgerRows, people: StoredJob['people'] = []) {
    this.rows = rows;
    this.people = people;
  }

  /** @throws Error where a row holds what no version of the books wrote */
  get ledger(): DatedJobLedger {
    return (this.#ledger ??= jobLedgerOf(this.rows));
  }

  get profit(): JobProfit {
    return (this.#profit ??= computeProfit(this.ledger));
  }

  get spending(): readonly Spending[] {
    return (this.#spending ??= spendingOf(this.rows));
  }

  get forecast(): JobForecast {
    return (this.#forecast ??= forecastOf(this.ledger, this.profit));
  }
}

/** Of one job, what a write holds against each other when it ends. */
export type JobState = {
  /** Null where the job is gone. */
  readonly records: JobRecords | null;
  /** What is derived of it, as it is stored. */
  readonly kept: KeptRows;
};

/** Every table that `storedJobs` reads, but for derived ones. */
const LEDGER_OF_JOBS: ReadonlySet<LedgerTable> = new Set([
  ...(['accounts', 'jobs', 'job_assignees', 'closed_jobs', 'expenses'] as const),
  ...(['quotes', 'quote_lines', 'done_lines', 'invoices', 'payments', 'contract_parts', 'write_offs'] as const),
]);

/** The jobs of an account as one scope sees them. */
export class Jobs {
  readonly #db: Database;
  readonly #accountId: number;
  readonly #changes: readonly Touched[];
  readonly #papers: Papers;
  readonly #kept = new Map<number, JobState>();
  #touched: { readonly changes: number; readonly jobs: ReadonlySet<number> } | null = null;
  #seen = 0;
  #settle = async (): Promise<void> => {};

  /**
   * @param changes what the scope's write did so far; it grows
   * @param papers as the same scope sees them
   */
  constructor(
    db: Database,
    accountId: number,
    changes: readonly Touched[],
    papers = new Papers(db, accountId, changes),
  ) {
    this.#db = db;
    this.#accountId = accountId;
    this.#changes = changes;
    this.#papers = papers;
  }

  /** Where a write settles something at its end that jobs rest on, it is settled before one is read too. */
  settling(settle: () => Promise<void>): void {
    this.#settle = settle;
  }

  /** @throws Error where the job is gone */
  async of(jobId: number): Promise<JobRecords> {
    const records = await this.find(jobId);
    if (records === null) throw new Error(`job ${jobId} vanished within its own scope`);
    return records;
  }

  /** Null where the job is gone. */
  async find(jobId: number): Promise<JobRecords | null> {
    return (await this.#stateOf(jobId)).records;
  }

  /** In this order, read in one statement as far as they were not. */
  async all(jobIds: readonly number[]): Promise<JobState[]> {
    if (this.#seen < this.#changes.length) await this.#settle();
    this.#forgetWhatChanged();
    const unread = jobIds.filter((id) => !this.#kept.has(id));
    if (unread.length > 0) {
      for (const [id, { ledger, people, kept }] of await storedJobs(this.#db, this.#accountId, unread))
        this.#kept.set(id, { records: ledger === null ? null : new JobRecords(ledger, people), kept });
    }
    return jobIds.flatMap((id) => this.#kept.get(id) ?? []);
  }

  /** The jobs that these writes bear on, found once until there are more. */
  async touchedBy(changes: readonly Touched[]): Promise<ReadonlySet<number>> {
    if (this.#touched?.changes !== changes.length) {
      const jobs = await jobsTouched(this.#db, this.#accountId, changes, this.#papers);
      this.#touched = { changes: changes.length, jobs };
    }
    return this.#touched.jobs;
  }

  async #stateOf(jobId: number): Promise<JobState> {
    const [state] = await this.all([jobId]);
    if (state === undefined) throw new Error(`nothing was read of job ${jobId}`);
    return state;
  }

  /** A row of one job may bear on another (a contract's bill that is filed elsewhere), so that all are forgotten. */
  #forgetWhatChanged(): void {
    if (this.#changes.slice(this.#seen).some(({ table }) => LEDGER_OF_JOBS.has(table))) this.#kept.clear();
    this.#seen = this.#changes.length;
  }
}
