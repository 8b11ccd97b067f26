import { describe, expect, it } from 'vitest';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import { findByTerms, type Matches } from '../../../src/store/search/find.ts';
import { type Book, type BookOptions, openBook } from '../../support/book.ts';
import { everything, rowsOf } from '../../support/store.ts';

/** Two customers, four jobs: C-1 Henderson has the storm repair and a roof, C-2 Müller a roof and a deck. */
async function openStreet(options: BookOptions = {}): Promise<Book> {
  const book = await openBook(options);
  await book.ok('create-customer', { name: 'Dana Henderson', address: '418 Pecan Hollow Ln, Austin' });
  await book.ok('create-customer', { name: 'Jürgen Müller', address: '12 Elm Street, Round Rock' });
  await book.ok('create-job', { customer: 'C-1', name: 'Storm repair' });
  await book.ok('create-job', { customer: 'C-1', name: 'Roof replacement' });
  await book.ok('create-job', { customer: 'C-2', name: 'Roof repair' });
  await book.ok('create-job', { customer: 'C-2', name: 'Deck', address: '7 Lakeside Drive' });
  return book;
}

const jobNamed = async (book: Book, words: string): Promise<string> =>
  (await book.ok('get-job', { job: words })).job.ref;

/** The numbers that an error offers, in its order. */
const offered = (error: string) => [...error.matchAll(/^- ([A-Z]+-S?\d+)/gm)].map(([, ref]) => ref);

async function matches(book: Book, words: string): Promise<Matches> {
  return await book.store.read(
    1,
    async ({ db }) =>
      await findByTerms(db, { accountId: 1, withoutCosts: false, crew: null }, { kind: 'job', query: words }),
  );
}

describe('a job is found by words', () => {
  it.each([
    ['storm repair', 'J-1'],
    ['the Henderson storm repair', 'J-1'],
    ['my roof replacement job', 'J-2'],
    ['REPLACEMENT roof', 'J-2'],
    ["Henderson's roof", 'J-2'],
    ['Müller roof', 'J-3'],
    ['muller roof', 'J-3'],
    ['roof for jurgen', 'J-3'],
    ['deck', 'J-4'],
    ['lakeside', 'J-4'],
    ['the job for 418 Pecan, storm', 'J-1'],
    ['elm street', 'J-3'],
    ['raplacement', 'J-2'],
    ['hendersn strom', 'J-1'],
    ['Henderson replacment', 'J-2'],
    ['mueller deck', 'J-4'],
    ['the Hendersons, storm', 'J-1'],
    ['hend storm', 'J-1'],
    ['lakes', 'J-4'],
    ['J-4', 'J-4'],
    ['4', 'J-4'],
    ['#4', 'J-4'],
  ])('%s: %s', async (words, ref) => {
    expect(await jobNamed(await openStreet(), words)).toBe(ref);
  });

  it.each(['gutter', 'roof gutter', 'hendersn gutter', 'dck', 'he', 'xyz', '!!', '419 pecan', 'elm street deck'])(
    'nothing is found by %j, and the answer says how to find it',
    async (words) => {
      const book = await openStreet();
      const error = await book.error('get-job', { job: words });
      expect(error).toMatch(
        /^job: no job matches ".*"\. Give its number, like J-12, or words from its name; list-jobs shows them\.$/,
      );
    },
  );

  it('a number that is not there is not taken for a house number', async () => {
    const book = await openStreet();
    expect(await book.error('get-job', { job: 'J-12' })).toContain('no job matches "J-12"');
    // C-2 lives at 12 Elm Street. A read may guess so, and says which; a write must not.
    expect(await jobNamed(book, '12')).toBe('J-3');
    const before = await everything(book);
    expect(await book.error('update-job', { job: '12', status: 'completed' })).toContain('no job matches "12"');
    expect(await everything(book)).toEqual(before);
    expect(await book.error('get-invoice', { invoice: 'INV-12' })).toContain('no invoice matches "INV-12"');
    expect(await book.error('get-job', { job: 'C-1' })).toContain(
      '"C-1" is the number of a customer. Give a job, like J-12',
    );
  });

  it('where several fit equally, all are named with number, name, customer and status', async () => {
    const book = await openStreet();
    await book.ok('update-job', { job: 'J-3', status: 'in_progress' });
    const error = await book.error('get-job', { job: 'roof' });
    expect(error).toBe(
      'job: "roof" could be any of these:\n' +
        '- J-3 Roof repair, Jürgen Müller, in progress\n' +
        '- J-2 Roof replacement, Dana Henderson, open\n' +
        'Say which by its number.',
    );
  });

  it('a full name beats a part of one, an exact word beats a mistyped one', async () => {
    const book = await openStreet();
    await book.ok('create-job', { customer: 'C-1', name: 'Roof replacement garage' });
    await book.ok('create-job', { customer: 'C-2', name: 'Rood' });
    const both = [5, 2];
    expect(await matches(book, 'roof replacement')).toEqual({
      ...{ full: [2], exact: both, alike: both, begun: both, close: both },
    });
    expect(await jobNamed(book, 'the roof replacement')).toBe('J-2');
    expect(await jobNamed(book, 'rood')).toBe('J-6');
    expect(await matches(book, 'rood')).toMatchObject({ full: [6], exact: [6], close: [6, 5, 3, 2] });
  });

  it('more than five are cut, and the answer says that there are more', async () => {
    const book = await openStreet();
    for (let index = 1; index <= 6; index += 1)
      await book.ok('create-job', { customer: 'C-1', name: `Gutter ${index}` });
    const error = await book.error('get-job', { job: 'gutter' });
    expect(error).toContain('could be any of many; the newest are:');
    expect(offered(error)).toEqual(['J-10', 'J-9', 'J-8', 'J-7', 'J-6']);
  });
});

