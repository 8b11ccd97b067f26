// A what-if as people and models ask it, read into an exact one. It needs no scope: nothing is looked up or written.
import type { Category } from '../../domain/cost.ts';
import { invalid, quoted } from '../../domain/errors.ts';
import { parsePercent, type AmountInput, type Percent } from '../../domain/money.ts';
import type { WhatIfChange } from '../../domain/what-if.ts';
import { says } from '../../domain/message.ts';

export type WhatIfInput = {
  readonly costs?: readonly { readonly category?: Category | undefined; readonly percent: AmountInput }[] | undefined;
  readonly discountPercent?: AmountInput | undefined;
  readonly marginPercent?: AmountInput | undefined;
};

/** Costs that fall by more than all of them, or grow tenfold and more, are a slip of the pen. */
const COSTS = { least: -100, most: 1000 };
const WHOLE = 1_000_000;
/** One below 0 is read, to be told what it would be. */
const DISCOUNTS = { least: -1000, most: 100 };

/** @throws Problem that names the percentage at fault */
export function readWhatIf({ costs = [], discountPercent, marginPercent }: WhatIfInput): WhatIfChange {
  if (discountPercent !== undefined && marginPercent !== undefined) {
    throw invalid('whatIf', says('what-if.discount-or-margin'));
  }
  return {
    costs: costs.map(({ category = null, percent }, index) => ({
      category,
      percent: parsePercent(percent, `whatIf.costs[${index}].percent`, COSTS),
    })),
    prices: readPrices(discountPercent, marginPercent),
  };
}

function belowZero(discount: Percent) {
  return { said: `${discount / 10_000}`, percent: `${-discount / 10_000}` };
}

function readPrices(
  discountPercent: AmountInput | undefined,
  marginPercent: AmountInput | undefined,
): WhatIfChange['prices'] {
  if (discountPercent !== undefined) {
    const field = 'whatIf.discountPercent';
    const discount = parsePercent(discountPercent, field, DISCOUNTS);
    if (discount < 0) throw invalid(field, says('what-if.discount-below-zero', belowZero(discount)));
    return { discount };
  }
  if (marginPercent === undefined) return null;
  const field = 'whatIf.marginPercent';
  const margin = parsePercent(marginPercent, field, { least: 0, most: 1_000_000 });
  if (margin >= WHOLE) {
    throw invalid(field, says('what-if.margin-below-100', { said: quoted(marginPercent) }));
  }
  return { margin };
}
