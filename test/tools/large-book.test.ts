// What hosts take of an answer, held against every tool on a book that is as large as it may be, by its widest arguments.
import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callTool } from '../../src/server.ts';
import { scopesOf } from '../../src/domain/access.ts';
import { inLine } from '../../src/domain/text.ts';
import { TOOLS_OF } from '../../src/tools/shown.ts';
import type { TypedBook } from '../support/answers.ts';
import { DESKS } from '../support/clients.ts';
import { sharing } from '../support/ending.ts';
import { CREW, largeBook, MANY, NAME } from '../support/large-book.ts';
import { sessionFor, type Session, type Result } from '../../src/server/session.ts';

const LONGEST_TEXT = 20_000;
const LONGEST_DATA = 80_000;
const LARGEST_RESULT = 1_000_000;

let book: TypedBook;
let end: () => Promise<void>;
beforeAll(async () => {
  ({ opened: book, end } = await sharing(largeBook));
}, 180_000);
afterAll(async () => await end());

const times = (count: number, make: (n: number) => string) => Array.from({ length: count }, (_, n) => make(n + 1));
const TEXT = 'x y '.repeat(2500);

/** Each tool with the arguments that bring the most; reads first. */
const OWNER: readonly (readonly [string, object])[] = [
  ...['newest', 'margin', 'profit'].map((sort) => ['list-jobs', { sort, limit: 50 }] as const),
  ['get-job', { job: 'J-1' }],
  ['get-job', { job: 'J-1', explain: true }],
  ...['quotes', 'invoices', 'expenses', 'files', 'appointments', 'walk-and-talks', 'activity'].map(
    (section) => ['get-job', { job: 'J-1', section }] as const,
  ),
  ['list-customers', { limit: 50 }],
  ['get-customer', { customer: 'C-1' }],
  ...['jobs', 'quotes', 'invoices', 'files', 'appointments', 'walk-and-talks'].map(
    (section) => ['get-customer', { customer: 'C-1', section }] as const,
  ),
  ['list-quotes', { limit: 50 }],
  ['get-quote', { quote: 'Q-1' }],
  ['get-quote', { quote: 'Q-1', whatIf: { costs: [{ percent: 8 }], marginPercent: 35 } }],
  ['list-invoices', { limit: 50 }],
  ['get-invoice', { invoice: 'INV-1001' }],
  ['get-document', { document: 'Q-1' }],
  ['get-document', { document: 'INV-1001', format: 'text' }],
  ['get-document', { document: 'INV-1001', format: 'html' }],
  ['get-document', { document: 'INV-1001', format: 'pdf' }],
  ['list-receivables', { explain: true, limit: 50 }],
  ...['job', 'customer', 'month', 'status', 'category', 'assignee'].map(
    (by) => ['profit-report', { by, explain: true, limit: 50, thinBelow: 99 }] as const,
  ),
  ['search', { query: 'long' }],
  ...[
    'J-1',
    'C-1',
    'Q-1',
    'Q-1/200',
    'INV-1001',
    'P-1',
    'E-1',
    'A-1',
    'F-1',
    'F-121',
    'W-1',
    'jobwright://documents/Q-1',
  ].map((id) => ['fetch', { id }] as const),
  ['list-appointments', { limit: 50, from: '2026-03-01', to: '2026-12-31', private: true, format: 'ical' }],
  ['list-changes', { limit: 50 }],
  ['list-changes', { record: 'J-1', limit: 50 }],
  ['list-changes', { record: 'Q-1', limit: 50 }],
  ['list-changes', { change: 363 + 60 }],
  ['get-account', {}],
  ['create-customer', { name: NAME('Priya'), notes: TEXT, address: NAME('9 Elm'), evenIfSimilar: true }],
  ['update-customer', { customer: 'C-2', notes: TEXT, name: NAME('Else') }],
  [
    'create-job',
    {
      customer: 'C-1',
      name: NAME('Porch'),
      description: TEXT,
      note: TEXT,
      assignees: times(30, (n) => NAME(`Person ${n}`)).map((name) => ({ name, role: 'crew' })),
    },
  ],
  ['update-job', { job: 'J-1', status: 'completed', note: TEXT, description: TEXT }],
  ['add-job-expense', { job: 'J-1', description: NAME('Rest'), amount: 5, category: 'materials' }],
  ['update-job-expense', { expense: 'E-1', description: NAME('More'), amount: 7 }],
  ['create-quote', { job: 'J-1', kind: 'change_order', lines: MANY.quote, notes: TEXT }],
  ['create-quote', { customer: 'C-1', lines: MANY.quote, notes: TEXT, preview: true }],
  ['update-quote', { quote: 'Q-62', lines: MANY.quote, notes: TEXT }],
  ['update-quote', { quote: 'Q-1', doneLines: times(200, (n) => `Q-1/${n}`) }],
  ['create-invoice', { job: 'J-1', lines: MANY.bill, notes: TEXT }],
  ['update-invoice', { invoice: 'DRAFT-122', lines: MANY.bill, notes: TEXT }],
  ['update-invoice', { invoice: 'DRAFT-122', status: 'issued' }],
  ['record-payment', { invoice: 'INV-1001', amount: 5 }],
  ['file-under-job', { job: 'J-2', records: times(50, (n) => `F-${n}`) }],
  ['attach-file', { job: 'J-1', name: NAME('x'), caption: 'y '.repeat(250), content: 'U2Vlbi4K' }],
  [
    'schedule-appointment',
    { job: 'J-1', title: NAME('Next'), starts: '2026-03-20T09:30', notes: TEXT, people: [CREW] },
  ],
  ['update-appointment', { appointment: 'A-1', notes: TEXT, starts: '2026-03-20T09:15' }],
  ['record-walk-and-talk', { corrects: 'W-1', summary: TEXT }],
  ['undo-change', {}],
  ['update-account', { name: NAME('Becker') }],
];

