// A company's server over real HTTP, in this process, with its own sign-in; and a browser without a screen for its pages.
import type { SignInOptions } from '../../src/transport/auth/sign-in.ts';
import { accessWithSignIn } from '../../src/transport/http-access.ts';
import { serveOverHttp, type HttpOptions } from '../../src/transport/http.ts';
import type { Rates } from '../../src/transport/http/limits.ts';
import { Refusals } from '../../src/transport/http/refusals.ts';
import type { HttpApp } from '../../src/transport/http/http-app.ts';
import { whenDone } from './ending.ts';
import { emailOf, openCompany, passwordOf, type Company, type Who } from './company.ts';
import { freePort } from './port.ts';
import { until } from './time.ts';

export type Served = Company & {
  readonly site: HttpApp;
  readonly url: string;
  /** Where it listens, on this machine. */
  readonly local: string;
  /** Ends the server; what is under way is answered first. */
  close(): Promise<void>;
  /** One request; a path of the server, or an address. */
  get(path: string, init?: RequestInit): Promise<Response>;
  /** One JSON-RPC request of today's kind, as a token's holder. */
  rpc(token: string | null, method: string, params?: object, headers?: Record<string, string>): Promise<Response>;
};

type Options = Partial<Omit<HttpOptions, 'host' | 'port' | 'auth' | 'pages'>> &
  Partial<SignInOptions> & {
    readonly company?: Company;
    readonly port?: number;
    /** Of the first of two servers behind one address. */
    readonly publicUrl?: string;
    readonly passwords?: readonly Who[];
    readonly samples?: boolean;
    readonly toldEveryMs?: number;
  };

export async function openSite(options: Options = {}): Promise<Served> {
  const { passwords = [], samples = false, registration = true, clientDocuments = false, issuer = null } = options;
  const company = options.company ?? (await openCompany({ passwords, samples }));
  const port = options.port ?? (await freePort());
  const local = new URL(`http://localhost:${port}`);
  const url = new URL(options.publicUrl ?? local);
  const app = { ...company.app, siteUrl: url };
  const refusals = new Refusals(app.log, options.toldEveryMs);
  const site: HttpApp = { app, directory: company.directory, url, refusals };
  const documents = options.fetchDocument === undefined ? {} : { fetchDocument: options.fetchDocument };
  const access = await accessWithSignIn(site, { registration, clientDocuments, issuer, ...documents });
  const { origins = [], proxies = 0 } = options;
  const listening = await serveOverHttp(site, { ...options, host: '127.0.0.1', port, origins, proxies, ...access });
  let isOpen = true;
  const close = async () => {
    if (isOpen) await listening.close();
    isOpen = false;
  };
  whenDone(close);
  return {
    ...company,
    ...{ site, url: url.origin, local: local.origin, close },
    get: async (path, init) => await fetch(new URL(path, local), { redirect: 'manual', ...init }),
    rpc: async (token, method, params = {}, headers = {}) =>
      await fetch(new URL('/mcp', local), rpcRequest(token, method, params, headers)),
  };
}

/** Ended, and started again on the same books, at the same address. */
export async function restart(site: Served, options: Options = {}): Promise<Served> {
  await site.close();
  // The client of this process notices that its lines are down.
  await until(async () => await fetch(site.local).then(() => false, isRefused));
  return await openSite({ ...options, company: site, port: Number(new URL(site.url).port) });
}

/** Whether nobody listens there, which fetch says in the cause alone. */
function isRefused(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED';
}

/** One JSON-RPC request of today's kind. */
export function rpcRequest(
  token: string | null,
  method: string,
  params: object,
  headers: Record<string, string>,
): RequestInit {
  return {
    method: 'POST',
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...{ 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
      ...headers,
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  };
}

/** What is tried often in a test is not to be stopped by limits that it is not about. */
export const UNLIMITED: Rates = {
  address: 1e6,
  token: 1e6,
  account: 1e6,
  failures: 1e6,
  wrongTokens: 1e6,
  registrations: 1e6,
  beginnings: 1e6,
  time: 1e9,
};

/** Keeps cookies and follows redirects within the server, as a browser does; forms are sent as one sends them. */
export class Visitor {
  readonly #url: string;
  readonly cookies = new Map<string, string>();
  /** Where the last page was found. */
  at = '/';
  html = '';
  status = 0;

  constructor(url: string) {
    this.#url = url;
  }

  /** @returns where a redirect led outside; null where the visit ended on a page */
  async open(path: string, init: RequestInit = {}): Promise<string | null> {
    let to = new URL(path, this.#url);
    let now = init;
    for (let hops = 0; hops < 12; hops += 1) {
      if (to.origin !== this.#url) return to.href;
      const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(to, {
        ...now,
        redirect: 'manual',
        headers: { ...Object.fromEntries(new Headers(now.headers)), ...(cookie === '' ? {} : { cookie }) },
      });
      for (const set of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
        if (value === '' || /expires=Thu, 01 Jan 1970|max-age=0/i.test(set)) this.cookies.delete(name);
        else this.cookies.set(name, value);
      }
      const location = response.headers.get('location');
      this.at = to.pathname + to.search;
      this.html = await response.text();
      this.status = response.status;
      if (location === null || response.status < 300 || response.status > 399) return null;
      to = new URL(location, to);
      now = {};
    }
    throw new Error('too many redirects');
  }

  /** Sends the form of the page, with what its hidden fields hold. */
  async send(
    fields: Record<string, string | readonly string[]>,
    headers: Record<string, string> = {},
  ): Promise<string | null> {
    const [, action = this.at] = /<form[^>]*action="([^"]+)"/.exec(this.html) ?? [];
    const body = new URLSearchParams();
    for (const [, name = '', value = ''] of this.html.matchAll(
      /<input type="hidden" name="([^"]+)"[^>]*value="([^"]*)"/g,
    ))
      if (!(name in fields)) body.append(name, value);
    for (const [name, value] of Object.entries(fields)) for (const each of [value].flat()) body.append(name, each);
    return await this.open(action.replaceAll('&amp;', '&'), {
      method: 'POST',
      body,
      headers: { origin: this.#url, 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });
  }

  async signIn(who: Who): Promise<string | null> {
    return await this.send({ do: 'sign-in', email: emailOf(who), password: passwordOf(who) });
  }
}
