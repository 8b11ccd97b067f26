// What a use case is given: one state of the account's books, to read or to write. Tools name these and nothing of the
// store, so that what they can reach is what the services offer.
import type { Kind } from '../domain/reference.ts';
import type { FileStore } from '../files/file-store.ts';
import type { ReadScope, WriteScope } from '../store/scope.ts';

export type ReadContext = ReadScope & {
  /** Kinds of records that this caller may see: the template, the plan and switched-off toolsets narrow them. */
  readonly visible: ReadonlySet<Kind>;
};
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

/**
 * How what is no tool reads the books: through the server's wrapper, in one scope, with its errors in words.
 * @param what as the log calls it; with `uri`, what is not found is told as that resource not being there
 * @param read gives back what is left to do once the scope is closed
 */
export type Consult = <T>(
  what: { readonly name: string; readonly uri?: string },
  read: (scope: ReadContext) => Promise<(outside: Outside) => Promise<T>>,
) => Promise<T>;
