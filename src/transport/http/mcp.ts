// The MCP endpoint: both eras of the protocol under one address. Today's requests stand alone and get a server each, made
// of what is ready in memory; earlier ones have sessions, or stand alone where a client keeps none.
import type { IncomingMessage } from 'node:http';
import {
  classifyInboundRequest,
  createMcpHandler,
  isInitializeRequest,
  legacyStatelessFallback,
  PROTOCOL_VERSION_META_KEY,
  type McpRequestContext,
  type McpServer,
} from '@modelcontextprotocol/server';
import { takenBy } from './accept.ts';
import { answering, type NodeHandler } from './answering.ts';
import type { SignedInCaller } from './caller.ts';
import { refuse, type RequestContext } from './request-context.ts';
import { ListChanges, type LookRules } from './list-changes.ts';
import { Sessions, type SessionRules } from './sessions.ts';
import { Streams, type StreamRules } from './streams.ts';
import { Problem } from '../../domain/errors.ts';
import type { Session } from '../../server/session.ts';
import type { Directory } from '../../store/directory/directory.ts';

/** Makes the server that answers: `introduces` is false where it will not be asked what it is. */
export type BuildServer = (session: Session, introduces: boolean, changed: () => void) => Promise<McpServer>;

export type McpOptions = {
  readonly build: BuildServer;
  readonly sessions: SessionRules;
  readonly streams: StreamRules;
  readonly looks: LookRules;
  readonly directory: Directory;
  /** Whether the token that somebody came with still opens what it did. */
  readonly isStillGood: (caller: SignedInCaller) => Promise<boolean>;
  readonly largestBody: number;
  readonly onerror: (error: Error) => void;
};

type Handler = ReturnType<typeof createMcpHandler>;

/** Streams of one account. */
const MOST_STREAMS = 200;

export class McpEndpoint {
  readonly #build: BuildServer;
  readonly #sessions: Sessions;
  readonly #changes: ListChanges;
  readonly #streams: Streams;
  readonly #today: Handler;
  readonly #answerToday: NodeHandler;
  readonly #answerAlone: NodeHandler;
  /** Those who listen hear of their own account alone: each has a handler, with its own bus, once somebody does. */
  readonly #listening = new Map<number, { readonly handler: Handler; readonly answer: NodeHandler }>();
  readonly #listenTo: () => { readonly handler: Handler; readonly answer: NodeHandler };

