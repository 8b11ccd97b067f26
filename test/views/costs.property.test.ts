// Costs as canaries: every private figure and word of a job is odd enough to be found again, and none of them is in any
// byte that a customer is given: text, HTML, PDF, its metadata, file name or error.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openBook, type TypedBook } from '../support/answers.ts';
import { readPdf } from '../support/pdf.ts';

const RUNS = 200;

/** Never whole units, so that no price, which here always is, and no sum of prices can be taken for it. */
const secret = fc
  .tuple(fc.integer({ min: 1000, max: 99_999 }), fc.integer({ min: 1, max: 99 }))
  .map(([whole, cents]) => whole * 100 + cents);
const scenario = fc.record({
  lines: fc.array(
    fc.record({
      quantity: fc.integer({ min: 1, max: 40 }),
      price: fc.integer({ min: 1, max: 9000 }),
      unitCost: secret,
      taxed: fc.boolean(),
    }),
    { minLength: 1, maxLength: 5 },
  ),
  expenses: fc.array(fc.record({ amount: secret, covers: fc.boolean() }), { maxLength: 3 }),
  status: fc.constantFrom('draft', 'sent', 'accepted', 'declined'),
  draftInvoice: fc.boolean(),
  voided: fc.boolean(),
  printed: fc.constantFrom('quote', 'invoice'),
});
type Scenario = typeof scenario extends fc.Arbitrary<infer S> ? S : never;

const major = (minor: number) => (minor / 100).toFixed(2);

/** A sum of money as anybody might write it. */
function writings(minor: number): string[] {
  const plain = major(Math.abs(minor));
  if (plain.endsWith('.00')) return [];
  const grouped = plain.replace(/\B(?=(\d{3})+\.)/g, ',');
  return [plain, grouped, grouped.replaceAll(/[.,]/g, (sign) => (sign === '.' ? ',' : '.')), plain.replace('.', ',')];
}

/** Every private figure that these records come to, and every private word. */
function canariesOf({ lines, expenses }: Scenario, words: readonly string[]): string[] {
  const costs = lines.map((line) => line.unitCost * line.quantity);
  const cost = costs.reduce((left, right) => left + right, 0);
  const subtotal = lines.reduce((sum, line) => sum + line.price * line.quantity * 1000, 0);
  const spent = expenses.reduce((sum, expense) => sum + expense.amount, 0);
  const figures = [
    ...lines.map((line) => line.unitCost),
    ...costs,
    cost,
    ...lines.map((line, index) => line.price * line.quantity * 1000 - (costs[index] ?? 0)),
    subtotal - cost,
    ...expenses.map((expense) => expense.amount),
    spent,
    subtotal - cost - spent,
  ];
  return [...figures.flatMap(writings), ...words];
}

const ON_SITE = ['walk', 'consent', 'said', 'cited', 'summary', 'finding', 'followup'] as const;
const PRIVATE_WORDS = ['note', 'job', 'jobnote', 'expense', 'vendor', 'void', ...ON_SITE];

