// Each part of the bench in a process of its own, with a time of its own: what hangs, or takes too long on this machine, says
// so, leaves what it told so far, and keeps the others from nothing.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Part = {
  /** As BENCH names it. */
  readonly name: string;
  /** So many it has on the first book, as BENCH_JOBS has it. */
  readonly jobs: number;
  readonly seconds: number;
};

export async function partsInTime(program: string, parts: readonly Part[]): Promise<void> {
  for (const { name, jobs, seconds } of parts) {
    const folder = mkdtempSync(join(tmpdir(), 'jobwright-bench-'));
    const began = performance.now();
    // A group of its own, so that its servers end with it.
    const child = spawn(process.execPath, [program], {
      ...{ stdio: 'inherit', detached: true },
      env: { ...process.env, BENCH: name, BENCH_JOBS: String(jobs), TMPDIR: folder },
    });
    const end = () => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
    };
    const late = setTimeout(end, seconds * 1000);
    process.once('SIGINT', end);
    const [code] = (await once(child, 'exit')) as [number | null];
    clearTimeout(late);
    process.off('SIGINT', end);
    rmSync(folder, { recursive: true, force: true });
    const took = `${Math.round((performance.now() - began) / 1000)} s`;
    if (code === null)
      console.log(
        `\nBENCH=${name} BENCH_JOBS=${jobs} was not done in its ${seconds} s: what stands above is not all of it.\n`,
      );
    else console.log(`\nBENCH=${name} BENCH_JOBS=${jobs}: ${took}${code === 0 ? '' : `, and it failed (${code})`}\n`);
  }
}
