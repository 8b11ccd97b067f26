// What has no bound, since it takes as long as it does: whoever is alone with the books waits for a server that works, and for
// no line that stays up and says nothing any more.
import { sql } from 'kysely';
import { Pool } from 'pg';
import { expect, test } from 'vitest';
import { forPerson } from '../../../src/printers/in-words.ts';
import { Problem } from '../../../src/domain/errors.ts';
import { whileNobodyWrites } from '../../../src/store/engine/postgres-alone.ts';
import { inWords } from '../../../src/store/engine/postgres-errors.ts';
import { openPostgres } from '../../../src/store/engine/postgres.ts';
import { tempFolder } from '../../support/book.ts';
import { whenDone } from '../../support/ending.ts';
import { emptyDatabase, engineAt, ownersAddressOf } from '../../support/engines/postgres.ts';
import { lineDownAt } from '../../support/engines/postgres-line.ts';
import { openEngine, rowsOf } from '../../support/store.ts';
import { until } from '../../support/time.ts';

async function bookAt() {
  const place = { folder: tempFolder() };
  await (await openEngine(place)).close();
  return { place, owner: ownersAddressOf(place) };
}

const LEFT = `select 1 as left from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid() and state like 'idle in transaction%'`;

/** A start whose first migration is never answered; the server is there for whoever asks anew. */
async function startsAgain(): Promise<void> {
  const place = { folder: tempFolder() };
  const line = await lineDownAt(await emptyDatabase(place), ['insert into migrations'], 'dead');
  const opening = openPostgres(line.url);
  await until(line.isDown);
  line.mend();
  const engine = await opening;
  whenDone(async () => await engine.close());
  expect(await rowsOf(place, LEFT)).toEqual([]);
}

/** A line whose server cannot be asked either. */
async function isGivenUp(): Promise<string> {
  const { owner } = await bookAt();
  const { url } = await lineDownAt(owner, ['select 1 as said'], 'silent');
  const pool = new Pool({ connectionString: url, max: 1 });
  pool.on('error', () => undefined);
  const client = await pool.connect();
  client.on('error', () => undefined);
  const away = async () => {
    throw new Error('timeout expired');
  };
  const error = await whileNobodyWrites(client, away, async () => await client.query('select 1 as said')).catch(
    inWords,
  );
  client.release(true);
  await pool.end();
  return error instanceof Problem ? forPerson(error.said) : String(error);
}

/** As long as a look or two would take to give it up. */
async function isWaitedFor(): Promise<unknown> {
  const engine = await engineAt((await bookAt()).owner);
  return await engine.alone(async (db) => (await sql`select 1 as done from pg_sleep(5)`.execute(db)).rows);
}

test('a line that says nothing any more is given up and begun anew over another, a long statement is waited for', async () => {
  const [, said, done] = await Promise.all([startsAgain(), isGivenUp(), isWaitedFor()]);
  expect(said).toMatch(/^The database stopped answering .* start again: what was done before stays done\.$/);
  expect(done).toEqual([{ done: 1 }]);
});
