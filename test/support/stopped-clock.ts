// The hour of this process, which stands still until a test moves it.
import { onTestFinished, vi } from 'vitest';

export const HOUR = 60 * 60;

export function stoppedClock(): { later: (seconds: number) => void } {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  onTestFinished(() => void vi.useRealTimers());
  return { later: (seconds) => void vi.setSystemTime(Date.now() + seconds * 1000) };
}
