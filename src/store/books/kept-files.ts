// The bytes of files in the database itself, part by part, and what was found out about them. Whoever streams a
// file holds one part of it; whoever keeps it, or wants it whole, holds all.
import { sql, type DeleteResult, type RawBuilder, type UpdateResult } from 'kysely';
import type { Instant } from '../../domain/dates.ts';
import type { Database, Engine } from '../database.ts';
import { textsAsJson, textsIn } from '../engine/json-rows.ts';
import { prepared } from '../engine/prepared.ts';

type Named = { readonly account: number; readonly hash: string };
type Put = Named & { readonly storedAt: Instant };
/** The bytes themselves, or what was found out about them. */
type What = 'bytes' | 'note' | 'copy';
type Part = Named & { readonly what: What; readonly part: number };

/** Each is one transaction of the account's own; its other writes go on meanwhile. */
export function keptFilesIn(engine: Engine) {
  const read = async <T>(account: number, work: (db: Database) => Promise<T>): Promise<T> =>
    await engine.read(work, account);
  const write = async <T>(account: number, work: (db: Database) => Promise<T>): Promise<T> =>
    await engine.write(work, account, 'beside others');
  return {
    isReadOnly: engine.isReadOnly,
    keep: async (file: Put, parts: readonly Uint8Array[]) =>
      await write(file.account, async (db) => await keep(db, file, parts)),
    renew: async (file: Put) => await write(file.account, async (db) => await renew(db, file)),
    each: async (file: Named, take: (bytes: Uint8Array, part: number) => void) =>
      await read(file.account, async (db) => await each(db, file, take)),
    part: async (file: Part) => await read(file.account, async (db) => await partOf(db, file)),
    putBeside: async (file: Named & { readonly what: Exclude<What, 'bytes'> }, bytes: Uint8Array) =>
      await write(file.account, async (db) => await putBeside(db, { ...file, part: 0 }, bytes)),
    list: async (account: number) => await read(account, async (db) => await list(db, account)),
    held: async (account: number, hashes: readonly string[]) =>
      await read(account, async (db) => await held(db, account, hashes)),
    discard: async (file: Named & { readonly before: Instant; readonly day: string }) =>
      await write(file.account, async (db) => await discard(db, file)),
    trashed: async (account: number, before: string) =>
      await read(account, async (db) => await trashed(db, account, before)),
    remove: async (file: Named & { readonly day: string }) =>
      await write(file.account, async (db) => await remove(db, file)),
  };
}

async function keep(db: Database, file: Put, parts: readonly Uint8Array[]): Promise<void> {
  const head = { stored_at: file.storedAt, trashed_on: null };
  // First, so that of several who keep or remove the same bytes one follows the other.
  await db
    .insertInto('kept_files')
    .values({ account_id: file.account, hash: file.hash, ...head })
    .onConflict((conflict) => conflict.columns(['account_id', 'hash']).doUpdateSet(head))
    .execute();
  for (const [part, bytes] of parts.entries()) await putPart(db, { ...file, what: 'bytes', part }, bytes);
  await db
    .deleteFrom('file_parts')
    .where(of(file))
    .where('what', '=', 'bytes')
    .where('part', '>=', parts.length)
    .execute();
}

async function renew(db: Database, file: Put): Promise<boolean> {
  const row = { stored_at: file.storedAt, trashed_on: null };
  return isAny(await db.updateTable('kept_files').set(row).where(of(file)).executeTakeFirstOrThrow());
}

async function each(
  db: Database,
  file: Named,
  take: (bytes: Uint8Array, part: number) => void,
): Promise<string | null | undefined> {
  const head = await db.selectFrom('kept_files').select('trashed_on').where(of(file)).executeTakeFirst();
  if (head === undefined) return undefined;
  for (let part = 0; ; part += 1) {
    const bytes = await partOf(db, { ...file, what: 'bytes', part });
    if (bytes === null) return head.trashed_on;
    take(bytes, part);
  }
}

