// Serves every account of a house over HTTP. What a request passes, in this order: Host and Origin, the limit of its
// address, who asks, the limits of token and account, size, parse. Nothing is read of a body before it is known whose it is.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { loggedWith, stackOf } from '../logger.ts';
import { buildServer } from '../protocol.ts';
import type { Routes } from './http/browser.ts';
import { attemptsIn } from '../services/access/attempts.ts';
import { TOKEN_PREFIX } from '../services/access/tokens.ts';
import { mendArguments } from './arguments.ts';
import { addressOf, network } from './http/address.ts';
import { Bodies, parseJson } from './http/body.ts';
import { bearerOf, callersOf, holderOf, memberIs, memberOf, type SignedInCaller } from './http/caller.ts';
import { Deployment } from './http/deployment.ts';
import { answer, refuse, type RequestContext } from './http/request-context.ts';
import { hostFault, allowedHostsOf, type AllowedHosts } from './http/guards.ts';
import { CONNECTION_RULES, Connections, type ConnectionRules } from './http/connections.ts';
import { untilAnswered } from './http/farewell.ts';
import { limitsOf, RATES, type RateLimits, type Rates } from './http/limits.ts';
import { LOOK_RULES, type LookRules } from './http/list-changes.ts';
import { McpEndpoint, type BuildServer } from './http/mcp.ts';
import { largestAnswer, Outgoing, OUTGOING_RULES, WORDS, type OutgoingRules } from './http/outgoing.ts';
import { Readiness } from './http/readiness.ts';
import { SESSION_RULES, type SessionRules } from './http/sessions.ts';
import { STREAM_RULES, type StreamRules } from './http/streams.ts';
import { isMcpPath, isPublicMetadata, type Authenticate, type HttpApp } from './http/http-app.ts';
import { scopesToAskFor } from './http/step-up.ts';
import { sane, traceOf, routeOf } from './http/log-names.ts';
import type { App } from '../server/session.ts';

export type HttpOptions = {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  readonly origins: readonly string[];
  readonly proxies: number;
  /** How a token is looked up; or the one caller of a server that asks for none. */
  readonly auth: Authenticate | SignedInCaller;
  /** Everything that people see: sign-in, record pages, links. */
  readonly pages: Routes | null;
  readonly build?: BuildServer;
  readonly rates?: Rates;
  readonly sessions?: SessionRules;
  readonly streams?: StreamRules;
  readonly looks?: LookRules;
  /** How long a token that was looked up is believed. */
  readonly believedMs?: number;
  readonly timeouts?: Timeouts;
  readonly connections?: ConnectionRules;
  readonly outgoing?: OutgoingRules;
};

export type Listening = {
  readonly port: number;
  /** Takes no more, answers what is under way, and ends. */
  close(): Promise<void>;
};

/** A file of 10 MB in base64 and the JSON around it, as over stdio. */
const LARGEST_BODY = 32 * 1024 * 1024;
type Timeouts = { readonly headersMs: number; readonly formMs: number; readonly requestMs: number };
/** Headers and what is written by hand come at once; 10 MB from a phone on site take a while. */
const TIMEOUTS: Timeouts = { headersMs: 10_000, formMs: 10_000, requestMs: 120_000 };

export async function serveOverHttp(httpApp: HttpApp, options: HttpOptions): Promise<Listening> {
  const outgoing = options.outgoing ?? OUTGOING_RULES;
  const connections = new Connections(options.connections ?? CONNECTION_RULES);
  const service = new Service(httpApp, { ...options, connections, outgoing });
  const server = createServer(
    {
      headersTimeout: options.timeouts?.headersMs ?? TIMEOUTS.headersMs,
      requestTimeout: options.timeouts?.requestMs ?? TIMEOUTS.requestMs,
      connectionsCheckingInterval: 1000,
      keepAliveTimeout: 5000,
      maxHeaderSize: 16 * 1024,
    },
    (req, res) => void service.serve(req, res),
  );
  server.on('connection', (socket) => {
    // Behind a proxy every connection comes from that one, which needs all it can have: each counts for itself.
    const address = options.proxies === 0 ? network(socket.remoteAddress ?? '') : `connection ${randomUUID()}`;
    connections.add(socket, address);
  });
  // Nothing went either way for so long. That is in order while an answer is made, and on a stream.
  server.setTimeout(outgoing.stalledMs, (socket) => {
    if (connections.isResting(socket) || socket.writableLength > 0) socket.destroy();
  });
  // Many may come at once: those that the system does not queue wait a second for its next try.
  server.listen({ port: options.port, host: options.host, backlog: 4096 });
  await once(server, 'listening');
  const port = portOf(server);
  service.openFor(allowedHostsOf(httpApp.url, { host: options.host, port, origins: options.origins }));
  return { port, close: async () => await service.close(server) };
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  return address.port;
}

