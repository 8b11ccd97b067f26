// The engine of many machines: PostgreSQL under Kysely. Reads see one state of the books, repeatable and read-only. Writes
// of an account wait for its row before their first statement; what stands outside of accounts has locks of its own.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { Problem } from '../../domain/errors.ts';
import { says } from '../../domain/message.ts';
import type { Database, Engine, Turn } from '../database.ts';
import { shuttingDown } from './held.ts';
import { bringUpToDate, isUpToDate, NEWEST_SCHEMA, schemaOf } from './migrate.ts';
import { CHANNEL } from './notices.ts';
import { whileNobodyWrites } from './postgres-alone.ts';
import { ask, SOON_MS } from './postgres-ask.ts';
import { SERVER_PATIENCE_MS } from './postgres-patience.ts';
import { commit, settleCommit, sweepWriteIds, WRITE_IDS, type Elsewhere } from './postgres-commit.ts';
import { overClient, overPipeline } from './postgres-driver.ts';
import {
  inWords,
  isAway,
  isConflict,
  isForgotten,
  isRefusedWrite,
  isTaken,
  CommitInDoubt,
  NotPrimary,
} from './postgres-errors.ts';
import { areFenced, fence, letServe, refuseRoleAbove, whose } from './postgres-fence.ts';
import { listenOver } from './postgres-listen.ts';
import { Pipeline } from './postgres-pipeline.ts';
import { namesOn } from './postgres-names.ts';
import { keepSchema, putRow, takesAdvisoryLocks } from './postgres-schema-lock.ts';
import { addressesIn, serversAt, type Servers, type Use } from './postgres-servers.ts';
import { checkState, STATE, type BookState } from './schema.ts';
import { movedIn, movingOf, type Moving } from './moved.ts';

/** The server ends what takes longer; a server that says nothing at all is given up later. */
const STATEMENT_MS = 30_000;
/** Where every row of a big book is looked at, and nobody waits for it. */
const LOOKING_MS = 15 * 60_000;
/** After it has ended, or would have, its answer is on its way. */
const ON_ITS_WAY_MS = 10_000;
/** Of a write's BEGIN, with which its turn is waited for. */
const TURN_MS = SERVER_PATIENCE_MS + SOON_MS;

type Begun = { readonly turn: Turn; readonly isAdvisory: boolean };

/** Sent with BEGIN, so that it holds behind a pooler too, which hands out a connection for one transaction. */
const limits = (statementMs: number) => `set local statement_timeout = ${statementMs};
  set local lock_timeout = ${SERVER_PATIENCE_MS}; set local idle_in_transaction_session_timeout = 60000`;
const toRead = (account: number | null, statementMs: number) =>
  `begin isolation level repeatable read read only; ${limits(statementMs)}; ${whose(account)}`;
const ARRIVING = '; select arriving from book where id = 1';
const toWrite = (account: number | null, { turn, isAdvisory }: Begun) =>
  `begin isolation level read committed read write; ${limits(STATEMENT_MS)}; ${whose(account)};
  ${keepSchema(isAdvisory)}; select ${STATE} from book where id = 1;
  ${account === null || turn === 'beside others' ? '' : turnOf(account)}`;

/**
 * A statement that waits for a row goes on with that row as it has become, and with all others as they were when it began;
 * so the turn is waited for by one of its own, and what a write is dated with is read after it.
 */
const turnOf = (account: number) => `select 1 from accounts where account_id = ${account} for no key update`;

/** What somebody else added meanwhile is seen when it is tried again, and said in words. */
const TRIES = 3;

export type Serving = {
  /** The address as the owner of the tables, who brings them up to date; else whoever serves does. */
  readonly migrateUrl?: string | undefined;
  /** Refuses a role that row-level security does not hold. */
  readonly isFenced?: boolean;
  /** The move that fills these books: by it alone they are opened before it has come to its end. */
  readonly filling?: string;
};

/**
 * Opens the books in a database and brings them up to date.
 * @param url of one server, or of several of which one takes writes
 * @throws Problem where it cannot be reached, refuses us, or is for another version of the program
 */
