// Questions to the person in an earlier era's session. The client answers with a request of its own, which may come to
// another process than the one that asked: so a question's id says who asked, and an answer that came elsewhere is left for
// that one in the database.
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  isJSONRPCNotification,
  isJSONRPCRequest,
  parseJSONRPCMessage,
  type JSONRPCMessage,
  type WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import { leaveAnswer, takeAnswer } from '../../services/access/relayed-answers.ts';
import type { Directory } from '../../store/directory/directory.ts';

/** How often is looked for an answer that came elsewhere, while somebody is asked. */
const LOOK_MS = 500;

export class Questions {
  readonly #directory: Directory;
  readonly #session: string;
  /** Of this session in this process. */
  readonly #mark = randomBytes(9).toString('base64url');
  readonly #open = new Set<string>();
  #isClosed = false;

  /** Of a session whose server is connected to its transport. */
  constructor(directory: Directory, session: string, transport: WebStandardStreamableHTTPServerTransport) {
    this.#directory = directory;
    this.#session = session;
    const send = transport.send.bind(transport);
    transport.send = async (message, options) => {
      const given = this.#takenBack(message);
      if (!isJSONRPCRequest(given)) return await send(given, options);
      const id = this.#idOf(given.id);
      this.#open.add(id);
      void this.#lookFor(id, (answer) => transport.onmessage?.(answer)).catch(() => undefined);
      try {
        await send({ ...given, id }, options);
      } catch (error) {
        this.#open.delete(id);
        throw error;
      }
    };
  }

  /** What the session's server is to be given of what came; null where it was an answer for another process. */
  async taken(body: unknown): Promise<unknown> {
    if (!isAnswer(body)) return body;
    const { id } = body;
    if (!this.#open.delete(id)) {
      // To one of this process that nobody waits for any more.
      if (id.startsWith(`${this.#mark}.`)) return null;
      await leaveAnswer(this.#directory, { session: this.#session, id }, JSON.stringify(body));
      return null;
    }
    return asAsked(body);
  }

  close(): void {
    this.#isClosed = true;
    this.#open.clear();
  }

  #idOf(number: unknown): string {
    return `${this.#mark}.${String(number)}`;
  }

  /** A question that is called off, which happens too where nobody answers it, is so under the id that the client knows. */
  #takenBack(message: JSONRPCMessage): JSONRPCMessage {
    if (!isJSONRPCNotification(message) || message.method !== 'notifications/cancelled') return message;
    const requestId = this.#idOf(message.params?.['requestId']);
    this.#open.delete(requestId);
    return { ...message, params: { ...message.params, requestId } };
  }

  async #lookFor(id: string, answered: (answer: JSONRPCMessage) => void): Promise<void> {
    for (;;) {
      await pause(LOOK_MS, null, { ref: false });
      if (this.#isClosed || !this.#open.has(id)) return;
      const left = await takeAnswer(this.#directory, { session: this.#session, id }).catch(() => null);
      if (left === null) continue;
      const answer: unknown = JSON.parse(left);
      if (isAnswer(answer) && this.#open.delete(id)) answered(parseJSONRPCMessage(asAsked(answer)));
      return;
    }
  }
}

type Answer = { readonly id: string };

function isAnswer(body: unknown): body is Answer {
  if (typeof body !== 'object' || body === null || 'method' in body) return false;
  return 'id' in body && typeof body.id === 'string' && ('result' in body || 'error' in body);
}

/** Under the number that the SDK gave it. */
function asAsked(answer: Answer): object {
  return { ...answer, id: Number(answer.id.split('.').at(-1)) };
}
