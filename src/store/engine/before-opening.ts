// What must be so before SQLite may open a book: a file that is a book, and beside it only a log that is its own. SQLite
// would replay a log of another book, or over an older copy, and answer with figures that nobody ever wrote.
import { statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Problem } from '../../domain/errors.ts';
import { isOpenHere, realFile } from './sqlite-open-files.ts';
import { readBookBytes, type BookBytes } from './sqlite-pages.ts';

/** While another program writes, file and log may not go together at a first look. */
const LOOKS = 20;
const BETWEEN_LOOKS_MS = 25;

/**
 * Looks at the file and its log and touches neither.
 * @returns whether there is a book
 * @throws Problem where the two do not belong together, or the file is none
 */
export async function checkBeforeOpening(file: string): Promise<boolean> {
  for (let look = 1; ; look += 1) {
    const before = stampsOf(file);
    const bytes = readBookBytes(file);
    const fault = faultOf(bytes);
    if (fault === null) return isBook(bytes);
    await pause(BETWEEN_LOOKS_MS);
    if (look >= LOOKS || stampsOf(file) === before) throw new Problem('unavailable', fault);
  }
}

/** A database without a table, in its log either, as a first start leaves it that was killed. */
export function isBlankDatabase(file: string): boolean {
  const real = realFile(file);
  if (isOpenHere(real)) return false;
  const bytes = readBookBytes(real);
  return bytes.isSqlite && !isBook(bytes);
}

/** A file without a table is as good as none. */
function isBook({ isEmpty, tables, transactions }: BookBytes): boolean {
  return !isEmpty && (tables.size > 0 || transactions > 0);
}

/** Whether somebody has written meanwhile. */
function stampsOf(file: string): string {
  return [file, `${file}-wal`]
    .map((path) => statSync(path, { bigint: true, throwIfNoEntry: false }))
    .map((stats) => `${stats?.ino ?? 0n} ${stats?.size ?? 0n} ${stats?.mtimeNs ?? 0n}`)
    .join();
}

const LEAVE = 'Nothing was touched.';
const RESTORE =
  'Put back the jobwright.db and the jobwright.db-wal that belong together, or restore a backup into a new folder with jobwright restore.';

function faultOf(bytes: BookBytes): string | null {
  const { isEmpty, hasLog, isSqlite, own, logged, transactions, beyond, hasBeginning, tables, isOwnKnown } = bytes;
  if (isEmpty)
    return hasLog
      ? `The book's file is missing or empty, but its log jobwright.db-wal is here with its last changes. ${LEAVE} ${RESTORE}`
      : null;
  if (!isSqlite) return `The book file is damaged: it does not begin as a book does. ${LEAVE} ${RESTORE}`;
  const [first] = logged;
  const last = logged.at(-1);
  const read = last?.writeNumber ?? own?.writeNumber ?? 0;
  // Each write is on the disk before the next begins, so that a crash leaves no more than one that is not whole; and none
  // where it hit the log as it was begun anew, since all that was in it is in the file by then.
  if (beyond !== null && beyond.writeNumber > read + (hasBeginning ? 1 : 0))
    return `The log jobwright.db-wal beside the book is damaged: writes ${read + 1} to ${beyond.writeNumber} cannot be read. ${LEAVE} ${RESTORE} Where there is no backup: copy the folder and take jobwright.db-wal out of the copy, which then ends with write ${own?.writeNumber ?? 0}.`;
  if (transactions === 0)
    return tables.size > 0 && !tables.has('migrations')
      ? `The file is another program's database, not a book of Jobwright's. ${LEAVE} Name another folder with --data.`
      : null;
  if (first === undefined || last === undefined)
    return own === null
      ? null
      : `The log jobwright.db-wal beside the book cannot be told to be this book's: another program, or a Jobwright from before books had marks, wrote what is in it. ${LEAVE} Where that is known, take it in with the program sqlite3 (sqlite3 jobwright.db "pragma wal_checkpoint(truncate)"), then start again. Otherwise: ${RESTORE}`;
  if (logged.some(({ identity }) => identity !== (own ?? first).identity))
    return `The log jobwright.db-wal beside the book is of another book. ${LEAVE} ${RESTORE}`;
  if (!isOwnKnown) return null;
  const written = own?.writeNumber ?? 0;
  if (first.writeNumber > written + 1)
    return `The book's file is an older copy: it ends with write ${written}, and the log jobwright.db-wal beside it goes on with write ${first.writeNumber}. What lies between is not here. ${LEAVE} ${RESTORE}`;
  if (last.writeNumber < written)
    return `The log jobwright.db-wal beside the book is older than the book: it ends with write ${last.writeNumber}, and the book has write ${written}. ${LEAVE} ${RESTORE}`;
  return null;
}
