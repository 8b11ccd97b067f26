// What the journal says is kept as codes with facts; what stands there from before, or from a newer version, is read all
// the same.
import { expect, test } from 'vitest';
import { saidIn, stored } from '../../../src/store/journal/said.ts';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import { says } from '../../../src/domain/message.ts';
import { inWords } from '../../../src/printers/in-words.ts';
import { openBook } from '../../support/book.ts';
import { plant, rowsOf } from '../../support/store.ts';

const STEP = says('log.step', { of: 'amount', from: null, to: '4.00' });

test('a message is kept as its code and its facts, and comes back as it was', () => {
  const said = says('log.became', { ref: 'E-1', name: 'Nails', changes: [STEP] });
  const kept = stored(said);
  expect(kept.code).toBe('log.became');
  expect(saidIn(kept)).toEqual(said);
  expect(inWords(saidIn(kept))).toBe('E-1 Nails: amount none → 4.00');
});

test('half a character is kept as it is read', () => {
  const kept = stored(says('log.customer-created', { name: 'Dana \ud83d' }));
  expect(saidIn(kept)).toEqual(says('log.customer-created', { name: 'Dana \ufffd' }));
  expect(stored('Dana \ud83d').text).toBe('Dana \ufffd');
});

test.each([
  ['a sentence from before', { code: null, text: 'Logged E-1 Nails' }, /^Logged E-1 Nails$/],
  ['a sentence that looks like facts', { code: null, text: '{"ref":"E-1"}' }, /^\{"ref":"E-1"\}$/],
  [
    'a code of a newer version',
    { code: 'log.from-the-future', text: '{"when":2031}' },
    /no words for \(log\.from-the-future\)$/,
  ],
  ['a name that every object has', { code: 'toString', text: '{}' }, /no words for \(toString\)$/],
  [
    'facts that another version means otherwise',
    { code: 'log.became', text: '{"ref":"E-1"}' },
    /no words for \(log\.became\)$/,
  ],
  ['facts that are none', { code: 'log.became', text: 'null' }, /no words for \(log\.became\)$/],
  ['facts that are damaged', { code: 'log.became', text: '{"ref' }, /no words for \(log\.became\)$/],
])('%s is put into words', (_, kept, words) => {
  expect(inWords(saidIn(kept))).toMatch(words);
});

test('an entry of a newer version is listed, undone and shown with its code', async () => {
  const book = await openBook();
  await book.ok('create-job', { name: 'Roof', newCustomer: { name: 'Dana' } });
  await book.ok('update-job', { job: 'J-1', name: 'Roof and gutter' });
  const faults = async () => (await book.store.read(1, auditBooks)).faults;
  expect(await faults()).toEqual([]);
  await plant(book, "update changes set code = 'log.from-the-future' where change_number = 2");
  await plant(book, "update record_log set code = 'log.from-the-future' where change_number = 2 and entry is not null");
  const unknown = 'Something that this version of Jobwright has no words for (log.from-the-future)';
  expect((await book.ok('list-changes', { limit: 1 })).changes[0]?.summary).toBe(unknown);
  expect((await book.ok('get-job', { job: 'J-1' })).job.activity[0]?.text).toBe(unknown);
  // The digest is over the code too.
  expect(await faults()).toEqual(['change 2: what it recorded was altered or is missing']);
  expect((await book.ok('undo-change', { change: 2 })).did).toBe(`Undid change 2: ${unknown}`);
});

test('nothing that a person reads is kept in words: every entry of a new book has its code', async () => {
  const book = await openBook();
  await book.ok('create-job', { name: 'Roof', newCustomer: { name: 'Dana' }, note: 'Two layers' });
  await book.ok('add-job-expense', { job: 'J-1', description: 'Nails', amount: 4, category: 'materials' });
  await book.ok('undo-change', {});
  for (const [table, where] of [
    ['changes', 'code is null'],
    ['record_log', 'entry is not null and as_kind is null and code is null'],
  ] as const)
    expect(await rowsOf(book, `select * from ${table} where ${where}`)).toEqual([]);
  expect(await rowsOf(book, 'select code from changes order by change_number')).toEqual([
    { code: 'log.account-opened' },
    { code: 'log.started' },
    { code: 'log.expense-logged' },
    { code: 'log.undone' },
  ]);
});
