// How a contract is billed and how an invoice is credited. Both take a share of something that has a tax at each rate,
// and both keep the promise that the shares of base and tax add up to the whole, to the cent.
import { refused } from './errors.ts';
import { says } from './message.ts';
import {
  divideRounded,
  fromTenThousandths,
  price,
  sum,
  taxOn,
  type Percent,
  type Price,
  type TaxRate,
} from './money.ts';
import { checkPriced, inProportion, lineTotal, type PricedLine } from './paper.ts';

/** What stands at one tax rate, 0 included. */
export type RateGroup = { readonly rate: TaxRate; readonly base: Price; readonly tax: Price };

/** The groups of some lines, each taxed with one rounding. */
export function rateGroups(lines: readonly PricedLine[]): RateGroup[] {
  const bases = new Map<TaxRate, Price>();
  for (const line of lines) bases.set(line.taxRate, sum([bases.get(line.taxRate) ?? price(0), lineTotal(line)]));
  return [...bases]
    .sort(([left], [right]) => left - right)
    .map(([rate, base]) => ({ rate, base, tax: taxOn(base, rate) }));
}

/** Groups added up by rate. */
export function joinGroups(groups: readonly RateGroup[]): RateGroup[] {
  const joined = new Map<TaxRate, RateGroup>();
  for (const { rate, base, tax } of groups) {
    const sofar = joined.get(rate);
    joined.set(
      rate,
      sofar === undefined ? { rate, base, tax } : { rate, base: sum([sofar.base, base]), tax: sum([sofar.tax, tax]) },
    );
  }
  return [...joined.values()].sort((left, right) => left.rate - right.rate);
}

export function subtotalOf(groups: readonly RateGroup[]): Price {
  return sum(groups.map((group) => group.base));
}

export function taxOf(groups: readonly RateGroup[]): Price {
  return sum(groups.map((group) => group.tax));
}

/** `whole × part ÷ of`, rounded half away from zero. */
function portion(whole: Price, part: Price, of: Price): Price {
  return of === 0 ? price(0) : price(Number(divideRounded(BigInt(whole) * BigInt(part), BigInt(of))));
}

/**
 * The next share of a whole: what brings the amount taken so far up to `taken + amount`, group by group. Base and tax
 * are rounded cumulatively, so that the shares of a whole taken entirely are exactly the whole.
 * @param whole the groups of all there is
 * @param taken the groups taken before
 * @param amount before tax
 */
export function nextShare(whole: readonly RateGroup[], taken: readonly RateGroup[], amount: Price): RateGroup[] {
  // A rate that stands only in what was taken has no part in the whole: its share takes it back.
  const groups = joinGroups([...whole, ...taken.map(({ rate }) => ({ rate, base: price(0), tax: price(0) }))]);
  const targets = inProportion(groups, price(subtotalOf(taken) + amount));
  return groups
    .map((group, index) =>
      shareOf(
        group,
        taken.find(({ rate }) => rate === group.rate),
        targets[index] ?? price(0),
      ),
    )
    .filter(isSomething);
}

function isSomething({ base, tax }: RateGroup): boolean {
  return base !== 0 || tax !== 0;
}

/** What brings a group's taken base up to `target`, with its tax rounded cumulatively. */
export function shareOf(group: RateGroup, taken: RateGroup | undefined, target: Price): RateGroup {
  const tax = target === group.base ? group.tax : portion(group.tax, target, group.base);
  return { rate: group.rate, base: price(target - (taken?.base ?? 0)), tax: price(tax - (taken?.tax ?? 0)) };
}

/** One invoice of a contract with its credit notes, as far as the contract is concerned. */
export type ContractBill = {
  readonly ref: string;
  readonly groups: readonly RateGroup[];
  /** Negative. One that reduces is a price reduction: the contract comes to so much less. */
  readonly credits?: readonly { readonly groups: readonly RateGroup[]; readonly reduces: boolean }[];
};

/** What is still billed by it, before tax. */
export function billedBy({ groups, credits = [] }: ContractBill): Price {
  return subtotalOf([...groups, ...credits.flatMap((credit) => credit.groups)]);
}

/** What a contract comes to, price reductions taken off, what is billed of it, and what remains, before tax. */
export type ContractState = {
  readonly groups: readonly RateGroup[];
  /** How many bills still bill something of it. */
  readonly bills: number;
  readonly billed: readonly RateGroup[];
  readonly subtotal: Price;
  readonly billedSubtotal: Price;
  readonly remaining: Price;
};

