// What was found out about bytes once lies beside them, under their name and an ending. It can be made again, so nothing
// waits for it to be written out, and where the disk refuses it, it is not there.
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { draftsFolder, writeWhole } from './drafts.ts';
import type { Beside } from './file-store.ts';

const ENDINGS = ['note', 'copy'] as const;

type Folder = {
  readonly folder: string;
  readonly isReadOnly: boolean;
  /** Where the bytes themselves lie. */
  readonly place: (accountId: number, hash: string) => string;
  readonly lasting: (folder: string) => Promise<void>;
  readonly read: (path: string) => Promise<Uint8Array>;
};

export function besideIn({ folder, isReadOnly, place, lasting, read }: Folder): Beside {
  return {
    get: async (accountId, hash, what) => await read(`${place(accountId, hash)}.${what}`).catch(() => null),
    async put(accountId, hash, what, bytes) {
      if (isReadOnly) return;
      const path = `${place(accountId, hash)}.${what}`;
      try {
        await lasting(dirname(path));
        await lasting(draftsFolder(folder));
        await writeWhole(folder, path, { name: hash, bytes });
      } catch {
        // It is made again.
      }
    },
  };
}

/** It goes with the bytes at this path. */
export async function dropBeside(path: string): Promise<void> {
  for (const what of ENDINGS) await rm(`${path}.${what}`, { force: true }).catch(() => undefined);
}
