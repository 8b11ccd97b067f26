// Word of what other processes commit: when it comes, and that nobody depends on it.
import { expect, it } from 'vitest';
import { says } from '../../../src/domain/message.ts';
import { setPlan } from '../../../src/services/account/account.ts';
import type { Engine, Subscription } from '../../../src/store/database.ts';
import { Directory } from '../../../src/store/directory/directory.ts';
import { openPostgres } from '../../../src/store/engine/postgres.ts';
import { Store } from '../../../src/store/scope.ts';
import { ListChanges } from '../../../src/transport/http/list-changes.ts';
import { LOPEZ, openCompany, type Company } from '../../support/company.ts';
import { whenDone } from '../../support/ending.ts';
import { addressOf, engineAt } from '../../support/engines/postgres.ts';
import { alteredLine } from '../../support/engines/postgres-line.ts';
import { behind, rowsOf, valueOf } from '../../support/store.ts';
import { letPass, until } from '../../support/time.ts';

function listenOn(engine: Engine): { readonly heard: (number | null)[]; readonly listening: Subscription } {
  const heard: (number | null)[] = [];
  const listening = engine.listen?.((account) => void heard.push(account));
  if (listening === undefined) throw new Error('PostgreSQL says nothing');
  whenDone(() => listening.close());
  return { heard, listening };
}

const turnTo = async ({ app: { store } }: Pick<Company, 'app'>, plan: 'free' | 'pro' | 'team') =>
  await setPlan(store, { accountId: LOPEZ, plan, actor: 'operator' });

const LISTENERS =
  "select pid from pg_stat_activity where application_name = 'jobwright notices' and datname = current_database()";

it('what another process commits is heard, and what came to nothing is not', async () => {
  const company = await openCompany();
  const { heard, listening } = listenOn(await engineAt(addressOf(company)));
  await until(() => listening.isHearing());
  const author = { actor: 'a', client: 'b', tool: 'c' };
  const undone = company.app.store.write(
    LOPEZ,
    author,
    async ({ journal }) => {
      await journal.update('accounts', {}, { plan: 'free' });
      throw new Error('changed my mind');
    },
    () => says('log.account-opened'),
  );
  await expect(undone).rejects.toThrow('changed my mind');
  await company.ok('maria', 'create-customer', { name: 'Dana Henderson' });
  await turnTo(company, 'pro');
  await until(() => heard.length > 1);
  expect(heard).toEqual([null, LOPEZ]);
});

it('a connection that is lost is made anew, and what was missed meanwhile is looked for', async () => {
  const company = await openCompany();
  const { heard, listening } = listenOn(await engineAt(addressOf(company)));
  await until(() => listening.isHearing());
  const [{ pid } = {}] = await rowsOf(company, LISTENERS);
  await behind(company, async (raw) => await raw.rows('select pg_terminate_backend(?::int)', Number(pid)));
  await until(() => !listening.isHearing());
  await turnTo(company, 'pro');
  await until(() => listening.isHearing());
  expect(heard).toEqual([null, null]);
  await turnTo(company, 'team');
  await until(() => heard.length > 2);
  expect(heard).toEqual([null, null, LOPEZ]);
});

it.each([
  ['refuses LISTEN', 'listem jobwright'],
  ['takes LISTEN and passes nothing on', 'listen nobodysai'],
])('a database that %s: whoever listens is told all the same', async (_, becomes) => {
  const company = await openCompany();
  const line = await alteredLine(addressOf(company), 'listen jobwright', becomes);
  const engine = await engineAt(line.url);
  const told: number[] = [];
  const listeners = { accounts: () => [LOPEZ], tell: (account: number) => void told.push(account) };
  const changes = new ListChanges(new Directory(engine), listeners, { everyMs: 50, heardEveryMs: 60_000 });
  whenDone(async () => await changes.close());
  await changes.follow(LOPEZ);
  await turnTo(company, 'pro');
  await until(() => told.length > 0);
  await letPass(200, 'nobody is told twice');
  expect(told).toEqual([LOPEZ]);
  const { heard, listening } = listenOn(engine);
  await until(async () => Number(await valueOf(company, `select count(*) from (${LISTENERS}) as l`)) === 0);
  expect([heard, listening.isHearing()]).toEqual([[], false]);
});

it('a write is kept where the database sends no word at all', async () => {
  const company = await openCompany();
  const line = await alteredLine(addressOf(company), 'pg_notify', 'pg_notifx');
  const store = new Store(await engineAt(line.url));
  await setPlan(store, { accountId: LOPEZ, plan: 'pro', actor: 'operator' });
  expect(await valueOf(company, 'select plan from accounts where account_id = ?', LOPEZ)).toBe('pro');
});

it('a listening connection ends with the books', async () => {
  const company = await openCompany();
  const engine = await openPostgres(addressOf(company));
  const listening = engine.listen?.(() => undefined);
  await until(() => listening?.isHearing() === true);
  listening?.close();
  await engine.close();
  await until(async () => (await rowsOf(company, LISTENERS)).length === 0);
  expect(listening?.isHearing()).toBe(false);
});
