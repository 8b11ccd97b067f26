// A scope is one state of one account's books: a snapshot to read, or one write that happens whole or not at all.
// Inside a scope await nothing but its store. Clock and ids come from the scope, so that a write can be run again.
import { sql } from 'kysely';
import type { Crew } from '../domain/access.ts';
import type { Account } from '../domain/account.ts';
import { dayAt, type CalendarDate, type Instant, instantAt } from '../domain/dates.ts';
import { Problem } from '../domain/errors.ts';
import { isPlanName } from '../domain/plans.ts';
import { isTemplateName } from '../domain/templates.ts';
import { markOfWrite, type BookMark, type KeptBy } from './engine/book.ts';
import { salt, START } from './journal/chain.ts';
import { checkClosed } from './books/closing.ts';
import { datedBack, JUMP_MS, UNWATCHED, type Watch } from './clock.ts';
import type { Database, Engine } from './database.ts';
import { Papers } from './books/papers.ts';
import { Jobs } from './derived/job-records.ts';
import { ROLLUPS, renewSomeRollups } from './derived/rollups.ts';
import { isMade, noteMade, versionOf } from './derived/left.ts';
import { holdRow } from './engine/locks.ts';
import { sendNotice } from './engine/notices.ts';
import { prepared } from './engine/prepared.ts';
import { renewSomeTerms } from './search/renew-terms.ts';
import { TERMS } from './search/terms.ts';
import { KnownRows } from './journal/known-rows.ts';
import { Journal, type Author } from './journal/write.ts';
import { settleSamples } from './books/samples-worked-on.ts';
import { settle } from './books/settled.ts';
import type { AccountRow } from './books/rows.ts';
import type { Touched } from './journal/ledger.ts';
import { says, type Said } from '../domain/message.ts';

export type ReadScope = {
  readonly db: Database;
  readonly account: Account;
  readonly now: Instant;
  /** The business's calendar day at `now`. */
  readonly today: CalendarDate;
  /** The first day on which something that comes every month is to book itself; null where nothing is. */
  readonly dueOn: CalendarDate | null;
  /** The first such day that lies in closed months. */
  readonly waitsSince: CalendarDate | null;
  /** What its jobs are made of, each loaded and computed once. */
  readonly jobs: Jobs;
  /** Rows that were read or written whole, so that none is read again to be changed. */
  readonly known: KnownRows;
  /** Its quotes and bills, as they hang together. */
  readonly papers: Papers;
  /** Crew see and change what is on their jobs: nothing else is there for them. Null: everything is. */
  readonly crew: Crew | null;
};

/** A state of one account's books of which nothing is known yet but whose it is. */
export type Looking = { readonly db: Database; readonly account: Pick<Account, 'id'> };

export type WriteScope = ReadScope & {
  /** The number of the change that this write is. */
  readonly changeNumber: number;
  /** What is dated with this, or before, was not done within the last milliseconds, so many: a clock may be set. */
  readonly ago: (ms: number) => Instant;
  readonly journal: Journal;
  readonly author: Author;
};

/** What is told while the program runs. */
export type Hooks = {
  /** Knows how the clock was set while the program ran, and says what else is found out. */
  readonly watch?: Watch;
  /** Records of files were added by this write; told before the write is acknowledged. */
  readonly filesKept?: (mark: BookMark & { readonly keptBy: KeptBy }) => Promise<void>;
};

export class Store {
  readonly #engine: Engine;
  readonly #clock: () => Instant;
  readonly #hooks: Hooks;
  readonly #watch: Watch;
  readonly #renewing = new Map<number, Promise<void>>();

  constructor(engine: Engine, clock: () => Instant = () => instantAt(Date.now()), hooks: Hooks = {}) {
    this.#engine = engine;
    this.#clock = clock;
    this.#hooks = hooks;
    this.#watch = hooks.watch ?? UNWATCHED;
  }

