// The chain of changes: each carries a hash over itself and the one before, so that none can be altered, dropped or
// slipped in unseen. What a change was about enters only as salted digests, so erasing it later leaves the chain whole.
import { hash, randomBytes } from 'node:crypto';
import type { ChangeImageRow, ChangeRecordRow, ChangeRow } from './database.ts';

/** What the hash of the opening stands on. */
export const START = '';

/** 128 random bits: without it, nobody can tell from a digest whether a guess was right. */
export function salt(): string {
  return randomBytes(16).toString('base64url');
}

type Salted<T> = T & { readonly salt: string };

export function digestOfSummary({ salt: own, summary }: Salted<{ readonly summary: string }>): string {
  return digest([own, summary]);
}

export function digestOfImage(
  image: Pick<ChangeImageRow, 'table_name' | 'row_key' | 'before' | 'after' | 'salt'>,
): string {
  return digest([image.salt, image.table_name, image.row_key, image.before, image.after]);
}

export function digestOfRecord(
  record: Pick<ChangeRecordRow, 'kind' | 'record_id' | 'at' | 'entry' | 'text' | 'salt'>,
): string {
  return digest([record.salt, record.kind, record.record_id, record.at, record.entry, record.text]);
}

export type Ref = readonly [kind: string, id: number];

/** In the one order in which the chain counts them. */
export function sortRefs(refs: readonly Ref[]): Ref[] {
  return [...refs].sort(([kind, id], [other, otherId]) => (kind === other ? id - otherId : kind < other ? -1 : 1));
}

/** @param refs sorted */
export function hashOf(
  previous: string,
  change: Omit<ChangeRow, 'digests' | 'hash'>,
  refs: readonly Ref[],
  digests: readonly string[],
): string {
  const { account_id, change_number, at, actor, client, tool, undoes } = change;
  return digest([previous, account_id, change_number, at, actor, client, tool, undoes, refs, digests]);
}

function digest(content: unknown[]): string {
  return hash('sha256', JSON.stringify(content), 'base64url');
}
