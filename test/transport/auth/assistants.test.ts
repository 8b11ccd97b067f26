// People see which assistants they let in, and end them: over real HTTP, with the page that their browser shows.
import { expect, it } from 'vitest';
import { LOPEZ, type Who } from '../../support/company.ts';
import { authorizePath, consent, pkce, refresh, register, signedInTokens, trade } from '../../support/oauth.ts';
import { openSite, Visitor, type Served } from '../../support/site.ts';
import { letPass, until } from '../../support/time.ts';
import { read } from '../../support/read.ts';

async function assistantsOf(site: Served, who: Who): Promise<Visitor> {
  const visitor = new Visitor(site.url);
  await visitor.open('/assistants');
  await visitor.signIn(who);
  expect([visitor.at, visitor.status]).toEqual(['/assistants', 200]);
  return visitor;
}

async function end(site: Served, visitor: Visitor, assistant: string): Promise<void> {
  const csrf = /name="csrf" value="([^"]+)"/.exec(visitor.html)?.[1] ?? '';
  const body = new URLSearchParams({ csrf, assistant });
  await visitor.open('/assistants', { method: 'POST', headers: { origin: site.url }, body });
}

const opens = async (site: Served, token: string) => (await site.rpc(token, 'tools/list')).status;
const SHORT = { believedMs: 20, streams: { mostEach: 5, lookMs: 50 } };
const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};
const LISTEN = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'subscriptions/listen' };

it('each is shown once with what it may do; ended, it has no token, no renewal and no stream left', async () => {
  const site = await openSite({ passwords: ['maria'], ...SHORT });
  const scopes = { scopes: ['books:write'] };
  const { access_token: token, refresh_token, clientId } = await signedInTokens(site, 'maria', scopes);
  const again = await trade(site, clientId, await consent(site, { clientId }, 'maria', scopes));
  const other = await signedInTokens(site, 'maria');
  const visitor = await assistantsOf(site, 'maria');
  const today = new Date().toISOString().slice(0, 10);
  expect(read(visitor.html).match(/Assistant Books Lopez Roofing/g)).toHaveLength(2);
  expect(read(visitor.html)).toContain(
    `Assistant Books Lopez Roofing Where it goes back to assistant.example Let in ${today} Last used ${today}`,
  );
  expect(read(visitor.html)).toContain('It may read the books, change them End Assistant');
  // Access is renewed once an hour.
  expect(read(visitor.html)).toMatch(/Last used [\d-]+ \d\d:\d\d UTC, or in the hour after/);
  expect(read(visitor.html)).not.toContain('Not verified');
  const asked = { notifications: { toolsListChanged: true }, _meta: META };
  const stream = await site.rpc(token, 'subscriptions/listen', asked, LISTEN);
  let isOver = false;
  void stream
    .text()
    .catch(() => undefined)
    .finally(() => (isOver = true));
  await letPass(200, 'a stream is looked at every 50 ms, and stays');
  expect([await opens(site, token), isOver]).toEqual([200, false]);
  await end(site, visitor, `${LOPEZ} client ${clientId}`);
  expect(read(visitor.html)).toContain('Ended. Within a minute');
  expect(read(visitor.html).match(/Assistant Books Lopez Roofing/g)).toHaveLength(1);
  await until(async () => isOver && (await opens(site, token)) === 401);
  expect([await opens(site, token), await opens(site, again.access_token), isOver]).toEqual([401, 401, true]);
  expect((await refresh(site, clientId, refresh_token)).status).toBe(400);
  expect(await opens(site, other.access_token)).toBe(200);
});

