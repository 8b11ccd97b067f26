// Whatever people wrote, in any field, stays their words wherever the books are told: it begins no line, and is nothing
// that a host would make a link, a picture or a tag of.
import { describe, expect, it } from 'vitest';
import { PROMPTS } from '../../src/prompts/serve.ts';
import { COLUMNS_OF_WORDS, columnsOfWords, FORGED, FORGED_NAME, forgedBook, HIDDEN, STALE } from '../support/forged.ts';
import { newDesk } from '../support/clients.ts';
import { goodCalls } from '../support/examples.ts';
import { TOOLS } from '../../src/tools/index.ts';
import { rowsOf } from '../support/store.ts';
import { toolRental } from '../kinds/tool-rental/kind.ts';

const LINE_ENDS = /\r\n?|[\n\v\f\u0085\u2028\u2029]/;
// Markdown and HTML; https://spec.commonmark.org/0.31.2/#inlines
const ACTIVE = /!\[|\]\(|^[ >*+-]*\[[^\]]*\]:|<[a-z/!?]/i;

/** What a prompt is asked about, by the kind of record that it takes. */
const FOR_PROMPTS: Readonly<Record<string, string>> = { job: 'J-1', customer: 'C-1', walk_and_talk: 'W-1' };

/** What is wrong with a text of ours. */
function faultsOf(text: string): string[] {
  return text
    .split(LINE_ENDS)
    .flatMap((line) => [
      ...(/^[^\w-]*Profit 1\.00/.test(line) && !/^(?:> | {4})/.test(line) ? [`begins a line: ${line}`] : []),
      ...(ACTIVE.test(line) ? [`is active: ${line}`] : []),
      ...(HIDDEN.test(line) ? [`hides something: ${JSON.stringify(line)}`] : []),
    ]);
}

describe('every column of words', () => {
  it('holds them', async () => {
    const book = await forgedBook();
    expect(COLUMNS_OF_WORDS.length).toBeGreaterThan(35);
    for (const [table, column] of COLUMNS_OF_WORDS) {
      const [row] = await rowsOf(
        book,
        `select count(*) as count from ${table} where ${column} like '%Profit 1.00 USD%'`,
      );
      expect(row?.['count'], `${table}.${column}: forgedBook has no row with it, or it is ours`).toBeGreaterThan(0);
    }
  });

  it('is one that a kind declares as text: a new one is found', () => {
    const { table: name, columns, parts } = toolRental;
    const planted = { name, columns };
    expect(columnsOfWords([planted])).toEqual([['tool_rentals', 'tool']]);
    expect(columnsOfWords([{ name: 'tool_rental_days', columns: parts.tool_rental_days.columns }])).toHaveLength(1);
    expect(STALE).toEqual([]);
  });
});

