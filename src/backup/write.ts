// Writes an archive: into a file beside its place, out to the disk, read back, and only then under its name.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from '../files/make-folder.ts';
import { encrypted, type Encrypted } from './age.ts';
import { damaged, damagedPart } from './bytes.ts';
import {
  contentsOf,
  headOf,
  MANIFEST,
  plannedLength,
  SIGNATURE,
  written,
  type Content,
  type Manifest,
  type PlainManifest,
  type SealedManifest,
} from './manifest.ts';
import { readArchive } from './read.ts';
import { checkRoom } from './room.ts';
import { signatureOf, type SigningKey } from './signing.ts';
import { END, headerOf, padding } from './tar.ts';
import type { Progress } from './progress.ts';

/** Written at once, so that many small files do not become many small writes. */
const BATCH = 1024 * 1024;

export type Packing = {
  readonly manifest: PlainManifest;
  readonly key: SigningKey;
  readonly recipients: readonly string[];
  /** The bytes of a content that the manifest names. */
  readonly bytesOf: (content: Content) => AsyncIterable<Uint8Array>;
  readonly signal: AbortSignal;
  readonly progress: Progress;
};

/**
 * @param path of the archive, for its owner's eyes only
 * @returns its length in bytes
 * @throws whatever the disk says; then nothing is left there
 */
export async function writeArchive(path: string, packing: Packing): Promise<number> {
  const { manifest, recipients, signal, progress } = packing;
  const size = plannedLength(manifest, written(manifest).length);
  const plain = plainBytes(packing);
  const sealed = recipients.length === 0 ? null : await encrypted(plain, size, recipients);
  const total = sealed === null ? size : sealedLength(manifest, sealed.size);
  await checkRoom(dirname(path), total);
  const part = `${path}.part`;
  const file = await open(part, 'wx+', 0o600);
  try {
    try {
      const report = (share: number) => progress('write', share / total);
      if (sealed === null) await writeAll(file, plain, { signal, report });
      else await writeSealed(file, sealed, packing, report);
      if ((await file.stat()).size !== total) throw damaged('other-length');
      await file.sync();
    } finally {
      await file.close();
    }
    await readArchive(part, { signal, progress: (read) => progress('read-back', read / total) });
    signal.throwIfAborted();
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
  return total;
}

async function* plainBytes({ manifest, key, bytesOf }: Packing): AsyncGenerator<Uint8Array> {
  yield* signed(manifest, key);
  const at = new Date(manifest.madeAt);
  for (const content of contentsOf(manifest)) {
    yield headerOf(content, at);
    const hash = createHash('sha256');
    let size = 0;
    for await (const piece of bytesOf(content)) {
      hash.update(piece);
      size += piece.length;
      yield piece;
    }
    // It was looked at a moment ago, and is another one now.
    if (size !== content.size || hash.digest('hex') !== content.sha256) throw damagedPart(content.name, 'changed');
    yield padding(content.size);
  }
  yield END;
}

/** The two members that every archive begins with. */
function* signed(manifest: Manifest, key: SigningKey): Generator<Uint8Array> {
  const at = new Date(manifest.madeAt);
  const bytes = written(manifest);
  for (const [name, content] of [
    [MANIFEST, bytes],
    [SIGNATURE, signatureOf(bytes, key)],
  ] as const) {
    yield headerOf({ name, size: content.length }, at);
    yield content;
    yield padding(content.length);
  }
}

/** The outside of an encrypted archive. Its hash is known once it is written, and is as long as the one before. */
function outside(
  { book, writeNumber, madeAt, program, schema, publicKey }: PlainManifest,
  size: number,
): SealedManifest {
  const head = headOf({ book, writeNumber, madeAt, program, schema, publicKey });
  return { ...head, content: { size, sha256: '0'.repeat(64) } };
}

function sealedLength(manifest: PlainManifest, size: number): number {
  const outer = outside(manifest, size);
  return plannedLength(outer, written(outer).length);
}

async function writeSealed(
  file: FileHandle,
  { size, bytes }: Encrypted,
  { manifest, key, signal }: Packing,
  report: (written: number) => void,
): Promise<void> {
  const draft = outside(manifest, size);
  const [content] = contentsOf(draft);
  const hash = createHash('sha256');
  const all = async function* (): AsyncGenerator<Uint8Array> {
    yield* signed(draft, key);
    if (content !== undefined) yield headerOf(content, new Date(draft.madeAt));
    for await (const piece of bytes) {
      hash.update(piece);
      yield piece;
    }
    yield padding(size);
    yield END;
  };
  await writeAll(file, all(), { signal, report });
  const final = { ...draft, content: { size, sha256: hash.digest('hex') } };
  let at = 0;
  for (const piece of signed(final, key)) at += (await file.write(piece, 0, piece.length, at)).bytesWritten;
}

async function writeAll(
  file: FileHandle,
  bytes: AsyncIterable<Uint8Array>,
  { signal, report }: { signal: AbortSignal; report: (written: number) => void },
): Promise<void> {
  let batch: Uint8Array[] = [];
  let waiting = 0;
  let done = 0;
  const flush = async () => {
    signal.throwIfAborted();
    await file.appendFile(Buffer.concat(batch));
    done += waiting;
    [batch, waiting] = [[], 0];
    report(done);
  };
  for await (const piece of bytes) {
    if (piece.length === 0) continue;
    batch.push(piece);
    waiting += piece.length;
    if (waiting >= BATCH) await flush();
  }
  if (waiting > 0) await flush();
}

/** A name that nothing has yet in that folder. */
export function freeName(stem: string): string {
  for (let copy = 1; ; copy += 1) {
    const path = `${stem}${copy === 1 ? '' : `-${copy}`}.tar`;
    if (!existsSync(path)) return path;
  }
}
