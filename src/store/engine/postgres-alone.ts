// Work of whoever is alone with the books, as bringing them up to date: nobody writes meanwhile. It takes as long as it does,
// so that no statement of it has a bound. What is said over a line that is dead and does not show it would never be answered;
// so another connection is asked now and then whether the server's process is still at work for this one.
import { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { Problem } from '../../domain/errors.ts';
import { ask, SOON_MS } from './postgres-ask.ts';
import type { Elsewhere } from './postgres-commit.ts';
import { isAnswer, Silent } from './postgres-errors.ts';
import { OF_EVERY_ACCOUNT } from './postgres-fence.ts';
import { keepOthersFromWriting, takesAdvisoryLocks } from './postgres-schema-lock.ts';

/** Between two looks. */
const LOOK_MS = 1000;
/** So often in a row nothing is heard of it: an answer may be on its way at the first. */
const LOOKS = 3;

/** A server's process, which is another where its number was given out again. Behind a pooler it is that of one transaction. */
type Backend = { readonly pid: number; readonly since: string };

const BEGIN = `begin; set local statement_timeout = 0; set local lock_timeout = 0;
  set local idle_in_transaction_session_timeout = 0; ${OF_EVERY_ACCOUNT};
  select pid, backend_start::text as since from pg_stat_activity where pid = pg_backend_pid()`;
const ITSELF = 'pid = $1 and backend_start = $2::timestamptz';
/** A state that is not shown is taken for work. */
const WORKS = `select exists (
  select 1 from pg_stat_activity where ${ITSELF} and coalesce(state, '') not like 'idle%') as works`;
/** It would hold its locks, for which the next try waits. */
const END = `select pg_terminate_backend(pid) from pg_stat_activity where ${ITSELF} and state like 'idle%'`;

/**
 * What moves every account's rows takes its time, and waits for the writes that are under way.
 * @param elsewhere connections besides this one
 * @param first what makes the table of the row that others are kept from writing by
 * @throws Silent where the line was given up; nothing is kept then, unless it was the COMMIT that had no answer
 */
export async function whileNobodyWrites<T>(
  client: PoolClient,
  elsewhere: Elsewhere,
  work: () => Promise<T>,
  first?: string,
): Promise<T> {
  const isAdvisory = await takesAdvisoryLocks(client);
  const began = await ask<Partial<Backend>>(client, { text: BEGIN });
  const backend = began.flatMap(({ rows }) => rows).find(isBackend);
  return await watched({ client, elsewhere, backend }, async () => {
    try {
      await keepOthersFromWriting(client, isAdvisory, first);
      const result = await work();
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback');
      throw error;
    }
  });
}

function isBackend(row: Partial<Backend>): row is Backend {
  return row.pid !== undefined;
}

type Watched = {
  readonly client: PoolClient;
  readonly elsewhere: Elsewhere;
  /** Undefined where the server tells nobody of it. */
  readonly backend: Backend | undefined;
};

async function watched<T>({ client, elsewhere, backend }: Watched, work: () => Promise<T>): Promise<T> {
  const { stream } = client.connection;
  if (backend === undefined || !(stream instanceof Socket)) return await work();
  let answered = stream.bytesWritten;
  const hear = () => void (answered = stream.bytesWritten);
  client.on('drain', hear);
  const ended = new AbortController();
  const line = {
    waits: () => stream.bytesWritten > answered,
    passed: () => `${stream.bytesWritten} ${stream.bytesRead}`,
    end: () => void stream.destroy(),
  };
  const looking = givenUp(line, { backend, elsewhere }, ended.signal);
  try {
    return await work();
  } catch (error) {
    ended.abort();
    throw (await looking) ? new Silent('the server says nothing any more', { cause: error }) : error;
  } finally {
    ended.abort();
    client.off('drain', hear);
  }
}

type Line = {
  /** Whether an answer is waited for. */
  readonly waits: () => boolean;
  /** It is another where something went over the line. */
  readonly passed: () => string;
  readonly end: () => void;
};

/** Whoever refuses to tell is there, and where all connections are taken nobody knows. */
function isThere(error: unknown): boolean {
  return isAnswer(error) || error instanceof Problem;
}

/** Ends a line on which an answer is waited for that nobody is at work on. @returns whether it did, once all is done */
async function givenUp(
  line: Line,
  { backend, elsewhere }: { readonly backend: Backend; readonly elsewhere: Elsewhere },
  ended: AbortSignal,
): Promise<boolean> {
  let before = '';
  let looks = 0;
  const asked = async (text: string) =>
    await elsewhere(
      performance.now() + SOON_MS,
      async (other) => await other.ask<{ works?: number }>({ text, values: [backend.pid, backend.since] }),
    );
  const hasEnded = () => ended.aborted;
  const isSilent = () => line.waits() && line.passed() === before;
  for (;;) {
    await pause(LOOK_MS, null, { ref: false, signal: ended }).catch(() => undefined);
    if (hasEnded()) return false;
    const isAtWork = !isSilent() || (await asked(WORKS).then(([answer]) => answer?.rows[0]?.works === 1, isThere));
    looks = isAtWork || !isSilent() ? 0 : looks + 1;
    before = line.passed();
    if (looks < LOOKS || hasEnded()) continue;
    await asked(END).catch(() => undefined);
    line.end();
    return true;
  }
}
