// Workers for what takes long or much memory, so that nobody waits for what somebody else sent: a few, started when
// there is work, each ended where it takes too long or too much, and all of them after a while without any.
import { stackOf, type Logger } from '../logger.ts';
import type { WorkAnswer, WorkMessage } from './messages.ts';
import type { End, Hand, Heard } from './thread.ts';
import { WorkTurns } from './turns.ts';

export type PoolLimits = {
  /** Workers at once. */
  readonly most: number;
  /** Pieces of work of one account, waiting and running. */
  readonly perAccount: number;
  /** Of all accounts, waiting. */
  readonly waiting: number;
  readonly waitMs: number;
  readonly workMs: number;
  readonly idleMs: number;
  /** What one may hold outside of its heap. */
  readonly buffers: number;
};

/** What came of a piece of work that nobody answered. */
export type Unanswered = End | 'time' | 'too many' | 'too many of all' | 'closed';

export type WorkOutcome = WorkAnswer | { readonly left: Unanswered };

type Job = {
  readonly whose: number;
  readonly message: WorkMessage;
  readonly since: number;
  readonly settle: (outcome: WorkOutcome) => void;
};
type Employed = {
  readonly hand: Hand;
  doing: Job | 'nothing' | 'ending';
  until: NodeJS.Timeout | undefined;
  watched: NodeJS.Timeout | undefined;
};

const WATCH_MS = 200;

export class Pool {
  readonly #limits: PoolLimits;
  readonly #start: (heard: Heard) => Hand;
  readonly #log: Logger;
  readonly #turns: WorkTurns<Job>;
  readonly #employed = new Set<Employed>();
  #isClosed = false;

  constructor(start: (heard: Heard) => Hand, limits: PoolLimits, log: Logger) {
    this.#start = start;
    this.#limits = limits;
    this.#log = log;
    // Where there are several, one account leaves some for others.
    this.#turns = new WorkTurns(limits.perAccount, Math.ceil(limits.most / 2));
  }

  /** How many there are now. */
  get size(): number {
    return this.#employed.size;
  }

  async run(whose: number, message: WorkMessage): Promise<WorkOutcome> {
    if (this.#isClosed) return { left: 'closed' };
    if (this.#turns.waiting >= this.#limits.waiting) return { left: 'too many of all' };
    return await new Promise((settle) => {
      if (this.#turns.add(whose, { whose, message, since: performance.now(), settle })) this.#goOn();
      else settle({ left: 'too many' });
    });
  }

  /** Nothing more is done: what waits is refused, and all workers end. */
  close(): void {
    this.#isClosed = true;
    for (const { settle } of this.#turns.clear()) settle({ left: 'closed' });
    for (const each of this.#employed) this.#dismiss(each, 'closed');
  }

  #goOn(): void {
    while (!this.#isClosed) {
      const free = [...this.#employed].find(({ doing }) => doing === 'nothing');
      if (free === undefined && this.#employed.size >= this.#limits.most) return;
      const next = this.#turns.take();
      if (next === null) return;
      const { whose, item: job } = next;
      if (performance.now() - job.since <= this.#limits.waitMs) {
        this.#give(free ?? this.#employ(), job);
        continue;
      }
      this.#turns.done(whose);
      job.settle({ left: 'too many of all' });
    }
  }

  #employ(): Employed {
    const hand = this.#start({
      answered: (answer) => {
        // What it had done when its time was over is not heard any more.
        if (employed.doing === 'ending') return;
        this.#settle(employed, answer, 'nothing');
        employed.until = setTimeout(() => this.#dismiss(employed, 'closed'), this.#limits.idleMs).unref();
        this.#goOn();
      },
      ended: (why, error) => {
        this.#settle(employed, { left: why }, 'ending', error);
        this.#employed.delete(employed);
        this.#goOn();
      },
    });
    const employed: Employed = { hand, doing: 'nothing', until: undefined, watched: undefined };
    this.#employed.add(employed);
    return employed;
  }

  #give(employed: Employed, job: Job): void {
    clearTimeout(employed.until);
    employed.doing = job;
    employed.until = setTimeout(() => this.#dismiss(employed, 'time'), this.#limits.workMs);
    employed.watched = setInterval(() => void this.#watch(employed, job), WATCH_MS);
    employed.hand.give(job.message);
  }

  async #watch(employed: Employed, job: Job): Promise<void> {
    const held = await employed.hand.buffers();
    if (employed.doing === job && held > this.#limits.buffers) this.#dismiss(employed, 'memory');
  }

  /** Its place is free once it has ended. */
  #dismiss(employed: Employed, why: Unanswered): void {
    this.#settle(employed, { left: why }, 'ending');
    employed.hand.end();
  }

  #settle(employed: Employed, outcome: WorkOutcome, then: 'nothing' | 'ending', error?: unknown): void {
    const { doing: job } = employed;
    employed.doing = then;
    clearTimeout(employed.until);
    clearInterval(employed.watched);
    if (typeof job === 'string') return;
    if ('left' in outcome)
      this.#log.error(`a worker was ended (${outcome.left}): ${job.message.task}`, {
        account: job.whose,
        outcome: 'failed',
        ...stackOf(error),
      });
    this.#turns.done(job.whose);
    job.settle(outcome);
  }
}