/** Beside the bytes, where they are. */
async function putBeside(db: Database, file: Part, bytes: Uint8Array): Promise<void> {
  // Held meanwhile, so that it goes with them.
  const head = await db.selectFrom('kept_files').select('hash').where(of(file)).forShare().executeTakeFirst();
  if (head !== undefined) await putPart(db, file, bytes);
}

async function list(db: Database, account: number) {
  return await db
    .selectFrom('kept_files')
    .select(['hash', 'stored_at as storedAt'])
    .where('account_id', '=', account)
    .where('trashed_on', 'is', null)
    .orderBy('hash')
    .execute();
}

async function held(db: Database, account: number, hashes: readonly string[]) {
  return await db
    .selectFrom('kept_files')
    .select('hash')
    .where('account_id', '=', account)
    .where('trashed_on', 'is', null)
    .where(sql<boolean>`hash in (${textsIn(db, textsAsJson(hashes))})`)
    .execute();
}

async function discard(
  db: Database,
  file: Named & { readonly before: Instant; readonly day: string },
): Promise<boolean> {
  const moved = await db
    .updateTable('kept_files')
    .set({ trashed_on: file.day })
    .where(of(file))
    .where('stored_at', '<', file.before)
    .where('trashed_on', 'is', null)
    .executeTakeFirstOrThrow();
  if (!isAny(moved)) return false;
  await db.deleteFrom('file_parts').where(of(file)).where('what', '<>', 'bytes').execute();
  return true;
}

async function trashed(db: Database, account: number, before: string) {
  const rows = await db
    .selectFrom('kept_files')
    .select(['hash', 'trashed_on as day'])
    .where('account_id', '=', account)
    .where('trashed_on', '<', before)
    .orderBy('hash')
    .execute();
  return rows.flatMap(({ hash, day }) => (day === null ? [] : [{ hash, day }]));
}

/** Where it is still in the trash of that day. */
async function remove(db: Database, file: Named & { readonly day: string }): Promise<void> {
  const gone = await db
    .deleteFrom('kept_files')
    .where(of(file))
    .where('trashed_on', '=', file.day)
    .executeTakeFirstOrThrow();
  if (isAny(gone)) await db.deleteFrom('file_parts').where(of(file)).execute();
}

/** Whether a file of any account was ever kept in a PostgreSQL database: its disk tells, since each row is its account's own. */
export async function wasAnyKept(db: Database): Promise<boolean> {
  const { bytes } = await db
    .selectNoFrom(sql<number>`pg_relation_size('kept_files')`.as('bytes'))
    .executeTakeFirstOrThrow();
  return bytes > 0;
}

const of = ({ account, hash }: Named): RawBuilder<boolean> => sql<boolean>`account_id = ${account} and hash = ${hash}`;

const bytesOf = prepared((db, { account, hash, what, part }: Part) =>
  db
    .selectFrom('file_parts')
    .select('bytes')
    .where('account_id', '=', account)
    .where('hash', '=', hash)
    .where('what', '=', what)
    .where('part', '=', part),
);

async function partOf(db: Database, { account, hash, what, part }: Part): Promise<Uint8Array | null> {
  const [row] = await bytesOf(db, { account, hash, what, part });
  return row === undefined ? null : row.bytes;
}

async function putPart(db: Database, { account, hash, what, part }: Part, bytes: Uint8Array): Promise<void> {
  await db
    .insertInto('file_parts')
    .values({ account_id: account, hash, what, part, bytes })
    .onConflict((conflict) => conflict.columns(['account_id', 'hash', 'what', 'part']).doUpdateSet({ bytes }))
    .execute();
}

function isAny({ numUpdatedRows = 0n, numDeletedRows = 0n }: Partial<UpdateResult & DeleteResult>): boolean {
  return numUpdatedRows + numDeletedRows > 0n;
}