describe('a write by words', () => {
  const finish = { status: 'completed' };
  const statusOf = async (book: Book, ref: string): Promise<string> =>
    (await book.ok('get-job', { job: ref })).job.status;

  it('needs one candidate in all', async () => {
    const book = await openStreet();
    expect(await book.ok('update-job', { job: 'Henderson storm', ...finish })).toMatchObject({ job: { ref: 'J-1' } });
    // The Hendersons, Mueller and O'Brien are themselves in other words.
    expect(await book.ok('update-job', { job: 'the Hendersons storms', status: 'open' })).toMatchObject({
      job: { ref: 'J-1' },
    });
    expect(await book.ok('update-job', { job: 'mueller deck', ...finish })).toMatchObject({ job: { ref: 'J-4' } });
    await book.ok('create-job', { newCustomer: { name: "Pat O'Brien" }, name: 'Porch' });
    expect(await book.ok('update-job', { job: 'o brien', ...finish })).toMatchObject({ job: { ref: 'J-5' } });
  });

  it('a name that is only nearly spelled so, or begins so, is a guess: it is offered, and nothing happens', async () => {
    const book = await openStreet();
    await book.ok('create-customer', { name: 'Ole Jansen' });
    const before = await everything(book);
    for (const [said, ref] of [
      ['lakesied', 'J-4'],
      ['lake', 'J-4'],
      ['stor', 'J-1'],
    ] as const) {
      expect(await jobNamed(book, said)).toBe(ref);
      const error = await book.error('update-job', { job: said, ...finish });
      expect(error).toContain('could be this one, but the words do not fit exactly:');
      expect(offered(error)).toEqual([ref]);
    }
    const refused = await book.error('update-customer', { customer: 'Hansen', notes: 'Gate code 1' });
    expect(offered(refused)).toEqual(['C-3']);
    // Anderson is nobody here, Henderson or not.
    expect(await book.error('update-customer', { customer: 'Anderson', notes: 'Gate code 1' })).toContain(
      'no customer matches "Anderson"',
    );
    expect(await everything(book)).toEqual(before);
  });

  it('or one full equal name', async () => {
    const book = await openStreet();
    await book.ok('create-job', { customer: 'C-2', name: 'Storm repair shed' });
    expect(await book.ok('update-job', { job: 'the storm repair job', ...finish })).toMatchObject({
      job: { ref: 'J-1' },
    });
    expect(await statusOf(book, 'J-5')).toBe('open');
  });

  it('a best match that a read would answer is not enough: nothing happens', async () => {
    const book = await openStreet();
    // An exact "storm" and a "strom" that it may be a mistyping of.
    await book.ok('create-job', { customer: 'C-2', name: 'Strom meter' });
    expect(await jobNamed(book, 'storm')).toBe('J-1');
    const before = await everything(book);
    const error = await book.error('update-job', { job: 'storm', ...finish });
    expect(new Set(offered(error))).toEqual(new Set(['J-1', 'J-5']));
    expect(error).toContain('Say which by its number.');
    expect(await everything(book)).toEqual(before);
  });

  it('where two have the very name, they are among those offered, however many others match', async () => {
    const book = await openBook();
    await book.ok('create-customer', { name: 'Dana Henderson' });
    await book.ok('create-job', { customer: 'C-1', name: 'Roof replacement' });
    await book.ok('create-job', { customer: 'C-1', name: 'Roof replacement' });
    for (let index = 1; index <= 7; index += 1)
      await book.ok('create-job', { customer: 'C-1', name: `Roof replacement ${index}` });
    const error = await book.error('update-job', { job: 'roof replacement', ...finish });
    expect(offered(error)).toHaveLength(5);
    expect(offered(error)).toEqual(expect.arrayContaining(['J-1', 'J-2']));
  });

  it('other kinds of records go by the same rules', async () => {
    const book = await openStreet();
    await book.ok('create-quote', {
      job: 'J-2',
      title: 'Full tear-off',
      lines: [{ description: 'Work', quantity: 1, unitPrice: 1 }],
    });
    await book.ok('add-job-expense', {
      job: 'J-2',
      description: 'Ice and water shield',
      amount: 90,
      category: 'materials',
      vendor: 'Barton Creek',
    });
    await book.ok('create-invoice', { job: 'J-2', lines: [{ description: 'Work', quantity: 1, unitPrice: 1 }] });
    expect(await book.ok('get-quote', { quote: 'tear off henderson' })).toMatchObject({ quote: { ref: 'Q-1' } });
    expect(await book.ok('get-invoice', { invoice: 'henderson roof' })).toMatchObject({ invoice: { ref: 'INV-1001' } });
    expect(await book.ok('update-job-expense', { expense: 'barton creek', amount: 91 })).toMatchObject({
      expense: { ref: 'E-1' },
    });
    expect(await book.ok('get-customer', { customer: 'elm street' })).toMatchObject({ customer: { ref: 'C-2' } });
    expect(await book.error('get-customer', { customer: 'smith' })).toContain('no customer matches "smith"');
  });
});

