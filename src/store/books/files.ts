// Files on customers, jobs, expenses and site visits: queries, and rows as the domain knows them. And the registry of
// stored bytes: which of them rows name, or an undo could make them name again.
import type { Instant } from '../../domain/dates.ts';
import type { Crew } from '../../domain/access.ts';
import { FILE_KINDS, type StoredFile } from '../../domain/file.ts';
import { expressionBuilder, sql, type InferResult, type RawBuilder } from 'kysely';
import type { Database, Tables } from '../database.ts';
import { shownToThem } from './crew.ts';
import { oneOf } from '../one-of.ts';
import type { Patch } from './fields.ts';
import { tellsNone } from './costs-told.ts';
import { matching, prepared, type Conditions } from '../engine/prepared.ts';
import { rowIn } from '../journal/images.ts';
import type { Looking, ReadScope, WriteScope } from '../scope.ts';

/** Conditions on these tables, by the names that the queries here know them by. */
const where = expressionBuilder<{ f: Tables['files'] }, 'f'>();

const COLUMNS = [
  'f.id',
  'f.is_sample',
  'f.customer_id',
  'f.job_id',
  'f.expense_id',
  'f.walk_and_talk_id',
  'f.kind',
  'f.name',
  'f.media_type',
  'f.size',
  'f.hash',
  'f.caption',
  'f.created_at',
] as const satisfies readonly `f.${keyof Tables['files']}`[];

export type FileFilter = {
  readonly customerId?: number;
  /** Null: filed under no job. */
  readonly jobId?: number | null;
  readonly expenseId?: number;
  readonly walkAndTalkId?: number;
  /** Those of these very bytes. */
  readonly hash?: string;
  /** Those that tell of no cost. */
  readonly withoutCosts?: boolean;
  /** Those that these see. */
  readonly crew?: Crew | null;
};

/** Newest first, from below `before`. */
export async function listFiles(
  scope: ReadScope,
  filter: FileFilter,
  { limit, before }: { limit: number; before: number | null },
): Promise<StoredFile[]> {
  const given = { ...givenOf(scope, filter), before: before ?? undefined, limit };
  return (await newest(scope.db, given, others(filter))).map(fileOf);
}

export async function countFiles({ db, account }: ReadScope, filter: FileFilter): Promise<number> {
  const { count } = await db
    .selectFrom('files as f')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where((eb) => eb.and([...conditions(givenOf({ account }, filter)), ...others(filter)]))
    .executeTakeFirstOrThrow();
  return count;
}

export async function fileById(scope: ReadScope, id: number): Promise<StoredFile | null> {
  const [row] = await newest(scope.db, { ...givenOf(scope, {}), id, limit: 1 });
  return row === undefined ? null : fileOf(row);
}

/** The number of the receipt of the expense that a query knows so, the newest where it has several. */
export function newestReceipt(expense: string): RawBuilder<number> {
  return sql`(select max(f.id) from files as f where f.account_id = ${sql.ref(`${expense}.account_id`)}
    and f.expense_id = ${sql.ref(`${expense}.id`)} and f.kind = 'receipt')`;
}

export type NewFile = Pick<StoredFile, 'kind' | 'name' | 'mediaType' | 'size' | 'hash' | 'caption'> & {
  readonly customerId: number | null;
  readonly jobId: number | null;
  readonly expenseId: number | null;
  readonly walkAndTalkId: number | null;
};

