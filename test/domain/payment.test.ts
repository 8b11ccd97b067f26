// What is paid, what is open, how late it is, and which money may move.
import { calendarDate, type CalendarDate } from '../../src/domain/dates.ts';
import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { addDays } from '../../src/domain/dates.ts';
import { price, type Price, text } from '../../src/domain/money.ts';
import {
  ageBounds,
  ageOf,
  AGES,
  balanceOf,
  bounceDay,
  checkPayment,
  checkRefund,
  checkVoidPayment,
  moveOnto,
  paidBy,
  type Payment,
  paymentState,
  refundDay,
} from '../../src/domain/payment.ts';
import { usd } from './records.ts';
import { refusal } from '../support/refusal.ts';

const words = (amount: Price) => `${text(amount, 'USD')} USD`;
const dollars = (spoken: number) => price(usd(spoken));

function payment(amount: number, { refund = false, voided = false } = {}): Payment {
  return {
    id: 9,
    ref: 'P-9',
    isSample: false,
    invoiceId: 1,
    isRefund: refund,
    amount: dollars(amount),
    paidOn: calendarDate('2026-03-10'),
    method: null,
    note: null,
    voidReason: voided ? 'entered twice' : null,
    takesBackId: null,
  };
}

/** INV-1043 over 1,000, with this much paid and credited. */
function invoice({ paid = 0, credited = 0, status = 'issued' as const, kind = 'standard' } = {}) {
  const total = dollars(1000);
  const sums = { total, credited: dollars(credited), paid: dollars(paid) };
  return { ref: 'INV-1043', status, kind, ...sums, balance: balanceOf(sums) };
}

describe('what is paid', () => {
  it('is money in less money given back; what was entered by mistake counts nothing', () => {
    const all = [payment(400), payment(300), payment(150, { refund: true }), payment(999, { voided: true })];
    expect(paidBy(all)).toBe(dollars(550));
    expect(paidBy([...all, payment(50, { refund: true, voided: true })])).toBe(dollars(550));
    expect(paidBy([])).toBe(0);
  });

  it('leaves total − credits − payments + refunds open, below 0 where money is owed to the customer', () => {
    expect(invoice({ paid: 400, credited: 250 }).balance).toBe(dollars(350));
    expect(invoice({ paid: 1000, credited: 250 }).balance).toBe(dollars(-250));
  });

  it('is unpaid, partly paid, paid, or credited where nothing was ever paid; drafts, voids and credit notes are none of these', () => {
    const state = (some: Parameters<typeof invoice>[0]) => paymentState(invoice(some));
    expect([
      state({}),
      state({ paid: 1 }),
      state({ paid: 1000 }),
      state({ credited: 1000 }),
      state({ credited: 999 }),
      state({ paid: 1000, credited: 1 }),
      state({ paid: 1, credited: 999 }),
    ]).toEqual(['unpaid', 'partly_paid', 'paid', 'credited', 'unpaid', 'paid', 'paid']);
    expect(paymentState({ ...invoice(), status: 'draft' })).toBeNull();
    expect(paymentState({ ...invoice(), status: 'void' })).toBeNull();
    expect(paymentState({ ...invoice(), kind: 'credit_note' })).toBeNull();
  });
});

describe('ageing', () => {
  it.each([
    [0, 'current'],
    [-40, 'current'],
    [1, 'days1to30'],
    [30, 'days1to30'],
    [31, 'days31to60'],
    [60, 'days31to60'],
    [61, 'days61to90'],
    [90, 'days61to90'],
    [91, 'over90'],
    [4000, 'over90'],
  ])('%i days past the due date is %s', (days, age) => {
    for (const today of ['2026-03-10', '2024-03-01', '2026-11-01'].map(calendarDate))
      expect(ageOf(addDays(today, -days), today)).toBe(age);
  });

  it('gives every due date exactly one age, and never a younger one the longer it waits', () => {
    expect([...ageBounds(calendarDate('2026-03-10')).map(({ age }) => age), 'over90']).toEqual(AGES);
    fc.assert(
      fc.property(fc.integer({ min: -500, max: 500 }), (days) => {
        const older = AGES.indexOf(ageOf(addDays(calendarDate('2026-03-10'), -days - 1), calendarDate('2026-03-10')));
        expect(older).toBeGreaterThanOrEqual(
          AGES.indexOf(ageOf(addDays(calendarDate('2026-03-10'), -days), calendarDate('2026-03-10'))),
        );
      }),
    );
  });
});

