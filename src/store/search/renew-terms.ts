// The words of many records made anew, a page at a time: of a book that an earlier version of the program indexed, or of
// all that is filed under a customer or job that has another name now. Each page is a write of its own.
import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { BEFORE_ALL, noteLeft, leaveNothing, pagesLeft, noteDone, noteMade, versionOf } from '../derived/left.ts';
import {
  INDEXED_AT_ONCE,
  indexRecords,
  inWords,
  kindIn,
  NAMED_TABLES,
  numbersOf,
  TERMS,
  type TermOwner,
  type TermStep,
} from './terms.ts';

/** Rows that one page takes out. */
const FORGOTTEN_AT_ONCE = 2000;

/** What is left of a whole book, in the order in which it is done: what was indexed goes first. */
const STEPS: readonly TermStep[] = ['forgetting', 'spellings', ...NAMED_TABLES, 'assignees'];

/** @returns false where every record's words are as this version of the program reads them */
export async function renewSomeTerms(db: Database, accountId: number): Promise<boolean> {
  const version = await versionOf(db, accountId, TERMS.derived);
  if (version === TERMS.version) return false;
  if (version !== -TERMS.version) return await begin(db, accountId);
  const left = await pagesLeft(db, accountId, TERMS);
  const tasks = left.map(({ what, after }) => ({ what, after, ...read(what) }));
  const [next] = tasks.sort((one, other) => STEPS.indexOf(one.step) - STEPS.indexOf(other.step));
  if (next === undefined) {
    await noteMade(db, accountId, TERMS.derived, TERMS.version);
    return false;
  }
  const after = await page(db, accountId, next);
  await noteDone(db, accountId, { ...TERMS, what: next.what, after });
  return true;
}

async function begin(db: Database, accountId: number): Promise<true> {
  await leaveNothing(db, accountId, TERMS.derived);
  const things = STEPS.map((step) => ({ what: inWords({ whose: null, step }), after: BEFORE_ALL }));
  await noteLeft(db, accountId, TERMS, things);
  return true;
}

/** What `inWords` wrote. */
function read(what: string): { readonly whose: TermOwner; readonly step: TermStep } {
  const [table, ...rest] = what.split(' ');
  const step = STEPS.find((each) => each === rest.at(-1));
  if (step === undefined) throw new Error(`what is left to be indexed is not known: ${what}`);
  return { step, whose: table === 'customers' || table === 'jobs' ? { table, id: Number(rest[0]) } : null };
}

type Task = { readonly whose: TermOwner; readonly step: TermStep; readonly after: number };

/** @returns the last record that is done; null where there are no more */
async function page(db: Database, accountId: number, { whose, step, after }: Task): Promise<number | null> {
  if (step === 'forgetting') return await takeOut(db, accountId, 'words', ['kind', 'word', 'is_sample', 'record_id']);
  if (step === 'spellings') return await takeOut(db, accountId, 'spellings', ['variant', 'word']);
  const table = step === 'assignees' ? 'jobs' : step;
  const ids = await numbersOf(db, accountId, { whose, table }, { after, limit: INDEXED_AT_ONCE });
  const kind = step === 'assignees' ? 'assignee' : kindIn(step);
  await indexRecords(
    db,
    accountId,
    ids.map((id) => ({ kind, id })),
  );
  return ids.length < INDEXED_AT_ONCE ? null : (ids.at(-1) ?? null);
}

async function takeOut(
  db: Database,
  accountId: number,
  table: 'words' | 'spellings',
  key: readonly string[],
): Promise<number | null> {
  const columns = sql.join(key.map((column) => sql.ref(column)));
  const { numAffectedRows } = await sql`
    delete from ${sql.table(table)} where account_id = ${accountId} and (${columns}) in (
      select ${columns} from ${sql.table(table)} where account_id = ${accountId}
      order by ${columns} limit ${FORGOTTEN_AT_ONCE})`.execute(db);
  return Number(numAffectedRows ?? 0) < FORGOTTEN_AT_ONCE ? null : BEFORE_ALL;
}
