// The workers of this process, and what is said where one of them did not come to an end.
import { availableParallelism } from 'node:os';
import { Problem } from '../domain/errors.ts';
import type { Logger } from '../logger.ts';
import { outcome } from './messages.ts';
import { Pool, type Left, type Limits } from './pool.ts';
import type { InWorker, Input, Output, TaskName } from './tasks.ts';
import { startThread } from './thread.ts';

const MB = 1024 * 1024;
const HEAP_MB = 256;
const LIMITS: Limits = {
  most: Math.max(1, availableParallelism() - 1),
  perAccount: 10,
  waiting: 100,
  waitMs: 30_000,
  workMs: 10_000,
  idleMs: 20_000,
  buffers: 256 * MB,
};

/** From source it is TypeScript, which Node reads; built it has a folder of its own. */
const ENTRY = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './workers/worker.js', import.meta.url);

/** What each is to a person, and what they can do instead. */
const WORDS: Readonly<Record<TaskName, { readonly what: string; readonly instead: string }>> = {
  'make PDF': { what: 'This PDF', instead: 'Ask for format html, or put fewer lines on the paper.' },
  'make calendar': { what: 'This calendar file', instead: 'Narrow it with from and to.' },
  'look at file': {
    what: 'Looking through this file',
    instead: 'Open it, save it as a new file, and send that.',
  },
};

export class Workers {
  readonly #pool: Pool;

  constructor(log: Logger) {
    this.#pool = new Pool((heard) => startThread(ENTRY, HEAP_MB, heard), LIMITS, log);
  }

  /** As this account. */
  for(whose: number): InWorker {
    return async <N extends TaskName>(task: N, input: Input<N>) => {
      const done = await this.#pool.run(whose, { task, input });
      if ('left' in done) throw leftProblem(task, done.left);
      // The worker does this very task by the same table.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      return outcome(done) as Output<N>;
    };
  }

  close(): void {
    this.#pool.close();
  }
}

function leftProblem(task: TaskName, left: Left): Problem {
  const { what, instead } = WORDS[task];
  switch (left) {
    case 'too many':
      return new Problem(
        'busy',
        'Other documents and files of this account are being worked on. Try again in a moment.',
      );
    case 'too many of all':
      return new Problem('busy', 'Many documents and files are being worked on just now. Try again in a moment.');
    case 'closed':
      return new Problem('unavailable', 'Jobwright is ending. Try again once it has started anew.');
    case 'time':
      return new Problem(
        'refused',
        `${what} took longer than ${LIMITS.workMs / 1000} seconds and was given up. ${instead}`,
      );
    case 'memory':
      return new Problem('refused', `${what} took too much memory and was given up. ${instead}`);
    case 'broke':
      return new Problem('refused', `${what} could not be finished. ${instead}`);
  }
}
