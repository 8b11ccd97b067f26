// SQLite's errors in words. Faults of the disk are told like those of the files beside the book.
import { accessSync, closeSync, constants, existsSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { codeOf, diskProblem, unopenedProblem } from '../../domain/disk.ts';
import { Problem } from '../../domain/errors.ts';
import { says } from '../../domain/message.ts';
import { held } from './held.ts';
import { isOpenHere } from './sqlite-open-files.ts';

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
 * @param file the book, which is asked once more where SQLite does not say why it could not be opened
 */
export function inWords(error: unknown, file: string): unknown {
  const code = sqliteCode(error);
  if (code === '') return error instanceof Problem ? error : (unopenedProblem(codeOf(error)) ?? error);
  if (isBusy(error)) return held();
  if (code === 'SQLITE_FULL') return diskProblem('ENOSPC') ?? error;
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT'))
    return new Problem('unavailable', says('book.damaged'));
  if (code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_IOERR_SHM'))
    return unopenedProblem(reasonOf(file)) ?? diskProblem('EIO') ?? error;
  if (isDiskError(error)) return diskProblem('EIO') ?? error;
  if (isUnwritable(error)) return diskProblem(reasonOf(file)) ?? new Problem('unavailable', says('book.read-only'));
  return error;
}

/** Whether the folder or the book may be read and not written to. */
export function isReadOnlyPlace(file: string): boolean {
  const reason = reasonAt(() => mayWrite(dirname(file))) ?? reasonAt(() => mayWrite(file));
  return (
    reason !== null &&
    ['EROFS', 'EACCES', 'EPERM'].includes(reason) &&
    reasonAt(() => accessSync(file, constants.R_OK)) === null
  );
}

/** Why the book or what SQLite keeps beside it cannot be opened for writing, by the system's own name. */
function reasonOf(file: string): string {
  const beside = ['', '-wal', '-shm'].map((ending) => `${file}${ending}`).filter((path) => existsSync(path));
  const found = [dirname(file), ...beside].map((path) => reasonAt(() => mayWrite(path)));
  // That too many files are open shows only where one is opened.
  if (!isOpenHere(file)) found.push(...beside.map((path) => reasonAt(() => closeSync(openSync(path, 'r+')))));
  return found.find((reason) => reason !== null) ?? '';
}

function mayWrite(path: string): void {
  accessSync(path, constants.R_OK | constants.W_OK);
}

function reasonAt(look: () => void): string | null {
  try {
    look();
    return null;
  } catch (error) {
    return codeOf(error);
  }
}
