// Bytes are written here first and moved to their place whole, so that a kill leaves all of them or nothing. A draft is
// named after the process that writes it: one whose process is gone is left over.
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../domain/disk.ts';
import { writeThrough } from './write-through.ts';

/** A process that cannot be seen from here, in another container, has this long between two pieces of what it writes. */
const YOUNG_MS = 10_000;
/** No file takes longer, whoever writes it. */
const OLDEST_MS = 3_600_000;

/** Drafts of this process that are being written: its number may have been that of one that is gone. */
const writing = new Set<string>();

export function draftsFolder(folder: string): string {
  return join(folder, 'parts');
}

/** Writes the bytes and moves them to their place; where that fails, nothing is left behind. */
export async function writeWhole(folder: string, path: string, { name, bytes }: { name: string; bytes: Uint8Array }) {
  const draft = join(draftsFolder(folder), `${name}.${process.pid}.${crypto.randomUUID()}.part`);
  writing.add(draft);
  try {
    await writeThrough(draft, bytes);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw error;
  } finally {
    writing.delete(draft);
  }
}

/** Whether something is being written, or was left over. */
export async function hasDrafts(folder: string): Promise<boolean> {
  return (await readdir(draftsFolder(folder)).catch(() => [])).length > 0;
}

/** @param others drafts that stand elsewhere @returns how many were left over, and are gone now */
export async function removeLeftOver(folder: string, others: readonly string[], now: Date): Promise<number> {
  const names = await readdir(draftsFolder(folder)).catch(() => []);
  let removed = 0;
  for (const path of [...names.map((name) => join(draftsFolder(folder), name)), ...others]) {
    const age = await stat(path).then(
      ({ mtimeMs }) => now.getTime() - mtimeMs,
      () => null,
    );
    if (age === null || age < YOUNG_MS || (age < OLDEST_MS && isWritten(path))) continue;
    await rm(path, { force: true });
    removed += 1;
  }
  return removed;
}

/** Whether somebody may still be writing it. */
function isWritten(path: string): boolean {
  const pid = Number(/\.(\d+)\.[\da-f-]{36}\.part$/.exec(path)?.[1] ?? Number.NaN);
  if (pid === process.pid) return writing.has(path);
  if (Number.isNaN(pid)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}
