import type { Config } from '../config.ts';
import type { Host } from '../server.ts';
import { sweepFiles } from '../services/files.ts';
import { serveOverStdio } from '../transport/stdio.ts';
import { openBook } from './book.ts';

/** Left-over bytes are looked for once the first answers are out, and daily from then on. */
const FIRST_SWEEP_MS = 3000;
const NEXT_SWEEP_MS = 24 * 60 * 60 * 1000;

/** Serves the book until the client goes away. */
export async function stdio(config: Config): Promise<number> {
  const host = await openBook(config);
  const soon = setTimeout(() => void sweep(host), FIRST_SWEEP_MS).unref();
  const daily = setInterval(() => void sweep(host), NEXT_SWEEP_MS).unref();
  try {
    await serveOverStdio(host);
  } finally {
    clearTimeout(soon);
    clearInterval(daily);
    await host.store.close();
  }
  return 0;
}

/** Tidying never ends the server; what it could not do is done another day. */
async function sweep(host: Host): Promise<void> {
  if (host.readOnly) return;
  try {
    const removed = await sweepFiles(host, new Date());
    if (removed > 0) host.log.info(`left-over files removed: ${removed}`);
  } catch (error) {
    host.log.error(`left-over files not removed: ${error instanceof Error ? error.name : 'unknown'}`);
  }
}
