// A new data folder that a book is moved into: first into one beside its place, and whole to its place as the last step.
import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { refuseTaken, syncTree } from '../backup/bring-back.ts';
import { scratchFolder } from '../backup/scratch.ts';
import type { FileStore } from '../files/file-store.ts';
import { makeFolder } from '../files/make-folder.ts';
import { bookMark } from '../store/engine/book.ts';
import { openSqlite, openSqliteToRead } from '../store/engine/sqlite.ts';
import type { Filling, Place } from './move.ts';

type Target = {
  readonly folder: string;
  readonly bookFile: (folder: string) => string;
  readonly filesOf: (folder: string) => FileStore;
  readonly noteIdentity: (folder: string, identity: string) => Promise<void>;
};

export function intoFolder({ folder, bookFile, filesOf, noteIdentity }: Target): Place {
  const place = resolve(folder);
  return {
    name: place,
    async begin(identity, isLeaving) {
      if (isLeaving && (await isBook(bookFile(place), identity))) return null;
      refuseTaken(place);
      await makeFolder(dirname(place));
      const scratch = scratchFolder(dirname(place), `.${basename(place)}.moving-`);
      try {
        return await fillingIn(scratch);
      } catch (error) {
        scratch.remove();
        throw error;
      }
    },
  };

  async function fillingIn(scratch: ReturnType<typeof scratchFolder>): Promise<Filling> {
    const engine = await openSqlite(bookFile(scratch.folder));
    const files = filesOf(scratch.folder);
    let isThere = false;
    return {
      engine,
      files,
      settle: async () => {},
      async finish(mark, work) {
        await engine.write(work);
        await engine.close();
        await noteIdentity(scratch.folder, mark.identity);
        // Where nothing is kept there is nothing to be marked.
        if ((await files.place()) !== null) await files.marker?.raise(mark);
        await syncTree(scratch.folder);
        await scratch.moveTo(place);
        isThere = true;
      },
      async close() {
        await engine.close();
        if (!isThere) scratch.remove();
      },
    };
  }
}

async function isBook(file: string, identity: string): Promise<boolean> {
  if (!existsSync(file)) return false;
  const engine = await openSqliteToRead(file);
  try {
    return (await engine.read(bookMark)).identity === identity;
  } finally {
    await engine.close();
  }
}
