// Finds records while their number or name is still being typed. Ranges of the tables' keys and of the index of terms,
// each read only so far: a key is pressed more often than a question is asked.
import { sql, type RawBuilder } from 'kysely';
import { declared } from '../../kinds/declared.ts';
import type { Kind } from '../../kinds/index.ts';
import { namingTerms, wordsOf } from '../../domain/terms.ts';
import type { Database } from '../database.ts';
import { inOrder } from '../in-order.ts';
import { visibleOnly, type Within } from './find.ts';
import { has, lookThrough, recordsHaving, type OnWord } from './having.ts';

/** Rows of the index of terms that one word typed so far may lead through. */
const MOST_ROWS = 1000;

/** What was typed of a number: `1` begins 1, 10 to 19, 100 to 199 and so on; empty begins every one. */
type Typed = { readonly digits: string; readonly isSample: boolean };

/** Records whose number begins so: the number itself first, then the newest of each length. */
export async function beginningWithNumber(
  db: Database,
  within: Within,
  { kind, digits, isSample, limit }: Typed & { kind: Kind; limit: number },
): Promise<number[]> {
  const { table } = declared(kind);
  return await ranges({ digits, isSample, limit }, async (from, to, most) => {
    const { rows } = await sql<{ id: number }>`
      select id from ${sql.table(table)}
      where account_id = ${within.accountId} and id >= ${from} and id < ${to} ${visibleOnly(within, kind, sql.ref(`${table}.id`))}
      order by id ${newest(isSample)} limit ${most}`.execute(db);
    return rows.map((row) => row.id);
  });
}

/** Issued invoices go by their own series; drafts by the number of the record. */
export async function invoicesBeginningWith(
  db: Database,
  accountId: number,
  { drafts, digits, isSample, limit }: Typed & { drafts: boolean; limit: number },
): Promise<number[]> {
  const column = sql.ref(drafts ? 'id' : 'number');
  const only: RawBuilder<unknown> = drafts ? sql`and status = 'draft'` : sql``;
  return await ranges({ digits, isSample, limit }, async (from, to, most) => {
    const { rows } = await sql<{ id: number }>`
      select id from invoices
      where account_id = ${accountId} and ${column} >= ${from} and ${column} < ${to} ${only}
      order by ${column} ${newest(isSample)} limit ${most}`.execute(db);
    return rows.map((row) => row.id);
  });
}

/** Sample records count down from −1. */
function newest(isSample: boolean): RawBuilder<unknown> {
  return isSample ? sql`asc` : sql`desc`;
}

/** Numbers have at most this many digits. */
const MOST_DIGITS = 9;
const ANY_NUMBER = 10 ** MOST_DIGITS;

async function ranges(
  { digits, isSample, limit }: Typed & { limit: number },
  within: (from: number, to: number, most: number) => Promise<number[]>,
): Promise<number[]> {
  if (digits === '' && !isSample) return await within(-ANY_NUMBER, ANY_NUMBER, limit);
  const start = Number(digits);
  if (start === 0 && digits !== '') return [];
  const found: number[] = [];
  const steps = digits === '' ? 1 : MOST_DIGITS + 1 - digits.length;
  for (let step = 0; step < steps && found.length < limit; step += 1) {
    const least = digits === '' ? 1 : start * 10 ** step;
    const end = digits === '' ? ANY_NUMBER : least + 10 ** step;
    found.push(
      ...(await within(
        ...(isSample ? ([1 - end, 1 - least] as const) : ([least, end] as const)),
        limit - found.length,
      )),
    );
  }
  return found;
}

/** And statements, of one that is typed whole. */
const MOST_STATEMENTS = 2;

/** One word typed: what leads to the records that have it, and how it is asked of one of them. Null where it is not whole. */
type Span = { readonly range: OnWord; readonly has: OnWord; readonly whole: string | null };

/** Records that have every word typed, the last one as far as it goes; real ones first, the newest first. */
export async function beginningWithTerms(
  db: Database,
  within: Within,
  { kind, typed, limit }: { kind: Kind; typed: string; limit: number },
): Promise<number[]> {
  const called = { accountId: within.accountId, kind, reach: 'called' } as const;
  const words = wordsOf(typed);
  const last = words.pop() ?? '';
  if (last === '') return [];
  const spans: readonly Span[] = [
    ...namingTerms(words.join(' ')).map((word): Span => {
      const is: OnWord = (column) => sql`${column} = ${word}`;
      return { range: is, has: is, whole: word };
    }),
    {
      // No letter stands behind the last code point.
      range: (column) => sql`${column} >= ${last} and ${column} < ${`${last}\u{10ffff}`}`,
      // Said so that the few words of a record are looked at, not the many in the range.
      has: (column) => sql`substr(${column}, 1, ${[...last].length}) = ${last}`,
      whole: null,
    },
  ];
  const counted = await inOrder(spans, async (span) => {
    const { rows } = await sql<{ records: number }>`
        select count(*) as records from (select 1 from (${recordsHaving({ ...called, word: span.range })}) as found
          limit ${MOST_ROWS}) as counted`.execute(db);
    return { ...span, records: rows[0]?.records ?? 0 };
  });
  // Of two that many records have, the whole word leads: its records come newest first.
  const isWhole = ({ whole }: Span) => Number(whole !== null);
  const [lead, ...others] = counted.sort((a, b) => a.records - b.records || isWhole(b) - isWhole(a));
  if (lead === undefined) return [];
  const rest = (id: RawBuilder<unknown>) => {
    const each = others.map((span) => sql`and ${has({ ...called, word: span.has }, id)}`);
    return sql`${sql.join(each, sql` `)} ${visibleOnly(within, kind, id)}`;
  };
  // Of one word the index has the newest first, real and sample apart; of a range it has them by word.
  if (lead.whole !== null) {
    const looked = { ...called, lead: [lead.whole], rest };
    const real = await lookThrough(db, { ...looked, isSample: 0, limit }, MOST_STATEMENTS);
    const left = limit - real.length;
    return [...real, ...(await lookThrough(db, { ...looked, isSample: 1, limit: left }, MOST_STATEMENTS))];
  }
  const { rows } = await sql<{ record_id: number }>`
    select distinct w.record_id, w.is_sample from (
      select record_id, is_sample from (${recordsHaving({ ...called, word: lead.range })}) as found limit ${MOST_ROWS}) as w
    where true ${rest(sql.ref('w.record_id'))}
    order by w.is_sample, w.record_id desc limit ${limit}`.execute(db);
  return rows.map((row) => row.record_id);
}
