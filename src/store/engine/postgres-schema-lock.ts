// While somebody brings a database up to date, nobody writes. An advisory lock says so; where the server has none, or keeps
// them from this role, a row does. Who is alone takes both, so that whoever writes may go by either.
import type { PoolClient } from 'pg';
import { ask } from './postgres-ask.ts';
import { isAnswer } from './postgres-errors.ts';

const UP_TO_DATE = 7_406_270_914;
/** It stands among the write ids, which come before all other tables, and is never swept with them. */
const ROW = '00000000-0000-0000-0000-000000000000';
const PUT = `insert into write_ids (id, at, kept) values ('${ROW}', 'infinity', true) on conflict (id) do nothing`;

/** Said in a write: the schema stays as it is until the write has ended. */
export function keepSchema(isAdvisory: boolean): string {
  return isAdvisory
    ? `select pg_advisory_xact_lock_shared(${UP_TO_DATE})`
    : `select 1 from write_ids where id = '${ROW}' for key share`;
}

/** In a transaction: nobody writes until it has ended. @param first what makes the table of the row */
export async function keepOthersFromWriting(client: PoolClient, isAdvisory: boolean, first = ''): Promise<void> {
  if (isAdvisory) await client.query(`select pg_advisory_xact_lock(${UP_TO_DATE})`);
  await client.query(`${first}; ${PUT}; select 1 from write_ids where id = '${ROW}' for update`);
}

/** Whether this role may take advisory locks here. It is tried, since some servers have the functions and refuse them. */
export async function takesAdvisoryLocks(client: PoolClient): Promise<boolean> {
  try {
    await ask(client, {
      text: `begin; select pg_try_advisory_xact_lock(1), pg_try_advisory_xact_lock_shared(${UP_TO_DATE}); rollback`,
    });
    return true;
  } catch (error) {
    if (!isAnswer(error)) throw error;
    await ask(client, { text: 'rollback' });
    return false;
  }
}

/** In a transaction, where a row stands for the lock: it has to be there to be held. */
export async function putRow(client: PoolClient): Promise<void> {
  await ask(client, { text: PUT });
}
