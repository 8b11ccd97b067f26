// The built program as a company's server with sign-in: what an operator gets who sets it up on an empty folder.
import { once } from 'node:events';
import { Agent, request, type ClientRequest, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { Client } from '@modelcontextprotocol/client';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { emailOf, passwordOf, PEOPLE } from '../support/company.ts';
import {
  authorizePath,
  consent,
  pkce,
  refresh,
  register,
  signedInTokens,
  trade,
  type Reached,
  type Tokens,
} from '../support/oauth.ts';
import { inTurn } from '../support/in-turn.ts';
import { home, run } from '../support/program.ts';
import { moveIn, serve, setUp, type Program } from '../support/served-program.ts';
import { Visitor } from '../support/site.ts';
import { behind } from '../support/store.ts';
import { letPass, until } from '../support/time.ts';

const PROFIT = '7787.60';
const getJob = ['tools/call', { name: 'get-job', arguments: { job: 'roof replacement' } }] as const;

describe('a server that was just set up', () => {
  it('leads from its first refusal to where one signs in', async () => {
    const folder = home();
    await setUp(folder);
    const server = await serve(folder);
    const refused = await server.rpc(null, 'tools/list');
    expect(refused.status).toBe(401);
    const [, address = ''] = /resource_metadata="([^"]+)"/.exec(refused.headers.get('www-authenticate') ?? '') ?? [];
    const resource = (await (await server.get(address)).json()) as { authorization_servers: string[] };
    expect(resource).toMatchObject({ resource: `${server.url}/mcp`, authorization_servers: [server.url] });
    const [issuer = ''] = resource.authorization_servers;
    const metadata = await (await server.get(`${issuer}/.well-known/oauth-authorization-server`)).json();
    expect(metadata).toMatchObject({
      ...{ issuer, authorization_endpoint: `${issuer}/oauth/authorize`, token_endpoint: `${issuer}/oauth/token` },
      ...{ registration_endpoint: `${issuer}/oauth/register`, client_id_metadata_document_supported: true },
    });
  });

  it('answers a client that has a personal token', async () => {
    const folder = home();
    const { token } = await setUp(folder);
    const server = await serve(folder);
    const desk = new Client({ name: 'desk', version: '1' }, { versionNegotiation: { mode: 'auto' } });
    const requestInit = { headers: { authorization: `Bearer ${token}` } };
    await desk.connect(new StreamableHTTPClientTransport(new URL('/mcp', server.url), { requestInit }));
    onTestFinished(async () => await desk.close());
    const answer = await desk.callTool({ name: 'get-job', arguments: { job: 'roof replacement' } });
    expect(JSON.stringify(answer)).toContain(PROFIT);
  });

  it('lets an assistant in when its owner says so', async () => {
    const folder = home();
    const { invitation } = await setUp(folder);
    const server = await serve(folder);
    await moveIn(server, invitation);
    const { clientId, ...first } = await signedInTokens(server, 'maria');
    expect(await (await server.rpc(first.access_token, ...getJob)).text()).toContain(PROFIT);
    const second = (await (await refresh(server, clientId, first.refresh_token)).json()) as Tokens;
    expect(await (await server.rpc(second.access_token, ...getJob)).text()).toContain(PROFIT);
  });

  it('takes no assistants that it does not know where that is switched off', async () => {
    const folder = home();
    await setUp(folder);
    const server = await serve(folder, { argv: ['--no-registration', '--no-client-documents'] });
    expect((await server.get('/oauth/register', { method: 'POST', body: '{}' })).status).toBe(404);
    const metadata = await (await server.get('/.well-known/oauth-authorization-server')).json();
    expect(metadata).not.toHaveProperty('registration_endpoint');
    expect(metadata).not.toHaveProperty('client_id_metadata_document_supported');
  });

  it('lets pages of the origins that were named call it, and no others', async () => {
    const folder = home();
    const { token } = await setUp(folder);
    const server = await serve(folder, { argv: ['--origins', 'https://a.example'] });
    const from = (origin: string) => ({ origin });
    const answer = await server.rpc(token, 'tools/list', {}, from('https://a.example'));
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, 'https://a.example']);
    for (const origin of ['https://b.example', 'https://a.example.evil.example', 'http://a.example', 'null'])
      expect((await server.rpc(token, 'tools/list', {}, from(origin))).status).toBe(403);
    const asks = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' };
    const before = async (origin: string) =>
      await server.get('/mcp', { method: 'OPTIONS', headers: { origin, ...asks } });
    const allowed = await before('https://a.example');
    expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([204, 'https://a.example']);
    expect(allowed.headers.get('access-control-allow-methods')).toContain('POST');
    for (const header of ['authorization', 'content-type', 'mcp-session-id', 'mcp-protocol-version', 'mcp-method'])
      expect(allowed.headers.get('access-control-allow-headers')?.split(', ')).toContain(header);
    expect((await before('https://b.example')).status).toBe(403);
  });
});

