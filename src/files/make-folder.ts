// Folders that are still there after a power cut: a folder is, once the one that names it was written out too.
import { existsSync } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from '../domain/disk.ts';

/**
 * Makes the folder, for its owner's eyes only, and writes out every folder on the way that was made for it.
 * Level by level: asked for all at once, Node never comes back where the system has no place for one, as in /proc.
 */
export async function makeFolder(folder: string, sync = syncFolder): Promise<void> {
  if (existsSync(folder)) return;
  const above = dirname(folder);
  if (above !== folder) await makeFolder(above, sync);
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    // Another program may have made it meanwhile.
    if (!existsSync(folder)) throw error;
  }
  await sync(above);
}

/**
 * Makes folders within `top`, and `top` itself, and comes back once this process knows that they are written out: who
 * made a folder may not have come to that yet, another caller or another process alike. Each is asked for once.
 */
export function lastingFolders(top: string, sync: (folder: string) => Promise<void>) {
  const known = new Map<string, Promise<void>>();
  const inFlight = new Set<Promise<void>>();
  const last = async (folder: string): Promise<void> => {
    const before = known.get(folder);
    // One that somebody took away since is made anew.
    const made = before !== undefined && (inFlight.has(before) || existsSync(folder)) ? before : make(folder);
    if (made !== before) {
      known.set(folder, made);
      inFlight.add(made);
    }
    try {
      await made;
    } catch (error) {
      if (known.get(folder) === made) known.delete(folder);
      throw error;
    } finally {
      inFlight.delete(made);
    }
  };
  const make = async (folder: string): Promise<void> => {
    const above = dirname(folder);
    if (folder === top) await makeFolder(above, sync);
    else await last(above);
    try {
      await mkdir(folder, { mode: 0o700 });
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    await sync(above);
  };
  return last;
}

/** Writes out what a folder names. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch((error: unknown) => {
    // Windows opens no folders, and writes them by itself; one above ours may be for others alone to read.
    if (['EACCES', 'EPERM', 'EISDIR'].includes(codeOf(error))) return null;
    throw error;
  });
  if (handle === null) return;
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
