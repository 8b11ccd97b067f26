// When a backup is made, of what, and what becomes of the earlier ones.
import { Problem } from '../../src/domain/errors.ts';
import { problemForModel } from '../../src/printers/in-words.ts';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { unpack } from '../../src/backup/bring-back.ts';
import { scratchFolder } from '../../src/backup/scratch.ts';
import { holdAlone } from '../../src/store/engine/exclusive.ts';
import { tempFolder } from '../support/book.ts';
import { plant, rowsOf } from '../support/store.ts';
import { attach, backedUp, backUp, someBook } from './some-book.ts';

const HOUR = 3_600_000;
const refusal = async (work: Promise<unknown>) =>
  await work.then(
    () => 'it was made',
    (error: unknown) => (error instanceof Problem ? `Problem: ${problemForModel(error)}` : String(error)),
  );

describe('a backup', () => {
  test('leaves nothing but the archive, and stands beside another of the same second', async () => {
    const book = await someBook();
    const now = new Date('2026-11-28T02:00:00.000Z');
    const names = [await backedUp(book, book.shelf, { now }), await backedUp(book, book.shelf, { now })].map(
      ({ archive }) => archive,
    );
    expect(names[1]).toBe(names[0]?.replace('.tar', '-2.tar'));
    expect(readdirSync(book.shelf)).toHaveLength(2);
    expect(readdirSync(book.folder).filter((name) => name.startsWith('backup'))).toEqual(['backup.lock']);
  });

  test('takes away what one that was killed left, and nothing that somebody else is at', async () => {
    const book = await someBook();
    const { manifest } = await backedUp(book, book.shelf);
    const part = `jobwright-2026-01-01T000000Z-${manifest.book.slice(0, 8)}.tar.part`;
    for (const name of [part, 'jobwright-2026-01-01T000000Z-00000000.tar.part', 'movie.part'])
      writeFileSync(join(book.shelf, name), 'half');
    const left = scratchFolder(book.folder, 'backup-');
    // What holds it ends with its process.
    renameSync(left.folder, join(book.folder, 'backup-killed'));
    const inUse = scratchFolder(book.folder, 'backup-');
    await backedUp(book, book.shelf);
    expect(readdirSync(book.shelf).filter((name) => name.endsWith('.part'))).toEqual([
      'jobwright-2026-01-01T000000Z-00000000.tar.part',
      'movie.part',
    ]);
    expect(existsSync(inUse.folder)).toBe(true);
    inUse.remove();
    left.remove();
    await backedUp(book, book.shelf);
    expect(readdirSync(book.folder).filter((name) => name.startsWith('backup-'))).toEqual([]);
  });

  test('is not made while another is under way', async () => {
    const book = await someBook();
    const letGo = holdAlone(join(book.folder, 'backup.lock'));
    expect(letGo).not.toBeNull();
    expect(await refusal(backUp(book, book.shelf))).toMatch(/A backup of this book is under way/);
    expect(await backUp(book, book.shelf, { every: HOUR })).toEqual({ made: false, last: null });
    letGo?.();
    expect(await backUp(book, book.shelf, { every: HOUR })).toMatchObject({ made: true });
  });

  test('of a damaged book is refused in words, and nothing of the earlier ones is touched', async () => {
    const book = await someBook();
    await backedUp(book, book.shelf, { now: new Date('2026-01-01T00:00:00.000Z') });
    const before = readdirSync(book.shelf);
    await plant(book, 'update job_figures set profit = profit + 1');
    expect(await refusal(backUp(book, book.shelf, { keep: { days: 1, weeks: 0, months: 0 } }))).toMatch(
      /^Problem: The book is damaged \(J-1: the stored strip .+\), so no backup was made of it; the earlier ones were left alone\. jobwright doctor says all that is wrong\.$/,
    );
    expect(readdirSync(book.shelf)).toEqual(before);
  });

  test('with files that are missing or damaged is made all the same, names them, and deletes nothing', async () => {
    const book = await someBook();
    await backedUp(book, book.shelf, { now: new Date('2026-01-01T00:00:00.000Z') });
    const [one, two] = (await rowsOf(book, 'select hash from stored_files order by hash')).map(({ hash }) =>
      String(hash),
    );
    const place = (hash = '') => join(book.folder, 'files', '1', hash.slice(0, 2), hash);
    rmSync(place(one));
    writeFileSync(place(two), 'other bytes');
    const made = await backedUp(book, book.shelf, { keep: { days: 1, weeks: 0, months: 0 } });
    expect(made.manifest.files).toEqual([]);
    expect(made.manifest.lost).toMatchObject([
      { account: 1, hash: one, is: 'missing' },
      { account: 1, hash: two, is: 'damaged' },
    ]);
    expect([made.removed, readdirSync(book.shelf).length]).toEqual([0, 2]);
    const found = await unpack(tempFolder(), made.archive, { progress: () => undefined, isOnlyLook: false });
    await found?.engine.close();
    expect(found?.faults).toEqual([]);
  });

  test.each([
    ['the data folder', (book: { folder: string }) => book.folder],
    ['its files', (book: { folder: string }) => join(book.folder, 'files', 'backups')],
    [
      'a link that leads there',
      (book: { folder: string }) => {
        const link = join(tempFolder(), 'link');
        symlinkSync(join(book.folder, 'files'), link);
        return link;
      },
    ],
  ])('does not go into %s', async (_, place) => {
    const book = await someBook();
    expect(await refusal(backUp(book, place(book)))).toMatch(/lies in the data folder itself/);
  });

  test('that cannot be put there says so', async () => {
    const book = await someBook();
    const file = join(tempFolder(), 'file');
    writeFileSync(file, '');
    expect(await refusal(backUp(book, file))).toMatch(/No backup was made.+is a file, not a folder\.$/);
    expect(await refusal(backUp(book, join(file, 'below')))).toMatch(/No backup was made.+lies below a file/);
  });

  test('that is told to stop leaves nothing', async () => {
    const book = await someBook();
    const told = new AbortController();
    const stopped = backUp(book, book.shelf, {
      signal: told.signal,
      progress: (what) => {
        if (what === 'write') told.abort(new Error('told to stop'));
      },
    });
    expect(await refusal(stopped)).toBe('Error: told to stop');
    expect(readdirSync(book.shelf)).toEqual([]);
    expect(readdirSync(book.folder).filter((name) => name.startsWith('backup-'))).toEqual([]);
  });
});

