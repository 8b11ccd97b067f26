// The promise that the power may go at any moment: what was acknowledged is there, files included, and all is well.
import { describe, expect, it } from 'vitest';
import { cutPower, type Cuts } from '../../faults/cuts.ts';
import { openExaminer } from '../../faults/examiner.ts';
import { newSeed, random as randomOf } from '../../faults/random.ts';
import { ordinaryWork, workDown, type Working } from '../../faults/session.ts';
import { ON_LINUX } from '../../faults/shim.ts';
import { SOAK } from '../../faults/soak.ts';

const CUTS = 1000 * SOAK;
const CUTS_EACH = 50;
const LANES = 2;
const CARELESS = `--import ${new URL('../../faults/children/careless.ts', import.meta.url).href}`;

/** Sessions of work, each with its cuts, a few side by side. */
async function torment(count: number, working: Omit<Working, 'random'>): Promise<Cuts & { acknowledged: number }> {
  const seed = newSeed();
  process.stdout.write(`${count} power cuts, seed ${seed}\n`);
  const sessions = Array.from({ length: Math.ceil(count / CUTS_EACH) }, (_, index) => index);
  const sum = { cuts: 0, expected: 0, acknowledged: 0, faults: [] as string[] };
  const lane = async () => {
    const examine = await openExaminer();
    for (let index = sessions.pop(); index !== undefined; index = sessions.pop()) {
      const random = randomOf(seed + index);
      const session = await workDown({ ...working, random });
      const cuts = await cutPower(session, { random, count: Math.min(CUTS_EACH, count), examine });
      sum.cuts += cuts.cuts;
      sum.expected += cuts.expected;
      sum.acknowledged += session.acknowledged.length;
      sum.faults.push(...cuts.faults.map((fault) => `session ${index}, ${fault}`));
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return sum;
}

describe.skipIf(!ON_LINUX)('power cuts (played back on Linux alone)', () => {
  it(`${CUTS} of them, at any moment: nothing acknowledged is lost`, { timeout: 60_000 + CUTS * 500 }, async () => {
    const { cuts, expected, acknowledged, faults } = await torment(CUTS, { work: ordinaryWork });
    process.stdout.write(`${cuts} cuts, ${acknowledged} acknowledged calls, ${expected} looked for\n`);
    expect(faults).toEqual([]);
    expect(cuts).toBe(CUTS);
    expect(acknowledged).toBeGreaterThan((CUTS / CUTS_EACH) * 15);
    expect(expected).toBeGreaterThan(CUTS * 10);
  });

  it('would find a database that answers before its disk does', { timeout: 120_000 }, async () => {
    const { faults, expected } = await torment(50, { work: ordinaryWork, env: { NODE_OPTIONS: CARELESS } });
    const lost = faults.filter((fault) => fault.includes('acknowledged change'));
    process.stdout.write(`careless: ${lost.length} of ${expected} lost\n`);
    expect(lost.length).toBeGreaterThan(0);
  });

  it('would find files that are not synced', { timeout: 120_000 }, async () => {
    const rules = [{ operation: 'sync', how: 'PRETEND', name: '.part' }] as const;
    const { faults } = await torment(50, { work: ordinaryWork, rules });
    expect(faults.filter((fault) => fault.includes('acknowledged file')).length).toBeGreaterThan(0);
    expect(faults.filter((fault) => fault.includes('acknowledged change'))).toEqual([]);
  });

  it('would find folders of files that are not synced', { timeout: 120_000 }, async () => {
    const rules = [{ operation: 'sync-folder', how: 'PRETEND', name: '/files/' }] as const;
    const { faults } = await torment(50, { work: ordinaryWork, rules });
    expect(faults.filter((fault) => fault.includes('acknowledged file')).length).toBeGreaterThan(0);
    expect(faults.filter((fault) => fault.includes('acknowledged change'))).toEqual([]);
  });
});
