import { expect, test } from 'vitest';
import { takenBack } from '../../../src/store/books/payments.ts';

const BOUNCE = { takes_back_id: null, is_refund: 1, method: 'bounced' } as const;

test.each([
  ['P-9', { takesBackId: 9, note: null }],
  ['P-9: No funds: twice.', { takesBackId: 9, note: 'No funds: twice.' }],
  ['P-S2', { takesBackId: -2, note: null }],
] as const)('a bounce of an earlier version names its payment in its note: %s', (note, read) => {
  expect(takenBack({ ...BOUNCE, note })).toEqual(read);
});

test('what names its payment itself, and what is no bounce, keeps its note', () => {
  const note = 'P-9: No funds.';
  expect(takenBack({ ...BOUNCE, takes_back_id: 3, note })).toEqual({ takesBackId: 3, note });
  expect(takenBack({ ...BOUNCE, method: 'card', note })).toEqual({ takesBackId: null, note });
  expect(takenBack({ ...BOUNCE, is_refund: 0, note })).toEqual({ takesBackId: null, note });
  expect(takenBack({ ...BOUNCE, note: 'No funds.' })).toEqual({ takesBackId: null, note: 'No funds.' });
});
