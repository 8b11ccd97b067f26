// What must be so before SQLite may open a book: a file that is a book, and beside it only a log that is its own. SQLite
// would replay a log of another book, or over an older copy, and answer with figures that nobody ever wrote.
import { statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Problem } from '../../domain/errors.ts';
import { says, type Message } from '../../domain/message.ts';
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

/** A database without a table, in its log either, as a first start leaves it that was killed, or whose power went. */
export function isBlankDatabase(file: string): boolean {
  const real = realFile(file);
  if (isOpenHere(real)) return false;
  const bytes = readBookBytes(real);
  return (bytes.isSqlite || bytes.isEmpty) && !isBook(bytes);
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

function faultOf(bytes: BookBytes): Message | null {
  const { isEmpty, hasLog, isSqlite, own, logged, transactions, beyond, hasBeginning, tables, isOwnKnown } = bytes;
  if (isEmpty) return hasLog ? says('book.missing-beside-log') : null;
  if (!isSqlite) return says('book.begins-otherwise');
  const [first] = logged;
  const last = logged.at(-1);
  const read = last?.writeNumber ?? own?.writeNumber ?? 0;
  // Each write is on the disk before the next begins, so that a crash leaves no more than one that is not whole; and none
  // where it hit the log as it was begun anew, since all that was in it is in the file by then.
  if (beyond !== null && beyond.writeNumber > read + (hasBeginning ? 1 : 0))
    return says('book.log-damaged', { from: read + 1, to: beyond.writeNumber, endsWith: own?.writeNumber ?? 0 });
  if (transactions === 0) return tables.size > 0 && !tables.has('migrations') ? says('book.of-other-program') : null;
  if (first === undefined || last === undefined) return own === null ? null : says('book.log-unmarked');
  if (logged.some(({ identity }) => identity !== (own ?? first).identity)) return says('book.log-of-other-book');
  if (!isOwnKnown) return null;
  const written = own?.writeNumber ?? 0;
  if (first.writeNumber > written + 1)
    return says('book.older-than-log', { endsWith: written, goesOnWith: first.writeNumber });
  if (last.writeNumber < written) return says('book.log-older', { endsWith: last.writeNumber, written });
  return null;
}
