import { expect, test } from 'vitest';
import { namesMeant, sameName } from '../../src/domain/names-meant.ts';

const VENDORS = [
  ...['ABC Supply', 'ABC Supply Co.', 'A.B.C. Supply', 'ABCO Tools', 'Home Depot', 'HomeDepot', "Lowe's"],
  ...['Beacon Roofing', "Mike's Crew", 'Henderson Lumber', 'Hendersen Lumber'],
];

test.each([
  ['ABC', ['ABC Supply', 'ABC Supply Co.', 'A.B.C. Supply']],
  ['abc supply', ['ABC Supply', 'ABC Supply Co.', 'A.B.C. Supply']],
  ['A.B.C.', ['ABC Supply', 'ABC Supply Co.', 'A.B.C. Supply']],
  ['mikes', ["Mike's Crew"]],
  ["Mike's crew", ["Mike's Crew"]],
  ['lowe', ["Lowe's"]],
  ['the home depot', ['Home Depot', 'HomeDepot']],
  ['homedepot', ['Home Depot', 'HomeDepot']],
  ['lowes', ["Lowe's"]],
  ['beac', ['Beacon Roofing']],
  ['Baecon', ['Beacon Roofing']],
  ['roofing beacon', ['Beacon Roofing']],
  ['Sherwin', []],
  ['...', []],
] as const)('%s means %j', (said, meant) => {
  expect(namesMeant(said, VENDORS).meant).toEqual(meant);
});

test('who is written nearly so is named apart, since it may be a typing error or somebody else', () => {
  expect(namesMeant('henderson lumber', VENDORS)).toEqual({ meant: ['Henderson Lumber'], near: ['Hendersen Lumber'] });
  expect(namesMeant('ABC', VENDORS).near).toEqual([]);
});

test('one vendor is the same with other capitals, spaces, stops and legal form', () => {
  expect(sameName('A.B.C. Supply')).toBe(sameName('abc supply'));
  expect(sameName('ABC Supply, Inc.')).toBe(sameName('ABC Supply Co'));
  expect(sameName("Mike's Crew")).toBe(sameName('mikes crew'));
  expect(sameName('Company')).not.toBe(sameName('Inc'));
  expect(sameName('ABC Supply')).not.toBe(sameName('ABC Tools'));
});
