import { expect, test } from 'vitest';
import { hasFact, says } from '../../src/domain/message.ts';

test('a message names a record where that is one of its facts, and not where its letters stand in one', () => {
  const bounced = { payment: 'P-12', amount: '10.00 USD', invoice: 'INV-1001', day: '2026-03-10', as: 'P-13' };
  const others = [{ payment: 'P-4', amount: '5.00 USD', invoice: 'INV-1002' }];
  const said = says('log.payment-bounced', { ...bounced, others });
  for (const ref of ['P-12', 'P-13', 'P-4', 'INV-1002']) expect([ref, hasFact(said, ref)]).toEqual([ref, true]);
  expect(hasFact(said, 'P-1')).toBe(false);
  // Of a sentence that an earlier version kept nothing is known.
  expect(hasFact('Logged P-12', 'P-12')).toBe(false);
});
