// Power cuts at moments of a session: the disk that each leaves, looked at by an examiner.
import { mkdtempSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { quickFolder } from '../support/quick-folder.ts';
import { SEED } from '../support/seed.ts';
import { openExaminer } from './examiner.ts';
import { random as randomOf, type Random } from './random.ts';
import { workDown, type Session, type Working } from './session.ts';

type Cuts = {
  readonly cuts: number;
  /** Acknowledged changes and files that were looked for, over all cuts. */
  readonly expected: number;
  /** What was wrong, each with the moment and what it was. */
  readonly faults: readonly string[];
};

/** How many cuts one session of work gets. */
export const CUTS_EACH = 50;
const LANES = 2;
/** From nothing that was not synced to all of it. */
const CHANCES = [0, 0.1, 0.5, 0.9, 1];
/** Every so many-th book is written to as well. */
const WRITES_EACH = 10;

type Cutting = {
  readonly random: Random;
  readonly count: number;
  /** Before anything was acknowledged. */
  readonly early: boolean;
  readonly examine: Awaited<ReturnType<typeof openExaminer>>;
};

/** How many cuts, half at any moment, half right after an answer: after the first acknowledgement, or before it. */
async function cutPower(session: Session, { random, count, early, examine }: Cutting): Promise<Cuts> {
  const { done, acknowledged } = session;
  const from = acknowledged[0]?.at ?? Infinity;
  // A cut comes right before a step, or after the last.
  const steps = [...done.map(({ at }) => at), (done.at(-1)?.at ?? 0) + 1];
  const moments = steps.filter((at) => at > from !== early);
  const answers = early ? moments : moments.filter((at) => done[steps.indexOf(at) - 1]?.kind === 'said');
  const chosen = Array.from({ length: count }, () => random.pick(random.next() < 0.5 ? answers : moments));
  const disk = session.disk();
  const faults: string[] = [];
  let played = 0;
  let expected = 0;
  for (const [index, moment] of chosen.toSorted((one, other) => one - other).entries()) {
    for (let next = done[played]; next !== undefined && next.at < moment; next = done[(played += 1)]) disk.do(next);
    const chance = { stays: random.pick(CHANCES), sector: random.pick([512, 4096] as const) };
    const folder = mkdtempSync(join(quickFolder(), 'jobwright-cut-'));
    try {
      disk.cut(join(folder, 'disk'), randomOf(random.below(2 ** 31)), chance);
      const known = acknowledged.filter(({ at }) => at < moment);
      const changes = known.map(({ change }) => change);
      const files = known.flatMap(({ hash }) => (hash === null ? [] : [hash]));
      expected += changes.length + files.length;
      const data = join(folder, 'disk', relative(session.root, session.data));
      const found = await examine({ data, changes, files, early, writes: early || index % WRITES_EACH === 0 });
      faults.push(...found.faults.map((fault) => `at ${moment} (${JSON.stringify(chance)}): ${fault}`));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return { cuts: count, expected, faults };
}

/** Sessions of work, each with its cuts, a few side by side. */
export async function torment(
  count: number,
  { early = false, ...working }: Omit<Working, 'random'> & { readonly early?: boolean },
): Promise<Cuts & { acknowledged: number }> {
  process.stdout.write(`${count} power cuts, seed ${SEED}\n`);
  const sessions = Array.from({ length: Math.ceil(count / CUTS_EACH) }, (_, index) => index);
  const sum = { cuts: 0, expected: 0, acknowledged: 0, faults: [] as string[] };
  const lane = async () => {
    const examine = await openExaminer();
    for (let index = sessions.pop(); index !== undefined; index = sessions.pop()) {
      const random = randomOf(SEED + index);
      const session = await workDown({ ...working, random });
      const cuts = await cutPower(session, { random, count: Math.min(CUTS_EACH, count), early, examine });
      sum.cuts += cuts.cuts;
      sum.expected += cuts.expected;
      sum.acknowledged += session.acknowledged.length;
      sum.faults.push(...cuts.faults.map((fault) => `session ${index}, ${fault}`));
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return sum;
}
