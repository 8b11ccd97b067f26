// Brings a book back out of an archive: first into a folder of its own, where it is looked at and made ready, and only
// then, whole, to its place.
import { lstatSync, readdirSync, statSync } from 'node:fs';
import { mkdir, open, readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { codeOf, diskProblem } from '../domain/disk.ts';
import { Problem } from '../domain/errors.ts';
import { FIRST_INVOICE_NUMBER } from '../domain/invoice.ts';
import { makeFolder, syncFolder } from '../files/make-folder.ts';
import { bookMark, giveNewIdentity } from '../store/engine/book.ts';
import type { Engine } from '../store/database.ts';
import { Directory } from '../store/directory/directory.ts';
import { lastInvoiceNumber, passOverInvoices } from '../store/journal/number-jumps.ts';
import { Store } from '../store/scope.ts';
import { endAllAccess } from '../store/directory/sign-in.ts';
import { renewAll } from '../store/derived/renew.ts';
import { openSqlite } from '../store/engine/sqlite.ts';
import { checkBook, type AccountState, type Checked } from './check.ts';
import { DATABASE, type Content, type PlainManifest } from './manifest.ts';
import type { Progress } from './progress.ts';
import { readArchive, type Read, type Reading } from './read.ts';
import { checkRoom } from './room.ts';
import { scratchFolder, type Scratch } from './scratch.ts';
import { says, type Message } from '../domain/message.ts';

/** What came out of an archive: the book, open and looked at, in a folder that is not its place yet. */
export type Unpacked = Checked & { readonly engine: Engine; readonly manifest: PlainManifest };

/** @throws Problem where something is there: nothing is ever overwritten */
export function refuseTaken(target: string): void {
  const is = lstatSync(target, { throwIfNoEntry: false });
  if (is === undefined) return;
  if (!is.isDirectory())
    throw new Problem('refused', says('restore.no-new-folder', { target, is: is.isSymbolicLink() ? 'link' : 'file' }));
  const there = readdirSync(target);
  if (there.length === 0 && statSync(target).dev === statSync(dirname(resolve(target))).dev) return;
  if (there.length === 0)
    throw new Problem('refused', says('restore.onto-volume', { target, like: join(target, 'book') }));
  throw new Problem('refused', says('restore.not-empty', { target, some: there.slice(0, 3), more: there.length > 3 }));
}

/** A folder beside the place that a book is to come to. */
export async function scratchBeside(target: string): Promise<Scratch> {
  await makeFolder(dirname(resolve(target)));
  return scratchFolder(dirname(resolve(target)), `.${basename(resolve(target))}.restoring-`);
}

export type Unpacking = Omit<Reading, 'take' | 'progress'> & {
  readonly progress: Progress;
  /** Whether the files are only compared with their hashes, and not written. */
  readonly isOnlyLook: boolean;
};

/**
 * Reads the whole archive, brings its book up to date and checks it as doctor does.
 * @returns null where it is encrypted and there is no key: then its outside alone was compared
 * @throws Problem where a byte is not as it was packed, or the book is of a newer program
 */
export async function unpack(folder: string, archive: string, unpacking: Unpacking): Promise<Unpacked | null> {
  const { progress } = unpacking;
  const { inner: manifest } = await readAll(folder, archive, unpacking);
  if (manifest === null) return null;
  unpacking.signal?.throwIfAborted();
  progress('check');
  const engine = await openSqlite(join(folder, DATABASE));
  try {
    await renewAll(engine);
    const { accounts, faults } = await checkBook(engine);
    return { engine, manifest, accounts, faults: [...faults, ...differences(manifest, accounts)] };
  } catch (error) {
    await engine.close();
    throw error;
  } finally {
    progress(null);
  }
}

async function readAll(folder: string, archive: string, unpacking: Unpacking): Promise<Read> {
  const { isOnlyLook, progress } = unpacking;
  let total = 0;
  const made = new Set<string>();
  try {
    return await readArchive(archive, {
      ...unpacking,
      opened: async (manifest) => {
        const files = manifest.files.reduce((sum, { size }) => sum + size, 0);
        total = manifest.database.size + files;
        await checkRoom(folder, manifest.database.size + (isOnlyLook ? 0 : files));
        await unpacking.opened?.(manifest);
      },
      take: async (content, bytes) => {
        if (isOnlyLook && content.name !== DATABASE) for await (const _piece of bytes);
        else await writeOut(folder, { content, bytes, made });
      },
      progress: (read) => progress('read', read / total),
    });
  } catch (error) {
    throw error instanceof Problem ? error : (diskProblem(codeOf(error)) ?? error);
  }
}

type Out = { readonly content: Content; readonly bytes: AsyncIterable<Uint8Array>; readonly made: Set<string> };

/** The name is one that the manifest was checked to have: of the book, or of a file by its hash. */
async function writeOut(folder: string, { content, bytes, made }: Out): Promise<void> {
  const path = join(folder, content.name);
  if (!made.has(dirname(path))) await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  made.add(dirname(path));
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const piece of bytes) await file.appendFile(piece);
  } finally {
    await file.close();
  }
}

