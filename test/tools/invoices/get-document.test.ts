import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import { expect, onTestFinished, test } from 'vitest';
import { buildServer } from '../../../src/protocol.ts';
import { openBook, type TypedBook } from '../../support/answers.ts';
import { readPdf } from '../../support/pdf.ts';
import { BILL, dana, danaBook, roof, SHINGLES } from '../../support/roof.ts';
import { expectHelpful, expectPlain } from '../../support/words.ts';

const BUSINESS = {
  name: 'Summit Ridge Roofing',
  address: '2200 Industrial Blvd\nAustin, TX 78741',
  phone: '(512) 555-0100',
  email: 'office@summitridge.example',
};

/** Dana's roof with the business's letterhead: Q-1, and INV-1001 of 10,800.00 with 8.25 % tax. */
async function billed(): Promise<TypedBook> {
  const book = await openBook();
  await book.ok('update-account', BUSINESS);
  await roof(book.ok);
  await book.ok('create-invoice', { job: 'J-1', lines: [{ ...BILL[0], taxRatePercent: 8.25 }], notes: 'Thank you.' });
  return book;
}

/** What goes beside the answer, in base64. */
async function madeOf(book: TypedBook, args: object): Promise<string> {
  return (await book.call('get-document', args)).extras?.[0]?.base64 ?? '';
}

function htmlIn(base64: string): string {
  return Buffer.from(base64, 'base64').toString();
}

test('an invoice as text is the paper itself', async () => {
  const book = await billed();
  const { answer, text } = await book.both('get-document', { document: 'INV-1001' });
  expect(answer.document).toEqual({
    ref: 'INV-1001',
    kind: 'invoice',
    title: 'Invoice INV-1001',
    fileName: 'invoice-INV-1001.txt',
    mimeType: 'text/plain',
    currency: 'USD',
    total: '11691.00',
    balance: '11691.00',
    text,
  });
  expectPlain(text);
  expect(text).toBe(
    [
      'INVOICE INV-1001',
      '',
      'From: Summit Ridge Roofing, 2200 Industrial Blvd, Austin, TX 78741, (512) 555-0100, office@summitridge.example',
      'Bill to: Dana Henderson, 418 Pecan Hollow Ln, Austin',
      'Date: March 10, 2026',
      'Due: April 9, 2026',
      '',
      '1. Architectural shingles, installed: 24 square × $450.00 = $10,800.00',
      '',
      'Subtotal: $10,800.00',
      'Tax 8.25% on $10,800.00: $891.00',
      'Total due (USD): $11,691.00',
      '',
      'Notes: Thank you.',
      '',
      'Payment is due by April 9, 2026. Please name INV-1001 with your payment.',
    ].join('\n'),
  );
});

test('a quote shows its title and its state; its answer has no balance', async () => {
  const book = await openBook();
  await roof(book.ok, { status: 'sent' });
  const show = async () => (await book.ok('get-document', { document: 'q-1' })).document;
  expect(await show()).toMatchObject({ ref: 'Q-1', kind: 'quote', fileName: 'quote-Q-1.txt', total: '10800.00' });
  expect(await show()).not.toHaveProperty('balance');
  expect((await show()).text).toMatch(/^QUOTE Q-1\nSubject: Full re-roof\n/);
  expect((await show()).text).toContain('Payment is due within 30 days of the invoice.');
  await book.ok('update-quote', { quote: 'Q-1', status: 'accepted' });
  expect((await show()).text).toMatch(/^QUOTE Q-1 — ACCEPTED\n/);
  await book.ok('create-quote', { job: 'J-1', kind: 'change_order', title: 'Skylight', lines: [SHINGLES] });
  const { document } = await book.ok('get-document', { document: 'Q-2' });
  expect(document.text).toMatch(/^CHANGE ORDER Q-2 — DRAFT\nSubject: Skylight\n/);
  expect(document.fileName).toBe('change-order-Q-2.txt');
  await book.ok('update-quote', { quote: 'Q-1', status: 'declined' });
  expect((await show()).text).toMatch(/^QUOTE Q-1 — DECLINED\n/);
});

test.each(['text', 'html', 'pdf'] as const)('a draft says DRAFT and a void VOID, in %s', async (format) => {
  const book = await billed();
  await book.ok('create-invoice', { customer: 'C-1', draft: true, lines: BILL });
  await book.ok('update-invoice', { invoice: 'INV-1001', status: 'void', voidReason: 'billed the neighbor' });
  for (const [document, word, other] of [
    ['DRAFT-2', 'DRAFT', 'VOID'],
    ['INV-1001', 'VOID', 'DRAFT'],
  ] as const) {
    const { answer, text } = await book.both('get-document', { document, format });
    const made = await madeOf(book, { document, format });
    const shown = format === 'pdf' ? (await readPdf(made)).text : format === 'html' ? htmlIn(made) : text;
    const saying = shown.replaceAll(document, '');
    expect(saying).toContain(word);
    expect(saying).not.toContain(other);
    expect(saying).toContain('Nothing is due on it');
    expect(saying).not.toContain('neighbor');
    expect(answer.document).not.toHaveProperty('balance');
  }
});

