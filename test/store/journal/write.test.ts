import { describe, expect, it } from 'vitest';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import { rowIn } from '../../../src/store/journal/images.ts';
import { LEDGER, type LedgerTable } from '../../../src/store/journal/ledger.ts';
import type { Book } from '../../support/book.ts';
import { openFullBook } from '../full-book.ts';
import type { Row } from '../../support/engines/engine.ts';
import { behind, everything, plant, rowsOf } from '../../support/store.ts';

const SAM = { actor: 'sam', client: 'test 1.0', tool: 'test' };
const TABLES = Object.keys(LEDGER) as LedgerTable[];
/** The account is opened, never removed, and has no key within itself. */
const RECORDS = TABLES.filter((table) => table !== 'accounts');

const faultsOf = async (book: Book) => (await book.store.read(1, auditBooks)).faults;
const columnsOf = (table: LedgerTable): readonly string[] => LEDGER[table].columns;
const keyOf = (table: LedgerTable): readonly string[] => LEDGER[table].key;
const plainColumn = (table: LedgerTable) =>
  columnsOf(table).find((column) => /^(name|text|description|title|notes|note|method)$/.test(column));

async function firstRow(book: Book, table: LedgerTable): Promise<Row> {
  const [row] = await rowsOf(
    book,
    `select ${columnsOf(table).join(', ')} from ${table} order by ${keyOf(table).join(', ') || '1'}`,
  );
  if (row === undefined) throw new Error(`the full book needs a row in ${table}`);
  return row;
}

/** A row like the first, under a key of its own. */
async function another(book: Book, table: LedgerTable): Promise<Row> {
  const row = await firstRow(book, table);
  const last = keyOf(table).at(-1) ?? '';
  return {
    ...row,
    [last]: typeof row[last] === 'string' ? '2099-01-01' : 900,
    ...('number' in row ? { number: null } : {}),
  };
}

/** A fault begins with the number of the record; a mark of a line, which belongs to none, with its table. */
const named = (words: string) =>
  expect.stringMatching(
    new RegExp(
      `^${/^(done_lines|number_jumps)/.test(words) ? '' : '(([A-Z]+-\\d+|invoice 900): )?'}${words.replaceAll(/[{}]/g, '\\$&')}$`,
    ),
  );

const pick = (row: Row, columns: readonly string[]) =>
  Object.fromEntries(columns.map((column) => [column, row[column] ?? null]));

type AnyJournal = {
  insert(table: string, row: object): Promise<void>;
  update(table: string, key: object, patch: object): Promise<boolean>;
  remove(table: string, key: object): Promise<void>;
};

