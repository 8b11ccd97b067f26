// Opens a book to be read and nothing else, also where nothing can be written beside it: on a disk that is read-only.
import { constants, copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Sqlite from 'better-sqlite3';
import { isUnwritable } from './sqlite-errors.ts';

export type Readable = { readonly raw: Sqlite.Database; close(): void };

/** The file and its log stay as they are. @throws SqliteError where it cannot be read */
export function openReadable(file: string): Readable {
  try {
    return readable(file);
  } catch (error) {
    if (!isUnwritable(error)) throw error;
  }
  // A log is read through an index beside it, which must be written. Without a log the file alone is the whole book.
  if (!hasLog(file)) return readable(`${pathToFileURL(file).href}?immutable=1`);
  return copied(file);
}

function readable(name: string): Readable {
  const raw = new Sqlite(name, { readonly: true, timeout: 20 });
  try {
    raw.prepare('select count(*) from sqlite_master').get();
  } catch (error) {
    raw.close();
    throw error;
  }
  return { raw, close: () => raw.close() };
}

function hasLog(file: string): boolean {
  const log = `${file}-wal`;
  return existsSync(log) && statSync(log).size > 0;
}

/** Nobody writes to a book on such a disk, so that a copy of it and its log is the book; it goes with the connection. */
function copied(file: string): Readable {
  const folder = mkdtempSync(join(tmpdir(), 'jobwright-'));
  const drop = () => rmSync(folder, { recursive: true, force: true });
  try {
    const copy = join(folder, 'jobwright.db');
    copyFileSync(file, copy, constants.COPYFILE_FICLONE);
    copyFileSync(`${file}-wal`, `${copy}-wal`, constants.COPYFILE_FICLONE);
    const { raw } = readable(copy);
    const close = () => {
      raw.close();
      drop();
    };
    return { raw, close };
  } catch (error) {
    drop();
    throw error;
  }
}
