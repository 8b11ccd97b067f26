// What a book must be before it is packed, and once it is back: sound as a file, and clean under the books' own audit.
import { says, type Said } from '../domain/message.ts';
import { auditBooks } from '../store/audit/audit.ts';
import { listAccounts } from '../store/directory/accounts.ts';
import type { Engine } from '../store/database.ts';
import { Directory } from '../store/directory/directory.ts';
import { storedFiles } from '../store/books/files.ts';
import { listChanges, newestHash } from '../store/journal/history.ts';
import { lastInvoiceNumber } from '../store/journal/number-jumps.ts';
import { Store, type ReadScope } from '../store/scope.ts';
import { FIRST_INVOICE_NUMBER } from '../domain/invoice.ts';
import type { Change } from '../domain/history.ts';

export type AccountState = {
  readonly id: number;
  readonly name: string;
  readonly timeZone: string;
  readonly newest: Change | null;
  readonly changeHash: string;
  /** Null where no invoice was issued yet. */
  readonly lastInvoice: number | null;
  /** The files that it needs: their hashes, and the length of each in bytes. */
  readonly files: ReadonlyMap<string, number>;
};
export type Checked = { readonly accounts: readonly AccountState[]; readonly faults: readonly Said[] };

/** Reads every row of it. @returns what is wrong, a line each */
export async function checkBook(engine: Engine): Promise<Checked> {
  const store = new Store(engine);
  const faults: Said[] = await store.check();
  const accounts: AccountState[] = [];
  const all = await new Directory(engine).read(listAccounts);
  for (const { id } of all) {
    const { faults: found } = await store.look(id, async (scope) => await auditBooks(scope));
    const about = `account ${id}`;
    faults.push(...(all.length === 1 ? found : found.map((why) => says('doctor.fault', { about, why }))));
    accounts.push(await store.read(id, stateOf));
  }
  return { accounts, faults };
}

async function stateOf(scope: ReadScope): Promise<AccountState> {
  const { id, name, timeZone } = scope.account;
  const [newest = null] = await listChanges(scope, {}, { limit: 1, after: null });
  const last = await lastInvoiceNumber(scope);
  return {
    ...{ id, name, timeZone, newest },
    changeHash: await newestHash(scope),
    lastInvoice: last >= FIRST_INVOICE_NUMBER ? last : null,
    files: await storedFiles(scope),
  };
}
