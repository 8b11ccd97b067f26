// The books with what is done about their files beside answering; loaded when something is asked of them.
import type { Config } from '../config.ts';
import type { Session } from '../server/session.ts';
import { closeApp, openBook } from './book.ts';
import { tidyFiles } from './tidying.ts';

export async function serving(config: Config): Promise<{ session: Session; end: () => Promise<void> }> {
  const book = await openBook(config);
  const stop = tidyFiles(book);
  const end = async () => {
    const tidied = stop();
    await closeApp(book);
    await tidied;
  };
  return { session: book, end };
}
