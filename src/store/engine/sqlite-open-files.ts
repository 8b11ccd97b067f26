// Which books this process has open. To close any descriptor of a file drops every lock that the process holds on it
// (sqlite.org/howtocorrupt.html, 2.2), after which another process may take the log away under it: so a book that is
// open here is never opened as bytes, not even to find out what is wrong.
import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';

const open = new Map<string, number>();

/** Where the book really is: SQLite keeps the log beside that, not beside a link to it. */
export function realFile(file: string): string {
  return existsSync(file) ? realpathSync(file) : resolve(file);
}

/** @param file as `realFile` names it */
export function isOpenHere(file: string): boolean {
  return open.has(file);
}

/** @returns to be called once, when it is closed again */
export function noteOpen(file: string): () => void {
  open.set(file, (open.get(file) ?? 0) + 1);
  return () => {
    const others = (open.get(file) ?? 1) - 1;
    if (others === 0) open.delete(file);
    else open.set(file, others);
  };
}
