import { expect, test } from 'vitest';
import { isFirstName, namesakes } from '../../src/domain/first-names.ts';

test.each([
  ['chris', ['christian', 'christina', 'christine', 'christopher']],
  ['christopher', ['chris', 'kris']],
  ['bob', ['robert', 'roberto']],
  ['dana', []],
])('%s may be %j', (name, others) => {
  expect([...namesakes(name)].sort()).toEqual(others);
});

test('first names are known with a short one and without, and in full as for short', () => {
  expect(['robert', 'bob', 'adam', 'henderson'].map(isFirstName)).toEqual([true, true, true, false]);
});
