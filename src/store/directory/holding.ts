// Who decides by what stands in the directory holds it first: of two that come at once, the second sees what the first did.
import { holdRow } from '../engine/locks.ts';
import type { DirectoryScope } from './directory.ts';

/** Their password, tries at it, and links to choose another. */
export async function holdPerson({ db }: DirectoryScope, id: string): Promise<void> {
  await holdRow(db, 'people', { id });
}

/** Who is in an account, as what, and what waits for them there. */
export async function holdAccount({ db }: Pick<DirectoryScope, 'db'>, accountId: number): Promise<void> {
  await holdRow(db, 'accounts', { account_id: accountId });
}

/** What came by one. */
export async function holdLink({ db }: DirectoryScope, tokenHash: string): Promise<void> {
  await holdRow(db, 'links', { token_hash: tokenHash });
}

/** What is one for the whole book. */
export async function holdBook({ db }: DirectoryScope): Promise<void> {
  await holdRow(db, 'book', { id: 1 });
}
