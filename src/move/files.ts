// The bytes of files, from wherever they are kept to wherever they are to be: read by their hash, and read back there.
import type { LostFile } from '../backup/manifest.ts';
import { codeOf } from '../domain/disk.ts';
import { Problem } from '../domain/errors.ts';
import { says } from '../domain/message.ts';
import type { FileStore } from '../files/file-store.ts';
import type { Progressed } from './copy.ts';

type Doing = { readonly id: number; readonly signal: AbortSignal; readonly step: Progressed };

/**
 * @param files what the account's books need, by hash
 * @returns what was gone or damaged before
 * @throws Problem where one cannot be read back
 */
export async function moveFiles(
  { from, to }: { readonly from: FileStore; readonly to: FileStore },
  files: ReadonlyMap<string, number>,
  { id, signal, step }: Doing,
): Promise<{ readonly lost: readonly LostFile[] }> {
  const lost: LostFile[] = [];
  let done = 0;
  for (const [hash, size] of files) {
    signal.throwIfAborted();
    const bytes = await readOf(from, id, hash);
    if (typeof bytes === 'string') lost.push({ account: id, hash, size, is: bytes });
    else if (bytes.length !== size) lost.push({ account: id, hash, size, is: 'damaged' });
    else if (from !== to) {
      await to.put(id, hash, bytes);
      await readBack(to, id, hash);
    }
    done += 1;
    step(`Moving files of account ${id}`, done, files.size);
  }
  return { lost };
}

/** @throws Error where it cannot be known whether it is there and whole */
async function readOf(store: FileStore, account: number, hash: string): Promise<Uint8Array | LostFile['is']> {
  try {
    return await store.get(account, hash);
  } catch (error) {
    const code = codeOf(error);
    if (error instanceof Problem || ['EMFILE', 'ENFILE', 'EACCES', 'EPERM'].includes(code)) throw error;
    return code === 'ENOENT' ? 'missing' : 'damaged';
  }
}

async function readBack(store: FileStore, account: number, hash: string): Promise<void> {
  try {
    await store.get(account, hash);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('unavailable', says('move.file-differs', { account, hash: hash.slice(0, 12) }));
  }
}
