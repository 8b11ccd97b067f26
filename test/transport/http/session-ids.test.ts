// What the id of an earlier era's session says of it, and when it says nothing.
import { expect, it, vi } from 'vitest';
import { Problem } from '../../../src/domain/errors.ts';
import { says } from '../../../src/domain/message.ts';
import { SessionIds } from '../../../src/transport/http/session-ids.ts';
import { openSite } from '../../support/site.ts';

const introduced = (capabilities: object) => ({
  ...{ jsonrpc: '2.0', id: 0, method: 'initialize' },
  params: { protocolVersion: '2025-11-25', capabilities, clientInfo: { name: 'old', version: '1' } },
});
const away = () => new Problem('unavailable', says('database.away'));

it('what is too much to be opened again is not put into it, however well it packs', async () => {
  const { directory } = await openSite();
  const id = await new SessionIds(directory).make(introduced({ experimental: { long: 'x'.repeat(20_000) } }), 'maria');
  expect(id).toMatch(/^[\da-f-]{36}$/);
  expect(await new SessionIds(directory).open(id, 'maria')).toBeNull();
});

it('while the database is away no session is said to have ended', async () => {
  const site = await openSite();
  const id = await new SessionIds(site.directory).make(introduced({}), 'maria');
  const fresh = new SessionIds(site.directory);
  vi.spyOn(site.directory, 'read').mockRejectedValueOnce(away());
  await expect(fresh.open(id, 'maria')).rejects.toThrow('database.away');
  expect(await fresh.open(id, 'maria')).toMatchObject({ params: { protocolVersion: '2025-11-25' } });

  const token = await site.token('maria');
  const headers = { 'mcp-session-id': id, 'mcp-protocol-version': '2025-11-25' };
  const opening = vi.spyOn(SessionIds.prototype, 'open').mockRejectedValue(away());
  const refused = await site.rpc(token, 'tools/list', {}, headers);
  opening.mockRestore();
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
});
