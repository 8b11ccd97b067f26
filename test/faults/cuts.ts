// Power cuts at moments of a session: the disk that each leaves, looked at by an examiner.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { openExaminer } from './examiner.ts';
import { random as randomOf, type Random } from './random.ts';
import type { Session } from './session.ts';

export type Cuts = {
  readonly cuts: number;
  /** Acknowledged changes and files that were looked for, over all cuts. */
  readonly expected: number;
  /** What was wrong, each with the moment and what it was. */
  readonly faults: readonly string[];
};

const MEMORY = '/dev/shm';
/** From nothing that was not synced to all of it. */
const CHANCES = [0, 0.1, 0.5, 0.9, 1];
/** Every so many-th book is written to as well. */
const WRITES_EACH = 10;

/** @param count how many cuts, after the first acknowledgement: half at any moment, half right after an answer */
export async function cutPower(
  session: Session,
  { random, count, examine }: { random: Random; count: number; examine: Awaited<ReturnType<typeof openExaminer>> },
): Promise<Cuts> {
  const { done, acknowledged } = session;
  const from = acknowledged[0]?.at ?? Infinity;
  const moments = done.map(({ at }) => at).filter((at) => at > from);
  const answers = moments.filter((_, index) => done[done.length - moments.length + index - 1]?.kind === 'said');
  const chosen = Array.from({ length: count }, () => random.pick(random.next() < 0.5 ? answers : moments));
  const disk = session.disk();
  const faults: string[] = [];
  let played = 0;
  let expected = 0;
  for (const [index, moment] of chosen.toSorted((one, other) => one - other).entries()) {
    for (let next = done[played]; next !== undefined && next.at < moment; next = done[(played += 1)]) disk.do(next);
    const chance = { stays: random.pick(CHANCES), sector: random.pick([512, 4096] as const) };
    // In memory where there is any: a disk takes its time to sync what is thrown away at once.
    const folder = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'jobwright-cut-'));
    try {
      disk.cut(join(folder, 'disk'), randomOf(random.below(2 ** 31)), chance);
      const known = acknowledged.filter(({ at }) => at < moment);
      const changes = known.map(({ change }) => change);
      const files = known.flatMap(({ hash }) => (hash === null ? [] : [hash]));
      expected += changes.length + files.length;
      const data = join(folder, 'disk', relative(session.root, session.data));
      const found = await examine({ data, changes, files, writes: index % WRITES_EACH === 0 });
      faults.push(...found.faults.map((fault) => `at ${moment} (${JSON.stringify(chance)}): ${fault}`));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return { cuts: count, expected, faults };
}
