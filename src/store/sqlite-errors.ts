// SQLite's errors in words. Faults of the disk are told like those of the files beside the book.
import { accessSync, closeSync, constants, existsSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { codeOf, diskProblem, unopenedProblem, type Kept } from '../domain/disk.ts';
import { Problem } from '../domain/errors.ts';

function sqliteCode(error: unknown): string {
  return error instanceof Sqlite.SqliteError ? error.code : '';
}

/** Another program holds the book. */
export function isBusy(error: unknown): boolean {
  return sqliteCode(error).startsWith('SQLITE_BUSY');
}

/** The disk failed in the middle: at a COMMIT it is not known what it kept. */
export function isDiskError(error: unknown): boolean {
  return sqliteCode(error).startsWith('SQLITE_IOERR');
}

/** The folder or the file is not to be written to. */
export function isUnwritable(error: unknown): boolean {
  const code = sqliteCode(error);
  return (
    code.startsWith('SQLITE_READONLY') ||
    code.startsWith('SQLITE_CANTOPEN') ||
    code.startsWith('SQLITE_PERM') ||
    ['EROFS', 'EACCES', 'EPERM'].includes(codeOf(error))
  );
}

/**
 * Faults of the disk in words; everything else as it is.
 * @param file the book, which is tried once more where SQLite does not say why it could not be opened
 */
export function inWords(error: unknown, file: string, kept: Kept = 'nothing'): unknown {
  const code = sqliteCode(error);
  if (code === '') return error instanceof Problem ? error : (unopenedProblem(codeOf(error)) ?? error);
  if (code === 'SQLITE_FULL') return diskProblem('ENOSPC', kept) ?? error;
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT'))
    return new Problem('unavailable', 'The book file is damaged. Leave it as it is and restore a backup beside it.');
  if (code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_IOERR_SHM'))
    return unopenedProblem(reasonOf(file)) ?? diskProblem('EIO', kept) ?? error;
  if (isDiskError(error)) return diskProblem('EIO', kept) ?? error;
  if (isUnwritable(error))
    return (
      diskProblem(reasonOf(file), kept) ??
      new Problem('unavailable', 'The book cannot be written to (read-only disk or folder), so nothing was saved.')
    );
  return error;
}

/** Whether the folder or the book may be read and not written to. */
export function isReadOnlyPlace(file: string): boolean {
  const isWritable = reasonAt(() => accessSync(dirname(file), constants.W_OK)) ?? reasonAt(() => probe(file, 'r+'));
  return (
    isWritable !== null &&
    ['EROFS', 'EACCES', 'EPERM'].includes(isWritable) &&
    reasonAt(() => probe(file, 'r')) === null
  );
}

/** Why the book or what SQLite keeps beside it cannot be opened for writing, by the system's own name. */
function reasonOf(file: string): string {
  const beside = ['', '-wal', '-shm'].map((ending) => `${file}${ending}`).filter((path) => existsSync(path));
  const found = [
    reasonAt(() => accessSync(dirname(file), constants.W_OK)),
    ...beside.map((path) => reasonAt(() => probe(path, 'r+'))),
  ];
  return found.find((reason) => reason !== null) ?? '';
}

function probe(path: string, how: 'r' | 'r+'): void {
  closeSync(openSync(path, how));
}

function reasonAt(look: () => void): string | null {
  try {
    look();
    return null;
  } catch (error) {
    return codeOf(error);
  }
}