  /** Opened where nothing can be written: every write is refused. */
  get isReadOnly(): boolean {
    return this.#engine.isReadOnly;
  }

  /**
   * A snapshot of the account, in which everything derived is as its records come to: it waits for what is still to be
   * made anew. @throws Error where there is no such account
   */
  async read<T>(accountId: number, work: (scope: ReadScope) => Promise<T>): Promise<T> {
    return await this.#onceMade(accountId, async () => {
      const now = this.#clock();
      return await this.#engine.read(async (db) => {
        const [row] = await accountById(db, { id: accountId });
        return row === undefined ? null : { done: await work(readScope(db, row, now)) };
      }, accountId);
    });
  }

  /** Tries again once what was left to be derived is there. @param attempt null where it found something left */
  async #onceMade<T>(accountId: number, attempt: () => Promise<{ readonly done: T } | null>): Promise<T> {
    for (;;) {
      const found = await attempt();
      if (found !== null) return found.done;
      if (!(await this.has(accountId))) throw new Error(`there is no account ${accountId}`);
      if (this.#engine.isReadOnly) throw new Problem('unavailable', says('book.to-bring-up-to-date'));
      await this.renew(accountId);
    }
  }

  /**
   * A snapshot for who looks for damage: of the account nothing is read beforehand, and what was seen is kept where the
   * disk fails so badly meanwhile that the snapshot cannot be ended in order.
   */
  async look<T>(accountId: number, work: (scope: Looking) => Promise<T>): Promise<T> {
    const seen: T[] = [];
    try {
      await this.#engine.read(async (db) => {
        // Where it is begun again, what was seen before is of another moment.
        seen.length = 0;
        seen.push(await work({ db, account: { id: accountId } }));
      }, accountId);
    } catch (error) {
      if (seen.length === 0) throw error;
    }
    const [result] = seen;
    if (result === undefined) throw new Error('a look ended without a result');
    return result;
  }

  /**
   * One write, which has its account to itself from its first statement on. Its last one advances the account's change
   * number; where the work wrote nothing, nothing is. It is dated when its turn has come, so that times go
   * as numbers do. Where the work throws, nothing of it is kept.
   * @param summarize says what the change did, from what the work returned
   */
  async write<T>(
    accountId: number,
    author: Author,
    work: (scope: WriteScope) => Promise<T>,
    summarize: (result: T) => Said,
  ): Promise<T> {
    const { result, files, journal } = await this.#onceMade(
      accountId,
      async () =>
        await this.#engine.write(async (db) => {
          const done = await change(db, { accountId, author, now: this.#clock(), watch: this.#watch }, work, summarize);
          if (done === null) return null;
          const keptBy = { account: accountId, change: done.number, hash: done.journal.hash };
          const isTold = this.#hooks.filesKept !== undefined && done.journal.addsTo('files');
          const files = isTold ? { ...(await markOfWrite(db)), keptBy } : null;
          return { done: { ...done, files } };
        }, accountId),
    );
    if (files !== null) await this.#hooks.filesKept?.(files);
    // Whoever comes next waits for it, and is told where it fails.
    if (journal.leavesSome) void this.renew(accountId).catch(() => undefined);
    return result;
  }

  /** True once the account is there. */
  async has(accountId: number): Promise<boolean> {
    return await this.#engine.read(
      async (db) =>
        (await db
          .selectFrom('accounts')
          .select('account_id')
          .where('account_id', '=', accountId)
          .executeTakeFirst()) !== undefined,
      accountId,
    );
  }

  /**
   * Opens an account's books, as change 0 of its journal. False where they are there already: two programs may start
   * at once.
   */
  async open(account: Account): Promise<boolean> {
    const now = this.#clock();
    return await this.#engine.write(async (db) => {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('accounts')
        .values({ ...accountRow(account), change_number: 0, created_at: now, newest_hash: START, newest_at: '' })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow();
      if (numInsertedOrUpdatedRows !== 1n) return false;
      await db
        .insertInto('secrets')
        .values({ account_id: account.id, name: 'confirmations', value: salt() + salt() })
        .execute();
      for (const { derived, version } of [ROLLUPS, TERMS]) await noteMade(db, account.id, derived, version);
      const journal = new Journal(db, account.id, {
        ...{ number: 0, now, previous: { hash: START, at: '' } },
        known: new KnownRows(),
      });
      journal.opened(accountRow(account));
      const author = { actor: 'jobwright', client: 'jobwright', tool: 'open' };
      await journal.close(author, says('log.account-opened'), new Jobs(db, account.id, journal.changes));
      return true;
    }, account.id);
  }

  /**
   * Makes anew what an earlier version of the program derived, and what writes left: page by page, each a write of its
   * own, so that others are answered meanwhile. Where it is ended in the middle, the next goes on from there.
   */
  async renew(accountId: number): Promise<void> {
    const inFlight = this.#renewing.get(accountId) ?? this.#renewed(accountId);
    this.#renewing.set(accountId, inFlight);
    try {
      await inFlight;
    } finally {
      // Of those who waited together, a later one must not forget what begins after them.
      if (this.#renewing.get(accountId) === inFlight) this.#renewing.delete(accountId);
    }
  }

  async #renewed(accountId: number): Promise<void> {
    // Asked first, so that a start waits for nobody's write where there is nothing to do.
    if (this.#engine.isReadOnly || !(await this.has(accountId)) || (await this.isRenewed(accountId))) return;
    for (const page of [renewSomeRollups, renewSomeTerms])
      while (
        await this.#engine.write(async (db) => {
          await holdRow(db, 'accounts', { account_id: accountId });
          return await page(db, accountId);
        }, accountId)
      );
  }

  /** Whether everything derived is as this very version of the program derives it. */
  async isRenewed(accountId: number): Promise<boolean> {
    return await this.#engine.read(async (db) => {
      for (const { derived, version } of [ROLLUPS, TERMS])
        if ((await versionOf(db, accountId, derived)) !== version) return false;
      return true;
    }, accountId);
  }

  /** The engine's checks of its own file. */
  async check(): Promise<string[]> {
    return await this.#engine.check();
  }

  async close(): Promise<void> {
    await this.#engine.close();
  }
}

