// Makes a backup of a book that goes on being written to: a copy of the database as it is at one moment, and the files
// that this copy names, which lie beside the book under their hashes and never change.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, join, resolve, sep } from 'node:path';
import { realpath, rm } from 'node:fs/promises';
import { codeOf, diskMessage } from '../domain/disk.ts';
import { Problem } from '../domain/errors.ts';
import { says } from '../domain/message.ts';
import type { FolderFault } from '../domain/messages/backup.ts';
import type { FileStore } from '../files/file-store.ts';
import { makeFolder } from '../files/make-folder.ts';
import { bookMark } from '../store/engine/book.ts';
import type { Directory } from '../store/directory/directory.ts';
import { holdAlone } from '../store/engine/exclusive.ts';
import { copyBook, takeOutMove, takeOutSecret } from '../store/engine/sqlite-copy.ts';
import { openSqliteToRead } from '../store/engine/sqlite.ts';
import { VERSION } from '../version.ts';
import { piecesOf } from './bytes.ts';
import { checkBook, type AccountState, type Checked } from './check.ts';
import { isDue, notKept, type Keep } from './keep.ts';
import { DATABASE, headOf, type Content, type FileEntry, type LostFile, type PlainManifest } from './manifest.ts';
import type { Progress } from './progress.ts';
import { checkRoom } from './room.ts';
import { scratchFolder } from './scratch.ts';
import { readArchive } from './read.ts';
import { archivesOf, newestOf, type OnShelf } from './shelf.ts';
import { fingerprintOf, SIGNING_KEY, signingKey, type SigningKey } from './signing.ts';
import { freeName, writeArchive } from './write.ts';

const PIECE = 1024 * 1024;

/** What is backed up: the folder, the book in it, and how to reach both. */
export type Source = {
  readonly dataFolder: string;
  readonly bookFile: string;
  readonly directory: Directory;
  readonly files: FileStore;
};
export type Wish = {
  readonly to: string;
  readonly recipients: readonly string[];
  readonly keep: Keep | undefined;
  /** Only where the last one is as old as this, in milliseconds. */
  readonly every: number | undefined;
  readonly now: Date;
  readonly signal: AbortSignal;
  readonly progress: Progress;
};

export type Made = {
  readonly made: true;
  readonly archive: string;
  readonly size: number;
  readonly manifest: PlainManifest;
  readonly fingerprint: string;
  readonly encrypted: boolean;
  /** How many older ones were deleted. */
  readonly removed: number;
};
export type NotMade = {
  readonly made: false;
  /** When the last good one was made; null where one is being made right now. */
  readonly last: string | null;
};

/** @throws Problem where the book is damaged, another backup is under way, or the disk does not take it */
export async function makeBackup(source: Source, wish: Wish): Promise<Made | NotMade> {
  try {
    return await oneAtATime(source, wish, await shelfAt(source, wish.to));
  } catch (error) {
    throw ofDisk(error, wish.to);
  }
}

async function oneAtATime(source: Source, wish: Wish, to: string): Promise<Made | NotMade> {
  const letGo = holdAlone(join(source.dataFolder, 'backup.lock'));
  if (letGo === null) {
    if (wish.every !== undefined) return { made: false, last: null };
    throw new Problem('busy', says('backup.under-way'));
  }
  try {
    return await madeAlone(source, wish, to);
  } finally {
    letGo();
  }
}

async function madeAlone(source: Source, wish: Wish, to: string): Promise<Made | NotMade> {
  const { identity: book } = await source.directory.read(async ({ db }) => await bookMark(db));
  const key = await signingKey(source.directory);
  const shelf = { book, publicKey: key.publicKey };
  removeParts(to, book);
  if (wish.every !== undefined) {
    const last = newestOf(await archivesOf(to, shelf), wish.now);
    if (last !== null && !isDue(last, wish.every, wish.now) && (await isWhole(last)))
      return { made: false, last: last.madeAt };
  }
  const made = await pack(source, wish, { to, key });
  const isGood = made.manifest.lost.length === 0;
  return { ...made, removed: isGood && wish.keep !== undefined ? await thinOut(made, to, shelf, wish.keep) : 0 };
}

