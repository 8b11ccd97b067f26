import { expect, test } from 'vitest';
import { namesMeant, sameName } from '../../src/domain/names-meant.ts';

const VENDORS = ['ABC Supply', 'ABC Supply Co.', 'ABCO Tools', 'Home Depot', "Lowe's", 'Beacon Roofing', 'HomeDepot'];

test.each([
  ['ABC', ['ABC Supply', 'ABC Supply Co.']],
  ['abc supply', ['ABC Supply', 'ABC Supply Co.']],
  ['the home depot', ['Home Depot', 'HomeDepot']],
  ['homedepot', ['Home Depot', 'HomeDepot']],
  ['lowes', ["Lowe's"]],
  ['beac', ['Beacon Roofing']],
  ['Baecon', ['Beacon Roofing']],
  ['roofing beacon', ['Beacon Roofing']],
  ['Sherwin', []],
  ['...', []],
] as const)('%s means %j', (said, meant) => {
  expect(namesMeant(said, VENDORS)).toEqual(meant);
});

test('one vendor is the same with other capitals, spaces and stops', () => {
  expect(sameName('A.B.C. Supply')).toBe(sameName('abc supply'));
  expect(sameName('ABC Supply')).not.toBe(sameName('ABC Supply Co.'));
});