/** Null, and nothing done, where something is left to be derived first, or there is no such account. */
async function change<T>(
  db: Database,
  { accountId, author, now, watch }: { accountId: number; author: Author; now: Instant; watch: Watch },
  work: (scope: WriteScope) => Promise<T>,
  summarize: (result: T) => Said,
): Promise<{ readonly result: T; readonly journal: Journal; readonly number: number } | null> {
  const [row] = await accountById(db, { id: accountId });
  if (row === undefined) return null;
  const number = row.change_number + 1;
  // A chain that lost its newest link is not gone on with: doctor says what is missing.
  if (row.newest_hash === '') throw new Error(`change ${number} follows one that is not there`);
  const previous = { hash: row.newest_hash, at: row.newest_at };
  const known = new KnownRows();
  const journal = new Journal(db, accountId, { number, now, previous, known });
  const ago = (ms: number) => watch.ago(now, ms);
  const scope = {
    ...readScope(db, row, now, { changes: journal.changes, known }),
    ...{ changeNumber: number, ago, journal, author },
  };
  scope.jobs.settling(async () => await settleSamples(scope));
  const result = await work(scope);
  await settle(scope);
  checkClosed(scope.account.closedThrough, journal.changes);
  if (!journal.isEmpty) {
    await journal.close(author, summarize(result), scope.jobs);
    if (journal.changes.some(({ table }) => table === 'accounts')) await sendNotice(db, accountId, 'lists');
    if (journal.datedBackMs >= JUMP_MS) watch.tell(datedBack(journal.datedBackMs));
  }
  return { result, journal, number };
}

