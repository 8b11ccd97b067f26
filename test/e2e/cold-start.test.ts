// What the built program loads before it does anything: each file that is read, and each module that runs, is waited for
// by whoever called.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

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
    expect(files).toHaveLength(7);
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

  test('stdio: the protocol besides', () => {
    expect(start('launch.js', 'main.js', 'stdio.js').length).toBeLessThanOrEqual(14);
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
