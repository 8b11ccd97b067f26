// Starts the built launcher under Nodes that are too old and under those that are not, in front of a stand-in for the
// program that tells what reached it.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { parseSync } from 'rolldown/utils';
import { afterAll, describe, expect, test } from 'vitest';
import { SUPPORTED, TOO_OLD } from '../support/nodes.ts';
import { isAlive } from '../support/ending.ts';

const LAUNCHER = 'dist/launch.js';
const STAND_IN = `export async function main(argv, env) {
  const heeded = new Promise((resolve) => {
    if (argv[0] === 'heed') for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, resolve);
  });
  const { pid, version } = process;
  process.stdout.write(JSON.stringify({ argv, pid, version, guard: env.JOBWRIGHT_RELAUNCHED, mark: env.MARK }) + '\\n');
  if (argv[0] === 'fail') throw new Error('out of order');
  if (argv[0] === 'echo') for await (const chunk of process.stdin) process.stdout.write(chunk);
  if (!argv[0].startsWith('h')) return 7;
  const tooLong = setTimeout(() => process.exit(1), 30_000);
  process.stdout.write(await heeded);
  clearTimeout(tooLong);
  return 9;
}`;

const folder = mkdtempSync(join(tmpdir(), 'jobwright-launch-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A package with the built launcher; `own` is the Node that a checkout has among its dependencies. */
function packageWith(own?: string): string {
  const root = mkdtempSync(join(folder, 'package-'));
  mkdirSync(join(root, 'dist'));
  cpSync(LAUNCHER, join(root, LAUNCHER));
  writeFileSync(join(root, 'dist/main.js'), STAND_IN);
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
  if (own !== undefined) {
    mkdirSync(join(root, 'node_modules/node/bin'), { recursive: true });
    symlinkSync(own, join(root, 'node_modules/node/bin/node'));
  }
  return root;
}

function start(node: string, root: string, ...argv: string[]): ChildProcessWithoutNullStreams {
  const { JOBWRIGHT_RELAUNCHED: _, ...env } = process.env;
  return spawn(node, [join(root, LAUNCHER), ...argv], { env: { ...env, MARK: 'it is I' } });
}

async function finished(child: ChildProcessWithoutNullStreams, input = '') {
  child.stdin.end(input);
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { out, err, code: child.exitCode, signal: child.signalCode };
}

/** The first line of the stand-in, which it writes once it listens for signals. */
async function started(child: ChildProcessWithoutNullStreams): Promise<{ pid: number }> {
  const line: unknown[] = await once(createInterface(child.stdout), 'line');
  return JSON.parse(String(line[0])) as { pid: number };
}

test('the built launcher can be executed and loads nothing but Node before its check', () => {
  expect(statSync(LAUNCHER).mode & 0o111).toBe(0o111);
  const source = readFileSync(LAUNCHER, 'utf8');
  expect(source).toMatch(/^#!\/usr\/bin\/env node\n/);
  const imports = parseSync(LAUNCHER, source).module.staticImports.map((each) => each.moduleRequest.value);
  expect(imports.length).toBeGreaterThan(0);
  expect(imports.filter((name) => !name.startsWith('node:'))).toEqual([]);
});

describe.each(Object.entries(SUPPORTED))('under a Node that is new enough (%s)', (_, node) => {
  test('runs the program in the same process and exits with its code', async () => {
    const child = start(node, packageWith(TOO_OLD), 'echo', '--two words', '');
    const { out, code } = await finished(child, 'through');
    const [line = '', rest] = out.split('\n');
    expect(JSON.parse(line)).toMatchObject({ argv: ['echo', '--two words', ''], pid: child.pid, mark: 'it is I' });
    expect(rest).toBe('through');
    expect(code).toBe(7);
  });

  test('has the Node-API that the driver is built for', async () => {
    const query = `console.log(new (require('better-sqlite3'))(':memory:').prepare('select 6 * 7').pluck().get())`;
    expect(await finished(spawn(node, ['-e', query]))).toEqual({ out: '42\n', err: '', code: 0, signal: null });
  });

  test('fails when the program fails', async () => {
    const { err, code } = await finished(start(node, packageWith(), 'fail'));
    expect(err).toContain('out of order');
    expect(code).toBe(1);
  });
});

test.each(Object.entries({ ...SUPPORTED, 'one too old': TOO_OLD }))(
  'the program itself answers under %s',
  async (_, node) => {
    const data = mkdtempSync(join(folder, 'book-'));
    const child = spawn(node, [LAUNCHER, 'stdio', '--data', data]);
    const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '0' } };
    const { out, err, code } = await finished(
      child,
      `${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params })}\n`,
    );
    expect(JSON.parse(out)).toMatchObject({ id: 1, result: { serverInfo: { name: 'jobwright' } } });
    expect({ err, code }).toEqual({ err: '', code: 0 });
  },
);

describe('under a Node that is too old, with a newer one of its own', () => {
  const root = packageWith(SUPPORTED.own);

  test('starts again under that one: same arguments, environment, streams and exit code', async () => {
    const child = start(TOO_OLD, root, 'echo', '--two words', '');
    const { out, err, code } = await finished(child, 'through');
    const [line = '', rest] = out.split('\n');
    expect(JSON.parse(line)).toMatchObject({ argv: ['echo', '--two words', ''], mark: 'it is I' });
    expect(JSON.parse(line)).toMatchObject({ version: process.version });
    expect(JSON.parse(line)).not.toHaveProperty('guard');
    expect(JSON.parse(line)).not.toHaveProperty('pid', child.pid);
    expect(rest).toBe('through');
    expect(err).toBe('');
    expect(code).toBe(7);
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('passes %s on and waits for the end', async (signal) => {
    const child = start(TOO_OLD, root, 'heed');
    const { pid } = await started(child);
    child.kill(signal);
    expect(await finished(child)).toMatchObject({ out: signal, code: 9, signal: null });
    expect(isAlive(pid)).toBe(false);
  });

  test.each(['SIGTERM', 'SIGKILL'] as const)('dies of the %s that the program died of', async (signal) => {
    const child = start(TOO_OLD, root, 'hang');
    const { pid } = await started(child);
    process.kill(pid, signal);
    expect(await finished(child)).toMatchObject({ code: null, signal });
  });
});

describe('under a Node that is too old', () => {
  const advice = 'Jobwright needs Node 22.14 or newer; this is v20.20.2. Install it from nodejs.org and try again.\n';

  test('with none of its own says what is needed', async () => {
    expect(await finished(start(TOO_OLD, packageWith(), 'echo'))).toEqual({
      out: '',
      err: advice,
      code: 1,
      signal: null,
    });
  });

  test('with one of its own that is too old as well does not go in circles', async () => {
    const child = start(TOO_OLD, packageWith(TOO_OLD), 'echo');
    expect(await finished(child)).toEqual({ out: '', err: advice, code: 1, signal: null });
  });

  test('with one of its own that cannot be started says so', async () => {
    const child = start(TOO_OLD, packageWith('/dev/null'), 'echo');
    expect(await finished(child)).toEqual({ out: '', err: advice, code: 1, signal: null });
  });
});