type NodeHandler = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

type Serving = Omit<HttpOptions, 'connections' | 'outgoing'> & {
  readonly connections: Connections;
  readonly outgoing: OutgoingRules;
};

class Service {
  readonly #httpApp: HttpApp;
  readonly #options: HttpOptions;
  readonly #connections: Connections;
  readonly #outgoing: Outgoing;
  readonly #limits: RateLimits;
  readonly #mcp: McpEndpoint;
  readonly #bodies = new Bodies(LARGEST_BODY);
  readonly #callerOf: (token: string) => Promise<SignedInCaller | null>;
  readonly #pages: NodeHandler | null;
  readonly #deployment: Deployment;
  readonly #readiness: Readiness;
  #allowedHosts: AllowedHosts = { hosts: new Set(), origins: new Set() };
  #isEnding = false;
  #underway = 0;

  constructor(httpApp: HttpApp, { connections, outgoing, ...options }: Serving) {
    this.#httpApp = httpApp;
    this.#options = options;
    this.#deployment = new Deployment(httpApp.app.log, { proxies: options.proxies, publicHost: httpApp.url.host });
    this.#readiness = new Readiness(async () => await httpApp.directory.read(async () => true));
    this.#connections = connections;
    this.#outgoing = new Outgoing(outgoing);
    this.#limits = limitsOf(options.rates ?? RATES, attemptsIn(httpApp.directory, 60_000));
    this.#callerOf =
      typeof options.auth === 'function'
        ? callersOf({ ...httpApp.app, spent: this.#spent }, options.auth, { believedMs: options.believedMs })
        : async () => null;
    this.#pages =
      options.pages === null ? null : getRequestListener(options.pages.fetch, { hostname: httpApp.url.host });
    this.#mcp = new McpEndpoint({
      build: options.build ?? buildServer,
      sessions: options.sessions ?? SESSION_RULES,
      streams: options.streams ?? STREAM_RULES,
      looks: options.looks ?? LOOK_RULES,
      directory: httpApp.directory,
      isStillGood: async (caller) => typeof options.auth !== 'function' || (await this.#isAsBefore(caller)),
      largestBody: LARGEST_BODY,
      onerror: (error) => httpApp.app.log.error(`protocol: ${error.name}`),
    });
  }

  /** Their token still opens the books, with the rights that it did. */
  async #isAsBefore(caller: SignedInCaller): Promise<boolean> {
    const now = await this.#callerOf(caller.token);
    return now !== null && holderOf(now) === holderOf(caller);
  }

  openFor(allowedHosts: AllowedHosts): void {
    this.#allowedHosts = allowedHosts;
  }

