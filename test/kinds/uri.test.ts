import { expect, test } from 'vitest';
import { kindOf, readAsked, readUri, uriOf } from '../../src/kinds/uri.ts';

test.each([
  ['job', 'J-12', 'jobwright://jobs/J-12'],
  ['customer', 'C-S7', 'jobwright://customers/C-S7'],
  ['invoice', 'DRAFT-5', 'jobwright://invoices/DRAFT-5'],
  ['document', 'INV-1043', 'jobwright://documents/INV-1043'],
  ['quote', 'Q-31/2', 'jobwright://quotes/Q-31/2'],
  ['walk_and_talk', 'W-3', 'jobwright://walk-and-talks/W-3'],
] as const)('a %s %s is at %s, and is read back from there', (place, ref, uri) => {
  expect(uriOf(place, ref)).toBe(uri);
  expect(readUri(uri)).toEqual({ place, ref });
  expect(readAsked(uri)).toEqual({ place, ref });
});

test('an address may hold a name, and a completed value means the number it begins with', () => {
  expect(readUri('jobwright://jobs/roof%20replacement')).toEqual({ place: 'job', ref: 'roof replacement' });
  expect(readUri('jobwright://jobs/J-12%20Roof%2C%20Dana')).toEqual({ place: 'job', ref: 'J-12' });
  expect(readUri('JOBWRIGHT://Jobs/j-12')).toEqual({ place: 'job', ref: 'j-12' });
  expect(readAsked('W-3 Attic walk, Dana Henderson')).toEqual({ place: 'walk_and_talk', ref: 'W-3' });
});

test.each([
  '',
  'jobwright://',
  'jobwright://jobs',
  'jobwright://jobs/',
  'jobwright://pools/1',
  'https://x.example/jobs/1',
])('%j is no address', (uri) => expect(readUri(uri)).toBeNull());

test('an address that cannot be decoded is none', () => expect(readUri('jobwright://jobs/%E0%A4%A')).toBeNull());

test('letters name a kind; a bare number, a bare sample number and words do not', () => {
  expect(['J-12', 'job 12', 'inv-1043', 'DRAFT-5', 'Q-31/2', 'P-9', 'a4', 'W-S1'].map(kindOf)).toEqual([
    'job',
    'job',
    'invoice',
    'invoice',
    'quote',
    'payment',
    'appointment',
    'walk_and_talk',
  ]);
  expect(['12', 'S12', 'S-12', 'the roof', '', 'X-9', 'J-next'].map(kindOf)).toEqual(
    Array.from({ length: 7 }, () => null),
  );
});
