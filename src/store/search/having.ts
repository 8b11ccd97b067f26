// Which records have a word: by words of their own, and by those of the job or customer that they are filed under, which
// stand in the index once, however much is filed there. What has a text of its own making has all of its words itself.
import { sql, type RawBuilder } from 'kysely';
import { declared } from '../../kinds/declared.ts';
import type { Database } from '../database.ts';
import { isThere, notByIndex } from '../engine/dialect.ts';
import { wordsAlone, wordsOfLines, type IndexedKind, type TermKind } from './terms.ts';

/** A condition on the word in this column. */
export type OnWord = (column: RawBuilder<unknown>) => RawBuilder<unknown>;

/** Whose words lead to the record, and by which of its columns, where it is not itself. */
type Way = { readonly of: IndexedKind; readonly by: 'job_id' | 'customer_id' | null };

export function hasLines(kind: TermKind): boolean {
  return kind !== 'assignee' && declared(kind).found?.lines !== undefined;
}

/** Whose words lead to records of this kind. */
export function leadingTo(kind: TermKind, reach: Reach): IndexedKind[] {
  return waysTo(kind, reach).map(({ of }) => of);
}

/** Words of the record alone, as its full name is; all that it is called by; or those of its lines as well. */
export type Reach = 'own' | 'called' | 'lines';

function waysTo(kind: TermKind, reach: Reach): readonly Way[] {
  const itself: Way = { of: kind, by: null };
  if (reach === 'own' || kind === 'assignee') return [itself];
  const { found, under } = declared(kind);
  const alone: readonly Way[] = found?.alone === undefined ? [] : [{ of: wordsAlone(kind), by: null }];
  const above = found?.text === undefined ? under.map((each): Way => ({ of: each, by: `${each}_id` })) : [];
  const lines: readonly Way[] = reach === 'lines' && hasLines(kind) ? [{ of: wordsOfLines(kind), by: null }] : [];
  return [itself, ...alone, ...lines, ...above];
}

type Wanted = {
  readonly accountId: number;
  readonly kind: TermKind;
  readonly word: OnWord;
  readonly reach: Reach;
};

/** Where its job is known, that one says whose the record is. @param as what a query knows both as */
function filed(
  { of, by }: Way,
  kind: TermKind,
  as: { readonly entry: string; readonly record: string },
): RawBuilder<unknown> {
  const isOnJobs = kind !== 'assignee' && declared(kind).under.some((above) => above === 'job');
  const [entry, record] = [sql.id(as.entry), sql.id(as.record)];
  // Else it would go through all that is on no job.
  const job = notByIndex(sql`${record}.job_id`);
  const onCustomerAlone = of === 'customer' && isOnJobs ? sql`and ${job} is null` : sql``;
  return sql`${record}.${sql.id(by ?? 'id')} = ${entry}.record_id ${onCustomerAlone}`;
}

export function tableOf(kind: TermKind): RawBuilder<unknown> {
  return sql.table(kind === 'assignee' ? 'jobs' : declared(kind).table);
}

/** The record in this column has such a word. @param id of a query that knows nothing as `h` or `r` */
export function has(wanted: Wanted, id: RawBuilder<unknown>): RawBuilder<boolean> {
  const { accountId, kind, word, reach } = wanted;
  const each = waysTo(kind, reach).map((way) => {
    const entry = sql`h.account_id = ${accountId} and h.kind = ${way.of} and ${word(sql.ref('h.word'))} and h.is_sample in (0, 1)`;
    return way.by === null
      ? isThere(sql`from words h where ${entry} and h.record_id = ${id}`)
      : isThere(sql`from ${tableOf(kind)} r join words h on ${filed(way, kind, { entry: 'h', record: 'r' })}
          where r.account_id = ${accountId} and r.id = ${id} and ${entry}`);
  });
  return sql<boolean>`(${sql.join(each, sql` or `)})`;
}

/** A query of all records that have such a word, some of them twice. */
export function recordsHaving(wanted: Wanted): RawBuilder<unknown> {
  const ways = waysTo(wanted.kind, wanted.reach);
  return sql.join(
    ways.map((way) => led(wanted, way)),
    sql` union all `,
  );
}

function led({ accountId, kind, word }: Wanted, way: Way): RawBuilder<unknown> {
  const entry = sql`w.account_id = ${accountId} and w.kind = ${way.of} and ${word(sql.ref('w.word'))}`;
  return way.by === null
    ? sql`select w.record_id, w.is_sample from words w where ${entry}`
    : sql`select t.id as record_id, t.is_sample from words w join ${tableOf(kind)} t on ${filed(way, kind, { entry: 'w', record: 't' })}
        where ${entry} and t.account_id = ${accountId}`;
}

/** Entries of the index that one statement goes through, of each way: it takes no longer in a book of a million jobs. */
const LOOKED_THROUGH = 500;

/** What leads through records: spellings of a word, or where few are of the kind, all of them. */
export type Lead = readonly string[] | 'all of the kind';

type Led = {
  readonly accountId: number;
  readonly kind: TermKind;
  readonly lead: Lead;
  readonly isSample: 0 | 1;
  readonly reach: Reach;
};

