// Before every test file on PostgreSQL: what the program says to the server is kept, each text once, and after the file it
// is looked at whether one of them would cross accounts.
import { Client } from 'pg';
import { loadModule } from 'libpg-query';
import { afterAll } from 'vitest';
import { PLACEMENT } from '../../../src/store/placement.ts';
import { crossings } from './crossing.ts';
import { ACROSS } from './across.ts';

declare global {
  /** Files of one process share it. The value: whether it was looked at. */
  var statementsSent: Map<string, boolean> | undefined;
}

/** The role of the program; the tests themselves come as the server's owner. */
const PROGRAM = 'jobwright';

const WHOSE = {
  account: new Set<string>(PLACEMENT.account),
  others: new Set<string>([...PLACEMENT.directory, ...PLACEMENT.book]),
};

if (globalThis.statementsSent === undefined) {
  const sent = new Map<string, boolean>();
  globalThis.statementsSent = sent;
  const query: (...args: unknown[]) => unknown = Reflect.get(Client.prototype, 'query');
  Reflect.set(Client.prototype, 'query', function kept(this: Client, ...args: unknown[]): unknown {
    const text = textOf(args[0]);
    const isOurs = this.user === PROGRAM && (globalThis.forgetsTheAccount ?? 0) === 0;
    if (isOurs && text !== null && !sent.has(text)) sent.set(text, false);
    return query.apply(this, args);
  });
}

/** Without the names that differ each time. */
function textOf(query: unknown): string | null {
  const text = typeof query === 'object' && query !== null && 'text' in query ? query.text : query;
  return typeof text === 'string' ? text.replaceAll(/'[\da-f]{8}-[\da-f-]{27}'/g, "''") : null;
}

afterAll(async () => {
  await loadModule();
  const faults: string[] = [];
  for (const [text, isLookedAt] of globalThis.statementsSent ?? []) {
    if (isLookedAt) continue;
    globalThis.statementsSent?.set(text, true);
    if (ACROSS.some(({ sql }) => sql === text)) continue;
    faults.push(...crossings(text, WHOSE).map((fault) => `${fault}: ${text}`));
  }
  if (faults.length > 0) throw new Error(`statements that cross accounts:\n${faults.join('\n')}`);
});
