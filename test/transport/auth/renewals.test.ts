// A refresh token that is used twice: what ordinary life does within a minute, and what only a thief does.
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { unsealed } from '../../../src/services/shared/sealed.ts';
import { HOUR, stoppedClock } from '../../support/stopped-clock.ts';
import { CHATGPT } from '../../support/vendors.ts';
import { openCompany } from '../../support/company.ts';
import { consent, refresh, register, signedInTokens, tokenRequest, type Tokens } from '../../support/oauth.ts';
import { openOutside, openSigner } from '../../support/outside.ts';
import { openSite, UNLIMITED, type Served } from '../../support/site.ts';
import { refuseRows, rowsOf } from '../../support/store.ts';

/** A server with its log, and Maria's assistant, let in. */
async function signedIn() {
  const log: { message: string; fields: object }[] = [];
  const company = await openCompany({ passwords: ['maria'] });
  const write = (message: string, fields: object = {}) => void log.push({ message, fields });
  const app = { ...company.app, log: { info: () => undefined, error: write } };
  const site = await openSite({ company: { ...company, app }, rates: UNLIMITED });
  const { clientId, refresh_token: token, access_token } = await signedInTokens(site, 'maria');
  return { site, log, clientId, token, access_token };
}

const tokensOf = async (answer: Response) => (await answer.json()) as Tokens;
const isOpen = async (site: Served, { access_token }: Tokens) =>
  (await site.rpc(access_token, 'tools/list')).status === 200;

async function expectEnded(site: Served, clientId: string, { access_token, refresh_token }: Tokens): Promise<void> {
  expect((await refresh(site, clientId, refresh_token)).status).toBe(400);
  expect((await site.rpc(access_token, 'tools/list')).status).toBe(401);
}