describe('two processes behind one address', () => {
  it('are one server: what one began the other goes on with, from the invitation to the call', async () => {
    const folder = home();
    const { token, invitation } = await setUp(folder);
    const front = await inTurn();
    const both = await Promise.all([serve(folder, { url: front.url }), serve(folder, { url: front.url })]);
    front.ports.push(...both.map(({ port }) => port));
    // Each step lands in the other process than the step before.
    await moveIn(front, invitation);
    const { clientId, access_token, refresh_token } = await signedInTokens(front, 'maria');
    for (const each of both)
      for (const held of [access_token, token])
        expect(await (await each.rpc(held, ...getJob)).text()).toContain(PROFIT);
    const [one, other] = both;
    const renewed = (await (await refresh(one, clientId, refresh_token)).json()) as Tokens;
    const again = (await (await refresh(other, clientId, renewed.refresh_token)).json()) as Tokens;
    for (const each of both) expect((await each.rpc(again.access_token, 'tools/list')).status).toBe(200);
    // The same again is noticed by whichever process it comes to.
    expect((await refresh(other, clientId, refresh_token)).status).toBe(400);
    expect((await one.rpc(renewed.access_token, 'tools/list')).status).toBe(401);
    const noted = other
      .log()
      .split('\n')
      .filter((line) => line.includes('security: '));
    expect(noted.map((line) => JSON.parse(line) as Line)).toMatchObject([
      { account: 1, person: expect.stringMatching(/^p_/) },
    ]);
  });

  it('give one answer to all who renew at once, and lose none when one of them is killed', async () => {
    const folder = home();
    const { invitation } = await setUp(folder);
    const front = await inTurn();
    const open = async () => await serve(folder, { url: front.url });
    const both = [await open(), await open()];
    front.ports.push(...both.map(({ port }) => port));
    await moveIn(front, invitation);
    const first = await signedInTokens(front, 'maria');
    const { clientId } = first;
    let token = first.refresh_token;
    for (let round = 0; round < 10; round += 1) {
      const all = await Promise.all(
        [...both, ...both, ...both].map(async (each) => await refresh(each, clientId, token)),
      );
      expect(all.map(({ status }) => status)).toEqual(all.map(() => 200));
      const given = await Promise.all(all.map(async (answer) => (await answer.json()) as Tokens));
      expect(new Set(given.map(({ refresh_token }) => refresh_token)).size).toBe(1);
      token = given[0]?.refresh_token ?? '';
      for (const each of both) expect((await each.rpc(given[0]?.access_token ?? '', 'tools/list')).status).toBe(200);
    }
    for (const ms of [0, 4, 8, 12]) {
      const [ending, staying] = [await open(), both[0] ?? (await open())];
      const lost = refresh(ending, clientId, token).then(
        (answer) => answer.status,
        () => null,
      );
      await letPass(ms, 'a kill falls into several moments of the renewal');
      await ending.end('SIGKILL');
      await lost;
      const renewed = await refresh(staying, clientId, token);
      expect(renewed.status).toBe(200);
      token = ((await renewed.json()) as Tokens).refresh_token;
    }
  });

  it('keep what they gave out when they are killed', async () => {
    const folder = home();
    const { token, invitation } = await setUp(folder);
    const front = await inTurn();
    const before = await serve(folder, { url: front.url });
    front.ports.push(before.port);
    const browser = await moveIn(front, invitation);
    const { clientId, access_token, refresh_token } = await signedInTokens(front, 'maria');
    // A sign-in that is half done.
    const { verifier, challenge } = pkce();
    const halfway = new Visitor(front.url);
    await halfway.open(authorizePath(front, { clientId }, challenge));
    await halfway.signIn('maria');
    expect(await before.end('SIGKILL')).toBeNull();
    const after = await serve(folder, { url: front.url });
    front.ports.splice(0, 1, after.port);
    for (const held of [access_token, token]) expect(await (await after.rpc(held, ...getJob)).text()).toContain(PROFIT);
    await browser.open('/a/1/J-S4');
    expect(browser.html).toContain(PROFIT);
    const to = new URL((await halfway.send({ do: 'allow', scope: [] })) ?? 'about:blank');
    expect(await trade(front, clientId, { code: to.searchParams.get('code') ?? '', verifier })).toHaveProperty(
      'access_token',
    );
    const renewed = (await (await refresh(after, clientId, refresh_token)).json()) as Tokens;
    expect((await after.rpc(renewed.access_token, 'tools/list')).status).toBe(200);
  });
});

