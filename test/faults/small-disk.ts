// A disk of the system itself that is small, which root alone may mount.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const SIZE = '24m';

function mounted(): { disk: string; end: () => void } | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  const disk = mkdtempSync(join(tmpdir(), 'jobwright-small-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', disk], { stdio: 'ignore' });
  } catch {
    rmSync(disk, { recursive: true });
    return null;
  }
  const end = () => {
    execFileSync('umount', ['--lazy', disk]);
    rmSync(disk, { recursive: true });
  };
  return { disk, end };
}

/** Whether this user may have one here; containers often forbid it to root too. */
export function maySmallDisk(): boolean {
  const tried = mounted();
  tried?.end();
  return tried !== null;
}

/** For one test: the folder that it is mounted on. */
export function smallDisk(): string {
  const small = mounted();
  if (small === null) throw new Error('it could be mounted a moment ago');
  onTestFinished(small.end);
  return small.disk;
}

/** Closed to writing for the rest of the test, where the system allows that. */
export function closeDisk(disk: string): void {
  execFileSync('mount', ['-o', 'remount,ro', disk], { stdio: 'ignore' });
}
