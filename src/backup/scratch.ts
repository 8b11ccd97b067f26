// Folders for what is only half done: for their owner's eyes only, held while they are in use, and taken away by the
// next who needs one where the last could not.
import { existsSync, lstatSync, mkdtempSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Problem } from '../domain/errors.ts';
import { says } from '../domain/message.ts';
import { syncFolder } from '../files/make-folder.ts';
import { holdAlone } from '../store/engine/exclusive.ts';

const HELD = 'in-use.lock';
const JUST_MADE_MS = 3_600_000;

export type Scratch = {
  readonly folder: string;
  /** The folder takes its place whole, where there is none yet or an empty one. */
  moveTo(place: string): Promise<void>;
  remove(): void;
};

/** @param prefix says whose they are: left-over ones of this user that begin so are removed */
export function scratchFolder(parent: string, prefix: string): Scratch {
  if (!existsSync(parent)) throw new Problem('unavailable', says('backup.folder-gone', { folder: parent }));
  for (const name of readdirSync(parent)) if (name.startsWith(prefix)) removeLeftOver(join(parent, name));
  // Only its owner may look in, whatever the umask.
  const folder = mkdtempSync(join(parent, prefix));
  const letGo = holdAlone(join(folder, HELD));
  if (letGo === null) throw new Error('a folder that was just made is held by another');
  return {
    folder,
    async moveTo(place) {
      letGo();
      rmSync(join(folder, HELD), { force: true });
      try {
        if (existsSync(place)) rmdirSync(place);
        renameSync(folder, place);
      } catch {
        throw new Problem('refused', says('backup.place-taken', { place }));
      }
      await syncFolder(dirname(place));
    },
    remove() {
      letGo();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function removeLeftOver(folder: string): void {
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  if (stats?.isDirectory() !== true || stats.uid !== (process.getuid?.() ?? stats.uid)) return;
  // One without is just being made, or was left where nothing could be written in it.
  if (!existsSync(join(folder, HELD))) {
    if (Date.now() - stats.mtimeMs > JUST_MADE_MS) rmSync(folder, { recursive: true, force: true });
    return;
  }
  const letGo = holdAlone(join(folder, HELD));
  if (letGo === null) return;
  letGo();
  rmSync(folder, { recursive: true, force: true });
}
