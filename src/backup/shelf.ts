// The backups of one book in a folder, told by what is in them and never by their names.
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readEnvelope } from './read.ts';
import type { PublicKey } from './signing.ts';

export type OnShelf = { readonly path: string; readonly madeAt: string };

/**
 * Whole archives that this book signed, in no order. Whatever else is there is passed over: backups of other books, ones
 * that were cut off, links.
 */
export async function archivesOf(
  folder: string,
  { book, publicKey }: { book: string; publicKey: PublicKey },
): Promise<OnShelf[]> {
  const found: OnShelf[] = [];
  for (const name of await readdir(folder)) {
    if (name.endsWith('.part')) continue;
    const path = join(folder, name);
    const stats = await lstat(path).catch(() => null);
    if (stats?.isFile() !== true) continue;
    const envelope = await readEnvelope(path).catch(() => null);
    if (envelope === null || envelope.length !== stats.size) continue;
    const { manifest } = envelope;
    if (manifest.book === book && manifest.publicKey === publicKey) found.push({ path, madeAt: manifest.madeAt });
  }
  return found;
}

/** The newest that is not of the future; null where there is none. */
export function newestOf(archives: readonly OnShelf[], now: Date): OnShelf | null {
  const past = archives.filter(({ madeAt }) => Date.parse(madeAt) <= now.getTime());
  return past.toSorted((left, right) => right.madeAt.localeCompare(left.madeAt))[0] ?? null;
}
