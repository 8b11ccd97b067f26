// Bytes on disk: once per content, for their owner's eyes only, whole or not at all.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { localFolder } from '../../src/files/local-folder.ts';
import { makeFolder } from '../../src/files/make-folder.ts';
import { tempFolder } from '../support/book.ts';
import { letPass } from '../support/time.ts';

const BYTES = Buffer.from('a receipt');
const HASH = createHash('sha256').update(BYTES).digest('hex');
const TODAY = '2026-11-27';
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

test('where nothing may be written, what is there is read and left as it is', async () => {
  const { folder, files, path } = store();
  await files.put(1, HASH, BYTES);
  utimesSync(path, YESTERDAY, YESTERDAY);
  const reading = localFolder(folder, { isReadOnly: true });
  await expect(reading.put(1, HASH, BYTES)).rejects.toThrow('disk.data-folder-read-only');
  expect(Buffer.from(await reading.get(1, HASH)).equals(BYTES)).toBe(true);
  expect(statSync(path).mtime).toEqual(YESTERDAY);
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
    await Promise.all([files.discard(1, HASH, new Date(Date.now() - 60_000), TODAY), again]);
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
  expect(await files.discard(1, HASH, before, TODAY)).toBe(false);
  utimesSync(path, YESTERDAY, YESTERDAY);
  expect(await files.discard(1, HASH, before, TODAY)).toBe(true);
  expect(await files.discard(1, HASH, before, TODAY)).toBe(false);
  expect(await files.list(1)).toEqual([]);
});

describe('what is answered for is there after a power cut:', () => {
  /** A disk that takes its time, and what came to its end on it, in that order. */
  function slowDisk(folder = join(tempFolder(), 'files')) {
    const order: string[] = [];
    const sync = async (path: string) => {
      await letPass(20, 'a disk that takes its time');
      order.push(path);
    };
    const other = Buffer.from('another receipt');
    // As a hash that begins alike.
    const beside = `${HASH.slice(0, 2)}${'0'.repeat(62)}`;
    const put = async (files: ReturnType<typeof localFolder>, hash: string) => {
      await files.put(1, hash, hash === HASH ? BYTES : other);
      order.push(`answered ${hash}`);
    };
    const above = [dirname(folder), folder, join(folder, '1'), join(folder, '1', HASH.slice(0, 2))];
    return { folder, order, sync, put, beside, above };
  }

  /** Everything that was written out before the first answer. */
  function beforeAnswer({ order }: ReturnType<typeof slowDisk>): string[] {
    const first = order.findIndex((each) => each.startsWith('answered'));
    return order.slice(0, Math.max(first, 0));
  }

  test('two photos into one new folder at once', async () => {
    const disk = slowDisk();
    const files = localFolder(disk.folder, disk);
    await Promise.all([disk.put(files, HASH), disk.put(files, disk.beside)]);
    expect(beforeAnswer(disk)).toEqual(expect.arrayContaining(disk.above));
    // For the account's folder and for that of drafts, whoever asks.
    expect(disk.order.filter((each) => each === disk.folder)).toHaveLength(2);
  });

  test('a photo into folders that another process has just made', async () => {
    const disk = slowDisk();
    mkdirSync(join(disk.folder, '1', HASH.slice(0, 2)), { recursive: true });
    await disk.put(localFolder(disk.folder, disk), disk.beside);
    expect(beforeAnswer(disk)).toEqual(expect.arrayContaining(disk.above));
  });

  test('a photo that another process has just put there', async () => {
    const disk = slowDisk();
    await localFolder(disk.folder).put(1, HASH, BYTES);
    await disk.put(localFolder(disk.folder, disk), HASH);
    expect(beforeAnswer(disk)).toEqual(expect.arrayContaining(disk.above));
  });

  test('every folder above a new data folder', async () => {
    const top = tempFolder();
    const order: string[] = [];
    await makeFolder(join(top, 'a', 'b', 'c'), async (path) => {
      order.push(`${path} names ${readdirSync(path).join()}`);
    });
    expect(order).toEqual([`${top} names a`, `${join(top, 'a')} names b`, `${join(top, 'a', 'b')} names c`]);
  });
});