/** The record, and the note that its bytes are needed. The bytes themselves were stored before. */
export async function insertFile(
  scope: WriteScope,
  { file, sample, at }: { file: NewFile; sample: boolean; at: Instant },
): Promise<number> {
  const id = await scope.journal.next('file', { sample });
  await scope.journal.insert('files', {
    id,
    is_sample: sample ? 1 : 0,
    customer_id: file.customerId,
    job_id: file.jobId,
    expense_id: file.expenseId,
    walk_and_talk_id: file.walkAndTalkId,
    kind: file.kind,
    name: file.name,
    media_type: file.mediaType,
    size: file.size,
    hash: file.hash,
    caption: file.caption,
    created_at: at,
  });
  await scope.db
    .insertInto('stored_files')
    .values({ account_id: scope.account.id, hash: file.hash, size: file.size, stored_at: scope.now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return id;
}

export type FilePatch = Patch<
  Pick<NewFile, 'customerId' | 'jobId' | 'expenseId' | 'walkAndTalkId' | 'kind' | 'name' | 'caption'>
>;

/** Sets what the patch names. False, and nothing written, where it was so already. */
export async function updateFile(scope: WriteScope, id: number, patch: FilePatch): Promise<boolean> {
  const { customerId, jobId, expenseId, walkAndTalkId, kind, name, caption } = patch;
  return await scope.journal.update(
    'files',
    { id },
    {
      ...(customerId === undefined ? {} : { customer_id: customerId }),
      ...(jobId === undefined ? {} : { job_id: jobId }),
      ...(expenseId === undefined ? {} : { expense_id: expenseId }),
      ...(walkAndTalkId === undefined ? {} : { walk_and_talk_id: walkAndTalkId }),
      ...(kind === undefined ? {} : { kind }),
      ...(name === undefined ? {} : { name }),
      ...(caption === undefined ? {} : { caption }),
    },
  );
}

/** The bytes that must be there: their hashes, and how many bytes each has. */
export async function storedFiles({ db, account }: Looking): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('stored_files')
    .select(['hash', 'size'])
    .where('account_id', '=', account.id)
    .orderBy('hash')
    .execute();
  return new Map(rows.map(({ hash, size }) => [hash, size]));
}

/**
 * The hashes that the changes with these numbers ever gave a file, or took from one.
 * @throws Error where what they kept cannot be read
 */
export async function hashesInChanges(
  { db, account }: ReadScope,
  { first, last }: { first: number; last: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom('change_images')
    .select(['before', 'after'])
    .where('account_id', '=', account.id)
    .where('change_number', '>=', first)
    .where('change_number', '<=', last)
    .where('table_name', '=', 'files')
    .execute();
  return rows.flatMap(({ before, after }) =>
    [before, after].flatMap((snapshot) => (snapshot === null ? [] : hashIn(snapshot))),
  );
}

function hashIn(image: string): string[] {
  const { hash } = rowIn('files', image);
  return typeof hash === 'string' ? [hash] : [];
}

/** The records of each hash. */
export async function filesByHash({ db, account }: Looking): Promise<ReadonlyMap<string, readonly number[]>> {
  const rows = await db
    .selectFrom('files')
    .select(['hash', 'id'])
    .where('account_id', '=', account.id)
    .orderBy('id')
    .execute();
  return new Map([...Map.groupBy(rows, ({ hash }) => hash)].map(([hash, same]) => [hash, same.map(({ id }) => id)]));
}

type Given = {
  readonly account: number;
  readonly id?: number;
  readonly customer: number | undefined;
  readonly job: number | undefined;
  readonly expense: number | undefined;
  readonly walkAndTalk: number | undefined;
};
type PageGiven = Given & { readonly before?: number | undefined; readonly limit: number };

const newest = prepared(files);

function files(db: Database, given: PageGiven, besides: Conditions) {
  const { before, limit } = given;
  const rows = db
    .selectFrom('files as f')
    .leftJoin('customers as c', (join) =>
      join.onRef('c.account_id', '=', 'f.account_id').onRef('c.id', '=', 'f.customer_id'),
    )
    .leftJoin('jobs as j', (join) => join.onRef('j.account_id', '=', 'f.account_id').onRef('j.id', '=', 'f.job_id'))
    .select(COLUMNS)
    .select(['c.name as customer_name', 'j.name as job_name'])
    .where((eb) => eb.and([...conditions(given), ...besides]));
  return (before === undefined ? rows : rows.where('f.id', '<', before)).orderBy('f.id', 'desc').limit(limit);
}

function givenOf(
  { account }: Pick<ReadScope, 'account'>,
  { customerId, jobId, expenseId, walkAndTalkId }: FileFilter,
): Given {
  return {
    ...{ account: account.id, customer: customerId, job: jobId ?? undefined },
    ...{ expense: expenseId, walkAndTalk: walkAndTalkId },
  };
}

function conditions({ account, id, customer, job, expense, walkAndTalk }: Given): Conditions {
  return matching({
    'f.account_id': account,
    'f.id': id,
    'f.customer_id': customer,
    'f.job_id': job,
    'f.expense_id': expense,
    'f.walk_and_talk_id': walkAndTalk,
  });
}

/** What a filter asks for besides. */
function others({ jobId, hash, withoutCosts = false, crew = null }: FileFilter): Conditions {
  return [
    ...(hash === undefined ? [] : [where('f.hash', '=', hash)]),
    ...(jobId === null ? [where('f.job_id', 'is', null)] : []),
    ...(withoutCosts ? [tellsNone('file', 'f')] : []),
    ...(crew === null ? [] : [shownToThem(crew)]),
  ];
}

function fileOf(row: InferResult<ReturnType<typeof files>>[number]): StoredFile {
  return {
    id: row.id,
    isSample: row.is_sample === 1,
    customer: row.customer_id === null ? null : { id: row.customer_id, name: row.customer_name ?? '' },
    job: row.job_id === null ? null : { id: row.job_id, name: row.job_name ?? '' },
    expenseId: row.expense_id,
    walkAndTalkId: row.walk_and_talk_id,
    kind: oneOf(FILE_KINDS, row.kind),
    name: row.name,
    mediaType: row.media_type,
    size: row.size,
    hash: row.hash,
    caption: row.caption,
    createdAt: row.created_at,
  };
}