/** The folder for backups; not the one that they are of, with which they would be lost. */
async function shelfAt({ dataFolder }: Source, to: string): Promise<string> {
  await makeFolder(resolve(to));
  const [shelf, data] = [await realpath(to), await realpath(dataFolder)];
  if (`${shelf}${sep}`.startsWith(`${data}${sep}`)) throw new Problem('refused', says('backup.in-data-folder', { to }));
  if (!statSync(shelf).isDirectory()) throw new Problem('refused', says('backup.to-a-file', { to }));
  return shelf;
}

function nameFor(book: string, at: string): string {
  return `jobwright-${at.slice(0, 10)}T${at.slice(11, 19).replaceAll(':', '')}Z-${book.slice(0, 8)}`;
}

/** What a backup that was killed left half written. */
function removeParts(to: string, book: string): void {
  const ours = new RegExp(`^jobwright-[\\dTZ-]+-${book.slice(0, 8)}(-\\d+)?\\.tar\\.part$`);
  for (const name of readdirSync(to)) if (ours.test(name)) rmSync(join(to, name), { force: true });
}

async function pack(
  source: Source,
  wish: Wish,
  { to, key }: { to: string; key: SigningKey },
): Promise<Omit<Made, 'removed'>> {
  const { progress, signal, recipients } = wish;
  await checkRoom(source.dataFolder, bytesIn(source.bookFile));
  const scratch = scratchFolder(source.dataFolder, 'backup-');
  try {
    progress('copy');
    const copy = join(scratch.folder, DATABASE);
    const madeAt = wish.now.toISOString();
    await copyBook(source.bookFile, copy);
    takeOutSecret(copy, SIGNING_KEY);
    // What comes back is a book of its own, whatever became of this one.
    takeOutMove(copy);
    signal.throwIfAborted();
    progress('check');
    const { checked, head } = await lookAt(copy);
    refuseDamaged(checked);
    const { files, lost } = await lookAtFiles(source, checked.accounts, wish);
    const manifest: PlainManifest = {
      ...headOf({ ...head, madeAt, program: VERSION, publicKey: key.publicKey }),
      accounts: checked.accounts.map(({ id, newest, changeHash, lastInvoice }) => ({
        ...{ account: id, changeNumber: newest?.number ?? 0, changeHash, lastInvoice },
      })),
      database: { size: statSync(copy).size, sha256: await hashOf(copy) },
      files,
      lost,
    };
    const archive = freeName(join(to, nameFor(head.book, madeAt)));
    const bytesOf = (content: Content) =>
      content.name === DATABASE ? piecesOf(copy, PIECE) : fileBytes(source, content);
    const size = await writeArchive(archive, { manifest, key, recipients, bytesOf, signal, progress });
    return {
      ...{ made: true, archive, size, manifest },
      ...{ fingerprint: fingerprintOf(key.publicKey), encrypted: recipients.length > 0 },
    };
  } finally {
    scratch.remove();
    progress(null);
  }
}

function bytesIn(book: string): number {
  return [book, `${book}-wal`].reduce((sum, file) => sum + (existsSync(file) ? statSync(file).size : 0), 0);
}

async function lookAt(copy: string) {
  const engine = await openSqliteToRead(copy);
  try {
    const { identity: book, writeNumber } = await engine.read(bookMark);
    return { checked: await checkBook(engine), head: { book, writeNumber, schema: engine.schema ?? '' } };
  } finally {
    await engine.close();
  }
}

function refuseDamaged({ faults }: Checked): void {
  const [first] = faults;
  if (first === undefined) return;
  throw new Problem('unavailable', says('backup.of-damaged-book', { first, more: faults.length - 1 }));
}

