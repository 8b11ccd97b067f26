import type { Config } from '../config.ts';
import type { Host } from '../server.ts';
import { sweepFiles } from '../services/files.ts';
import { serveOverStdio } from '../transport/stdio.ts';
import { openBook } from './book.ts';

/** Left-over bytes are looked for once the first answers are out. */
const SWEEP_AFTER_MS = 3000;

/** Serves the book until the client goes away. */
export async function stdio(config: Config): Promise<number> {
  const host = await openBook(config);
  const sweeping = setTimeout(() => void sweep(host), SWEEP_AFTER_MS).unref();
  try {
    await serveOverStdio(host);
  } finally {
    clearTimeout(sweeping);
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
