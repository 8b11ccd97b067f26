// Sign-in by somebody else's authorization server: its tokens, for people who are known here.
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { expect, it } from 'vitest';
import { outsideTokens } from '../../src/transport/auth/tokens.ts';
import { BEST } from '../support/company.ts';
import { whenDone } from '../support/ending.ts';
import { freePort } from '../support/port.ts';
import { openSite } from '../support/site.ts';

async function provider() {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }];
  const server = createServer((req, res) => {
    res.setHeader('content-type', 'application/json');
    if (req.url === '/.well-known/openid-configuration')
      res.end(JSON.stringify({ issuer, jwks_uri: `${issuer}/jwks` }));
    else if (req.url === '/jwks') res.end(JSON.stringify({ keys }));
    else res.writeHead(404).end('{}');
  });
  server.listen(port, '127.0.0.1');
  whenDone(() => server.close());
  const sign = async (claims: Record<string, unknown>, typ = 'at+jwt') => {
    const now = Math.floor(Date.now() / 1000);
    return await new SignJWT({
      iss: issuer,
      sub: 'user-7',
      iat: now,
      exp: now + 300,
      email_verified: true,
      scope: 'openid books:read costs:read',
      ...claims,
    })
      .setProtectedHeader({ alg: 'RS256', kid: 'one', typ })
      .sign(privateKey);
  };
  return { issuer, sign };
}

it('is named as the place to ask, and its tokens open the account of whoever they are of', async () => {
  const { issuer, sign } = await provider();
  const site = await openSite({ issuer, samples: true });
  const aud = `${site.url}/mcp`;
  const resource = await (await site.get('/.well-known/oauth-protected-resource/mcp')).json();
  expect(resource).toMatchObject({ resource: aud, authorization_servers: [issuer] });
  expect((await site.get('/.well-known/oauth-authorization-server')).status).toBe(404);
  const maria = await sign({ aud, email: 'Maria@Example.com' });
  const answer = await site.rpc(maria, 'tools/call', { name: 'get-job', arguments: { job: 'roof replacement' } });
  expect(await answer.text()).toContain('7787.60');
  expect((await site.rpc(maria, 'tools/call', { name: 'create-customer', arguments: { name: 'Walt' } })).status).toBe(
    403,
  );
});

it('who is in two accounts is let into the one that the token names', async () => {
  const { issuer, sign } = await provider();
  const site = await openSite({ issuer, samples: true });
  const nina = { aud: `${site.url}/mcp`, email: 'nina@example.com' };
  expect((await site.rpc(await sign(nina), 'tools/list')).status).toBe(401);
  const inBest = await site.rpc(await sign({ ...nina, jobwright_account: BEST }), 'tools/call', {
    name: 'list-jobs',
    arguments: {},
  });
  expect(await inBest.text()).not.toContain('Roof replacement');
  expect((await site.rpc(await sign({ ...nina, jobwright_account: 7 }), 'tools/list')).status).toBe(401);
});

it.each<[string, Record<string, unknown>, string?]>([
  ['of nobody here', { email: 'stranger@example.com' }],
  ['of an address that was not verified', { email: 'maria@example.com', email_verified: false }],
  ['of no address', {}],
  ['for another server', { email: 'maria@example.com', aud: 'https://other.example/mcp' }],
  ['of another issuer', { email: 'maria@example.com', iss: 'https://evil.example' }],
  ['that has expired', { email: 'maria@example.com', exp: 1 }],
  ['of identity', { email: 'maria@example.com' }, 'JWT'],
])('a token %s opens nothing', async (_, claims, typ) => {
  const { issuer, sign } = await provider();
  const site = await openSite({ issuer });
  expect((await site.rpc(await sign({ aud: `${site.url}/mcp`, ...claims }, typ), 'tools/list')).status).toBe(401);
});

it('what its tokens name as their client is read as it is seen', async () => {
  const { issuer, sign } = await provider();
  const { site } = await openSite({ issuer });
  const authenticate = await outsideTokens(site, issuer);
  const token = { aud: `${site.url.origin}/mcp`, email: 'maria@example.com' };
  const clientOf = async (also: object) => (await authenticate(await sign({ ...token, ...also })))?.client;
  expect(await clientOf({ client_id: 'desk\u001b[2J\u200b\nprofit\u{e0041}' })).toBe('desk[2J profit');
  expect(await clientOf({ azp: 'x'.repeat(5000) })).toHaveLength(2000);
  expect(await clientOf({ client_id: { a: 1 } })).toBe('an unnamed client');
});
