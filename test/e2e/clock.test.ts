// The built program says so where its clock is behind what the books are dated with.
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { home, run, start } from '../support/program.ts';
import { plant, rowsOf } from '../support/store.ts';

const HELLO = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'bare', version: '0' } };

test('a change dated before the one before it is in the log, without a word of the books', async () => {
  const folder = home();
  const book = { folder: join(folder, 'book') };
  await run(folder, ['call', 'create-customer', '{"name":"Dana Henderson"}']);
  const ahead = new Date(Date.now() + 31 * 24 * 3600 * 1000).toISOString();
  await plant(book, 'update accounts set newest_at = ?', ahead);
  const server = start(folder);
  const [log] = [text(server.stderr), text(server.stdout)];
  const call = { name: 'create-customer', arguments: { name: 'Marta Ortiz' } };
  for (const message of [
    { id: 1, method: 'initialize', params: HELLO },
    { method: 'notifications/initialized' },
    { id: 2, method: 'tools/call', params: call },
  ])
    server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  await expect
    .poll(async () => (await rowsOf(book, "select 1 from customers where name = 'Marta Ortiz'")).length, {
      timeout: 10_000,
    })
    .toBe(1);
  server.stdin.end();
  await once(server, 'close');
  const said = await log;
  expect(said).toContain('the clock went back by 31 days: a change is dated before the one before it');
  expect(said).not.toMatch(/Dana|Marta/);
});
