// The same book once more, for a test that changes what another one still needs.
import { openBook, type TypedBook } from './answers.ts';
import { type Book, type BookOptions, tempFolder } from './book.ts';
import { copyBook } from './store.ts';

/** In a folder of its own. */
export async function copyOf(
  book: Pick<Book, 'folder'>,
  options: Omit<BookOptions, 'folder'> = {},
): Promise<TypedBook> {
  const folder = tempFolder();
  await copyBook(book, { folder });
  return await openBook({ ...options, folder });
}
