import { expect, test } from 'vitest';
import { formerNames } from '../../src/domain/customer.ts';

test.each([
  ['Dana Henderson', null, 'Dana Whitfield', 'Dana Henderson'],
  ['Dana Henderson', null, 'Henderson Roofing LLC', 'Dana Henderson'],
  ['Dana Whitfield', 'Dana Henderson', 'Dana Cole', 'Dana Whitfield\nDana Henderson'],
  ['Dana Whitfield', 'Dana Henderson', 'Dana Henderson', 'Dana Whitfield'],
  ['Dana Hendersn', null, 'Dana Henderson', null],
  ['Henderson', null, 'Dana Henderson', null],
  ['A', 'B\nC\nD\nE\nF', 'G', 'A\nB\nC\nD\nE'],
])('%s (formerly %j), now %s: formerly %j', (name, earlier, now, former) => {
  expect(formerNames({ name, formerNames: earlier }, now)).toBe(former);
});
