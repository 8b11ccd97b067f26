import type { Config } from '../config.ts';
import { serveOverStdio } from '../transport/stdio.ts';
import { checkLooks, lookForBackups } from './backup-looks.ts';
import { closeApp, openBook } from './book.ts';
import { tidyFiles } from './tidying.ts';

/** Serves the book until the client goes away. */
export async function stdio(config: Config): Promise<number> {
  await checkLooks(config);
  const book = await openBook(config);
  const stop = tidyFiles(book);
  const stopLooking = lookForBackups(config, book.log);
  try {
    await serveOverStdio(book);
  } finally {
    stopLooking();
    const tidied = stop();
    await closeApp(book);
    await tidied;
  }
  // oxlint-disable-next-line unicorn/no-process-exit -- answers that nobody takes would keep the process alive for good
  if (process.stdout.writableLength > 0) process.exit(0);
  return 0;
}
