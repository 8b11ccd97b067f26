// A COMMIT whose answer is lost is kept or not, and it is known which.
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { openPostgres } from '../../../src/store/engine/postgres.ts';
import { whenDone } from '../../support/ending.ts';
import { addressOf, engineAt, postgres } from '../../support/engines/postgres.ts';
import { alteredLine, lineTo, type Lost } from '../../support/engines/postgres-line.ts';
import { addRow, loadOn, ROWS, valuesIn } from '../../support/engines/postgres-rows.ts';
import { startPostgres, type TestServer } from '../../support/postgres-server.ts';
import { refusalOf } from '../../support/refusal.ts';
import { rowsOf } from '../../support/store.ts';
import { tempFolder } from '../../support/book.ts';
import { until, within } from '../../support/time.ts';

const CASES: readonly (readonly [Lost, { readonly begun: number; readonly kept: readonly number[] }])[] = [
  ['answer', { begun: 1, kept: [1] }],
  // What was asked for made it impossible that the first one is kept later.
  ['question', { begun: 2, kept: [0, 1] }],
  ['silence', { begun: 1, kept: [1] }],
  // Who asks again, since the first answer was lost, does not take what was asked for what was written.
  ['both', { begun: 2, kept: [0, 1] }],
];

it.each(CASES)('the %s of a COMMIT is lost: the write is kept once', { timeout: 60_000 }, async (lost, expected) => {
  const place = { folder: tempFolder() };
  await (await postgres.open(place)).close();
  const line = await lineTo(addressOf(place));
  const engine = await engineAt(line.url);
  let begun = 0;
  line.lose(lost);
  expect(await addRow(engine, 'a', () => void (begun += 1))).toBe('a');
  expect(begun).toBe(expected.begun);
  expect(valuesIn(await rowsOf(place, ROWS))).toEqual(['a']);
  // One more row stands there for as long as the schema is as it is.
  expect(
    (await rowsOf(place, "select kept from write_ids where at < 'infinity' order by kept")).map(({ kept }) => kept),
  ).toEqual(expected.kept);
  // And it goes on.
  await addRow(engine, 'b');
});

it('the control: where nobody finds what a write left with its COMMIT, a lost answer does it twice', async () => {
  const place = { folder: tempFolder() };
  await (await postgres.open(place)).close();
  // Whoever asks what became of a COMMIT is told that nothing of it is kept.
  const forgetful = await alteredLine(addressOf(place), 'kept = write_ids.kept', 'kept = false         ');
  const line = await lineTo(forgetful.url);
  const engine = await engineAt(line.url);
  line.lose('answer');
  await addRow(engine, 'a');
  expect(valuesIn(await rowsOf(place, ROWS))).toEqual(['a', 'a']);
});

it('a line that says nothing any more is left for another within seconds', { timeout: 60_000 }, async () => {
  const place = { folder: tempFolder() };
  await (await postgres.open(place)).close();
  const line = await lineTo(addressOf(place));
  const engine = await engineAt(line.url);
  const look = async () =>
    await engine.read(async (db) => await db.selectFrom('host_secrets').select('name').execute());
  await look();
  line.lose('begin');
  const began = performance.now();
  expect(await look()).toEqual([]);
  expect(performance.now() - began).toBeLessThan(8000);
});

describe('a server of their own', { timeout: 120_000 }, () => {
  async function server(): Promise<TestServer & { readonly ask: (sql: string) => Promise<object[]> }> {
    const started = await startPostgres({});
    whenDone(started.stop);
    const ask = async (sql: string): Promise<object[]> => {
      const client = new Client({ connectionString: `${started.url}/postgres` });
      await client.connect();
      try {
        return (await client.query<object>(sql)).rows;
      } finally {
        await client.end();
      }
    };
    return { ...started, ask };
  }

  const WAITING = "select pid from pg_stat_activity where wait_event = 'SyncRep'";
  const END_WAITING = "select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'";

  /** From now on every COMMIT waits for a server that never answers. The setting is in force a moment after it is made. */
  async function holdCommits(ask: (sql: string) => Promise<object[]>): Promise<void> {
    await ask('create table tried (id int)');
    await ask("alter system set synchronous_standby_names = 'nobody'");
    await ask('select pg_reload_conf()');
    // One after the other, until one of them waits.
    for (let waiting: object[] = []; waiting.length === 0; ) {
      const kept = ask('insert into tried values (1)').then(() => [{ isKept: true }]);
      while (waiting.length === 0 && (await within(10, kept, [])).length === 0) waiting = await ask(WAITING);
      if (waiting.length > 0) await ask(END_WAITING);
      await kept;
    }
  }

  it('what waits for another server is never taken for kept, whoever ends the waiting', async () => {
    const { url, ask } = await server();
    const engine = await engineAt(`${url}/postgres`);
    await holdCommits(ask);
    let isDone = false;
    const write = addRow(engine, 'a').finally(() => void (isDone = true));
    await until(async () => (await ask(WAITING)).length > 0);
    // Whoever ends its waiting makes the server say that it is kept, with a warning that it may not be.
    await ask(END_WAITING);
    await until(async () => (await ask(WAITING)).length > 0);
    expect(isDone).toBe(false);
    await ask('alter system reset synchronous_standby_names');
    await ask('select pg_reload_conf()');
    expect(await write).toBe('a');
    expect(await ask(ROWS)).toHaveLength(1);
  });

  it('what nobody can be asked about is said to be unknown', async () => {
    const { url, ask } = await server();
    const engine = await engineAt(`${url}/postgres`);
    await holdCommits(ask);
    expect(await refusalOf(addRow(engine, 'a'))).toContain('did not say whether this was saved');
    await ask('alter system reset synchronous_standby_names');
    await ask('select pg_reload_conf()');
    expect(await addRow(engine, 'b')).toBe('b');
  });

  it('killed three times under load: nothing lost, nothing doubled, and it goes on within five seconds', async () => {
    const { url, ask, kill, restart } = await server();
    const engine = await engineAt(`${url}/postgres`);
    const { saved, refused, end } = loadOn(engine);
    const took: number[] = [];
    for (let times = 0; times < 3; times += 1) {
      const loaded = saved.length + 100;
      await until(() => saved.length > loaded);
      await kill();
      await restart();
      const [back, before] = [performance.now(), saved.length];
      await until(() => saved.length > before + 16);
      took.push(performance.now() - back);
    }
    await end();
    expect(Math.max(...took)).toBeLessThan(5000);
    expect(valuesIn(await ask(ROWS)).toSorted()).toEqual(saved.toSorted());
    expect(refused.filter((each) => !each.startsWith('Problem'))).toEqual([]);
  });
});

it.each(['begin', 'silence'] as const)('a close ends in time, though a %s has no answer', async (lost) => {
  const place = { folder: tempFolder() };
  await (await postgres.open(place)).close();
  const line = await lineTo(addressOf(place));
  const engine = await openPostgres(line.url);
  await addRow(engine, 'a');
  line.lose(lost);
  let begun = 0;
  const write = refusalOf(addRow(engine, 'b', () => void (begun += 1)));
  if (lost === 'silence') await until(() => begun > 0);
  const began = performance.now();
  await engine.close();
  expect(performance.now() - began).toBeLessThan(3000);
  expect(await write).toContain(lost === 'begin' ? 'is shutting down' : 'did not say whether this was saved');
  expect(performance.now() - began).toBeLessThan(4000);
});
