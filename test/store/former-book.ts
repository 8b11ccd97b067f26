// Books of earlier schemas, as the programs of their time left them.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { tempFolder } from '../support/book.ts';

/** A copy of its own. @param schema the number of the newest migration that it had */
export function formerBook(schema: '0001' | '0002' | '0003' | '0004' | '0011' | '0017'): {
  folder: string;
  file: string;
} {
  const folder = tempFolder();
  const file = join(folder, 'jobwright.db');
  writeFileSync(file, gunzipSync(readFileSync(join(import.meta.dirname, `fixtures/${schema}-books.db.gz`))));
  return { folder, file };
}
