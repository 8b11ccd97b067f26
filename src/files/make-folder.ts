// Folders that are still there after a power cut: a folder is, once the one that names it was written out too.
import { existsSync } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes the folder, for its owner's eyes only, and writes out every folder on the way that was made for it.
 * Level by level: asked for all at once, Node never comes back where the system has no place for one, as in /proc.
 */
export async function makeFolder(folder: string): Promise<void> {
  if (existsSync(folder)) return;
  const above = dirname(folder);
  if (above !== folder) await makeFolder(above);
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    // Another program may have made it meanwhile.
    if (!existsSync(folder)) throw error;
  }
  await syncFolder(above);
}

/** Writes out what a folder names. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders, and writes them by itself.
  const handle = await open(folder, 'r').catch(() => null);
  if (handle === null) return;
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
