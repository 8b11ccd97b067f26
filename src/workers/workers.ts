// The workers of this process, and what is said where one of them did not come to an end.
import { availableParallelism } from 'node:os';
import { Problem } from '../domain/errors.ts';
import type { Logger } from '../logger.ts';
import { outcome } from './messages.ts';
import { Pool, type Left, type Limits } from './pool.ts';
import type { Decoding, InWorker, Input, Output, TaskName } from './tasks.ts';
import { startChild } from './child.ts';
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

const DECODING: ReadonlySet<string> = new Set<keyof Decoding>(['show picture']);

/** From source they are TypeScript, which Node reads; built they have a folder of their own. */
const IS_SOURCE = import.meta.url.endsWith('.ts');
const THREAD = new URL(IS_SOURCE ? './worker.ts' : './workers/worker.js', import.meta.url);
const CHILD = new URL(IS_SOURCE ? './decoder.ts' : './workers/decoder.js', import.meta.url);

/** What each is to a person, and what they can do instead. */
const WORDS: Readonly<Record<TaskName, { readonly what: string; readonly instead: string }>> = {
  'make PDF': { what: 'This PDF', instead: 'Ask for format html, or put fewer lines on the paper.' },
  'make calendar': { what: 'This calendar file', instead: 'Narrow it with from and to.' },
  'look-at-file': {
    what: 'Looking through this file',
    instead: 'Open it, save it as a new file, and send that.',
  },
  'show picture': { what: 'Decoding this picture', instead: 'Open it, save it as a smaller one, and send that.' },
};

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
