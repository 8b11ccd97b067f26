// The promise that the power may go at any moment: what was acknowledged is there, files included, and all is well.
import { describe, expect, it } from 'vitest';
import { CUTS_EACH, torment } from '../../faults/cuts.ts';
import { ordinaryWork, type Working } from '../../faults/session.ts';
import { ON_LINUX } from '../../faults/shim.ts';
import { SOAK } from '../../faults/soak.ts';

const CUTS = 1000 * SOAK;
const EARLY_CUTS = 100 * SOAK;
const CARELESS = `--import ${new URL('../../faults/children/careless.ts', import.meta.url).href}`;

describe.skipIf(!ON_LINUX)('power cuts (played back on Linux alone)', () => {
  it(`${CUTS} of them, at any moment: nothing acknowledged is lost`, { timeout: 60_000 + CUTS * 500 }, async () => {
    const { cuts, expected, acknowledged, faults } = await torment(CUTS, { work: ordinaryWork });
    process.stdout.write(`${cuts} cuts, ${acknowledged} acknowledged calls, ${expected} looked for\n`);
    expect(faults).toEqual([]);
    expect(cuts).toBe(CUTS);
    expect(acknowledged).toBeGreaterThan((CUTS / CUTS_EACH) * 15);
    expect(expected).toBeGreaterThan(CUTS * 10);
  });

  it(`${EARLY_CUTS} of them before anything was acknowledged: it is possible to begin again`, {
    timeout: 60_000 + EARLY_CUTS * 500,
  }, async () => {
    const work: Working['work'] = async ({ open }) => {
      const desk = await open();
      await desk.ask('create-customer', { name: 'Dana' });
      await desk.kill();
    };
    const { cuts, faults } = await torment(EARLY_CUTS, { work, early: true });
    expect(faults).toEqual([]);
    expect(cuts).toBe(EARLY_CUTS);
  });

  it('would find a database that answers before its disk does', { timeout: 120_000 }, async () => {
    const { faults, expected } = await torment(50, { work: ordinaryWork, env: { NODE_OPTIONS: CARELESS } });
    const lost = faults.filter((fault) => fault.includes('acknowledged change'));
    process.stdout.write(`careless: ${lost.length} of ${expected} lost\n`);
    expect(lost.length).toBeGreaterThan(0);
  });

  it('would find files that are not synced', { timeout: 120_000 }, async () => {
    const rules = [{ operation: 'sync', how: 'PRETEND', name: '/files/' }] as const;
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