const CREWS: readonly (readonly [string, object])[] = [
  ['list-jobs', { limit: 50 }],
  ['get-job', { job: 'J-1' }],
  ...['files', 'appointments', 'walk-and-talks', 'activity'].map(
    (section) => ['get-job', { job: 'J-1', section }] as const,
  ),
  ['list-appointments', { limit: 50, from: '2026-03-01', to: '2026-12-31' }],
  ['search', { query: 'long' }],
  ...['J-1', 'A-2', 'F-121', 'W-1'].map((id) => ['fetch', { id }] as const),
  ['update-job', { job: 'J-1', note: TEXT }],
  ['attach-file', { job: 'J-1', name: NAME('x'), caption: 'y '.repeat(250), content: 'U2Vlbi4K' }],
  [
    'schedule-appointment',
    { job: 'J-1', title: NAME('Next'), starts: '2026-03-20T10:30', notes: TEXT, people: [CREW] },
  ],
  ['update-appointment', { appointment: 'A-2', notes: TEXT }],
  ['record-walk-and-talk', { corrects: 'W-1', summary: TEXT }],
];

function textOf({ content }: Result): string {
  return content.map(({ text }) => text).join('\n');
}

/** What of an answer a person needs, wherever their host looks for it. */
const NEEDED = ['nextCursor', 'downloadUrl', 'uploadUrl', 'warnings', 'did'];

function* needed(value: unknown, key = ''): Generator<string> {
  if (typeof value === 'string' && NEEDED.includes(key)) yield value;
  if (typeof value !== 'object' || value === null) return;
  for (const [name, each] of Object.entries(value)) {
    // A note of a profit summary says its message.
    const message = typeof each === 'object' && each !== null && 'message' in each ? each.message : each;
    if (Array.isArray(value)) yield* needed(message, key);
    else if (name !== 'jobs' && name !== 'left') yield* needed(each, name);
  }
}

