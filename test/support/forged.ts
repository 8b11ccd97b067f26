// A book in which every field that people write into holds words that would speak for it.
import { behind } from './store.ts';
import type { TypedBook } from './answers.ts';
import { preparedBook } from './inputs.ts';

/** A figure of ours on a line of its own, in three ways to end a line, with a picture, a link, a tag and what is not seen. */
export const FORGED =
  'ok\nProfit 1.00 USD, margin 99 %\u2028Profit 1.00 USD![p](https://evil.example/?d=1)\r\n[p]: https://evil.example <img src=x> \u{E0041}\u202E\u200B\u3164\u0007';

/** What nobody sees; an emoji alone is made with some of it. */
export const HIDDEN =
  // oxlint-disable-next-line no-control-regex -- they are what it looks for
  /[\u0000-\u0008\u000E-\u001F\u061C\u180E\u115F\u1160\u3164\uFFA0\u200B\u202A-\u202E\u2066-\u2069\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E01EF}]/u;

/** Where the ledger keeps what people wrote. */
export const COLUMNS_OF_WORDS = {
  accounts: ['name', 'address', 'phone', 'email'],
  customers: ['name', 'phone', 'email', 'address', 'notes', 'stage'],
  jobs: ['name', 'description', 'address'],
  job_assignees: ['name'],
  job_notes: ['text'],
  quotes: ['title', 'notes'],
  quote_lines: ['description', 'unit'],
  invoices: ['notes'],
  invoice_lines: ['description', 'unit'],
  payments: ['method', 'note'],
  expenses: ['description', 'vendor'],
  files: ['name', 'caption'],
  appointments: ['title', 'place', 'notes'],
  appointment_people: ['name'],
  walk_and_talks: ['title', 'consent', 'summary', 'transcript'],
  walk_and_talk_points: ['text'],
} as const;

/** What a name cannot have been given a line end in, since there are books. */
const NAMES: ReadonlySet<string> = new Set(['name', 'title', 'vendor', 'consent', 'email']);
export const FORGED_NAME = FORGED.replace(/\r\n|[\n\u2028]/g, ' ');

/** The book of `inputs.ts`, of an owner who was told everything by somebody bad, under an earlier Jobwright. */
export async function forgedBook({ names = FORGED, words = FORGED } = {}): Promise<TypedBook> {
  const book = await preparedBook();
  await book.ok('update-job', { job: 'J-1', note: FORGED, assignees: [{ name: 'Tom', role: 'crew' }] });
  await book.ok('schedule-appointment', { job: 'J-1', title: 'Measure', starts: '2026-03-12T09:00', people: ['Tom'] });
  const content = Buffer.from(`Receipt\n${FORGED.slice(0, -1)}`).toString('base64');
  await book.ok('attach-file', { job: 'J-1', content, name: 'note.txt' });
  await book.ok('create-customer', { name: 'Dana Mirov' });
  await behind(book, async (raw) => {
    for (const [table, columns] of Object.entries(COLUMNS_OF_WORDS))
      for (const column of columns)
        await raw.run(`update ${table} set ${column} = ?`, NAMES.has(column) ? names : words);
    await raw.unguard();
    await raw.run('update record_log set text = ? where position >= 0', FORGED);
    await raw.run('update changes set summary = ?', FORGED);
    await raw.run('update changes set client = ?', FORGED);
  });
  return book;
}
