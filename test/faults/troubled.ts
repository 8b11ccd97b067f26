// A book on a disk that fails when a test says so, and what must hold through all of it.
import { mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { home, run, type Ended } from '../support/program.ts';
import { openDesk, type Answer, type Desk } from './desk.ts';
import { faultsOn, filesUnder, type Faults } from './shim.ts';

const COST = 10;

export type Troubled = {
  readonly folder: string;
  readonly data: string;
  readonly faults: Faults;
  readonly open: () => Promise<Desk>;
  readonly run: (...argv: readonly string[]) => Promise<Ended>;
  /** How many expenses the books have, by what all jobs cost. */
  readonly expenses: () => Promise<number>;
  /** Doctor finds nothing, and nothing half written is left. */
  readonly isWell: () => Promise<void>;
};

/** @param disk the folder that is the disk, if it is not to be one of the test's own */
export function troubled({ disk, humble = false }: { disk?: string; humble?: boolean } = {}): Troubled {
  const folder = home();
  const root = disk ?? join(realpathSync(folder), 'disk');
  mkdirSync(root, { recursive: true });
  const data = join(root, 'book');
  const faults = faultsOn(root, { humble, rules: join(folder, 'rules') });
  const env = { ...faults.env, JOBWRIGHT_DATA: data };
  const runHere = async (...argv: readonly string[]) => await run(folder, argv, env);
  return {
    ...{ folder, data, faults, run: runHere },
    open: async () => await openDesk(folder, { env }),
    expenses: async () => {
      const { out } = await runHere('call', 'list-jobs', '{}', '--json');
      return Number((JSON.parse(out) as { totals: { expenses: string } }).totals.expenses) / COST;
    },
    isWell: async () => {
      const doctor = await runHere('doctor');
      expect(doctor.out + doctor.err).toContain('All is well.');
      expect(filesUnder(data).filter((path) => path.endsWith('.part'))).toEqual([]);
    },
  };
}

export const expense = (description: string, more: object = {}) => ({
  ...{ job: 'J-1', description, amount: COST, category: 'other' },
  ...more,
});

/** In words that are the disk's own: short, and with nothing of the program in it. */
export function expectOwnWords(answer: Answer | null): string {
  if (answer === null) throw new Error('the server ended instead of answering');
  expect(answer.isError, answer.text).toBe(true);
  expect(answer.text).not.toMatch(/Something went wrong inside|\bat \S+ \(|SQLITE|errno|\bE[A-Z]{3,}\b|node:/);
  expect(answer.text.length).toBeLessThan(600);
  return answer.text;
}

/** Adds expenses until one is refused: how many were kept, and that one, or null where the most were all kept. */
export async function addUntilRefused(desk: Desk, name: string, most = Infinity) {
  for (let kept = 0; kept < most; kept += 1) {
    const args = expense(`${name} ${kept}`, { requestId: `${name}-${kept}` });
    const answer = await desk.call('add-job-expense', args);
    if (answer?.isError !== false) return { kept, refused: { args, words: expectOwnWords(answer) } };
  }
  return { kept: most, refused: null };
}
