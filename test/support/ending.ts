// What a test opens is closed when it ends; what several tests of a file share, when the file says so.
import { onTestFinished } from 'vitest';

type Work = () => unknown;
let shared: Work[] | null = null;

export function whenDone(work: Work): void {
  if (shared !== null) shared.push(work);
  else onTestFinished(async () => void (await work()));
}

/** For `beforeAll`: `end` is for `afterAll`, and closes in the opposite order. */
export async function sharing<T>(open: () => Promise<T>): Promise<{ opened: T; end: () => Promise<void> }> {
  const works: Work[] = [];
  shared = works;
  try {
    const opened = await open();
    return {
      opened,
      end: async () => {
        for (const work of works.toReversed()) await work();
      },
    };
  } finally {
    shared = null;
  }
}

/** Whether a process has not ended yet. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