describe('a refresh token that is used again within a minute', () => {
  it('is answered with the same tokens: the first answer was lost', async () => {
    const { later } = stoppedClock();
    const { site, clientId, token } = await signedIn();
    const first = await tokensOf(await refresh(site, clientId, token));
    later(30);
    const again = await refresh(site, clientId, token);
    expect(again.status).toBe(200);
    expect(again.headers.get('cache-control')).toBe('no-store');
    expect(await tokensOf(again)).toEqual({ ...first, expires_in: first.expires_in - 30 });
    expect(await isOpen(site, first)).toBe(true);
    later(HOUR);
    expect((await refresh(site, clientId, first.refresh_token)).status).toBe(200);
  });

  it('three times at once over two servers: all live', async () => {
    const { site, clientId, token } = await signedIn();
    const other = await openSite({ company: site, publicUrl: site.url });
    const all = await Promise.all([site, other, site].map(async (each) => await refresh(each, clientId, token)));
    expect(all.map(({ status }) => status)).toEqual([200, 200, 200]);
    const [first, ...others] = await Promise.all(all.map(tokensOf));
    if (first === undefined) throw new Error('nobody was answered');
    for (const each of others) expect(each).toMatchObject({ refresh_token: first.refresh_token });
    expect(await isOpen(other, first)).toBe(true);
    expect((await refresh(other, clientId, first.refresh_token)).status).toBe(200);
  });

  it('by a storm of twenty over four servers has one successor', async () => {
    const { site, log, clientId, token } = await signedIn();
    const another = async () => await openSite({ company: site, publicUrl: site.url, rates: UNLIMITED });
    const servers = [site, await another(), await another(), await another()];
    const storm = Array.from({ length: 5 }, () => servers).flat();
    const all = await Promise.all(storm.map(async (each) => await refresh(each, clientId, token)));
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200]));
    const tokens = await Promise.all(all.map(tokensOf));
    expect(new Set(tokens.map(({ refresh_token }) => refresh_token)).size).toBe(1);
    expect(new Set(tokens.map(({ access_token }) => access_token)).size).toBe(1);
    const kept = await site.directory.read(
      async ({ db }) => await db.selectFrom('oauth_records').select('id').where('model', '=', 'RefreshToken').execute(),
    );
    // The first one, its successor.
    expect(kept).toHaveLength(2);
    expect(log).toEqual([]);
  });

  it('once the new one was used ends the whole sign-in', async () => {
    const { site, log, clientId, token } = await signedIn();
    const second = await tokensOf(await refresh(site, clientId, token));
    const third = await tokensOf(await refresh(site, clientId, second.refresh_token));
    expect((await refresh(site, clientId, token)).status).toBe(400);
    await expectEnded(site, clientId, third);
    expect(log).toHaveLength(1);
  });

  it('by another client gives it nothing, and its owner loses nothing', async () => {
    const { site, log, clientId, token } = await signedIn();
    const first = await tokensOf(await refresh(site, clientId, token));
    const stolen = await refresh(site, await register(site), token);
    expect(stolen.status).toBe(400);
    expect(await stolen.text()).not.toContain('token"');
    expect(await tokensOf(await refresh(site, clientId, token))).toMatchObject({ access_token: first.access_token });
    expect(log).toEqual([]);
  });

  it('without the secret of its client gives nothing', async () => {
    const { site } = await signedIn();
    const registered = await site.get('/oauth/register', {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
      body: JSON.stringify({
        ...{ redirect_uris: ['https://assistant.example/callback'], token_endpoint_auth_method: 'client_secret_post' },
      }),
    });
    const { client_id, client_secret } = z
      .object({ client_id: z.string(), client_secret: z.string() })
      .parse(await registered.json());
    const { code, verifier } = await consent(site, { clientId: client_id }, 'maria');
    const traded = await tokenRequest(site, {
      ...{ grant_type: 'authorization_code', client_id, client_secret, code, code_verifier: verifier },
      redirect_uri: 'https://assistant.example/callback',
    });
    const { refresh_token } = await tokensOf(traded);
    const first = await tokensOf(await refresh(site, client_id, refresh_token, { client_secret }));
    expect((await refresh(site, client_id, refresh_token)).status).toBe(401);
    expect((await refresh(site, client_id, refresh_token, { client_secret: 'x' })).status).toBe(401);
    const again = await tokensOf(await refresh(site, client_id, refresh_token, { client_secret }));
    expect(again.refresh_token).toBe(first.refresh_token);
  });

  it.each([
    ['without the signature that was there at first', true, false],
    ['with a signature that was not there at first', false, true],
  ])('%s ends the whole sign-in', async (_, first, then) => {
    const signer = await openSigner();
    const { fetchDocument } = await openOutside({ [CHATGPT.client_id]: CHATGPT, [CHATGPT.jwks_uri]: signer.jwks });
    const site = await openSite({ passwords: ['maria'], clientDocuments: true, fetchDocument });
    const { client_id: clientId } = CHATGPT;
    const shown = async (signs: boolean): Promise<Record<string, string>> =>
      signs
        ? {
            client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
            client_assertion: await signer.assertion(clientId, { aud: site.url }),
          }
        : {};
    const [redirectUri = ''] = CHATGPT.redirect_uris;
    const { code, verifier } = await consent(site, { clientId, redirectUri }, 'maria');
    const traded = await tokenRequest(site, {
      ...{ grant_type: 'authorization_code', client_id: clientId, code, code_verifier: verifier },
      ...{ redirect_uri: redirectUri, ...(await shown(first)) },
    });
    const { refresh_token } = await tokensOf(traded);
    const second = await tokensOf(await refresh(site, clientId, refresh_token, await shown(first)));
    const again = await refresh(site, clientId, refresh_token, await shown(first));
    expect(await tokensOf(again)).toMatchObject({ access_token: second.access_token });
    expect((await refresh(site, clientId, refresh_token, await shown(then))).status).toBe(400);
    await expectEnded(site, clientId, second);
  });

  it('gives nothing once its person has ended the sign-in', async () => {
    const { site, clientId, token } = await signedIn();
    const { refresh_token } = await tokensOf(await refresh(site, clientId, token));
    await site.get('/oauth/revoke', {
      method: 'POST',
      body: new URLSearchParams({ token: refresh_token, client_id: clientId }),
    });
    expect((await refresh(site, clientId, token)).status).toBe(400);
  });
});