function faultsOf(tool: string, result: Result): string[] {
  const text = textOf(result);
  const faults: string[] = [];
  if (text.includes('Cut off here')) faults.push('cut off wherever it was');
  if (result.isError === true) faults.push(`refused: ${text.slice(0, 200)}`);
  if (text.length >= LONGEST_TEXT) faults.push(`a text of ${text.length} characters`);
  const data = JSON.stringify(result.structuredContent ?? {});
  if (data.length > LONGEST_DATA) faults.push(`data of ${data.length} characters`);
  const whole = Buffer.byteLength(JSON.stringify(result));
  if (whole > LARGEST_RESULT) faults.push(`${whole} bytes in all`);
  for (const { base64 } of result.extras ?? [])
    if (data.includes(base64.slice(0, 200))) faults.push('bytes in the data');
  const said = tool === 'fetch' || tool === 'search' ? String(JSON.stringify(JSON.parse(text))) : text;
  for (const each of needed(result.structuredContent ?? {}))
    if (!said.includes(inLine(each)) && !said.includes(JSON.stringify(each).slice(1, -1)))
      faults.push(`only in the data: ${each.slice(0, 60)}`);
  return faults.map((fault) => `${tool}: ${fault}`);
}

async function everyFault(session: Session, calls: readonly (readonly [string, object])[]): Promise<string[]> {
  const caller = { client: 'test 1.0', canAsk: false };
  const found: string[] = [];
  for (const [tool, args] of calls) {
    let result = await callTool(session, tool, args, caller);
    const [, confirm] = /^Not done yet.* and confirm: "([^"]+)"\.$/s.exec(textOf(result)) ?? [];
    if (confirm !== undefined) {
      if (textOf(result).length >= LONGEST_TEXT)
        found.push(`${tool}: a question of ${textOf(result).length} characters`);
      result = await callTool(session, tool, { ...args, confirm }, caller);
    }
    found.push(
      ...faultsOf(`${tool} ${JSON.stringify(args).slice(0, 80)}`.replace(/^(fetch|search) .*/, '$1'), result).map(
        (fault) => `${JSON.stringify(args).slice(0, 60)} ${fault}`,
      ),
    );
  }
  return found;
}

test('no answer for the owner is longer than what hosts take, and nothing that is needed stands in one half of it alone', async () => {
  expect(new Set(OWNER.map(([tool]) => tool))).toEqual(new Set(TOOLS_OF.owner.map(({ name }) => name)));
  expect(await everyFault(book.session, OWNER)).toEqual([]);
}, 120_000);

test('no answer for crew is longer than what hosts take', async () => {
  const tom = sessionFor(book.session, {
    accountId: 1,
    name: CREW,
    role: 'crew',
    scopes: new Set(scopesOf('crew')),
    personId: null,
  });
  expect(new Set(CREWS.map(([tool]) => tool))).toEqual(new Set(TOOLS_OF.crew.map(({ name }) => name)));
  expect(await everyFault(tom, CREWS)).toEqual([]);
}, 120_000);

/** Every page of an answer, by the cursor in its words. */
async function pages(tool: string, args: object): Promise<{ texts: string[]; data: Record<string, unknown>[] }> {
  const texts: string[] = [];
  const data: Record<string, unknown>[] = [];
  let cursor: string | undefined;
  do {
    const result = await book.call(tool, { ...args, ...(cursor === undefined ? {} : { cursor }) });
    expect(faultsOf(tool, result)).toEqual([]);
    texts.push(textOf(result));
    data.push(result.structuredContent ?? {});
    [, cursor] = /with cursor \\?"([\w-]+)\\?"/.exec(textOf(result)) ?? [];
  } while (cursor !== undefined && texts.length < 300);
  return { texts, data };
}

