// One request with its answer, and the few ways in which the server itself answers.
import type { IncomingMessage, ServerResponse } from 'node:http';

export type RequestContext = {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly method: string;
  /** The path asked for, without its query. */
  readonly path: string;
  /** Who is asking, as far as limits are concerned: an IPv4 address, or the network of an IPv6 one. */
  readonly address: string;
};

type Headers = Readonly<Record<string, string>>;

/** Refuses or answers in one JSON document; what was not read of the request is not waited for. */
export function answer({ req, res }: RequestContext, status: number, body: object, headers: Headers = {}): void {
  if (res.headersSent) return void res.destroy();
  const text = JSON.stringify(body);
  const isUnread = !req.complete && req.method !== 'GET' && req.method !== 'HEAD';
  res.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(isUnread ? { connection: 'close' } : {}),
    ...headers,
  });
  res.end(req.method === 'HEAD' ? undefined : text);
}

/** A refusal as JSON-RPC clients read it. */
export function refuse(requestContext: RequestContext, status: number, message: string, headers: Headers = {}): void {
  answer(
    requestContext,
    status,
    { jsonrpc: '2.0', error: { code: CODES[status] ?? -32_000, message }, id: null },
    headers,
  );
}

const CODES: Readonly<Record<number, number>> = { 400: -32_700, 413: -32_600, 415: -32_600 };
