// A book that is gone is never made anew over what is left of it, by no command, and looking changes nothing.
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { home, run } from '../support/program.ts';

const COMMANDS: readonly (readonly string[])[] = [
  ['stdio'],
  ['http', '--no-auth', '--port', '0'],
  ['call', 'get-account'],
  ['accounts'],
  ['accounts', 'create', 'Lopez Roofing'],
  ['people'],
  ['tokens'],
  ['doctor'],
];

/** Every file of the data folder, and what is in it. */
function inside(folder: string): Record<string, string> {
  const data = join(folder, 'book');
  const names = readdirSync(data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    names.map((name) => [name.slice(data.length), createHash('sha256').update(readFileSync(name)).digest('hex')]),
  );
}

/** A book with a photo beside it, left by a program that ended. */
let kept = '';
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'jobwright-e2e-'));
  mkdirSync(join(folder, 'home'));
  const job = { newCustomer: { name: 'Dana Henderson' }, name: 'Roof replacement' };
  const content = Buffer.from('Two layers under the old one').toString('base64');
  await run(folder, ['call', 'create-job', JSON.stringify(job), '--no-samples']);
  const attached = await run(folder, [
    'call',
    'attach-file',
    JSON.stringify({ job: 'J-1', name: 'note.txt', content }),
  ]);
  if (attached.code !== 0) throw new Error(attached.err);
  kept = join(folder, 'book');
  return () => rmSync(folder, { recursive: true, force: true });
});

function lostBook(lose: (data: string) => void): string {
  const folder = home();
  const data = join(folder, 'book');
  cpSync(kept, data, { recursive: true });
  lose(data);
  return folder;
}

const db = (data: string) => join(data, 'jobwright.db');
const without = (data: string, ...names: string[]) => {
  for (const name of names) rmSync(join(data, name), { recursive: true });
};

const LOST: readonly (readonly [string, RegExp, (data: string) => void])[] = [
  [
    'missing beside its files and its note',
    /its files in files\/ and the note jobwright\.id/,
    (data) => rmSync(db(data)),
  ],
  ['empty beside its files and its note', /is empty, but it was here/, (data) => truncateSync(db(data), 0)],
  [
    'missing beside its files alone',
    /still there: its files in files\//,
    (data) => {
      rmSync(db(data));
      without(data, 'jobwright.id');
    },
  ],
  [
    'missing beside its note alone',
    /still there: the note jobwright\.id/,
    (data) => {
      rmSync(db(data));
      without(data, 'files');
    },
  ],
  [
    'missing beside a log',
    /its log jobwright\.db-wal/,
    (data) => {
      rmSync(db(data));
      without(data, 'files', 'jobwright.id');
      writeFileSync(`${db(data)}-wal`, 'what was written last');
    },
  ],
];

describe.each(LOST)('a book that is %s', (_, words, lose) => {
  it.each(COMMANDS.map((argv) => [argv.join(' '), argv] as const))('is refused by %s', async (__, argv) => {
    const folder = lostBook(lose);
    const before = inside(folder);
    const { code, out, err } = await run(folder, argv);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(words);
    expect(err).toMatch(/Nothing was made in its place and nothing was changed\..*jobwright restore/);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(inside(folder)).toEqual(before);
  });
});

describe('looking', () => {
  it('at a whole book changes nothing', async () => {
    const folder = lostBook(() => undefined);
    const before = inside(folder);
    const { code, out } = await run(folder, ['doctor']);
    expect([code, out]).toEqual([0, expect.stringContaining('All is well.')]);
    expect(out).toMatch(/^The book has version \d{4}-[\w-]+\.$/m);
    const after = Object.entries(inside(folder)).filter(([name]) => !/-(shm|wal)$/.test(name));
    expect(Object.fromEntries(after)).toEqual(before);
  });

  it('at an empty file of nothing does not make a book of it', async () => {
    const folder = lostBook((data) => {
      without(data, 'files', 'jobwright.id');
      truncateSync(db(data), 0);
    });
    expect((await run(folder, ['doctor'])).code).toBe(1);
    expect(statSync(db(join(folder, 'book'))).size).toBe(0);
  });

  it('at a book of an earlier version says which, looks at all of it, and does not bring it up to date', async () => {
    const folder = lostBook((data) => {
      const book = gunzipSync(readFileSync(join(import.meta.dirname, '../store/fixtures/0001-books.db.gz')));
      without(data, 'files', 'jobwright.id');
      writeFileSync(db(data), book);
    });
    const before = inside(folder);
    const { code, out } = await run(folder, ['doctor']);
    expect([code, out]).toEqual([0, expect.stringContaining('All is well.')]);
    expect(out).toContain('The book has version 0001-books, of an earlier Jobwright');
    expect(out).toContain('looked at 7 jobs');
    expect(inside(folder)).toMatchObject(before);
    expect(existsSync(join(folder, 'book', 'jobwright.id'))).toBe(false);
  });
});
