// Where the bytes of files are kept: by account, so that storing tells nobody what others have, and by content hash, so
// that the same bytes are kept once. A folder keeps them on one machine; a database or a bucket can stand in
// its place.

export type FileStore = {
  /**
   * Keeps the bytes; where they are kept already, they count as put there now.
   * @param hash SHA-256 in hexadecimal
   * @throws Problem where the disk has no room for them or refuses them; nothing is left behind then
   */
  put(accountId: number, hash: string, bytes: Uint8Array): Promise<void>;
  /** Bytes that are missing and lie in the trash are put back. @throws Error where they are gone, or were altered */
  get(accountId: number, hash: string): Promise<Uint8Array>;
  /** The same piece by piece, so that whoever takes them slowly holds few of them. @throws Error before the first piece */
  stream(accountId: number, hash: string): Promise<ReadableStream<Uint8Array>>;
  /** Everything kept for the account by name, and when it was put there: hashes, and what an early version left half written. */
  list(accountId: number): Promise<readonly { readonly name: string; readonly storedAt: Date }[]>;
  /** Which of these bytes are kept for the account. They are not read. */
  held(accountId: number, hashes: readonly string[]): Promise<ReadonlySet<string>>;
  /** Moves to that day's trash what was put there before that moment, and not again since. False where nothing was moved. */
  discard(accountId: number, name: string, before: Date, day: string): Promise<boolean>;
  /** What was found out about bytes once, and can be again; it goes with them. */
  readonly beside: Beside;
  readonly trash: Trash;
  /** Null where nothing can part the bytes from the book that they belong to. */
  readonly marker: Marker | null;
  /** Takes out what processes that are gone left half written. @returns how many */
  removeDrafts(now: Date): Promise<number>;
  /** What tells this place from any other; null where nothing was ever kept. */
  place(): Promise<string | null>;
};

export type Beside = {
  /** Null where it is not there. */
  get(accountId: number, hash: string, what: 'note' | 'copy'): Promise<Uint8Array | null>;
  /** Where the disk refuses it, it is made again the next time. */
  put(accountId: number, hash: string, what: 'note' | 'copy', bytes: Uint8Array): Promise<void>;
};

/** Names that were moved out of the way on a day, written 2026-11-27. */
export type Discarded = { readonly day: string; readonly accountId: number; readonly name: string };

/** What nobody needs any more, as it seemed on the day when it went there. */
export type Trash = {
  /** What of an account's went there before that day. */
  list(accountId: number, before: string): Promise<readonly Discarded[]>;
  /** For good. */
  remove(item: Discarded): Promise<void>;
};

/** Whose files they are: the book's identity, and what it was when the last of them was kept. */
export type FilesMark = {
  readonly identity: string;
  readonly writeNumber: number;
  /** The change that kept it, with its hash: another copy of the book that went on by itself has another there. */
  readonly keptBy?: { readonly account: number; readonly change: number; readonly hash: string };
};

/** The note of that beside the files. */
export type Marker = {
  read(): Promise<FilesMark | 'none' | 'unreadable'>;
  /** It only rises; one of another book, or one that cannot be read, stays as it is. @throws Error of the disk */
  raise(mark: FilesMark): Promise<void>;
};
