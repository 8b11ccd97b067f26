// One process at a time. The system itself takes the lock back when its holder ends, however it ends.
import { closeSync, existsSync, openSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { isBusy } from './sqlite-errors.ts';

/**
 * Holds a file of no other use, which is made where it is not there.
 * @returns what gives it back; null where another process holds it
 */
export function holdAlone(file: string): (() => void) | null {
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
  const raw = new Sqlite(file, { timeout: 20 });
  try {
    raw.exec('begin exclusive');
    return () => raw.close();
  } catch (error) {
    raw.close();
    if (isBusy(error)) return null;
    throw error;
  }
}
