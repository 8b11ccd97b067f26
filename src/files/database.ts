// Files in the database that the books are in: what one commits and what the other commits cannot part, so that there is
// nothing to doubt, and nothing that is left half written.
import { createHash } from 'node:crypto';
import { Problem } from '../domain/errors.ts';
import { type Instant, instantAt } from '../domain/dates.ts';
import { says } from '../domain/message.ts';
import type { FileStore } from './file-store.ts';
import { Unreadable } from './unreadable.ts';

/** What is read, sent and held of a file at once. */
const PART_BYTES = 256 * 1024;

type Named = { readonly account: number; readonly hash: string };
type Found = 'note' | 'copy';

/** What the database does for it; each is one transaction. */
export type FileRows = {
  readonly isReadOnly: boolean;
  /** Whole or not at all. */
  readonly keep: (file: Named & { readonly storedAt: Instant }, parts: readonly Uint8Array[]) => Promise<void>;
  /** As if it were put there now, out of the trash too. False where it is not there. */
  readonly renew: (file: Named & { readonly storedAt: Instant }) => Promise<boolean>;
  /**
   * All parts at one moment, one after the other, beginning again at 0 where the line was lost.
   * @returns the day when it went to the trash, if it did; undefined where it is not there
   */
  readonly each: (file: Named, take: (bytes: Uint8Array, part: number) => void) => Promise<string | null | undefined>;
  readonly part: (
    file: Named & { readonly what: 'bytes' | Found; readonly part: number },
  ) => Promise<Uint8Array | null>;
  readonly putBeside: (file: Named & { readonly what: Found }, bytes: Uint8Array) => Promise<void>;
  readonly list: (account: number) => Promise<readonly { readonly hash: string; readonly storedAt: Instant }[]>;
  readonly held: (account: number, hashes: readonly string[]) => Promise<readonly { readonly hash: string }[]>;
  readonly discard: (file: Named & { readonly before: Instant; readonly day: string }) => Promise<boolean>;
  readonly trashed: (
    account: number,
    before: string,
  ) => Promise<readonly { readonly hash: string; readonly day: string }[]>;
  readonly remove: (file: Named & { readonly day: string }) => Promise<void>;
};

type Options = { readonly isReadOnly?: boolean };

export function databaseFiles(rows: FileRows, { isReadOnly = rows.isReadOnly }: Options = {}): FileStore {
  const now = () => instantAt(Date.now());
  const renew = async (file: Named) => await rows.renew({ ...file, storedAt: now() });
  const checked = async (file: Named, take: (bytes: Uint8Array, part: number) => void = () => {}) => {
    const trashedOn = await eachOf(rows, file, take);
    // What cannot be put back is read from there again the next time.
    if (trashedOn !== null && !isReadOnly) await renew(file).catch(() => undefined);
  };
  return {
    async put(account, hash, bytes) {
      if (isReadOnly) throw new Problem('unavailable', says('disk.data-folder-read-only'));
      const file = { account, hash };
      // Bytes that were damaged meanwhile are not kept: storing them again mends them. A sweep may have taken them since.
      if ((await isKept(rows, file)) && (await renew(file))) return;
      await rows.keep({ ...file, storedAt: now() }, [...partsOf(bytes)]);
    },
    async get(account, hash) {
      const parts: Uint8Array[] = [];
      await checked({ account, hash }, (bytes, part) => {
        parts.length = part;
        parts.push(bytes);
      });
      return Buffer.concat(parts);
    },
    async stream(account, hash) {
      const file = { account, hash };
      // Read twice: nothing is handed on of what was altered.
      await checked(file);
      return partByPart(async (part) => await rows.part({ ...file, what: 'bytes', part }));
    },
    list: async (account) =>
      (await rows.list(account)).map(({ hash, storedAt }) => ({ name: hash, storedAt: new Date(storedAt) })),
    held: async (account, hashes) => new Set((await rows.held(account, hashes)).map(({ hash }) => hash)),
    discard: async (account, hash, before, day) =>
      await rows.discard({ account, hash, before: instantAt(before.getTime()), day }),
    beside: {
      get: async (account, hash, what) => await rows.part({ account, hash, what, part: 0 }).catch(() => null),
      async put(account, hash, what, bytes) {
        // Where the database refuses it, it is made again.
        if (!isReadOnly) await rows.putBeside({ account, hash, what }, bytes).catch(() => undefined);
      },
    },
    trash: {
      list: async (account, before) =>
        (await rows.trashed(account, before)).map(({ hash, day }) => ({ day, accountId: account, name: hash })),
      remove: async ({ accountId, name, day }) => await rows.remove({ account: accountId, hash: name, day }),
    },
    marker: null,
    removeDrafts: async () => 0,
    place: async () => 'database',
  };
}

/** @returns the day when it went to the trash, if it did @throws Unreadable after the last part */
async function eachOf(
  rows: FileRows,
  file: Named,
  take: (bytes: Uint8Array, part: number) => void = () => {},
): Promise<string | null> {
  let digest = createHash('sha256');
  const trashedOn = await rows.each(file, (bytes, part) => {
    if (part === 0) digest = createHash('sha256');
    digest.update(bytes);
    take(bytes, part);
  });
  if (trashedOn === undefined) throw new Unreadable('missing');
  if (digest.digest('hex') !== file.hash) throw new Unreadable('altered');
  return trashedOn;
}

async function isKept(rows: FileRows, file: Named): Promise<boolean> {
  try {
    await eachOf(rows, file);
    return true;
  } catch (error) {
    if (error instanceof Unreadable) return false;
    throw error;
  }
}

function* partsOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PART_BYTES) yield bytes.subarray(at, at + PART_BYTES);
}

function partByPart(read: (part: number) => Promise<Uint8Array | null>): ReadableStream<Uint8Array> {
  let next = 0;
  return new ReadableStream(
    {
      async pull(controller) {
        const bytes = await read(next);
        next += 1;
        if (bytes === null) controller.close();
        else controller.enqueue(bytes);
      },
    },
    // The next is asked for when somebody takes it.
    { highWaterMark: 0 },
  );
}
