// Is there room? Asked before the first byte is written, since the book itself may live on the same disk.
import { statfs } from 'node:fs/promises';
import { Problem } from '../domain/errors.ts';

/** So much stays free for the book itself. */
const RESERVE = 32 * 1024 * 1024;

/** @param bytes that are about to be written there */
export async function checkRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= bytes + RESERVE) return;
  throw new Problem(
    'unavailable',
    `There is no room in ${folder}: ${inWords(bytes + RESERVE)} are needed and ${inWords(free)} are free. Nothing was written; free some space and try again.`,
  );
}

export function inWords(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  return `${power === 0 ? bytes : (bytes / 1000 ** power).toFixed(1)} ${units[power] ?? ''}`;
}