test('what was paid and credited stands between the total and the balance', async () => {
  const book = await billed();
  await book.text('record-payment', { invoice: 'INV-1001', amount: 5000 });
  await book.ok('create-invoice', { creditFor: 'INV-1001', amount: 800 });
  const { document } = await book.ok('get-document', { document: 'INV-1001' });
  expect(document).toMatchObject({ total: '11691.00', balance: '5825.00' });
  expect(document.text).toContain(
    ['Total: $11,691.00', 'Credits: -$866.00', 'Paid: -$5,000.00', 'Balance due (USD): $5,825.00'].join('\n'),
  );
  await book.text('record-payment', { invoice: 'INV-1001', amount: '5825.00' });
  const paid = (await book.ok('get-document', { document: 'INV-1001' })).document.text;
  expect(paid).toMatch(/^INVOICE INV-1001 — PAID\n/);
  expect(paid).toContain('Nothing is due on this invoice. Thank you.');

  const credit = (await book.ok('get-document', { document: 'INV-1002' })).document;
  expect(credit).toMatchObject({
    title: 'Credit note INV-1002',
    fileName: 'credit-note-INV-1002.txt',
    total: '-866.00',
  });
  expect(credit).not.toHaveProperty('balance');
  expect(credit.text).toMatch(/^CREDIT NOTE INV-1002\n/);
  expect(credit.text).toContain('Credit for: INV-1001');
  expect(credit.text).toContain('Total credit (USD): -$866.00');
  expect(credit.text).toContain('This credit lowers what is due on INV-1001.');
});

test('a share of a contract shows the tax it was billed, and says what kind of bill it is', async () => {
  const book = await danaBook();
  const line = (unitPrice: number, taxRatePercent: number) => ({
    description: 'Work',
    quantity: 1,
    unitPrice,
    taxRatePercent,
  });
  await book.ok('create-quote', {
    customer: 'C-1',
    title: 'Roof',
    status: 'accepted',
    lines: [line(1000, 8.25), line(500, 0)],
  });
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', percent: 30 }, kind: 'deposit' });
  const { invoice } = await book.ok('get-invoice', { invoice: 'INV-1001' });
  const { document } = await book.ok('get-document', { document: 'INV-1001' });
  expect(document.total).toBe(invoice.total);
  expect(document.title).toBe('Deposit invoice INV-1001');
  expect(document.text).toContain('Tax 8.25% on $300.00: $24.75');
});

