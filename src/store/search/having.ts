// Which records have a word: by words of their own, and by those of the job or customer that they are filed under, which
// stand in the index once, however much is filed there. What has a text of its own making has all of its words itself.
import { sql, type RawBuilder } from 'kysely';
import { declared } from '../../kinds/declared.ts';
import { wordsAlone, type IndexedKind, type TermKind } from './terms.ts';

/** A condition on the word in this column. */
export type OnWord = (column: RawBuilder<unknown>) => RawBuilder<unknown>;

/** Whose words lead to the record, and by which of its columns, where it is not itself. */
type Way = { readonly of: IndexedKind; readonly by: 'job_id' | 'customer_id' | null };

/** @param own words of the record alone, as its full name is */
function waysTo(kind: TermKind, own: boolean): readonly Way[] {
  const itself: Way = { of: kind, by: null };
  if (own || kind === 'assignee') return [itself];
  const { found, under } = declared(kind);
  const alone: readonly Way[] = found?.alone === undefined ? [] : [{ of: wordsAlone(kind), by: null }];
  const above = found?.text === undefined ? under.map((each): Way => ({ of: each, by: `${each}_id` })) : [];
  return [itself, ...alone, ...above];
}

type Wanted = {
  readonly accountId: number;
  readonly kind: TermKind;
  readonly word: OnWord;
  /** A full name is the record's own, and of nothing that is filed under it. */
  readonly own?: boolean;
};

/** Where its job is known, that one says whose the record is. @param as what a query knows both as */
function filed(
  { of, by }: Way,
  kind: TermKind,
  as: { readonly entry: string; readonly record: string },
): RawBuilder<unknown> {
  const isOnJobs = kind !== 'assignee' && declared(kind).under.some((above) => above === 'job');
  const [entry, record] = [sql.id(as.entry), sql.id(as.record)];
  // The plus keeps SQLite from going through all that is on no job.
  const onCustomerAlone = of === 'customer' && isOnJobs ? sql`and +${record}.job_id is null` : sql``;
  return sql`${record}.account_id = ${entry}.account_id and ${record}.${sql.id(by ?? 'id')} = ${entry}.record_id ${onCustomerAlone}`;
}

function tableOf(kind: TermKind): RawBuilder<unknown> {
  return sql.table(kind === 'assignee' ? 'jobs' : declared(kind).table);
}

/** The record in this column has such a word. @param id of a query that knows nothing as `h` or `r` */
export function has(wanted: Wanted, id: RawBuilder<unknown>): RawBuilder<boolean> {
  const { accountId, kind, word, own = false } = wanted;
  const each = waysTo(kind, own).map((way) => {
    const entry = sql`h.account_id = ${accountId} and h.kind = ${way.of} and ${word(sql.ref('h.word'))} and h.is_sample in (0, 1)`;
    return way.by === null
      ? sql`exists (select 1 from words h where ${entry} and h.record_id = ${id})`
      : sql`exists (select 1 from ${tableOf(kind)} r join words h on ${filed(way, kind, { entry: 'h', record: 'r' })}
          where r.account_id = ${accountId} and r.id = ${id} and ${entry})`;
  });
  return sql<boolean>`(${sql.join(each, sql` or `)})`;
}

/** A query of all records that have such a word, some of them twice. */
export function recordsHaving(wanted: Wanted): RawBuilder<unknown> {
  const ways = waysTo(wanted.kind, wanted.own ?? false);
  return sql.join(
    ways.map((way) => led(wanted, way)),
    sql` union all `,
  );
}

/** @param more of `w`, the entry, and of `t`, the record that is filed, where it is another */
function led({ accountId, kind, word }: Wanted, way: Way, more = sql``): RawBuilder<unknown> {
  const entry = sql`w.account_id = ${accountId} and w.kind = ${way.of} and ${word(sql.ref('w.word'))}`;
  return way.by === null
    ? sql`select w.record_id, w.is_sample from words w where ${entry} ${more}`
    : sql`select t.id as record_id, t.is_sample from words w join ${tableOf(kind)} t on ${filed(way, kind, { entry: 'w', record: 't' })}
        where ${entry} ${more}`;
}

/** Records of a job or customer that are looked at for a word of theirs; of a word that more have the newest jobs' first. */
export const LOOKED_THROUGH = 1000;

type Newest = Wanted & {
  readonly isSample: 0 | 1;
  /** A condition on the number of a record, after `and`. */
  readonly rest: (id: RawBuilder<unknown>) => RawBuilder<unknown>;
  readonly limit: number;
  /** Null looks through all, however many they are. */
  readonly through: number | null;
};

/** A query of the newest records that have such a word, some of them twice; of each way so many. */
export function newestHaving(wanted: Newest): RawBuilder<unknown> {
  const { kind, own = false, isSample, rest, limit, through } = wanted;
  const parts = waysTo(kind, own).map((way) => {
    const newest = sql`order by record_id desc limit ${limit}`;
    if (way.by === null) {
      const more = sql`and w.is_sample = ${isSample} ${rest(sql.ref('w.record_id'))}`;
      return sql`select record_id from (${led(wanted, way, more)} ${newest}) as own`;
    }
    const all = filedUnder(wanted, way, through);
    return sql`select record_id from (select filed.record_id from (${all}) as filed
      where true ${rest(sql.ref('filed.record_id'))} ${newest}) as newest`;
  });
  return sql.join(parts, sql` union all `);
}

function filedUnder(wanted: Newest, way: Way, through: number | null): RawBuilder<unknown> {
  const cut = through === null ? sql`` : sql`order by w.record_id desc limit ${through}`;
  return led(wanted, way, sql`and t.is_sample = ${wanted.isSample} ${cut}`);
}

/** A query of one row where a word leads to more than are looked through. */
export function isCut(wanted: Newest): RawBuilder<unknown> | null {
  const ways = waysTo(wanted.kind, wanted.own ?? false).filter(({ by }) => by !== null);
  if (ways.length === 0) return null;
  const beyond = ways.map(
    (way) => sql`select 1 as cut from (${filedUnder(wanted, way, null)} limit 1 offset ${LOOKED_THROUGH}) as beyond`,
  );
  return sql.join(beyond, sql` union all `);
}
