// A COMMIT whose answer is lost is kept or not, and it is known which.
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/store/database.ts';
import { openPostgres } from '../../../src/store/engine/postgres.ts';
import { whenDone } from '../../support/ending.ts';
import { addressOf, engineAt, postgres } from '../../support/engines/postgres.ts';
import { lineTo, type Lost } from '../../support/engines/postgres-line.ts';
import { startPostgres, type TestServer } from '../../support/postgres-server.ts';
import { refusalOf } from '../../support/refusal.ts';
import { rowsOf } from '../../support/store.ts';
import { tempFolder } from '../../support/book.ts';
import { until } from '../../support/time.ts';

async function keep(engine: Engine, name: string, begun: () => void = () => undefined): Promise<string> {
  return await engine.write(async (db) => {
    begun();
    await db.insertInto('host_secrets').values({ name, value: '' }).execute();
    return name;
  });
}

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
  expect(await keep(engine, 'a', () => void (begun += 1))).toBe('a');
  expect(begun).toBe(expected.begun);
  expect(await rowsOf(place, 'select name from host_secrets')).toEqual([{ name: 'a' }]);
  // One more row stands there for as long as the schema is as it is.
  expect(
    (await rowsOf(place, "select kept from write_ids where at < 'infinity' order by kept")).map(({ kept }) => kept),
  ).toEqual(expected.kept);
  // And it goes on.
  await keep(engine, 'b');
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
  async function server(): Promise<TestServer & { readonly ask: (sql: string) => Promise<unknown[]> }> {
    const started = await startPostgres({});
    whenDone(started.stop);
    const ask = async (sql: string) => {
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

  it('what waits for another server is never taken for kept, whoever ends the waiting', async () => {
    const { url, ask } = await server();
    const engine = await engineAt(`${url}/postgres`);
    await ask("alter system set synchronous_standby_names = 'nobody'");
    await ask('select pg_reload_conf()');
    let isDone = false;
    const write = keep(engine, 'a').finally(() => void (isDone = true));
    await until(async () => (await ask(WAITING)).length > 0);
    // Whoever ends its waiting makes the server say that it is kept, with a warning that it may not be.
    await ask("select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'");
    await until(async () => (await ask(WAITING)).length > 0);
    expect(isDone).toBe(false);
    await ask('alter system reset synchronous_standby_names');
    await ask('select pg_reload_conf()');
    expect(await write).toBe('a');
    expect(await ask("select name from host_secrets where name = 'a'")).toHaveLength(1);
  });

  it('what nobody can be asked about is said to be unknown', async () => {
    const { url, ask } = await server();
    const engine = await engineAt(`${url}/postgres`);
    await ask("alter system set synchronous_standby_names = 'nobody'");
    await ask('select pg_reload_conf()');
    expect(await refusalOf(keep(engine, 'a'))).toContain('did not say whether this was saved');
    await ask('alter system reset synchronous_standby_names');
    await ask('select pg_reload_conf()');
    expect(await keep(engine, 'b')).toBe('b');
  });

  it('killed three times under load: nothing lost, nothing doubled, and it goes on within five seconds', async () => {
    const { url, ask, kill, restart } = await server();
    const engine = await engineAt(`${url}/postgres`);
    const saved: string[] = [];
    const refused: string[] = [];
    const ending = new AbortController();
    const client = async (which: number) => {
      for (let at = 0; !ending.signal.aborted; at += 1) {
        const name = `${which}-${at}`;
        await keep(engine, name).then(
          () => saved.push(name),
          (error: unknown) => refused.push(String(error)),
        );
      }
    };
    const clients = Array.from({ length: 16 }, async (_, which) => await client(which));
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
    ending.abort();
    await Promise.all(clients);
    const there = (await ask('select name from host_secrets')).map((row) => JSON.stringify(row)).toSorted();
    expect(Math.max(...took)).toBeLessThan(5000);
    expect(there).toEqual(saved.map((name) => JSON.stringify({ name })).toSorted());
    expect(refused.filter((each) => !each.startsWith('Problem'))).toEqual([]);
  });
});

it.each(['begin', 'silence'] as const)('a close ends in time, though a %s has no answer', async (lost) => {
  const place = { folder: tempFolder() };
  await (await postgres.open(place)).close();
  const line = await lineTo(addressOf(place));
  const engine = await openPostgres(line.url);
  await keep(engine, 'a');
  line.lose(lost);
  let begun = 0;
  const write = refusalOf(keep(engine, 'b', () => void (begun += 1)));
  if (lost === 'silence') await until(() => begun > 0);
  const began = performance.now();
  await engine.close();
  expect(performance.now() - began).toBeLessThan(3000);
  expect(await write).toContain(lost === 'begin' ? 'is shutting down' : 'did not say whether this was saved');
  expect(performance.now() - began).toBeLessThan(4000);
});
