// Files in a folder of this machine: `<folder>/<account>/<first two of the hash>/<hash>`, for their owner's eyes only.
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, readdir, readFile, realpath, rename, stat, utimes, type FileHandle } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { codeOf, diskProblem, hasRoom } from '../domain/disk.ts';
import { Problem } from '../domain/errors.ts';
import { says } from '../domain/message.ts';
import { besideIn, dropBeside } from './beside.ts';
import { draftsFolder, removeLeftOver, writeWhole } from './drafts.ts';
import type { FileStore, Marker } from './file-store.ts';
import { lastingFolders, syncFolder } from './make-folder.ts';
import { lockOfMarker, markerIn } from './marker.ts';
import { roomOf } from './room.ts';
import { daysOf, trashIn, trashPath } from './trash.ts';

/** A hash, or a draft of it that an early version wrote beside it. */
const KEPT = /^[\da-f]{64}(\.[\da-f-]+\.part)?$/;

/** It knows whose files lie in it. */
type LocalFolder = FileStore & { readonly marker: Marker };

type Options = {
  /** Nothing is written: what lies in the trash is read there. */
  readonly isReadOnly?: boolean;
  /** Writes out what a folder names. */
  readonly sync?: (folder: string) => Promise<void>;
};

export function localFolder(named: string, { isReadOnly = false, sync = syncFolder }: Options = {}): LocalFolder {
  const folder = resolve(named);
  const place = (accountId: number, name: string) => join(folder, String(accountId), name.slice(0, 2), name);
  const trash = trashIn(folder);
  const lasting = lastingFolders(folder, sync);
  const keep = keeping(folder, { lasting, sync });
  const get: FileStore['get'] = async (accountId, hash) => {
    const path = place(accountId, hash);
    const bytes = await readPlain(path).catch(async (error: unknown) => {
      const found = codeOf(error) === 'ENOENT' ? await fromTrash(folder, accountId, hash) : null;
      if (found === null) throw error;
      // What cannot be put back is read from there again the next time.
      if (!isReadOnly)
        await keep(path, hash, found.bytes)
          .then(async () => await trash.remove(found.item))
          .catch(() => undefined);
      return found.bytes;
    });
    if (hashOf(bytes) !== hash) throw new Error('stored bytes were altered');
    return bytes;
  };
  return {
    trash,
    marker: markerIn(folder),
    async put(accountId, hash, bytes) {
      if (isReadOnly) throw new Problem('unavailable', says('disk.data-folder-read-only'));
      await keep(place(accountId, hash), hash, bytes);
    },
    get,
    async stream(accountId, hash) {
      const path = place(accountId, hash);
      // What lies in the trash is put back first.
      const file = await openPlain(path).catch(async () => {
        await get(accountId, hash);
        return await openPlain(path).catch(() => null);
      });
      return file === null ? new Blob([Buffer.from(await get(accountId, hash))]).stream() : await whole(file, hash);
    },
    beside: besideIn({ folder, isReadOnly, place, lasting, read: readPlain }),
    list: async (accountId) => await everythingIn(join(folder, String(accountId))),
    async held(accountId, hashes) {
      const there = await Promise.all(hashes.map(async (hash) => (await timeOf(place(accountId, hash))) !== null));
      return new Set(hashes.filter((_, at) => there[at]));
    },
    async discard(accountId, name, before, day) {
      const aside = trashPath(folder, { day, accountId, name });
      return await setAside({ path: place(accountId, name), aside, before }, { lasting, sync });
    },
    removeDrafts: async (now) => await removeLeftOver(folder, [lockOfMarker(folder)], now),
    async place() {
      const real = await realpath(folder).catch(() => null);
      if (real === null) return null;
      // Neither its path nor its device: two containers see one folder under different ones.
      const { ino } = await stat(real, { bigint: true });
      return String(ino);
    },
  };
}

type Keeping = {
  readonly lasting: (folder: string) => Promise<void>;
  readonly sync: (folder: string) => Promise<void>;
};

/** @returns false where nothing lies there, or it was stored anew meanwhile */
async function setAside(
  { path, aside, before }: { readonly path: string; readonly aside: string; readonly before: Date },
  { lasting, sync }: Keeping,
): Promise<boolean> {
  const storedAt = await timeOf(path);
  if (storedAt === null || storedAt >= before) return false;
  await lasting(dirname(aside));
  // Out of the way first: who stores the same bytes from now on writes them anew, and who did since is seen now.
  if (!(await done(rename(path, aside)))) return false;
  const movedAt = await timeOf(aside);
  if (movedAt === null || movedAt < before) {
    await dropBeside(path);
    await sync(dirname(aside));
    return true;
  }
  await rename(aside, path);
  return false;
}

