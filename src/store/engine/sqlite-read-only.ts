// Opens a book to be read and nothing else, also where nothing can be written beside it: on a disk that is read-only.
import { constants, copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { inTemporary } from './sqlite-temporary.ts';
import { isReadOnlyPlace, isUnwritable } from './sqlite-errors.ts';

export type Readable = { readonly raw: Sqlite.Database; close(): void };

/**
 * The file and its log stay as they are. Where the index that SQLite reads a log through cannot be made beside them, a
 * copy is opened, which goes with the connection: nobody writes to a book on such a disk.
 * @throws SqliteError where it cannot be read
 */
export async function openReadable(file: string): Promise<Readable> {
  try {
    return readable(file);
  } catch (error) {
    if (!isUnwritable(error) || !isReadOnlyPlace(file)) throw error;
    return await copied(file);
  }
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

async function copied(file: string): Promise<Readable> {
  return await inTemporary(({ folder, drop }) => {
    const copy = join(folder, 'jobwright.db');
    copyFileSync(file, copy, constants.COPYFILE_FICLONE);
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`, constants.COPYFILE_FICLONE);
    const { raw } = readable(copy);
    const close = () => {
      raw.close();
      drop();
    };
    return { raw, close };
  });
}
