// The examples of all tools, gathered from beside their tests.
import { globSync } from 'node:fs';
import type { Tool } from '../../src/tools/define-tool.ts';
import { TOOLS } from '../../src/tools/index.ts';
import type { Example } from './example.ts';

const ROOT = new URL('../../', import.meta.url);
const EXAMPLES: ReadonlyMap<string, Example> = new Map(
  await Promise.all(
    globSync('test/tools/*/*.example.ts', { cwd: ROOT }).map(async (path): Promise<[string, Example]> => {
      const { example } = (await import(new URL(path, ROOT).href)) as { example: Example };
      return [nameIn(path), example];
    }),
  ),
);

function nameIn(path: string): string {
  return /([^/\\]+)\.example\.ts$/.exec(path)?.[1] ?? path;
}

/** Where the example of a tool stands, or is to stand. */
function placeOf(name: string): string {
  const [path = `src/tools/<noun>/${name}.ts`] = globSync(`src/tools/*/${name}.ts`, { cwd: ROOT });
  return path.replaceAll('\\', '/').replace(/^src/, 'test').replace(/\.ts$/, '.example.ts');
}

/** Names for which there is no tool. */
export const STRAY = [...EXAMPLES.keys()].filter((name) => !TOOLS.some((tool) => tool.name === name));

/** @throws where there is none, so that what is tried on every tool is tried on a new one too */
export function exampleOf(name: string): Example {
  const example = EXAMPLES.get(name);
  if (example === undefined) throw new Error(`Give ${name} an example call in ${placeOf(name)}.`);
  return example;
}

/** Every good call of a tool. */
export function goodCallsOf(name: string): readonly object[] {
  return exampleOf(name).calls;
}

/** Every good call of every tool. */
export function goodCalls(): readonly (readonly [tool: string, call: object])[] {
  return TOOLS.flatMap(({ name }) => goodCallsOf(name).map((call) => [name, call] as const));
}

/** The good calls of a tool as somebody has it, who may have less of it: without the arguments that it does not take. */
export function goodCallsAs({ name, key, input }: Pick<Tool, 'name' | 'key' | 'input'>): readonly object[] {
  const { calls, crew } = exampleOf(name);
  const own = key === name ? [] : (crew?.calls ?? []);
  return [...own, ...calls].map((call) =>
    Object.fromEntries(Object.entries(call).filter(([argument]) => argument in input.shape)),
  );
}

/** The calls on `largeBook` that bring the most. */
export function largestCallsOf({ name, key, input }: Pick<Tool, 'name' | 'key' | 'input'>): readonly object[] {
  const example = exampleOf(name);
  const { most = 'limit' in input.shape ? [{ limit: 50 }] : undefined } = (key === name ? example : example.crew) ?? {};
  if (most === undefined) throw new Error(`Give ${key} the call that brings the most in ${placeOf(name)}.`);
  return most;
}
