// Folders of a book and its files as they are at a time, from which any number of tests go on.
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Place, Taken } from './engines/engine.ts';
import { takeBook } from './store.ts';

const filesOf = ({ folder }: Place) => join(folder, 'files');

/** For as long as this process lives. */
export async function keep(place: Place): Promise<Taken> {
  const taken = await takeBook(place);
  if (!existsSync(filesOf(place))) return taken;
  const folder = mkdtempSync(join(tmpdir(), 'jobwright-test-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  cpSync(filesOf(place), filesOf({ folder }), { recursive: true });
  return {
    layInto: async (to, identity) => {
      await taken.layInto(to, identity);
      cpSync(filesOf({ folder }), filesOf(to), { recursive: true });
    },
  };
}
