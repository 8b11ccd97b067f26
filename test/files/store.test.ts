// What every place for files promises, whichever it is: a folder, the database that the books are in, or a bucket.
import { createHash } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { PLACES } from '../support/file-places.ts';

const DAY = 86_400_000;
const BYTES = Buffer.from('a receipt');
const HASH = hashOf(BYTES);
/** However a place says it. */
const MISSING = /ENOENT|no bytes are stored/;
const TODAY = '2026-11-27';
/** As seen from a day later, everything was put there long ago. */
const tomorrow = () => new Date(Date.now() + DAY);

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** No two parts of it are alike. */
function large(size = 10 * 1024 * 1024): Buffer {
  const bytes = Buffer.alloc(size);
  for (let at = 0; at < size; at += 4) bytes.writeUInt32LE((at * 2_654_435_761) >>> 0, at);
  return bytes;
}

/** By buffers that somebody still has. */
async function heldBytes(): Promise<number> {
  setFlagsFromString('--expose-gc');
  for (let time = 0; time < 3; time += 1) {
    runInNewContext('gc')();
    await new Promise(setImmediate);
  }
  return process.memoryUsage().external;
}

describe.each(PLACES)('files in $name', ({ open }) => {
  test('are kept once for the same bytes, and read back', async () => {
    const { files } = await open();
    await files.put(1, HASH, BYTES);
    await files.put(1, HASH, BYTES);
    expect(Buffer.from(await files.get(1, HASH)).equals(BYTES)).toBe(true);
    const all = await files.list(1);
    expect(all.map(({ name }) => name)).toEqual([HASH]);
    expect(Math.abs(Date.now() - (all[0]?.storedAt.getTime() ?? 0))).toBeLessThan(60_000);
  });

  test('are of one account: another sees nothing of them, and throws none of them away', async () => {
    const { files } = await open();
    await files.put(1, HASH, BYTES);
    await files.beside.put(1, HASH, 'note', Buffer.from('{}'));
    await expect(files.get(2, HASH)).rejects.toThrow(MISSING);
    await expect(files.stream(2, HASH)).rejects.toThrow(MISSING);
    expect([await files.list(2), await files.beside.get(2, HASH, 'note')]).toEqual([[], null]);
    expect(await files.discard(2, HASH, tomorrow(), TODAY)).toBe(false);
    expect(await files.trash.list(2, '9999-01-01')).toEqual([]);
    expect(await files.list(1)).toHaveLength(1);
  });

  test('that are missing or altered are an error, also in part, and storing them again mends them', async () => {
    const { files, spoil } = await open();
    await expect(files.get(1, HASH)).rejects.toThrow(MISSING);
    const bytes = large(700_000);
    const hash = hashOf(bytes);
    for (const [spoilt, why] of [
      [Buffer.from('b receipt'), /altered/],
      [null, MISSING],
    ] as const) {
      await files.put(1, hash, bytes);
      await spoil(1, hash, spoilt);
      await expect(files.get(1, hash)).rejects.toThrow(why);
      await expect(files.stream(1, hash)).rejects.toThrow(why);
      await files.put(1, hash, bytes);
      expect(bytes.equals(await files.get(1, hash))).toBe(true);
    }
  });

  test('of 10 MB come piece by piece, and little of them is held', async () => {
    const { files } = await open();
    const bytes = large();
    const hash = hashOf(bytes);
    await files.put(1, hash, bytes);
    const digest = createHash('sha256');
    const sizes: number[] = [];
    for await (const piece of await files.stream(1, hash)) {
      digest.update(piece);
      sizes.push(piece.length);
    }
    expect(digest.digest('hex')).toBe(hash);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1024 * 1024);
    // Begun and never taken: what is not taken is not held.
    const before = await heldBytes();
    const streams = await Promise.all(Array.from({ length: 6 }, async () => await files.stream(1, hash)));
    expect((await heldBytes()) - before).toBeLessThan(15 * 1024 * 1024);
    for (const stream of streams) await stream.cancel();
  });

  test('may be put there by two at once, and are whole', async () => {
    const { files, again } = await open();
    const bytes = large(900_000);
    const hash = hashOf(bytes);
    const other = await again();
    await Promise.all([files, other, files, other].map(async (each) => await each.put(1, hash, bytes)));
    expect(bytes.equals(await files.get(1, hash))).toBe(true);
    expect(await other.list(1)).toHaveLength(1);
  });

  test('go to the trash where they were not put there again since, and come back when they are read', async () => {
    const { files } = await open();
    await files.put(1, HASH, BYTES);
    await files.beside.put(1, HASH, 'copy', Buffer.from('a copy'));
    expect(await files.discard(1, HASH, new Date(Date.now() - DAY), TODAY)).toBe(false);
    expect(await files.discard(1, HASH, tomorrow(), TODAY)).toBe(true);
    expect(await files.discard(1, HASH, tomorrow(), TODAY)).toBe(false);
    expect([await files.list(1), await files.beside.get(1, HASH, 'copy')]).toEqual([[], null]);
    expect(await files.trash.list(1, TODAY)).toEqual([]);
    expect(await files.trash.list(1, '2026-11-28')).toEqual([{ day: TODAY, accountId: 1, name: HASH }]);
    expect(BYTES.equals(await files.get(1, HASH))).toBe(true);
    expect(await files.list(1)).toHaveLength(1);
    expect(await files.trash.list(1, '2026-11-28')).toEqual([]);
  });

  test('are gone for good once they are taken from the trash, but not where they were put there again', async () => {
    const { files } = await open();
    const item = { day: TODAY, accountId: 1, name: HASH };
    await files.put(1, HASH, BYTES);
    await files.discard(1, HASH, tomorrow(), TODAY);
    await files.put(1, HASH, BYTES);
    await files.trash.remove(item);
    expect(BYTES.equals(await files.get(1, HASH))).toBe(true);
    await files.discard(1, HASH, tomorrow(), TODAY);
    await files.trash.remove(item);
    expect(await files.trash.list(1, '9999-01-01')).toEqual([]);
    await expect(files.get(1, HASH)).rejects.toThrow(MISSING);
  });

  test('that are put there again while they are removed are there afterwards', async () => {
    const { files, again } = await open();
    const other = await again();
    await files.put(1, HASH, BYTES);
    for (let round = 0; round < 12; round += 1) {
      const put = async () => {
        for (let turn = 0; turn < round; turn += 1) await new Promise(setImmediate);
        await other.put(1, HASH, BYTES);
      };
      await Promise.all([files.discard(1, HASH, tomorrow(), TODAY), put()]);
      expect(BYTES.equals(await files.get(1, HASH))).toBe(true);
    }
  });

  test('have beside them what was found out about them', async () => {
    const { files } = await open();
    expect(await files.beside.get(1, HASH, 'note')).toBe(null);
    await files.put(1, HASH, BYTES);
    for (const text of ['{"kind":"whole"}', '{}']) {
      await files.beside.put(1, HASH, 'note', Buffer.from(text));
      expect(Buffer.from((await files.beside.get(1, HASH, 'note')) ?? []).toString()).toBe(text);
    }
    expect(await files.beside.get(1, HASH, 'copy')).toBe(null);
    expect((await files.list(1)).map(({ name }) => name)).toEqual([HASH]);
  });

  test('are read where nothing may be written, out of the trash too, and left as they are', async () => {
    const { files, again } = await open();
    await files.put(1, HASH, BYTES);
    await files.discard(1, HASH, tomorrow(), TODAY);
    const reading = await again({ isReadOnly: true });
    expect(BYTES.equals(await reading.get(1, HASH))).toBe(true);
    expect(await files.trash.list(1, '9999-01-01')).toHaveLength(1);
    await expect(reading.put(1, HASH, BYTES)).rejects.toThrow('disk.data-folder-read-only');
  });

  test('lie in a place that stays the same from start to start', async () => {
    const { files, again } = await open();
    await files.put(1, HASH, BYTES);
    const place = await files.place();
    expect(place).not.toBe(null);
    expect(await (await again()).place()).toBe(place);
  });
});