type Line = { msg: string; requestId?: string; traceId?: string; account?: number; person?: string } & Record<
  string,
  unknown
>;

/** Everything that was asked of a server in one trace. */
function traced(server: Program, traceId: string) {
  const headers = { traceparent: `00-${traceId}-b7ad6b7169203331-01` };
  const sent = { count: 0 };
  const get: Reached['get'] = async (path, init = {}) => {
    sent.count += 1;
    return await server.get(path, {
      ...init,
      headers: { ...Object.fromEntries(new Headers(init.headers)), ...headers },
    });
  };
  return {
    ...{ url: server.url, get, sent },
    call: async (token: string, name: string, args: object) => {
      sent.count += 1;
      return await (await server.rpc(token, 'tools/call', { name, arguments: args }, headers)).text();
    },
  };
}

describe('the log', () => {
  it('has every request under its numbers, and nothing that anybody wrote, holds or is called', async () => {
    const folder = home();
    const { token, invitation } = await setUp(folder);
    const server = await serve(folder);
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const asked = traced(server, traceId);

    const walked = server.log().length;
    const browser = await moveIn(asked, invitation);
    const clientId = await register(asked, { client_name: 'Quixote Desk' });
    const granted = await consent(asked, { clientId }, 'maria');
    const tokens = await trade(asked, clientId, granted);
    const renewed = (await (await refresh(asked, clientId, tokens.refresh_token)).json()) as Tokens;
    const bad = new Visitor(server.url);
    await bad.open('/sign-in');
    await bad.send({ email: 'stranger@elsewhere.example', password: 'hunter2 hunter2 hunter2' });
    expect(bad.status).toBe(401);

    const dana = {
      ...{ name: 'Dana Henderson', email: 'dana@canary.example', phone: '+1 512 555 0143' },
      address: '47 Larkspur Way, Austin',
    };
    const added = await asked.call(renewed.access_token, 'create-customer', dana);
    expect(added).toContain('C-1');
    const line = { description: 'Copper flashing', quantity: 1, unitPrice: '4321.09' };
    expect(await asked.call(token, 'create-invoice', { customer: 'C-1', lines: [line] })).toContain('4321.09');
    expect(await asked.call(token, 'get-job', { job: 'the Zanzibar job' })).toContain('Zanzibar');
    expect(await asked.call(token, 'create-customer', { surname: 'Wetherby' })).toContain('surname');
    await asked.call('jobwright_pat_wrong-wrong-wrong', 'get-job', { job: 'J-S4' });
    const upload = await asked.call(token, 'attach-file', { customer: 'C-1', kind: 'document' });
    const [uploadPath = ''] = /\/upload\/[\w-]{43}/.exec(upload) ?? [];
    const sent = await asked.get(uploadPath, {
      ...{ method: 'POST', body: 'Gate code 7741' },
      headers: { authorization: `Bearer ${token}`, 'content-type': 'text/plain' },
    });
    expect(sent.status).toBe(201);
    const fetched = await asked.call(token, 'fetch', { id: 'F-1' });
    const [downloadPath = ''] = /\/download\/[\w-]{43}/.exec(fetched) ?? [];
    const got = await asked.get(downloadPath, { headers: { authorization: `Bearer ${token}` } });
    expect(await got.text()).toBe('Gate code 7741');
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    for (const path of ['/a/1/INV-1001', '/a/1/INV-1001/pdf', '/a/1?q=Henderson'])
      expect((await asked.get(path, { headers: { cookie } })).status).toBe(200);
    for (const path of [`/invitation/${'s'.repeat(43)}`, '/a/2/INV-7', '/Brannigan'])
      await asked.get(path, { headers: { cookie } });

    // What is our own fault: two tables are gone.
    await behind({ folder: join(folder, 'book') }, async (raw) => {
      await raw.run('alter table customers rename to elsewhere');
      await raw.run('alter table sessions rename to gone');
    });
    expect(await asked.call(token, 'get-customer', { customer: 'C-1' })).toContain('Something went wrong');
    expect((await asked.get('/a/1/C-1', { headers: { cookie } })).status).toBe(500);
    expect(await server.end('SIGTERM')).toBe(0);

    const all = server.log();
    const lines = all
      .slice(walked)
      .split('\n')
      .filter((each) => each.startsWith('{'))
      .map((each) => JSON.parse(each) as Line);
    const requests = lines.filter(({ msg }) => msg === 'request');
    expect(new Set(requests.map(({ route }) => route))).toEqual(
      new Set(['/invitation', '/', '/a', '/oauth', '/sign-in', '/mcp', '/upload', '/download', 'other']),
    );
    // The person's own browser sends no trace.
    expect(requests.filter((each) => each.traceId === traceId)).toHaveLength(asked.sent.count);
    const answered = new Set(requests.flatMap(({ requestId }) => requestId ?? []));
    expect(answered.size).toBe(requests.length);
    const calls = lines.filter(({ msg }) => msg === 'call');
    expect(calls.length).toBeGreaterThan(8);
    for (const call of calls) expect(answered).toContain(call.requestId);
    const ofPrograms = calls.filter(({ requestId }) =>
      requests.some((each) => each.requestId === requestId && each['route'] === '/mcp'),
    );
    expect(ofPrograms.length).toBeGreaterThan(5);
    for (const call of ofPrograms) expect(call).toMatchObject({ account: 1, traceId });
    for (const { person } of ofPrograms) expect(person).toMatch(/^p_[a-z2-7]{12}$/);
    expect(lines.filter(({ msg }) => msg === 'a call failed')).toMatchObject([{ account: 1, traceId }]);
    expect(lines.filter(({ msg }) => msg === 'a page failed')).toMatchObject([{ traceId }]);

    const secrets = [token, invitation, uploadPath, downloadPath].map((each) => each.replace(/^\/\w+\//, ''));
    const held = [...browser.cookies.values(), ...granted.visitor.cookies.values(), ...bad.cookies.values()];
    const given = [tokens, renewed].flatMap((each) => [each.access_token, each.refresh_token]);
    const words = [
      ...[PEOPLE.maria.name, 'Maria', emailOf('maria'), passwordOf('maria'), 'Lopez', 'Quixote', 'Cursor'],
      ...['stranger', 'elsewhere.example', 'hunter2', 'Dana', 'Henderson', 'canary', '512 555', 'Larkspur', 'Austin'],
      ...['Copper', '4321', 'Zanzibar', 'Wetherby', 'Gate code', '7741', 'C-1', 'INV-', 'J-S4', 'F-1', 'Brannigan'],
      ...['127.0.0.1:', '::1', 'ffff:', 'pat_wrong', 's'.repeat(43), clientId, granted.code, granted.verifier],
    ];
    const canaries = [...secrets, ...held, ...given, ...words];
    expect(canaries).toEqual(canaries.map(() => expect.stringMatching(/^.{3}/)));
    // Ids and times are made of figures by chance, and of nothing that anybody wrote.
    const said = all.slice(walked).replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|"time":"?[\d.:TZ-]+/g, '');
    expect(said).not.toBe(all.slice(walked));
    expect(canaries.filter((each) => said.includes(each))).toEqual([]);
  });

  it('names no tool that there is not: what was called so is somebody’s own word', async () => {
    const folder = home();
    const { token } = await setUp(folder);
    const server = await serve(folder);
    const answer = await server.rpc(token, 'tools/call', { name: 'Yardley owes us', arguments: {} });
    expect(await answer.text()).toContain('Yardley');
    expect(await server.end('SIGTERM')).toBe(0);
    expect(server.log()).toContain('"msg":"request"');
    expect(server.log()).not.toContain('Yardley');
  });
});

/** A call whose head the server has taken, and whose body is still to come. */
async function begun(server: Program, agent: Agent, token: string, body: string): Promise<ClientRequest> {
  const call = request(new URL('/mcp', server.url), {
    method: 'POST',
    agent,
    headers: {
      ...{ authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...{ accept: 'application/json, text/event-stream', expect: '100-continue' },
      'content-length': Buffer.byteLength(body),
    },
  });
  call.flushHeaders();
  await once(call, 'continue');
  return call;
}

async function statusOf(call: ClientRequest): Promise<number | string> {
  try {
    const [answer] = (await once(call, 'response')) as [IncomingMessage];
    const words = await text(answer);
    return words.includes('"did"') ? (answer.statusCode ?? 0) : `${answer.statusCode} ${words}`;
  } catch (error) {
    return String(error);
  }
}

it('a line that is to be closed after the answer is closed, whichever revision is spoken', async () => {
  const folder = home();
  const { token } = await setUp(folder);
  const server = await serve(folder);
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
  for (const revision of ['2025-11-25', '2025-06-18']) {
    const call = request(new URL('/mcp', server.url), {
      method: 'POST',
      agent: false,
      headers: {
        ...{ authorization: `Bearer ${token}`, 'content-type': 'application/json', connection: 'close' },
        ...{ accept: 'application/json, text/event-stream', 'mcp-protocol-version': revision },
      },
    });
    call.end(body);
    const [answer] = (await once(call, 'response')) as [IncomingMessage];
    expect([answer.statusCode, answer.headers.connection]).toEqual([200, 'close']);
    await text(answer);
  }
});

describe('told to end', () => {
  const bodyOf = (name: string) =>
    JSON.stringify({
      ...{ jsonrpc: '2.0', id: 1, method: 'tools/call' },
      params: { name: 'create-customer', arguments: { name, evenIfSimilar: true } },
    });
  const NAMES = Array.from({ length: 20 }, (_, index) => `Customer ${String(index).padStart(2, '0')}`);

  const twenty = async () => {
    const folder = home();
    const { token } = await setUp(folder);
    const server = await serve(folder);
    const agent = new Agent({ keepAlive: true });
    onTestFinished(() => agent.destroy());
    const calls = await Promise.all(NAMES.map(async (name) => await begun(server, agent, token, bodyOf(name))));
    const statuses = calls.map(async (call) => await statusOf(call));
    const send = () => calls.forEach((call, index) => call.end(bodyOf(NAMES[index] ?? '')));
    return { folder, server, send, statuses };
  };
  const namesIn = async (folder: string) => {
    const { out } = await run(folder, ['call', 'list-customers', '{"limit":50}']);
    return NAMES.filter((name) => out.includes(name));
  };

  it('answers all of 20 calls that are under way, and keeps what they did', async () => {
    const { folder, server, send, statuses } = await twenty();
    send();
    await Promise.race(statuses);
    const started = Date.now();
    const ended = server.end('SIGTERM');
    expect(await Promise.all(statuses)).toEqual(NAMES.map(() => 200));
    expect(await ended).toBe(0);
    expect(Date.now() - started).toBeLessThan(10_000);
    expect(await namesIn(folder)).toEqual(NAMES);
  });

  it('waits for the rest of 20 calls whose head has come', async () => {
    const { folder, server, send, statuses } = await twenty();
    const started = Date.now();
    const ended = server.end('SIGTERM');
    // Once it takes no more, it has begun to end.
    for (let isOpen = true; isOpen; )
      isOpen = await server.get('/healthz').then(
        () => true,
        () => false,
      );
    send();
    expect(await Promise.all(statuses)).toEqual(NAMES.map(() => 200));
    expect(await ended).toBe(0);
    expect(Date.now() - started).toBeLessThan(10_000);
    expect(await namesIn(folder)).toEqual(NAMES);
  });

  it('ends soon, however many go on asking over lines that they keep open', async () => {
    const folder = home();
    const { token } = await setUp(folder);
    const server = await serve(folder);
    const others: string[] = [];
    let kept = 0;
    const goOn = async (caller: number) => {
      for (let each = 0; ; each += 1) {
        const call = { name: 'update-job', arguments: { job: 'J-S4', note: `Seen by ${caller}, ${each} times` } };
        const answer = await server.rpc(token, 'tools/call', call).catch(() => null);
        if (answer === null) return;
        const words = await answer.text();
        if (words.includes('"did"')) kept += 1;
        else others.push(`${answer.status} ${words}`);
      }
    };
    const callers = Array.from({ length: 24 }, async (_, caller) => await goOn(caller));
    await until(() => kept > 50);
    const started = Date.now();
    expect(await server.end('SIGTERM')).toBe(0);
    expect(Date.now() - started).toBeLessThan(4000);
    await Promise.all(callers);
    expect(others).toEqual([]);
  });
});
