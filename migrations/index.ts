// Every migration, in order. Names are fixed once released; a book remembers which ones it has had.
import type { Kysely } from 'kysely';

export type MigrationEngine = 'sqlite' | 'postgres';
export type Migration = { up(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> };

export const MIGRATIONS: readonly { readonly name: string; readonly load: () => Promise<Migration> }[] = [
  { name: '0001-books', load: () => import('./0001-books.ts') },
  { name: '0002-site-and-history', load: () => import('./0002-site-and-history.ts') },
  { name: '0003-people', load: () => import('./0003-people.ts') },
];
