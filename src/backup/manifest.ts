// The first file of an archive says what the others are: which book, at which moment, and every content by its hash.
import { z } from 'zod';
import { Problem } from '../domain/errors.ts';
import { says } from '../domain/message.ts';
import { damaged } from './bytes.ts';
import { SIGNATURE_LENGTH } from './signing.ts';
import { lengthOf, type TarEntry } from './tar.ts';

const FORMAT = 'jobwright-backup';
const VERSION = 1;

export const MANIFEST = 'manifest.json';
export const SIGNATURE = 'manifest.sig';
export const DATABASE = 'jobwright.db';
const SEALED_CONTENT = 'content.age';

const size = z.int().min(0);
const number = z.int().min(1);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const content = z.strictObject({ size, sha256: hash });
const file = z.strictObject({ account: number, hash, size });

const HEAD = {
  format: z.literal(FORMAT),
  formatVersion: z.literal(VERSION),
  book: z.string().regex(/^[0-9a-f]{32}$/),
  writeNumber: z.int().min(0),
  madeAt: z.iso.datetime({ precision: 3 }),
  program: z.string().max(40),
  schema: z.string().max(100),
  publicKey: z.string().regex(/^[\w-]{43}$/),
};
const PLAIN = z.strictObject({
  ...HEAD,
  accounts: z.array(
    z.strictObject({
      account: number,
      changeNumber: z.int().min(0),
      /** Of the newest change; the whole history follows from it. */
      changeHash: z.string().max(100),
      /** Null where no invoice was issued yet. */
      lastInvoice: z.int().nullable(),
    }),
  ),
  database: content,
  files: z.array(file),
  /** What was missing or damaged already when the backup was made, and is not here. */
  lost: z.array(z.strictObject({ ...file.shape, is: z.enum(['missing', 'damaged']) })),
});
/** Of an encrypted archive, on the outside: nothing of the books. */
const SEALED = z.strictObject({ ...HEAD, content });

export type Head = z.infer<z.ZodObject<typeof HEAD>>;
export type PlainManifest = z.infer<typeof PLAIN>;
export type SealedManifest = z.infer<typeof SEALED>;
export type Manifest = PlainManifest | SealedManifest;
export type FileEntry = z.infer<typeof file>;
export type LostFile = PlainManifest['lost'][number];

export function headOf(given: Omit<Head, 'format' | 'formatVersion'>): Head {
  return { format: FORMAT, formatVersion: VERSION, ...given };
}

export function isSealed(manifest: Manifest): manifest is SealedManifest {
  return 'content' in manifest;
}

export function written(manifest: Manifest): Buffer {
  return Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`);
}

/** @throws Problem where it is no manifest, or of a newer program */
export function readManifest(bytes: Buffer): Manifest {
  const json = parsed(bytes);
  const version = z.object({ format: z.literal(FORMAT), formatVersion: z.int() }).safeParse(json).data?.formatVersion;
  if (version !== undefined && version > VERSION) throw new Problem('unavailable', says('archive.of-newer'));
  const { data } = z.union([PLAIN, SEALED]).safeParse(json);
  if (data === undefined) throw damaged('unknown-manifest');
  return data;
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}

/** A content behind the manifest and its signature, in the one order that they have. */
export type Content = TarEntry & { readonly sha256: string };

/** @throws Problem where something is named twice or out of order */
export function contentsOf(manifest: Manifest): Content[] {
  if (isSealed(manifest)) return [{ name: SEALED_CONTENT, ...manifest.content }];
  const files = manifest.files.map((entry) => ({ name: nameOf(entry), size: entry.size, sha256: entry.hash }));
  const keys = manifest.files.map(({ account, hash }) => `${String(account).padStart(16)} ${hash}`);
  if (keys.some((key, index) => index > 0 && key <= (keys[index - 1] ?? ''))) throw damaged('files-out-of-order');
  return [{ name: DATABASE, ...manifest.database }, ...files];
}

/** As it lies in the data folder too. */
function nameOf({ account, hash }: FileEntry): string {
  return `files/${account}/${hash.slice(0, 2)}/${hash}`;
}

/**
 * How long the archive must be: one that was cut off is told by it.
 * @param manifestSize of the manifest as it is written, in bytes
 */
export function plannedLength(manifest: Manifest, manifestSize: number): number {
  return lengthOf([
    { name: MANIFEST, size: manifestSize },
    { name: SIGNATURE, size: SIGNATURE_LENGTH },
    ...contentsOf(manifest),
  ]);
}
