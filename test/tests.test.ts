// Holds the tests themselves to what is agreed of them, and each rule to a planted fault.
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { circles, doubles, fixedSleeps, pastTheSeam, type Sources } from './support/test-sources.ts';

const paths = globSync('test/**/*.ts').toSorted();
const sources: Sources = new Map(paths.map((path) => [path, readFileSync(path, 'utf8')]));

test('every test was read', () => {
  expect(paths.length).toBeGreaterThan(200);
});

describe('the store is reached through one seam', () => {
  test('but by the tests of SQLite itself', () => {
    expect(pastTheSeam(sources)).toEqual([]);
  });

  test.each([
    ['the driver', "import Sqlite from 'better-sqlite3';"],
    ['the driver while it runs', "const { default: Sqlite } = await import('better-sqlite3');"],
    ['its types', "type Db = import('better-sqlite3').Database;"],
    ['the engine of the program', "import { openSqlite } from '../../src/store/engine/sqlite.ts';"],
  ])('a test that imports %s is found', (_, planted) => {
    expect(pastTheSeam(new Map([['test/tools/planted.test.ts', planted]]))).toHaveLength(1);
    expect(pastTheSeam(new Map([['test/support/engines/sqlite.ts', planted]]))).toEqual([]);
  });
});

describe('nothing waits a fixed time for what happens meanwhile', () => {
  test('but where time is what is tested, which says why', () => {
    expect(fixedSleeps(sources)).toEqual([]);
  });

  test.each([
    "import { setTimeout as pause } from 'node:timers/promises'; const a = pause;",
    'await new Promise((done) => setTimeout(done, 100));',
    'globalThis.setTimeout(done, 100);',
    'await page.waitForTimeout(100);',
    'Atomics.wait(shared, 0, 0, 100);',
  ])('a test with %s is found', (planted) => {
    expect(fixedSleeps(new Map([['test/tools/planted.test.ts', planted]]))).toHaveLength(1);
    expect(fixedSleeps(new Map([['test/bench/planted.ts', planted]]))).toEqual([]);
  });
});

describe('every test asserts something', () => {
  test('in every project', async () => {
    const { test: config } = await import('../vitest.config.ts').then((module) => module.default);
    const projects = (config?.projects ?? []).map((project) =>
      typeof project === 'object' && 'test' in project ? project.test.expect?.requireAssertions : undefined,
    );
    expect(projects).toEqual([true, true, true, true, true]);
  });

  test.each([
    ['two promises', async () => expect(Promise.resolve(1)).toEqual(Promise.resolve(2))],
    ['one within', async () => expect({ a: [Promise.resolve(1)] }).toMatchObject({ a: [Promise.resolve(2)] })],
  ])('%s are no comparison', async (_, compare) => {
    await expect(compare()).rejects.toThrow('a promise was compared');
  });
});

describe('what tests share', () => {
  test('stands once', () => {
    expect(doubles(sources)).toEqual([]);
  });

  test.each([
    ['as it is', 'const all = await list(folder);\n  check(all);\n  return all;'],
    ['with a comment', 'const all = await list(folder);\n  // Once more.\n  check(all);\n  return all;'],
    ['with other names', 'const each = await list(folder);\n  check(each);\n  return each;'],
  ])('a helper that stands twice is found, %s', (_, body) => {
    const planted = new Map([
      [
        'test/a.ts',
        'async function one(folder: string) {\n  const all = await list(folder);\n  check(all);\n  return all;\n}',
      ],
      ['test/b.ts', `describe('it', () => { const two = async (folder: string) => {\n  ${body}\n}; });`],
    ]);
    expect(doubles(planted)).toEqual(['test/a.ts one is test/b.ts two']);
    expect(doubles(new Map([...planted].slice(0, 1)))).toEqual([]);
  });

  test('one of three lines is nobody’s double, nor one that does something else', () => {
    const planted = (body: string) => new Map([1, 2].map((n) => [`test/${n}.ts`, `function f() {\n${body}\n}`]));
    expect(doubles(planted('return 1;'))).toEqual([]);
    const [one, two] = ['check(all);', 'look(all);'].map((what) => `const all = list();\n${what}\nreturn all;`);
    expect(doubles(new Map([...planted(one ?? '')].slice(0, 1).concat([...planted(two ?? '')].slice(1))))).toEqual([]);
  });

  test('goes in no circle', () => {
    expect(circles(sources)).toEqual([]);
  });

  test('a circle is found, of types too', () => {
    const planted = new Map([
      ['test/support/a.ts', "import { b } from './b.ts';"],
      ['test/support/b.ts', "import type { C } from './c.ts';"],
      ['test/support/c.ts', "export type C = import('./a.ts').A;"],
      ['test/tools/planted.test.ts', "import '../support/a.ts';"],
    ]);
    expect(circles(planted)).toEqual(['test/support/a.ts', 'test/support/b.ts', 'test/support/c.ts']);
  });
});