/** @returns what keeps bytes in their place for good, or says in words what the disk refused */
function keeping(folder: string, { lasting, sync }: Keeping) {
  const room = roomIn(folder);
  return async (path: string, hash: string, bytes: Uint8Array): Promise<void> => {
    try {
      if (!(await isKept(path, hash)) || !(await isRenewed(path)))
        await room(bytes.length, async () => {
          await lasting(dirname(path));
          await lasting(draftsFolder(folder));
          await writeWhole(folder, path, { name: hash, bytes });
        });
      // Where they were kept already, whoever put them there may not have come to this yet.
      await lasting(dirname(path));
      await sync(dirname(path));
    } catch (error) {
      throw notThere(error) ?? diskProblem(codeOf(error)) ?? error;
    }
  };
}

async function readPlain(path: string): Promise<Buffer> {
  const file = await openPlain(path);
  try {
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/** @throws Error where it is no file: a pipe in its place would never be done with */
async function openPlain(path: string): Promise<FileHandle> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw new Error('what is kept there is no file');
}

/** Read twice: nothing is handed on of what was altered. Closes the file once all of it is taken, or nobody wants more. */
async function whole(file: FileHandle, hash: string): Promise<ReadableStream<Uint8Array>> {
  try {
    const digest = createHash('sha256');
    for await (const piece of file.createReadStream({ start: 0, autoClose: false })) digest.update(Buffer.from(piece));
    if (digest.digest('hex') !== hash) throw new Error('stored bytes were altered');
    return Readable.toWeb(file.createReadStream({ start: 0 }), { type: 'bytes' });
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** A folder that leads to a disk which is not there just now. */
function notThere(error: unknown): Problem | null {
  if (!['ENOENT', 'ENOTDIR', 'ELOOP', 'EEXIST'].includes(codeOf(error))) return null;
  return new Problem('unavailable', says('disk.files-folder-gone'));
}

/**
 * Keeps what is written within the room that the disk has.
 * @returns what runs such a write, of so many bytes; it throws ENOSPC in words where there is no room for them
 */
function roomIn(folder: string) {
  // Several at once must not each count on the same room.
  let inFlight = 0;
  return async (bytes: number, write: () => Promise<void>): Promise<void> => {
    inFlight += bytes;
    try {
      const disk = await roomOf(folder).catch(async () => await roomOf(dirname(folder)).catch(() => null));
      if (disk !== null && !hasRoom(disk, inFlight)) throw diskProblem('ENOSPC') ?? new Error('no room');
      await write();
    } finally {
      inFlight -= bytes;
    }
  };
}

/** Folder by folder, so that whoever wants to read a file meanwhile has a turn. */
async function everythingIn(root: string): Promise<{ name: string; storedAt: Date }[]> {
  const found: { name: string; storedAt: Date }[] = [];
  for (const group of await readdir(root).catch(() => [])) {
    const names = await readdir(join(root, group)).catch(() => []);
    const times = await Promise.all(
      names
        .filter((name) => KEPT.test(name))
        .map(async (name) => ({ name, storedAt: await timeOf(join(root, group, name)) })),
    );
    found.push(...times.flatMap(({ name, storedAt }) => (storedAt === null ? [] : [{ name, storedAt }])));
  }
  return found;
}

async function fromTrash(folder: string, accountId: number, hash: string) {
  for (const day of await daysOf(folder)) {
    const item = { day, accountId, name: hash };
    const bytes = await readFile(trashPath(folder, item)).catch(() => null);
    if (bytes !== null && hashOf(bytes) === hash) return { item, bytes };
  }
  return null;
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Bytes that were damaged meanwhile are not kept: storing them again mends them. */
async function isKept(path: string, hash: string): Promise<boolean> {
  return await readFile(path).then(
    (bytes) => hashOf(bytes) === hash,
    () => false,
  );
}

/** False where a sweep took them meanwhile. */
async function isRenewed(path: string): Promise<boolean> {
  const now = new Date();
  return await done(utimes(path, now, now));
}

async function done(step: Promise<void>): Promise<boolean> {
  return await step.then(
    () => true,
    () => false,
  );
}

async function timeOf(path: string): Promise<Date | null> {
  return await stat(path).then(
    ({ mtime }) => mtime,
    () => null,
  );
}
