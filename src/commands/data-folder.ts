// What stands in the data folder: the book, the files that are kept beside it, and a note of which book it is. Where the
// book is gone and the others are not, nothing may take its place.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { Problem } from '../domain/errors.ts';
import { syncFolder } from '../files/make-folder.ts';

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

/** @throws Problem where there was a book, of which only the rest is here */
export function refuseLostBook(folder: Folder): void {
  const found = [
    ...(existsSync(`${bookFile(folder)}-wal`) ? ['its log jobwright.db-wal'] : []),
    ...(isFilled(filesFolder(folder)) ? ['its files in files/'] : []),
    ...(existsSync(identityFile(folder)) ? ['the note jobwright.id that a book was here'] : []),
  ];
  // Looked at last: whoever makes a book now makes its file first.
  if (found.length === 0 || sizeOf(bookFile(folder)) > 0) return;
  const what = existsSync(bookFile(folder)) ? 'is empty' : 'is missing';
  throw new Problem(
    'unavailable',
    `The book ${bookFile(folder)} ${what}, but it was here: there is ${listed(found)}. Nothing was made in its place and nothing was changed. Put jobwright.db back where it was, or bring a backup back into a new folder: jobwright restore ARCHIVE --data NEW-FOLDER. To begin a new book, name an empty folder with --data.`,
  );
}

function listed(all: readonly string[]): string {
  return all.length === 1 ? all.join() : `${all.slice(0, -1).join(', ')} and ${all.at(-1) ?? ''}`;
}

function isFilled(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder).length > 0;
}

function sizeOf(file: string): number {
  return existsSync(file) ? statSync(file).size : 0;
}

/** The book that this folder was made for; null where that is not noted. */
export async function notedIdentity(folder: Folder): Promise<string | null> {
  // A note that was cut off in a crash says nothing.
  const text = await readFile(identityFile(folder), 'utf8').catch(() => '');
  return text.trim() === '' ? null : text.trim();
}

/** Notes it for ever; the first note stays. */
export async function noteIdentity(folder: Folder, identity: string): Promise<void> {
  if (existsSync(identityFile(folder))) return;
  const file = await open(identityFile(folder), 'wx', 0o600).catch(() => null);
  // Another program was first.
  if (file === null) return;
  try {
    await file.writeFile(`${identity}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await syncFolder(folder.dataFolder);
}