describe('a refresh token that is used again later', () => {
  it('than a minute ends the whole sign-in, which is noted by number', async () => {
    const { later } = stoppedClock();
    const { site, log, clientId, token } = await signedIn();
    const second = await tokensOf(await refresh(site, clientId, token));
    later(61);
    expect((await refresh(site, clientId, token)).status).toBe(400);
    await expectEnded(site, clientId, second);
    const { personId: person, accountId: account } = site.member('maria');
    expect(log).toEqual([{ message: expect.stringMatching(/^security: /), fields: { account, person } }]);
  });

  it('is as late after many times within the minute', async () => {
    const { later } = stoppedClock();
    const { site, clientId, token } = await signedIn();
    const second = await tokensOf(await refresh(site, clientId, token));
    for (const _ of [1, 2, 3]) {
      later(19);
      expect((await refresh(site, clientId, token)).status).toBe(200);
    }
    later(4);
    expect((await refresh(site, clientId, token)).status).toBe(400);
    await expectEnded(site, clientId, second);
  });

  it('tells a thief from its owner at the second renewal', async () => {
    const { later } = stoppedClock();
    const { site, log, clientId, token } = await signedIn();
    const thief = await tokensOf(await refresh(site, clientId, token));
    later(5);
    const owner = await tokensOf(await refresh(site, clientId, token));
    later(HOUR);
    const next = await tokensOf(await refresh(site, clientId, owner.refresh_token));
    later(10 * 60);
    expect((await refresh(site, clientId, thief.refresh_token)).status).toBe(400);
    await expectEnded(site, clientId, next);
    expect(log).toHaveLength(1);
  });
});

it('the answer that is kept is read by whoever has the refresh token, and by nothing in the books', async () => {
  const { site, clientId, token } = await signedIn();
  const given = await tokensOf(await refresh(site, clientId, token));
  const tables = ['oauth_records', 'host_secrets', 'people', 'sessions', 'access_tokens', 'secrets', 'book'];
  const rows = (await Promise.all(tables.map(async (table) => await rowsOf(site, `select * from ${table}`)))).flat();
  const texts = rows.flatMap((row) => Object.values(row).map(String));
  for (const secret of [token, given.refresh_token, given.access_token])
    for (const text of texts) expect(text).not.toContain(secret);
  const [answer = ''] = rows.flatMap((row) =>
    'model' in row && row.model === 'RefreshAnswer' && 'payload' in row ? [String(row.payload)] : [],
  );
  const bound = JSON.stringify([clientId, 'none']);
  expect(JSON.parse(unsealed(answer, { secret: token, bound }) ?? 'null')).toMatchObject({ body: given });
  const words = texts.flatMap((text) => [text, ...text.split(/[^\w-]+/)]);
  expect(words.length).toBeGreaterThan(50);
  for (const secret of words) expect(unsealed(answer, { secret, bound })).toBeNull();
  // Nor for another client, or for one that shows in another way who it is.
  for (const who of [
    ['client_x', 'none'],
    [clientId, 'client_secret_post'],
    [clientId, 'private_key_jwt'],
  ])
    expect(unsealed(answer, { secret: token, bound: JSON.stringify(who) })).toBeNull();
});

it('what could not be answered uses nothing up', async () => {
  const { site, log, clientId, token } = await signedIn();
  const elsewhere = { resource: 'https://other.example/mcp' };
  expect((await refresh(site, clientId, token, elsewhere)).status).toBe(400);
  const mend = await refuseRows(site, 'oauth_records', "new.model = 'RefreshAnswer'");
  const failed = await refresh(site, clientId, token);
  expect(failed.status).toBe(500);
  expect(await failed.json()).toEqual({ error: 'server_error' });
  expect(log).toHaveLength(1);
  await mend();
  expect((await refresh(site, clientId, token)).status).toBe(200);
});
