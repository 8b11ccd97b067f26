// A question in an earlier era's session that is called off before anybody answered it.
import { expect, it, vi } from 'vitest';
import { openSite } from '../../support/site.ts';
import { letPass, until } from '../../support/time.ts';

async function asked() {
  const site = await openSite();
  const token = await site.token('maria');
  const base = {
    ...{ authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    accept: 'application/json, text/event-stream',
  };
  const post = async (message: object, session = {}) =>
    await site.get('/mcp', {
      method: 'POST',
      headers: { ...base, ...session },
      body: JSON.stringify({ jsonrpc: '2.0', ...message }),
    });
  const params = {
    ...{ protocolVersion: '2025-11-25', capabilities: { elicitation: {} } },
    clientInfo: { name: 'old', version: '1' },
  };
  const opened = await post({ id: 0, method: 'initialize', params });
  await opened.text();
  const id = opened.headers.get('mcp-session-id') ?? '';
  const session = { 'mcp-session-id': id, 'mcp-protocol-version': '2025-11-25' };
  const say = async (message: object) => await post(message, session);
  const call = async (number: number, name: string, args: object) =>
    await say({ id: number, method: 'tools/call', params: { name, arguments: args } });
  await (await call(1, 'create-customer', { name: 'Dana', phone: '512-555-0100' })).text();
  const answer = await call(2, 'update-customer', { customer: 'C-1', phone: '512-555-0101' });
  const heard = { text: '' };
  void (async () => {
    for await (const piece of answer.body ?? []) heard.text += Buffer.from(piece).toString();
  })().catch(() => undefined);
  await until(() => heard.text.includes('elicitation/create'));
  const question = /"id":"([^"]+)"/.exec(heard.text)?.[1];
  return { site, say, heard, question };
}

it('is called off under the id that the client knows, and looked for no more', async () => {
  const { site, say, heard, question } = await asked();
  await say({ method: 'notifications/cancelled', params: { requestId: 2, reason: 'the person left' } });
  await until(() => heard.text.includes('notifications/cancelled'));
  expect(question).toMatch(/^[\w-]{12}\.\d+$/);
  expect(heard.text).toContain(`"requestId":"${String(question)}"`);
  const looks = vi.spyOn(site.directory, 'read');
  await letPass(700, 'it would have been looked for meanwhile');
  expect(looks).not.toHaveBeenCalled();
  // Nor is it left for another process.
  const writes = vi.spyOn(site.directory, 'write');
  expect((await say({ id: question, result: { action: 'accept', content: { yes: true } } })).status).toBe(202);
  expect(writes).not.toHaveBeenCalled();
});
