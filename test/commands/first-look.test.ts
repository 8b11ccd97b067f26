// A client that only connects and lists is told from a first look at the book; whatever is not plain opens it at once.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lookAtBook } from '../../src/commands/first-look.ts';
import { configOf, readCommandLine } from '../../src/commands/command-line.ts';
import { dayAt, instantAt } from '../../src/domain/dates.ts';
import { todayIn } from '../../src/store/clock.ts';
import { type Book, openBook, tempFolder } from '../support/book.ts';
import { plant, valueOf } from '../support/store.ts';

/** A book as an earlier start left it. */
async function plain(): Promise<Book> {
  const book = await openBook({ samples: false, timeZone: 'Pacific/Kiritimati', plan: 'pro' });
  writeFileSync(join(book.folder, 'jobwright.id'), `${String(await valueOf(book, 'select identity from book'))}\n`);
  await book.store.close();
  return book;
}

const look = async (folder: string, ...options: string[]) =>
  await lookAtBook(configOf(readCommandLine(['stdio', '--data', folder, ...options]), {}, folder));

describe('a first look', () => {
  it('tells whose book it is, as it is now, and leaves nothing behind', async () => {
    const book = await plain();
    const seen = await look(book.folder);
    expect(seen?.account()).toEqual({
      ...{ id: 1, name: 'My business', template: 'roofing', plan: 'pro' },
      ...{ currency: 'USD', timeZone: 'Pacific/Kiritimati' },
    });
    await plant(book, "update accounts set name = 'Lopez Roofing'");
    expect(seen?.account()?.name).toBe('Lopez Roofing');
    seen?.close();
    expect(existsSync(join(book.folder, 'jobwright.db-wal'))).toBe(false);
    const again = await look(book.folder, '--plan', 'pro', '--account', '1');
    expect(again?.account()?.name).toBe('Lopez Roofing');
    again?.close();
  });

  const twoDays = new Date(Date.now() - 2 * 86_400_000).toISOString();
  const marker = async (book: Book, { behind = 0 } = {}) => {
    const [identity, written] = await Promise.all([
      valueOf(book, 'select identity from book'),
      valueOf(book, 'select write_number from book'),
    ]);
    const mark = { identity, writeNumber: Number(written) + behind };
    mkdirSync(join(book.folder, 'files'), { recursive: true });
    writeFileSync(join(book.folder, 'files', 'book.json'), JSON.stringify(mark));
  };
  const swept = async (book: Book, at: string) =>
    await plant(book, 'insert into sweeping (id, place, since, swept_at) values (1, ?, ?, ?)', 'here', twoDays, at);

  it.each<[string, (book: Book) => Promise<unknown>]>([
    ['of an earlier version', async (book) => await plant(book, "delete from migrations where name = '0016-moved'")],
    ['of a newer version', async (book) => await plant(book, "insert into migrations values ('9999-x', 'then', null)")],
    ['made by another text', async (book) => await plant(book, "update migrations set digest = 'x'")],
    ['that was moved', async (book) => await plant(book, "update book set moved_to = 'postgres://x'")],
    ['that a move fills', async (book) => await plant(book, "update book set arriving = 'a move'")],
    [
      'of two accounts',
      async (book) =>
        await plant(
          book,
          `insert into accounts (account_id, name, currency, time_zone, template, plan, created_at, payment_terms_days, change_number)
           select 2, name, currency, time_zone, template, plan, created_at, payment_terms_days, change_number from accounts`,
        ),
    ],
    ['that is not noted beside it', async ({ folder }) => rmSync(join(folder, 'jobwright.id'))],
    ['with a half-written file', async ({ folder }) => drop(join(folder, 'files', 'parts', 'a.1.part'))],
    ['whose files were never tidied', async (book) => await marker(book)],
    ['whose files are of a newer copy', async (book) => [await swept(book, now()), await marker(book, { behind: 1 })]],
    ['whose files were tidied two days ago', async (book) => [await swept(book, twoDays), await marker(book)]],
    [
      'whose files are never tidied',
      async (book) => [
        await swept(book, now()),
        await marker(book),
        await plant(book, `update sweeping set withheld = '{}'`),
      ],
    ],
  ])('opens at once a book %s', async (_, make) => {
    const book = await plain();
    await make(book);
    expect(await look(book.folder)).toBeNull();
  });

  it('is enough where its files were tidied within the day', async () => {
    const book = await plain();
    await swept(book, new Date(Date.now() - 3_600_000).toISOString());
    await marker(book);
    const seen = await look(book.folder);
    expect(seen).not.toBeNull();
    seen?.close();
  });

  it.each([
    ['--plan', 'team'],
    ['--account', '2'],
    ['--file-hosts', 'files.example.com'],
  ])('opens at once with %s %s', async (...options) => {
    const book = await plain();
    expect(await look(book.folder, ...options)).toBeNull();
  });

  it('opens at once what is no book, or is none any more', async () => {
    const folder = tempFolder();
    expect(await look(folder)).toBeNull();
    const book = await plain();
    writeFileSync(join(book.folder, 'jobwright.db'), 'words, and no book');
    expect(await look(book.folder)).toBeNull();
  });

  it('does not let another book be opened in its place', async () => {
    const [book, other] = [await plain(), await plain()];
    const seen = await look(book.folder);
    seen?.checkInPlace();
    renameSync(join(other.folder, 'jobwright.db'), join(book.folder, 'jobwright.db'));
    expect(() => seen?.checkInPlace()).toThrow('book.moved-away');
    seen?.close();
  });
});

function now(): string {
  return new Date().toISOString();
}

function drop(path: string): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, 'half');
}

describe('today in a zone without a formatter', () => {
  const zones = Intl.supportedValuesOf('timeZone');

  it('is what the formatter says, in every zone and at every hour of changes', () => {
    expect(zones.length).toBeGreaterThan(400);
    // Of the main thread: here it may be another.
    const program = `
      const { todayIn } = await import(${JSON.stringify(new URL('../../src/store/clock.ts', import.meta.url).href)});
      const { dayAt, instantAt } = await import(${JSON.stringify(new URL('../../src/domain/dates.ts', import.meta.url).href)});
      const before = [process.env.TZ, new Date(0).getHours(), new Date(0).getTimezoneOffset()].join();
      let looked = 0;
      for (const zone of Intl.supportedValuesOf('timeZone'))
        for (let at = Date.UTC(2026, 2, 7, 22); at < Date.UTC(2026, 2, 9, 14); at += 3600_000) {
          looked += 1;
          if (todayIn(zone, at) !== dayAt(instantAt(at), zone)) console.log(zone, at);
        }
      const after = [process.env.TZ, new Date(0).getHours(), new Date(0).getTimezoneOffset()].join();
      console.log(looked > 10000, before === after);`;
    for (const TZ of ['America/Chicago', undefined]) {
      const said = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
        encoding: 'utf8',
        env: { ...process.env, TZ },
      });
      expect(said).toBe('true true\n');
    }
  });

  it('is the day of now', () => {
    const [before, said, after] = [Date.now(), todayIn('UTC'), Date.now()];
    expect([before, after].map((at) => dayAt(instantAt(at), 'UTC'))).toContain(said);
  });
});