const ACCOUNT_COLUMNS = [
  'account_id',
  'name',
  'address',
  'phone',
  'email',
  'currency',
  'time_zone',
  'country',
  'template',
  'plan',
  'payment_terms_days',
  'closed_through',
  'confirm_by',
  'created_at',
  'change_number',
  'newest_hash',
  'newest_at',
] as const satisfies readonly (keyof AccountRow)[];

type KnownRow = Pick<AccountRow, (typeof ACCOUNT_COLUMNS)[number]>;
type FoundRow = KnownRow & { readonly [Name in 'due_on' | 'waits_since']: CalendarDate | null };

/** An account of which everything derived is there, which is asked in the statement that is needed anyway. */
const IS_MADE = sql<boolean>`${isMade(ROLLUPS)} and ${isMade(TERMS)}`;

const accountById = prepared((db, { id }: { id: number }) =>
  db
    .selectFrom('accounts')
    .select(ACCOUNT_COLUMNS)
    .select((eb) => {
      const goingOn = eb
        .selectFrom('monthly_expenses as m')
        .select((of) => of.fn.min('m.next_on').as('first'))
        .where('m.account_id', '=', id)
        .where((of) => of.or([of('m.until_on', 'is', null), of('m.next_on', '<=', of.ref('m.until_on'))]));
      const closed = eb.fn.coalesce('accounts.closed_through', sql<CalendarDate>`''`);
      return [
        goingOn.where('m.next_on', '>', closed).as('due_on'),
        goingOn.where('m.next_on', '<=', closed).as('waits_since'),
      ];
    })
    .where('account_id', '=', id)
    .where(IS_MADE),
);

/** @param written by the scope's write so far, if it is one; both grow */
function readScope(
  db: Database,
  row: FoundRow,
  now: Instant,
  { changes, known }: { readonly changes: readonly Touched[]; readonly known: KnownRows } = NOTHING_WRITTEN(),
): ReadScope {
  const account = accountOf(row);
  const papers = new Papers(db, account.id, changes);
  const read = { papers, jobs: new Jobs(db, account.id, changes, papers), known };
  return {
    db,
    account,
    now,
    today: dayAt(now, account.timeZone),
    ...{ dueOn: row.due_on, waitsSince: row.waits_since },
    ...{ ...read, crew: null },
  };
}

const NOTHING_WRITTEN = () => ({ changes: [], known: new KnownRows() });

function accountOf(row: KnownRow): Account {
  if (!isTemplateName(row.template) || !isPlanName(row.plan)) {
    throw new Error(`account ${row.account_id} has an unknown template or plan`);
  }
  return {
    id: row.account_id,
    name: row.name,
    address: row.address,
    phone: row.phone,
    email: row.email,
    currency: row.currency,
    timeZone: row.time_zone,
    country: row.country,
    template: row.template,
    plan: row.plan,
    paymentTermsDays: row.payment_terms_days,
    closedThrough: row.closed_through,
    confirmBy: row.confirm_by === 'person' ? 'person' : 'assistant',
  };
}

function accountRow(account: Account): Omit<KnownRow, 'change_number' | 'created_at' | 'newest_hash' | 'newest_at'> {
  return {
    account_id: account.id,
    name: account.name,
    address: account.address,
    phone: account.phone,
    email: account.email,
    currency: account.currency,
    time_zone: account.timeZone,
    country: account.country,
    template: account.template,
    plan: account.plan,
    payment_terms_days: account.paymentTermsDays,
    closed_through: account.closedThrough,
    confirm_by: account.confirmBy === 'person' ? 'person' : null,
  };
}

/** Changes the account's own details. False where they were so already. */
export async function changeAccount(scope: WriteScope, details: Partial<Account>): Promise<boolean> {
  const { account_id: _, ...row } = accountRow({ ...scope.account, ...details });
  return await scope.journal.update('accounts', {}, row);
}
