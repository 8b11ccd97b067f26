// Where the bytes of files are kept: by account, so that storing tells nobody what others have, and by content hash, so
// that the same bytes are kept once. A folder keeps them on one machine; a bucket can stand in its place.

export type FileStore = {
  /** Keeps the bytes; nothing happens where they are kept already. @param hash SHA-256 in hexadecimal */
  put(accountId: number, hash: string, bytes: Uint8Array): Promise<void>;
  /** @throws Error where they are gone, or are no longer what their hash says */
  get(accountId: number, hash: string): Promise<Uint8Array>;
  /** Everything kept for the account, and when it was put there. */
  list(accountId: number): Promise<readonly { readonly hash: string; readonly storedAt: Date }[]>;
  remove(accountId: number, hash: string): Promise<void>;
};
