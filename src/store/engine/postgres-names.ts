// Statements that are asked again and again have a name, under which a connection keeps them as the server has read and
// planned them: planning takes several times as long as most of them run. Behind a pooler none has, since there the next
// transaction may be on another connection.
import type { ClientBase } from 'pg';

/** From this time on a text is one that is asked again and again. */
const OFTEN = 3;
/** So many names, since each connection keeps what it was asked by name. */
const NAMES = 300;
/** Of texts that have none, so many are counted. */
const COUNTED = 1000;

const names = new Map<string, string>();
const times = new Map<string, number>();

/** @returns undefined for what is asked by its text */
export function nameOf(text: string): string | undefined {
  const name = names.get(text);
  if (name !== undefined || names.size >= NAMES) return name;
  const asked = (times.get(text) ?? 0) + 1;
  times.delete(text);
  if (asked >= OFTEN) {
    names.set(text, `jobwright ${names.size + 1}`);
    return names.get(text);
  }
  times.set(text, asked);
  if (times.size > COUNTED) times.delete(times.keys().next().value ?? '');
  return undefined;
}

const direct = new WeakSet<ClientBase>();

/** Whether what is kept on this connection is there in the next transaction. */
export function keepsNames(client: ClientBase): boolean {
  return direct.has(client);
}

/** @param pid of the server's process that answers, which a pooler does not know when it lets somebody in */
export function noteProcess(client: ClientBase, pid: number | undefined): void {
  if (pid === Reflect.get(client, 'processID')) direct.add(client);
}
