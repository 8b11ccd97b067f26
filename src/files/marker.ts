// The note in the files' folder of whose they are. It is written whole or not at all, and only rises, whichever of
// several processes writes it.
import { open, readFile, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { codeOf } from '../domain/disk.ts';
import type { Mark, Marker } from './file-store.ts';
import { syncFolder } from './make-folder.ts';

/** A draft that is older was left by a process that was killed. */
const ABANDONED_MS = 2000;
const BETWEEN_TRIES_MS = 10;

/** The draft of it, which whoever writes it holds alone. */
export function draftOfMarker(folder: string): string {
  return `${markerFile(folder)}.part`;
}

function markerFile(folder: string): string {
  return join(folder, 'book.json');
}

export function markerIn(folder: string): Marker {
  let last: Promise<void> = Promise.resolve();
  return {
    read: async () => await read(markerFile(folder)),
    raise: async (mark) => {
      const turn = last.then(async () => await raise(folder, mark));
      last = turn.catch(() => undefined);
      await turn;
    },
  };
}

async function read(file: string): Promise<Mark | 'none' | 'unreadable'> {
  try {
    return parsed(await readFile(file, 'utf8')) ?? 'unreadable';
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? 'none' : 'unreadable';
  }
}

function parsed(text: string): Mark | null {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || !('identity' in value) || !('writeNumber' in value)) return null;
  const { identity, writeNumber } = value;
  if (typeof identity !== 'string' || typeof writeNumber !== 'number' || !Number.isSafeInteger(writeNumber))
    return null;
  return { identity, writeNumber };
}

async function raise(folder: string, mark: Mark): Promise<void> {
  const file = markerFile(folder);
  if (!isBelow(await read(file), mark)) return;
  const path = draftOfMarker(folder);
  const draft = await openAlone(path);
  try {
    // Asked again: another process may have raised it before this one had its turn.
    const isWanted = isBelow(await read(file), mark);
    if (isWanted) {
      await draft.writeFile(`${JSON.stringify(mark)}\n`);
      await draft.sync();
    }
    await draft.close();
    if (isWanted) await rename(path, file);
    else await rm(path, { force: true });
  } catch (error) {
    await draft.close().catch(() => undefined);
    await rm(path, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(dirname(file));
}

function isBelow(found: Mark | 'none' | 'unreadable', mark: Mark): boolean {
  if (found === 'none') return true;
  return found !== 'unreadable' && found.identity === mark.identity && found.writeNumber < mark.writeNumber;
}

/** Waits for another process that writes the note. */
async function openAlone(path: string): Promise<FileHandle> {
  for (;;) {
    try {
      return await open(path, 'wx', 0o600);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    const since = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => null,
    );
    if (since !== null && Math.abs(Date.now() - since) > ABANDONED_MS) await rm(path, { force: true });
    await pause(BETWEEN_TRIES_MS);
  }
}
