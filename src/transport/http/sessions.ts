// Sessions of the protocol's earlier revisions: a server each, from initialize until it is closed or forgotten. They are
// what a question to the person needs in that era. A session belongs to whom it was opened by, with the rights they had.
// One that another process opened, or that was forgotten here, is gone on with from what its id says of it.
import type { ServerResponse } from 'node:http';
import { WebStandardStreamableHTTPServerTransport, type McpServer } from '@modelcontextprotocol/server';
import type { Directory } from '../../store/directory/directory.ts';
import { Questions } from './questions.ts';
import { SessionIds, type Introduction } from './session-ids.ts';
import { tellLists } from '../../protocol.ts';
import { BOTH } from './accept.ts';
import { answering, type NodeRequest, type NodeHandler } from './answering.ts';
import { holderOf, memberOf, type SignedInCaller } from './caller.ts';

export type SessionRules = {
  readonly most: number;
  readonly mostEach: number;
  /** A session that nobody used for so long is forgotten. */
  readonly idleMs: number;
};
export const SESSION_RULES: SessionRules = { most: 2000, mostEach: 50, idleMs: 30 * 60 * 1000 };

type McpSession = {
  readonly id: string;
  readonly account: number;
  readonly owner: string;
  /** Who has it, by whatever they came. */
  readonly member: string;
  readonly answer: NodeHandler;
  readonly server: McpServer;
  readonly questions: Questions;
  usedAt: number;
  /** Requests that are being answered, an open stream for messages among them. */
  open: number;
};

export class Sessions {
  readonly #build: (caller: SignedInCaller) => Promise<McpServer>;
  readonly #rules: SessionRules;
  readonly #largest: number;
  readonly #onerror: (error: Error) => void;
  readonly #directory: Directory;
  readonly #ids: SessionIds;
  readonly #sessions = new Map<string, McpSession>();
  /** Those that are gone on with, until they are there. */
  readonly #coming = new Map<string, Promise<McpSession>>();
  readonly #sweeper: NodeJS.Timeout;

  /** @param largest bytes of a request's body */
  constructor(
    build: (caller: SignedInCaller) => Promise<McpServer>,
    rules: SessionRules,
    {
      largest,
      onerror,
      directory,
    }: { readonly largest: number; readonly onerror: (error: Error) => void; readonly directory: Directory },
  ) {
    this.#directory = directory;
    this.#ids = new SessionIds(directory);
    this.#build = build;
    this.#rules = rules;
    this.#largest = largest;
    this.#onerror = onerror;
    this.#sweeper = setInterval(() => this.#forgetIdle(), Math.min(rules.idleMs, 60_000)).unref();
  }

  /** A new session, for an `initialize`. The caller's own oldest unused one makes room. */
  async open(caller: SignedInCaller, req: NodeRequest, res: ServerResponse, body: unknown): Promise<void> {
    const { session, transport } = await this.#begin(caller, await this.#ids.make(body, holderOf(caller)));
    await this.#handle(session, req, res, body);
    // An initialize that was refused opened nothing.
    if (transport.sessionId === undefined) await this.#forget(session);
  }

