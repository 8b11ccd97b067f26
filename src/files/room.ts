import { statfs } from 'node:fs/promises';
import type { DiskRoom } from '../domain/disk.ts';

/** Of the disk that a folder is on. @throws Error of the disk, also where the folder is not there */
export async function roomOf(folder: string): Promise<DiskRoom> {
  const { blocks, bavail, bsize } = await statfs(folder);
  return { size: blocks * bsize, free: bavail * bsize };
}