/** @param lines of the accepted original and its accepted change orders */
export function contractState(lines: readonly PricedLine[], bills: readonly ContractBill[]): ContractState {
  const credits = bills.flatMap((bill) => bill.credits ?? []);
  const reductions = credits.filter(({ reduces }) => reduces).flatMap((credit) => credit.groups);
  const groups = joinGroups([...rateGroups(lines), ...reductions]);
  const billed = joinGroups([...bills, ...credits].flatMap((each) => each.groups));
  const subtotal = subtotalOf(groups);
  const billedSubtotal = subtotalOf(billed);
  return {
    groups,
    bills: bills.filter((bill) => billedBy(bill) !== 0).length,
    billed,
    subtotal,
    billedSubtotal,
    remaining: price(subtotal - billedSubtotal),
  };
}

/**
 * Percent of the contract's subtotal, rounded half away from zero. Two halves of 100.01 are 50.01 and 50.00: where no
 * more than the roundings of all bills is missing, it is what remains.
 */
export function percentOf({ subtotal, remaining, bills }: ContractState, percent: Percent): Price {
  const share = price(Number(divideRounded(BigInt(subtotal) * BigInt(percent), 1_000_000n)));
  const missing = share - remaining;
  return remaining > 0 && missing > 0 && 2 * missing <= bills + 1 ? remaining : share;
}

/** What a bill of this amount before tax holds at each rate. @throws Problem where the amount is not there to be billed */
export function billShare(
  { ref, field, amount }: { ref: string; field: string; amount: Price },
  state: ContractState,
  words: (amount: Price) => string,
): RateGroup[] {
  const billed = words(state.billedSubtotal);
  const contract = words(state.subtotal);
  if (state.remaining <= 0) throw refused(says('billing.nothing-remains', { ref, billed, contract }), field);
  if (amount <= 0) throw refused(says('billing.nothing-asked', { amount: words(amount) }), field);
  if (amount > state.remaining) {
    const remaining = words(state.remaining);
    const facts = { ref, amount: words(amount), remaining, billed, contract };
    throw refused(says('billing.more-than-remains', facts), field);
  }
  const groups = nextShare(state.groups, state.billed, amount);
  const tax = taxOf(groups);
  if (amount + tax < 0) throw refused(says('billing.below-zero-with-tax', { ref, tax: words(tax) }), field);
  return groups;
}

/** What of an invoice is not credited yet. */
export function creditable(invoice: readonly RateGroup[], credited: readonly RateGroup[]): RateGroup[] {
  return invoice.map((group) => {
    const before = credited.find(({ rate }) => rate === group.rate);
    return {
      rate: group.rate,
      base: price(group.base + (before?.base ?? 0)),
      tax: price(group.tax + (before?.tax ?? 0)),
    };
  });
}

/**
 * The groups of a credit given line by line. Credited groups so far are negative, as on their notes.
 * @throws Problem where more would be credited at a rate than is left there
 */
export function creditOfLines(
  invoice: readonly RateGroup[],
  credited: readonly RateGroup[],
  lines: readonly PricedLine[],
  words: (amount: Price) => string,
): RateGroup[] {
  checkPriced({ made: 'credit note' }, lines);
  const credit = rateGroups(lines).map(({ rate, base }) => {
    const group = invoice.find((each) => each.rate === rate);
    const left = creditable(invoice, credited).find((each) => each.rate === rate)?.base ?? price(0);
    if (group === undefined || base > left) {
      const facts = { rate: fromTenThousandths(rate), left: words(left), amount: words(base) };
      throw refused(says('credit.more-than-left-at-rate', facts), 'lines');
    }
    if (base <= 0) throw refused(says('credit.not-positive'), 'lines');
    const before = credited.find((each) => each.rate === rate);
    return shareOf(group, before === undefined ? undefined : negated(before), price(base - (before?.base ?? 0)));
  });
  // A discount at another rate is left too, so that less may be left in all than at one rate.
  const left = creditable(invoice, credited);
  const after = creditable(invoice, joinGroups([...credited, ...credit.map(negated)]));
  if (subtotalOf(after) < 0 || subtotalOf(after) + taxOf(after) < 0) {
    const total = price(subtotalOf(left) + taxOf(left));
    const facts = { subtotal: words(subtotalOf(left)), total: words(total) };
    throw refused(says('credit.more-than-left', facts), 'lines');
  }
  return credit;
}

/** The groups of a credit of an amount before tax, spread over the rates as what is left is. */
export function creditOfAmount(
  invoice: readonly RateGroup[],
  credited: readonly RateGroup[],
  amount: Price,
): RateGroup[] {
  const bases = inProportion(creditable(invoice, credited), amount);
  return invoice
    .map((group, index) => {
      const before = credited.find(({ rate }) => rate === group.rate);
      const target = price((bases[index] ?? 0) - (before?.base ?? 0));
      return shareOf(group, before === undefined ? undefined : negated(before), target);
    })
    .filter(isSomething);
}

/** What is given back as it stands on a credit note, below 0, and the other way round. */
export function negated({ rate, base, tax }: RateGroup): RateGroup {
  return { rate, base: price(0 - base), tax: price(0 - tax) };
}
