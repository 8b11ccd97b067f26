import { once } from 'node:events';
import { Problem } from '../domain/errors.ts';

export const STOPPED = new Problem('refused', 'Stopped. What was half done was taken away again.');

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Long work that can be told to stop, and tidies up then. Told once more, the process ends at once.
 * @param work stops by throwing what the signal says
 */
export async function untilTold<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const [told, done] = [new AbortController(), new AbortController()];
  for (const name of SIGNALS)
    once(process, name, { signal: done.signal }).then(
      () => told.abort(STOPPED),
      () => undefined,
    );
  try {
    return await work(told.signal);
  } finally {
    done.abort();
  }
}
