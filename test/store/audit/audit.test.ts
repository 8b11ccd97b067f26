// What the audit says where a book is damaged, and how it goes on past what cannot be read.
import { inWords } from '../../../src/printers/in-words.ts';
import { closeSync, openSync, writeSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import { nameKey, termsOf } from '../../../src/domain/terms.ts';
import { type Book, openBook } from '../../support/book.ts';
import { openFullBook } from '../full-book.ts';
import { fileOf, overFile } from '../../support/engines/sqlite.ts';
import { plant, rowsOf } from '../../support/store.ts';

const SAM = { actor: 'sam', client: 'test 1.0', tool: 'test' };
const CUSTOMERS = 1200;

const faultsOf = async (book: Book) =>
  inWords((await book.store.look(1, async (scope) => await auditBooks(scope))).faults);

/** A book with so many customers that they fill pages of the file. */
async function openLongBook(): Promise<Book> {
  const book = await openBook();
  await book.store.write(
    1,
    SAM,
    async ({ journal, now }) => {
      for (let id = 1; id <= CUSTOMERS; id += 1)
        await journal.insert('customers', {
          ...{
            id: await journal.next('customer'),
            is_sample: 0,
            name: `Customer ${id}`,
            stage: 'lead',
            created_at: now,
            former_names: null,
          },
          ...{
            phone: null,
            phone_key: null,
            email: null,
            email_key: null,
            address: `${id} Pecan Lane`,
            notes: null,
            merged_into: null,
            other_phones: null,
            other_emails: null,
            other_addresses: null,
            other_keys: null,
          },
        });
    },
    () => 'Customers brought in',
  );
  overFile(book, (raw) => raw.pragma('wal_checkpoint(truncate)'));
  return book;
}

/** Fills that page of a table or an index with zeros: which of its leaves, from the first to the last, 0 to 1. */
async function zeroLeaf(book: Book, name: string, which: number): Promise<void> {
  const pages = await rowsOf(
    book,
    "select pageno from dbstat where name = ? and pagetype = 'leaf' order by path",
    name,
  );
  const page = Number(pages[Math.floor(which * (pages.length - 1))]?.['pageno']);
  const file = openSync(fileOf(book), 'r+');
  writeSync(file, Buffer.alloc(4096), 0, 4096, (page - 1) * 4096);
  closeSync(file);
}

describe('what cannot be read', () => {
  test('in the middle of a table is said, and what comes after is looked at', async () => {
    const book = await openLongBook();
    expect(await faultsOf(book)).toEqual([]);
    await plant(book, "delete from words where record_id = ? and word = 'customer'", CUSTOMERS);
    overFile(book, (raw) => raw.pragma('wal_checkpoint(truncate)'));
    await zeroLeaf(book, 'customers', 0.5);
    const faults = await faultsOf(book);
    expect(faults).toContainEqual(
      expect.stringMatching(/^customers from C-\d+ to C-\d+ could not be read: the file is damaged there$/),
    );
    expect(faults).toContain(`C-${CUSTOMERS} cannot be found by customer`);
    // That they cannot be read is said once; they are not called gone as well.
    expect(faults.filter((fault) => fault.includes('gone'))).toEqual([]);
  });

  test('at the beginning or at the end of a table is said too', async () => {
    for (const [which, words] of [
      [0, /^customers before C-\d+ could not be read: the file is damaged there$/],
      [1, /^customers from C-\d+ (on|to C-\d+) could not be read: the file is damaged there$/],
    ] as const) {
      const book = await openLongBook();
      await zeroLeaf(book, 'customers', which);
      expect(await faultsOf(book)).toContainEqual(expect.stringMatching(words));
    }
  });

  test('of the journal leaves the rows uncompared, not wrong', async () => {
    const book = await openLongBook();
    await zeroLeaf(book, 'change_images', 0.5);
    const faults = await faultsOf(book);
    expect(faults).toContain('change 1: changes could not be read: the file is damaged there');
    expect(faults).toContain(
      'some customers could not be compared with the change journal, not all of which can be read',
    );
    expect(faults.filter((fault) => fault.includes('last saw it'))).toEqual([]);
  });

  test('nothing is known of the account but its number', async () => {
    for (const [column, value] of [
      ['time_zone', 'America/Nowhere'],
      ['template', 'roofin?'],
      ['plan', ''],
    ] as const) {
      const book = await openFullBook();
      await plant(book, `update accounts set ${column} = ?`, value);
      expect(await faultsOf(book)).toEqual(['accounts {} is not as the change journal last saw it']);
    }
    const book = await openFullBook();
    await plant(book, 'update accounts set account_id = 3');
    expect(await faultsOf(book)).toContain('account 1 is not in the book');
  });

  test('when the account was opened is what its first change says', async () => {
    const book = await openFullBook();
    await plant(book, "update accounts set created_at = '2020-01-01T00:00:00.000Z'");
    expect(await faultsOf(book)).toEqual(['account 1: when it was opened is not what change 0 says']);
  });
});

describe('faults', () => {
  test('are one line each, whatever the damaged words hold', async () => {
    const book = await openFullBook();
    await plant(book, "update quotes set status = 'sent' || char(10) || '- All is well.' || char(8238) where id = 1");
    const faults = await faultsOf(book);
    expect(faults.length).toBeGreaterThan(1);
    for (const fault of faults) expect(fault).toMatch(/^[^\n\u202e]+$/);
    expect(faults[0]).toMatch(/^J-1: its strip cannot be reckoned: the book holds "sent.n- All is well\./);
    expect(faults).toContain("the account's totals could not be checked, since not every job could be");
  });

  test('of a kind are counted where there are too many to read', async () => {
    const book = await openLongBook();
    await plant(book, 'delete from words');
    const faults = await faultsOf(book);
    expect(faults).toHaveLength(101);
    expect(faults.at(-1)).toBe(`and ${(CUSTOMERS - 100).toLocaleString('en-US')} more faults in the indexed names`);
  });

  test('of rows beyond counting are named for the first of them', async () => {
    const book = await openLongBook();
    await plant(book, "update customers set notes = 'Behind the back'");
    const faults = await faultsOf(book);
    expect(faults.filter((fault) => fault.endsWith('is not as the change journal last saw it'))).toHaveLength(100);
    expect(faults).toContain('besides these, more rows are not as the change journal last saw them');
  });

  test('a change that is missing is named, and so are several', async () => {
    const book = await openFullBook();
    await plant(book, 'delete from changes where change_number in (3, 6, 7)');
    const faults = await faultsOf(book);
    expect(faults).toContain('change 3 is missing');
    expect(faults).toContain('changes 6 to 7 are missing');
  });

  test('pieces of a change in another order, or under another place, are found', async () => {
    const book = await openFullBook();
    await plant(book, 'update change_images set position = position + 7 where change_number = 3');
    expect(await faultsOf(book)).toEqual(['change 3: what it recorded was altered or is missing']);
  });
});

describe('half an emoji, where words were once cut', () => {
  async function withHalf(): Promise<Book> {
    const book = await openFullBook();
    const half = 'Leak over the ki\ud83d';
    await book.store.write(
      1,
      SAM,
      async ({ journal }) => {
        await journal.update('jobs', { id: 1 }, { name: half });
        journal.log({ kind: 'job', id: 1, entry: 'details', said: `Renamed ${half}…` });
      },
      () => `J-1 renamed to ${half}… and "${half}"`,
    );
    return book;
  }

  test('is no fault: the file holds for it what it can', async () => {
    const book = await withHalf();
    expect(await rowsOf(book, 'select name from jobs where id = 1')).toEqual([{ name: 'Leak over the ki\ufffd' }]);
    expect(termsOf('ki\ufffd')).toEqual(['ki']);
    expect(nameKey('ki\ud83d')).toBe('ki');
    expect(await faultsOf(book)).toEqual([]);
  });

  test.each([
    ['record_log', "update record_log set text = replace(text, 'Leak', 'Lake') where text like 'Renamed%'"],
    ['changes', "update changes set summary = replace(summary, 'Leak', 'Lake')"],
    ['jobs', "update jobs set name = replace(name, 'Leak', 'Lake') where id = 1"],
    ['changes', "update changes set summary = 'Account ' || char(65533) where change_number = 0"],
  ])('does not hide what was altered in %s', async (_, statement) => {
    const book = await withHalf();
    await plant(book, statement);
    expect(await faultsOf(book)).not.toEqual([]);
  });
});

describe('the file itself', () => {
  test('is told of by tables and indexes, not by pages', async () => {
    expect(await (await openLongBook()).store.check()).toEqual([]);
    const book = await openLongBook();
    await zeroLeaf(book, 'customers_by_stage_id', 0.5);
    await zeroLeaf(book, 'customers', 0.5);
    const faults = await book.store.check();
    expect(faults.length).toBeLessThan(25);
    expect(faults).toContainEqual(expect.stringMatching(/^the table customers is damaged in the file/));
    expect(faults).toContainEqual(expect.stringMatching(/^the index customers_by_stage_id (is damaged|does not fit)/));
    for (const fault of faults) expect(fault).not.toMatch(/integrity_check|cell|\bpage \d/);
  });

  test('rows that refer to nothing are told of by their tables', async () => {
    const book = await openFullBook();
    await plant(book, 'delete from customers where id = 2');
    expect(await book.store.check()).toContain('jobs: a row refers to customers that are not there');
  });
});

test('what is being looked at is told as it goes on, up to the last', async () => {
  const book = await openLongBook();
  const steps: [string, number, number][] = [];
  await book.store.look(1, async (scope) => await auditBooks(scope, (...step) => steps.push(step)));
  expect([...new Set(steps.map(([what]) => what))].slice(0, 3)).toEqual(['changes', 'customers', 'names of customers']);
  const customers = steps.filter(([what]) => what === 'customers').map(([, done]) => done);
  expect(customers).toEqual(customers.toSorted((one, other) => one - other));
  expect(steps.findLast(([what]) => what === 'customers')).toEqual(['customers', CUSTOMERS, CUSTOMERS]);
});