export async function openPostgres(url: string, serving: Serving = {}): Promise<Engine> {
  const { migrateUrl, isFenced = false, filling = null } = serving;
  const servers = await serversAt(urlsOf(url));
  const ending = new AbortController();
  const close = async () => {
    ending.abort();
    await servers.close();
  };
  const patiently = patience(ending.signal);
  try {
    if (migrateUrl !== undefined)
      await migrateAs(migrateUrl, await patiently(async (until) => await roleAt(servers, until)));
    const { moving, isAdvisory } = await patiently(
      async (until) =>
        await over(servers, { use: 'write', until }, async ({ client }, db) => {
          await migrate(client, elsewhereIn(servers));
          if (isFenced) await refuseRoleAbove(client);
          const isAdvisory = await takesAdvisoryLocks(client);
          if (!isAdvisory) await putRow(client);
          return { moving: await movingOf(db), isAdvisory };
        }),
    );
    if (filling === null) refuseArriving(moving);
    const moved = movedIn(moving);
    // A move looks at every row of a big book.
    const statementMs = filling === null ? STATEMENT_MS : LOOKING_MS;
    return {
      name: 'postgres',
      isReadOnly: moved !== null,
      moved,
      isUpToDate: true,
      schema: NEWEST_SCHEMA,
      read: async (work, account) =>
        await patiently(
          async (until) => await read(servers, { until, account, statementMs, isServing: filling === null }, work),
        ),
      write: async (work, account, turn = 'in turn') =>
        await patiently(async (until) => await write(servers, { until, account, turn, filling, isAdvisory }, work)),
      alone: async (work) => await undisturbed(servers, work),
      check: async () => [],
      listen: (heard) => listenOver({ connect: servers.alone, say: async (text) => await say(servers, text) }, heard),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Opens the books in a database as they are: they are not written to. @throws Problem as `openPostgres` does */
export async function openPostgresToRead(url: string): Promise<Engine> {
  const servers = await serversAt(urlsOf(url));
  const patiently = patience(new AbortController().signal);
  const reads: Engine['read'] = async (work, account) =>
    await patiently(async (until) => await read(servers, { until, account, statementMs: LOOKING_MS }, work));
  try {
    const schema = await reads(schemaOf);
    if (schema === null) throw new Problem('not_found', says('database.empty'));
    if (!(await reads(isUpToDate))) throw new Problem('unavailable', says('database.of-earlier'));
    const moving = await reads(movingOf);
    refuseArriving(moving);
    const isPooled = await patiently(
      async (until) => await over(servers, { use: 'read', until }, async ({ client }) => namesOn(client) === undefined),
    );
    const write = async () => {
      throw new Problem('unavailable', says('database.only-looked-at'));
    };
    const close = async () => await servers.close();
    return {
      name: 'postgres',
      isReadOnly: true,
      isPooled,
      isUpToDate: true,
      schema,
      moved: movedIn(moving),
      read: reads,
      write,
      alone: write,
      check: async () => [],
      close,
    };
  } catch (error) {
    await servers.close();
    throw error;
  }
}

/** @throws Problem where only a part of the books may be there */
function refuseArriving(moving: Pick<Moving, 'arriving'>): void {
  if (moving.arriving !== null) throw arriving();
}

const arriving = () => new Problem('unavailable', says('database.arriving'));

function urlsOf(url: string): string[] {
  const urls = addressesIn(url);
  if (urls === null) throw new Problem('invalid', says('database.no-address'));
  return urls;
}

/** Tries again what came to nothing because of others, or of a server that is away, which another may follow. */
function patience(ended: AbortSignal) {
  const hasEnded = () => ended.aborted;
  return async <T>(task: (until: number) => Promise<T>): Promise<T> => {
    const until = performance.now() + SERVER_PATIENCE_MS;
    for (let tried = 1; ; tried += 1) {
      if (hasEnded()) throw shuttingDown();
      try {
        return await task(until);
      } catch (error) {
        const mayPass = isConflict(error) || isAway(error) || ((isTaken(error) || isForgotten(error)) && tried < TRIES);
        // What was cut off by our own end is no fault of the database's.
        if (mayPass && hasEnded()) throw shuttingDown();
        if (!mayPass || performance.now() > until) throw inWords(error);
        await pause(5 + Math.random() * 45);
      }
    }
  };
}

/** To every process that listens. */
async function say(servers: Servers, text: string): Promise<void> {
  await over(servers, { use: 'write', until: performance.now() + SOON_MS }, async (line) => {
    await line.ask({ text: 'select pg_notify($1, $2)', values: [CHANNEL, text] });
  });
}

/** A connection for a transaction, which is ended when the work is, if it did not end it itself. */
async function over<T>(
  servers: Servers,
  { use, until }: { readonly use: Use; readonly until: number },
  work: (line: Pipeline, db: Database) => Promise<T>,
): Promise<T> {
  const client = await servers.connect(use, until);
  const { line, db } = spokenOver(client);
  try {
    const result = await work(line, db);
    // It would go with what the next one asks, in a transaction of theirs.
    if (line.forget().length > 0) throw new Error('a transaction ended before all of its statements were sent');
    client.release();
    return result;
  } catch (error) {
    line.forget();
    const isCopy = use === 'write' && isRefusedWrite(error);
    client.release(isCopy || isDown(error) || !(await isRolledBack(client)));
    throw isCopy ? new NotPrimary('this server takes no writes any more') : error;
  }
}

const elsewhereIn =
  (servers: Servers): Elsewhere =>
  async (until, work) =>
    await over(servers, { use: 'write', until }, work);

/** What is said over it may have no answer, or is not what it was. */
function isDown(error: unknown): boolean {
  return isAway(error) || isForgotten(error) || error instanceof CommitInDoubt;
}

async function isRolledBack(client: PoolClient): Promise<boolean> {
  return await ask(client, { text: 'rollback' }).then(
    () => true,
    () => false,
  );
}

type Spoken = { readonly line: Pipeline; readonly db: Database };
const spoken = new WeakMap<PoolClient, Spoken>();

function spokenOver(client: PoolClient): Spoken {
  const known = spoken.get(client);
  if (known !== undefined) return known;
  const line = new Pipeline(client);
  const made = { line, db: overPipeline(line, STATEMENT_MS + ON_ITS_WAY_MS) };
  spoken.set(client, made);
  return made;
}

type Asked = { readonly until: number; readonly account: number | undefined };
type Reading = Asked & {
  readonly statementMs?: number;
  /** Nothing is shown of books that a move fills, account by account. */
  readonly isServing?: boolean;
};

async function read<T>(
  servers: Servers,
  { until, account, statementMs = STATEMENT_MS, isServing = false }: Reading,
  work: (db: Database) => Promise<T>,
): Promise<T> {
  return await over(servers, { use: 'read', until }, async (line, db) => {
    await line.later({
      text: `${toRead(account ?? null, statementMs)}${isServing ? ARRIVING : ''}`,
      heard: (began) => {
        if (began.some((row) => 'arriving' in row && row.arriving !== null)) throw arriving();
      },
    });
    const result = await work(statementMs === STATEMENT_MS ? db : overPipeline(line, statementMs + ON_ITS_WAY_MS));
    await line.ask({ text: 'commit' });
    return result;
  });
}

async function write<T>(
  servers: Servers,
  { until, account, filling, ...begun }: Asked & Begun & { readonly filling: string | null },
  work: (db: Database) => Promise<T>,
): Promise<T> {
  const id = randomUUID();
  const elsewhere = elsewhereIn(servers);
  const done: { readonly result: T }[] = [];
  try {
    await over(servers, { use: 'write', until }, async (line, db) => {
      const began = await line.ask<Partial<BookState>>({ text: toWrite(account ?? null, begun), withinMs: TURN_MS });
      checkState(began.flatMap(({ rows }) => rows).find(isState), filling);
      done.push({ result: await work(db) });
      await commit(line, id);
    });
  } catch (error) {
    if (!(error instanceof CommitInDoubt)) throw error;
    await settleCommit(id, elsewhere, servers.isClosing);
  }
  sweepWriteIds(elsewhere);
  const [only] = done;
  if (only === undefined) throw new Error('a write ended without a result');
  return only.result;
}

function isState(row: Partial<BookState>): row is BookState {
  return row.schema !== undefined;
}

/** Each migration in a transaction of its own, and others wait. */
async function migrate(client: PoolClient, elsewhere: Elsewhere): Promise<void> {
  const alone = async (work: () => Promise<void>) => await whileNobodyWrites(client, elsewhere, work, WRITE_IDS);
  await refuseOthers(client);
  // What is read before is answered at once, or asked again over another connection.
  const before = overPipeline(new Pipeline(client), SOON_MS);
  await bringUpToDate(before, 'postgres', async (work) => await alone(async () => await work(overClient(client))));
  if (!(await areFenced(client))) await alone(async () => await fence(client));
}

/** Done once: what takes so long is for whoever asked for it to begin again. */
async function undisturbed<T>(servers: Servers, work: (db: Database) => Promise<T>): Promise<T> {
  const until = performance.now() + SERVER_PATIENCE_MS;
  try {
    return await over(
      servers,
      { use: 'write', until },
      // An answer takes as long as it does.
      async ({ client }) =>
        await whileNobodyWrites(client, elsewhereIn(servers), async () => await work(overClient(client))),
    );
  } catch (error) {
    throw inWords(error);
  }
}

/** As the server knows it: an address need not name one. */
async function roleAt(servers: Servers, until: number): Promise<string> {
  return await over(servers, { use: 'write', until }, async (line) => {
    const [answer] = await line.ask<{ role: string }>({ text: 'select current_user::text as role' });
    const role = answer?.rows[0]?.role;
    if (role === undefined) throw new Error('the server did not say who we are');
    return role;
  });
}

/** As the owner, who also lets the role of the other address serve. */
async function migrateAs(migrateUrl: string, role: string): Promise<void> {
  const owner = await serversAt(urlsOf(migrateUrl));
  try {
    await patience(new AbortController().signal)(
      async (until) =>
        await over(owner, { use: 'write', until }, async ({ client }) => {
          await migrate(client, elsewhereIn(owner));
          await whileNobodyWrites(client, elsewhereIn(owner), async () => await letServe(client, role), WRITE_IDS);
        }),
    );
  } finally {
    await owner.close();
  }
}

/** Tables of extensions are nobody's program. @throws Problem where tables stand in the way that are no books */
async function refuseOthers(client: PoolClient): Promise<void> {
  const [found] = await ask<{ name: string }>(client, {
    text: `select c.relname as name from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
       and not exists (select 1 from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'e')`,
  });
  const names = new Set(found?.rows.map(({ name }) => name));
  if (names.size === 0 || (names.has('migrations') && names.has('accounts') && names.has('counters'))) return;
  throw new Problem('unavailable', says('database.of-other-program'));
}
