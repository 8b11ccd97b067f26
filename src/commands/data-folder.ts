// What stands in the data folder: the book, the files that are kept beside it, and a note of which book it is. Where the
// book is gone and the others are not, nothing may take its place.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal, type Config } from '../config.ts';
import { codeOf } from '../domain/disk.ts';
import { syncFolder } from '../files/make-folder.ts';
import { writeThrough } from '../files/write-through.ts';
import { isBlankDatabase } from '../store/engine/before-opening.ts';

type Folder = Pick<Config, 'dataFolder'>;

export function bookFile({ dataFolder }: Folder): string {
  return join(dataFolder, 'jobwright.db');
}

export function filesFolder({ dataFolder }: Folder): string {
  return join(dataFolder, 'files');
}

/** Holds the identity of the book that this folder was made for. */
function identityFile({ dataFolder }: Folder): string {
  return join(dataFolder, 'jobwright.id');
}

/** @throws Refusal where there was a book, of which only the rest is here */
export function refuseLostBook(folder: Folder): void {
  // Beside a database without a table, a log that holds none either is what a first start leaves that was cut off.
  const isLog = sizeOf(`${bookFile(folder)}-wal`) > 0 && sizeOf(bookFile(folder)) === 0;
  const found = [
    ...(isLog ? ['its log jobwright.db-wal'] : []),
    ...(isFilled(filesFolder(folder)) ? ['its files in files/'] : []),
    ...(existsSync(identityFile(folder)) ? ['the note jobwright.id that a book was here'] : []),
  ];
  // Looked at last: whoever makes a book now makes its file first.
  if (found.length === 0 || !isBlank(bookFile(folder))) return;
  const what = existsSync(bookFile(folder)) ? 'is empty' : 'is missing';
  throw new Refusal(
    `The book ${bookFile(folder)} ${what}, but it was here; still there: ${listed(found)}. Nothing was made in its place and nothing was changed. Put jobwright.db back where it was, or bring a backup back into a new folder: jobwright restore ARCHIVE --data NEW-FOLDER. To begin a new book, name an empty folder with --data.`,
  );
}

/** Looking must not make a book where there is none. @throws Refusal that says so, and where one was lost */
export function refuseNoBook(folder: Folder, where = ''): void {
  refuseLostBook(folder);
  if (!existsSync(bookFile(folder))) throw noBook(folder, where);
}

/** @param where that is found */
export function noBook({ dataFolder }: Folder, where = ''): Refusal {
  return new Refusal(`There is no book in ${dataFolder}. --data says where it is${where}.`);
}

/** No file, none with a byte in it, or a database without a table. */
function isBlank(file: string): boolean {
  try {
    return sizeOf(file) === 0 || isBlankDatabase(file);
  } catch {
    // What cannot be looked at is told by whoever opens it.
    return false;
  }
}

function listed(all: readonly string[]): string {
  return all.length === 1 ? all.join() : `${all.slice(0, -1).join(', ')} and ${all.at(-1) ?? ''}`;
}

function isFilled(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0;
  } catch (error) {
    // What may not be listed is there.
    return codeOf(error) === 'EACCES';
  }
}

function sizeOf(file: string): number {
  return existsSync(file) ? statSync(file).size : 0;
}

/** The book that this folder was made for; null where that is not noted, or the note was cut off in a crash. */
export async function notedIdentity(folder: Folder): Promise<string | null> {
  const text = await readFile(identityFile(folder), 'utf8').catch(() => '');
  return /^[0-9a-f]{32}$/.test(text.trim()) ? text.trim() : null;
}

/** Notes it for ever; the first whole note stays. A note that cannot be written now is written by a later start. */
export async function noteIdentity(folder: Folder, identity: string): Promise<void> {
  if ((await notedIdentity(folder)) !== null) return;
  // Node's own module for it would be loaded at every start.
  const draft = `${identityFile(folder)}.${crypto.randomUUID()}.part`;
  try {
    await writeThrough(draft, `${identity}\n`);
    await rename(draft, identityFile(folder));
    await syncFolder(folder.dataFolder);
  } catch {
    await rm(draft, { force: true }).catch(() => undefined);
  }
}
