import { calendarDate, type CalendarDate } from '../../src/domain/dates.ts';
import { describe, expect, it } from 'vitest';
import {
  billTotals,
  checkDraft,
  checkDue,
  checkVoidable,
  creditDay,
  draftTotals,
  dueDate,
  isOverdue,
} from '../../src/domain/invoice.ts';
import { parseAmount, parseQuantity, parseTaxRate, price } from '../../src/domain/money.ts';
import type { PricedLine } from '../../src/domain/paper.ts';
import { shown } from './records.ts';
import { refusal } from '../support/refusal.ts';

function charged(unitPrice: string | null, ratePercent = 0): PricedLine {
  return {
    description: 'Work',
    quantity: parseQuantity(1, 'quantity'),
    unit: null,
    unitPrice: unitPrice === null ? null : parseAmount(unitPrice, 'unitPrice', 'USD', { sign: 'any' }),
    taxRate: parseTaxRate(ratePercent, 'taxRatePercent'),
  };
}

describe('a bill', () => {
  it('comes to its lines and their tax', () => {
    const { subtotal, tax, total } = billTotals('The invoice', [charged('1000', 10), charged('-250', 10)]);
    expect([subtotal, tax, total].map(shown)).toEqual(['750.00', '75.00', '825.00']);
  });

  it('may come to nothing, never to less', () => {
    expect(shown(billTotals('The invoice', [charged('100'), charged('-100')]).total)).toBe('0.00');
    expect(refusal(() => billTotals('The invoice', [charged('100'), charged('-100.01')]))).toBe(
      'lines: an invoice cannot total below 0. Lower the discount lines, or bill less.',
    );
    // The total with tax decides, not what stands before it.
    const outweighed = billTotals('The invoice', [charged('100', 100), charged('-150')]);
    expect([outweighed.subtotal, outweighed.tax, outweighed.total].map(shown)).toEqual(['-50.00', '100.00', '50.00']);
  });

  it('is held to that as a draft too, once its prices are known', () => {
    expect(refusal(() => draftTotals([charged('100'), charged('-100.01')]))).toContain('below 0');
    expect(() => draftTotals([charged(null), charged('-100.01')])).not.toThrow();
  });

  it('has a price on every line', () => {
    expect(refusal(() => billTotals('DRAFT-5', [charged('1'), charged(null)]))).toContain(
      'DRAFT-5 has no price yet on line 2',
    );
  });
});

describe('the day of a credit', () => {
  const invoice = { ref: 'INV-1043', issuedOn: calendarDate('2026-03-10') };

  it('is the later of today and the day of its invoice', () => {
    expect(creditDay(invoice, null, calendarDate('2026-03-12'))).toBe('2026-03-12');
    expect(creditDay(invoice, null, calendarDate('2026-03-01'))).toBe('2026-03-10');
    expect(creditDay(invoice, calendarDate('2026-03-10'), calendarDate('2026-03-12'))).toBe('2026-03-10');
  });

  it('is never before its invoice', () => {
    expect(refusal(() => creditDay(invoice, calendarDate('2026-03-09'), calendarDate('2026-03-12')))).toBe(
      'issuedOn: 2026-03-09 is before INV-1043 itself, which is dated 2026-03-10. Give that day or a later one, like 2026-03-10, or leave issuedOn out.',
    );
  });
});

describe('an invoice that is open', () => {
  it('is late from the day after it was due; due today is still current', () => {
    const late = (dueOn: CalendarDate | null, { status = 'issued' as const, balance = 1 } = {}) =>
      isOverdue({ status, dueOn, balance: price(balance) }, calendarDate('2026-03-31'));
    expect([
      late(calendarDate('2026-03-30')),
      late(calendarDate('2026-03-31')),
      late(calendarDate('2026-04-01')),
      late(null),
    ]).toEqual([true, false, false, false]);
    expect(late(calendarDate('2020-01-01'), { balance: 0 })).toBe(false);
    for (const status of ['draft', 'void'] as const) {
      expect(
        isOverdue({ status, dueOn: calendarDate('2020-01-01'), balance: price(1) }, calendarDate('2026-03-31')),
      ).toBe(false);
    }
  });

  it('falls due by the terms, over month ends', () => {
    expect(dueDate(calendarDate('2026-01-31'), 30)).toBe('2026-03-02');
    expect(dueDate(calendarDate('2024-02-29'), 0)).toBe('2024-02-29');
  });

  it('cannot fall due before it was issued', () => {
    expect(() => checkDue(calendarDate('2026-03-31'), calendarDate('2026-03-31'))).not.toThrow();
    expect(refusal(() => checkDue(calendarDate('2026-03-31'), calendarDate('2026-03-30')))).toBe(
      "dueOn: 2026-03-30 is before the invoice's own date 2026-03-31. Give a later day.",
    );
  });
});

describe('an invoice once it is out', () => {
  it('is frozen, and the answer says what to do instead', () => {
    expect(() => checkDraft('DRAFT-5', 'draft')).not.toThrow();
    expect(refusal(() => checkDraft('INV-1043', 'issued'))).toContain(
      'INV-1043 is issued and frozen but for its due date.',
    );
    expect(refusal(() => checkDraft('INV-1043', 'void'))).toContain('INV-1043 is void and stays as it is');
  });

  it('can be voided once, while no payment and no credit stands on it; a draft is discarded instead', () => {
    const issued = { status: 'issued', paid: price(0) } as const;
    const alone = { notes: [], reductions: [], counts: true, isLeft: true, replacement: null };
    const voiding = (change: object, stands: object = {}) =>
      refusal(() => checkVoidable('INV-1043', { ...issued, ...change }, { ...alone, ...stands }));
    expect(() => checkVoidable('INV-1043', issued, alone)).not.toThrow();
    expect(voiding({ status: 'void' })).toBe('INV-1043 is already void.');
    expect(voiding({ status: 'draft' })).toContain('Discard it with discard: true');
    expect(voiding({}, { replacement: 'INV-1045' })).toContain('was corrected: INV-1045 stands for it');
    const [paid, note] = [{ paid: price(1) }, { notes: ['INV-1044'] }];
    expect(voiding(paid)).toBe(
      'INV-1043 has payments. Credit it instead: create-invoice with creditFor: "INV-1043", all: true and billAgain: true. Where only its amounts were wrong: update-invoice with correct: true and the right lines.',
    );
    expect(voiding(paid, { counts: false })).toContain('with creditFor: "INV-1043" and all: true.');
    expect(voiding(paid, { ...note, reductions: ['INV-1044'] })).toContain('Void INV-1044 first');
    expect(voiding(paid, { ...note, isLeft: false })).toContain('credited in full: nothing of it is billed');
    expect(voiding({}, note)).toContain('Void INV-1044 first (update-invoice with status: void), then INV-1043');
  });
});
