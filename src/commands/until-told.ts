import { once } from 'node:events';
import { Problem } from '../domain/errors.ts';
import { says } from '../domain/message.ts';

export const STOPPED = new Problem('refused', says('backup.stopped'));

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
