// What the built program loads before it does anything: each file that is read, and each module that runs, is waited for
// by whoever called.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Listed } from '../../src/tools/listed.ts';
import { listing } from '../../src/tools/listing.ts';

const BUILT = 'dist';

/** A file of the bundle with all that is loaded before it runs. */
function loadedWith(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, other = ''] of read(file).matchAll(/^import [^"]*"\.\/([^"]+)";$/gm)) loadedWith(other, seen);
  return seen;
}

function read(file: string): string {
  return readFileSync(join(BUILT, file), 'utf8');
}

function start(...files: readonly string[]): string[] {
  return [...new Set(files.flatMap((file) => [...loadedWith(file)]))].toSorted();
}

const LISTED_BUILT = /^const LISTED = JSON\.parse\((".*")\);$/m;

/** What the bundle has of the tools before one is loaded. */
async function listedBuilt(): Promise<{ readonly LISTED: readonly Listed[] }> {
  const [, text = ''] = LISTED_BUILT.exec(read('look.js')) ?? [];
  return { LISTED: JSON.parse(JSON.parse(text)) as Listed[] };
}

describe('what a start loads', () => {
  test('every file of it stands beside the launcher', () => {
    expect(read('launch.js').includes('import("./main.js")')).toBe(true);
    expect(read('main.js').includes('import("./call.js")')).toBe(true);
  });

  test('--version: three files', () => {
    expect(start('launch.js', 'main.js')).toEqual(['command-line.js', 'launch.js', 'main.js']);
  });

  test('a call: what answers it, neither the protocol nor what prints help', () => {
    const files = start('launch.js', 'main.js', 'call.js');
    // The log's writer stands apart, as one that only lists writes none.
    expect(files).toHaveLength(8);
    const holding = (within: readonly string[], name: string) =>
      within.filter((file) => read(file).includes(`${name} = class`) || read(file).includes(`class ${name} `));
    for (const [name, where] of [
      ['McpServer', 'stdio.js'],
      ['ProtocolError', 'stdio.js'],
      ['CommanderError', 'help.js'],
    ] as const) {
      // It is where it belongs, by the same name.
      expect(holding(start(where), name)).toHaveLength(1);
      expect(holding(files, name)).toEqual([]);
    }
  });

  test('stdio: the protocol, and neither the tools nor what the books are opened with', () => {
    const files = start('launch.js', 'main.js', 'stdio.js');
    expect(files).toEqual(['command-line.js', 'launch.js', 'look.js', 'main.js', 'stdio.js']);
    const holding = (file: string, text: string) => read(file).includes(text);
    for (const [text, where] of [
      // A tool, a view, the query builder, the log's writer, and the SDK's own validator.
      ['node_modules/kysely/', 'book.js'],
      ['node_modules/pino/', 'book.js'],
      ['// src/tools/jobs/get-job.ts', 'server.js'],
      ['// src/views/internal/', 'server.js'],
    ] as const) {
      expect(holding(where, text), text).toBe(true);
      expect(files.filter((file) => holding(file, text))).toEqual([]);
    }
    expect(readdirSync(BUILT).filter((file) => file.endsWith('.js') && holding(file, 'node_modules/ajv/'))).toEqual([]);
    // The list of the tools, which a start sends, has a bound of its own.
    const size = files.reduce((sum, file) => sum + read(file).replace(LISTED_BUILT, '').length, 0);
    expect(size).toBeLessThan(712_000);
  });

  test('every file is Latin alone: V8 keeps one with two bytes for each character of it otherwise', () => {
    const files = readdirSync(BUILT).filter((name) => name.endsWith('.js'));
    // oxlint-disable-next-line no-control-regex -- all that is not ASCII
    expect(files.filter((file) => /[^\x00-\x7f]/.test(read(file)))).toEqual([]);
    expect(read('stdio.js').includes('\\u2212')).toBe(true);
  });

  test('the tools are listed without one being loaded, as they are', async () => {
    const { LISTED } = await listedBuilt();
    const { TOOLS } = await import('../../src/tools/index.ts');
    expect(LISTED.length).toBeGreaterThan(30);
    const whole = (tool: Listed): unknown => ({
      shown: listing(tool),
      roles: tool.roles,
      toolset: tool.toolset,
      needsJobs: tool.needsJobs,
      crew: tool.crew === null ? null : whole(tool.crew),
    });
    expect(LISTED.map(whole)).toEqual(JSON.parse(JSON.stringify(TOOLS.map(whole))));
  });

  test('none of Node is imported by what stands behind the check of Node, which would load all of what it loads lazily', () => {
    const files = readdirSync(BUILT).filter((name) => name.endsWith('.js') && name !== 'launch.js');
    expect(files.length).toBeGreaterThan(40);
    const all = new Map(files.map((file) => [file, read(file)]));
    expect([...all.values()].filter((code) => code.includes('getBuiltinModule("node:')).length).toBeGreaterThan(15);
    expect(files.filter((file) => /^import .* from "node:/m.test(all.get(file) ?? ''))).toEqual([]);
    // On a Node that is too old that would be a crash, before it can be said.
    expect(read('launch.js').includes('getBuiltinModule')).toBe(false);
  });
});
