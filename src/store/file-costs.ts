// Which files tell of a cost, as queries ask for it: as the domain's `showsCost` has it.
import { sql, type RawBuilder } from 'kysely';

/** Of files as `f`. */
export const TELLS_NO_COST = sql<boolean>`(f.kind <> 'receipt' and f.expense_id is null)`;

/** That the file with this number tells of no cost; not so of one that is gone. */
export function tellsNoCost(accountId: number, fileId: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`exists (select 1 from files f where f.account_id = ${accountId} and f.id = ${fileId} and ${TELLS_NO_COST})`;
}
