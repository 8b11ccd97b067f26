import type { Config } from '../config.ts';
import { serveOverStdio } from '../transport/stdio.ts';
import { openBook } from './book.ts';

/** Serves the book until the client goes away. */
export async function stdio(config: Config): Promise<number> {
  const host = await openBook(config);
  try {
    await serveOverStdio(host);
  } finally {
    await host.store.close();
  }
  return 0;
}
