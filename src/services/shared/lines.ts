// Priced lines as people and models write them, read into exact ones.
import type { Category, Cost } from '../../domain/cost.ts';
import { invalid } from '../../domain/errors.ts';
import { says } from '../../domain/message.ts';
import { isTooLarge, parseAmount, parseQuantity, parseTaxRate, type AmountInput } from '../../domain/money.ts';
import type { PricedLine } from '../../domain/paper.ts';

export type LineInput = {
  readonly description: string;
  readonly quantity: AmountInput;
  readonly unit?: string | undefined;
  readonly unitPrice: AmountInput | null;
  readonly taxRatePercent?: AmountInput | undefined;
};
export type QuoteLineInput = LineInput & {
  readonly unitCost?: AmountInput | null | undefined;
  readonly category?: Category | undefined;
  readonly changesLine?: string | undefined;
  /** Words of a walk & talk that the line rests on. */
  readonly cites?: string | undefined;
};

export function readLine(line: LineInput, field: string, currency: string): PricedLine {
  const quantity = parseQuantity(line.quantity, `${field}.quantity`);
  const unitPrice =
    line.unitPrice === null
      ? null
      : parseAmount<'price'>(line.unitPrice, `${field}.unitPrice`, currency, { sign: 'any' });
  checkSigns(quantity, unitPrice, `${field}.unitPrice`, 'price');
  return {
    description: line.description,
    quantity,
    unit: line.unit ?? null,
    unitPrice,
    taxRate: parseTaxRate(line.taxRatePercent ?? 0, `${field}.taxRatePercent`),
  };
}

export function readQuoteLine(
  line: QuoteLineInput,
  field: string,
  currency: string,
): PricedLine & { unitCost: Cost | null; category: Category | null } {
  const priced = readLine(line, field, currency);
  const unitCost =
    line.unitCost === null || line.unitCost === undefined
      ? null
      : parseAmount<'cost'>(line.unitCost, `${field}.unitCost`, currency, { sign: 'any' });
  checkSigns(priced.quantity, unitCost, `${field}.unitCost`, 'cost');
  return { ...priced, unitCost, category: line.category ?? null };
}

/** A discount or work taken out is negative in its quantity or in its price, never in both: that would add. */
function checkSigns(
  quantity: PricedLine['quantity'],
  each: PricedLine['unitPrice'] | Cost,
  field: string,
  what: 'price' | 'cost',
): void {
  if (each === null) return;
  if (quantity < 0 && each < 0) {
    throw invalid(field, says('line.negative-twice', { what }));
  }
  if (isTooLarge(quantity, each)) throw invalid(field, says('line.too-large', { what }));
}