/** What the book itself needs and the archive has not, or says otherwise. */
function differences(manifest: PlainManifest, accounts: readonly AccountState[]): Message[] {
  const packed = new Set([...manifest.files, ...manifest.lost].map(({ account, hash }) => `${account} ${hash}`));
  const said = new Map(manifest.accounts.map((each) => [each.account, each]));
  return accounts.flatMap(({ id, newest, changeHash, files }) => [
    ...[...files.keys()]
      .filter((hash) => !packed.has(`${id} ${hash}`))
      .map((hash) => says('archive.lacks-file', { account: id, hash: hash.slice(0, 12) })),
    ...(said.get(id)?.changeNumber === (newest?.number ?? 0) && said.get(id)?.changeHash === changeHash
      ? []
      : [says('archive.other-change', { account: id })]),
  ]);
}

export type Beginning = {
  /** By account, the last invoice number that is known to have been sent. */
  readonly lastInvoices: ReadonlyMap<number, number>;
  readonly isAccessKept: boolean;
  /** Who brings it back, as the history names them. */
  readonly actor: string;
};

/**
 * Makes of the copy a book of its own: with an identity that no other has, with nobody signed in, and with invoice
 * numbers that go on after the last one that was sent.
 * @returns the new identity
 */
export async function makeItsOwn({ engine }: Unpacked, beginning: Beginning): Promise<string> {
  const { lastInvoices, isAccessKept, actor } = beginning;
  const directory = new Directory(engine);
  await directory.write(async (scope) => {
    await giveNewIdentity(scope);
    if (!isAccessKept) await endAllAccess(scope);
  });
  const store = new Store(engine);
  const author = { actor, client: 'jobwright', tool: 'restore' };
  for (const [account, last] of lastInvoices)
    await store.write(
      account,
      author,
      async (scope) => await passOverInvoices(scope, last),
      () => says('log.numbers-go-on', { last }),
    );
  return (await engine.read(bookMark)).identity;
}

/** Out to the disk, every file and every folder that names one. */
export async function syncTree(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await syncTree(path);
    else {
      const file = await open(path, 'r+');
      try {
        await file.sync();
      } finally {
        await file.close();
      }
    }
  }
  await syncFolder(folder);
}

/** By account, the number that its next invoice gets, where one was issued before. */
export async function nextInvoices({ engine, accounts }: Unpacked): Promise<ReadonlyMap<number, number>> {
  const store = new Store(engine);
  const next = new Map<number, number>();
  for (const { id } of accounts) {
    const last = await store.read(id, lastInvoiceNumber);
    if (last >= FIRST_INVOICE_NUMBER) next.set(id, last + 1);
  }
  return next;
}