  readonly #spent: NonNullable<App['spent']> = (whose, ms) => {
    void this.#limits.spend(memberIs(whose), Math.ceil(ms));
  };

  async serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const started = performance.now();
    const requestId = sane(req.headers['x-request-id']) ?? randomUUID();
    const traceId = traceOf(req.headers.traceparent);
    res.setHeader('x-request-id', requestId);
    res.setHeader('x-content-type-options', 'nosniff');
    if (this.#httpApp.url.protocol === 'https:') res.setHeader('strict-transport-security', SECURE_FROM_NOW_ON);
    // Whoever goes on asking over a line that stays open would keep it from ending.
    if (this.#isEnding) res.shouldKeepAlive = false;
    this.#underway += 1;
    const answered = this.#connections.asks(req.socket);
    res.once('close', () => {
      this.#underway -= 1;
      answered();
    });
    const path = (req.url ?? '/').split('?', 1).join();
    const requestContext = {
      req,
      res,
      method: req.method ?? 'GET',
      path,
      address: addressOf(req, this.#options.proxies),
    };
    await loggedWith({ requestId, ...(traceId === undefined ? {} : { traceId }) }, async () => {
      const { log } = this.#httpApp.app;
      try {
        await this.#route(requestContext);
      } catch (error) {
        log.error('a request failed', { outcome: 'failed', ...stackOf(error) });
        answer(requestContext, 500, { error: 'internal', requestId });
      } finally {
        log.info('request', {
          ...{ method: requestContext.method.slice(0, 10), route: routeOf(path) },
          ...{ status: res.statusCode, ms: Math.round(performance.now() - started) },
        });
      }
    });
  }

  async #route(requestContext: RequestContext): Promise<void> {
    const { req, path } = requestContext;
    if (path === '/healthz') return answer(requestContext, 200, { ok: true });
    if (path === '/readyz') return await this.#ready(requestContext);
    // As a proxy is asked, or with what no request of ours has.
    if (!path.startsWith('/')) return refuse(requestContext, 400, 'Ask for a path of this server.');
    if (!METHODS.has(requestContext.method))
      return refuse(requestContext, 405, 'No such method here.', { allow: [...METHODS].join(', ') });
    const fault = hostFault(req, this.#allowedHosts, isPublicMetadata(path));
    if (fault !== null) {
      this.#httpApp.refusals.note('door');
      return refuse(requestContext, 403, fault);
    }
    this.#deployment.look(req);
    // From its first moment, or it would keep others out while its limits are looked at.
    if (isForm(requestContext)) req.once('end', this.#connections.awaits(req.socket));
    const wait = await this.#limits.take('address', requestContext.address);
    if (wait !== null) return tooMany(requestContext, wait);
    if (isMcpPath(path)) return await this.#serveMcp(requestContext);
    if (this.#pages !== null) return await this.#servePage(requestContext, this.#pages);
    answer(requestContext, 404, { error: 'not_found' });
  }

  /** Who guesses passwords, codes or links is stopped. */
  async #servePage(requestContext: RequestContext, pages: NodeHandler): Promise<void> {
    const { req, res, address, method, path } = requestContext;
    const isTry = method === 'POST' && /^\/(?:sign-in|invitation)(?:\/|$)/.test(path);
    const isNew = method === 'POST' && path === '/oauth/register';
    const hasToken = req.headers.authorization !== undefined && !path.startsWith('/oauth/');
    const wait =
      (hasToken ? await this.#limits.take('wrongTokens', address) : null) ??
      (isTry ? await this.#limits.take('failures', address) : null) ??
      (isNew ? await this.#limits.take('registrations', address) : null) ??
      (path === '/oauth/authorize' ? await this.#limits.take('beginnings', address) : null);
    if (wait !== null) return tooMany(requestContext, wait);
    if (!this.#outgoing.admit(address, res, WORDS)) return tooMany(requestContext, A_MOMENT);
    const patience = isForm(requestContext)
      ? setTimeout(() => req.destroy(), this.#options.timeouts?.formMs ?? TIMEOUTS.formMs)
      : undefined;
    req.once('end', () => clearTimeout(patience));
    try {
      await pages(req, res);
    } finally {
      clearTimeout(patience);
    }
    if (isTry && res.statusCode === 401) this.#httpApp.refusals.note('password');
    if (hasToken && res.statusCode === 401) this.#httpApp.refusals.note('token');
    if (isTry && res.statusCode !== 401) await this.#limits.giveBack('failures', address);
    if (hasToken && res.statusCode !== 401) await this.#limits.giveBack('wrongTokens', address);
  }

  async #ready(requestContext: RequestContext): Promise<void> {
    const wait = await this.#limits.take('address', requestContext.address);
    if (wait !== null) return tooMany(requestContext, wait);
    const isReady = !this.#isEnding && (await this.#readiness.answers());
    const warnings = this.#deployment.faults();
    answer(requestContext, isReady ? 200 : 503, { ready: isReady, ...(warnings.length === 0 ? {} : { warnings }) });
  }

  async #serveMcp(requestContext: RequestContext): Promise<void> {
    const { req, res, method } = requestContext;
    this.#allowOrigin(requestContext);
    if (method === 'OPTIONS') return void res.writeHead(204, PREFLIGHT).end();
    const caller = await this.#whoAsks(requestContext);
    if (caller === null) return;
    const { session, key } = caller.extra;
    const wait =
      (await this.#limits.take('token', key)) ?? (await this.#limits.take('account', String(session.accountId)));
    if (wait !== null) return tooMany(requestContext, wait);
    const owed = await this.#limits.owed(memberOf(caller));
    if (owed !== null) return tooMany(requestContext, owed);
    if (method !== 'POST') return await this.#answer(requestContext, caller, undefined);
    if (!/^application\/json\s*(;|$)/i.test(req.headers['content-type'] ?? ''))
      return refuse(requestContext, 415, 'Send application/json.');
    const body = await this.#bodies.read(req, memberOf(caller));
    if ('fault' in body) return unread(requestContext, body.fault);
    const parsed = parseJson(body.bytes);
    if (parsed === undefined)
      return refuse(requestContext, 400, 'That is not JSON in UTF-8, or it is nested too deep, or has too many parts.');
    if (Array.isArray(parsed.value))
      return refuse(requestContext, 400, 'Send one request at a time: batches are not taken.');
    mendArguments(parsed.value);
    const scopes = scopesToAskFor(parsed.value, session);
    if (scopes !== null) return this.#askForMore(requestContext, caller, scopes);
    await this.#answer(requestContext, caller, parsed.value);
  }

  async #answer(requestContext: RequestContext, caller: SignedInCaller, body: unknown): Promise<void> {
    if (!this.#outgoing.admit(memberOf(caller), requestContext.res, largestAnswer(body)))
      return tooMany(requestContext, A_MOMENT);
    const { accountId, personId } = caller.extra.session;
    await loggedWith(
      { account: accountId, ...(personId === null ? {} : { person: personId }) },
      async () => await this.#mcp.handle(requestContext, caller, body),
    );
  }

  /** Null where the request was answered: it has no token, or one that opens nothing. */
  async #whoAsks(requestContext: RequestContext): Promise<SignedInCaller | null> {
    const { auth } = this.#options;
    if (typeof auth !== 'function') return auth;
    const token = bearerOf(requestContext.req);
    if (token === undefined) {
      this.#challenge(requestContext, 401, {}, 'Sign in first: this server needs a token.');
      return null;
    }
    const caller = token === null ? null : await this.#callerOf(token);
    if (caller !== null) return caller;
    this.#httpApp.refusals.note('token');
    // Many people's assistants come from one address: whoever guesses there must not shut out who has a good token.
    const wait = await this.#limits.take('wrongTokens', requestContext.address);
    if (wait !== null) tooMany(requestContext, wait);
    else this.#challenge(requestContext, 401, { error: 'invalid_token' }, NO_SUCH_TOKEN);
    return null;
  }

  #askForMore(requestContext: RequestContext, { token }: SignedInCaller, scopes: readonly string[]): void {
    const how = token.startsWith(TOKEN_PREFIX)
      ? `This token was made without what this needs. Make one with: --scopes ${scopes.join(',')}`
      : `This needs the person's consent to: ${scopes.join(', ')}.`;
    this.#challenge(requestContext, 403, { error: 'insufficient_scope', scope: scopes.join(' ') }, how);
  }

  #challenge(requestContext: RequestContext, status: number, says: Record<string, string>, message: string): void {
    const metadata = new URL(`/.well-known/oauth-protected-resource${requestContext.path}`, this.#httpApp.url).href;
    const parts = {
      ...says,
      ...(says['error'] === undefined ? {} : { error_description: message }),
      resource_metadata: metadata,
    };
    const written = Object.entries(parts).map(([name, value]) => `${name}="${value}"`);
    refuse(requestContext, status, message, { 'www-authenticate': `Bearer ${written.join(', ')}` });
  }

  #allowOrigin({ req, res }: RequestContext): void {
    const { origin } = req.headers;
    if (origin === undefined) return;
    res.setHeader('access-control-allow-origin', origin);
    res.setHeader(
      'access-control-expose-headers',
      'mcp-session-id, mcp-protocol-version, www-authenticate, x-request-id',
    );
    res.setHeader('vary', 'origin');
  }

  async close(server: Server): Promise<void> {
    this.#isEnding = true;
    const closed = once(server, 'close');
    server.close();
    const until = await untilAnswered(this.#httpApp.app);
    await this.#mcp.close();
    this.#outgoing.close();
    server.closeIdleConnections();
    while (this.#underway > 0 && Date.now() < until) await pause(20);
    server.closeAllConnections();
    await closed;
    this.#httpApp.refusals.tell();
  }
}

const NO_SUCH_TOKEN = 'This token is unknown, has ended or was revoked.';

/** Anybody may send one; a file comes from somebody whose link was looked at. */
function isForm({ method, path }: RequestContext): boolean {
  return method === 'POST' && !isMcpPath(path) && !path.startsWith('/upload/');
}

/** Until some of the answers are taken that wait for their client. */
const A_MOMENT = 2;

/** A browser that was here once comes by https alone, for a year. https://www.rfc-editor.org/rfc/rfc6797 */
const SECURE_FROM_NOW_ON = 'max-age=31536000';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS']);

const PREFLIGHT = {
  'access-control-allow-methods': 'GET, POST, DELETE, OPTIONS',
  'access-control-allow-headers':
    'authorization, content-type, last-event-id, mcp-session-id, mcp-protocol-version, mcp-method, mcp-name, x-request-id, traceparent',
  'access-control-max-age': '600',
};

function unread(requestContext: RequestContext, fault: 'too_large' | 'too_many' | 'broken'): void {
  if (fault === 'too_many') return tooMany(requestContext, 5);
  if (fault === 'broken') return refuse(requestContext, 400, 'The request broke off.');
  refuse(requestContext, 413, `At most ${LARGEST_BODY / 1024 / 1024} MB. Nothing was done. Files may have 10 MB.`);
}

function tooMany(requestContext: RequestContext, seconds: number): void {
  refuse(requestContext, 429, `Too many requests. Try again in ${seconds} s.`, { 'retry-after': String(seconds) });
}
