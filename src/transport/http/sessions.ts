// Sessions of the protocol's earlier revisions: a server each, from initialize until it is closed or forgotten. They are
// what a question to the person needs in that era. A session belongs to whom it was opened by, with the rights they had.
import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { WebStandardStreamableHTTPServerTransport, type McpServer } from '@modelcontextprotocol/server';
import { tellLists } from '../../protocol.ts';
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
  usedAt: number;
  /** Requests that are being answered, an open stream for messages among them. */
  open: number;
};

export class Sessions {
  readonly #build: (caller: SignedInCaller) => Promise<McpServer>;
  readonly #rules: SessionRules;
  readonly #largest: number;
  readonly #onerror: (error: Error) => void;
  readonly #sessions = new Map<string, McpSession>();
  readonly #sweeper: NodeJS.Timeout;

  /** @param largest bytes of a request's body */
  constructor(
    build: (caller: SignedInCaller) => Promise<McpServer>,
    rules: SessionRules,
    { largest, onerror }: { largest: number; onerror: (error: Error) => void },
  ) {
    this.#build = build;
    this.#rules = rules;
    this.#largest = largest;
    this.#onerror = onerror;
    this.#sweeper = setInterval(() => this.#forgetIdle(), Math.min(rules.idleMs, 60_000)).unref();
  }

  /** Whether this caller has such a session; somebody else's is as unknown as one that never was. */
  has(id: string, caller: SignedInCaller): boolean {
    return this.#sessions.get(id)?.owner === holderOf(caller);
  }

  /** A new session, for an `initialize`. The caller's own oldest unused one makes room. */
  async open(caller: SignedInCaller, req: NodeRequest, res: ServerResponse, body: unknown): Promise<void> {
    this.#makeRoom(memberOf(caller));
    const id = randomUUID();
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => id,
      onsessionclosed: (closed) => void this.#sessions.delete(closed),
      maxRequestBodySize: this.#largest,
    });
    const server = await this.#build(caller);
    await server.connect(transport);
    const session = {
      id,
      account: caller.extra.session.accountId,
      owner: holderOf(caller),
      member: memberOf(caller),
      answer: answering(
        { fetch: async (request, given) => whileAsked(request, await transport.handleRequest(request, given)) },
        this.#onerror,
      ),
      server,
      usedAt: Date.now(),
      open: 0,
    };
    this.#sessions.set(id, session);
    await this.#handle(session, req, res, body);
    // An initialize that was refused opened nothing.
    if (transport.sessionId === undefined) await this.#forget(session);
  }

  async continue(id: string, req: NodeRequest, res: ServerResponse, body: unknown): Promise<void> {
    const session = this.#sessions.get(id);
    if (session === undefined) throw new Error('a session was continued that is not there');
    await this.#handle(session, req, res, body);
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
    this.#sessions.delete(session.id);
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