describe('no text lets them speak for the books', () => {
  const CALLS: (readonly [string, object])[] = [
    ...goodCalls().filter(([tool]) => tool !== 'search' && tool !== 'fetch'),
    ['get-document', { document: 'Q-1' }],
    ['list-quotes', {}],
    ['list-jobs', {}],
    ['list-customers', {}],
    ['list-invoices', {}],
    ['list-appointments', { from: '2026-03-01' }],
    ['list-changes', {}],
    ...(['job', 'customer', 'status', 'assignee', 'month', 'category'] as const).map((by): [string, object] => [
      'profit-report',
      { by, explain: true },
    ]),
    ...['quotes', 'invoices', 'expenses', 'files', 'appointments', 'walk-and-talks', 'activity'].map(
      (section): [string, object] => ['get-job', { job: 'J-1', section }],
    ),
  ];
  const BARE = 'Profit 1.00 USD, margin 99 %';
  it.each([
    ['behind the end of a line', FORGED],
    ['alone', BARE],
  ])('in any answer of any tool: %s', { timeout: 60_000 }, async (_, words) => {
    const book = await forgedBook({ names: words, words });
    for (const [tool, args] of CALLS) {
      const isRead = TOOLS.find(({ name }) => name === tool)?.annotations.readOnlyHint === true;
      const { content } = await book.call(tool, isRead ? args : { ...args, preview: true });
      const text = content.map((part) => part.text).join('\n');
      expect(text).not.toBe('');
      expect([tool, args, faultsOf(text)]).toEqual([tool, args, []]);
    }
    expect(new Set([...CALLS.map(([tool]) => tool), 'fetch', 'search'])).toEqual(
      new Set(TOOLS.map(({ name }) => name)),
    );
  });

  const REFS = [
    ...['C-1', 'J-1', 'Q-1', 'Q-1/1', 'Q-3', 'INV-1001', 'INV-1003', 'E-1', 'F-2', 'A-1', 'W-1', 'P-1', 'P-2'],
  ];
  it('what fetch and search answer in JSON', async () => {
    const book = await forgedBook();
    for (const [tool, args] of [
      ...REFS.map((id) => ['fetch', { id }] as const),
      ['search', { query: 'roof' }] as const,
    ]) {
      const { content } = await book.call(tool, args);
      const texts: string[] = [];
      JSON.parse(content[0]?.text ?? '', (_, value: unknown) => {
        if (typeof value === 'string') texts.push(value);
        return value;
      });
      expect(texts.length).toBeGreaterThan(3);
      expect([args, texts.flatMap(faultsOf)]).toEqual([args, []]);
    }
  });

  it('an error, and a question', async () => {
    const book = await forgedBook({ names: FORGED_NAME });
    for (const [tool, args] of [
      ['get-job', { job: 'gutters' }],
      ['update-customer', { customer: 'dana', notes: 'x' }],
      ['create-customer', { name: 'Somebody', phone: '(512) 555-0143' }],
      ['add-job-expense', { job: 'J-1', description: 'x', amount: 1, category: 'permit', coversLine: 'profit' }],
      ['fetch', { id: FORGED }],
      ['undo-change', { change: 5 }],
      ['undo-change', { change: 8 }],
      ['update-job-expense', { expense: 'E-1', remove: true }],
      ['update-customer', { customer: 'C-1', address: `9 Elm\n${FORGED}` }],
      ['get-job', { job: 'J-1', [FORGED]: 1 }],
    ] as const) {
      const { content, isError } = await book.call(tool, args);
      expect([tool, isError]).toEqual([tool, true]);
      expect(faultsOf(content.map((part) => part.text).join('\n')), tool).toEqual([]);
    }
  });

  it('resources, links, prompts and completions', async () => {
    const book = await forgedBook();
    const desk = await newDesk(book.session);
    const { resources } = await desk.listResources();
    expect(resources.length).toBeGreaterThan(1);
    for (const { name, description = '' } of resources) expect(faultsOf(`${name}\n${description}`)).toEqual([]);
    for (const uri of [...REFS.filter((ref) => !ref.includes('/')).map(addressOf), 'jobwright://documents/Q-1']) {
      const { contents } = await desk.readResource({ uri });
      for (const content of contents) {
        if (!('text' in content)) continue;
        // A file's own words stand by themselves, as the file has them.
        const isFile = uri.includes('/files/') && content !== contents[0];
        const words = content.text;
        const faults = isFile ? [words].filter((each) => HIDDEN.test(each)) : faultsOf(words);
        expect([uri, content.mimeType, faults]).toEqual([uri, 'text/plain', []]);
      }
    }
    const { content } = await desk.callTool({ name: 'get-customer', arguments: { customer: 'C-1' } });
    const links = content.flatMap((part) => (part.type === 'resource_link' ? [part.name] : []));
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) expect(faultsOf(link)).toEqual([]);
    for (const { name, arguments: taken } of PROMPTS) {
      const given = Object.fromEntries(taken.map(({ name: of, kind }) => [of, FOR_PROMPTS[kind] ?? '']));
      for (const { content: part } of (await desk.getPrompt({ name, arguments: given })).messages)
        expect(part.type === 'text' ? faultsOf(part.text) : ['no text']).toEqual([]);
    }
    const { completion } = await desk.complete({
      ref: { type: 'ref/resource', uri: 'jobwright://jobs/{job}' },
      argument: { name: 'job', value: 'J-' },
    });
    expect(completion.values.length).toBeGreaterThan(0);
    for (const value of completion.values) expect(faultsOf(value)).toEqual([]);
  });
});

function addressOf(ref: string): string {
  const places = {
    C: 'customers',
    J: 'jobs',
    Q: 'quotes',
    I: 'invoices',
    E: 'expenses',
    F: 'files',
    A: 'appointments',
    W: 'walk-and-talks',
    P: 'payments',
  };
  return `jobwright://${new Map(Object.entries(places)).get(ref.slice(0, 1)) ?? ''}/${ref}`;
}
