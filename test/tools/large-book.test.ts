// What hosts take of an answer, held against every tool on a book that is as large as it may be, by its widest arguments.
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callTool } from '../../src/server.ts';
import { scopesOf } from '../../src/domain/access.ts';
import { inLine } from '../../src/domain/text.ts';
import { writes } from '../../src/tools/authority.ts';
import type { Tool } from '../../src/tools/define-tool.ts';
import { TOOLS_OF } from '../../src/tools/shown.ts';
import type { TypedBook } from '../support/answers.ts';
import { DESKS } from '../support/clients.ts';
import { sharing } from '../support/ending.ts';
import { copyOf } from '../support/copied.ts';
import { largestCallsOf } from '../support/examples.ts';
import { largeBook } from '../support/large-book.ts';
import { CREW, times } from '../support/longest.ts';
import { sessionFor, type Session, type Result } from '../../src/server/session.ts';

const LONGEST_TEXT = 20_000;
const LONGEST_DATA = 80_000;
const LARGEST_RESULT = 1_000_000;
const CALLER = { client: 'test 1.0', canAsk: false };
/** Of what is read page by page. */
const LONG = { timeout: 60_000 };

let book: TypedBook;
let end: () => Promise<void>;
beforeAll(async () => {
  ({ opened: book, end } = await sharing(largeBook));
}, 180_000);
afterAll(async () => await end());

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
  const said = tool === 'fetch' || tool === 'search' ? JSON.stringify(JSON.parse(text)) : text;
  for (const each of needed(result.structuredContent ?? {}))
    if (!said.includes(inLine(each)) && !said.includes(JSON.stringify(each).slice(1, -1)))
      faults.push(`only in the data: ${each.slice(0, 60)}`);
  return faults.map((fault) => `${tool}: ${fault}`);
}

/** Each call on its own: what a write changed, no other call finds. */
async function everyFault(tool: Tool, as: (of: TypedBook) => Session): Promise<string[]> {
  const found: string[] = [];
  for (const args of largestCallsOf(tool)) {
    const session = as(writes(tool) ? await copyOf(book) : book);
    const call = `${tool.name} ${JSON.stringify(args).slice(0, 80)}`;
    let result = await callTool(session, tool.name, args, CALLER);
    const [, confirm] = /^Not done yet.* and confirm: "([^"]+)"\.$/s.exec(textOf(result)) ?? [];
    if (confirm !== undefined) {
      const asked = textOf(result).length;
      if (asked >= LONGEST_TEXT) found.push(`${call}: a question of ${asked} characters`);
      result = await callTool(session, tool.name, { ...args, confirm }, CALLER);
    }
    found.push(...faultsOf(tool.name, result).map((fault) => `${call}: ${fault}`));
  }
  return found;
}

const asTom = ({ session }: TypedBook): Session =>
  sessionFor(session, { accountId: 1, name: CREW, role: 'crew', scopes: new Set(scopesOf('crew')), personId: null });

describe('no answer is longer than what hosts take, and nothing that is needed stands in one half of it alone', () => {
  test.each(TOOLS_OF.owner)('for the owner: $name', async (tool) => {
    expect(await everyFault(tool, ({ session }) => session)).toEqual([]);
  });

  test.each(TOOLS_OF.crew)('for crew: $name', async (tool) => {
    expect(await everyFault(tool, asTom)).toEqual([]);
  });
});

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

test('every line of the longest quote and bill is reached page by page, also what-ifs and payments', LONG, async () => {
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
  expect([of('lines'), of('payments')]).toEqual([200, 70]);
  expect(bills.texts.join('\n').match(/^- Line \d+ /gm)).toHaveLength(200);
});

test(
  'a long paper, transcript and file are read to their ends in parts that end with a line or a word',
  LONG,
  async () => {
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
  },
);

test('a write on a long document answers with what it changed, and how to see the whole', async () => {
  const result = await (await copyOf(book)).call('update-quote', { quote: 'Q-62', title: 'Another name' });
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
  const copy = await copyOf(book);
  const { file } = await copy.ok('attach-file', { job: 'J-1', name: 'Ridge.jpg', content: wide.toString('base64') });
  const result = await copy.call('fetch', { id: file.ref });
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
