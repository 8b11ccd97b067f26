// What of the books somebody does not see: crew all but the work of their own jobs; and where costs were not granted,
// expenses, receipts, and what hangs on an expense.
import { seesCosts, type Account, type VisibleAccount } from '../../domain/account.ts';
import { refused } from '../../domain/errors.ts';
import { says } from '../../domain/message.ts';
import { showsCost, type StoredFile } from '../../domain/file.ts';
import { declared } from '../../kinds/declared.ts';
import type { Kind } from '../../kinds/index.ts';
import { refOf } from '../../kinds/reference.ts';
import type { FileFilter } from '../../store/books/files.ts';
import type { ReadScope } from '../../store/scope.ts';
import type { Within } from '../../store/search/find.ts';

/** The books, with what is hidden of them from whoever looks. */
export type VisibleBooks = ReadScope & { readonly account: VisibleAccount };

/** Whether amounts of such records may be named here. An account of which nobody said what is hidden hides its costs. */
export function namesAmounts(
  kind: Kind,
  { account, crew }: { account: Account | VisibleAccount; crew: unknown },
): boolean {
  if (crew !== null) return false;
  return declared(kind).withoutCosts !== 'hidden' || ('profitHidden' in account && seesCosts(account));
}

/** Whose words are looked through for this one. */
export function visibleTerms({ account, crew }: VisibleBooks): Within {
  return { accountId: account.id, withoutCosts: !seesCosts(account), crew };
}

/** For lists of files. */
export function visibleFiles({ account, crew }: VisibleBooks): Pick<FileFilter, 'withoutCosts' | 'crew'> {
  return { withoutCosts: !seesCosts(account), crew };
}

/** @throws Problem where the file shows costs, which are hidden from this caller's assistant */
export function checkCostsIn(file: StoredFile, account: VisibleAccount): StoredFile {
  if (!seesCosts(account) && showsCost(file))
    throw refused(says('record.file-shows-cost', { ref: refOf('file', file.id) }));
  return file;
}