/** Reads every file that the book needs. */
async function lookAtFiles(
  { files: store }: Source,
  accounts: readonly AccountState[],
  { signal, progress }: Wish,
): Promise<{ files: FileEntry[]; lost: LostFile[] }> {
  const all = accounts.flatMap(({ id: account, files }) => [...files].map(([hash, size]) => ({ account, hash, size })));
  const files: FileEntry[] = [];
  const lost: LostFile[] = [];
  for (const [index, entry] of all.entries()) {
    signal.throwIfAborted();
    progress('check-files', index / all.length);
    const is = await store
      .get(entry.account, entry.hash)
      .then((bytes) => (bytes.length === entry.size ? null : 'damaged'), faultOf);
    if (is === null) files.push(entry);
    else lost.push({ ...entry, is });
  }
  return { files, lost };
}

/** @throws where it cannot be known whether the file is there and whole */
function faultOf(error: unknown): 'missing' | 'damaged' {
  const code = codeOf(error);
  if (['EMFILE', 'ENFILE', 'EACCES', 'EPERM'].includes(code)) throw error;
  return code === 'ENOENT' ? 'missing' : 'damaged';
}

async function* fileBytes({ files }: Source, { name }: Content): AsyncGenerator<Uint8Array> {
  const [, account = '', , hash = ''] = name.split('/');
  yield await files.get(Number(account), hash);
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of piecesOf(file, PIECE)) hash.update(piece);
  return hash.digest('hex');
}

/** Deletes what `keep` does not, this newest one never. @returns how many went */
async function thinOut(
  { archive }: Pick<Made, 'archive'>,
  to: string,
  shelf: { book: string; publicKey: string },
  keep: Keep,
): Promise<number> {
  // One of the future was dated by a clock that was ahead: it takes no real one's place, and says nothing of its own age.
  const all = (await archivesOf(to, shelf)).filter(({ madeAt }) => Date.parse(madeAt) <= Date.now());
  const going = notKept(all, keep).filter(({ path }) => path !== archive && OURS.test(basename(path)));
  const staying = all.filter((each) => !going.includes(each));
  let removed = 0;
  for (const each of going) {
    if (!(await isReplaced(each, staying))) continue;
    await rm(each.path);
    removed += 1;
  }
  return removed;
}

/** A name that somebody gave a copy says that they want to keep it. */
const OURS = /^jobwright-[\dTZ-]+-[0-9a-f]{8}(-\d+)?\.tar$/;

/** Nothing goes but for one of its own time that is whole to the last byte. */
async function isReplaced(going: OnShelf, staying: readonly OnShelf[]): Promise<boolean> {
  const age = ({ madeAt }: OnShelf) => Math.abs(Date.parse(madeAt) - Date.parse(going.madeAt));
  const [nearest] = staying.toSorted((left, right) => age(left) - age(right));
  if (nearest === undefined) return false;
  return await isWhole(nearest);
}

/** To the last byte, as far as that can be told without a key. */
async function isWhole({ path }: OnShelf): Promise<boolean> {
  return await readArchive(path).then(
    () => true,
    () => false,
  );
}

const FULL = ['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO'];
const NO_FOLDER: Readonly<Record<string, FolderFault>> = {
  EACCES: 'not-allowed',
  EPERM: 'not-allowed',
  EROFS: 'read-only',
  EEXIST: 'file-there',
  ENOTDIR: 'below-a-file',
  ENOENT: 'not-made',
};

function ofDisk(error: unknown, to: string): unknown {
  if (error instanceof Problem) return error;
  const code = codeOf(error);
  const why = FULL.includes(code) ? diskMessage(code) : null;
  if (why !== null) return new Problem('unavailable', says('backup.not-made', { why }));
  const fault = NO_FOLDER[code];
  return fault === undefined ? error : new Problem('unavailable', says('backup.no-folder', { to, fault }));
}
