// Two servers on one book, as two processes are: each has its own memory and its own connections.
import { Client as LegacyClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as LegacyTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { expect, it, onTestFinished } from 'vitest';
import { inviteMember, removeMember, setRole } from '../../src/services/access/people.ts';
import { createAccessToken, listAccessTokens, revokeAccessToken } from '../../src/services/access/tokens.ts';
import { addAccount, setPlan } from '../../src/services/account/account.ts';
import { companyIn, emailOf, LOPEZ } from '../support/company.ts';
import { listen, listenInSession, META } from '../support/listeners.ts';
import { openSite, UNLIMITED, type Served } from '../support/site.ts';
import { rowsOf } from '../support/store.ts';
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

/** A client of the earlier era, each of whose requests goes to the other server than the one before. */
async function oldDesk(sites: readonly [Served, Served], token: string, person?: { says: boolean; asked: number }) {
  const client = new LegacyClient(
    { name: 'old-desk', version: '1.2.3' },
    { capabilities: person === undefined ? {} : { elicitation: {} } },
  );
  if (person !== undefined)
    client.setRequestHandler(ElicitRequestSchema, () => {
      person.asked += 1;
      return { action: 'accept', content: { yes: person.says } };
    });
  let turn = 0;
  const went: string[] = [];
  const transport = new LegacyTransport(new URL('/mcp', sites[0].url), {
    requestInit: { headers: { authorization: `Bearer ${token}` } },
    fetch: async (_, init) => {
      const site = sites[(turn += 1) % 2 === 0 ? 0 : 1];
      went.push(site.local);
      return await fetch(new URL('/mcp', site.local), init);
    },
  });
  await client.connect(transport);
  onTestFinished(async () => await client.close());
  return { client, transport, went };
}

const textOf = (result: object) => JSON.stringify(result);

it("an earlier era's session goes on at either, and with the same rights", async () => {
  const sites = await openTwo();
  const { client, transport, went } = await oldDesk(sites, await sites[0].token('maria'));
  await client.callTool({ name: 'create-customer', arguments: { name: 'Dana Henderson' } });
  for (let each = 0; each < 4; each += 1) {
    const got = await client.callTool({ name: 'get-customer', arguments: { customer: 'C-1' } });
    expect(textOf(got)).toContain('Dana Henderson');
  }
  expect(new Set(went).size).toBe(2);
  expect((await client.listTools()).tools.length).toBeGreaterThan(20);
  const [entry] = await rowsOf(sites[0], 'select client from changes order by change_number desc limit 1');
  expect(entry).toEqual({ client: 'old-desk 1.2.3' });
  // Somebody else's it is at neither.
  const id = transport.sessionId ?? '';
  const headers = { 'mcp-session-id': id, 'mcp-protocol-version': '2025-11-25' };
  for (const site of sites) {
    const token = await site.token('boris');
    expect((await site.rpc(token, 'tools/list', {}, headers)).status).toBe(404);
    expect((await site.rpc(token, 'tools/list', {}, { ...headers, 'mcp-session-id': 'made-up' })).status).toBe(404);
  }
});

it("an earlier era's session that its client closed at one goes on at neither", async () => {
  const [one, other] = await openTwo();
  const token = await one.token('maria');
  const transport = new LegacyTransport(new URL('/mcp', one.local), {
    requestInit: { headers: { authorization: `Bearer ${token}` } },
  });
  const client = new LegacyClient({ name: 'old-desk', version: '1.2.3' });
  await client.connect(transport);
  const headers = { 'mcp-session-id': transport.sessionId ?? '', 'mcp-protocol-version': '2025-11-25' };
  await transport.terminateSession();
  await client.close();
  for (const site of [one, other]) expect((await site.rpc(token, 'tools/list', {}, headers)).status).toBe(404);
});

it.each([true, false])('an answer of %s that comes to the other server reaches the one that asked', async (says) => {
  const sites = await openTwo();
  const person = { says, asked: 0 };
  const { client } = await oldDesk(sites, await sites[0].token('maria'), person);
  await client.callTool({ name: 'create-customer', arguments: { name: 'Dana', phone: '512-555-0100' } });
  const phones = ['512-555-0101', '512-555-0102', '512-555-0103'];
  for (const phone of phones) {
    const changed = await client.callTool({ name: 'update-customer', arguments: { customer: 'C-1', phone } });
    expect(textOf(changed)).toContain(says ? phone : 'the person said no');
  }
  expect(person.asked).toBe(3);
});

it('what is changed at one is so at the other, once what it believes has ended', async () => {
  const [one, other] = await openTwo({ believedMs: 100 });
  const statusOf = async (token: string) => (await other.rpc(token, 'tools/list')).status;
  const [olga, tom, maria] = [await one.token('olga'), await one.token('tom'), await one.token('maria')];
  for (const token of [olga, tom, maria]) expect(await statusOf(token)).toBe(200);
  // A token that is revoked, somebody who is taken out, and one who may do less.
  const [{ id } = { id: 0 }] = (await listAccessTokens(one.directory, LOPEZ)).filter(
    ({ personId }) => personId === one.member('olga').personId,
  );
  await revokeAccessToken(one.directory, { accountId: LOPEZ, id });
  await removeMember(one.directory, one.member('tom'));
  await until(async () => (await statusOf(olga)) === 401 && (await statusOf(tom)) === 401);
  const names = async () => await (await other.rpc(maria, 'tools/list')).text();
  expect(await names()).toContain('create-invoice');
  await setRole(one.directory, { ...one.member('nina'), role: 'owner' });
  await setRole(one.directory, { ...one.member('maria'), role: 'crew' });
  await until(async () => !(await names()).includes('create-invoice'));
  // A plan, and an account that was not there: nothing of either is kept in memory.
  const profit = { name: 'profit-report', arguments: { by: 'job' } };
  const nina = await one.token('nina');
  expect(await (await other.rpc(nina, 'tools/call', profit)).text()).not.toContain('isError');
  await setPlan(one.app.store, { accountId: LOPEZ, plan: 'free', actor: 'operator' });
  expect(await (await other.rpc(nina, 'tools/call', profit)).text()).toMatch(/plan.*isError/);
  const terms = {
    currency: 'USD',
    timeZone: 'America/Chicago',
    plan: 'pro',
    template: 'hvac',
    samples: false,
  } as const;
  const accountId = await addAccount(one.directory, one.app.store, {
    ...{ ...terms, name: 'Third House', actor: 'operator' },
  });
  const { member } = await inviteMember(one.directory, {
    ...{ accountId, email: 'ann@example.com', name: 'Ann', role: 'owner' },
  });
  const { secret } = await createAccessToken(one.directory, {
    ...{ member, name: 'Cursor', scopes: ['books:read'], expiresAt: null },
  });
  expect(await statusOf(secret)).toBe(200);
});
