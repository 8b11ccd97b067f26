// What a disk refuses, in words that say what to do: alike for the book and for the files beside it.
import { Problem } from './errors.ts';

/** Whether what was being done is known not to have been kept, or may have been. */
export type Kept = 'nothing' | 'unknown';

/** What was found by the system's own name of the error; null for what is no fault of a disk. */
const FAULTS: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full',
  EDQUOT: 'The disk space that this user may take is used up',
  EFBIG: 'A file has reached the largest size that this system allows',
  EROFS: 'The disk cannot be written to: it is read-only',
  EACCES: 'This user may not write there',
  EPERM: 'This user may not write there',
  EMFILE: 'Too many files are open at once',
  ENFILE: 'Too many files are open on this machine',
  EIO: 'The disk reported an error',
};

const MORE_FILES = {
  EMFILE: 'Try again in a moment; if it stays, allow more open files (ulimit -n).',
  ENFILE: 'Try again in a moment; if it stays, allow more open files on this machine.',
};

const NEXT: Readonly<Record<string, string>> = {
  ENOSPC: 'Free some space and try again; reading still works.',
  EDQUOT: 'Free some space and try again; reading still works.',
  EFBIG: 'Move the data folder to a disk without that limit; reading still works.',
  EROFS: 'Make it writable and try again; reading still works.',
  EACCES: 'Give this user the right to write to the data folder and try again; reading still works.',
  EPERM: 'Give this user the right to write to the data folder and try again; reading still works.',
  ...MORE_FILES,
  EIO: 'Check the disk, and look whether there is a recent backup.',
};

/**
 * @param code as the system names it, like ENOSPC
 * @returns null for any other code
 */
export function diskProblem(code: string, kept: Kept = 'nothing'): Problem | null {
  const what = FAULTS[code];
  if (what === undefined) return null;
  return kept === 'nothing'
    ? new Problem('unavailable', `${what}, so nothing was saved. ${NEXT[code] ?? ''}`)
    : new Problem('unavailable', `${what} while this was being saved. ${UNKNOWN}`);
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

const UNREAD: Readonly<Record<string, { readonly what: string; readonly next: string }>> = {
  EACCES: { what: 'this user may not read it', next: 'Give this user the right to read the data folder.' },
  EPERM: { what: 'this user may not read it', next: 'Give this user the right to read the data folder.' },
  EMFILE: { what: 'too many files are open at once', next: MORE_FILES.EMFILE },
  ENFILE: { what: 'too many files are open on this machine', next: MORE_FILES.ENFILE },
};
const UNREADABLE = {
  what: 'the disk reported an error',
  next: 'Try again; if it stays, check the disk, and look whether there is a recent backup.',
};

/**
 * Of a file that is there, as far as is known, but was not read.
 * @param code as the system names it, like EIO
 * @param file as a person knows it
 */
export function unreadProblem(code: string, file: string): Problem {
  const { what, next } = UNREAD[code] ?? UNREADABLE;
  return new Problem('unavailable', `${file} could not be read: ${what}. ${next}`);
}

const UNKNOWN =
  'Whether it was saved is not known yet: look at the records before doing it again, and check the disk. The same requestId answers truly.';

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
  const { what, next } = code === 'EIO' ? UNREADABLE : (UNREAD[code] ?? {});
  if (what === undefined || next === undefined) return null;
  return new Problem('unavailable', `The book could not be opened: ${what}. ${next}`);
}
