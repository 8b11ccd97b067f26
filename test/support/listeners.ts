// Who listens to a server: to what it tells without being asked, as clients of either era do.
import { whenDone } from './ending.ts';
import type { Served } from './site.ts';

type Reached = Pick<Served, 'get'>;

export const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'listener', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

/** A stream that tells of changes. */
export async function listen(site: Reached, token: string) {
  return await heardOf(site, {
    method: 'POST',
    headers: {
      ...{ authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...{ accept: 'application/json, text/event-stream', 'mcp-protocol-version': '2026-07-28' },
      'mcp-method': 'subscriptions/listen',
    },
    body: JSON.stringify({
      ...{ jsonrpc: '2.0', id: 1, method: 'subscriptions/listen' },
      params: { notifications: { toolsListChanged: true }, _meta: META },
    }),
  });
}

const INITIALIZE = JSON.stringify({
  ...{ jsonrpc: '2.0', id: 0, method: 'initialize' },
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'old', version: '1' } },
});

/** The same of the earlier era: what a session is told without having asked. */
export async function listenInSession(site: Reached, token: string) {
  const headers = {
    ...{ authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    accept: 'application/json, text/event-stream',
  };
  const opened = await site.get('/mcp', { method: 'POST', headers, body: INITIALIZE });
  await opened.text();
  const session = {
    'mcp-session-id': opened.headers.get('mcp-session-id') ?? '',
    'mcp-protocol-version': '2025-11-25',
  };
  return await heardOf(site, { method: 'GET', headers: { ...headers, ...session } });
}

async function heardOf(site: Reached, init: RequestInit) {
  const ending = new AbortController();
  whenDone(() => ending.abort());
  const answer = await site.get('/mcp', { ...init, signal: ending.signal });
  const heard = { text: '', isOver: false };
  const reading = (async () => {
    for await (const piece of answer.body ?? []) heard.text += Buffer.from(piece).toString();
  })();
  void reading.catch(() => undefined).finally(() => (heard.isOver = true));
  return { status: answer.status, heard };
}
