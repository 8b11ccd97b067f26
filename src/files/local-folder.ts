// Files in a folder of this machine: `<folder>/<account>/<first two of the hash>/<hash>`, for their owner's eyes only.
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileStore } from './file-store.ts';

export function localFolder(folder: string): FileStore {
  const place = (accountId: number, hash: string) => join(folder, String(accountId), hash.slice(0, 2), hash);
  return {
    async put(accountId, hash, bytes) {
      const path = place(accountId, hash);
      if ((await sizeOf(path)) === bytes.length) return;
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
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
    },
    async get(accountId, hash) {
      const bytes = await readFile(place(accountId, hash));
      if (createHash('sha256').update(bytes).digest('hex') !== hash) throw new Error('stored bytes were altered');
      return bytes;
    },
    async list(accountId) {
      const root = join(folder, String(accountId));
      const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
      const files = entries.filter((entry) => entry.isFile());
      return await Promise.all(
        files.map(async ({ name, parentPath }) => ({
          hash: name,
          storedAt: (await stat(join(parentPath, name))).mtime,
        })),
      );
    },
    async remove(accountId, hash) {
      await rm(place(accountId, hash), { force: true });
    },
  };
}

async function sizeOf(path: string): Promise<number | null> {
  return await stat(path).then(
    ({ size }) => size,
    () => null,
  );
}
