// A disk that is full says so, keeps what it has, lets people read, and goes on once there is room.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { random as randomOf } from '../../faults/random.ts';
import { ON_LINUX } from '../../faults/shim.ts';
import type { Ended } from '../../support/program.ts';
import { SEED } from '../../support/seed.ts';
import { maySmallDisk, smallDisk } from '../../faults/small-disk.ts';
import { SOAK } from '../../faults/soak.ts';
import { addUntilRefused, expense, troubled } from '../../faults/troubled.ts';

const MB = 1024 * 1024;
const FULL = /the disk is full/i;
const JOB = { newCustomer: { name: 'Dana' }, name: 'Roof' };

describe.skipIf(!ON_LINUX)('a full disk (Linux alone)', () => {
  it('refuses writes in the midst of one, while reads and doctor go on, and loses nothing', {
    timeout: 60_000 + 60_000 * SOAK,
  }, async () => {
    const rounds = 20 * SOAK;
    const random = randomOf(SEED);
    process.stdout.write(`${rounds} full disks, seed ${SEED}\n`);
    const { open, faults, expenses, isWell, run } = troubled();
    let desk = await open();
    await desk.ask('create-job', JOB);
    const words: string[] = [];
    const others: Ended[] = [];
    let kept = 0;
    for (let round = 0; round < rounds; round += 1) {
      faults.leave(random.below(40_000));
      const added = await addUntilRefused(desk, `Nails ${round}`, 20);
      kept += added.kept;
      if (added.refused !== null) {
        words.push(added.refused.words);
        await desk.ask('get-job', { job: 'J-1' });
        faults.lift();
        await desk.ask('add-job-expense', added.refused.args);
        kept += 1;
      }
      if (round % 5 > 0) continue;
      // Another process finds the same, while it is still full.
      faults.leave(0);
      others.push(await run('call', 'list-jobs'), await run('doctor'));
      await desk.kill();
      faults.lift();
      desk = await open();
    }
    expect(await desk.close()).toBe(0);
    // Room that the journal of the database has already is written to again and again: not every round runs out.
    expect(words.length).toBeGreaterThan(rounds / 4);
    expect(faults.hits().length).toBeGreaterThanOrEqual(words.length);
    for (const said of words) expect(said).toMatch(FULL);
    expect(others.length).toBeGreaterThan(rounds / 5);
    for (const { out } of others) expect(out).toMatch(/J-1|All is well/);
    expect(await expenses()).toBe(kept);
    await isWell();
  });

  it('would notice a disk that takes nothing and says that it did', async () => {
    const { open, faults, expenses } = troubled();
    const desk = await open();
    await desk.ask('create-job', JOB);
    faults.set({ operation: 'write', how: 'PRETEND', name: 'jobwright.db-wal' });
    await desk.ask('add-job-expense', expense('Nails'));
    await desk.kill();
    faults.lift();
    expect(faults.hits().length).toBeGreaterThan(0);
    expect(await expenses()).toBe(0);
  });
});

describe.skipIf(!maySmallDisk())('a full disk of the system itself (where root may mount one)', () => {
  it('refuses writes once it is full to the last byte, while reads go on, and goes on once there is room', async () => {
    const disk = smallDisk();
    const { open, expenses, run, isWell } = troubled({ disk });
    const desk = await open();
    await desk.ask('create-job', JOB);
    const ballast = join(disk, 'ballast');
    expect(() => writeFileSync(ballast, Buffer.alloc(40 * MB))).toThrow(/ENOSPC/);
    const { kept, refused } = await addUntilRefused(desk, 'Nails');
    expect(refused?.words).toMatch(FULL);
    await desk.ask('get-job', { job: 'J-1' });
    expect((await run('call', 'list-jobs')).out).toContain('J-1');
    expect((await run('doctor')).out).toContain('All is well.');
    rmSync(ballast);
    await desk.ask('add-job-expense', expense('Nails at last'));
    expect(await desk.close()).toBe(0);
    expect(await expenses()).toBe(kept + 1);
    await isWell();
  });
});
