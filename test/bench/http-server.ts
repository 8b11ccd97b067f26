// What the HTTP figures are measured on, as a process of its own: `floor` is the SDK's server per request with one tool
// that does nothing and asks for no token; `book` is the product with sign-in, its limits opened for the load, with all
// its tools or those of some toolsets.
import { createServer } from 'node:http';
import { join } from 'node:path';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { localFolder } from '../../src/files/local-folder.ts';
import { createLogger } from '../../src/logger.ts';
import { inviteMember } from '../../src/services/access/people.ts';
import { createAccessToken } from '../../src/services/access/tokens.ts';
import { Directory } from '../../src/store/directory/directory.ts';
import { Store } from '../../src/store/scope.ts';
import { openEngine } from '../support/store.ts';
import { TOOLSETS } from '../../src/domain/toolsets.ts';
import { authenticator } from '../../src/transport/auth.ts';
import { Workers } from '../../src/workers/workers.ts';
import { serveOverHttp } from '../../src/transport/http.ts';
import { Refusals } from '../../src/transport/http/refusals.ts';
import type { App } from '../../src/server/session.ts';

const [kind, data = '', tools = '1'] = process.argv.slice(2);

if (kind === 'floor') {
  const handle = toNodeHandler(
    createMcpHandler(() => {
      const server = new McpServer({ name: 'floor', version: '1.0.0' });
      for (let tool = 0; tool < Number(tools); tool += 1)
        server.registerTool(tool === 0 ? 'noop' : `noop${tool}`, { description: 'does nothing' }, () => ({
          content: [{ type: 'text', text: 'done' }],
        }));
      return server;
    }),
  );
  const server = createServer(
    (req, res) => void handle(Object.assign(req, { method: req.method ?? 'POST', url: req.url ?? '/' }), res),
  );
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    process.stdout.write(`${JSON.stringify({ port: typeof address === 'object' ? address?.port : 0, token: '' })}\n`);
  });
} else {
  const engine = await openEngine({ folder: data });
  const directory = new Directory(engine);
  const app: App = {
    ...{
      store: new Store(engine),
      files: localFolder(join(data, 'files')),
      workers: new Workers(createLogger('error')),
      folders: [],
      conversation: null,
      toolsets: tools === '1' ? TOOLSETS : TOOLSETS.filter((each) => tools.split(',').includes(each)),
      readOnly: false,
    },
    ...{ log: createLogger('error'), siteUrl: null, deferCall: null, inFlight: new Set<symbol>() },
  };
  const { member } = await inviteMember(directory, {
    accountId: 1,
    email: `bench-${process.pid}@example.com`,
    name: `Bench ${process.pid}`,
    role: 'owner',
  });
  const { secret } = await createAccessToken(directory, {
    member,
    name: 'bench',
    scopes: ['books:read', 'books:write', 'costs:read'],
    expiresAt: null,
  });
  const all = Number.MAX_SAFE_INTEGER;
  const { port } = await serveOverHttp(
    { app, directory, url: new URL('http://localhost:1'), refusals: new Refusals(app.log) },
    {
      ...{ host: '127.0.0.1', port: 0, origins: [], proxies: 0, pages: null },
      auth: authenticator(directory, async () => null),
      rates: {
        address: all,
        token: all,
        account: all,
        failures: all,
        wrongTokens: all,
        registrations: all,
        beginnings: all,
        time: all,
      },
    },
  );
  process.stdout.write(`${JSON.stringify({ port, token: secret })}\n`);
}
