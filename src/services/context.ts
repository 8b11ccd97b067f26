// What a use case is given: one state of the account's books, to read or to write. Tools name these and nothing of the
// store, so that what they can reach is what the services offer.
import type { VisibleAccount } from '../domain/account.ts';
import type { Kind } from '../kinds/index.ts';
import type { AddressKind } from '../kinds/uri.ts';
import type { FileStore } from '../files/file-store.ts';
import type { ReadScope, WriteScope } from '../store/scope.ts';
import type { InWorker } from '../workers/tasks.ts';
import type { Scope } from '../domain/access.ts';

/** What a caller may see of the books. */
export type Visibility = {
  /** Kinds of records that this caller may see: the template, the plan and switched-off toolsets narrow them. */
  readonly visible: ReadonlySet<Kind>;
  /** Where a record is found: an address that its reader can open. */
  readonly urlOf: (place: AddressKind, ref: string) => string;
};

/** The account, with what is hidden of it from this caller. */
type SeenBy = { readonly account: VisibleAccount };

export type ReadContext = ReadScope & SeenBy & Visibility;
export type WriteContext = WriteScope &
  SeenBy & {
    readonly mayUndo: MayUndo;
    /** The caller says that it is meant, though the very same is there already. */
    readonly allowDuplicate: boolean;
  };

/** Whether this caller may take back what that tool did: whoever may not do it may not undo it either. */
export type MayUndo = (tool: string) => boolean;

/** What is reachable outside of the books: before they are opened, and after they are closed. */
export type Effects = {
  readonly accountId: number;
  readonly files: FileStore;
  /** Folders of this machine that the owner allows files to be taken from. */
  readonly folders: readonly string[];
  /** Files of the conversation that a call comes from; null where the operator named no host of such files. */
  readonly conversation: ConversationFiles | null;
  /** A preview: nothing may be kept. */
  readonly preview: boolean;
  /** Whoever calls keeps files: they come as they are kept, not as models see them. */
  readonly wantsWhole: boolean;
  /** Has it done outside of the main thread: whatever grows with what somebody sent. */
  readonly inWorker: InWorker;
  /** Puts one call off until its caller opens a link to it; null where nobody could open one. */
  readonly linkTo: LinkTo | null;
  /** As whom a page for files is given out, and its address; null where nobody could open one. */
  readonly pages: { readonly giver: Giver; readonly urlOf: (secret: string) => string } | null;
};

/** Files that stand in a conversation are kept by its host, and fetched from there. */
export type ConversationFiles = {
  /** @throws Problem where nothing is fetched from this address */
  check(address: string, field: string): void;
  /** All of its bytes. @throws Problem where it is not fetched */
  fetch(address: string, of: { readonly accountId: number; readonly field: string }): Promise<Uint8Array>;
};

/** @returns the address to open */
export type LinkTo = (
  what: 'upload' | 'download',
  tool: string,
  args: Readonly<Record<string, unknown>>,
) => Promise<string>;

/** What is no tool and reads the books, by the protocol's names. */
export type Consulted =
  | 'resources/list'
  | 'resources/templates/list'
  | 'resources/read'
  | 'prompts/list'
  | 'prompts/get'
  | 'completion/complete';

/**
 * How what is no tool reads the books: through the server's wrapper, in one scope, with its errors in words.
 * @param what as the log calls it; with `uri`, what is not found is told as that resource not being there
 * @param read gives back what is left to do once the scope is closed, with what was booked of itself before, in words
 */
export type ReadResource = <T>(
  what: { readonly name: Consulted; readonly uri?: string },
  read: (scope: ReadContext) => Promise<(effects: Effects, booked: readonly string[]) => Promise<T>>,
) => Promise<T>;

/** Whoever gives out a page, and as whom its files are attached. */
export type Giver = {
  readonly accountId: number;
  /** Null for whoever runs the program on their own machine. */
  readonly personId: string | null;
  readonly scopes: ReadonlySet<Scope>;
  readonly client: string;
};
