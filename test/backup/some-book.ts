// A book with records and files to make backups of, and archives put together by hand, as somebody who forges one would.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeBackup, type Made, type Wish } from '../../src/backup/make.ts';
import { readManifest, written, type Manifest } from '../../src/backup/manifest.ts';
import { SIGNATURE_LENGTH, signatureOf, type SigningKey } from '../../src/backup/signing.ts';
import { END, headerOf, padding } from '../../src/backup/tar.ts';
import { localFolder } from '../../src/files/local-folder.ts';
import { Directory } from '../../src/store/directory/directory.ts';
import { openBook, tempFolder, type Book } from '../support/book.ts';
import { fileOf } from '../support/engines/sqlite.ts';
import { openEngine } from '../support/store.ts';

/** Dana's job with an issued invoice (INV-1001), an expense and two files on it. */
export async function someBook(): Promise<Book & { readonly shelf: string }> {
  const root = tempFolder();
  mkdirSync(join(root, 'book'));
  const book = await openBook({ folder: join(root, 'book') });
  await book.ok('create-job', { newCustomer: { name: 'Dana Henderson' }, name: 'Roof' });
  await book.ok('create-invoice', { job: 'J-1', lines: [{ description: 'Tear-off', quantity: 1, unitPrice: 1200 }] });
  await attach(book, 'permit.txt', 'The permit of the town.');
  await attach(book, 'notes.txt', 'Second look at the flashing. '.repeat(3000));
  return { ...book, shelf: join(root, 'shelf') };
}

export async function attach(book: Book, name: string, text: string): Promise<void> {
  await book.ok('attach-file', { job: 'J-1', name, content: Buffer.from(text).toString('base64') });
}

/** @throws Problem where it is not made */
export async function backUp(book: Pick<Book, 'folder'>, to: string, wish: Partial<Wish> = {}) {
  const bookFile = fileOf(book);
  const engine = await openEngine(book);
  try {
    return await makeBackup(
      {
        ...{ dataFolder: book.folder, bookFile, directory: new Directory(engine) },
        files: localFolder(join(book.folder, 'files')),
      },
      {
        ...{ to, recipients: [], keep: undefined, every: undefined, now: new Date() },
        ...{ signal: new AbortController().signal, progress: () => undefined },
        ...wish,
      },
    );
  } finally {
    await engine.close();
  }
}

export async function backedUp(
  book: Pick<Book, 'folder'>,
  to: string,
  wish: Partial<Omit<Wish, 'every'>> = {},
): Promise<Made> {
  const made = await backUp(book, to, wish);
  if (!made.made) throw new Error('no backup was made');
  return made;
}

export type Part = { readonly name: string; readonly bytes: Buffer };

/** The members of an archive, in their order. */
export function partsOf(archive: string): Part[] {
  const bytes = readFileSync(archive);
  const parts: Part[] = [];
  for (let at = 0; bytes[at] !== 0; ) {
    const name = bytes.toString('latin1', at, at + 100).replace(/\0+$/, '');
    const size = Number.parseInt(bytes.toString('latin1', at + 124, at + 135), 8);
    parts.push({ name, bytes: bytes.subarray(at + 512, at + 512 + size) });
    at += 512 + size + padding(size).length;
  }
  return parts;
}

/** An archive of these members, well formed whatever they are. */
export function archiveOf(parts: readonly Part[], at: Date): Buffer {
  return Buffer.concat([
    ...parts.flatMap(({ name, bytes }) => [headerOf({ name, size: bytes.length }, at), bytes, padding(bytes.length)]),
    END,
  ]);
}

/** With another manifest, under that key's signature. */
export function signedAnew(parts: readonly Part[], key: SigningKey, change: (manifest: any) => Manifest): Buffer {
  const [manifest, , ...rest] = parts;
  if (manifest === undefined) throw new Error('there is no manifest');
  const changed = change(readManifest(manifest.bytes));
  const bytes = written(changed);
  const signature = signatureOf(bytes, key);
  if (signature.length !== SIGNATURE_LENGTH) throw new Error('signatures are longer now');
  return archiveOf(
    [{ name: 'manifest.json', bytes }, { name: 'manifest.sig', bytes: signature }, ...rest],
    new Date(changed.madeAt),
  );
}

/** A file of a test of its own. */
export function fileWith(bytes: Buffer | string): string {
  const path = join(tempFolder(), 'archive.tar');
  writeFileSync(path, bytes);
  return path;
}
