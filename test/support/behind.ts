// The bytes of a book as they lie on the disk, the log that is written ahead among them.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export function behindFile(folder: string): string {
  return ['jobwright.db', 'jobwright.db-wal']
    .map((name) => join(folder, name))
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path, 'latin1'))
    .join('\n');
}
