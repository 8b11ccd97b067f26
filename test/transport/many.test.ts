// Two servers on one book, as two processes are: each has its own memory and its own connections.
import { expect, it } from 'vitest';
import { setPlan } from '../../src/services/account/account.ts';
import { companyIn, emailOf, LOPEZ } from '../support/company.ts';
import { listen, listenInSession, META } from '../support/listeners.ts';
import { openSite, UNLIMITED, type Served } from '../support/site.ts';
import { until } from '../support/time.ts';

type Options = NonNullable<Parameters<typeof openSite>[0]>;

/** Behind one address. */
async function openTwo(options: Options = {}): Promise<readonly [Served, Served]> {
  const one = await openSite(options);
  const company = await companyIn(one.folder, one.members);
  return [one, await openSite({ ...options, company, publicUrl: one.url })];
}

const OFTEN = { looks: { everyMs: 100, heardEveryMs: 60_000 } };
const TODAY = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': 'update-account' };

it('whoever listens to either is told once that their lists are others, and nobody else is', async () => {
  const [one, other] = await openTwo(OFTEN);
  const [maria, boris] = [await one.token('maria'), await one.token('boris')];
  const listeners = [
    await listen(one, maria),
    await listen(other, maria),
    await listenInSession(one, maria),
    await listenInSession(other, maria),
  ];
  const stranger = await listen(other, boris);
  const told = () => listeners.map(({ heard }) => heard.text.split('tools/list_changed').length - 1);
  const changed = await one.rpc(
    maria,
    'tools/call',
    { name: 'update-account', arguments: { template: 'sales-pipeline' }, _meta: META },
    TODAY,
  );
  expect(await changed.text()).toContain('sales-pipeline');
  await until(() => told().every((times) => times > 0));
  // By a command of the operator, which is a process of its own.
  await setPlan(other.app.store, { accountId: LOPEZ, plan: 'free', actor: 'operator' });
  await until(() => told().every((times) => times > 1));
  expect(told()).toEqual([2, 2, 2, 2]);
  expect(stranger.heard.text).not.toContain('list_changed');
});

it('wrong passwords from one address are counted over both', async () => {
  const [one, other] = await openTwo({ passwords: ['maria'], rates: { ...UNLIMITED, failures: 3 } });
  const body = new URLSearchParams({ email: emailOf('maria'), password: 'not this one' });
  const headers = { origin: one.url };
  const tries: number[] = [];
  for (const site of [one, other, one, other, one])
    tries.push((await site.get('/sign-in', { method: 'POST', headers, body })).status);
  expect(tries).toEqual([401, 401, 401, 429, 429]);
});
