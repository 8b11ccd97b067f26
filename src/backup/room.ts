// Is there room? Asked before the first byte is written, since the book itself may live on the same disk.
import { hasRoom, roomNeeded } from '../domain/disk.ts';
import { Problem } from '../domain/errors.ts';
import { says } from '../domain/message.ts';
import { roomOf } from '../files/room.ts';

/** @param bytes that are about to be written there */
export async function checkRoom(folder: string, bytes: number): Promise<void> {
  const disk = await roomOf(folder);
  if (hasRoom(disk, bytes)) return;
  throw new Problem(
    'unavailable',
    says('backup.no-room', { folder, needed: sizeText(roomNeeded(disk, bytes)), free: sizeText(disk.free) }),
  );
}

export function sizeText(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  return `${power === 0 ? bytes : (bytes / 1000 ** power).toFixed(1)} ${units[power] ?? ''}`;
}
