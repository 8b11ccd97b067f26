// Time in tests. Nothing waits a fixed time for what happens meanwhile: it waits until that has happened.
import { setTimeout as pause } from 'node:timers/promises';

/** Waits until it is so. @throws where it is not by then */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  { within: most = 20_000, every = 10 }: { readonly within?: number; readonly every?: number } = {},
): Promise<void> {
  const end = performance.now() + most;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`after ${most} ms it is still not so: ${String(isSo)}`);
    await pause(every);
  }
}

/** What it comes to, or the other where that takes longer. */
export async function within<T, O>(ms: number, awaited: Promise<T>, otherwise: O): Promise<T | O> {
  const ending = new AbortController();
  const late = pause(ms, otherwise, { signal: ending.signal });
  late.catch(() => undefined);
  try {
    return await Promise.race([awaited, late]);
  } finally {
    ending.abort();
  }
}

/**
 * Lets time pass, where time itself is what is tested, or that nothing happens in it.
 * @param because what it is about, for whoever reads the test
 */
export async function letPass(ms: number, because: string): Promise<void> {
  if (because.trim() === '') throw new Error('time passes in a test for a reason alone');
  await pause(ms);
}

/** What it comes to, and how long that took. */
export async function timed<T>(work: Promise<T>): Promise<{ answer: T; ms: number }> {
  const began = performance.now();
  return { answer: await work, ms: performance.now() - began };
}
