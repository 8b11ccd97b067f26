// The clients that people really use, over HTTP, on a server with sign-in: asked for the main job without any model.
import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createMCPClient } from '@ai-sdk/mcp';
import { MultiServerMCPClient } from '@langchain/mcp-adapters';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { MCPServerStreamableHttp } from '@openai/agents';
import { expect, it, onTestFinished } from 'vitest';
import { TOOLS } from '../../src/tools/index.ts';
import { tempFolder } from '../support/book.ts';
import { openPhone } from '../support/chromium.ts';
import { emailOf, passwordOf } from '../support/company.ts';
import { openSite, restart } from '../support/site.ts';
import { HOUR, stoppedClock } from '../support/stopped-clock.ts';
import { until } from '../support/time.ts';

const require = createRequire(import.meta.url);
const run = promisify(execFile);
const PROFIT = '7787.60';

async function served() {
  const site = await openSite({ samples: true });
  const token = await site.token('maria');
  return { site, url: `${site.url}/mcp`, headers: { authorization: `Bearer ${token}` } };
}

it('the AI SDK', async () => {
  const { url, headers } = await served();
  const client = await createMCPClient({ transport: { type: 'http', url, headers } });
  onTestFinished(async () => await client.close());
  const tools = await client.tools();
  expect(Object.keys(tools)).toHaveLength(TOOLS.length);
  const options = { toolCallId: 'one', messages: [], context: undefined };
  const answer: unknown = await tools['get-job']?.execute({ job: 'roof replacement' }, options);
  expect(JSON.stringify(answer)).toContain(PROFIT);
  const wrong: unknown = await tools['get-job']?.execute({ job: 'J-999' }, options);
  expect(JSON.stringify(wrong)).toContain('no job matches');
});

it('the OpenAI Agents SDK', async () => {
  const { url, headers } = await served();
  const server = new MCPServerStreamableHttp({ url, name: 'jobwright', requestInit: { headers } });
  await server.connect();
  onTestFinished(async () => await server.close());
  expect(await server.listTools()).toHaveLength(TOOLS.length);
  expect(JSON.stringify(await server.callTool('get-job', { job: 'roof replacement' }))).toContain(PROFIT);
  const added = await server.callTool('create-customer', { name: 'Walt Brannigan Jr.', allowDuplicate: true });
  expect(JSON.stringify(added)).toContain('C-1');
});

it("LangChain's adapters", async () => {
  const { url, headers } = await served();
  const client = new MultiServerMCPClient({ mcpServers: { jobwright: { transport: 'http', url, headers } } });
  onTestFinished(async () => await client.close());
  const tools = await client.getTools();
  expect(tools).toHaveLength(TOOLS.length);
  const getJob = tools.find(({ name }) => name === 'get-job');
  expect(JSON.stringify(await getJob?.invoke({ job: 'roof replacement' }))).toContain(PROFIT);
});

it('mcporter', { timeout: 60_000 }, async () => {
  const { url, headers } = await served();
  const folder = tempFolder();
  const config = join(folder, 'mcporter.json');
  writeFileSync(config, JSON.stringify({ mcpServers: { jobwright: { url, headers } } }));
  const cli = fileURLToPath(new URL('../../node_modules/mcporter/dist/cli.js', import.meta.url));
  const env = { ...process.env, HOME: folder };
  const listed = await run(process.execPath, [cli, '--config', config, 'list', 'jobwright'], { env });
  expect(listed.stdout).toContain('get-job');
  const called = await run(
    process.execPath,
    [cli, '--config', config, 'call', 'jobwright.get-job', 'job=roof replacement'],
    { env },
  );
  expect(called.stdout).toContain(PROFIT);
});