describe('samples', () => {
  it('are matched only where no real record is', async () => {
    const book = await openBook({ samples: true });
    expect((await jobNamed(book, 'my roof replacement job')).startsWith('J-S')).toBe(true);
    await book.ok('create-job', { newCustomer: { name: 'Lou Barker' }, name: 'Roof replacment, garage' });
    // Even a mistyped real one stands before a sample of the very name.
    expect(await jobNamed(book, 'roof replacement')).toBe('J-1');
    expect((await jobNamed(book, 'henderson roof replacement')).startsWith('J-S')).toBe(true);
  });
});

describe('the index follows the books', () => {
  it('a renamed customer leads to their jobs and quotes by the new name and by the old one', async () => {
    const book = await openStreet();
    await book.ok('create-quote', {
      job: 'J-1',
      title: 'Tarp',
      lines: [{ description: 'Work', quantity: 1, unitPrice: 1 }],
    });
    await book.ok('update-customer', { customer: 'C-1', name: 'Dana Whitfield' });
    for (const name of ['whitfield', 'henderson']) {
      expect(await jobNamed(book, `${name} storm`)).toBe('J-1');
      expect(await book.ok('get-quote', { quote: `${name} tarp` })).toMatchObject({ quote: { ref: 'Q-1' } });
    }
    expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
  });

  it("a job goes by its own address, and by its customer's where it has none", async () => {
    const book = await openStreet();
    await book.ok('update-customer', { customer: 'C-1', address: '9 Cedar Court' });
    expect(await jobNamed(book, 'cedar storm')).toBe('J-1');
    expect(await book.error('get-job', { job: 'pecan storm' })).toContain('no job matches');
    await book.ok('update-job', { job: 'J-1', address: '33 Harbor Way' });
    expect(await jobNamed(book, 'harbor')).toBe('J-1');
    expect(await book.error('get-job', { job: 'cedar storm' })).toContain('no job matches');
    await book.ok('update-job', { job: 'J-1', address: null });
    expect(await jobNamed(book, 'cedar storm')).toBe('J-1');
  });

  it('a renamed or moved expense is found by what it is now', async () => {
    const book = await openStreet();
    await book.ok('add-job-expense', { job: 'J-1', description: 'Tarp', amount: 9, category: 'materials' });
    await book.ok('update-job-expense', { expense: 'henderson tarp', job: 'J-4', description: 'Blue tarp' });
    expect(await book.ok('update-job-expense', { expense: 'müller blue', amount: 10 })).toMatchObject({
      expense: { ref: 'E-1' },
    });
    expect(await book.error('update-job-expense', { expense: 'henderson tarp', amount: 11 })).toContain(
      'no expense matches',
    );
    await book.ok('update-job-expense', { expense: 'E-1', remove: true });
    expect(await book.error('update-job-expense', { expense: 'tarp', amount: 12 })).toContain('no expense matches');
    expect(await rowsOf(book, "select * from words where kind = 'expense'")).toEqual([]);
  });

  it('people on a job lead to it in lists, and no longer once they are off it', async () => {
    const book = await openStreet();
    const on = async (assignee: string) =>
      (await book.ok('list-jobs', { assignee })).jobs.map(({ ref }: { ref: string }) => ref);
    await book.ok('update-job', { job: 'J-1', assignees: [{ name: 'Tom Becker', role: 'lead' }] });
    await book.ok('update-job', {
      job: 'J-3',
      assignees: [
        { name: 'Tom Becker', role: 'crew' },
        { name: 'Ana Ruiz', role: 'sub' },
      ],
    });
    expect(await on('becker')).toEqual(['J-3', 'J-1']);
    expect(await on('Tom Beker')).toEqual(['J-3', 'J-1']);
    expect(await on('ruiz')).toEqual(['J-3']);
    await book.ok('update-job', { job: 'J-3', assignees: [] });
    expect(await on('becker')).toEqual(['J-1']);
    expect(await on('ruiz')).toEqual([]);
  });

  it('samples that are removed are found no more, words and all', async () => {
    const book = await openBook({ samples: true });
    await book.ok('update-account', { removeSamples: true });
    expect(await book.error('get-job', { job: 'roof replacement' })).toContain('no job matches');
    expect(await rowsOf(book, 'select * from words')).toEqual([]);
  });

  it('two very long words that begin alike are no obstacle', async () => {
    const book = await openStreet();
    const name = `${'a'.repeat(41)} ${'a'.repeat(42)}`;
    expect(await book.ok('create-job', { customer: 'C-1', name })).toMatchObject({ job: { ref: 'J-5' } });
    expect(await jobNamed(book, name)).toBe('J-5');
  });

  it('letters of any script are kept as they were written', async () => {
    const book = await openStreet();
    const names = ['𠮷野家 改装', 'Ремонт крыши', 'إصلاح السقف', '屋根の修理', 'Torn \ud83d roof'];
    for (const name of names) await book.ok('create-job', { customer: 'C-1', name });
    expect(await jobNamed(book, 'ремонт крыш')).toBe('J-6');
    expect(await jobNamed(book, '𠮷野家')).toBe('J-5');
    expect(await book.store.read(1, auditBooks)).toMatchObject({ faults: [] });
  });
});
