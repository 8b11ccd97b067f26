// The MCP server itself: what it says of itself, and who answers which request. It needs neither the tools nor the books
// to be loaded: whoever makes it brings them, at the first request that asks for them.
import {
  McpServer,
  type HandlerResultTypeMap,
  type ListToolsResult,
  type RequestTypeMap,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { VERSION } from '../version.ts';

const ASKED = [
  'tools/call',
  'resources/list',
  'resources/templates/list',
  'resources/read',
  'prompts/list',
  'prompts/get',
  'completion/complete',
] as const;
type Asked = (typeof ASKED)[number];

/** What is asked of the books. */
export type Handlers = {
  readonly [M in Asked]: (request: RequestTypeMap[M], ctx: ServerContext) => Promise<HandlerResultTypeMap[M]>;
};

export type ServerParts = {
  /** What it says of itself; null where it will not be asked. */
  readonly instructions: string | null;
  readonly listTools: () => Promise<ListToolsResult['tools']>;
  readonly handlers: (mcp: McpServer) => Handlers | Promise<Handlers>;
};

export function mcpServer({ instructions, listTools, handlers }: ServerParts): McpServer {
  const mcp = new McpServer(
    { name: 'jobwright', title: 'Jobwright', version: VERSION },
    {
      capabilities: {
        tools: { listChanged: true },
        prompts: { listChanged: true },
        resources: { listChanged: true },
        completions: {},
      },
      ...(instructions === null ? {} : { instructions }),
    },
  );
  // The SDK would parse with words of its own and convert every schema anew for each list: both are ours.
  mcp.server.setRequestHandler('tools/list', async () => ({ tools: await listTools() }));
  for (const method of ASKED) serve(mcp, method, handlers);
  return mcp;
}

// Of each method its own kind of request goes to its own kind of answer.
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
function serve<M extends Asked>(mcp: McpServer, method: M, handlers: ServerParts['handlers']): void {
  mcp.server.setRequestHandler(method, async (request, ctx) => {
    const all = await handlers(mcp);
    return await all[method](request, ctx);
  });
}