/** One job of the book, with everything that a customer must not see; answers with the words to look for. */
async function seed(book: TypedBook, run: number, { lines, expenses, status, draftInvoice, voided }: Scenario) {
  const word = (what: string) => `zq${what}${run}x`;
  const words = PRIVATE_WORDS.map(word);
  const { customer } = await book.ok('create-customer', {
    name: `Buyer number ${run}`,
    notes: word('note'),
    evenIfSimilar: true,
  });
  const { job } = await book.ok('create-job', { customer: customer.ref, name: word('job'), note: word('jobnote') });
  const priced = lines.map(({ quantity, price, taxed }, index) => ({
    description: `Part ${index + 1}`,
    quantity,
    unitPrice: price * 10,
    ...(taxed ? { taxRatePercent: 10 } : {}),
  }));
  const { walkAndTalk } = await book.ok('record-walk-and-talk', {
    job: job.ref,
    title: word('walk'),
    consent: word('consent'),
    transcript: `They told me ${word('said')}. We agreed on ${word('cited')} at once.`,
    summary: word('summary'),
    findings: [word('finding')],
    followUps: [word('followup')],
  });
  const cites = `we agreed on ${word('cited')}`;
  const { quote } = await book.ok('create-quote', {
    fromWalkAndTalk: walkAndTalk.ref,
    title: 'Offer',
    lines: priced.map((line, index) => ({
      ...line,
      unitCost: major(lines[index]?.unitCost ?? 0),
      category: 'materials',
      cites,
    })),
  });
  await book.ok('update-quote', { quote: quote.ref, status: 'sent' });
  for (const [index, { amount, covers }] of expenses.entries()) {
    await book.ok('add-job-expense', {
      job: job.ref,
      description: `${word('expense')} ${index}`,
      vendor: word('vendor'),
      amount: major(amount),
      category: 'materials',
      ...(covers ? { coversLine: `${quote.ref}/1` } : {}),
    });
  }
  if (status !== 'sent') await book.ok('update-quote', { quote: quote.ref, status });
  const { invoice } = await book.ok('create-invoice', { job: job.ref, lines: priced, draft: draftInvoice });
  if (voided && !draftInvoice) {
    await book.ok('update-invoice', { invoice: invoice.ref, status: 'void', voidReason: word('void') });
  }
  const { quote: open } = await book.ok('create-quote', {
    fromWalkAndTalk: walkAndTalk.ref,
    title: 'No price yet',
    lines: [{ description: 'Part 1', quantity: 1, unitPrice: null, unitCost: major(lines[0]?.unitCost ?? 0), cites }],
  });
  return { quote: quote.ref, invoice: invoice.ref, open: open.ref, words };
}

/** Everything that get-document gives out of a paper, in every form, as one text. */
async function allBytes(book: TypedBook, document: string, printed: boolean): Promise<string> {
  const seen: string[] = [];
  for (const format of printed ? (['text', 'html', 'pdf'] as const) : (['text', 'html'] as const)) {
    const result = await book.call('get-document', { document, format });
    expect(result.isError).toBeUndefined();
    const made = result.extras?.[0]?.base64 ?? '';
    seen.push(JSON.stringify(result.structuredContent), JSON.stringify(result.content));
    if (format === 'html') seen.push(Buffer.from(made, 'base64').toString());
    if (format !== 'pdf') continue;
    const { text, info } = await readPdf(made);
    seen.push(
      text,
      JSON.stringify(info),
      Buffer.from(made, 'base64').toString('latin1'),
      ...(result.extras ?? []).map((extra) => extra.fileName),
    );
  }
  // Groups of digits may be parted by any kind of space.
  return seen.join('\n').replaceAll(/(?<=\d)\s(?=\d)/g, '');
}

function found(canaries: readonly string[], text: string): string[] {
  return canaries.filter((canary) => text.includes(canary));
}

test(`no private figure or word is in anything that a customer is given (${RUNS} books)`, {
  timeout: 180_000,
}, async () => {
  const book = await openBook();
  let run = 0;
  await fc.assert(
    fc.asyncProperty(scenario, async (records) => {
      run += 1;
      const { quote, invoice, open, words } = await seed(book, run, records);
      const canaries = canariesOf(records, words);
      // The words, and at the very least one unit cost in four writings.
      expect(canaries.length).toBeGreaterThanOrEqual(PRIVATE_WORDS.length + 4);
      expect(found(canaries, await allBytes(book, quote, records.printed === 'quote'))).toEqual([]);
      expect(found(canaries, await allBytes(book, invoice, records.printed === 'invoice'))).toEqual([]);
      const errors = [
        await book.error('get-document', { document: open }),
        await book.error('get-document', { document: `Buyer number ${run}`, kind: 'quote' }),
        await book.error('get-document', { document: `Buyer number ${run}` }),
      ];
      // The candidates of an ambiguous name are the owner's answer, and name their jobs; figures never.
      expect(
        found(
          canaries.filter((canary) => !words.includes(canary)),
          errors.join('\n'),
        ),
      ).toEqual([]);
      // The same search finds them where the owner looks.
      const [first] = writings(records.lines[0]?.unitCost ?? 0);
      expect(found([first ?? '', `zqcited${run}x`], await book.text('get-quote', { quote: open }))).toHaveLength(2);
    }),
    { numRuns: RUNS },
  );
});