/** An image, which is a list, with the names of its columns. */
function asNamed({ table_name, ...images }: Row, which: 'before' | 'after'): string | null {
  const image = images[which];
  if (typeof image !== 'string') return null;
  expect(image).toMatch(/^\[/);
  return JSON.stringify(rowIn(String(table_name), image));
}

/**
 * What follows from a change in the same one: who was on a job is also kept with its closed months, and what is taken out of
 * a contract is taken from what was written off of it.
 */
const FOLLOWING: ReadonlySet<unknown> = new Set(['closed_jobs', 'write_offs']);

/** One change through the journal, and the images that it left. */
async function change(book: Book, work: (journal: AnyJournal) => Promise<unknown>): Promise<Row[]> {
  // The journal's types tie each table to its own row; here every table takes its turn.
  await book.store.write(
    1,
    SAM,
    async ({ journal }) => await work(journal as unknown as AnyJournal),
    () => 'a change',
  );
  const images = await rowsOf(
    book,
    'select table_name, row_key, before, after from change_images where change_number = (select max(change_number) from changes)',
  );
  const named = (row: Row): Row => ({ ...row, before: asNamed(row, 'before'), after: asNamed(row, 'after') });
  return images.map(named).filter(({ table_name }, _, { length }) => length === 1 || !FOLLOWING.has(table_name));
}

describe('the change journal', () => {
  it.each(RECORDS)(
    '%s: what is added, changed and taken out stands there as it was and as it became',
    async (table) => {
      const book = await openFullBook();
      const row = await another(book, table);
      const key = pick(row, keyOf(table));
      const entry = { table_name: table, row_key: JSON.stringify(key) };

      expect(await change(book, async (journal) => await journal.insert(table, row))).toEqual([
        { ...entry, before: null, after: JSON.stringify(row) },
      ]);
      const column = plainColumn(table);
      const changed = column === undefined ? row : { ...row, [column]: 'Something else' };
      const updated =
        column === undefined
          ? []
          : await change(book, async (journal) => await journal.update(table, key, { [column]: 'Something else' }));
      expect(updated).toEqual(
        column === undefined ? [] : [{ ...entry, before: JSON.stringify(row), after: JSON.stringify(changed) }],
      );
      expect(await change(book, async (journal) => await journal.remove(table, key))).toEqual([
        { ...entry, before: JSON.stringify(changed), after: null },
      ]);
    },
  );

  it('accounts: a new name stands beside the old one', async () => {
    const book = await openFullBook();
    const before = await firstRow(book, 'accounts');
    const snapshots = await change(
      book,
      async (journal) => await journal.update('accounts', {}, { name: 'Becker Roofing' }),
    );
    expect(snapshots).toEqual([
      {
        table_name: 'accounts',
        row_key: '{}',
        before: JSON.stringify(before),
        after: JSON.stringify({ ...before, name: 'Becker Roofing' }),
      },
    ]);
  });

  it('a change that changes nothing leaves none, and a row that is not there is an error', async () => {
    const book = await openFullBook();
    const changes = await rowsOf(book, 'select * from changes');
    await change(book, async (journal) => await journal.update('jobs', { id: 1 }, { name: 'Roof replacement' }));
    expect(await rowsOf(book, 'select * from changes')).toEqual(changes);
    await expect(change(book, async (journal) => await journal.remove('jobs', { id: 77 }))).rejects.toThrow(
      'no row in jobs',
    );
    await expect(
      change(book, async (journal) => await journal.update('jobs', { id: 1 }, { name: 0.5 })),
    ).rejects.toThrow(RangeError);
  });

  it('says who changed what, when and through which assistant, numbered without gaps', async () => {
    const book = await openFullBook();
    await book.ok('update-job', { job: 'J-1', status: 'completed' });
    const changes = await rowsOf(book, 'select * from changes order by change_number');
    expect(changes.map(({ change_number }) => change_number)).toEqual(changes.map((_, index) => index));
    expect(changes.at(-1)).toMatchObject({
      account_id: 1,
      change_number: changes.length - 1,
      at: '2026-03-10T17:00:00.000Z',
      actor: 'sam',
      client: 'test 1.0',
      tool: 'update-job',
      undoes: null,
    });
    expect((await rowsOf(book, 'select code, summary from changes order by change_number')).at(-1)).toEqual({
      code: 'log.became',
      summary: JSON.stringify({
        ...{ ref: 'J-1', name: 'Roof replacement' },
        changes: [{ code: 'log.status-step', facts: { from: 'open', to: 'completed' } }],
      }),
    });
    expect((await book.ok('list-changes', { limit: 1 })).changes[0]?.summary).toBe(
      'J-1 Roof replacement: status open → completed',
    );
    expect(
      await rowsOf(
        book,
        'select kind, record_id from record_log where position < 0 and change_number = ?',
        changes.length - 1,
      ),
    ).toEqual([{ kind: 'job', record_id: 1 }]);
    const { job } = await book.ok('get-job', { job: 'J-1' });
    expect(job.activity[0]).toEqual({
      at: '2026-03-10 12:00',
      entry: 'status',
      text: 'Status: open → completed',
      by: 'you',
      through: 'test 1.0',
    });
  });

  it('has a row of every ledger table to look at, and a whole book is clean', async () => {
    const book = await openFullBook();
    for (const table of TABLES) expect(await firstRow(book, table)).toBeTypeOf('object');
    const { looked, faults } = await book.store.read(1, auditBooks);
    expect(faults).toEqual([]);
    expect(looked).toMatchObject({ jobs: 2, papers: 6, 'issued invoices besides samples': 3, 'indexed names': 4 });
    expect(looked['changes']).toBeGreaterThan(10);
  });
});

describe('the audit finds what was done behind the journal', () => {
  it.each(RECORDS)('%s: a row that was altered, taken out or slipped in', async (table) => {
    const book = await openFullBook();
    const row = await firstRow(book, table);
    const key = pick(row, keyOf(table));
    const where = `account_id = 1 and ${keyOf(table)
      .map((column) => `${column} = '${String(row[column])}'`)
      .join(' and ')}`;
    const types = await behind(book, async (raw) => await raw.columns(table));
    const insert = async (some: Row) => {
      const columns = columnsOf(table);
      const marks = ['?', ...columns.map(() => '?')].join(', ');
      await plant(
        book,
        `insert into ${table} (account_id, ${columns.join(', ')}) values (${marks})`,
        1,
        ...columns.map((column) => some[column] ?? null),
      );
    };

    for (const column of columnsOf(table).filter((each) => !keyOf(table).includes(each))) {
      const value = row[column] ?? null;
      // Another value of the column's own kind; where there is none in the row, a number or a word.
      const other = typeof value === 'number' ? 1 - value : `${value ?? ''}7`;
      const isText = types.some(({ name, isText: isOf }) => name === column && isOf);
      await plant(book, `update ${table} set ${column} = ? where ${where}`, isText ? String(other) : Number(other));
      const faults = await faultsOf(book);
      await plant(book, `update ${table} set ${column} = ? where ${where}`, value);
      expect([column, ...faults]).toContainEqual(
        named(`${table} ${JSON.stringify(key)} is not as the change journal last saw it`),
      );
    }

    await plant(book, `delete from ${table} where ${where}`);
    expect(await faultsOf(book)).toContainEqual(
      named(`${table} ${JSON.stringify(key)} is gone without an entry in the change journal`),
    );
    await insert(row);
    expect(await faultsOf(book)).toEqual([]);

    const slipped = await another(book, table);
    await insert(slipped);
    expect(await faultsOf(book)).toContainEqual(
      named(`${table} ${JSON.stringify(pick(slipped, keyOf(table)))} is not as the change journal last saw it`),
    );
  });

  it.each([
    [
      'a wrong strip',
      'update job_figures set billed = billed + 1 where job_id = 1',
      /^J-1: the stored strip .*\(billed 585001, should be 585000\)/,
    ],
    ['a wrong profit', 'update job_figures set profit = 0 where job_id = 1', /^J-1: the stored strip/],
    ['a wrong margin', 'update job_figures set margin_tenths = 999 where job_id = 1', /^J-1: the stored strip/],
    ['another standing', "update job_figures set standing = 'cancelled' where job_id = 1", /^J-1: the stored strip/],
    ['a better forecast', 'update job_figures set expected_profit = 1 where job_id = 1', /^J-1: the stored strip/],
    ['another place among thin jobs', 'update job_figures set ranked_profit = 1 where job_id = 1', /^J-1: the stored/],
    ['a warning suppressed', "update job_figures set warnings = '[7]' where job_id = 1", /^J-1: the stored strip/],
    ['no strip', 'delete from job_figures where job_id = 1', /^J-1: the stored strip .*nothing is stored/],
    ['a strip of no job', 'update job_figures set job_id = 9 where job_id = 1', /^J-9: a strip without a job/],
    [
      'wrong totals',
      "update account_totals set expenses = expenses - 1 where status = 'open' and expenses > 0",
      /^the account's totals for real open .* are not the sum/,
    ],
    [
      'wrong totals of what is left to bill',
      "update account_totals set left_to_bill = left_to_bill + 1 where status = 'open' and jobs > 0",
      /^the account's totals for real open .* are not the sum/,
    ],
    ['no totals', 'delete from account_totals', /^the account's totals for real open/],
    [
      'a tax that was not charged',
      'update invoice_taxes set tax = tax + 1 where invoice_id = 2',
      /^INV-1002: subtotal, tax or total is not what its lines and tax rates come to$/,
    ],
    [
      'a wrong balance',
      'update invoice_figures set balance = balance - 1 where invoice_id = 1',
      /^INV-1001: the stored balance is not what its payments and credits come to$/,
    ],
    [
      'a payment made larger than its invoice',
      'update payments set amount = 99999999',
      /^INV-1001: more is paid than it came to, or less than nothing$/,
    ],
    [
      'a missing word',
      "delete from words where kind = 'job' and record_id = 1 and word = 'roof'",
      /^J-1 cannot be found by roof$/,
    ],
    [
      'a missing full name',
      "delete from words where kind = 'customer' and record_id = 1 and word like '=%'",
      /^C-1 cannot be found by =dana henderson$/,
    ],
    [
      'a gap in the numbers',
      'update invoices set number = 1099 where number = 1003',
      /^invoice numbers have a gap between 1002 and 1099$/,
    ],
    [
      'a first number that is gone',
      'update invoices set number = 1099 where number = 1001',
      /^invoice numbers begin with 1002, not 1001$/,
    ],
    [
      'an issued invoice without a number',
      'update invoices set number = null where number = 1003',
      /^invoice 3 is issued but its number says otherwise$/,
    ],
    [
      'a draft with a number',
      'update invoices set number = 1004 where id = 4',
      /^invoice 4 is draft but its number says otherwise$/,
    ],
    [
      'a paper that does not add up',
      'update invoice_lines set unit_price = unit_price + 100 where invoice_id = 2 and position = 1',
      /^INV-1002: subtotal, tax or total is not what its lines and tax rates come to$/,
    ],
    [
      'a lost change',
      'delete from changes where change_number = 3',
      /^the change journal holds \d+ changes up to number \d+; the account counts/,
    ],
    [
      'a change too many',
      'insert into changes select account_id, 99, at, actor, client, tool, digests, hash, undoes, salt, summary, code from changes where change_number = 3',
      /^the change journal holds/,
    ],
    [
      'another author',
      "update changes set actor = 'somebody' where change_number = 3",
      /^change 3: the chain of changes is broken here$/,
    ],
    [
      'another assistant',
      "update changes set client = 'ChatGPT' where change_number = 3",
      /^change 3: the chain of changes is broken here$/,
    ],
    [
      'another record',
      'update record_log set record_id = 2 where position = -1 and change_number = (select max(change_number) from record_log where position = -1)',
      /^change \d+: the chain of changes is broken here$/,
    ],
    [
      'a hash made anew',
      "update changes set hash = 'abc' where change_number = 3",
      /^change 4: the chain of changes is broken here$/,
    ],
    [
      'a sentence rewritten',
      "update changes set summary = 'Nothing' where change_number = 3",
      /^change 3: what it recorded was altered or is missing$/,
    ],
    [
      'an earlier value rewritten',
      "update change_images set before = '{}' where change_number = 6",
      /^change 6: what it recorded was altered or is missing$/,
    ],
    [
      'a log line rewritten',
      "update record_log set text = 'Nothing' where change_number = 3",
      /^change 3: what it recorded was altered or is missing$/,
    ],
    [
      'a log line taken out',
      'delete from record_log where entry is not null and change_number = 3',
      /^change 3: what it recorded was altered or is missing$/,
    ],
    [
      'a mark of a record that says more',
      "update record_log set text = 'Nothing' where position = -1 and change_number = (select max(change_number) from record_log where position = -1)",
      /^change \d+: what it recorded was altered or is missing$/,
    ],
    [
      'a line that says what another says, of a record that says none',
      'update record_log set as_id = 900 where as_id is not null and change_number = (select max(change_number) from record_log where as_id is not null)',
      /^change \d+: what it recorded was altered or is missing$/,
    ],
    [
      'words of its own in a line that says what another says',
      "update record_log set code = null, text = 'Forged' where as_id is not null and change_number = (select max(change_number) from record_log where as_id is not null)",
      /^change \d+: what it recorded was altered or is missing$/,
    ],
    [
      'a line that says its own words and points to another',
      'update record_log set as_id = 900 where as_id is null and entry is not null and change_number = 3',
      /^change 3: what it recorded was altered or is missing$/,
    ],
    [
      'another mark in place of the digests',
      "update changes set digests = '=0000000000' where change_number = 3",
      /^change 3: what it recorded was altered or is missing$/,
    ],
    [
      'an image of another length',
      "update change_images set after = '[1]' where change_number = 3 and position = 0",
      /^change 3: what it recorded was altered or is missing$/,
    ],
    [
      'another hash to go on from',
      "update accounts set newest_hash = 'abc'",
      /^account 1: what it counts on from is not its newest change$/,
    ],
    [
      'another time to go on from',
      "update accounts set newest_at = '2020-01-01T00:00:00.000Z'",
      /^account 1: what it counts on from is not its newest change$/,
    ],
    [
      'a currency that was altered',
      "update accounts set currency = 'EUR'",
      /^accounts \{\} is not as the change journal last saw it$/,
    ],
  ])('%s', async (_, statement, fault) => {
    const book = await openFullBook();
    await plant(book, statement);
    expect(await faultsOf(book)).toContainEqual(expect.stringMatching(fault));
  });

  it.each(['changes', 'change_images', 'record_log'])(
    '%s only grows: the database itself refuses to alter or remove a row',
    async (table) => {
      const book = await openFullBook();
      for (const statement of [`update ${table} set account_id = 1`, `delete from ${table}`]) {
        await expect(behind(book, async (raw) => await raw.run(statement))).rejects.toThrow(
          'the change journal only grows',
        );
      }
    },
  );

  it('and it changes nothing itself', async () => {
    const book = await openFullBook();
    await plant(book, "update jobs set name = 'Altered' where id = 1");
    const before = await everything(book);
    const first = await faultsOf(book);
    expect(await faultsOf(book)).toEqual(first);
    expect(await everything(book)).toEqual(before);
  });
});

describe('half a character at the end of what is shown short', () => {
  it('breaks nothing in the chain of changes', async () => {
    const book = await openFullBook();
    // 59 letters, and then a character of two units: the history shows the first 60 of a name.
    const name = `${'a'.repeat(59)}😀 and on`;
    await book.ok('update-job', { job: 'J-1', name });
    await book.call('create-customer', { name: 'Lou Barker' });
    const client = `${'c'.repeat(74)}😀😀 and on`;
    await book.store.write(
      1,
      { actor: 'sam', client: client.slice(0, 80), tool: 'test' },
      async ({ journal }) => await journal.update('customers', { id: 1 }, { notes: 'Call after five \uD83D' }),
      () => 'Noted \uD83D',
    );
    expect(await faultsOf(book)).toEqual([]);
  });
});

it('is not gone on with where its newest link is lost', async () => {
  const book = await openFullBook();
  await plant(book, "update accounts set newest_hash = ''");
  const before = await everything(book);
  await expect(change(book, async (journal) => await journal.remove('jobs', { id: 1 }))).rejects.toThrow(
    'follows one that is not there',
  );
  expect(await everything(book)).toEqual(before);
});
