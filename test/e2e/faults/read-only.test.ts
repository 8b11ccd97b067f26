// A book that may be read and not written: on a folder that is closed to writing, or a disk that is.
import { chmodSync, chownSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { random as randomOf } from '../../faults/random.ts';
import { jpeg } from '../../faults/session.ts';
import { ON_LINUX } from '../../faults/shim.ts';
import { closeDisk, maySmallDisk, smallDisk } from '../../faults/small-disk.ts';
import { expectOwnWords, expense, troubled, type Troubled } from '../../faults/troubled.ts';

const IS_ROOT = process.getuid?.() === 0;
const ENDS = ['closed', 'killed'] as const;
const PHOTO = { job: 'J-1', name: 'roof.jpg', content: jpeg(randomOf(3), 2000).toString('base64') };

/** A book with one job, one expense and one photo. */
async function bookOnDisk(options: Parameters<typeof troubled>[0], end: (typeof ENDS)[number]): Promise<Troubled> {
  const book = troubled(options);
  const desk = await book.open();
  await desk.ask('create-job', { newCustomer: { name: 'Dana' }, name: 'Roof' });
  await desk.ask('add-job-expense', expense('Nails'));
  await desk.ask('attach-file', PHOTO);
  // A kill leaves what was written last beside the book.
  await (end === 'closed' ? desk.close() : desk.kill());
  return book;
}

function everythingUnder(folder: string): string[] {
  return [folder, ...readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name)))];
}

/** Every path with its mode, owner and moment of change. */
function stateOf(folder: string) {
  return everythingUnder(folder)
    .toSorted()
    .map((path) => {
      const { mode, uid, mtimeMs, size } = statSync(path);
      return { path, mode: mode.toString(8), uid, mtimeMs, size };
    });
}

async function expectOnlyReading(book: Troubled): Promise<void> {
  const before = stateOf(book.data);
  const doctor = await book.run('doctor');
  expect(doctor.out + doctor.err).toContain('All is well.');
  expect((await book.run('call', 'list-jobs')).out).toContain('J-1');
  const desk = await book.open();
  await desk.ask('get-job', { job: 'J-1' });
  await desk.ask('fetch', { id: 'F-1' });
  for (const [tool, args] of [
    ['add-job-expense', expense('Screws')],
    ['attach-file', { ...PHOTO, content: jpeg(randomOf(4), 2000).toString('base64') }],
    // Its bytes are there already.
    ['attach-file', { ...PHOTO, name: 'again.jpg' }],
  ] as const)
    expect(expectOwnWords(await desk.call(tool, args)), tool).toMatch(/read-only|cannot be written|may not write/i);
  await desk.ask('get-job', { job: 'J-1' });
  expect(await desk.close()).toBe(0);
  // Closed by its owner for a reason: it is left as it is.
  expect(stateOf(book.data)).toEqual(before);
}

describe.skipIf(!ON_LINUX)('a folder closed to writing (Linux alone)', () => {
  function close(book: Troubled): void {
    const paths = everythingUnder(book.data).map((path) => ({ path, isFolder: statSync(path).isDirectory() }));
    for (const { path, isFolder } of paths.toReversed()) chmodSync(path, isFolder ? 0o555 : 0o444);
    onTestFinished(() => {
      for (const { path, isFolder } of paths) chmodSync(path, isFolder ? 0o700 : 0o600);
    });
  }

  it.each(ENDS)(
    'of its own, after the server was %s: reads and doctor work, writes are refused in words',
    async (end) => {
      const book = await bookOnDisk({ humble: true }, end);
      close(book);
      await expectOnlyReading(book);
      expect(await book.expenses()).toBe(1);
    },
  );

  it.skipIf(!IS_ROOT)('of somebody else (which root alone may make): the same', async () => {
    const book = await bookOnDisk({ humble: true }, 'closed');
    close(book);
    for (const path of everythingUnder(book.data)) chownSync(path, 65_534, 65_534);
    await expectOnlyReading(book);
    expect(await book.expenses()).toBe(1);
  });
});

describe.skipIf(!maySmallDisk())('a disk closed to writing (where root may mount one)', () => {
  it.each(ENDS)('after the server was %s: reads and doctor work, writes are refused in words', async (end) => {
    const disk = smallDisk();
    const book = await bookOnDisk({ disk }, end);
    closeDisk(disk);
    await expectOnlyReading(book);
    expect(await book.expenses()).toBe(1);
  });
});
