import type { Config } from '../config.ts';
import { BooksOnDemand } from '../transport/books-on-demand.ts';
import { serveOverStdio } from '../transport/stdio.ts';
import { checkLooks, lookForBackups } from './backup-looks.ts';
import { readToolsets } from './choices.ts';
import { lookAtBook } from './first-look.ts';
import { lateLog } from './late-log.ts';

/** Serves the book until the client goes away. */
export async function stdio(config: Config): Promise<number> {
  await checkLooks(config);
  const toolsets = readToolsets(config.toolsets);
  const open = async () => await (await import('./serving.ts')).serving(config);
  const books = new BooksOnDemand(await lookAtBook(config), open, { ...config, toolsets });
  await books.begin();
  const log = lateLog(config.logLevel);
  const stopLooking = lookForBackups(config, log);
  try {
    await serveOverStdio(books, log);
  } finally {
    stopLooking();
    await books.close();
    await log.written();
  }
  // oxlint-disable-next-line unicorn/no-process-exit -- answers that nobody takes, or books that are still being opened, would keep the process alive
  if (process.stdout.writableLength > 0 || books.isLeft) process.exit(0);
  return 0;
}
