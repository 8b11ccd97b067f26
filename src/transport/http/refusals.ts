// What was refused because somebody may be trying doors: told once a minute, by how many and nothing else, so that nobody
// fills the log by knocking.
import type { Logger } from '../../logger.ts';

const KINDS = {
  password: 'sign-ins with a wrong password',
  lock: 'locks after wrong passwords',
  token: 'tokens that open nothing',
  door: 'requests for a name, or from a page, that is not of this server',
} as const;

const TOLD_EVERY_MS = 60_000;

export class Refusals {
  readonly #log: Pick<Logger, 'error'>;
  readonly #every: number;
  readonly #counts = new Map<keyof typeof KINDS, number>();
  #telling: NodeJS.Timeout | undefined;

  constructor(log: Pick<Logger, 'error'>, every = TOLD_EVERY_MS) {
    this.#log = log;
    this.#every = every;
  }

  note(kind: keyof typeof KINDS): void {
    if (this.#counts.size === 0) this.#telling = setTimeout(() => this.tell(), this.#every).unref();
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
  }

  /** The minute that is not over, too, at the end. */
  tell(): void {
    clearTimeout(this.#telling);
    if (this.#counts.size === 0) return;
    const all = [...this.#counts].map(([kind, count]) => `${count} ${KINDS[kind]}`).join(', ');
    this.#counts.clear();
    this.#log.error(`refused within a minute: ${all}`);
  }
}
