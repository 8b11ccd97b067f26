// The disk that power cuts are played on is as forgetful as it may be, and no more.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Disk } from './disk.ts';
import type { Done } from './log.ts';
import { random } from './random.ts';
import { filesUnder } from './shim.ts';

const NOTHING = { pid: 1, path: '', to: '', offset: 0, size: 0, bytes: Buffer.alloc(0) };
const SECTOR = 512;

/** Every state that many cuts after these steps left: what each file held, by its path. */
function statesAfter(...steps: readonly Partial<Done>[]): Set<string> {
  const disk = new Disk('/disk');
  for (const [at, step] of steps.entries()) disk.do({ ...NOTHING, kind: 'said', at, ...step });
  const base = mkdtempSync(join(tmpdir(), 'jobwright-disk-'));
  onTestFinished(() => rmSync(base, { recursive: true, force: true }));
  return new Set(
    Array.from({ length: 200 }, (_, seed) => {
      const folder = join(base, String(seed));
      disk.cut(folder, random(seed), { stays: 0.5, sector: SECTOR });
      return filesUnder(folder)
        .map((path) => `${path.slice(folder.length)}: ${shortly(readFileSync(path))}`)
        .toSorted()
        .join(', ');
    }),
  );
}

/** The first letter of every sector. */
function shortly(bytes: Buffer): string {
  const sectors = Array.from({ length: Math.ceil(bytes.length / SECTOR) }, (_, index) => bytes[index * SECTOR] ?? 0);
  return sectors.map((byte) => (byte === 0 ? '0' : String.fromCharCode(byte))).join('');
}

const all = (...states: string[]) => new Set(states);
const create = (path: string): Partial<Done> => ({ kind: 'create', path });
const write = (path: string, letter: string, sectors: number, from = 0): Partial<Done> => ({
  kind: 'write',
  path,
  offset: from * SECTOR,
  bytes: Buffer.alloc(sectors * SECTOR, letter),
});
/** Of all that stands before it. */
const sync = (path: string, at: number): Partial<Done> => ({ kind: 'sync', path, offset: at });

test('a name is safe once its folder was synced, and what is in the file once the file was', () => {
  expect(statesAfter(create('/disk/a'), write('/disk/a', 'x', 1), sync('/disk/a', 2))).toEqual(all('', '/a: x'));
  expect(statesAfter(create('/disk/a'), write('/disk/a', 'x', 1), sync('/disk', 2))).toEqual(
    all('/a: ', '/a: x', '/a: 0'),
  );
  expect(statesAfter(create('/disk/a'), write('/disk/a', 'x', 1), sync('/disk/a', 2), sync('/disk', 3))).toEqual(
    all('/a: x'),
  );
});

test('of what was written since, any sectors may be there', () => {
  const before = [create('/disk/a'), write('/disk/a', 'x', 2), sync('/disk/a', 2), sync('/disk', 3)];
  expect(statesAfter(...before, write('/disk/a', 'y', 2))).toEqual(all('/a: xx', '/a: xy', '/a: yx', '/a: yy'));
  // What was written while the sync was under way may be lost.
  expect(statesAfter(...before, write('/disk/a', 'y', 1), sync('/disk/a', 4))).toEqual(all('/a: xx', '/a: yx'));
  expect(statesAfter(...before, { kind: 'truncate', path: '/disk/a', size: 0 })).toContain('/a: ');
});

test('a folder that was synced is of no use where its own name was not', () => {
  const made = [
    { kind: 'mkdir', path: '/disk/f' } as const,
    create('/disk/f/a'),
    sync('/disk/f/a', 2),
    sync('/disk/f', 3),
  ];
  expect(statesAfter(...made)).toEqual(all('', '/f/a: '));
  expect(statesAfter(...made, sync('/disk', 4))).toEqual(all('/f/a: '));
});

test('a file that is renamed has one name, and is never gone', () => {
  const before = [create('/disk/a'), { kind: 'mkdir', path: '/disk/f' } as const, sync('/disk', 2)];
  expect(statesAfter(...before, { kind: 'rename', path: '/disk/a', to: '/disk/b' })).toEqual(all('/a: ', '/b: '));
  expect(statesAfter(...before, { kind: 'rename', path: '/disk/a', to: '/disk/f/a' })).toEqual(
    all('/a: ', '/f/a: ', '/a: , /f/a: '),
  );
});
