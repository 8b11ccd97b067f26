// Between Node's requests and the SDK's answers.
import { toNodeHandler } from '@modelcontextprotocol/node';
import type { McpHttpHandler } from '@modelcontextprotocol/server';
import { BOTH, inFormTaken, takenBy } from './accept.ts';

export type NodeHandler = ReturnType<typeof toNodeHandler>;
export type NodeRequest = Parameters<NodeHandler>[0];

/**
 * As the SDK's adapter, which makes a request of its own and writes the body out for it once more. Nobody reads that, and
 * a file of 10 MB in it would keep everybody waiting. The SDK answers only who takes both forms: it is told so of all.
 */
export function answering({ fetch }: Pick<McpHttpHandler, 'fetch'>, onerror: (error: Error) => void): NodeHandler {
  return async (req, res, body) => {
    const taken = takenBy(req.headers['accept']?.toString());
    req.headers['accept'] = BOTH;
    const read: McpHttpHandler['fetch'] = async (request, options) => {
      const answer = await fetch(request, body === undefined ? options : { ...options, parsedBody: body });
      return await inFormTaken(answer, taken);
    };
    await toNodeHandler({ fetch: read }, { onerror })(req, res, body === undefined ? undefined : {});
  };
}
