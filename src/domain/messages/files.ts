import type { Message, NoFacts } from '../message.ts';

/** What is said of files and of their bytes. */
export type FileMessages = {
  /** What doctor finds. `refs` is empty where only an undo may need the bytes; `hash` is its beginning. */
  'file.bytes-at-fault': { readonly refs: readonly string[]; readonly hash: string; readonly fault: Message };
  'file.bytes-of-other-size': { readonly size: number; readonly stored: number };
  'file.bytes-missing': NoFacts;
  'file.list-unread': NoFacts;
};
