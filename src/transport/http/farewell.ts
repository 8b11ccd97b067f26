// An orderly end waits for the calls under way. What waits longer, as for a database that says nothing, gives up and is
// told so, before the lines to whoever asked are closed.
import { setTimeout as pause } from 'node:timers/promises';
import type { App } from '../../server/session.ts';

/** What is still under way may take this long once the end was asked for. */
const FAREWELL_MS = 7000;
/** And the answers of those that were told to wait no longer. */
const LAST_WORDS_MS = 500;
const BETWEEN_MS = 20;

/** @returns until when answers are to be taken, by `Date.now()` */
export async function untilAnswered({ inFlight, store }: Pick<App, 'inFlight' | 'store'>): Promise<number> {
  const until = Date.now() + FAREWELL_MS;
  while (inFlight.size > 0 && Date.now() < until) await pause(BETWEEN_MS);
  if (inFlight.size > 0) await store.close();
  const atLast = Math.max(until, Date.now() + LAST_WORDS_MS);
  while (inFlight.size > 0 && Date.now() < atLast) await pause(BETWEEN_MS);
  return atLast;
}
