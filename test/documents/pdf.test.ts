import { expect, test } from 'vitest';
import { renderPdf } from '../../src/documents/pdf.ts';
import { price, printed, text } from '../../src/domain/money.ts';
import type { PaperView } from '../../src/views/customer/paper.ts';
import { refusalOf } from '../support/refusal.ts';

const VIEW: PaperView = {
  ...{ ref: 'INV-1001', noun: 'invoice', title: 'Invoice', fileStem: 'invoice-INV-1001', stamp: null },
  ...{ from: { name: 'Lopez Roofing', lines: [] }, to: { label: 'Bill to', name: 'Dana', lines: [] }, facts: [] },
  ...{
    subject: null,
    taxPerLine: false,
    lines: [],
    sums: [],
    result: { label: 'Total', amount: printed(price(0), 'USD') },
  },
  ...{
    notes: null,
    terms: 'Thank you.',
    signature: false,
    locale: 'en-US',
    currency: 'USD',
    total: text(price(0), 'USD'),
  },
  balance: null,
};

test('a paper with more words than a PDF of a moment can hold is refused before anything is set', async () => {
  expect(await refusalOf(renderPdf({ ...VIEW, notes: '瓦'.repeat(300_000) }))).toMatch(
    /^INV-1001 is too long for a PDF here: 300\d{3} characters, and at most 300000 fit\. Ask for format html/,
  );
  expect((await renderPdf(VIEW)).bytes.length).toBeGreaterThan(1000);
});
