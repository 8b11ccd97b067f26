// Whether the books answer. However many ask at once, one look is under way, and whoever asks for it asks again in a
// moment: nobody is kept waiting for a database, and nobody who asks often takes its connections.
import { setTimeout as pause } from 'node:timers/promises';

/** Within so long the books answer, or the server is not ready. */
const READY_MS = 2000;

export class Readiness {
  readonly #look: () => Promise<unknown>;
  #underWay: Promise<boolean> | null = null;

  constructor(look: () => Promise<unknown>) {
    this.#look = look;
  }

  async answers(): Promise<boolean> {
    this.#underWay ??= this.#looked();
    return await Promise.race([this.#underWay, pause(READY_MS, false, { ref: false })]);
  }

  async #looked(): Promise<boolean> {
    try {
      await this.#look();
      return true;
    } catch {
      return false;
    } finally {
      this.#underWay = null;
    }
  }
}