describe('a payment', () => {
  const paying =
    (amount: number, some: Parameters<typeof invoice>[0] & { status?: never } = {}) =>
    () =>
      checkPayment(invoice(some), dollars(amount), words);

  it('is at most the balance, which a refusal names', () => {
    expect(paying(1000)).not.toThrow();
    expect(paying(350, { paid: 400, credited: 250 })).not.toThrow();
    expect(refusal(paying(350.01, { paid: 400, credited: 250 }))).toBe(
      'amount: 350.01 USD is more than the balance of 350.00 USD on INV-1043. Record at most that, and the rest on another invoice.',
    );
    expect(refusal(paying(1, { paid: 1000 }))).toBe(
      'amount: INV-1043 is paid: its balance is 0.00 USD. get-invoice shows its payments.',
    );
    expect(refusal(paying(1, { paid: 1000, credited: 250 }))).toContain('-250.00 USD');
    expect(refusal(paying(1, { credited: 1000 }))).toBe(
      'amount: INV-1043 is credited in full: nothing is left to pay on it.',
    );
  });

  it('is for an issued invoice', () => {
    const on = (change: object) => refusal(() => checkPayment({ ...invoice(), ...change }, dollars(1), words));
    expect(on({ status: 'draft' })).toBe('invoice: INV-1043 is a draft. Issue it first.');
    expect(on({ status: 'void' })).toBe('invoice: INV-1043 is void and takes no payment.');
    expect(on({ kind: 'credit_note' })).toContain(
      'invoice: INV-1043 is a credit note. Money given back is recorded on its invoice',
    );
  });
});

describe('a refund', () => {
  it('is at most what was paid', () => {
    const refund = (amount: number, paid: number) => () => checkRefund(invoice({ paid }), dollars(amount), words);
    expect(refund(400, 400)).not.toThrow();
    expect(refusal(refund(400.01, 400))).toBe(
      'amount: 400.01 USD is more than the 400.00 USD that was paid on INV-1043.',
    );
    expect(refusal(refund(1, 0))).toContain('0.00 USD');
  });
});

describe("a refund's day", () => {
  const [early, late] = [calendarDate('2026-03-05'), calendarDate('2026-03-12')];
  const paid = [
    { ...payment(100), paidOn: early },
    { ...payment(100), paidOn: late },
  ];
  const day = (amount: number, given: CalendarDate | null, payments: readonly Payment[] = paid) =>
    refundDay(payments, dollars(amount), { given, today: calendarDate('2026-03-10') });

  it('is today, or the day the money comes in where that is still to come', () => {
    expect(day(100, null)).toBe('2026-03-10');
    expect(day(150, null)).toBe(late);
  });

  it('is never before the money that it gives back', () => {
    expect(day(100, early)).toBe(early);
    expect(refusal(() => day(100, calendarDate('2026-03-04')))).toContain(
      'paidOn: 2026-03-04 is before the money came in',
    );
    expect(refusal(() => day(150, calendarDate('2026-03-11')))).toContain(`was there from ${late}`);
    // What was given back on a later day is not given back again before it.
    const refunded = [...paid, { ...payment(100, { refund: true }), paidOn: calendarDate('2026-03-08') }];
    expect(refusal(() => day(100, early, refunded))).toContain(`was there from ${late}`);
    expect(day(100, late, refunded)).toBe(late);
    const voided = [{ ...payment(100, { voided: true }), paidOn: calendarDate('2026-03-01') }, ...paid];
    expect(refusal(() => day(100, calendarDate('2026-03-01'), voided))).toContain(`was there from ${early}`);
  });
});

