// Between Node's requests and the SDK's answers.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { AuthInfo, McpHttpHandler } from '@modelcontextprotocol/server';
import { BOTH, inFormTaken, takenBy } from './accept.ts';

/** A request, and who asks. */
export type NodeRequest = IncomingMessage & { readonly auth?: AuthInfo };
/** @param body what was sent, parsed; undefined where there is none, or it was not read */
export type NodeHandler = (req: NodeRequest, res: ServerResponse, body?: unknown) => Promise<void>;

/**
 * As the SDK's adapter, which makes a request and a stream of each answer; here an answer that is one text goes as it is,
 * in one piece with its head. A body that was read comes parsed: nobody reads it again, and a file of 10 MB in it would
 * keep everybody waiting. The SDK answers only who takes both forms: it is told so of all.
 */
export function answering({ fetch }: Pick<McpHttpHandler, 'fetch'>, onerror: (error: Error) => void): NodeHandler {
  const errorHandler = (error: unknown) => {
    onerror(error instanceof Error ? error : new Error(String(error)));
    const fault = { code: -32_603, message: 'Internal server error' };
    return Response.json({ jsonrpc: '2.0', error: fault, id: null }, { status: 500 });
  };
  return async (req, res, body) => {
    const taken = takenBy(req.headers['accept']?.toString());
    req.headers['accept'] = BOTH;
    const given = { ...(req.auth && { authInfo: req.auth }), ...(body !== undefined && { parsedBody: body }) };
    const answer = async (request: Request) => {
      const answered = await inFormTaken(await fetch(request, given), taken);
      // Whether the line stays open is for Node to say, which knows what the client asked for and whether the server ends.
      answered.headers.delete('connection');
      return answered;
    };
    await getRequestListener(answer, { errorHandler })(req, res);
  };
}
