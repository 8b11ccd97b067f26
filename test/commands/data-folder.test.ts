// The note in the data folder of which book it was made for.
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { notedIdentity, noteIdentity } from '../../src/commands/data-folder.ts';
import { tempFolder } from '../support/book.ts';

const [ONE, OTHER] = ['ab'.repeat(16), 'cd'.repeat(16)];

describe('the note of which book a folder was made for', () => {
  test('is written once, and stays', async () => {
    const dataFolder = tempFolder();
    expect(await notedIdentity({ dataFolder })).toBeNull();
    await noteIdentity({ dataFolder }, ONE);
    await noteIdentity({ dataFolder }, OTHER);
    expect(await notedIdentity({ dataFolder })).toBe(ONE);
    expect(readdirSync(dataFolder)).toEqual(['jobwright.id']);
  });

  test.each([
    ['empty', ''],
    ['of nothing but zeros', '\0'.repeat(33)],
    ['cut off', 'abababababab'],
    ['of something else', 'my book'],
  ])('that a crash left %s says nothing, and is written anew', async (_, left) => {
    const dataFolder = tempFolder();
    writeFileSync(join(dataFolder, 'jobwright.id'), left);
    expect(await notedIdentity({ dataFolder })).toBeNull();
    await noteIdentity({ dataFolder }, ONE);
    expect(readFileSync(join(dataFolder, 'jobwright.id'), 'utf8')).toBe(`${ONE}\n`);
  });

  test('that cannot be written ends no start, and leaves nothing behind', async () => {
    const dataFolder = join(tempFolder(), 'gone');
    await noteIdentity({ dataFolder }, ONE);
    expect(await notedIdentity({ dataFolder })).toBeNull();
    const there = tempFolder();
    chmodSync(there, 0o500);
    await noteIdentity({ dataFolder: there }, ONE);
    expect(readdirSync(there).filter((name) => name.endsWith('.part'))).toEqual([]);
    chmodSync(there, 0o700);
  });
});