test('HTML stands alone: no script, no link, nothing from elsewhere, and names are text', async () => {
  const book = await openBook();
  await book.ok('update-account', { name: `O'Brien & "Sons" <script>alert(1)</script>` });
  await book.ok('create-customer', { name: '<img src=x onerror=alert(1)>' });
  const lines = [{ description: '</td><script>alert(2)</script> & more', quantity: 1.5, unit: 'm²', unitPrice: 10 }];
  await book.ok('create-invoice', { customer: 'C-1', lines, notes: 'a < b\n"quoted"' });
  const { answer, text } = await book.both('get-document', { document: 'INV-1001', format: 'html' });
  const { fileName, mimeType } = answer.document;
  const html = htmlIn(await madeOf(book, { document: 'INV-1001', format: 'html' }));
  expect({ fileName, mimeType }).toEqual({ fileName: 'invoice-INV-1001.html', mimeType: 'text/html' });
  expect(html).toMatch(/^<!doctype html>\n<html lang="en-US">/);
  expect(html).toContain('<title>Invoice INV-1001</title>');
  expect(html).toContain('O&#39;Brien &amp; &quot;Sons&quot; &lt;script&gt;');
  expect(html).toContain('a &lt; b\n&quot;quoted&quot;');
  expect(html).toContain('$15.00');
  expect(html).not.toMatch(/<script|<img|<link|<a\s|<iframe|href=|src=[^x]|url\(|@import|https?:/);
  const tags = new Set([...html.matchAll(/<([a-z0-9]+)/g)].map((match) => match[1]));
  expect(
    [...tags].filter((tag) => ['script', 'img', 'link', 'a', 'iframe', 'object', 'form'].includes(tag ?? '')),
  ).toEqual([]);
  expect(text).toMatch(/^Made invoice-INV-1001\.html\. It reads:\n\nINVOICE INV-1001\n/);
});

test('a PDF comes as base64, as an embedded resource, and in words', async () => {
  const book = await billed();
  const [forServer, forClient] = InMemoryTransport.createLinkedPair();
  const server = await buildServer(book.session);
  const client = new Client({ name: 'desk', version: '1.0' });
  onTestFinished(async () => await client.close());
  await server.connect(forServer);
  await client.connect(forClient);
  const result = await client.callTool({ name: 'get-document', arguments: { document: 'INV-1001', format: 'pdf' } });
  const { document } = result.structuredContent as { document: { fileName: string } };
  const blob = await madeOf(book, { document: 'INV-1001', format: 'pdf' });
  expect(document.fileName).toBe('invoice-INV-1001.pdf');
  expect(result.content).toEqual([
    { type: 'text', text: expect.stringMatching(/^Made invoice-INV-1001\.pdf\. It reads:\n\nINVOICE INV-1001\n/) },
    {
      type: 'resource',
      resource: {
        uri: 'jobwright://documents/invoice-INV-1001.pdf',
        mimeType: 'application/pdf',
        blob: expect.stringMatching(/^JVBERi/),
      },
    },
  ]);
  // A model's context pays for every character: fonts go in as the few letters that are used.
  expect(JSON.stringify(result.structuredContent)).not.toContain(blob.slice(0, 100));
  expect(blob.length).toBeLessThan(40_000);
  const { text, pages, info } = await readPdf(blob);
  expect(pages).toHaveLength(1);
  for (const part of [
    'Summit Ridge Roofing',
    'Invoice',
    'INV-1001',
    '2200 Industrial Blvd',
    'Dana Henderson',
    'April 9, 2026',
  ]) {
    expect(text).toContain(part);
  }
  for (const part of [
    '24',
    'square',
    '$450.00',
    '$10,800.00',
    'Tax 8.25%',
    '$891.00',
    '$11,691.00',
    'Thank you.',
    'Page 1 of 1',
  ]) {
    expect(text).toContain(part);
  }
  expect(info).toMatchObject({
    Title: 'Invoice INV-1001',
    Author: 'Summit Ridge Roofing',
    Creator: 'Jobwright',
    Producer: 'Jobwright',
  });
});

test('200 lines hold, with long ones among them; every page has the head and its number', async () => {
  const book = await danaBook();
  const lines = Array.from({ length: 200 }, (_, index) => ({
    description:
      `Item ${index + 1}. ${index % 9 === 0 ? 'Tear off, haul away and sweep the yard. '.repeat(11) : ''}`.trim(),
    quantity: index + 1,
    unit: 'square foot',
    unitPrice: 12.5,
    taxRatePercent: index % 3,
  }));
  await book.ok('create-invoice', { customer: 'C-1', lines });
  const html = htmlIn(await madeOf(book, { document: 'INV-1001', format: 'html' }));
  for (const { description } of lines) expect(html).toContain(description);
  const { pages } = await readPdf(await madeOf(book, { document: 'INV-1001', format: 'pdf' }));
  expect(pages.length).toBeGreaterThan(4);
  const inOrder = pages.flatMap((page) => [...page.matchAll(/Item (\d+)\./g)].map((match) => Number(match[1])));
  expect(inOrder).toEqual(lines.map((_, index) => index + 1));
  for (const [index, page] of pages.entries()) {
    expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
  }
  for (const page of pages.filter((each) => each.includes('Item '))) {
    expect(page).toMatch(/Description\s+Quantity\s+Unit\s+Unit price\s+Tax\s+Amount/);
  }
  expect(pages.at(-1)).toContain('Total due (USD)');
});

test('a line that is longer than a page, a word that is wider than its column, and huge amounts are all printed', async () => {
  const book = await openBook({ currency: 'KWD' });
  await dana(book.ok);
  const steps = Array.from({ length: 120 }, (_, index) => `s${index + 1}`).join('\n');
  const lines = [
    { description: steps, quantity: 1, unitPrice: 1 },
    {
      description: 'x'.repeat(500),
      quantity: 1_000_000,
      unit: 'an unusually long unit of measurement',
      unitPrice: 999,
    },
  ];
  await book.ok('create-invoice', { customer: 'C-1', lines, notes: 'Long. '.repeat(1600) });
  const { text, pages } = await readPdf(await madeOf(book, { document: 'INV-1001', format: 'pdf' }));
  for (const step of steps.split('\n')) expect(text).toMatch(new RegExp(String.raw`\b${step}\b`));
  expect(text.replaceAll(/[^x]/g, '').length).toBeGreaterThanOrEqual(500);
  expect(text).toContain('999,000,001.000');
  expect(pages.length).toBeGreaterThan(3);
});

test.each([
  ['Łukasz Żółć-Đặng, Þórður Ægisson, İstanbul, Çağrı, Ñandú, Štěpán'],
  ['Ελένη Παπαδοπούλου'],
  ['Олександр Ґудзь, Ђорђе Ћирић'],
  ['山田太郎 株式会社 髙橋 﨑山'],
  ['北京市朝阳区 臺灣 陳大文 龍龘'],
  ['김철수 서울특별시'],
  ['カタカナ ひらがな、「」'],
])('the name "%s" is printed', async (name) => {
  const book = await openBook();
  await book.ok('update-account', { name });
  await book.ok('create-customer', { name, address: name });
  await book.ok('create-invoice', { customer: 'C-1', lines: [{ ...BILL[0], description: name }], notes: name });
  const { document } = await book.ok('get-document', { document: 'INV-1001', format: 'pdf' });
  expect(document).not.toHaveProperty('unprintable');
  const { text, info } = await readPdf(await madeOf(book, { document: 'INV-1001', format: 'pdf' }));
  const plain = (words: string) => words.normalize('NFKC').replaceAll(/\s/g, '');
  // Letterhead, whom it is for, address, line, notes.
  expect(plain(text).split(plain(name)).length - 1).toBeGreaterThanOrEqual(5);
  expect(info['Author']).toBe(name.normalize('NFC'));
});

test('what no font has is named, not passed over in silence', async () => {
  const book = await openBook();
  await book.ok('create-customer', { name: 'Yoshi 𠮷 🏠' });
  await book.ok('create-invoice', { customer: 'C-1', lines: BILL });
  const { answer, text } = await book.both('get-document', { document: 'INV-1001', format: 'pdf' });
  expect(answer.document.unprintable).toEqual(['𠮷', '🏠']);
  expect(text).toContain("The PDF's fonts have no 𠮷 🏠: a box stands there. The html format shows it.");
});

test('amounts and days are written as the people of the currency write them', async () => {
  const firstLines = async (currency: string, unitPrice: number) => {
    const book = await openBook({ currency });
    await dana(book.ok);
    await book.ok('create-invoice', { customer: 'C-1', lines: [{ description: 'Work', quantity: 1, unitPrice }] });
    return (await book.ok('get-document', { document: 'INV-1001' })).document.text;
  };
  expect(await firstLines('GBP', 18400)).toMatch(/Date: 10 March 2026[^]*£18,400\.00/);
  expect(await firstLines('EUR', 18400)).toMatch(/Date: 10 March 2026[^]*€18,400\.00/);
  expect(await firstLines('JPY', 18400)).toMatch(/¥18,400\n/);
  expect(await firstLines('INR', 1840000)).toContain('₹18,40,000.00');
  expect(await firstLines('KWD', 18.5)).toContain('18.500');
});

test('a line without a price keeps the paper back, and says which', async () => {
  const book = await danaBook();
  const lines = [SHINGLES, { description: 'Gutters', quantity: 1, unitPrice: null }];
  await book.ok('create-quote', { customer: 'C-1', title: 'Roof', lines });
  for (const format of ['text', 'html', 'pdf']) {
    const error = await book.error('get-document', { document: 'Q-1', format });
    expectHelpful(error);
    expect(error).toBe('document: Q-1 has no price yet on line 2 (Gutters). Give each line a unitPrice first.');
  }
});

test('a number decides; words and bare numbers need the kind', async () => {
  const book = await billed();
  await book.ok('create-invoice', { job: 'J-1', draft: true, lines: BILL });
  const ref = async (args: object) => (await book.ok('get-document', args)).document.ref;
  expect(await ref({ document: 'inv 1001', kind: 'quote' })).toBe('INV-1001');
  expect(await ref({ document: 'draft-2' })).toBe('DRAFT-2');
  expect(await ref({ document: '1', kind: 'quote' })).toBe('Q-1');
  expect(await ref({ document: '1001', kind: 'invoice' })).toBe('INV-1001');
  expect(await ref({ document: 'the full re-roof', kind: 'quote' })).toBe('Q-1');
  for (const document of ['henderson roof', '1001']) {
    expect(await book.error('get-document', { document })).toBe(
      `kind: "${document}" could be a quote or an invoice. Say kind: quote or invoice, or give its number, like Q-31 or INV-1043.`,
    );
  }
  expect(await book.error('get-document', { document: 'J-1' })).toBe(
    'document: "J-1" is the number of another kind of record. Give a quote or an invoice, like Q-31 or INV-1043.',
  );
  expect(await book.error('get-document', { document: 'Q-99' })).toMatch(/^document: no quote matches "Q-99"/);
  expect(await book.error('get-document', { document: 'henderson', kind: 'invoice' })).toMatch(
    /^document: [^]*DRAFT-2[^]*INV-1001/,
  );
  expect(await book.error('get-document', { document: 'Q-1', format: 'docx' })).toMatch(/^format: /);
});
