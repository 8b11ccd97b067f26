// What every page and every other answer tells a browser about itself, in one table: none runs a script of somebody
// else's, is framed, kept or guessed at, and behind https none is asked for without it again.
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { acceptInvitation, newInvitation } from '../../src/services/access/people.ts';
import { emailOf, passwordOf } from '../support/company.ts';
import { authorizePath, CALLBACK, pkce, register } from '../support/oauth.ts';
import { openSite, Visitor, type Served } from '../support/site.ts';
import { twoJobs } from '../support/two-jobs.ts';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** Of everything that is asked for here, what came. */
type Seen = { readonly what: string; readonly status: number; readonly headers: Headers; readonly body: string };

/** Every page, and what else is answered, good ones and refusals. */
async function everything(): Promise<{ pages: Seen[]; others: Seen[] }> {
  const pages: Seen[] = [];
  const others: Seen[] = [];
  const company = await twoJobs();
  const { invitation } = await newInvitation(company.directory, { email: emailOf('maria') });
  await acceptInvitation(company.directory, invitation, passwordOf('maria'));
  const open = await newInvitation(company.directory, { email: emailOf('olga') });
  const site = await openSite({ company });
  const visitor = new Visitor(site.url);
  await visitor.open('/sign-in');
  await visitor.signIn('maria');
  const cookie = () => [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const see = async (what: string, path: string, init: RequestInit = {}) => {
    const headers = { cookie: cookie(), accept: 'text/html', ...Object.fromEntries(new Headers(init.headers)) };
    const answer = await site.get(path, { ...init, headers });
    const seen = { what, status: answer.status, headers: answer.headers, body: await answer.text() };
    (/html/.test(answer.headers.get('content-type') ?? '') ? pages : others).push(seen);
  };
  const post = { method: 'POST', headers: { ...FORM, origin: site.url } };
  const clientId = await register(site);
  await visitor.open(authorizePath(site, { clientId }, pkce().challenge));
  await see('consent', visitor.at);
  await see('consent, not answered', visitor.at, post);
  for (const path of ['/', '/a/1', '/a/1?q=roof', '/a/1/J-1', '/a/1/C-1', '/a/1/Q-1', '/a/1/INV-1001', '/a/1/F-1'])
    await see(path, path);
  for (const path of [
    '/a/2',
    '/a/1/J-9',
    '/nowhere',
    '/assistants',
    '/sign-in',
    '/sign-in/some-interaction',
    '/download/x',
  ])
    await see(path, path);
  for (const kind of ['invitation', 'upload', 'download']) await see(`${kind}, ended`, `/${kind}/${'s'.repeat(43)}`);
  await see('invitation', `/invitation/${open.invitation}`);
  await see('invitation, answered wrong', `/invitation/${open.invitation}`, { ...post, body: 'password=a&again=b' });
  await see('sign-in, wrong', '/sign-in', { ...post, body: 'email=a%40b.example&password=no' });
  await see('a form from elsewhere', '/sign-in', {
    method: 'POST',
    headers: { ...FORM, 'sec-fetch-site': 'cross-site' },
  });
  await see('a form that is too long', '/sign-in', { ...post, body: 'a'.repeat(20_000) });
  await see('no form', '/sign-in', {
    method: 'POST',
    headers: { origin: site.url, 'content-type': 'text/plain' },
    body: 'x',
  });
  await see('an assistant that nobody knows', authorizePath(site, { clientId: 'nobody' }, pkce().challenge));
  await see('an answer that is posted on', await posted(site, visitor, clientId));
  for (const path of ['/icon.svg', '/favicon.ico', '/healthz', '/readyz', '/mcp', '/a/1/F-2/content', '/a/1/Q-1/pdf'])
    await see(path, path);
  for (const path of ['/.well-known/oauth-authorization-server', '/oauth/jwks', '/sign-out?']) await see(path, path);
  await see('a token that is none', '/oauth/token', {
    method: 'POST',
    headers: FORM,
    body: 'grant_type=refresh_token',
  });
  await see('signed out', '/sign-out', post);
  return { pages, others };
}

/** The page that a form_post client is answered by; it is asked for once more here. */
async function posted(site: Served, visitor: Visitor, clientId: string): Promise<string> {
  await visitor.open(authorizePath(site, { clientId, also: { response_mode: 'form_post' } }, pkce().challenge));
  const { at } = visitor;
  const [, csrf = ''] = /name="csrf" value="([^"]+)"/.exec(visitor.html) ?? [];
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const body = new URLSearchParams({ do: 'allow', csrf, account: '1' });
  const allowed = await site.get(at, { method: 'POST', headers: { ...FORM, cookie, origin: site.url }, body });
  const to = new URL(allowed.headers.get('location') ?? '', site.url);
  for (const set of allowed.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
    visitor.cookies.set(name, value);
  }
  return to.pathname + to.search;
}

