// Reads an archive and compares every byte of it with what its signed manifest says. Nothing in it is taken on trust: no
// name, no length and no order but those that the manifest gives.
import { createHash, type Hash } from 'node:crypto';
import type { Decrypter } from 'age-encryption';
import { codeOf } from '../domain/disk.ts';
import { Problem } from '../domain/errors.ts';
import { says } from '../domain/message.ts';
import { decrypted } from './age.ts';
import { ByteReader, damaged, damagedPart, piecesOf } from './bytes.ts';
import {
  contentsOf,
  isSealed,
  MANIFEST,
  plannedLength,
  readManifest,
  SIGNATURE,
  type Content,
  type Manifest,
  type PlainManifest,
  type SealedManifest,
} from './manifest.ts';
import { isFingerprintOf, isSignedBy, SIGNATURE_LENGTH, type PublicKey } from './signing.ts';
import { END, HEADER_LENGTH, headerOf, padding, sizeIn } from './tar.ts';

/** Of a book with some hundreds of thousands of files. */
const LONGEST_MANIFEST = 256 * 1024 * 1024;
const PIECE = 1024 * 1024;

export type Reading = {
  /** Of an encrypted archive; without them only its outside is looked at. */
  readonly keys?: Decrypter | undefined;
  /** What the person noted down of the book's key. */
  readonly fingerprint?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The inner manifest, before anything behind it is read. */
  readonly opened?: ((manifest: PlainManifest) => Promise<void>) | undefined;
  /** Takes a content; what is not taken is compared with its hash all the same. */
  readonly take?: ((content: Content, bytes: AsyncIterable<Uint8Array>) => Promise<void>) | undefined;
  readonly progress?: ((read: number) => void) | undefined;
};

export type Read = {
  readonly outer: Manifest;
  /** Null where it is encrypted and there was no key. */
  readonly inner: PlainManifest | null;
};

/** Reads all of it. @throws Problem where a byte is not as it was written, or the signature is of another key */
export async function readArchive(path: string, reading: Reading = {}): Promise<Read> {
  return await openedAt(path, { piece: PIECE, signal: reading.signal }, async (reader) => {
    const { manifest: outer } = await manifestOf(reader);
    checkFingerprint(outer.publicKey, reading.fingerprint);
    const inner = isSealed(outer) ? await readSealed(reader, outer, reading) : await readPlain(reader, outer, reading);
    await reader.end();
    return { outer, inner };
  });
}

export type Envelope = {
  readonly manifest: Manifest;
  /** How long the archive must be, in bytes. */
  readonly length: number;
};

/** Reads its manifest alone, and whether the signature is right. @throws Problem where it is no archive */
export async function readEnvelope(path: string): Promise<Envelope> {
  return await openedAt(path, { piece: 16 * 1024 }, manifestOf);
}

async function openedAt<T>(
  path: string,
  { piece, signal }: { piece: number; signal?: AbortSignal | undefined },
  work: (reader: ByteReader) => Promise<T>,
): Promise<T> {
  const reader = new ByteReader(readable(piecesOf(path, piece), path, signal));
  try {
    return await work(reader);
  } finally {
    await reader.close();
  }
}

/** What goes wrong in reading is told as such; where the bytes are written to, other things go wrong. */
async function* readable(
  pieces: AsyncGenerator<Uint8Array>,
  path: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  try {
    for (;;) {
      signal?.throwIfAborted();
      const next = await pieces.next().catch((error: unknown) => {
        throw new Problem('unavailable', says('archive.unread', { path, code: codeOf(error) }));
      });
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await pieces.return(undefined);
  }
}

async function manifestOf(reader: ByteReader): Promise<Envelope> {
  const header = await reader.take(HEADER_LENGTH);
  const size = sizeIn(header, MANIFEST);
  if (size === null || size > LONGEST_MANIFEST) throw damaged('begins-otherwise');
  const bytes = await reader.take(size);
  const padded = await reader.take(padding(size).length);
  const signatureHeader = await reader.take(HEADER_LENGTH);
  const signature = await reader.take(SIGNATURE_LENGTH);
  const manifest = readManifest(bytes);
  if (!isSignedBy(manifest.publicKey, bytes, signature)) throw damaged('unsigned');
  const at = new Date(manifest.madeAt);
  same(header, headerOf({ name: MANIFEST, size }, at), MANIFEST);
  same(padded, padding(size), MANIFEST);
  same(signatureHeader, headerOf({ name: SIGNATURE, size: SIGNATURE_LENGTH }, at), SIGNATURE);
  same(await reader.take(padding(SIGNATURE_LENGTH).length), padding(SIGNATURE_LENGTH), SIGNATURE);
  return { manifest, length: plannedLength(manifest, size) };
}

function checkFingerprint(publicKey: PublicKey, said: string | undefined): void {
  if (said !== undefined && !isFingerprintOf(publicKey, said)) throw new Problem('refused', says('archive.other-key'));
}

async function readPlain(reader: ByteReader, manifest: PlainManifest, reading: Reading): Promise<PlainManifest> {
  const contents = contentsOf(manifest);
  await reading.opened?.(manifest);
  let read = 0;
  for (const content of contents) {
    await readContent(reader, { content, manifest }, async (bytes) => await (reading.take ?? drain)(content, bytes));
    read += content.size;
    reading.progress?.(read);
  }
  same(await reader.take(END.length), END, 'the end');
  return manifest;
}

async function readSealed(reader: ByteReader, outer: SealedManifest, reading: Reading): Promise<PlainManifest | null> {
  const { keys } = reading;
  const [content] = contentsOf(outer);
  if (content === undefined) throw damaged('empty');
  let inner: PlainManifest | null = null;
  await readContent(reader, { content, manifest: outer }, async (bytes) => {
    if (keys === undefined) await drain(content, bytes);
    else inner = await readInner(decrypted(bytes, keys), outer, reading);
  });
  same(await reader.take(END.length), END, 'the end');
  return inner;
}

/** The archive in the archive, which must be of the same book, moment and key. */
async function readInner(
  plain: AsyncIterable<Uint8Array>,
  outer: SealedManifest,
  reading: Reading,
): Promise<PlainManifest> {
  const reader = new ByteReader(plain);
  const { manifest: inner } = await manifestOf(reader);
  const { content: _, ...head } = outer;
  if (isSealed(inner)) throw damaged('encrypted-twice');
  if (Object.entries(head).some(([key, value]) => Object.entries(inner).every(([k, v]) => k !== key || v !== value)))
    throw damaged('other-inside');
  await readPlain(reader, inner, reading);
  await reader.end();
  return inner;
}

async function readContent(
  reader: ByteReader,
  { content, manifest }: { content: Content; manifest: Manifest },
  take: (bytes: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<void> {
  same(await reader.take(HEADER_LENGTH), headerOf(content, new Date(manifest.madeAt)), content.name);
  const hash = createHash('sha256');
  await take(hashed(reader.stream(content.size), hash));
  if (hash.digest('hex') !== content.sha256) throw damagedPart(content.name, 'other-content');
  const padded = padding(content.size);
  same(await reader.take(padded.length), padded, content.name);
}

async function* hashed(bytes: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) {
    hash.update(piece);
    yield piece;
  }
}

async function drain(_content: Content, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _piece of bytes);
}

function same(found: Buffer, expected: Buffer, where: string): void {
  if (!found.equals(expected)) throw damagedPart(where, 'other-place');
}
