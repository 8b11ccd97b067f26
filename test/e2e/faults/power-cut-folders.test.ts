// A power cut right after the first things in new folders: a name is safe only once every folder above it is.
import { describe, expect, it } from 'vitest';
import { CUTS_EACH, torment } from '../../faults/cuts.ts';
import type { Random } from '../../faults/random.ts';
import { jpeg, ordinaryWork, type Work } from '../../faults/session.ts';
import { ON_LINUX } from '../../faults/shim.ts';
import { sha256 } from '../../support/bytes.ts';

const CUTS = 100;

/** Bytes of so many photos whose hashes begin alike, so that they are kept in one folder, which is new. */
function likePhotos(random: Random, count: number): Buffer[] {
  const byStart = new Map<string, Buffer[]>();
  for (;;) {
    const bytes = jpeg(random, 400);
    const start = sha256(bytes).slice(0, 2);
    const same = [...(byStart.get(start) ?? []), bytes];
    if (same.length === count) return same;
    byStart.set(start, same);
  }
}

async function photosAtOnce({ random, open, photo }: Work, together: readonly Buffer[][]): Promise<void> {
  const desk = await open();
  await desk.ask('create-job', { newCustomer: { name: 'Dana' }, name: 'Roof' });
  for (const photos of together)
    await Promise.all(photos.map(async (bytes) => await desk.ask('attach-file', photo(bytes))));
  await (random.next() < 0.5 ? desk.close() : desk.kill());
}

describe.skipIf(!ON_LINUX)('power cuts after new folders (played back on Linux alone)', () => {
  it('several photos at once into one folder that is new to all of them are kept', { timeout: 120_000 }, async () => {
    const { faults, acknowledged } = await torment(CUTS, {
      work: async (work) =>
        await photosAtOnce(
          work,
          Array.from({ length: 5 }, () => likePhotos(work.random, 3)),
        ),
    });
    expect(faults).toEqual([]);
    expect(acknowledged).toBeGreaterThanOrEqual((CUTS / CUTS_EACH) * 16);
  });

  it('the first photos of all, several at once, are kept', { timeout: 120_000 }, async () => {
    const { faults, acknowledged } = await torment(CUTS, {
      work: async (work) => await photosAtOnce(work, [Array.from({ length: 8 }, () => jpeg(work.random, 400))]),
    });
    expect(faults).toEqual([]);
    expect(acknowledged).toBeGreaterThanOrEqual((CUTS / CUTS_EACH) * 9);
  });

  it('a photo that is sent again after its folder could not be synced is kept', { timeout: 120_000 }, async () => {
    const { faults, acknowledged } = await torment(CUTS, {
      rules: [{ operation: 'sync-folder', how: 'EIO', name: '/files/', times: 1 }],
      work: async ({ random, open, photo }) => {
        const desk = await open();
        await desk.ask('create-job', { newCustomer: { name: 'Dana' }, name: 'Roof' });
        const bytes = jpeg(random, 400);
        expect(await desk.call('attach-file', photo(bytes))).toMatchObject({ isError: true });
        await desk.ask('attach-file', photo(bytes));
        await desk.kill();
      },
    });
    expect(faults).toEqual([]);
    expect(acknowledged).toBe((CUTS / CUTS_EACH) * 2);
  });

  it('a book in a new folder within new folders is there, as soon as anything was acknowledged', {
    timeout: 120_000,
  }, async () => {
    const { faults, acknowledged } = await torment(CUTS, { work: ordinaryWork, data: 'our/own/book', safe: [] });
    expect(faults).toEqual([]);
    expect(acknowledged).toBeGreaterThan(CUTS / 5);
  });
});