it('ended, its links for photos end with it', async () => {
  const site = await openSite({ passwords: ['maria'], ...SHORT });
  await site.ok('maria', 'create-job', { newCustomer: { name: 'Dana Henderson' }, name: 'Roof replacement' });
  const { access_token: token, clientId } = await signedInTokens(site, 'maria', { scopes: ['books:write'] });
  const asking = { name: 'attach-file', arguments: { job: 'J-1', uploadLink: true } };
  const given = await site.rpc(token, 'tools/call', asking);
  const [path = ''] = /\/upload\/job\/[\w-]{43}/.exec(await given.text()) ?? [];
  expect((await site.get(path)).status).toBe(200);
  await end(site, await assistantsOf(site, 'maria'), `${LOPEZ} client ${clientId}`);
  expect((await site.get(path)).status).toBe(404);
});

it('a token that the operator made is among them, and is ended as well', async () => {
  const site = await openSite({ passwords: ['tom'], ...SHORT });
  const [hers, his] = [await site.token('maria'), await site.token('tom')];
  const visitor = await assistantsOf(site, 'tom');
  expect(read(visitor.html)).toContain('It may read the books, change them End test');
  await end(site, visitor, `${LOPEZ} token 2`);
  expect(read(visitor.html)).toContain('No assistant works with your books');
  await until(async () => (await opens(site, his)) === 401);
  expect([await opens(site, his), await opens(site, hers)]).toEqual([401, 200]);
});

it('nobody ends somebody else’s, and no form that another page sent ends any', async () => {
  const site = await openSite({ passwords: ['maria', 'olga'], ...SHORT });
  const { access_token: token, clientId } = await signedInTokens(site, 'maria');
  const pat = await site.token('maria');
  const [maria, olga] = [await assistantsOf(site, 'maria'), await assistantsOf(site, 'olga')];
  expect(read(olga.html)).toContain('No assistant works');
  const csrf = /name="csrf" value="([^"]+)"/.exec(maria.html)?.[1] ?? '';
  expect(csrf).toHaveLength(43);
  const as = ({ cookies }: Visitor) => ({ cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') });
  const post = async (headers: Record<string, string>, fields: Record<string, string>) => {
    const form = { 'content-type': 'application/x-www-form-urlencoded', ...headers };
    return (await site.get('/assistants', { method: 'POST', headers: form, body: new URLSearchParams(fields) })).status;
  };
  const here = { origin: site.url };
  for (const assistant of [
    `${LOPEZ} client ${clientId}`,
    `${LOPEZ} token 1`,
    '',
    '1 client',
    '9 token 1',
    '1 token x',
  ]) {
    expect(await post({ ...as(olga), ...here }, { csrf, assistant })).toBe(303);
    expect(await post({ ...as(maria), ...here }, { csrf: 'guessed', assistant })).toBe(303);
    expect(await post({ ...as(maria), 'sec-fetch-site': 'cross-site' }, { csrf, assistant })).toBe(403);
    expect(await post(here, { csrf, assistant })).toBe(303);
  }
  await letPass(100, 'a token is believed for 20 ms, then looked up');
  expect([await opens(site, token), await opens(site, pat)]).toEqual([200, 200]);
});

it.each([
  ['Claude', 'https://evil.example/callback', 'Not verified: it calls itself Claude, but its answers go elsewhere.'],
  ['Claude', 'https://claude.ai/api/mcp/auth_callback', null],
])(
  'who is called %s and returns to %s is shown as what it is, when it asks and afterwards',
  async (name, uri, words) => {
    const site = await openSite({ passwords: ['maria'] });
    const clientId = await register(site, { client_name: name, redirect_uris: [uri] });
    const visitor = new Visitor(site.url);
    await visitor.open(authorizePath(site, { clientId, redirectUri: uri }, pkce().challenge));
    await visitor.signIn('maria');
    expect(read(visitor.html).includes('Not verified')).toBe(words !== null);
    expect(read(visitor.html)).toContain(words ?? 'Where it goes back to claude.ai');
    await visitor.send({ do: 'allow' });
    await visitor.open('/assistants');
    expect(read(visitor.html).includes('Not verified')).toBe(words !== null);
    expect(read(visitor.html)).toContain(words ?? 'Where it goes back to claude.ai');
  },
);