it('the Inspector without a window, also strict', { timeout: 60_000 }, async () => {
  const { url, headers } = await served();
  const cli = join(dirname(require.resolve('@modelcontextprotocol/inspector/package.json')), 'cli/build/cli.js');
  const entry = existsSync(cli) ? cli : binOf('@modelcontextprotocol/inspector');
  const common = ['--cli', url, '--transport', 'http', '--header', `Authorization: ${headers.authorization}`];
  for (const also of [[], ['--strict']]) {
    const argv = [entry, ...common, '--method', 'tools/list', ...also];
    const listed = await run(process.execPath, argv, { maxBuffer: 10_000_000 });
    expect(listed.stdout).toContain('get-job');
  }
  const called = await run(process.execPath, [
    ...[entry, ...common, '--method', 'tools/call', '--tool-name', 'get-job', '--tool-arg', 'job=roof replacement'],
  ]);
  expect(called.stdout).toContain(PROFIT);
});

function binOf(name: string): string {
  const file = require.resolve(`${name}/package.json`);
  const { bin } = JSON.parse(readFileSync(file, 'utf8')) as { bin: string | Record<string, string> };
  return join(dirname(file), typeof bin === 'string' ? bin : (Object.values(bin)[0] ?? ''));
}

/** The bridge opens the sign-in with the desktop's own command, which here writes down what it was to open. */
function desktop(folder: string): { path: string; opened: string } {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const opened = join(folder, 'opened');
  writeFileSync(join(bin, 'xdg-open'), `#!/bin/sh\nprintf '%s' "$1" > '${opened}'\n`);
  chmodSync(join(bin, 'xdg-open'), 0o755);
  return { path: `${bin}:${process.env['PATH'] ?? ''}`, opened };
}

it('mcp-remote, through the whole sign-in in a browser; then without one, also after an hour and a restart', {
  timeout: 120_000,
}, async () => {
  const site = await openSite({ samples: true, passwords: ['maria'] });
  const folder = tempFolder();
  const { path, opened } = desktop(folder);
  const env = {
    PATH: path,
    HOME: folder,
    BROWSER: join(folder, 'bin/xdg-open'),
    MCP_REMOTE_CONFIG_DIR: join(folder, 'remote'),
  };
  const entry = join(dirname(require.resolve('mcp-remote/package.json')), 'dist/proxy.js');
  const bridge = async () => {
    const client = new Client({ name: 'old-desk', version: '1.2.3' });
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [entry, `${site.url}/mcp`, '--allow-http'],
      env,
      stderr: 'pipe',
    });
    const connected = client.connect(transport, { timeout: 90_000 });
    return { client, connected };
  };
  const first = await bridge();
  await until(() => existsSync(opened), { within: 30_000 });
  const page = await (await openPhone()).newPage();
  await page.goto(readFileSync(opened, 'utf8'));
  await page.getByLabel('E-mail').fill(emailOf('maria'));
  await page.getByLabel('Password').fill(passwordOf('maria'));
  await page.getByRole('button', { name: 'Sign in' }).click();
  expect(await page.locator('form').innerText()).toContain('a program on your own computer');
  await page.getByRole('button', { name: 'Allow', exact: true }).click();
  await first.connected;
  expect((await first.client.listTools()).tools).toHaveLength(TOOLS.length);
  const answer = await first.client.callTool({ name: 'get-job', arguments: { job: 'roof replacement' } });
  expect(JSON.stringify(answer)).toContain(PROFIT);
  await first.client.close();

  writeFileSync(opened, 'nothing');
  const goesOn = async () => {
    const { client, connected } = await bridge();
    await connected;
    const again = await client.callTool({ name: 'get-job', arguments: { job: 'roof replacement' } });
    expect(JSON.stringify(again)).toContain(PROFIT);
    expect(readFileSync(opened, 'utf8')).toBe('nothing');
    await client.close();
  };
  await goesOn();
  const { later } = stoppedClock();
  later(HOUR + 10);
  await goesOn();
  await restart(site);
  later(HOUR + 10);
  await goesOn();
});