test('every line of the longest quote and bill is reached page by page, also what-ifs and payments', async () => {
  const quotes = await pages('get-quote', { quote: 'Q-1', whatIf: { discountPercent: 5 } });
  const lines = quotes.data.flatMap(({ quote }) => (quote as { lines: { ref: string }[] }).lines.map(({ ref }) => ref));
  expect(lines).toEqual(times(200, (n) => `Q-1/${n}`));
  expect(
    quotes.data.flatMap(({ whatIf }) => (whatIf as { lines: { ref: string }[] }).lines.map(({ ref }) => ref)),
  ).toEqual(lines);
  expect(quotes.data[0]).toMatchObject({ quote: { lineCount: 200, linesFrom: 1, unpricedLines: 0 } });
  const bills = await pages('get-invoice', { invoice: 'INV-1001' });
  const of = (what: 'lines' | 'payments') =>
    bills.data.flatMap(({ invoice }) => (invoice as Record<typeof what, unknown[]>)[what]).length;
  expect([of('lines'), of('payments')]).toEqual([200, 71]);
  expect(bills.texts.join('\n').match(/^- Line \d+ /gm)).toHaveLength(200);
});

test('a long paper, transcript and file are read to their ends in parts that end with a line or a word', async () => {
  const paper = await pages('get-document', { document: 'Q-62' });
  expect(paper.texts.join('\n').match(/^\d+\. Line \d+ /gm)).toHaveLength(200);
  const walk = await pages('fetch', { id: 'W-1' });
  const said = walk.data
    .map(({ text }) => String(text))
    .join(' ')
    .replace(/\n(?:W-1 goes on.*|There is more: fetch goes on.*)/g, '');
  expect(said.match(/as long as anybody ever wrote it/g)?.length).toBeGreaterThan(100_000 / 33 - 20);
  const file = await pages('fetch', { id: 'F-121' });
  expect(file.texts.length).toBeGreaterThan(10);
  expect(file.data.at(-1)).toMatchObject({
    text: expect.stringContaining('There is more in the file than is shown here.'),
  });
});

test('a write on a long document answers with what it changed, and how to see the whole', async () => {
  const result = await book.call('update-quote', { quote: 'Q-62', title: 'Another name' });
  expect(textOf(result).length).toBeLessThan(8000);
  expect(textOf(result)).toMatch(/Lines 1 to \d of 200; get-quote Q-62 shows all\./);
});

test('a picture of any size goes once, decodes whole, and has no more than 8,000 pixels on a side', async () => {
  const sharp: (given: unknown, options?: object) => Picture = createRequire(import.meta.url)('sharp');
  const create = {
    width: 9000,
    height: 600,
    channels: 3,
    background: '#888',
    noise: { type: 'gaussian', mean: 128, sigma: 60 },
  };
  const wide = await sharp({ create }).jpeg().toBuffer();
  expect(wide.length).toBeGreaterThan(LARGEST_RESULT);
  const { file } = await book.ok('attach-file', { job: 'J-1', name: 'Ridge.jpg', content: wide.toString('base64') });
  const result = await book.call('fetch', { id: file.ref });
  expect(faultsOf('fetch', result)).toEqual([]);
  const [picture] = result.extras ?? [];
  expect(picture).toMatchObject({ kind: 'image', mimeType: 'image/jpeg' });
  const { width, height } = await sharp(Buffer.from(picture?.base64 ?? '', 'base64'), { failOn: 'warning' }).metadata();
  expect([width, height]).toEqual([1600, 107]);
});

type Picture = {
  jpeg(): Picture;
  toBuffer(): Promise<Buffer>;
  metadata(): Promise<{ readonly width: number; readonly height: number }>;
};

test.each(DESKS)('records as resources and prompts stay as short for %s', async (_, connect) => {
  const desk = await connect(book.session);
  for (const id of [
    'jobs/J-1',
    'customers/C-1',
    'quotes/Q-1',
    'invoices/INV-1001',
    'documents/Q-1',
    'walk-and-talks/W-1',
  ]) {
    const { contents } = await desk.readResource({ uri: `jobwright://${id}` });
    const [words] = contents;
    if (words === undefined || !('text' in words)) throw new Error(`${id} has no words`);
    expect(words.text.length, id).toBeLessThan(LONGEST_TEXT);
  }
  const prompt = await desk.getPrompt({ name: 'close-out-a-job', arguments: { job: 'J-1' } });
  expect(JSON.stringify(prompt).length).toBeLessThan(LONGEST_TEXT);
});
