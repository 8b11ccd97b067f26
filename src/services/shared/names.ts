// What the numbers of invoices and lines in rows are called.
import type { Names } from '../../kinds/history.ts';
import type { Values } from '../../kinds/kind.ts';
import { lineRef } from '../../kinds/reference.ts';
import { tableNamed } from '../../kinds/tables.ts';
import { invoiceNumbers } from '../../store/journal/history.ts';
import type { ReadScope } from '../../store/scope.ts';
import { currentLines } from '../../store/books/quote-places.ts';

type Rows = readonly { readonly table: string; readonly images: readonly (Values | null)[] }[];

/** @param besides records of invoices that are named as well */
export async function namesOf(scope: ReadScope, rows: Rows, besides: readonly number[] = []): Promise<Names> {
  const invoices = new Set(besides);
  const lines = new Set<number>();
  for (const { table, images } of rows) {
    for (const [column, { form, to }] of Object.entries(tableNamed(table)?.columns ?? {})) {
      for (const image of images) {
        const value = image?.[column];
        if (typeof value !== 'number') continue;
        if (to === 'invoice') invoices.add(value);
        if (form === 'line') lines.add(value);
      }
    }
  }
  const places = await currentLines(scope, [...lines]);
  return {
    invoices: await invoiceNumbers(scope, [...invoices]),
    lines: new Map([...places].map(([id, { quoteId, position }]) => [id, lineRef(quoteId, position)])),
  };
}