/** How far a way was gone, from the newest on; null where it was not begun. */
type Place = { readonly way: Way; readonly after: number | null };

function beginnings({ kind, lead, reach }: Led): readonly Place[] {
  const ways = lead === 'all of the kind' ? [{ of: kind, by: null }] : waysTo(kind, reach);
  return ways.map((way) => ({ way, after: null }));
}

/** The next entries of a way, of each spelling no more than are wanted in all: there they stand in their order. */
function entriesAfter({ accountId, kind, lead, isSample }: Led, { way, after }: Place): RawBuilder<unknown> {
  const beyond = (id: RawBuilder<unknown>) => (after === null ? sql`` : sql`and ${id} < ${after}`);
  const newest = sql`order by record_id desc limit ${LOOKED_THROUGH}`;
  if (lead === 'all of the kind') {
    const those = (ofThem: RawBuilder<unknown>) =>
      sql`select record_id from (select id as record_id from ${tableOf(kind)} where account_id = ${accountId} and ${ofThem}
        ${beyond(sql.ref('id'))} ${newest}) as those`;
    // The numbers of samples are below zero; those of what was one are too.
    const belowZero = those(sql`id < 0 and is_sample = ${isSample}`);
    return isSample === 1 ? belowZero : sql`${those(sql`id > 0`)} union all ${belowZero} ${newest}`;
  }
  // What is filed may be real where what it is filed under is a sample.
  const samples = way.by === null ? [isSample] : [0, 1];
  const each = lead.flatMap((word) =>
    samples.map(
      (
        is,
      ) => sql`select record_id from (select record_id from words where account_id = ${accountId} and kind = ${way.of}
        and word = ${word} and is_sample = ${is} ${beyond(sql.ref('record_id'))} ${newest}) as newest`,
    ),
  );
  return sql`${sql.join(each, sql` union all `)} ${newest}`;
}

type Looked = Led & {
  /** A condition on the number of a record, after `and`. */
  readonly rest: (id: RawBuilder<unknown>) => RawBuilder<unknown>;
  readonly limit: number;
};

/** A record that was found; or of the way that is in this place, its last entry, and how many there were. */
type Look = { readonly place: number | null; readonly record_id: number | null; readonly entries: number };

/** A query of the newest records among the next entries of these ways, some of them twice. */
function lookAt(looked: Looked, places: readonly Place[]): RawBuilder<Look> {
  const { accountId, kind, isSample, rest, limit } = looked;
  const entries = (at: number) => sql.id(`entries_${at}`);
  const records = (at: number) => sql.id(`records_${at}`);
  const read = places.flatMap((place, at) => {
    const own = sql`${entries(at)} as materialized (${entriesAfter(looked, place)})`;
    if (place.way.by === null) return [own];
    // Known first, so that nothing else leads to them than the entries.
    const under = sql`select t.id as record_id from ${entries(at)} as w
      join ${tableOf(kind)} as t on ${filed(place.way, kind, { entry: 'w', record: 't' })}
      where t.account_id = ${accountId} and t.is_sample = ${isSample}`;
    return [own, sql`${records(at)} as materialized (${under})`];
  });
  const found = places.map(({ way }, at) => {
    const of = way.by === null ? entries(at) : records(at);
    return sql`select cast(null as bigint) as place, record_id, 1 as entries from (select looked.record_id from ${of} as looked
      where true ${rest(sql.ref('looked.record_id'))} order by record_id desc limit ${limit}) as found`;
  });
  const gone = places.map((_, at) => sql`select ${sql.lit(at)}, min(record_id), count(*) from ${entries(at)} as gone`);
  return sql<Look>`with ${sql.join(read)} ${sql.join([...found, ...gone], sql` union all `)}`;
}

/**
 * Records that the lead leads to, and that the rest is true of. Of words that lead to thousands by way of their jobs, those
 * of the newest jobs may do.
 * @param most statements; where they do not do, there may be more
 */
export async function lookThrough(db: Database, looked: Looked, most = Number.POSITIVE_INFINITY): Promise<number[]> {
  const found = new Set<number>();
  let places = beginnings(looked);
  for (let statements = 0; statements < most && places.length > 0 && found.size < looked.limit; statements += 1) {
    const { rows } = await lookAt(looked, places).execute(db);
    for (const { place, record_id: id } of rows) if (place === null && id !== null) found.add(id);
    places = places.flatMap(({ way }, at) => {
      const gone = rows.find(({ place }) => place === at);
      return gone === undefined || gone.entries < LOOKED_THROUGH ? [] : [{ way, after: gone.record_id }];
    });
  }
  return [...found].sort((one, other) => other - one).slice(0, looked.limit);
}

/** How many entries lead so, as far as it matters: what leads by many ways to many is many. */
export function countLed(led: Led): RawBuilder<number> {
  const each = beginnings(led).map((place) => sql`select 1 from (${entriesAfter(led, place)}) as entries`);
  return sql`(select count(*) from (${sql.join(each, sql` union all `)}) as counted)`;
}