  constructor({ build, sessions, streams, looks, directory, isStillGood, largestBody, onerror }: McpOptions) {
    this.#build = build;
    this.#streams = new Streams(streams, isStillGood);
    this.#changes = new ListChanges(
      directory,
      { accounts: () => this.#streams.accounts(), tell: (accountId) => this.#tellLists(accountId) },
      looks,
    );
    this.#sessions = new Sessions(
      async ({ extra: { session } }) => await build(session, true, () => this.#changes.look(session.accountId)),
      sessions,
      { largest: largestBody, onerror, directory },
    );
    const perRequest = async ({ authInfo, requestInfo }: McpRequestContext) => {
      const session = sessionOf(authInfo);
      return await this.#build(session, introduces(requestInfo), () => this.#changes.look(session.accountId));
    };
    const options = { legacy: 'reject' as const, maxRequestBodySize: largestBody, onerror };
    this.#today = createMcpHandler(perRequest, options);
    this.#answerToday = answering(this.#today, onerror);
    this.#listenTo = () => {
      const handler = createMcpHandler(perRequest, { ...options, maxSubscriptions: MOST_STREAMS });
      return { handler, answer: answering(handler, onerror) };
    };
    const alone = legacyStatelessFallback(perRequest, onerror, { maxRequestBodySize: largestBody });
    this.#answerAlone = answering({ fetch: alone }, onerror);
  }

  /** @param body what was sent, parsed; undefined for a request without a body */
  async handle(requestContext: RequestContext, caller: SignedInCaller, body: unknown): Promise<void> {
    const { req, res } = requestContext;
    const { json, events } = takenBy(req.headers.accept);
    const { method = 'GET', url = '/' } = req;
    const asked = Object.assign(req, { auth: caller, method, url });
    const id = req.headers['mcp-session-id'];
    const listens = isListening(body);
    const isStream = listens || (method === 'GET' && id !== undefined);
    if (!events && (isStream || (method === 'POST' && !json)))
      return refuse(requestContext, 406, 'Take text/event-stream, or application/json where there is one answer.');
    if ((listens || method === 'GET') && !this.#streams.admit(caller, res))
      return refuse(requestContext, 429, 'You listen in too many places at once. Close one.', { 'retry-after': '30' });
    if (listens || method === 'GET') await this.#changes.follow(caller.extra.session.accountId);
    if (id === undefined && listens) return await this.#listeningTo(caller).answer(asked, res, body);
    if (id === undefined && !isOfBefore(req, body)) return await this.#answerToday(asked, res, body);
    if (typeof id === 'string') {
      const session = await this.#sessions.find(id, caller).catch(unlessAway);
      if (session === 'away')
        return refuse(requestContext, 503, 'The books cannot be reached. Try again in a moment.', {
          'retry-after': '5',
        });
      if (session !== null) return await this.#sessions.continue(session, asked, res, body);
      return refuse(requestContext, 404, 'That session has ended. Initialize a new one.');
    }
    if (isInitializeRequest(body)) return await this.#sessions.open(caller, asked, res, body);
    if (req.method === 'POST') return await this.#answerAlone(asked, res, body);
    refuse(requestContext, 405, 'Nothing is open here without a session: POST an initialize first.', { allow: 'POST' });
  }

  #listeningTo({ extra: { session } }: SignedInCaller): { readonly answer: NodeHandler } {
    const known = this.#listening.get(session.accountId) ?? this.#listenTo();
    this.#listening.set(session.accountId, known);
    return known;
  }

  /** To whoever listens to this account. */
  #tellLists(accountId: number): void {
    const notify = this.#listening.get(accountId)?.handler.notify;
    notify?.toolsChanged();
    notify?.promptsChanged();
    notify?.resourcesChanged();
    this.#sessions.tellLists(accountId);
  }

  async close(): Promise<void> {
    this.#streams.close();
    await this.#changes.close();
    await Promise.all(
      [this.#today, ...[...this.#listening.values()].map(({ handler }) => handler)].map(
        async (each) => await each.close(),
      ),
    );
    await this.#sessions.close();
  }
}

/** While the database is away nobody knows whether a session has ended. */
function unlessAway(error: unknown): 'away' {
  if (error instanceof Problem && (error.kind === 'unavailable' || error.kind === 'busy')) return 'away';
  throw error;
}

function sessionOf(auth: McpRequestContext['authInfo']): Session {
  if (auth === undefined || !isCaller(auth)) throw new Error('a request came through without its caller');
  return auth.extra.session;
}

function isCaller(auth: object): auth is SignedInCaller {
  return 'extra' in auth && typeof auth.extra === 'object' && auth.extra !== null && 'session' in auth.extra;
}

/** Today's requests name their method in a header, which the SDK holds against the body. */
function introduces(request: Request | undefined): boolean {
  const method = request?.headers.get('mcp-method') ?? 'initialize';
  return method === 'initialize' || method === 'server/discover';
}

/** Today's requests name in themselves the revision that they are of; whether all of it is in order is for the SDK to say. */
function namesItsRevision(body: unknown): boolean {
  if (!isObject(body) || !('method' in body) || body.method === 'initialize' || !('params' in body)) return false;
  const { params } = body;
  return isObject(params) && '_meta' in params && isObject(params._meta) && PROTOCOL_VERSION_META_KEY in params._meta;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isListening(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'method' in body && body.method === 'subscriptions/listen';
}

/** As the SDK's own entry decides it, which looks at each request once more: one that says what it is is left to that. */
function isOfBefore({ method = 'GET', headers }: IncomingMessage, body: unknown): boolean {
  if (method === 'POST' && namesItsRevision(body)) return false;
  const version = headers['mcp-protocol-version'];
  const { kind } = classifyInboundRequest({
    httpMethod: method,
    ...(typeof version === 'string' ? { protocolVersionHeader: version } : {}),
    ...(body === undefined ? {} : { body }),
  });
  return kind === 'legacy';
}
