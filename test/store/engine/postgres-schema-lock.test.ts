// Nobody writes while somebody is alone with the books, also where this role may take no advisory lock.
import { expect, it, test } from 'vitest';
import { openBook, tempFolder } from '../../support/book.ts';
import type { Place } from '../../support/engines/engine.ts';
import { addressOf, engineAt, ownersAddressOf } from '../../support/engines/postgres.ts';
import { behind, openEngine, rowsOf, watching } from '../../support/store.ts';
import { until } from '../../support/time.ts';

const TAKEN = ['pg_advisory_xact_lock', 'pg_advisory_xact_lock_shared'];
const TRIED = ['pg_try_advisory_xact_lock', 'pg_try_advisory_xact_lock_shared'];

/** As on a server without advisory locks; whoever owns it has them still. */
async function refuseLocks(place: Place): Promise<void> {
  const names = [...TAKEN, ...TRIED].map((name) => `${name}(bigint)`).join(', ');
  await behind(place, async ({ run }) => void (await run(`revoke execute on function ${names} from public`)));
}

const WAITS = `select 1 as waits from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;

test.each([
  ['both by advisory locks', async () => {}, addressOf],
  ['both by a row', refuseLocks, addressOf],
  ['one by a row, the other by both', refuseLocks, ownersAddressOf],
])('who is alone and who writes wait for each other, %s', async (_, refuse, address) => {
  const book = await openBook();
  await refuse(book);
  const [writer, alone] = [await engineAt(addressOf(book)), await engineAt(address(book))];
  const done: string[] = [];
  const mayEnd = Promise.withResolvers<void>();
  const began = Promise.withResolvers<void>();
  const write = writer.write(async () => {
    began.resolve();
    await mayEnd.promise;
    done.push('write');
  }, 1);
  await began.promise;
  let later: Promise<unknown> = Promise.resolve();
  const whole = alone.alone(async () => {
    later = writer.write(async () => void done.push('later'), 1);
    await until(async () => (await rowsOf(book, WAITS)).length > 0);
    done.push('alone');
  });
  await until(async () => (await rowsOf(book, WAITS)).length > 0);
  expect(done).toEqual([]);
  mayEnd.resolve();
  await whole;
  await Promise.all([write, later]);
  expect(done).toEqual(['write', 'alone', 'later']);
});

it('asks for no advisory lock that it may not take, and several may start at once', async () => {
  const place = { folder: tempFolder() };
  const first = await openEngine(place);
  await first.close();
  await refuseLocks(place);
  const { sent, result } = await watching(
    async () => await Promise.all([1, 2, 3].map(async () => await engineAt(addressOf(place)))),
  );
  for (const engine of result) await engine.write(async () => undefined, 1);
  const texts = sent.map(({ sql }) => sql);
  expect(texts.filter((text) => TAKEN.some((name) => text.includes(`${name}(`)))).toEqual([]);
  expect(await rowsOf(place, "select count(*) as rows from write_ids where at = 'infinity'")).toEqual([{ rows: 1 }]);
});
