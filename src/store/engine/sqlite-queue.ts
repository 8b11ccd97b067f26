// Whose turn it is on a connection, and how long anybody waits for another process that holds the book.
import { setTimeout as pause } from 'node:timers/promises';
import { BREATH_MS } from './breathing.ts';
import { breathe } from './many.ts';
import { held, shuttingDown } from './held.ts';
import { PATIENCE_MS } from './patience.ts';
import { isBusy } from './sqlite-errors.ts';

export type Queue = <T>(task: () => Promise<T>) => Promise<T>;

/** First come, first served; one at a time. A long queue must not stop the process, so that it pauses now and then. */
export function queue(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  let breathed = performance.now();
  const pauseWhenLong = async () => {
    if (performance.now() - breathed < BREATH_MS) return;
    await breathe();
    breathed = performance.now();
  };
  return <T>(task: () => Promise<T>): Promise<T> => {
    const turn = last.then(task, task);
    last = turn.then(pauseWhenLong, pauseWhenLong);
    return turn;
  };
}

export type LockWait = {
  <T>(task: () => Promise<T>, until?: number): Promise<T>;
  /** Whoever waits is told that the book is held; nobody waits from now on, and nothing more begins. */
  giveUp(): void;
};

/** Tries again, with jitter, while another process holds the book. BEGIN IMMEDIATE fails before any work is done. */
export function waiting(): LockWait {
  const ending = new AbortController();
  const hasEnded = () => ending.signal.aborted;
  const patiently = async <T>(task: () => Promise<T>, until = performance.now() + PATIENCE_MS): Promise<T> => {
    if (hasEnded()) throw shuttingDown();
    for (;;) {
      try {
        return await task();
      } catch (error) {
        if (!isBusy(error)) throw error;
        if (performance.now() > until || hasEnded()) throw held();
        await pause(5 + Math.random() * 25, undefined, { signal: ending.signal }).catch(() => undefined);
      }
    }
  };
  return Object.assign(patiently, { giveUp: () => ending.abort() });
}
