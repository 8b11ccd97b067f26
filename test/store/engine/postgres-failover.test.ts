// Two servers, of which one copies the other and takes its place: what was acknowledged is there, once.
import { expect, it } from 'vitest';
import { openPostgres } from '../../../src/store/engine/postgres.ts';
import { whenDone } from '../../support/ending.ts';
import { loadOn, ROWS, valuesIn } from '../../support/engines/postgres-rows.ts';
import { askServer as ask, primaryAndStandby } from '../../support/postgres-database.ts';
import type { TestServer } from '../../support/postgres-server.ts';
import { until } from '../../support/time.ts';

async function pair(isWaited?: boolean) {
  const { primary, standby, hosts } = await primaryAndStandby(isWaited);
  const engine = await openPostgres(`postgres://postgres:postgres@${hosts}/postgres`);
  whenDone(async () => await engine.close());
  return { primary, standby, load: loadOn(engine) };
}

/** @returns in how many milliseconds it takes writes again */
async function promoted(server: TestServer, saved: readonly string[]): Promise<number> {
  await ask(server, 'select pg_promote()');
  const [began, before] = [performance.now(), saved.length];
  await until(() => saved.length > before + 16, { within: 60_000 });
  return performance.now() - began;
}

async function lostOn(server: TestServer, saved: readonly string[]): Promise<string[]> {
  const there = valuesIn(await ask(server, ROWS));
  const kept = new Set(there);
  expect(kept.size).toBe(there.length);
  return saved.filter((value) => !kept.has(value));
}

/** Brings it back from a kill. */
async function answersAgain(server: TestServer): Promise<void> {
  // It never says that it takes writes.
  void server.restart().catch(() => undefined);
  await until(
    async () =>
      await ask(server, 'select 1').then(
        () => true,
        () => false,
      ),
    { within: 60_000 },
  );
}

it('the one that takes writes is killed under load: nothing lost, nothing doubled, back within ten seconds', {
  timeout: 180_000,
}, async () => {
  const { primary, standby, load } = await pair();
  await until(() => load.saved.length > 100);
  await primary.kill();
  const took = await promoted(standby, load.saved);
  await load.end();
  expect(took).toBeLessThan(10_000);
  expect(await lostOn(standby, load.saved)).toEqual([]);
});

it('the copy is killed first and COMMITs wait for it, then the other: what nobody had is not acknowledged', {
  timeout: 180_000,
}, async () => {
  const { primary, standby, load } = await pair();
  await until(() => load.saved.length > 100);
  await standby.kill();
  await until(
    async () => (await ask(primary, "select 1 from pg_stat_activity where wait_event = 'SyncRep'")).length > 0,
  );
  await primary.kill();
  await answersAgain(standby);
  const took = await promoted(standby, load.saved);
  await load.end();
  expect(took).toBeLessThan(10_000);
  expect(await lostOn(standby, load.saved)).toEqual([]);
});

it('the control: where no COMMIT waits for the copy, what the copy never had is lost', {
  timeout: 180_000,
}, async () => {
  const { primary, standby, load } = await pair(false);
  await until(() => load.saved.length > 100);
  await standby.kill();
  const had = load.saved.length;
  await until(() => load.saved.length > had + 100);
  await primary.kill();
  await answersAgain(standby);
  await promoted(standby, load.saved);
  await load.end();
  expect((await lostOn(standby, load.saved)).length).toBeGreaterThan(50);
});
