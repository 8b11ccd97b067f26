// Connections to the servers of one database: one of them takes writes, and where it ends another may take its place.
// Reads have connections of their own, so that they go on while every write waits for a COMMIT.
import { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { callbackify } from 'node:util';
import type { Client, ClientBase, ClientConfig, Pool, PoolClient, PoolConfig } from 'pg';
import type * as Pg from 'pg';
import { Problem } from '../../domain/errors.ts';
import { says } from '../../domain/message.ts';
import { shuttingDown } from './held.ts';
import { ask } from './postgres-ask.ts';
import { SERVER_PATIENCE_MS } from './postgres-patience.ts';
import { typesOver } from './postgres-driver.ts';
import { isAway, NotPrimary } from './postgres-errors.ts';
import { keepNames, StatementNames } from './postgres-names.ts';

export type Use = 'read' | 'write';

/** So many connections of either use. */
const CONNECTIONS = 10;
/** How long one server is waited for, which may be gone and not say so. */
const CONNECT_MS = 3000;
/** How long a close waits for what is under way, and for a server to say good-bye, which may be gone. */
const CLOSE_MS = 1000;
/** Between two looks for a server. */
const BETWEEN_MS = 50;

export type Servers = {
  /** A connection to the server that takes writes. @param until when to give up, by `performance.now()` */
  readonly connect: (use: Use, until: number) => Promise<PoolClient>;
  readonly close: () => Promise<void>;
  /** A connection outside of the pools, to the server that takes writes. @throws where this one was not it: the next is another */
  readonly alone: () => Promise<Client>;
  readonly isClosing: () => boolean;
};

/**
 * The driver is loaded where it is needed, since most books are files.
 * @param urls one of each server
 */
export async function serversAt(urls: readonly string[]): Promise<Servers> {
  const sockets = new Set<Socket>();
  const { pools, alone } = overServers(urls, await import('pg'), sockets);
  let current = 0;
  let closing: Promise<unknown> | undefined;
  const ending = new AbortController();
  return {
    connect: async (use, until) => {
      let isAnyAway = false;
      for (let tried = 1; ; tried += 1) {
        if (ending.signal.aborted) throw shuttingDown();
        const which = current;
        const pool = pools[which]?.[use];
        if (pool === undefined) throw new Error('there is no server');
        try {
          return await connected(pool, until, ending.signal);
        } catch (error) {
          isAnyAway ||= isAway(error);
          const isRound = tried % pools.length === 0;
          if (error instanceof Problem || performance.now() > until || (isRound && !isAnyAway)) throw error;
          // Whoever failed at the same server may have moved on already.
          if (current === which) current = (which + 1) % pools.length;
          if (!isRound) continue;
          isAnyAway = false;
          await pause(BETWEEN_MS * (1 + Math.random()));
        }
      }
    },
    close: async () => {
      ending.abort();
      closing ??= closed(
        pools.flatMap(({ read, write }) => [read, write]),
        sockets,
      );
      await closing;
    },
    alone,
    isClosing: () => ending.signal.aborted,
  };
}

type Driver = typeof Pg;

/** Of each server its pools, of all of them one connection more; `sockets` are those under way. */
function overServers(urls: readonly string[], { Client, Pool, types }: Driver, sockets: Set<Socket>) {
  class Impatient extends Client {
    constructor(options?: ClientConfig) {
      super({ ...options, connectionTimeoutMillis: CONNECT_MS, stream: () => newSocket(sockets) });
    }
  }
  const own = { types: typesOver(types), keepAlive: true, keepAliveInitialDelayMillis: 10_000 };
  const pools = urls.map((connectionString) => {
    const names = new StatementNames();
    const options: PoolConfig = {
      ...own,
      connectionString,
      application_name: 'jobwright',
      // What is asked at once is sent at once, and answered in its order.
      pipeline: true,
      max: CONNECTIONS,
      // How long who waits is patient, is said with each question.
      connectionTimeoutMillis: 2 * SERVER_PATIENCE_MS,
      Client: Impatient,
      idleTimeoutMillis: 30_000,
      verify: callbackify(async (client: ClientBase) => keepNames(client, names, await refuseCopy(client))),
    };
    return { read: quiet(new Pool(options)), write: quiet(new Pool(options)) };
  });
  const apart = { ...own, application_name: 'jobwright notices' };
  return { pools, alone: outsideOfPools(urls, (url) => new Impatient({ ...apart, connectionString: url })) };
}

/** Of one server, and where that one was not it, of the next. */
function outsideOfPools(urls: readonly string[], make: (url: string) => Client): Servers['alone'] {
  let next = 0;
  return async () => {
    const client = make(urls[next % urls.length] ?? '');
    client.on('error', () => undefined);
    try {
      await client.connect();
      await refuseCopy(client);
      return client;
    } catch (error) {
      next += 1;
      await client.end().catch(() => undefined);
      throw error;
    }
  };
}

/** Its lines are known, so that a close can end those that nobody answers on. */
function newSocket(sockets: Set<Socket>): Socket {
  const socket = new Socket();
  sockets.add(socket);
  return socket.once('close', () => sockets.delete(socket));
}

async function closed(pools: readonly Pool[], sockets: ReadonlySet<Socket>): Promise<void> {
  const ended = Promise.all(pools.map(async (pool) => await pool.end()));
  await Promise.race([ended, pause(CLOSE_MS, null, { ref: false })]);
  for (const socket of sockets) socket.destroy();
  await ended;
}

/** @throws Problem where others have all connections: this server is as good as any; or where the program ends */
async function connected(pool: Pool, until: number, ended: AbortSignal): Promise<PoolClient> {
  const connecting = pool.connect();
  const patience = patienceUntil(until, ended);
  try {
    const client = await Promise.race([connecting, patience.over]);
    if (client !== null) return client;
  } finally {
    patience.end();
  }
  const isFull = pool.waitingCount > 0;
  void connecting.then(
    (client) => client.release(),
    () => undefined,
  );
  if (ended.aborted) throw shuttingDown();
  if (isFull) throw new Problem('unavailable', says('database.too-slow'));
  throw new Error('timeout expired');
}

/** `over` comes when it is, or when the program ends. A timer that is called off by a signal costs an error with its stack. */
function patienceUntil(until: number, ended: AbortSignal): { readonly over: Promise<null>; readonly end: () => void } {
  const { promise: over, resolve } = Promise.withResolvers<null>();
  const stop = () => resolve(null);
  const timer = setTimeout(stop, Math.max(0, until - performance.now())).unref();
  ended.addEventListener('abort', stop);
  const end = () => {
    clearTimeout(timer);
    ended.removeEventListener('abort', stop);
  };
  return { over, end };
}

/** A connection that ends, in use or not, is one to be told of by what is asked over it next; nobody has to hear it else. */
function quiet(pool: Pool): Pool {
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** What the books are asked with is not there before. */
const EARLIEST = 16;

/** @param number as the server gives it, like 160004 @throws Problem */
export function refuseEarlier(number: number): void {
  const version = Math.floor(number / 10_000);
  if (version < EARLIEST) throw new Problem('unavailable', says('database.too-old', { version }));
}

/** Asked once of a new connection. @returns the number of the server's process that answers @throws NotPrimary, or Problem where the server is too old */
async function refuseCopy(client: ClientBase): Promise<number> {
  const [answer] = await ask<{ version: number; isCopy: number; pid: number }>(client, {
    text: `select current_setting('server_version_num')::int as version, pg_is_in_recovery() as "isCopy", pg_backend_pid() as pid`,
  });
  refuseEarlier(answer?.rows[0]?.version ?? 0);
  if (answer?.rows[0]?.isCopy !== 0) throw new NotPrimary('this server takes no writes');
  return answer.rows[0].pid;
}

const FORM = /^(postgres(?:ql)?:\/\/(?:[^@/?]*@)?)([^/?]*)(.*)$/;

/**
 * One address of each server that `postgres://user:password@one:5432,other/books?sslmode=require` names.
 * @returns null for what is no such address
 */
export function addressesIn(url: string): string[] | null {
  const [, before = '', hosts = '', rest = ''] = FORM.exec(url) ?? [];
  const all = hosts.split(',').map((host) => `${before}${host}${rest}`);
  return before !== '' && all.every((each) => URL.canParse(each)) ? all : null;
}