describe('what was half written', () => {
  const partsOf = (folder: string) => join(folder, 'parts');

  test('is gone where its put failed', async () => {
    const { folder, files, path } = store();
    mkdirSync(join(path, 'in the way'), { recursive: true });
    await expect(files.put(1, HASH, BYTES)).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST|EPERM/);
    expect(readdirSync(partsOf(folder))).toEqual([]);
  });

  test('is removed once its process is gone, and whoever writes meanwhile is left in peace', async () => {
    const { folder, files } = store();
    await files.put(1, HASH, BYTES);
    const gone = spawnSync(process.execPath, ['--version']).pid;
    const now = Date.now();
    const draft = (pid: number, seconds: number) => {
      const name = `${HASH}.${pid}.00000000-0000-4000-8000-0000000000${String(readdirSync(partsOf(folder)).length).padStart(2, '0')}.part`;
      writeFileSync(join(partsOf(folder), name), 'half');
      const then = new Date(now - seconds * 1000);
      utimesSync(join(partsOf(folder), name), then, then);
      return name;
    };
    draft(gone, 11);
    // Of an earlier process that had the number of this one.
    draft(process.pid, 11);
    draft(process.ppid, 3601);
    const left = [draft(gone, 9), draft(process.ppid, 3500)];
    expect(await files.removeDrafts(new Date(now))).toBe(3);
    expect(readdirSync(partsOf(folder)).toSorted()).toEqual(left.toSorted());
    expect(await files.removeDrafts(new Date(now + 2000))).toBe(1);
  });
});

describe('the note of whose files they are', () => {
  const IDENTITY = 'ab'.repeat(16);

  test('only rises, whichever of several processes writes it', async () => {
    const { folder, files } = store();
    await files.put(1, HASH, BYTES);
    const processes = [files, localFolder(folder), localFolder(folder)];
    const numbers = Array.from({ length: 30 }, (_, index) => ((index * 7) % 30) + 1);
    await Promise.all(
      numbers.map(async (writeNumber, index) => {
        await processes[index % 3]?.marker.raise({ identity: IDENTITY, writeNumber });
      }),
    );
    expect(await files.marker.read()).toEqual({ identity: IDENTITY, writeNumber: 30 });
    await files.marker.raise({ identity: IDENTITY, writeNumber: 29 });
    await files.marker.raise({ identity: 'cd'.repeat(16), writeNumber: 99 });
    expect(await files.marker.read()).toEqual({ identity: IDENTITY, writeNumber: 30 });
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('does not fall where another process raised it while this one waited for its turn', async () => {
    const { folder, files } = store();
    await files.put(1, HASH, BYTES);
    const lock = join(folder, 'book.json.lock');
    writeFileSync(lock, '');
    const raised = files.marker.raise({ identity: IDENTITY, writeNumber: 5 });
    for (let turn = 0; turn < 10; turn += 1) await files.marker.read();
    writeFileSync(join(folder, 'book.json'), JSON.stringify({ identity: IDENTITY, writeNumber: 9 }));
    rmSync(lock);
    await raised;
    expect(await files.marker.read()).toEqual({ identity: IDENTITY, writeNumber: 9 });
  });

  test('is written where a process was killed while it wrote it', async () => {
    const { folder, files } = store();
    await files.put(1, HASH, BYTES);
    writeFileSync(join(folder, 'book.json.lock'), '');
    utimesSync(join(folder, 'book.json.lock'), YESTERDAY, YESTERDAY);
    await files.marker.raise({ identity: IDENTITY, writeNumber: 7 });
    expect(await files.marker.read()).toEqual({ identity: IDENTITY, writeNumber: 7 });
    expect(readdirSync(folder)).not.toContain('book.json.lock');
  });
});