describe('--keep', () => {
  test("goes by what is in an archive: this book's own, which nobody gave a name to, and nothing else", async () => {
    const [book, other] = [await someBook(), await someBook()];
    const day = (number: number) => new Date(Date.UTC(2026, 9, number, 2));
    for (const number of [1, 2, 3, 4]) await backedUp(book, book.shelf, { now: day(number) });
    const own = readdirSync(book.shelf).toSorted();
    const at = (name: string) => join(book.shelf, name);
    // Renamed, cut off, of another book, of another key, a link, a folder, and something else altogether.
    renameSync(at(own[0] ?? ''), at('letters.doc'));
    truncateSync(at(own[1] ?? ''), 5000);
    const foreign = await backedUp(other, book.shelf, { now: day(1) });
    renameSync(foreign.archive, at((own[0] ?? '').replace('01T', '05T')));
    const [mine] = await rowsOf(book, 'select identity from book');
    await plant(other, 'update book set identity = ?', mine?.['identity'] ?? null);
    const forged = await backedUp(other, tempFolder(), { now: day(1) });
    copyFileSync(forged.archive, at('forged.tar'));
    symlinkSync(at(own[3] ?? ''), at('link.tar'));
    mkdirSync(at('folder.tar'));
    writeFileSync(at('jobwright-2026-10-01T020000Z-notes.tar'), 'Dear diary');
    const before = readdirSync(book.shelf).toSorted();
    const made = await backedUp(book, book.shelf, { now: day(6), keep: { days: 1, weeks: 0, months: 0 } });
    const after = readdirSync(book.shelf);
    expect(before.filter((name) => !after.includes(name))).toEqual([own[2], own[3]]);
    expect(made.removed).toBe(2);
    expect(after).toHaveLength(before.length - 2 + 1);
  });

  test('never deletes the one that was just made, also where the clock stood in the future before', async () => {
    const book = await someBook();
    await backedUp(book, book.shelf, { now: new Date('2027-10-01T02:00:00.000Z') });
    const made = await backedUp(book, book.shelf, {
      ...{ now: new Date('2026-10-01T02:00:00.000Z'), keep: { days: 1, weeks: 0, months: 0 } },
    });
    expect(existsSync(made.archive)).toBe(true);
  });
});

describe('--every', () => {
  test('goes by the last good one of this book, and by the moment in it', async () => {
    const [book, other] = [await someBook(), await someBook()];
    const at = (hour: number) => new Date(Date.UTC(2026, 9, 1, hour));
    const every = 24 * HOUR;
    await backedUp(other, book.shelf, { now: at(0) });
    expect(await backUp(book, book.shelf, { every, now: at(0) })).toMatchObject({ made: true });
    expect(await backUp(book, book.shelf, { every, now: at(12) })).toEqual({ made: false, last: at(0).toISOString() });
    expect(await backUp(book, book.shelf, { every, now: at(24) })).toMatchObject({ made: true });
    // One of the future says nothing: not for ever is there none due.
    await backedUp(book, book.shelf, { now: at(9000) });
    expect(await backUp(book, book.shelf, { every, now: at(36) })).toMatchObject({ made: false });
    expect(await backUp(book, book.shelf, { every, now: at(48) })).toMatchObject({ made: true });
    // One that was cut off does not count.
    for (const name of readdirSync(book.shelf))
      truncateSync(join(book.shelf, name), readFileSync(join(book.shelf, name)).length - 1);
    expect(await backUp(book, book.shelf, { every, now: at(49) })).toMatchObject({ made: true });
  });
});

test('what is attached while it is made goes into the next one', async () => {
  const book = await someBook();
  const attached: Promise<void>[] = [];
  const made = await backedUp(book, book.shelf, {
    progress: (what) => {
      if (what === 'check-files' && attached.length === 0) attached.push(attach(book, 'late.txt', 'It came too late.'));
    },
  });
  await Promise.all(attached);
  expect(made.manifest.files).toHaveLength(2);
  expect((await backedUp(book, book.shelf)).manifest.files).toHaveLength(3);
});
