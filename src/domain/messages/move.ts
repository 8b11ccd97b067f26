import type { Message, NoFacts } from '../message.ts';

/** What is said where a book is moved to another engine. */
export type MoveMessages = {
  'move.database-taken': NoFacts;
  'move.of-other-book': NoFacts;
  'move.source-read-only': NoFacts;
  'move.of-damaged-book': { readonly first: Message | string; readonly more: number };
  'move.nul': { readonly places: readonly string[]; readonly more: boolean };
  'move.stopped': NoFacts;
  /** `why` is what ended it. */
  'move.not-finished': { readonly to: string; readonly why: Message };
  'move.files-not-there': { readonly account: number; readonly count: number };
  /** Of an account, or of what is of none. */
  'move.differs': { readonly account: number | null; readonly table: string };
  'move.doctor-there': { readonly account: number; readonly first: Message | string; readonly more: number };
  'move.file-differs': { readonly account: number; readonly hash: string };
};
