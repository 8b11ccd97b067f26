// The MCP endpoint: both eras of the protocol under one address. Today's requests stand alone and get a server each, made
// of what is ready in memory; earlier ones have sessions, or stand alone where a client keeps none.
import type { IncomingMessage } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import {
  classifyInboundRequest,
  createMcpHandler,
  isInitializeRequest,
  legacyStatelessFallback,
  type McpRequestContext,
  type McpServer,
} from '@modelcontextprotocol/server';
import type { Host } from '../../server.ts';
import type { Caller } from './caller.ts';
import { refuse, type Exchange } from './exchange.ts';
import { Sessions, type SessionRules } from './sessions.ts';

/** Makes the server that answers: `introduces` is false where it will not be asked what it is. */
export type BuildServer = (host: Host, introduces: boolean, changed: () => void) => Promise<McpServer>;

export type McpOptions = {
  readonly build: BuildServer;
  readonly sessions: SessionRules;
  readonly largestBody: number;
  readonly onerror: (error: Error) => void;
};

export class McpEndpoint {
  readonly #build: BuildServer;
  readonly #sessions: Sessions;
  readonly #today: ReturnType<typeof createMcpHandler>;
  readonly #answerToday: ReturnType<typeof toNodeHandler>;
  readonly #answerAlone: ReturnType<typeof toNodeHandler>;

  constructor({ build, sessions, largestBody, onerror }: McpOptions) {
    this.#build = build;
    this.#sessions = new Sessions(
      async (caller) => await build(caller.extra.host, true, () => undefined),
      sessions,
      largestBody,
    );
    const perRequest = async ({ authInfo, requestInfo }: McpRequestContext) =>
      await this.#build(hostOf(authInfo), introduces(requestInfo), () => this.#tellLists());
    this.#today = createMcpHandler(perRequest, { legacy: 'reject', maxRequestBodySize: largestBody, onerror });
    this.#answerToday = toNodeHandler(this.#today, { onerror });
    const alone = legacyStatelessFallback(perRequest, onerror, { maxRequestBodySize: largestBody });
    this.#answerAlone = toNodeHandler({ fetch: alone }, { onerror });
  }

  /** @param body what was sent, parsed; undefined for a request without a body */
  async handle(exchange: Exchange, caller: Caller, body: unknown): Promise<void> {
    const { req, res } = exchange;
    const { method = 'GET', url = '/' } = req;
    const asked = Object.assign(req, { auth: caller, method, url });
    const id = req.headers['mcp-session-id'];
    if (id === undefined && !isOfBefore(req, body)) return await this.#answerToday(asked, res, body);
    if (typeof id === 'string') return await this.#inSession(exchange, caller, { id, body });
    if (isInitializeRequest(body)) return await this.#sessions.open(caller, asked, res, body);
    if (req.method === 'POST') return await this.#answerAlone(asked, res, body);
    refuse(exchange, 405, 'Nothing is open here without a session: POST an initialize first.', { allow: 'POST' });
  }

  async #inSession(exchange: Exchange, caller: Caller, { id, body }: { id: string; body: unknown }): Promise<void> {
    if (!this.#sessions.has(id, caller)) return refuse(exchange, 404, 'That session has ended. Initialize a new one.');
    await this.#sessions.continue(id, caller, exchange.req, exchange.res, body);
  }

  /** To whoever listens. It says only that a list may be another, so it is no matter whose it was. */
  #tellLists(): void {
    this.#today.notify.toolsChanged();
    this.#today.notify.promptsChanged();
    this.#today.notify.resourcesChanged();
  }

  async close(): Promise<void> {
    await this.#today.close();
    await this.#sessions.close();
  }
}

function hostOf(auth: McpRequestContext['authInfo']): Host {
  if (auth === undefined || !isCaller(auth)) throw new Error('a request came through without its caller');
  return auth.extra.host;
}

function isCaller(auth: object): auth is Caller {
  return 'extra' in auth && typeof auth.extra === 'object' && auth.extra !== null && 'host' in auth.extra;
}

/** Today's requests name their method in a header, which the SDK holds against the body. */
function introduces(request: Request | undefined): boolean {
  const method = request?.headers.get('mcp-method') ?? 'initialize';
  return method === 'initialize' || method === 'server/discover';
}

/** As the SDK's own entry decides it. */
function isOfBefore({ method = 'GET', headers }: IncomingMessage, body: unknown): boolean {
  const version = headers['mcp-protocol-version'];
  const { kind } = classifyInboundRequest({
    httpMethod: method,
    ...(typeof version === 'string' ? { protocolVersionHeader: version } : {}),
    ...(body === undefined ? {} : { body }),
  });
  return kind === 'legacy';
}
