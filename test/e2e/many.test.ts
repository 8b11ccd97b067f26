// Several processes of the built program on one PostgreSQL database, behind one address: every request goes to the next of
// them, so that each step lands in another process than the step before.
import { Client as LegacyClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as LegacyTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema, ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { expect, onTestFinished, test } from 'vitest';
import { inTurn } from '../support/in-turn.ts';
import { refresh, signedInTokens, type Tokens } from '../support/oauth.ts';
import { database } from '../support/postgres-database.ts';
import { home, run } from '../support/program.ts';
import { read } from '../support/read.ts';
import { moveIn, serve, setUp } from '../support/served-program.ts';
import { rpcRequest, Visitor } from '../support/site.ts';
import { until } from '../support/time.ts';

async function two() {
  const { owner, server } = await database();
  const folder = home();
  const env = { DATABASE_URL: server };
  const asOperator = { ...env, JOBWRIGHT_MIGRATE_URL: owner };
  const { token, invitation } = await setUp(folder, asOperator);
  const front = await inTurn();
  const both = await Promise.all([0, 1].map(async () => await serve(folder, { url: front.url, env })));
  front.ports.push(...both.map(({ port }) => port));
  const call = async (held: string, name: string, args: object) => {
    const answer = await front.get('/mcp', rpcRequest(held, 'tools/call', { name, arguments: args }, {}));
    return await answer.text();
  };
  return { folder, env, token, invitation, front, both, call };
}

/** A client of the earlier era, whose person says yes. */
async function oldDesk(url: string, token: string) {
  const client = new LegacyClient({ name: 'old-desk', version: '1.2.3' }, { capabilities: { elicitation: {} } });
  const asked: string[] = [];
  const told = { times: 0 };
  client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
    asked.push(params.message);
    return { action: 'accept', content: { yes: true } };
  });
  client.setNotificationHandler(ToolListChangedNotificationSchema, () => void (told.times += 1));
  await client.connect(
    new LegacyTransport(new URL('/mcp', url), { requestInit: { headers: { authorization: `Bearer ${token}` } } }),
  );
  onTestFinished(async () => await client.close());
  return { client, asked, told };
}

test('two processes on one database are one server', { timeout: 120_000 }, async () => {
  const { folder, env, token, invitation, front, both, call } = await two();
  // Signing in, consent, code and refresh.
  await moveIn(front, invitation);
  const { clientId, ...first } = await signedInTokens(front, 'maria');
  const renewed = (await (await refresh(front, clientId, first.refresh_token)).json()) as Tokens;
  const held = renewed.access_token;
  expect(await call(held, 'create-customer', { name: 'Walt Brannigan' })).toContain('C-1');

  // Links: a file that comes by one, and goes by another.
  const upload = await call(held, 'attach-file', { customer: 'C-1', kind: 'document' });
  const [uploadPath = ''] = /\/upload\/[\w-]{43}/.exec(upload) ?? [];
  const headers = { authorization: `Bearer ${held}`, 'content-type': 'text/plain' };
  expect((await front.get(uploadPath, { method: 'POST', body: 'Gate code 7741', headers })).status).toBe(201);
  expect((await front.get(uploadPath, { method: 'POST', body: 'again', headers })).status).toBe(404);
  const fetched = await call(held, 'fetch', { id: 'F-1' });
  const [downloadPath = ''] = /\/download\/[\w-]{43}/.exec(fetched) ?? [];
  expect(await (await front.get(downloadPath, { headers })).text()).toBe('Gate code 7741');

  // An earlier era's client: its session, questions to its person, and word of what a third process changed.
  const desk = await oldDesk(front.url, token);
  for (const phone of ['512-555-0101', '512-555-0102', '512-555-0103']) {
    const changed = await desk.client.callTool({ name: 'update-customer', arguments: { customer: 'C-1', phone } });
    expect(JSON.stringify(changed)).toContain(phone);
  }
  expect(desk.asked).toHaveLength(3);
  const template = await run(folder, ['call', 'update-account', '{"template":"hvac"}', '--account', '1'], env);
  expect(template.code).toBe(0);
  await until(() => desk.told.times > 0);

  // A yes of the person's own, on a page, and the paper as a PDF.
  const lines = [{ description: 'Roof', quantity: 1, unitPrice: 100 }];
  const [invoice = ''] = /INV-\d+/.exec(await call(held, 'create-invoice', { customer: 'C-1', lines })) ?? [];
  await desk.client.callTool({ name: 'update-account', arguments: { confirmBy: 'person' } });
  const waits = await call(held, 'update-invoice', { invoice, status: 'void', voidReason: 'Mistyped' });
  expect(waits).toContain('/confirm/');
  const [confirmPath = ''] = /\/confirm\/[\w-]{43}/.exec(waits) ?? [];
  const browser = new Visitor(front.url);
  await browser.open(confirmPath);
  await browser.signIn('maria');
  await browser.send({});
  expect([browser.status, read(browser.html)]).toEqual([200, expect.stringContaining(`Done Voided ${invoice}`)]);
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const pdf = await front.get(`/a/1/${invoice}/pdf`, { headers: { cookie } });
  expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);

  // One of them tidied, and where one is killed the other goes on with all of it.
  const sweeps = () => both.flatMap((each) => each.log().match(/swept: \d+ ended sign-ins/g) ?? []);
  await until(() => sweeps().length > 0);
  await both[0]?.end('SIGKILL');
  front.ports.splice(0, 1);
  expect(await call(held, 'get-customer', { customer: 'C-1' })).toContain('512-555-0103');
  const after = await desk.client.callTool({ name: 'get-customer', arguments: { customer: 'C-1' } });
  expect(JSON.stringify(after)).toContain('512-555-0103');
  expect((await refresh(front, clientId, renewed.refresh_token)).status).toBe(200);
  expect(sweeps()).toHaveLength(1);
  expect(await both[1]?.end('SIGTERM')).toBe(0);
});
