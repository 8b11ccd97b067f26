// The rows of one account, and of what is of none: copied in one transaction, read back, and held against each other.
import { Problem } from '../domain/errors.ts';
import { says, type Said } from '../domain/message.ts';
import { auditBooks } from '../store/audit/audit.ts';
import { storedFiles } from '../store/books/files.ts';
import type { Database, Engine } from '../store/database.ts';
import { listAccounts } from '../store/directory/accounts.ts';
import { instantAt } from '../domain/dates.ts';
import { copyPart, countPart, lookAtPart, type Seen, type Told } from '../store/moving/rows.ts';
import type { MovedTable } from '../store/moving/tables.ts';

/** `Copying account 1 of 3`, 12500 of 100000. */
export type Progressed = (doing: string, done: number, of: number) => void;

type Sides = {
  readonly from: Database;
  readonly to: Engine;
  readonly tables: readonly MovedTable[];
  readonly signal: AbortSignal;
  readonly step: Progressed;
};

export type MovedAccount = {
  readonly id: number;
  readonly name: string;
  readonly rows: number;
  readonly files: number;
  /** The newest change, and the digest that the journal's chain ends with. */
  readonly change: number;
  readonly digest: string;
};

export type AccountToMove = {
  readonly id: number;
  readonly name: string;
  /** Which of how many. */
  readonly of: string;
};

export type Copied = {
  readonly account: MovedAccount;
  readonly seen: ReadonlyMap<string, Seen>;
  readonly files: ReadonlyMap<string, number>;
  readonly of: string;
};

export async function accountsOf(db: Database): Promise<AccountToMove[]> {
  const all = await listAccounts({ db, now: instantAt(0) });
  return all.map(({ id, name }, at) => ({ id, name, of: `account ${at + 1} of ${all.length}` }));
}

/** @throws Problem where its books are damaged */
export async function checkAccount(
  db: Database,
  { id, of }: AccountToMove,
  { signal, step }: Pick<Sides, 'signal' | 'step'>,
): Promise<void> {
  const { faults } = await auditBooks({ db, account: { id } }, (what, done, all) => {
    signal.throwIfAborted();
    step(`Checking ${what} of ${of}`, done, all);
  });
  const damage = firstOf(faults);
  if (damage !== null) throw new Problem('unavailable', says('move.of-damaged-book', damage));
}

export async function copyAccount(
  { from, to, tables, signal, step }: Sides,
  { id, name, of }: AccountToMove,
): Promise<Copied> {
  const own = tables.filter(({ isOfAccount }) => isOfAccount);
  let total = 0;
  for (const table of own) total += await countPart(from, { table, account: id });
  const seen = await to.write(async (db) => {
    const told = tellingOf(`Copying ${of}`, total, { signal, step });
    const copied = new Map<string, Seen>();
    for (const table of own) copied.set(table.name, await copyPart(from, db, { table, account: id }, told));
    return copied;
  }, id);
  const files = await storedFiles({ db: from, account: { id } });
  const { change, digest } = await chainOf(from, id);
  return { seen, files, of, account: { id, name, rows: total, files: files.size, change, digest } };
}

/** @throws Problem where a row or the chain is another one there, or the books are not in order */
export async function proveAccount({ to, tables, signal, step }: Sides, { account, seen, of }: Copied): Promise<void> {
  const { id } = account;
  const faults = await to.read(async (db) => {
    const told = tellingOf(`Reading back ${of}`, account.rows, { signal, step });
    for (const table of tables.filter(({ isOfAccount }) => isOfAccount))
      compare(
        { account: id, table: table.name },
        seen.get(table.name),
        await lookAtPart(db, { table, account: id }, told),
      );
    if ((await chainOf(db, id)).digest !== account.digest) throw differs({ account: id, table: 'changes' });
    const { faults: found } = await auditBooks({ db, account: { id } }, (what, done, all) => {
      signal.throwIfAborted();
      step(`Checking ${what} of ${of} there`, done, all);
    });
    return found;
  }, id);
  const first = firstOf(faults);
  if (first !== null) throw new Problem('unavailable', says('move.doctor-there', { account: id, ...first }));
}

/** People, what they sign in with, and the server's keys: in one transaction, in which they are read back as well. */
export async function copyShared({ from, to, tables, signal, step }: Omit<Sides, 'to'> & { readonly to: Database }) {
  const told = tellingOf('Copying people', 0, { signal, step });
  for (const table of tables.filter(({ isOfAccount }) => !isOfAccount)) {
    const seen = await copyPart(from, to, { table, account: null }, told);
    compare({ account: null, table: table.name }, seen, await lookAtPart(to, { table, account: null }, told));
  }
}

/** Adds up what is told page by page. */
function tellingOf(doing: string, of: number, { signal, step }: Pick<Sides, 'signal' | 'step'>): Told {
  let done = 0;
  return (rows) => {
    signal.throwIfAborted();
    done += rows;
    step(doing, done, of);
  };
}

type Where = { readonly account: number | null; readonly table: string };

function compare(where: Where, seen: Seen | undefined, there: Seen): void {
  if (seen?.rows !== there.rows || seen.digest !== there.digest) throw differs(where);
}

function differs(where: Where): Problem {
  return new Problem('unavailable', says('move.differs', where));
}

function firstOf(faults: readonly Said[]): { first: Said; more: number } | null {
  const [first] = faults;
  return first === undefined ? null : { first, more: faults.length - 1 };
}

async function chainOf(db: Database, account: number): Promise<{ change: number; digest: string }> {
  const { change_number: change, newest_hash: digest } = await db
    .selectFrom('accounts')
    .select(['change_number', 'newest_hash'])
    .where('account_id', '=', account)
    .executeTakeFirstOrThrow();
  return { change, digest };
}