  /** This caller's session; null for one that has ended. Somebody else's is as unknown as one that never was. */
  async find(id: string, caller: SignedInCaller): Promise<McpSession | null> {
    const known = (await this.#coming.get(id)) ?? this.#sessions.get(id);
    if (known !== undefined) return known.owner === holderOf(caller) ? known : null;
    const introduction = await this.#ids.open(id, holderOf(caller));
    if (introduction === null) return null;
    // Several requests may have come at once.
    const coming = this.#coming.get(id) ?? this.#goOn(id, caller, introduction);
    this.#coming.set(id, coming);
    try {
      return await coming;
    } finally {
      this.#coming.delete(id);
    }
  }

  async continue(session: McpSession, req: NodeRequest, res: ServerResponse, body: unknown): Promise<void> {
    const taken = await session.questions.taken(body);
    if (taken === null) return void res.writeHead(202).end();
    await this.#handle(session, req, res, taken);
  }

  async #begin(caller: SignedInCaller, id: string) {
    this.#makeRoom(memberOf(caller));
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => id,
      onsessionclosed: async (closed) => await this.#end(closed),
      maxRequestBodySize: this.#largest,
    });
    const server = await this.#build(caller);
    await server.connect(transport);
    const session: McpSession = {
      ...{ id, server, account: caller.extra.session.accountId },
      ...{ owner: holderOf(caller), member: memberOf(caller) },
      questions: new Questions(this.#directory, id, transport),
      answer: answering(
        { fetch: async (request, given) => whileAsked(request, await transport.handleRequest(request, given)) },
        this.#onerror,
      ),
      ...{ usedAt: Date.now(), open: 0 },
    };
    this.#sessions.set(id, session);
    return { session, transport };
  }

  /** What its client said to the process that it was opened by is said to a server here. */
  async #goOn(id: string, caller: SignedInCaller, { params }: Introduction): Promise<McpSession> {
    const { session, transport } = await this.#begin(caller, id);
    const said = [
      { jsonrpc: '2.0', id: 0, method: 'initialize', params },
      { jsonrpc: '2.0', method: 'notifications/initialized' },
    ];
    for (const parsedBody of said) {
      const headers = { accept: BOTH, 'content-type': 'application/json', 'mcp-session-id': id };
      const request = new Request('http://localhost/mcp', { method: 'POST', headers });
      await (await transport.handleRequest(request, { parsedBody, authInfo: caller })).text();
    }
    return session;
  }

  /** To all of an account: their lists are others now. */
  tellLists(accountId: number): void {
    for (const { account, server } of this.#sessions.values()) if (account === accountId) tellLists(server);
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeper);
    await Promise.all([...this.#sessions.values()].map(async (session) => await this.#forget(session)));
  }

  async #handle(session: McpSession, req: NodeRequest, res: ServerResponse, body: unknown): Promise<void> {
    session.usedAt = Date.now();
    session.open += 1;
    res.once('close', () => {
      session.open -= 1;
      session.usedAt = Date.now();
    });
    await session.answer(req, res, body);
  }

  /**
   * By its client. It is known here until the database knows that it has ended: what came meanwhile would go on with it.
   * What the database does not take, a book that is only read among them, is closed here alone.
   */
  async #end(id: string): Promise<void> {
    await this.#ids.close(id).catch(this.#onerror);
    this.#leave(id);
  }

  #leave(id: string): void {
    this.#sessions.get(id)?.questions.close();
    this.#sessions.delete(id);
  }

  /** Where all are taken, of whoever has most: nobody can push the others out. */
  #makeRoom(member: string): void {
    const byAge = [...this.#sessions.values()].toSorted((one, other) => one.usedAt - other.usedAt);
    const byMember = Map.groupBy(byAge, (session) => session.member);
    const own = byMember.get(member) ?? [];
    const [most = []] = [...byMember.values()].toSorted((one, other) => other.length - one.length);
    const from = own.length >= this.#rules.mostEach ? own : byAge.length >= this.#rules.most ? most : [];
    void this.#forget(from.find(({ open }) => open === 0) ?? from[0]);
  }

  #forgetIdle(): void {
    const before = Date.now() - this.#rules.idleMs;
    for (const session of this.#sessions.values())
      if (session.open === 0 && session.usedAt < before) void this.#forget(session);
  }

  async #forget(session: McpSession | undefined): Promise<void> {
    if (session === undefined) return;
    this.#leave(session.id);
    await session.server.close();
  }
}

/** A stream that is open says so at once, and one that nobody hears any more ends, so that its client can open it again. */
function whileAsked({ method, signal }: Request, answer: Response): Response {
  if (answer.body === null) return answer;
  const opening = method === 'GET' && answer.ok ? new TextEncoder().encode(': open\n\n') : new Uint8Array();
  const open = new TransformStream<Uint8Array, Uint8Array>({
    start: (stream) => (opening.length === 0 ? undefined : stream.enqueue(opening)),
  });
  return new Response(answer.body.pipeThrough(open, { signal }), answer);
}
