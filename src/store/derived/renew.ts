// What an earlier version of the program derived (figures, words) is made anew in the book that is to be looked at.
import { listAccounts } from '../directory/accounts.ts';
import type { Engine } from '../database.ts';
import { Directory } from '../directory/directory.ts';
import { Store } from '../scope.ts';

/** Whether nothing is left to be made anew; of a damaged book whoever looks at it next tells what it is. */
export async function isAllRenewed(engine: Engine): Promise<boolean> {
  const store = new Store(engine);
  try {
    for (const { id } of await new Directory(engine).read(listAccounts)) if (!(await store.isRenewed(id))) return false;
  } catch {
    return true;
  }
  return true;
}

/** For a book that was brought up to date only to be looked at, or that came out of an archive. */
export async function renewAll(engine: Engine): Promise<void> {
  const store = new Store(engine);
  // What is damaged cannot be made anew: whoever looks at it next tells what it is.
  const accounts = await new Directory(engine).read(listAccounts).catch(() => []);
  for (const { id } of accounts) await store.renew(id).catch(() => undefined);
}
