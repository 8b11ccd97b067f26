// What a paper says in every state that it can be in, and that no module of the customer's views goes unlooked at.
import { calendarDate } from '../../../src/domain/dates.ts';
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { price, quantity, taxRate } from '../../../src/domain/money.ts';
import { PAPER_KINDS, PAPER_STATUSES, paperTotals, type Paper, type PricedLine } from '../../../src/domain/paper.ts';
import { paperHtml } from '../../../src/printers/customer-html.ts';
import { paperView, type Business } from '../../../src/views/customer/paper.ts';
import { paperText } from '../../../src/printers/customer-paper.ts';

const BUSINESS: Business = {
  name: 'Summit',
  address: null,
  phone: null,
  email: null,
  currency: 'USD',
  paymentTermsDays: 14,
};

function line(unitPrice: number, rate = 0): PricedLine {
  return {
    description: 'Work',
    quantity: quantity(10_000),
    unit: null,
    unitPrice: price(unitPrice),
    taxRate: taxRate(rate * 10_000),
  };
}

function bill(changes: Partial<Paper> = {}): Paper {
  const lines = changes.lines ?? [line(10_000)];
  const totals = paperTotals(lines);
  return {
    ref: 'INV-1043',
    kind: 'standard',
    status: 'issued',
    title: null,
    to: { name: 'Dana', address: null },
    datedOn: calendarDate('2026-03-10'),
    dueOn: calendarDate('2026-03-24'),
    lines,
    totals,
    paid: price(0),
    credited: price(0),
    balance: totals.total,
    discount: null,
    credits: null,
    notes: null,
    ...changes,
  };
}

const view = (changes: Partial<Paper> = {}, business: Partial<Business> = {}) =>
  paperView(bill(changes), { ...BUSINESS, ...business });

describe('an invoice', () => {
  test.each([
    ['open', {}, null, 'Total due (USD)', '$100.00'],
    ['part paid', { paid: price(4000), balance: price(6000) }, null, 'Balance due (USD)', '$60.00'],
    ['paid', { paid: price(10_000), balance: price(0) }, 'PAID', 'Balance due (USD)', '$0.00'],
    ['credited', { credited: price(10_000), balance: price(0) }, 'CREDITED', 'Balance due (USD)', '$0.00'],
    [
      'paid, then credited',
      { paid: price(10_000), credited: price(2500), balance: price(-2500) },
      'PAID',
      'Owed to you (USD)',
      '$25.00',
    ],
    ['for nothing', { lines: [line(0)], balance: price(0) }, null, 'Total due (USD)', '$0.00'],
    ['a draft', { status: 'draft', balance: null, datedOn: null }, 'DRAFT', 'Total (USD)', '$100.00'],
    ['void', { status: 'void', balance: null }, 'VOID', 'Total (USD)', '$100.00'],
  ] as const)('that is %s', (_, changes, stamp, label, amount) => {
    const shown = view(changes);
    expect(shown.stamp?.text ?? null).toBe(stamp);
    expect(shown.result).toEqual({ label, amount });
    expect(shown.sums.some((row) => row.label === 'Paid')).toBe('paid' in changes);
    expect(shown.sums.some((row) => row.label === 'Credits')).toBe('credited' in changes);
    expect(paperText(shown)).toContain(`${label}: ${amount}`);
  });

  test('names the day it is due, or the terms where there is none', () => {
    expect(view().terms).toBe('Payment is due by March 24, 2026. Please name INV-1043 with your payment.');
    expect(view({ dueOn: null }).terms).toContain('due within 14 days of the invoice');
    expect(view({ dueOn: null }, { paymentTermsDays: 1 }).terms).toContain('within 1 day of');
    expect(view({ dueOn: null }, { paymentTermsDays: 0 }).terms).toContain('due when you get the invoice');
  });

  test('has a row for each tax rate, and says each line’s own only where they differ', async () => {
    const same = view({ lines: [line(10_000, 8.25), line(5000, 8.25)] });
    expect(same.taxPerLine).toBe(false);
    expect(same.sums.map((row) => `${row.label} ${row.amount}`)).toEqual([
      'Subtotal $150.00',
      'Tax 8.25% on $150.00 $12.38',
    ]);
    const mixed = view({ lines: [line(10_000, 8.25), line(5000), line(5000, 5)] });
    expect(mixed.taxPerLine).toBe(true);
    expect(mixed.lines.map((each) => each.tax)).toEqual(['8.25%', '0%', '5%']);
    expect(mixed.sums.map((row) => row.label)).toEqual(['Subtotal', 'Tax 5% on $50.00', 'Tax 8.25% on $100.00']);
    expect(await paperHtml(mixed)).toContain('>Tax</th>');
    expect(await paperHtml(same)).not.toContain('>Tax</th>');
  });
});

test('every kind in every status has a title, terms and a file name that says no more than its number', async () => {
  for (const kind of PAPER_KINDS) {
    for (const status of PAPER_STATUSES) {
      const shown = view({ kind, status, ref: 'X-7', balance: null });
      expect(shown.fileStem).toMatch(/^[a-z]+(-[a-z]+)?-X-7$/);
      expect(shown.terms).toMatch(/^[A-Z].+\.$/);
      expect(shown.signature).toBe(shown.noun === 'quote' && (status === 'draft' || status === 'sent'));
      expect(paperText(shown)).toContain(`${shown.title.toUpperCase()} X-7`);
      expect((await paperHtml(shown)).includes('Accepted by')).toBe(shown.signature);
      expect(await paperHtml(shown)).toContain(shown.stamp === null ? '' : `>${shown.stamp.text}</p>`);
    }
  }
});

test('an address of many lines does not fill the page', () => {
  const address = Array.from({ length: 100 }, (_, index) => `line ${index + 1}`).join('\n\n');
  const { lines } = view({ to: { name: 'Dana', address } }).to;
  expect(lines).toHaveLength(8);
  expect(lines.join(', ')).toBe(address.replaceAll('\n\n', ', '));
});

test('the walk of test/types looks at every module that makes what a customer sees', () => {
  const walk = readFileSync(new URL('../../types/customer-views.test-d.ts', import.meta.url), 'utf8');
  const modules = globSync(['src/views/customer/*.ts', 'src/printers/customer-*.ts']);
  expect(modules.length).toBeGreaterThan(3);
  for (const path of [...modules, 'src/store/books/paper.ts', 'src/documents/pdf.ts']) {
    const name = new RegExp(String.raw`import type \* as (\w+) from '../../${path}';`).exec(walk)?.[1];
    expect(name, path).toBeTypeOf('string');
    expect(walk).toContain(`typeof ${name ?? ''},`);
  }
});

test('the customer’s queries name no column of a cost', () => {
  const source = readFileSync('src/store/books/paper.ts', 'utf8');
  const columns = new Set(
    [...source.matchAll(/'(?:[a-z]\.)?([a-z_]+)(?: as [a-z_]+)?'/g)].map((match) => match[1] ?? ''),
  );
  expect(columns).toContain('unit_price');
  expect([...columns].filter((column) => /cost|margin|profit|expense|category|covers/.test(column))).toEqual([]);
});
