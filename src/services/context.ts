// What a use case is given: one state of the account's books, to read or to write. Tools name these and nothing of the
// store, so that what they can reach is what the services offer.
import type { FileStore } from '../files/file-store.ts';
import type { ReadScope, WriteScope } from '../store/scope.ts';

export type ReadContext = ReadScope;
export type WriteContext = WriteScope;

/** What is reachable outside of the books: before they are opened, and after they are closed. */
export type Outside = {
  readonly accountId: number;
  readonly files: FileStore;
  /** Folders of this machine that the owner allows files to be taken from. */
  readonly folders: readonly string[];
  /** A preview: nothing may be kept. */
  readonly preview: boolean;
};
