// Where the bytes of files are kept: by account, so that storing tells nobody what others have, and by content hash, so
// that the same bytes are kept once. A folder keeps them on one machine; a bucket can stand in its place.

export type FileStore = {
  /** Keeps the bytes; where they are kept already, they count as put there now. @param hash SHA-256 in hexadecimal */
  put(accountId: number, hash: string, bytes: Uint8Array): Promise<void>;
  /** @throws Error where they are gone, or are no longer what their hash says */
  get(accountId: number, hash: string): Promise<Uint8Array>;
  /** Everything kept for the account by name, and when it was put there: hashes, and what a kill left half written. */
  list(accountId: number): Promise<readonly { readonly name: string; readonly storedAt: Date }[]>;
  /** Takes out what was put there before that moment, and not again since. False where nothing was taken out. */
  removeOlder(accountId: number, name: string, before: Date): Promise<boolean>;
};
