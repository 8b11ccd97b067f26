// The chain of changes: each carries a hash over itself and the one before, so that none can be altered, dropped or
// slipped in unseen. What a change was about enters only as salted digests, so erasing it later leaves the chain whole.
import { hash, randomBytes } from 'node:crypto';
import type { ChangeSnapshotRow, ChangeRow, LogLineRow } from './rows.ts';

/** What the hash of the opening stands on. */
export const START = '';

/** 128 random bits: without it, nobody can tell from a digest whether a guess was right. */
export function salt(): string {
  return randomBytes(16).toString('base64url');
}

/**
 * What goes into the digest of one of a change's images or lines: it follows from the change's own salt, so that none
 * is kept. Who erases a piece keeps those of the others, and takes the change's away.
 */
export function saltOf(changeSalt: string, piece: 'image' | 'line', position: number): string {
  return digest([changeSalt, piece, position]).slice(0, 22);
}

/**
 * What is kept in place of a change's digests as long as all that they are over is there, from which they follow. The
 * hash shows that something was altered; this, whether it was what the change holds or the change itself.
 */
export function markOf(digests: readonly string[]): string {
  return `${MARK}${digest([...digests]).slice(0, 10)}`;
}

/** No digest begins with it. */
const MARK = '=';

export function isMark(digests: string): boolean {
  return digests.startsWith(MARK);
}

// What is a sentence, with no code, was written so by an earlier version, and has the digest of its form for ever.

export function digestOfSummary({ salt: own, code, summary }: Pick<ChangeRow, 'salt' | 'code' | 'summary'>): string {
  return digest(code === null ? [own, summary] : [own, code, summary]);
}

export function digestOfSnapshot(
  snapshot: Pick<ChangeSnapshotRow, 'table_name' | 'row_key' | 'before' | 'after' | 'salt'>,
): string {
  return digest([snapshot.salt, snapshot.table_name, snapshot.row_key, snapshot.before, snapshot.after]);
}

export function digestOfLine(
  line: Pick<LogLineRow, 'kind' | 'record_id' | 'at' | 'entry' | 'code' | 'text' | 'salt'>,
): string {
  const { salt: own, kind, record_id, at, entry, code, text } = line;
  const facts = code === null ? [text] : [code, text];
  return digest([own, kind, record_id, at, entry, ...facts]);
}

export type Ref = readonly [kind: string, id: number];

/** In the one order in which the chain counts them. */
export function sortRefs(refs: readonly Ref[]): Ref[] {
  return [...refs].sort(([kind, id], [other, otherId]) => (kind === other ? id - otherId : kind < other ? -1 : 1));
}

/** @param refs sorted */
export function hashOf(
  previous: string,
  change: Pick<ChangeRow, 'account_id' | 'change_number' | 'at' | 'actor' | 'client' | 'tool' | 'undoes'>,
  refs: readonly Ref[],
  digests: readonly string[],
): string {
  const { account_id, change_number, at, actor, client, tool, undoes } = change;
  return digest([previous, account_id, change_number, at, actor, client, tool, undoes, refs, digests]);
}

function digest(content: unknown[]): string {
  return hash('sha256', JSON.stringify(content), 'base64url');
}
