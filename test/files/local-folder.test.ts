// Bytes on disk: once per content, for their owner's eyes only, whole or not at all.
import { createHash } from 'node:crypto';
import { readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { localFolder } from '../../src/files/local-folder.ts';
import { tempFolder } from '../support/book.ts';

const BYTES = Buffer.from('a receipt');
const HASH = createHash('sha256').update(BYTES).digest('hex');
const YESTERDAY = new Date(Date.now() - 86_400_000);

function store() {
  const folder = join(tempFolder(), 'files');
  return { folder, files: localFolder(folder), path: join(folder, '1', HASH.slice(0, 2), HASH) };
}

test('the same bytes are kept once, for the owner alone', async () => {
  const { folder, files, path } = store();
  await files.put(1, HASH, BYTES);
  await files.put(1, HASH, BYTES);
  expect(Buffer.from(await files.get(1, HASH)).equals(BYTES)).toBe(true);
  expect((await files.list(1)).map(({ name }) => name)).toEqual([HASH]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  for (let at = dirname(path); at.length >= folder.length; at = dirname(at))
    expect(statSync(at).mode & 0o777).toBe(0o700);
});

test('accounts do not see each other', async () => {
  const { files } = store();
  await files.put(1, HASH, BYTES);
  await expect(files.get(2, HASH)).rejects.toThrow('ENOENT');
  expect(await files.list(2)).toEqual([]);
});

test('bytes that were altered are an error, and storing them again mends them', async () => {
  const { files, path } = store();
  await files.put(1, HASH, BYTES);
  writeFileSync(path, 'A receipt');
  await expect(files.get(1, HASH)).rejects.toThrow('altered');
  await files.put(1, HASH, BYTES);
  expect(Buffer.from(await files.get(1, HASH)).equals(BYTES)).toBe(true);
  expect(readdirSync(dirname(path))).toEqual([HASH]);
});

test('what is put there again while the old is being removed is there afterwards', async () => {
  const { files, path } = store();
  for (let round = 0; round < 150; round += 1) {
    await files.put(1, HASH, BYTES);
    utimesSync(path, YESTERDAY, YESTERDAY);
    // Another process stores the same bytes a moment later each time.
    const again = (async () => {
      for (let turn = 0; turn < round % 10; turn += 1) await new Promise(setImmediate);
      await files.put(1, HASH, BYTES);
    })();
    await Promise.all([files.removeOlder(1, HASH, new Date(Date.now() - 60_000)), again]);
    expect(Buffer.from(await files.get(1, HASH)).equals(BYTES)).toBe(true);
  }
});

test('what was put there again since is not removed', async () => {
  const { files, path } = store();
  await files.put(1, HASH, BYTES);
  utimesSync(path, YESTERDAY, YESTERDAY);
  const before = new Date(Date.now() - 3_600_000);
  expect((await files.list(1))[0]?.storedAt.getTime()).toBeLessThan(before.getTime());
  await files.put(1, HASH, BYTES);
  expect(await files.removeOlder(1, HASH, before)).toBe(false);
  utimesSync(path, YESTERDAY, YESTERDAY);
  expect(await files.removeOlder(1, HASH, before)).toBe(true);
  expect(await files.removeOlder(1, HASH, before)).toBe(false);
  expect(await files.list(1)).toEqual([]);
});
