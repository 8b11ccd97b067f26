// Statements that are asked again and again have a name, under which a connection keeps them as the server has read and
// planned them: planning takes several times as long as most of them run. Behind a pooler none has, since there the next
// transaction may be on another connection.
import type { ClientBase } from 'pg';

/** From this time on a text is one that is asked again and again. */
const OFTEN = 3;
/** So many names, since each connection keeps what it was asked by name. */
const NAMES = 500;
/** Of texts that have none, so many are counted. */
const COUNTED = 1000;

/** Of the texts that are asked at one server. */
export class StatementNames {
  readonly #names = new Map<string, string>();
  readonly #times = new Map<string, number>();

  /** @returns undefined for what is asked by its text */
  of(text: string): string | undefined {
    const name = this.#names.get(text);
    if (name !== undefined || this.#names.size >= NAMES) return name;
    const times = (this.#times.get(text) ?? 0) + 1;
    this.#times.delete(text);
    if (times < OFTEN) this.#times.set(text, times);
    else this.#names.set(text, `jobwright ${this.#names.size + 1}`);
    if (this.#times.size > COUNTED) this.#times.delete(this.#times.keys().next().value ?? '');
    return this.#names.get(text);
  }
}

const kept = new WeakMap<ClientBase, StatementNames>();

/** Of what is kept on this connection from one transaction to the next; undefined behind a pooler, where nothing is. */
export function namesOn(client: ClientBase): StatementNames | undefined {
  return kept.get(client);
}

/** @param pid of the server's process that answers, which a pooler does not know when it lets somebody in */
export function keepNames(client: ClientBase, names: StatementNames, pid: number | undefined): void {
  if (pid === Reflect.get(client, 'processID')) kept.set(client, names);
}