it('every page runs nothing, is framed by nobody, kept by nobody, and nothing else is taken for a page', async () => {
  const { pages, others } = await everything();
  expect(pages.map(({ what, status }) => `${what}: ${status}`)).toMatchInlineSnapshot(`
    [
      "consent: 200",
      "consent, not answered: 200",
      "/a/1: 200",
      "/a/1?q=roof: 200",
      "/a/1/J-1: 200",
      "/a/1/C-1: 200",
      "/a/1/Q-1: 200",
      "/a/1/INV-1001: 200",
      "/a/1/F-1: 200",
      "/a/2: 404",
      "/a/1/J-9: 404",
      "/nowhere: 404",
      "/assistants: 200",
      "/sign-in: 200",
      "/sign-in/some-interaction: 410",
      "/download/x: 404",
      "invitation, ended: 410",
      "upload, ended: 404",
      "download, ended: 404",
      "invitation: 200",
      "invitation, answered wrong: 400",
      "sign-in, wrong: 401",
      "a form from elsewhere: 403",
      "a form that is too long: 413",
      "no form: 400",
      "an assistant that nobody knows: 400",
      "an answer that is posted on: 200",
      "/sign-out?: 404",
      "a token that is none: 400",
      "signed out: 200",
    ]
  `);
  expect(others.map(({ what, status }) => `${what}: ${status}`)).toMatchInlineSnapshot(`
    [
      "/: 303",
      "/icon.svg: 200",
      "/favicon.ico: 200",
      "/healthz: 200",
      "/readyz: 200",
      "/mcp: 401",
      "/a/1/F-2/content: 200",
      "/a/1/Q-1/pdf: 200",
      "/.well-known/oauth-authorization-server: 200",
      "/oauth/jwks: 200",
    ]
  `);
  for (const page of pages) checkPage(page);
  const sniffed = others.filter(
    ({ headers, body }) => body !== '' && headers.get('x-content-type-options') !== 'nosniff',
  );
  expect(sniffed.map(({ what }) => what)).toEqual([]);
});

function checkPage({ what, headers, body }: Seen): void {
  const policy = headers.get('content-security-policy') ?? '';
  expect([what, policy.split('; ').filter((rule) => !/^(?:style-src|script-src|form-action) /.test(rule))]).toEqual([
    what,
    ["default-src 'none'", "img-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"],
  ]);
  expect([what, Object.fromEntries(headers)]).toMatchObject([
    what,
    {
      'cache-control': 'no-store',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'x-robots-tag': 'noindex, nofollow',
      'cross-origin-opener-policy': 'same-origin',
    },
  ]);
  const scripts = [...body.matchAll(/<script>(.*?)<\/script>/gs)].map(([, script = '']) => script);
  expect([what, scripts.length]).toEqual([what, what === 'an answer that is posted on' ? 1 : 0]);
  const hashes = scripts.map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  expect([what, /script-src ([^;]*)/.exec(policy)?.[1] ?? '']).toEqual([what, hashes.join(' ')]);
  expect(body, what).not.toMatch(/<[^>]+ (?:on\w+|style)=/i);
  const goesOn = /^consent|posted on/.test(what) ? [` ${new URL(CALLBACK).origin}`] : [''];
  expect([what, /form-action ([^;]*)/.exec(policy)?.[1]]).toEqual([what, `'self'${goesOn.join()}`]);
}

it('behind https every answer says that it is there to stay; without, none does', async () => {
  const plain = await openSite();
  const behind = await openSite({ publicUrl: 'https://books.example.com' });
  for (const path of [
    '/',
    '/sign-in',
    '/healthz',
    '/readyz',
    '/mcp',
    '/nowhere',
    '/oauth/jwks',
    '/icon.svg',
    '/mcp/',
  ]) {
    expect([path, (await behind.get(path)).headers.get('strict-transport-security')]).toEqual([
      path,
      'max-age=31536000',
    ]);
    expect((await plain.get(path)).headers.get('strict-transport-security')).toBeNull();
  }
});
