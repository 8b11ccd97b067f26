import { describe, expect, it } from 'vitest';
import { parseQuantity, price, taxRate } from '../../src/domain/money.ts';
import type { PricedLine } from '../../src/domain/paper.ts';
import {
  checkEditable,
  checkStep,
  isOpen,
  QUOTE_STATUSES,
  type QuoteStatus,
  SETTABLE_QUOTE_STATUSES,
} from '../../src/domain/quote.ts';
import { refusal } from '../support/refusal.ts';

function offered(unitPrice: number | null): PricedLine {
  return {
    description: 'Skylight',
    quantity: parseQuantity(1, 'quantity'),
    unit: null,
    unitPrice: unitPrice === null ? null : price(unitPrice),
    taxRate: taxRate(0),
  };
}

const step = (from: QuoteStatus, to: QuoteStatus, { unpriced = false, invoicedBy = [] as string[] } = {}) =>
  checkStep({ ref: 'Q-3', from, to, lines: [offered(unpriced ? null : 100)], invoicedBy });

describe('the steps of a quote', () => {
  it('may be skipped, and taken back until it is accepted', () => {
    for (const from of ['draft', 'sent', 'declined'] as const) {
      for (const to of SETTABLE_QUOTE_STATUSES) expect(() => step(from, to)).not.toThrow();
    }
  });

  it('an accepted quote can only be declined', () => {
    expect(() => step('accepted', 'declined')).not.toThrow();
    for (const to of ['draft', 'sent'] as const) {
      expect(refusal(() => step('accepted', to))).toBe(
        'status: Q-3 is accepted and stays so. Revise it, add a change order, or set it to declined.',
      );
    }
  });

  it('and not even that while invoices stand on it', () => {
    expect(refusal(() => step('accepted', 'declined', { invoicedBy: ['INV-1001', 'INV-1002'] }))).toBe(
      'status: Q-3 is billed by INV-1001, INV-1002. Void that first (a paid one is credited: create-invoice with creditFor, all and billAgain: true), then decline the quote.',
    );
    expect(() => step('sent', 'declined', { invoicedBy: ['INV-1001'] })).not.toThrow();
  });

  it('a superseded quote stays so', () => {
    for (const to of SETTABLE_QUOTE_STATUSES) {
      expect(refusal(() => step('superseded', to))).toContain('was replaced by its revision');
    }
    expect(SETTABLE_QUOTE_STATUSES).not.toContain('superseded');
  });

  it('a price not known yet blocks sending and accepting, not drafting and declining', () => {
    for (const to of ['sent', 'accepted'] as const) {
      expect(refusal(() => step('draft', to, { unpriced: true }))).toContain('no price yet on line 1 (Skylight)');
    }
    for (const to of ['draft', 'declined'] as const) expect(() => step('sent', to, { unpriced: true })).not.toThrow();
  });
});

describe('the lines of a quote', () => {
  it('can be edited while it is an offer, and every other status says what to do instead', () => {
    expect(QUOTE_STATUSES.filter(isOpen)).toEqual(['draft', 'sent']);
    for (const status of ['draft', 'sent'] as const) expect(() => checkEditable('Q-3', status, 'lines')).not.toThrow();
    for (const status of ['accepted', 'declined', 'superseded'] as const) {
      expect(refusal(() => checkEditable('Q-3', status, 'lines'))).toMatch(
        new RegExp(`^lines: Q-3 is ${status}: its lines are frozen\\. \\w.+\\.$`),
      );
    }
  });
});
