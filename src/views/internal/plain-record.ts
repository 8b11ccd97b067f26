// A record of a kind that has no page of its own: what it holds, column by column, as its kind declares them.
import { seesCosts, type VisibleAccount } from '../../domain/account.ts';
import { declared } from '../../kinds/declared.ts';
import { fieldOf, type Names } from '../../kinds/history.ts';
import type { Kind } from '../../kinds/index.ts';
import type { Values } from '../../kinds/kind.ts';
import { written } from './history.ts';

/** @property to the record that it names */
export type PlainField = { readonly field: string; readonly value: string; readonly to: string | null };

/** Private costs are not among them where they are hidden from this caller. */
export function plainFields(
  { of, row, names }: { readonly of: Kind; readonly row: Values; readonly names: Names },
  account: VisibleAccount,
): PlainField[] {
  const { table, columns } = declared(of);
  return Object.entries(columns).flatMap(([column, { cost = false }]) => {
    const field = fieldOf(table, column) ?? null;
    if (field === null || (cost && !seesCosts(account))) return [];
    const value = row[column] ?? null;
    const words = field.form === 'yes' && value === 0 ? null : written(value, field.form, { account, names });
    return words === null
      ? []
      : [{ field: field.words, value: words, to: typeof field.form === 'object' ? words : null }];
  });
}
