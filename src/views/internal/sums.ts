// Sums of a list by a word or a record that its rows have in common.
import { sampleMark } from './format.ts';

/** @property key null where no such word or record stands there */
type SumOf = { readonly key: string | null; readonly name: string | null; readonly isSample: boolean };

/** @property count of all rows, on this page or not; null where none were asked for */
export type SumsBy<By, Sum> = {
  readonly by: By;
  readonly rows: readonly (Sum & SumOf)[];
  readonly count: number;
} | null;

/** @param shown what of a sum is seen */
export function sumFields<By, Sum, Shown extends object>(sums: SumsBy<By, Sum>, shown: (sum: Sum) => Shown) {
  if (sums === null) return {};
  return {
    by: sums.by,
    sums: sums.rows.map((row) => ({
      key: row.key,
      ...(row.name === null ? {} : { name: row.name }),
      ...sampleMark(row.isSample),
      ...shown(row),
    })),
    sumCount: sums.count,
  };
}
