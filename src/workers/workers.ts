// The workers of this process, and what is said where one of them did not come to an end.
import { availableParallelism } from 'node:os';
import { Problem } from '../domain/errors.ts';
import { says } from '../domain/message.ts';
import type { Logger } from '../logger.ts';
import { outcome } from './messages.ts';
import { Pool, type Unanswered, type PoolLimits } from './pool.ts';
import type { Decoding, InWorker, Input, Output, TaskName } from './tasks.ts';
import { startChild } from './child.ts';
import { startThread } from './thread.ts';

const MB = 1024 * 1024;
const HEAP_MB = 256;
const LIMITS: PoolLimits = {
  most: Math.max(1, availableParallelism() - 1),
  perAccount: 10,
  waiting: 100,
  waitMs: 30_000,
  workMs: 10_000,
  idleMs: 20_000,
  buffers: 256 * MB,
};

const DECODING: ReadonlySet<string> = new Set<keyof Decoding>(['show picture']);

/** From source they are TypeScript, which Node reads; built they have a folder of their own. */
const IS_SOURCE = import.meta.url.endsWith('.ts');
const THREAD = new URL(IS_SOURCE ? './worker.ts' : './workers/worker.js', import.meta.url);
const CHILD = new URL(IS_SOURCE ? './decoder.ts' : './workers/decoder.js', import.meta.url);

export class Workers {
  readonly #threads: Pool;
  /** One, whatever the machine has: a picture in it may take half a gigabyte. */
  readonly #child: Pool;

  constructor(log: Logger) {
    this.#threads = new Pool((heard) => startThread(THREAD, HEAP_MB, heard), LIMITS, log);
    this.#child = new Pool((heard) => startChild(CHILD, heard), { ...LIMITS, most: 1 }, log);
  }

  /** As this account. */
  for(whose: number): InWorker {
    return async <N extends TaskName>(task: N, input: Input<N>) => {
      const pool = DECODING.has(task) ? this.#child : this.#threads;
      const done = await pool.run(whose, { task, input });
      if ('left' in done) throw leftProblem(task, done.left);
      // The worker does this very task by the same table.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      return outcome(done) as Output<N>;
    };
  }

  close(): void {
    this.#threads.close();
    this.#child.close();
  }
}

function leftProblem(work: TaskName, left: Unanswered): Problem {
  switch (left) {
    case 'too many':
      return new Problem('busy', says('work.others-of-account'));
    case 'too many of all':
      return new Problem('busy', says('work.others-of-all'));
    case 'closed':
      return new Problem('unavailable', says('work.ending'));
    case 'time':
      return new Problem('refused', says('work.too-long', { work, seconds: LIMITS.workMs / 1000 }));
    case 'memory':
      return new Problem('refused', says('work.too-much-memory', { work }));
    case 'broke':
      return new Problem('refused', says('work.broke', { work }));
  }
}
