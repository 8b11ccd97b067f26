// Files in a folder of this machine: `<folder>/<account>/<first two of the hash>/<hash>`, for their owner's eyes only.
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileStore } from './file-store.ts';

export function localFolder(folder: string): FileStore {
  const place = (accountId: number, name: string) => join(folder, String(accountId), name.slice(0, 2), name);
  return {
    async put(accountId, hash, bytes) {
      const path = place(accountId, hash);
      if ((await isKept(path, hash)) && (await isRenewed(path))) return;
      const made = await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      // Written beside its place and moved there whole, so that a kill leaves all of it or nothing.
      const draft = `${path}.${randomUUID()}.part`;
      const file = await open(draft, 'wx', 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(draft, path);
      await syncFolders(dirname(path), made === undefined ? dirname(path) : dirname(made));
    },
    async get(accountId, hash) {
      const bytes = await readFile(place(accountId, hash));
      if (hashOf(bytes) !== hash) throw new Error('stored bytes were altered');
      return bytes;
    },
    async list(accountId) {
      const root = join(folder, String(accountId));
      const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
      const found = await Promise.all(
        entries
          .filter((entry) => entry.isFile())
          .map(async ({ name, parentPath }) => ({ name, storedAt: await timeOf(join(parentPath, name)) })),
      );
      return found.flatMap(({ name, storedAt }) => (storedAt === null ? [] : [{ name, storedAt }]));
    },
    async removeOlder(accountId, name, before) {
      const path = place(accountId, name);
      const storedAt = await timeOf(path);
      if (storedAt === null || storedAt >= before) return false;
      // Out of the way first: who stores the same bytes from now on writes them anew, and who did since is seen now.
      const aside = `${path}.${randomUUID()}.part`;
      if (!(await isMoved(path, aside))) return false;
      const movedAt = await timeOf(aside);
      if (movedAt !== null && movedAt >= before) {
        await rename(aside, path);
        return false;
      }
      await rm(aside, { force: true });
      return true;
    },
  };
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

async function isMoved(from: string, to: string): Promise<boolean> {
  return await done(rename(from, to));
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

/** A file is there after a power cut only once the folder that names it is, and the folder that names that one. */
async function syncFolders(from: string, upTo: string): Promise<void> {
  for (let folder = from; folder.length >= upTo.length; folder = dirname(folder)) {
    // Windows opens no folders, and writes them by itself.
    const handle = await open(folder, 'r').catch(() => null);
    if (handle === null) return;
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (folder === dirname(folder)) return;
  }
}
