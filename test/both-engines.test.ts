// What notices that a run left out one of both engines, held to planted faults.
import { expect, test } from 'vitest';
import { leftOut, type Ran } from './support/both-engines.ts';

const ROOMS = ['test/{store,tools}/**/*.test.ts'];
const ONE = ['test/store/sqlite.test.ts'];
const WHOLE: readonly Ran[] = [
  { project: 'fast', file: 'test/tools/jobs.test.ts', tests: 4 },
  { project: 'postgres', file: 'test/tools/jobs.test.ts', tests: 4 },
  { project: 'thorough', file: 'test/store/a/b.property.test.ts', tests: 1 },
  { project: 'postgres-thorough', file: 'test/store/a/b.property.test.ts', tests: 1 },
  { project: 'fast', file: 'test/store/sqlite.test.ts', tests: 9 },
  { project: 'e2e', file: 'test/e2e/http.test.ts', tests: 9 },
];

test('a run on both has no fault', () => {
  expect(leftOut(WHOLE, ROOMS, ONE)).toEqual([]);
});

test.each([
  ['the project is gone, or has another name', WHOLE.filter(({ project }) => !project.startsWith('postgres')), 2],
  ['a file is left out', WHOLE.filter((_, index) => index !== 1), 1],
  ['a file is left out of SQLite', WHOLE.filter((_, index) => index !== 0), 1],
  ['its tests are skipped', WHOLE.map((each, index) => (index === 1 ? { ...each, tests: 0 } : each)), 1],
  ['one of them is', WHOLE.map((each, index) => (index === 1 ? { ...each, tests: 3 } : each)), 1],
  ['nothing ran', [], 1],
] as const)('where %s, it is noticed', (_, ran, faults) => {
  expect(leftOut(ran, ROOMS, ONE)).toHaveLength(faults);
});
