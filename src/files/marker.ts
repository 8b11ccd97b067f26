// The note in the files' folder of whose they are. It is written whole or not at all, and only rises, whichever of
// several processes writes it.
import { lstat, open, readFile, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { codeOf } from '../domain/disk.ts';
import { draftsFolder } from './drafts.ts';
import type { FilesMark, Marker } from './file-store.ts';
import { syncFolder } from './make-folder.ts';
import { writeThrough } from './write-through.ts';

/** A lock that is older was left by a process that was killed. */
const ABANDONED_MS = 2000;
const BETWEEN_TRIES_MS = 10;

/** Which whoever writes the note holds alone. */
export function lockOfMarker(folder: string): string {
  return `${markerFile(folder)}.lock`;
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

async function read(file: string): Promise<FilesMark | 'none' | 'unreadable'> {
  try {
    return parsedMark(await readFile(file, 'utf8')) ?? 'unreadable';
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? 'none' : 'unreadable';
  }
}

/** @throws SyntaxError */
export function parsedMark(text: string): FilesMark | null {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || !('identity' in value) || !('writeNumber' in value)) return null;
  const { identity, writeNumber } = value;
  if (typeof identity !== 'string' || typeof writeNumber !== 'number' || !Number.isSafeInteger(writeNumber))
    return null;
  const keptBy = 'keptBy' in value ? keptByIn(value.keptBy) : undefined;
  return { identity, writeNumber, ...(keptBy === undefined ? {} : { keptBy }) };
}

function keptByIn(value: unknown): FilesMark['keptBy'] {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!('account' in value && 'change' in value && 'hash' in value)) return undefined;
  const { account, change, hash } = value;
  const isRight = Number.isSafeInteger(account) && Number.isSafeInteger(change) && typeof hash === 'string';
  return isRight ? { account: Number(account), change: Number(change), hash } : undefined;
}

async function raise(folder: string, mark: FilesMark): Promise<void> {
  const file = markerFile(folder);
  for (;;) {
    if (!isBelow(await read(file), mark)) return;
    const lock = await openAlone(lockOfMarker(folder));
    const draft = join(draftsFolder(folder), `book.json.${process.pid}.${crypto.randomUUID()}.part`);
    try {
      // Asked again: another process may have raised it before this one had its turn.
      if (!isBelow(await read(file), mark)) return;
      await writeThrough(draft, `${JSON.stringify(mark)}\n`);
      // Who was so slow that it was taken for dead begins again.
      if (!(await isHeld(lock, folder))) continue;
      await rename(draft, file);
      await syncFolder(dirname(file));
      return;
    } finally {
      await rm(draft, { force: true }).catch(() => undefined);
      if (await isHeld(lock, folder)) await rm(lockOfMarker(folder), { force: true }).catch(() => undefined);
      await lock.close();
    }
  }
}

/** Whether the lock is still the one that was taken. */
async function isHeld(lock: FileHandle, folder: string): Promise<boolean> {
  const [own, there] = await Promise.all([lock.stat(), stat(lockOfMarker(folder)).catch(() => null)]);
  return there !== null && there.ino === own.ino;
}

export function isBelow(found: FilesMark | 'none' | 'unreadable', mark: FilesMark): boolean {
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
    const since = await lstat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => null,
    );
    if (since !== null && Math.abs(Date.now() - since) > ABANDONED_MS) await rm(path, { force: true });
    await pause(BETWEEN_TRIES_MS);
  }
}
