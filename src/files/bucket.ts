// Files in a bucket that speaks S3: `<prefix><account>/<hash>`, and `<prefix>trash/<day>/<account>/<hash>`. Keys are named
// by content, and what was written is read back: not every server that speaks S3 keeps a condition on a write.
import { createHash } from 'node:crypto';
import { Problem } from '../domain/errors.ts';
import { says } from '../domain/message.ts';
import { markerInBucket } from './bucket-marker.ts';
import type { Bucket } from './bucket-objects.ts';
import type { Beside, FileStore, Trash } from './file-store.ts';
import { Unreadable } from './unreadable.ts';

/** A sweep may take what was put there a moment ago. */
const TRIES = 3;

const NAME = /^[\da-f]{64}$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const BESIDE = ['note', 'copy'] as const;

type Options = { readonly isReadOnly?: boolean };

export function bucketFiles(bucket: Bucket, { isReadOnly = false }: Options = {}): FileStore {
  const list: FileStore['list'] = async (account) => {
    const folder = keyOf(account, '');
    return (await bucket.list(folder))
      .map(({ key, storedAt }) => ({ name: key.slice(folder.length), storedAt }))
      .filter(({ name }) => NAME.test(name));
  };
  return {
    async put(account, hash, bytes) {
      if (isReadOnly) throw new Problem('unavailable', says('disk.data-folder-read-only'));
      for (let tried = 1; ; tried += 1) {
        await bucket.put(keyOf(account, hash), bytes);
        if ((await faultOf(bucket, keyOf(account, hash), hash)) === null) return;
        if (tried === TRIES) throw new Problem('unavailable', says('bucket.not-read-back'));
      }
    },
    async get(account, hash) {
      const parts: Uint8Array[] = [];
      const fault = await faultOf(bucket, keyOf(account, hash), hash, parts);
      if (fault === 'missing') return await whole(await streamed(bucket, { account, hash, isReadOnly }));
      if (fault !== null) throw new Unreadable(fault);
      return Buffer.concat(parts);
    },
    stream: async (account, hash) => await streamed(bucket, { account, hash, isReadOnly }),
    list,
    async held(account, hashes) {
      const names = new Set((await list(account)).map(({ name }) => name));
      return new Set(hashes.filter((hash) => names.has(hash)));
    },
    discard: async (account, hash, before, day) => await discard(bucket, { account, hash, before, day }),
    beside: besideIn(bucket, isReadOnly),
    trash: trashIn(bucket),
    marker: markerInBucket(bucket),
    // An object is there whole or not at all.
    removeDrafts: async () => 0,
    place: async () => bucket.name,
  };
}

type Named = { readonly account: number; readonly hash: string };

/** Read twice: nothing is handed on of what was altered. */
async function streamed(bucket: Bucket, file: Named & { readonly isReadOnly: boolean }) {
  const bytes = await bucket.get(await keyFound(bucket, file));
  if (bytes === null) throw new Unreadable('missing');
  return bytes;
}

/** Where it is whole: in its place, or in the trash, from where it is put back. @throws Unreadable */
async function keyFound(
  bucket: Bucket,
  { account, hash, isReadOnly }: Named & { readonly isReadOnly: boolean },
): Promise<string> {
  const key = keyOf(account, hash);
  const fault = await faultOf(bucket, key, hash);
  if (fault === null) return key;
  const trashed = fault === 'missing' ? await keyInTrash(bucket, account, hash) : null;
  if (trashed === null) throw new Unreadable(fault);
  if (isReadOnly) return trashed;
  await bucket.copy(trashed, key);
  if (!(await isCopied(bucket, { from: trashed, to: key, hash }))) return trashed;
  await bucket.remove(trashed);
  return key;
}

/** What is damaged is copied as it is. */
async function isCopied(
  bucket: Bucket,
  { from, to, hash }: { readonly from: string; readonly to: string; readonly hash: string },
): Promise<boolean> {
  const fault = await faultOf(bucket, to, hash);
  return fault === null || (fault === 'altered' && (await faultOf(bucket, from, hash)) === 'altered');
}

async function keyInTrash(bucket: Bucket, account: number, hash: string): Promise<string | null> {
  for (const day of (await daysOf(bucket)).toReversed())
    if ((await faultOf(bucket, trashKey(day, account, hash), hash)) === null) return trashKey(day, account, hash);
  return null;
}

async function discard(
  bucket: Bucket,
  { account, hash, before, day }: Named & { readonly before: Date; readonly day: string },
): Promise<boolean> {
  const key = keyOf(account, hash);
  const isOld = async () => {
    const storedAt = await bucket.timeOf(key);
    return storedAt !== null && storedAt < before;
  };
  if (!(await isOld())) return false;
  // What is put there again between these steps is in the trash as well, from where whoever reads it has it.
  await bucket.copy(key, trashKey(day, account, hash));
  // The only other copy stays until this one was read back, unless it is of no use itself.
  if (!(await isCopied(bucket, { from: key, to: trashKey(day, account, hash), hash }))) return false;
  if (!(await isOld())) return false;
  await bucket.remove(key);
  for (const what of BESIDE) await bucket.remove(`${key}.${what}`);
  return true;
}

function besideIn(bucket: Bucket, isReadOnly: boolean): Beside {
  return {
    async get(account, hash, what) {
      const bytes = await bucket.get(`${keyOf(account, hash)}.${what}`).catch(() => null);
      return bytes === null ? null : await whole(bytes).catch(() => null);
    },
    async put(account, hash, what, bytes) {
      // Where the bucket refuses it, it is made again.
      if (!isReadOnly) await bucket.put(`${keyOf(account, hash)}.${what}`, bytes).catch(() => undefined);
    },
  };
}

function trashIn(bucket: Bucket): Trash {
  return {
    async list(account, before) {
      const days = (await daysOf(bucket)).filter((day) => day < before);
      const all = days.map(async (day) => {
        const folder = trashKey(day, account, '');
        return (await bucket.list(folder)).map(({ key }) => ({
          day,
          accountId: account,
          name: key.slice(folder.length),
        }));
      });
      return (await Promise.all(all)).flat();
    },
    remove: async ({ day, accountId, name }) => await bucket.remove(trashKey(day, accountId, name)),
  };
}

function keyOf(account: number, hash: string): string {
  return `${account}/${hash}`;
}

function trashKey(day: string, account: number, hash: string): string {
  return `trash/${day}/${keyOf(account, hash)}`;
}

/** Oldest first. */
async function daysOf(bucket: Bucket): Promise<string[]> {
  return (await bucket.folders('trash/')).filter((name) => DAY.test(name)).toSorted();
}

/** @param parts takes what was read, where somebody wants it */
async function faultOf(
  bucket: Bucket,
  key: string,
  hash: string,
  parts?: Uint8Array[],
): Promise<'missing' | 'altered' | null> {
  const bytes = await bucket.get(key);
  if (bytes === null) return 'missing';
  const digest = createHash('sha256');
  for await (const piece of bytes) {
    digest.update(piece);
    parts?.push(piece);
  }
  return digest.digest('hex') === hash ? null : 'altered';
}

async function whole(bytes: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const piece of bytes) parts.push(piece);
  return Buffer.concat(parts);
}
