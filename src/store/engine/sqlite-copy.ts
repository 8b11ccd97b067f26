// Copies of a book as it is at one moment, while others go on reading and writing it.
import { closeSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Engine } from '../database.ts';
import { inWords } from './sqlite-errors.ts';
import { openReadable } from './sqlite-read-only.ts';
import { inTemporary } from './sqlite-temporary.ts';
import { openSqlite } from './sqlite.ts';

/**
 * Writes the book as it is now into a file of its own, for its owner's eyes only: whole, without a log beside it.
 * It takes as long as reading the whole book does, and this thread with it.
 * @throws Problem where the book cannot be read whole, or there is no room
 */
export async function copyBook(file: string, target: string): Promise<void> {
  try {
    // SQLite would make it readable by others; an empty file it takes as it is.
    closeSync(openSync(target, 'wx', 0o600));
    const source = await openReadable(file);
    try {
      source.raw.prepare('vacuum into ?').run(target);
    } finally {
      source.close();
    }
  } catch (error) {
    rmSync(target, { force: true });
    throw inWords(error, file);
  }
}

/** Takes one of the server's keys out of a copy, so that no byte of it is left there. */
export function takeOutSecret(copy: string, name: string): void {
  const raw = new Sqlite(copy);
  try {
    raw.pragma('journal_mode = memory');
    raw.pragma('secure_delete = on');
    raw.prepare('delete from host_secrets where name = ?').run(name);
  } finally {
    raw.close();
  }
}

/** A copy of a book that was moved is one to work on. */
export function takeOutMove(copy: string): void {
  const raw = new Sqlite(copy);
  try {
    raw.pragma('journal_mode = memory');
    raw.exec('update book set moved_to = null, moved_at = null');
  } finally {
    raw.close();
  }
}

/** The book as this version of the program reads it, where it is of an earlier one: a copy that goes when it is closed. */
export async function openCopyUpToDate(file: string): Promise<Engine> {
  return await inTemporary(async ({ folder, drop }) => {
    const copy = join(folder, 'jobwright.db');
    await copyBook(file, copy);
    const engine = await openToWorkOn(copy);
    const close = async () => {
      await engine.close();
      drop();
    };
    return { ...engine, close };
  });
}

async function openToWorkOn(copy: string): Promise<Engine> {
  const engine = await openSqlite(copy);
  if (engine.moved === null) return engine;
  await engine.close();
  takeOutMove(copy);
  return await openSqlite(copy);
}
