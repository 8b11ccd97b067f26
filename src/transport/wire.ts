// One client's messages, as lines in and lines out. A request begins in its turn; what answers one that is under way, or
// takes one back, is handed on at once. Where too much waits, no more is read until the client has taken some answers.
// The SDK's own transport reads and writes without bounds, and adds a listener to the output for each answer not taken.
import type { Readable, Writable } from 'node:stream';
import {
  deserializeMessage,
  serializeMessage,
  type JSONRPCMessage,
  type JSONRPCRequest,
  type Transport,
  type TransportSendOptions,
} from '@modelcontextprotocol/server';
import { mendArguments } from './arguments.ts';
import { RequestTurns } from './turns.ts';

/** So many bytes of requests may wait; from then on none is read. */
const MOST_WAITING = 16 * 1024 * 1024;
/** So many messages may wait for the client to take them, also such as no room is counted for. */
const MOST_UNREAD = 1000;
/** Answered at once in a few bytes; or, a subscription, never, while others go on. */
const WITHOUT_TURN: ReadonlySet<string> = new Set(['ping', 'subscriptions/listen']);

export type WireOptions = {
  /** Hands on one whole line at a time. */
  readonly lines: Readable;
  readonly output: Writable;
  /** How many bytes the answer to a request may have. */
  readonly largestAnswer: (request: JSONRPCRequest) => number;
};

export class Wire implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: Transport['onmessage'];
  readonly #options: WireOptions;
  readonly #turns = new RequestTurns();
  #unread = 0;
  #takesMore = true;
  #isClosed = false;

  constructor(options: WireOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    this.#options.lines.on('data', this.#take);
  }

  /** Resolves when the client has taken the message, or cannot take one any more: nobody here could do anything about it. */
  async send(message: JSONRPCMessage, options?: TransportSendOptions): Promise<void> {
    if (this.#isClosed) return;
    const line = serializeMessage(message);
    const answered = 'method' in message ? undefined : message.id;
    if (answered !== undefined) this.#turns.answers(answered, line.length);
    else if ('id' in message && options?.relatedRequestId !== undefined) this.#turns.asks(options.relatedRequestId);
    this.#unread += 1;
    await new Promise<void>((resolve) => this.#options.output.write(line, () => resolve()));
    this.#unread -= 1;
    if (answered !== undefined) this.#turns.ends(answered);
    this.#readOn();
  }

  /** Resolves when every request that was read is answered, and the answers are taken. */
  async rest(): Promise<void> {
    await this.#turns.rest();
  }

  /** What is under way goes on; nothing else begins. */
  takeNoMore(): void {
    this.#takesMore = false;
    this.#options.lines.off('data', this.#take).pause();
    this.#turns.drop();
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.takeNoMore();
    this.onclose?.();
  }

  readonly #take = (line: Buffer): void => {
    const message = this.#read(line);
    if (message === null) return;
    if ('method' in message && 'id' in message && !WITHOUT_TURN.has(message.method)) this.#await(message, line.length);
    else if (!('method' in message && this.#takesBack(message))) this.onmessage?.(message);
    this.#readOn();
  };

  /** Null for what is no message. */
  #read(line: Buffer): JSONRPCMessage | null {
    try {
      const message = deserializeMessage(line.toString());
      mendArguments(message);
      return message;
    } catch (error) {
      // A line that is not JSON at all, like an empty one, is nobody's message.
      if (error instanceof Error && !(error instanceof SyntaxError)) this.onerror?.(error);
      return null;
    }
  }

  #await(request: JSONRPCRequest, length: number): void {
    const size = length + this.#options.largestAnswer(request);
    this.#turns.add({ id: request.id, length, size, begin: () => this.onmessage?.(request) });
  }

  /** @returns whether it took back a request that had not begun, so that there is nothing more to do */
  #takesBack({ method, params }: Pick<JSONRPCRequest, 'method' | 'params'>): boolean {
    const id = method === 'notifications/cancelled' ? params?.['requestId'] : undefined;
    return (typeof id === 'string' || typeof id === 'number') && this.#turns.cancel(id);
  }

  #readOn(): void {
    if (!this.#takesMore) return;
    const { lines } = this.#options;
    if (this.#turns.waitingLength > MOST_WAITING || this.#unread > MOST_UNREAD) lines.pause();
    else if (lines.isPaused()) lines.resume();
  }
}
