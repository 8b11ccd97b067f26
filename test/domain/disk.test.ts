// What a disk refuses, in words, and how much of it is left to the book.
import { expect, test } from 'vitest';
import { diskMessage, diskProblem, hasRoom, unread } from '../../src/domain/disk.ts';
import { forModel } from '../../src/printers/in-words.ts';

const MB = 1_000_000;

test.each([
  ['what fits beside the reserve', 1000 * MB, 28 * MB, 8 * MB, true],
  ['what would touch the reserve', 1000 * MB, 28 * MB, 8 * MB + 1, false],
  ['what fits beside the tenth of a small disk', 50 * MB, 13 * MB, 8 * MB, true],
  ['what would touch the tenth of a small disk', 50 * MB, 13 * MB - 1, 8 * MB, false],
  ['a disk that does not tell its size', 0, 0, 8 * MB, true],
])('%s', (_, size, free, bytes, fits) => {
  expect(hasRoom({ size, free }, bytes)).toBe(fits);
});

function words(code: string): string | null {
  const said = diskMessage(code);
  return said === null ? null : forModel(said);
}

test('a fault of a disk is told with what to do, and any other is none of its', () => {
  expect(words('ENOSPC')).toBe(
    'The disk is full, so nothing was saved. Free some space and try again; reading still works.',
  );
  expect(words('EMFILE')).toContain('Too many files are open at once, so nothing was saved.');
  expect(diskProblem('ENOENT')).toBeNull();
});

test.each([
  ['EACCES', 'F-1 gate.jpg could not be read: this user may not read it. Give this user the right'],
  ['EMFILE', 'F-1 gate.jpg could not be read: too many files are open at once. Try again in a moment'],
  ['EIO', 'F-1 gate.jpg could not be read: the disk reported an error. Try again'],
  ['ESTALE', 'F-1 gate.jpg could not be read: the disk reported an error. Try again'],
])('a file that was not read because of %s', (code, words) => {
  expect(forModel(unread(code, 'F-1 gate.jpg'))).toContain(words);
});
