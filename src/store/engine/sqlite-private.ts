// A book is for its owner's eyes.
import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { isOpenHere } from './sqlite-open-files.ts';

/** Takes from others what they may do. SQLite gives its -wal and -shm the rights of the file, so this covers all three. */
export function makePrivate(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeToOthers(dirname(file), 0o700);
  if (!isOpenHere(file)) closeSync(openSync(file, 'a', 0o600));
  closeToOthers(file, 0o600);
}

/** What its own owner may not write to stays as it is: somebody has made it read-only on purpose. */
function closeToOthers(path: string, most: number): void {
  const mode = statSync(path).mode & 0o777;
  if ((mode & 0o200) !== 0 && (mode & ~most) !== 0) chmodSync(path, mode & most);
}
