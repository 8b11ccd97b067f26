// A PostgreSQL database that a book is moved into.
import { randomUUID } from 'node:crypto';
import type { FileStore } from '../files/file-store.ts';
import type { Engine } from '../store/database.ts';
import { openPostgres } from '../store/engine/postgres.ts';
import { beginFilling, noteOf, analyze } from '../store/moving/arriving.ts';
import type { Place } from './move.ts';

type Target = {
  readonly url: string;
  /** As the owner of the tables, where that is another role. */
  readonly migrateUrl: string | undefined;
  /** Where the files of books on this engine are kept. */
  readonly filesOf: (engine: Engine) => Promise<FileStore>;
};

export function intoDatabase({ url, migrateUrl, filesOf }: Target): Place {
  return {
    name: placeOf(url),
    async begin(identity, isLeaving) {
      const note = noteOf(identity, randomUUID());
      if (migrateUrl !== undefined) await (await openPostgres(url, { migrateUrl, filling: note })).close();
      // Whoever owns the tables, since they are emptied where a move was not finished.
      const engine = await openPostgres(migrateUrl ?? url, { filling: note });
      try {
        const isBegun = await engine.alone(async (db) => await beginFilling(db, { identity, note, isLeaving }));
        if (isBegun)
          return {
            engine,
            files: await filesOf(engine),
            settle: async () => await engine.alone(analyze),
            finish: async (_mark, work) => await engine.write(work),
            close: async () => await engine.close(),
          };
        await engine.close();
        return null;
      } catch (error) {
        await engine.close();
        throw error;
      }
    },
  };
}

/**
 * Without who signs in and with what: `postgres://db.example.com/books`. It is kept and told, so that whatever stands before
 * the last @ is left out: a password may hold one, and a slash, too.
 */
export function placeOf(url: string): string {
  return url.replace(/^postgres(?:ql)?:\/\/(?:.*@)?/s, 'postgres://').replace(/\?.*$/s, '');
}
