// Known vendors' assistants, by what they say of themselves: their documents as published, or copies of those while an
// original cannot be had.
import { expect, it } from 'vitest';
import { createLogger } from '../../../src/logger.ts';
import { orCopy } from '../../../src/transport/auth/vendor-documents.ts';
import { authorizePath, consent, pkce, tokenRequest } from '../../support/oauth.ts';
import { openOutside, openSigner } from '../../support/outside.ts';
import { openSite, Visitor, type Served } from '../../support/site.ts';
import { CHATGPT, CLAUDE, CLAUDE_CODE, VS_CODE } from '../../support/vendors.ts';

/** Where each comes back to, and where nobody is sent for it. */
const VENDORS = [
  [CHATGPT, CHATGPT.redirect_uris, ['https://evil.example/x', 'https://chatgpt.com/other']],
  [
    CLAUDE,
    CLAUDE.redirect_uris,
    ['https://claude.ai/api/mcp/auth_callback/x', 'https://claude.ai:8443/api/mcp/auth_callback'],
  ],
  [
    CLAUDE_CODE,
    ['http://localhost:54545/callback', 'http://127.0.0.1:1/callback', 'http://localhost/callback'],
    [
      'http://localhost:54545/other',
      'https://localhost:54545/callback',
      'http://[::1]:1/callback',
      'http://evil.example/callback',
    ],
  ],
  [
    VS_CODE,
    ['http://127.0.0.1:33418/', 'http://127.0.0.1:50000/', 'https://vscode.dev/redirect'],
    ['http://localhost:33418/', 'https://vscode.dev:444/redirect', 'http://127.0.0.1:33418/other'],
  ],
] as const;

async function begin(site: Served, clientId: string, redirectUri: string): Promise<number> {
  const visitor = new Visitor(site.url);
  await visitor.open(authorizePath(site, { clientId, redirectUri }, pkce().challenge));
  return visitor.status;
}

it.each(VENDORS)('$client_name is let in, and sent back to its own addresses alone', async (document, good, bad) => {
  const { client_id: clientId } = document;
  const { fetchDocument } = await openOutside({ [clientId]: document });
  const site = await openSite({ passwords: ['maria'], clientDocuments: true, fetchDocument });
  for (const redirectUri of good)
    expect([redirectUri, await begin(site, clientId, redirectUri)]).toEqual([redirectUri, 200]);
  for (const redirectUri of bad)
    expect([redirectUri, await begin(site, clientId, redirectUri)]).toEqual([redirectUri, 400]);
  const [redirectUri = ''] = good;
  const { code, verifier } = await consent(site, { clientId, redirectUri }, 'maria');
  const fields = { client_id: clientId, code, code_verifier: verifier, redirect_uri: redirectUri };
  expect((await tokenRequest(site, { grant_type: 'authorization_code', ...fields })).status).toBe(200);
});

it.each([
  ['grants', { grant_types: ['authorization_code', 'urn:ietf:params:oauth:grant-type:device_code', 'password'] }],
  ['scopes', { scope: 'claudeai' }],
  ['signatures', { id_token_signed_response_alg: 'RS256', token_endpoint_auth_signing_alg: 'RS256' }],
  ['addresses', { contacts: ['nobody'], post_logout_redirect_uris: ['https://a.example/#x'] }],
  ['things', { default_acr_values: ['x'], subject_type: 'pairwise', x: { y: 1 } }],
])('a document is read for what is known here, whatever %s it has besides', async (_, also) => {
  const {
    client_id: clientId,
    redirect_uris: [redirectUri = ''],
  } = CLAUDE;
  const { fetchDocument } = await openOutside({ [clientId]: { ...CLAUDE, ...also } });
  const site = await openSite({ clientDocuments: true, fetchDocument });
  expect(await begin(site, clientId, redirectUri)).toBe(200);
});

it.each([
  ['refused', 403],
  ['busy', 429],
  ['broken', 503],
  ['a page', '<html>Are you human?</html>'],
  ['elsewhere', 302],
  ['out of reach', undefined],
] as const)('while the original is %s the copy serves', async (_, answer) => {
  const { fetchDocument } = await openOutside(answer === undefined ? {} : { [CLAUDE.client_id]: answer });
  const told: string[] = [];
  const fetchOrCopy = orCopy(fetchDocument, { info: (words) => void told.push(words) });
  for (const { client_id: id, ...document } of [CLAUDE])
    expect(await (await fetchOrCopy(id)).json()).toEqual({ client_id: id, ...document });
  expect(told).toEqual([
    `sign-in: ${CLAUDE.client_id} cannot be had; a copy serves (date unknown, seen in November 2026)`,
  ]);
});

it('every known vendor has a copy as it was published, with a date and without keys', async () => {
  const { fetchDocument } = await openOutside();
  const fetchOrCopy = orCopy(fetchDocument, createLogger('silent'));
  for (const [document] of VENDORS) {
    const copy = await fetchOrCopy(document.client_id);
    expect(copy.headers.get('cache-control')).toBe('max-age=60');
    expect(await copy.json()).toEqual(document);
  }
  for (const other of [
    CHATGPT.jwks_uri,
    `${CLAUDE.client_id}?`,
    `${CLAUDE.client_id}/`,
    'https://evil.example/client.json',
  ])
    await expect(fetchOrCopy(other)).rejects.toThrow('fetch failed');
});

it.each([
  ['the original, once it can be had', { ...CLAUDE, client_name: 'Claude of tomorrow' }],
  ['nothing, where its vendor took it away', 404],
  ['nothing, where its vendor took it away for good', 410],
])('no copy serves instead of %s', async (_, answer) => {
  const { fetchDocument } = await openOutside({ [CLAUDE.client_id]: answer });
  const response = await orCopy(fetchDocument, createLogger('silent'))(CLAUDE.client_id);
  expect(response.status).toBe(typeof answer === 'number' ? answer : 200);
  const text = await response.text();
  expect(text.includes('Claude of tomorrow')).toBe(typeof answer !== 'number');
  expect(text.includes('redirect_uris')).toBe(typeof answer !== 'number');
});

it('ChatGPT is let in while nothing of it can be had, but not by what it signs', async () => {
  const signer = await openSigner();
  const effects = await openOutside();
  const { client_id: clientId, jwks_uri: keys } = CHATGPT;
  const [redirectUri = ''] = CHATGPT.redirect_uris;
  const { fetchDocument } = effects;
  const site = await openSite({ passwords: ['maria'], clientDocuments: true, fetchDocument });
  const { code, verifier } = await consent(site, { clientId, redirectUri }, 'maria');
  const fields = {
    ...{ grant_type: 'authorization_code', client_id: clientId, code, code_verifier: verifier },
    redirect_uri: redirectUri,
  };
  const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
  const sign = async () => ({
    ...{ client_assertion_type: type, client_assertion: await signer.assertion(clientId, { aud: site.url }) },
  });
  expect((await tokenRequest(site, { ...fields, ...(await sign()) })).status).toBe(401);
  expect(effects.asked).toContain(keys);
  effects.found.set(keys, signer.jwks);
  expect((await tokenRequest(site, { ...fields, ...(await sign()) })).status).toBe(200);
});
