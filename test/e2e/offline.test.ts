// By itself the program asks nobody outside for anything: no telemetry, no updates, no names looked up.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { authorizePath, pkce } from '../support/oauth.ts';
import { home, legacy } from '../support/program.ts';
import { serve, setUp } from '../support/served-program.ts';

const WATCH = pathToFileURL(fileURLToPath(new URL('../support/watch-outside.mjs', import.meta.url))).href;

/** Every process of the program says that it is watched, and then what it asked for outside. */
function watched(folder: string) {
  const record = join(folder, 'outside.txt');
  return {
    env: { NODE_OPTIONS: `--import ${WATCH}`, WATCH_OUTSIDE: record },
    asked: () => {
      const [first, ...asked] = readFileSync(record, 'utf8').trimEnd().split('\n');
      expect(first).toBe('watched');
      return asked.filter((line) => line !== 'watched');
    },
  };
}

it('over stdio nothing goes out', async () => {
  const folder = home();
  const { env, asked } = watched(folder);
  const desk = await legacy(folder, { env });
  await desk.ask('create-customer', { name: 'Dana Henderson', email: 'dana@example.com' });
  await desk.ask('create-job', { customer: 'Dana Henderson', name: 'Leak over the porch' });
  const line = { description: 'Flashing', quantity: 1, unitPrice: '240' };
  await desk.ask('create-invoice', { customer: 'Dana Henderson', lines: [line] });
  await desk.ask('get-document', { document: 'INV-1001', format: 'pdf' });
  await desk.ask('profit-report', { by: 'job' });
  await desk.close();
  expect(asked()).toEqual([]);
});

it('nor over HTTP, where assistants register and no documents of theirs are fetched', async () => {
  const folder = home();
  const { token } = await setUp(folder);
  const { env, asked } = watched(folder);
  const server = await serve(folder, { argv: ['--no-client-documents'], env });
  const answer = await server.rpc(token, 'tools/call', { name: 'get-job', arguments: { job: 'roof replacement' } });
  expect(await answer.text()).toContain('7787.60');
  expect((await server.get('/sign-in')).status).toBe(200);
  for (const clientId of ['https://assistant.example/client.json', 'https://93.184.215.14/client.json'])
    expect((await server.get(authorizePath(server, { clientId }, pkce().challenge))).status).toBe(400);
  expect(await server.end('SIGTERM')).toBe(0);
  expect(asked()).toEqual([]);
});

it('the watch sees a name that is looked up, and a connection: those of documents, where they are fetched', async () => {
  const folder = home();
  await setUp(folder);
  const { env, asked } = watched(folder);
  const server = await serve(folder, { env });
  for (const clientId of ['https://assistant.example/client.json', 'https://93.184.215.14/client.json'])
    expect((await server.get(authorizePath(server, { clientId }, pkce().challenge))).status).toBe(400);
  expect(new Set(asked())).toEqual(new Set(['lookup assistant.example', 'connect 93.184.215.14:443']));
});
