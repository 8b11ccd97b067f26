// What a disk refuses: alike for the book and for the files beside it.
import { Problem } from './errors.ts';
import { says, type Message } from './message.ts';
import type { DiskFault } from './messages/disk.ts';

/** Whether what was being done is known not to have been kept, or may have been. */
export type WasKept = 'nothing' | 'unknown';

/** By the system's own name of the error; what is not here is no fault of a disk. */
const FAULTS: Readonly<Record<string, DiskFault>> = {
  ENOSPC: 'full',
  EDQUOT: 'quota',
  EFBIG: 'file-too-large',
  EROFS: 'read-only',
  EACCES: 'not-allowed',
  EPERM: 'not-allowed',
  EMFILE: 'files-open',
  ENFILE: 'files-open-on-machine',
  EIO: 'error',
};

/**
 * @param code as the system names it, like ENOSPC
 * @returns null for any other code
 */
export function diskMessage(code: string, kept: WasKept = 'nothing'): Message | null {
  const fault = FAULTS[code];
  if (fault === undefined) return null;
  return says(kept === 'nothing' ? 'disk.not-saved' : 'disk.not-known-whether-saved', { fault });
}

/** The same as an error. */
export function diskProblem(code: string, kept: WasKept = 'nothing'): Problem | null {
  const said = diskMessage(code, kept);
  return said === null ? null : new Problem('unavailable', said);
}

/** Room that files and backups leave to the book, which must go on when they cannot. */
const RESERVE_BYTES = 20_000_000;

export type DiskRoom = {
  /** In bytes, as all others; 0 where the disk does not tell. */
  readonly size: number;
  readonly free: number;
};

/** What must be free for so many bytes: what is left to the book is 20 MB; of a small disk a tenth. */
export function roomNeeded({ size }: Pick<DiskRoom, 'size'>, bytes: number): number {
  return bytes + Math.min(RESERVE_BYTES, Math.floor(size / 10));
}

/** Whether a disk has room for so many bytes. One that does not tell its size has, until it says otherwise. */
export function hasRoom(disk: DiskRoom, bytes: number): boolean {
  return disk.size === 0 || disk.free >= roomNeeded(disk, bytes);
}

/** Why a file is not read, where that is known; else the disk is at fault. */
const UNREAD = ['EACCES', 'EPERM', 'EMFILE', 'ENFILE'];

/**
 * Of a file that is there, as far as is known, but was not read.
 * @param code as the system names it, like EIO
 * @param file as a person knows it
 */
export function unread(code: string, file: string): Message {
  return says('disk.file-unread', { fault: (UNREAD.includes(code) ? FAULTS[code] : undefined) ?? 'error', file });
}

/** The same as an error. */
export function unreadProblem(code: string, file: string): Problem {
  return new Problem('unavailable', unread(code, file));
}

/** The system's name of an error; empty for one that has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/**
 * Of the book itself, where it could not even be opened.
 * @param code as the system names it, like EMFILE
 * @returns null where it says nothing of a disk
 */
export function unopenedProblem(code: string): Problem | null {
  const fault = code === 'EIO' || UNREAD.includes(code) ? FAULTS[code] : undefined;
  return fault === undefined ? null : new Problem('unavailable', says('disk.book-unopened', { fault }));
}
