// A book that is dear to make: made once by the test files of a process, and copied for each test.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Book, type BookOptions, openBook, tempFolder } from './book.ts';
import type { Place } from './engines/engine.ts';
import { copyBook } from './store.ts';

/** @param make called at most once. @returns what opens one more book like it, in a folder of its own */
export function madeOnce(make: () => Promise<Place>): (options?: Omit<BookOptions, 'folder'>) => Promise<Book> {
  let kept: Promise<Place> | undefined;
  return async (options = {}) => {
    kept ??= make().then(keep);
    const folder = tempFolder();
    await copyBook(await kept, { folder });
    return await openBook({ ...options, folder });
  };
}

async function keep(made: Place): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'jobwright-test-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  await copyBook(made, { folder });
  return { folder };
}
