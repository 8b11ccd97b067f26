// Files that the books of a database need and that lie in another place than where they are looked for: an early version
// kept them in the data folder unless something else was said, and --files-store may have said something else for a while.
import { Refusal, type Config, type FilesPlace } from '../config.ts';
import { Problem } from '../domain/errors.ts';
import type { FileStore } from '../files/file-store.ts';
import { markerIn } from '../files/marker.ts';
import { counted } from '../printers/format.ts';
import { storedFiles } from '../store/books/files.ts';
import { wasAnyKept } from '../store/books/kept-files.ts';
import type { Engine } from '../store/database.ts';
import { listAccounts } from '../store/directory/accounts.ts';
import { Directory } from '../store/directory/directory.ts';
import { bookMark } from '../store/engine/book.ts';
import { filesFolder } from './data-folder.ts';
import { filesPlaceOf, nameOfFilesPlace, openFiles } from './files-place.ts';

type Opening = Pick<Config, 'filesPlace' | 'database' | 'dataFolder' | 'readOnly'>;

/** A start looks at no more accounts and files than this: what is told is that there are such, not of every one. */
const ACCOUNTS = 200;
const FILES = 10_000;

/** Of whatever day. */
const EVER = '9999-12-31';

/**
 * What a start says of files of this book that lie elsewhere; null where there are none. Their names are compared, and no
 * file is read.
 * @throws Refusal that says so where nobody said which place it is
 */
export async function filesElsewhere(engine: Engine, config: Opening): Promise<string | null> {
  if (config.database === undefined) return null;
  const others = await otherPlaces(engine, config);
  if (others.length === 0) return null;
  const { needed, isAll } = await neededFiles(engine);
  const here = await openFiles(engine, config);
  for (const place of others) {
    const there = await openFiles(engine, { ...config, filesPlace: place, readOnly: true });
    const compared = await comparedNames(needed, here, there);
    if (compared.there === 0) continue;
    const words = inWords(config, place, { ...compared, isAll });
    if (config.filesPlace === undefined) throw new Refusal(words);
    return words;
  }
  return null;
}

/** Where files of this book may lie besides, as far as that shows without looking for one. */
async function otherPlaces(engine: Engine, config: Opening): Promise<FilesPlace[]> {
  const { kind } = filesPlaceOf(config);
  const others: FilesPlace[] = [];
  if (kind !== 'folder') {
    const note = await markerIn(filesFolder(config)).read();
    if (typeof note !== 'string' && note.identity === (await engine.read(bookMark)).identity)
      others.push({ kind: 'folder' });
  }
  if (kind !== 'database' && (await engine.read(wasAnyKept))) others.push({ kind: 'database' });
  return others;
}

/** Hashes, by account. */
type Needed = ReadonlyMap<number, readonly string[]>;

async function neededFiles(engine: Engine): Promise<{ readonly needed: Needed; readonly isAll: boolean }> {
  const needed = new Map<number, readonly string[]>();
  const accounts = await new Directory(engine).read(listAccounts);
  let left = FILES;
  for (const { id } of accounts.slice(0, ACCOUNTS)) {
    const hashes = [...(await engine.read(async (db) => await storedFiles({ db, account: { id } }), id)).keys()];
    if (hashes.length > 0) needed.set(id, hashes.slice(0, left));
    if (hashes.length > left) return { needed, isAll: false };
    left -= hashes.length;
  }
  return { needed, isAll: accounts.length <= ACCOUNTS };
}

/** How many are in one of the two alone. */
type Compared = { readonly here: number; readonly there: number };

async function comparedNames(needed: Needed, here: FileStore, there: FileStore): Promise<Compared> {
  const lacking = new Map<number, readonly string[]>();
  const both = { here: 0, there: 0 };
  try {
    for (const [account, hashes] of needed) {
      const missing = await missingIn(here, account, hashes);
      lacking.set(account, missing);
      both.there += missing.length - (await missingIn(there, account, missing)).length;
    }
    if (both.there === 0) return both;
    for (const [account, hashes] of needed) {
      const missing = new Set(lacking.get(account));
      const held = hashes.filter((hash) => !missing.has(hash));
      both.here += (await missingIn(there, account, held)).length;
    }
    return both;
  } catch (error) {
    // A bucket that is away keeps nobody from starting.
    if (error instanceof Problem) return { here: 0, there: 0 };
    throw error;
  }
}

/** What lies in the trash is put back by whoever reads it. */
async function missingIn(files: FileStore, account: number, hashes: readonly string[]): Promise<readonly string[]> {
  if (hashes.length === 0) return [];
  const held = await files.held(account, hashes);
  const missing = hashes.filter((hash) => !held.has(hash));
  if (missing.length === 0) return missing;
  const trashed = new Set((await files.trash.list(account, EVER)).map(({ name }) => name));
  return missing.filter((hash) => !trashed.has(hash));
}

function inWords(
  config: Opening,
  place: FilesPlace,
  { here, there, isAll }: Compared & { readonly isAll: boolean },
): string {
  const [present, other] = [nameOfFilesPlace(config), nameOfFilesPlace({ ...config, filesPlace: place })];
  const isSaid = config.filesPlace !== undefined;
  const looked = isSaid
    ? 'which --files-store names'
    : 'which is where they belong unless --files-store says otherwise';
  const found = `${isAll ? '' : 'At least '}${counted(there, 'file')} that these books need ${there === 1 ? 'is' : 'are'} in ${other} and not in ${present}, ${looked}.`;
  const go = `write --files-store ${place.kind} to go on with those in ${place.kind === 'folder' ? 'the folder' : 'the database'} (every command that opens these books needs it)`;
  const stay = isSaid ? '' : `, or --files-store database to go on without ${there === 1 ? 'it' : 'them'}`;
  if (here === 0)
    return `${found} Nothing was changed. The other place has every file that this one has: ${go}${stay}.`;
  return `${found} ${counted(here, 'other')} ${here === 1 ? 'is' : 'are'} in ${present} alone. Nothing was changed. No command brings the two together: ${go}${stay}. To have all in one place, start with the other one, save the files that this one lacks, start with this one, and attach them again.`;
}