test('a payment bounces once, also where a correction parted it from its bounce', () => {
  const bounced = { ...payment(600, { refund: true }), id: 10, invoiceId: 2, method: 'bounced', takesBackId: 9 };
  const again = (bounces: Payment[]) => () =>
    bounceDay(
      { ref: 'P-9', payment: payment(600), payments: [payment(600)], bounces },
      { given: null, today: calendarDate('2026-03-10') },
    );
  expect(refusal(again([bounced]))).toBe('payment: P-9 has bounced already.');
  expect(again([{ ...bounced, takesBackId: 91 }])).not.toThrow();
});

describe('taking a payment out', () => {
  const out = (entered: Payment, some: Parameters<typeof invoice>[0]) => () =>
    checkVoidPayment('P-9', { payment: entered, bounces: [] }, invoice(some), words);

  it('is done once', () => {
    expect(out(payment(400), { paid: 400 })).not.toThrow();
    expect(refusal(out(payment(400, { voided: true }), { paid: 0 }))).toBe('void: P-9 is void already.');
  });

  it('waits for the refund that stands on it', () => {
    expect(refusal(out(payment(400), { paid: 300 }))).toBe(
      'void: without P-9 more would be given back on INV-1043 than was paid (300.00 USD stands). Void the refund first.',
    );
    expect(out(payment(300), { paid: 300 })).not.toThrow();
  });

  it('of a refund never leaves more paid than the invoice came to', () => {
    // 1,000 paid, 400 given back, 400 paid again: the refund cannot be a mistake without one of the payments being one.
    expect(refusal(out(payment(400, { refund: true }), { paid: 1000 }))).toMatch(
      /^void: without P-9 .*1400\.00 USD.*1000\.00 USD.*payment/,
    );
    expect(out(payment(400, { refund: true }), { paid: 600 })).not.toThrow();
    // Money back on a credit: without the refund the customer is owed again.
    expect(out(payment(250, { refund: true }), { paid: 750, credited: 250 })).not.toThrow();
  });
});

describe('payments on a corrected invoice go over to its replacement', () => {
  const moves = (payments: Payment[], total: number) =>
    moveOnto(payments, dollars(total)).map(({ moved, left }) => [text(moved, 'USD'), text(left, 'USD')]);

  it.each([
    [
      'all of them, where the replacement takes them',
      [payment(100), payment(50)],
      150,
      [
        ['100.00', '0.00'],
        ['50.00', '0.00'],
      ],
    ],
    [
      'up to its total: the last one is split',
      [payment(100), payment(50)],
      120,
      [
        ['100.00', '0.00'],
        ['20.00', '30.00'],
      ],
    ],
    ['up to its total: later ones stay', [payment(100), payment(50)], 100, [['100.00', '0.00']]],
    ['less what was given back', [payment(100), payment(30, { refund: true })], 500, [['70.00', '30.00']]],
    ['without those taken out', [payment(100, { voided: true }), payment(50)], 500, [['50.00', '0.00']]],
    ['none where it comes to nothing', [payment(100)], 0, []],
  ])('%s', (_, payments, total, expected) => {
    expect(moves(payments, total)).toEqual(expected);
  });

  it('nothing is lost or made, and no more goes over than was kept or fits', () => {
    const any = fc.record({ cents: fc.integer({ min: 1, max: 9999 }), refund: fc.boolean(), voided: fc.boolean() });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 6 }), fc.integer({ min: 0, max: 30_000 }), (parts, total) => {
        const payments = parts.map(({ cents, refund, voided }) => payment(cents / 100, { refund, voided }));
        const moved = moveOnto(payments, price(total));
        for (const each of moved) expect(each.moved + each.left).toBe(each.payment.amount);
        const sum = moved.reduce((sofar, each) => sofar + each.moved, 0);
        expect(sum).toBe(Math.max(0, Math.min(paidBy(payments), total)));
      }),
    );
  });
});
