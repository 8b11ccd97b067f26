// What a scope keeps of a job is never older than its rows: whatever is written through the journal, to whatever table.
import * as fc from 'fast-check';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { says } from '../../../src/domain/message.ts';
import { Jobs } from '../../../src/store/derived/job-records.ts';
import {
  isLedgerTable,
  LEDGER,
  type LedgerTable,
  type Snapshot,
  snapshotOf,
} from '../../../src/store/journal/ledger.ts';
import type { WriteScope } from '../../../src/store/scope.ts';
import { cases, chosen } from '../../support/arbitrary.ts';
import { rowsOf } from '../../support/store.ts';
import { openFullBook } from '../full-book.ts';

const TABLES = Object.keys(LEDGER).filter(isLedgerTable);
const JOBS = [1, 2];
/** Enough that every table has its turn. */
const RUNS = Math.max(cases(150), 60);

/** One write: a column of some row becomes what another row has there, or a number more. */
const write = fc.record({ table: fc.nat(), row: fc.nat(), other: fc.nat(), column: fc.nat(), isRemoved: fc.boolean() });
type Write = typeof write extends fc.Arbitrary<infer One> ? One : never;

/** Thrown to take everything back. */
class Enough extends Error {}

async function kept(jobs: Jobs) {
  const found = [];
  for (const id of JOBS) {
    const job = await jobs.find(id);
    found.push(job === null ? null : { rows: job.rows });
  }
  return found;
}

it('is what a fresh look at the rows shows, after any write', { timeout: 120_000 }, async () => {
  const book = await openFullBook();
  const rows = new Map<LedgerTable, Snapshot[]>();
  for (const table of TABLES) rows.set(table, await rowsOf(book, `select * from ${table} where account_id = 1`));
  const author = { actor: 'Tester', client: 'test', tool: 'test' };
  const changed = new Set<LedgerTable>();
  let told = 0;

  /** False where the engine refused it. */
  async function carryOut(
    { db, journal }: WriteScope,
    { table: at, row: index, other, column: which, isRemoved }: Write,
  ) {
    const table = chosen(TABLES, at) ?? 'jobs';
    const [row, like] = [chosen(rows.get(table) ?? [], index), chosen(rows.get(table) ?? [], other)];
    const { key: keys, columns } = LEDGER[table];
    const names: readonly string[] = keys;
    const column = chosen<string>(
      columns.filter((each) => !names.includes(each)),
      which,
    );
    if (row === undefined || like === undefined) return false;
    const key = snapshotOf(names, row);
    const value = like[column ?? ''] ?? null;
    // What an engine refused, it takes back with all that came before in the transaction, but for a savepoint.
    await sql`savepoint one_write`.execute(db);
    try {
      if (isRemoved) await journal.remove(table, key);
      else if (column === undefined) return false;
      else
        await journal.update(table, key, {
          [column]: typeof value === 'number' && value === row[column] ? value + 1 : value,
        });
      // What is only written goes with what is asked next, and is refused then.
      await sql`select 1`.execute(db);
      changed.add(table);
      return true;
    } catch {
      await sql`rollback to savepoint one_write`.execute(db);
      return false;
    }
  }

  await fc.assert(
    fc.asyncProperty(fc.array(write, { minLength: 1, maxLength: 12 }), async (writes) => {
      const attempt = book.store.write(
        1,
        author,
        async (scope) => {
          let before = JSON.stringify(await kept(scope.jobs));
          for (const one of writes) {
            if (!(await carryOut(scope, one))) continue;
            const fresh = await kept(new Jobs(scope.db, 1, []));
            expect(await kept(scope.jobs)).toEqual(fresh);
            const after = JSON.stringify(fresh);
            if (after !== before) told += 1;
            before = after;
          }
          throw new Enough();
        },
        () => says('log.account-opened'),
      );
      await expect(attempt).rejects.toThrow(Enough);
    }),
    { numRuns: RUNS, seed: 20_261_128 },
  );
  // Every table was written to, and often enough a job came to be another.
  expect(TABLES.filter((table) => !changed.has(table))).toEqual([]);
  expect(told).toBeGreaterThan((RUNS * 2) / 3);
});

it('is the very same for all who ask within one state of the books', async () => {
  const book = await openFullBook();
  await book.store.read(1, async ({ jobs }) => expect(await jobs.of(1)).toBe(await jobs.of(1)));
});
