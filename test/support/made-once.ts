// A book that is dear to make: made once by the test files of a process, and copied for each test.
import { type Book, type BookOptions, openBook, tempFolder } from './book.ts';
import type { Place } from './engines/engine.ts';
import { takeBook } from './store.ts';

/** @param make called at most once. @returns what opens one more book like it, in a folder of its own */
export function madeOnce(make: () => Promise<Place>): (options?: Omit<BookOptions, 'folder'>) => Promise<Book> {
  let kept: ReturnType<typeof takeBook> | undefined;
  return async (options = {}) => {
    kept ??= make().then(takeBook);
    const { layInto } = await kept;
    const folder = tempFolder();
    await layInto({ folder });
    return await openBook({ ...options, folder });
  };
}
