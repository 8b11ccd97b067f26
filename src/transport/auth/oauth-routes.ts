// The way in to the authorization server: which of its addresses are served, what it is told of a request, and what is
// refused before it is asked.
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Provider } from 'oidc-provider';
import { isScope, SCOPES } from '../../domain/access.ts';
import { signedIn, type PageContext, type Routes } from '../http/browser.ts';
import { MCP_PATH, type HttpApp } from '../http/http-app.ts';
import { ofStranger } from './adapter.ts';

/** The authorization server reads its address from the request: it is told the public one, whatever was sent. */
export function serveProvider(routes: Routes, httpApp: HttpApp, provider: Provider): void {
  const { url } = httpApp;
  const handle = provider.callback();
  const pass = async (c: PageContext) => {
    const { incoming, outgoing } = c.env;
    // Hono asks for HEAD as for GET, but of what Node has answered there is nothing that it could leave out.
    if (c.req.method === 'HEAD') return c.body(null, 405, { allow: 'GET, POST, OPTIONS' });
    if ((incoming.url ?? '').length > LONGEST_ADDRESS) return c.json({ error: 'invalid_request' }, 414);
    if (NUL.test(incoming.url ?? ''))
      return c.json({ error: 'invalid_request', error_description: 'a NUL character cannot be kept' }, 400);
    if (c.req.method === 'POST' && !(Number(c.req.header('content-length')) <= LARGEST_REQUEST))
      return c.json({ error: 'invalid_request', error_description: `at most ${LARGEST_REQUEST} bytes` }, 413);
    publicAddress(incoming.headers, url);
    withoutSession(incoming.headers, provider);
    incoming.url = withUsualScopes(incoming.url ?? '/', incoming.method);
    const answer = async () => await handle(incoming, outgoing);
    if ((await signedIn(httpApp, c)) === null) await ofStranger.run(true, answer);
    else await answer();
    return RESPONSE_ALREADY_SENT;
  };
  // Exactly these, so that another spelling of one goes around no limit.
  for (const path of ['authorize', 'authorize/:uid', 'token', 'jwks', 'register', 'revoke'])
    routes.on(['GET', 'POST', 'OPTIONS'], `/oauth/${path}`, pass);
  for (const document of ['oauth-authorization-server', 'openid-configuration'])
    for (const path of ['', MCP_PATH, `${MCP_PATH}/`])
      routes.on(['GET', 'OPTIONS'], `/.well-known/${document}${path}`, async (c) => {
        // Clients that take the address of the books for that of the authorization server ask behind it.
        c.env.incoming.url = `/.well-known/${document}`;
        return await pass(c);
      });
}

/** The only character that not every database keeps, and that nobody means. */
const NUL = /%00/;
/** What these requests are made of is short; most of it is kept until it ends. */
const LONGEST_ADDRESS = 6000;
const LARGEST_REQUEST = 8 * 1024;

/**
 * Every sign-in begins anew: with a session of the earlier one, whoever chooses another account now would have to sign
 * out of the first.
 */
function withoutSession(headers: Record<string, string | string[] | undefined>, provider: Provider): void {
  const name = provider.cookieName('session');
  const { cookie } = headers;
  if (typeof cookie !== 'string') return;
  headers['cookie'] = cookie
    .split(';')
    .filter((each) => ![name, `${name}.sig`].includes(each.split('=', 1).join().trim()))
    .join(';');
}

export function publicAddress(headers: Record<string, string | string[] | undefined>, url: URL): void {
  // One that is missing is not believed from anywhere else.
  for (const name of Object.keys(headers)) if (name.startsWith('x-forwarded-')) headers[name] = undefined;
  headers['host'] = url.host;
  headers['x-forwarded-host'] = url.host;
  headers['x-forwarded-proto'] = url.protocol.slice(0, -1);
}

/** A client that asks for nothing in particular is asked about everything: the person leaves out what they want. */
function withUsualScopes(given: string, method: string | undefined): string {
  const url = new URL(given, 'http://localhost');
  if (method !== 'GET' || url.pathname !== '/oauth/authorize') return given;
  const asked = (url.searchParams.get('scope') ?? '').split(' ');
  if (asked.some(isScope)) return given;
  url.searchParams.set('scope', [...asked.filter((scope) => scope !== ''), ...SCOPES].join(' '));
  return `${url.pathname}${url.search}`;
}
