// Another program holds the book: who needs nothing of it does not wait, and the server ends when it is told to.
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startChild } from '../store/engine/child.ts';
import { register } from '../support/oauth.ts';
import { home } from '../support/program.ts';
import { serve, setUp } from '../support/served-program.ts';

async function timed<T>(work: () => Promise<T>): Promise<{ readonly answer: T; readonly ms: number }> {
  const started = performance.now();
  return { answer: await work(), ms: performance.now() - started };
}

it('while the book is held, a server starts, answers, lets an assistant introduce itself, and ends', {
  timeout: 90_000,
}, async () => {
  const folder = home();
  const { token } = await setUp(folder);
  const first = await serve(folder);
  expect(await first.end('SIGTERM')).toBe(0);
  const holder = await startChild('hold-lock', join(folder, 'book', 'jobwright.db'), '45000');
  expect(await holder.says('held')).toBe(true);

  const started = await timed(async () => await serve(folder));
  expect(started.ms).toBeLessThan(4000);
  const server = started.answer;
  const read = await timed(
    async () => await (await server.rpc(token, 'tools/call', { name: 'list-jobs', arguments: {} })).text(),
  );
  expect(read.answer).toContain('Roof replacement');
  expect(read.ms).toBeLessThan(2000);
  const introduced = await timed(async () => await register(server));
  expect(introduced.answer).toMatch(/^[\w-]{10,}$/);
  expect(introduced.ms).toBeLessThan(2000);
  // What it has no place for yet is known all the same.
  const asked = await server.get(`/oauth/authorize?client_id=${introduced.answer}&response_type=code`);
  expect(await asked.text()).not.toContain('invalid_client');

  const writes = Array.from(
    { length: 8 },
    async (_, index) =>
      await timed(async () => {
        const args = { name: `Customer ${index}`, evenIfSimilar: true };
        return await (await server.rpc(token, 'tools/call', { name: 'create-customer', arguments: args })).text();
      }),
  );
  const refused = await Promise.all(writes);
  expect(refused.map(({ answer }) => answer.includes('Another program is writing to this book'))).toEqual(
    refused.map(() => true),
  );
  expect(Math.max(...refused.map(({ ms }) => ms))).toBeLessThan(6000);

  const args = { name: 'Dana Henderson' };
  const waiting = server.rpc(token, 'tools/call', { name: 'create-customer', arguments: args });
  const told = waiting.then(async (response) => await response.text()).catch(() => 'cut off');
  await (await server.rpc(token, 'tools/list')).text();
  const ended = await timed(async () => await server.end('SIGTERM'));
  expect(ended.answer).toBe(0);
  expect(ended.ms).toBeLessThan(10_000);
  expect(await told).toContain('Another program is writing to this book');
  holder.process.kill('SIGKILL');
  await holder.ends();
});
