// Every file's bytes are registered as needed, at their size; every customer and job can be found by each word of its name.
import { sql } from 'kysely';
import { refOf } from '../../kinds/reference.ts';
import { fullNameKey, termsOf } from '../../domain/terms.ts';
import type { IdRange } from '../derived/job-ledger-rows.ts';
import { FULL_NAME } from '../search/terms.ts';
import { within, type AuditedBook } from './book.ts';

const FILES = 'files';
const NAMES = 'indexed names';

/** @returns how many files were looked at */
export async function auditFiles(book: AuditedBook): Promise<number> {
  return await book.walk({
    what: FILES,
    name: (id) => refOf('file', id),
    by: [{ table: 'files', column: 'id' }],
    read: async (span) => await readFiles(book, span),
    judge: (rows) => {
      for (const { id, fault } of rows) if (fault !== null) book.faults.add(FILES, `${refOf('file', id)}: ${fault}`);
      return rows.length;
    },
  });
}

async function readFiles({ db, accountId }: AuditedBook, span: IdRange) {
  const { rows } = await sql<{ id: number; fault: string | null }>`
    select f.id, case
      when s.hash is null then 'its bytes are not known as needed, and could be swept away'
      when s.size <> f.size then 'its size is not that of its bytes'
    end as fault
    from files f
    left join stored_files s on s.account_id = f.account_id and s.hash = f.hash
    where f.account_id = ${accountId} and ${within('f.id', span)} order by f.id`.execute(db);
  return rows;
}

/** @returns how many names were looked at */
export async function auditTerms(book: AuditedBook): Promise<number> {
  return (await auditNames(book, 'customers', 'customer')) + (await auditNames(book, 'jobs', 'job'));
}

async function auditNames(book: AuditedBook, table: 'customers' | 'jobs', kind: 'customer' | 'job'): Promise<number> {
  const { db, accountId, faults } = book;
  return await book.walk({
    what: `names of ${table}`,
    name: (id) => refOf(kind, id),
    by: [{ table, column: 'id' }],
    read: async (span) => ({
      named: await db
        .selectFrom(table)
        .select(['id', 'name'])
        .where('account_id', '=', accountId)
        .where(within('id', span))
        .execute(),
      merged: table === 'customers' ? await mergedIn(book, span) : [],
      words: await db
        .selectFrom('words')
        .select(['record_id', 'word'])
        .where('account_id', '=', accountId)
        .where('kind', '=', kind)
        .where(within('record_id', span))
        .execute(),
    }),
    judge: ({ named, merged, words }) => {
      const isMerged = new Set(merged);
      const wordsById = Map.groupBy(words, (row) => row.record_id);
      for (const { id, name } of named.filter((each) => !isMerged.has(each.id)))
        faults.trying(NAMES, `${refOf(kind, id)} cannot be found by its name`, () => {
          const known = new Set((wordsById.get(id) ?? []).map((entry) => entry.word));
          const missing = [...termsOf(name), `${FULL_NAME}${fullNameKey(name)}`].filter(
            (word) => !known.has(word) && word !== FULL_NAME,
          );
          if (missing.length > 0) faults.add(NAMES, `${refOf(kind, id)} cannot be found by ${missing.join(', ')}`);
        });
      return named.length;
    },
  });
}

/** Customers that another record is found in place of. */
async function mergedIn({ db, accountId }: AuditedBook, span: IdRange): Promise<number[]> {
  const rows = await db
    .selectFrom('customers')
    .select('id')
    .where('account_id', '=', accountId)
    .where('merged_into', 'is not', null)
    .where(within('id', span))
    .execute();
  return rows.map(({ id }) => id);
}
