// The one character that a database may not keep, wherever in a sign-in it may stand: it is refused in words, and nothing
// fails over it. What is not kept may hold it.
import { expect, test } from 'vitest';
import { emailOf, passwordOf } from '../../support/company.ts';
import { authorizePath, CALLBACK, pkce, register, tokenRequest } from '../../support/oauth.ts';
import { openSite, Visitor } from '../../support/site.ts';

const NUL = '\u0000';

test('an assistant that introduces itself', async () => {
  const site = await openSite();
  const introduced = async (said: object) =>
    await site.get('/oauth/register', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ redirect_uris: [CALLBACK], token_endpoint_auth_method: 'none', ...said }),
    });
  for (const said of [
    { client_name: `Assist${NUL}ant` },
    { redirect_uris: [`${CALLBACK}${NUL}`] },
    { grant_types: ['authorization_code', NUL] },
    { token_endpoint_auth_method: NUL },
  ]) {
    const { status } = await introduced(said);
    expect([status, said]).toEqual([400, said]);
  }
  const plain = await introduced({ client_uri: NUL });
  expect(plain.status).toBe(201);
});

test('what it asks for, and who signs in', async () => {
  const site = await openSite({ passwords: ['maria'] });
  const clientId = await register(site);
  const { challenge } = pkce();
  for (const also of [
    { state: `a${NUL}b` },
    { nonce: `a${NUL}b` },
    { scope: `books:read${NUL}` },
    { redirect_uri: `${CALLBACK}${NUL}` },
    { resource: `${site.url}/mcp${NUL}` },
    { code_challenge: `${challenge}${NUL}` },
    { client_id: `${clientId}${NUL}` },
    { login_hint: NUL },
    { prompt: NUL },
    { [`a${NUL}b`]: 'c' },
  ]) {
    const visitor = new Visitor(site.url);
    await visitor.open(authorizePath(site, { clientId, also }, challenge));
    expect([visitor.status, also]).toEqual([400, also]);
  }
  for (const fields of [
    { email: emailOf('maria'), password: `${passwordOf('maria')}${NUL}` },
    { email: `${emailOf('maria')}${NUL}`, password: passwordOf('maria') },
  ]) {
    const visitor = new Visitor(site.url);
    await visitor.open(authorizePath(site, { clientId }, challenge));
    await visitor.send({ do: 'sign-in', ...fields });
    expect([visitor.status, fields]).toEqual([400, fields]);
  }
});

test('what it trades', async () => {
  const site = await openSite();
  const clientId = await register(site);
  const trade = {
    grant_type: 'authorization_code',
    client_id: clientId,
    redirect_uri: CALLBACK,
    code_verifier: 'v'.repeat(43),
  };
  for (const fields of [
    { ...trade, code: NUL },
    { ...trade, code: 'x', code_verifier: NUL },
    { ...trade, code: 'x', client_id: `${clientId}${NUL}` },
    { grant_type: 'refresh_token', client_id: clientId, refresh_token: NUL },
  ]) {
    const { status } = await tokenRequest(site, fields);
    expect([status, fields]).toEqual([expect.toSatisfy((each) => each === 400 || each === 401), fields]);
  }
});
