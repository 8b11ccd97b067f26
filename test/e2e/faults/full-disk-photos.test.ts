// A photo that a disk has no room for is refused in words, and leaves nothing behind.
import { statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { random as randomOf } from '../../faults/random.ts';
import { jpeg } from '../../faults/session.ts';
import { filesUnder, ON_LINUX } from '../../faults/shim.ts';
import { maySmallDisk, smallDisk } from '../../faults/small-disk.ts';
import { expectOwnWords, expense, troubled } from '../../faults/troubled.ts';

const MB = 1024 * 1024;
const FULL = /the disk is full/i;
const JOB = { newCustomer: { name: 'Dana' }, name: 'Roof' };
const partsIn = (folder: string) => filesUnder(folder).filter((path) => path.endsWith('.part'));
const photo = (bytes: Buffer) => ({ job: 'J-1', name: 'roof.jpg', content: bytes.toString('base64') });
const big = jpeg(randomOf(1), 8 * MB);

describe.skipIf(!ON_LINUX)('a photo on a full disk (Linux alone)', () => {
  it('is refused in words where there is no room for it, and what there is room for goes on', async () => {
    const { open, faults, data, expenses, isWell } = troubled();
    const desk = await open();
    await desk.ask('create-job', JOB);
    faults.leave(5 * MB);
    expect(expectOwnWords(await desk.call('attach-file', photo(big)))).toMatch(FULL);
    expect(partsIn(data)).toEqual([]);
    // What the photo would have taken is there for the books.
    await desk.ask('add-job-expense', expense('Nails'));
    faults.lift();
    await desk.ask('attach-file', photo(big));
    expect(await desk.close()).toBe(0);
    expect(await expenses()).toBe(1);
    await isWell();
  });

  it('that was half written when the server was killed is gone once it starts again', async () => {
    const { open, faults, data, isWell } = troubled();
    const desk = await open();
    await desk.ask('create-job', JOB);
    faults.set({ operation: 'sync', how: 'KILL', name: '.part', times: 1 });
    expect(await desk.call('attach-file', photo(jpeg(randomOf(2), 1000)))).toBeNull();
    expect(partsIn(data)).toHaveLength(1);
    faults.lift();
    const again = await open();
    await expect.poll(() => partsIn(data), { timeout: 15_000 }).toEqual([]);
    expect(await again.close()).toBe(0);
    await isWell();
  });
});

describe.skipIf(!maySmallDisk())('a photo on a full disk of the system itself (where root may mount one)', () => {
  it('is refused in words where there is no room for it', async () => {
    const disk = smallDisk();
    const { open, data, isWell } = troubled({ disk });
    const desk = await open();
    await desk.ask('create-job', JOB);
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(join(disk, 'ballast'), Buffer.alloc(bavail * bsize - 5 * MB));
    expect(expectOwnWords(await desk.call('attach-file', photo(big)))).toMatch(FULL);
    expect(partsIn(data)).toEqual([]);
    await desk.ask('add-job-expense', expense('Nails'));
    expect(await desk.close()).toBe(0);
    await isWell();
  });
});
