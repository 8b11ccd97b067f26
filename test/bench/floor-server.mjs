// The floor: the same SDK with one tool that does nothing.
import { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';

serveStdio(() => {
  const server = new McpServer({ name: 'floor', version: '1.0.0' });
  server.registerTool('noop', { description: 'does nothing' }, () => ({ content: [{ type: 'text', text: 'done' }] }));
  return server;
});
