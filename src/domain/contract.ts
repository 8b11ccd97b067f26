// What of a bill counts against which contract. A bill made from a contract counts against that one whole. One made from
// lines counts against the contracts of its job, in the order in which they were accepted, each up to what is left of
// it; what is above is extra work. A credit takes the extra part first, then empties the contracts in reverse.
import { joinGroups, negated, shareOf, subtotalOf, type RateGroup } from './billing.ts';
import { price, type Price } from './money.ts';
import { inProportion } from './paper.ts';

/** Set when it is issued: by its shares in contracts, or extra work whole. Null on invoices from before that was kept. */
export const COUNTINGS = ['contract', 'extra'] as const;
export type Counting = (typeof COUNTINGS)[number];

/** What of a bill counts against one contract, at each tax rate. */
export type ContractPart = { readonly contractId: number; readonly groups: readonly RateGroup[] };

/** What of a credit note a contract bears; negative. */
export type CreditPart = ContractPart & {
  /** The contract comes to so much less from then on; else it goes back to what is left to bill. */
  readonly reduces: boolean;
};

/** What is left of a contract to bill, at each tax rate and in all. */
export type ContractLeft = ContractPart & { readonly remaining: Price };

/** @param contracts in the order in which they were accepted */
export function countBill(bill: readonly RateGroup[], contracts: readonly ContractLeft[]): ContractPart[] {
  const parts: ContractPart[] = [];
  let rest = bill;
  for (const { contractId, groups: left, remaining } of contracts) {
    const amount = Math.min(subtotalOf(rest), remaining);
    if (amount <= 0) continue;
    const groups = partOf(rest, price(amount), left);
    rest = less(rest, groups);
    parts.push({ contractId, groups });
  }
  return parts;
}

/** What of a bill is not credited: what counts against contracts, in the order of these, and the extra work. */
export type Counted = { readonly parts: readonly ContractPart[]; readonly extra: readonly RateGroup[] };

/**
 * @param note what is given back, above 0
 * @param beyond what is billed beyond each contract: a credit takes that first, which changes no contract
 */
export function countCredit(
  note: readonly RateGroup[],
  { parts, extra }: Counted,
  { billAgain, beyond }: { billAgain: boolean; beyond: ReadonlyMap<number, Price> },
): CreditPart[] {
  let rest = less(note, taken(note, extra));
  const found: CreditPart[] = [];
  for (const { contractId, groups: counted } of parts.toReversed()) {
    const groups = taken(rest, counted);
    rest = less(rest, groups);
    const amount = subtotalOf(groups);
    const over = price(Math.min(amount, beyond.get(contractId) ?? 0));
    const above = over > 0 ? partOf(groups, over, []) : [];
    found.push({ contractId, groups: above, reduces: false });
    found.push({ contractId, groups: less(groups, above), reduces: !billAgain });
  }
  // Tax that is left of a bill of which nothing else is: the next bill brings the contract to its own tax.
  const [first] = parts;
  if (first !== undefined) found.push({ contractId: first.contractId, groups: rest, reduces: false });
  return joinParts(found);
}

/** As much of some groups as the others hold. */
function taken(whole: readonly RateGroup[], of: readonly RateGroup[]): readonly RateGroup[] {
  const amount = Math.min(subtotalOf(whole), subtotalOf(of));
  return amount > 0 ? partOf(whole, price(amount), of) : [];
}

function joinParts(parts: readonly CreditPart[]): CreditPart[] {
  return [...Map.groupBy(parts, ({ contractId, reduces }) => `${contractId} ${reduces}`).values()].flatMap((some) => {
    const groups = joinGroups(some.flatMap((part) => part.groups)).map(negated);
    const [first] = some;
    return first === undefined || groups.length === 0 ? [] : [{ ...first, groups }];
  });
}

/**
 * `amount` of some groups that come to more: out of tax sets that the other has too, as far as it has them, and then out
 * of the others in proportion.
 */
function partOf(whole: readonly RateGroup[], amount: Price, other: readonly RateGroup[]): readonly RateGroup[] {
  if (amount === subtotalOf(whole)) return whole;
  const equal = whole.map((group) => ({ ...group, base: inBoth(group, other) }));
  const shared = subtotalOf(equal);
  const targets =
    shared >= amount
      ? inProportion(equal, amount)
      : inProportion(less(whole, equal, true), price(amount - shared)).map((base, index) =>
          price(base + (equal[index]?.base ?? 0)),
        );
  return whole.map((group, index) => shareOf(group, undefined, targets[index] ?? price(0))).filter(isSomething);
}

function inBoth({ rate, base }: RateGroup, other: readonly RateGroup[]): Price {
  const there = other.find((each) => each.rate === rate)?.base ?? price(0);
  if (Math.sign(base) !== Math.sign(there)) return price(0);
  return Math.abs(base) < Math.abs(there) ? base : there;
}

/** @param all keeps the groups of which nothing is left */
export function less(whole: readonly RateGroup[], part: readonly RateGroup[], all = false): RateGroup[] {
  const groups = whole.map((group) => {
    const gone = part.find(({ rate }) => rate === group.rate);
    return gone === undefined
      ? group
      : { rate: group.rate, base: price(group.base - gone.base), tax: price(group.tax - gone.tax) };
  });
  const besides = part.filter(({ rate }) => whole.every((group) => group.rate !== rate)).map(negated);
  return all ? groups : [...groups, ...besides].filter(isSomething);
}

function isSomething({ base, tax }: RateGroup): boolean {
  return base !== 0 || tax !== 0;
}
