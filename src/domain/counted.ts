// What every issued invoice counts against. It is kept when one is issued; of those from before it was kept, it is found
// out here, as it would have been kept: a bill from lines counts against the contracts of its job up to what was left of
// them, and a credit is a price reduction unless it leaves nothing of its bill.
import { joinGroups, negated, subtotalOf, taxOf, type RateGroup } from './billing.ts';
import {
  countBill,
  countCredit,
  less,
  type ContractLeft,
  type Counted,
  type Counting,
  type CreditPart,
  type ContractPart,
} from './contract.ts';
import { price } from './money.ts';

/** Credit notes have negative amounts. */
export type IssuedInvoice = {
  readonly id: number;
  readonly contractId: number | null;
  readonly creditsId: number | null;
  readonly counting: Counting | null;
  readonly groups: readonly RateGroup[];
  /** As they were kept. */
  readonly parts: readonly CreditPart[];
};

/** Whether its parts are to be found out. */
export function isFromBefore({
  counting,
  contractId,
  creditsId,
}: Pick<IssuedInvoice, 'counting' | 'contractId' | 'creditsId'>): boolean {
  return counting === null && (contractId === null || creditsId !== null);
}

/**
 * The parts of each invoice, by its id.
 * @param contracts what each comes to, in the order in which they were accepted
 * @param invoices in the order in which they were made
 */
export function countedParts(
  contracts: readonly ContractPart[],
  invoices: readonly IssuedInvoice[],
): ReadonlyMap<number, readonly CreditPart[]> {
  const found = new Map<number, readonly CreditPart[]>();
  const byId = new Map(invoices.map((invoice) => [invoice.id, invoice]));
  const sofar: IssuedInvoice[] = [];
  for (const invoice of invoices) {
    found.set(invoice.id, partsIn(invoice));
    sofar.push(invoice);
  }
  return found;

  function partsIn(invoice: IssuedInvoice): readonly CreditPart[] {
    const { contractId, creditsId, groups, parts } = invoice;
    if (contractId !== null && creditsId === null) return [{ contractId, groups, reduces: false }];
    if (!isFromBefore(invoice) || parts.length > 0) return parts;
    const left = contracts.map((contract) => notCountedYet(contract, [...found.values()].flat()));
    if (creditsId === null) return countBill(groups, left).map((part) => ({ ...part, reduces: false }));
    const bill = byId.get(creditsId);
    return bill === undefined ? [] : partsOfCredit(invoice, bill, left);
  }

  function partsOfCredit(note: IssuedInvoice, bill: IssuedInvoice, left: readonly ContractLeft[]): CreditPart[] {
    const earlier = sofar.filter(({ creditsId }) => creditsId === bill.id);
    const counted = countedLeft(bill, earlier, found);
    const after = joinGroups([bill, ...earlier, note].flatMap(({ groups }) => groups));
    const beyond = new Map(left.map(({ contractId, remaining }) => [contractId, price(Math.max(0, -remaining))]));
    const billAgain = subtotalOf(after) === 0 && taxOf(after) === 0;
    return countCredit(joinGroups(note.groups.map(negated)), counted, { billAgain, beyond });
  }
}

/** What of a bill these credit notes left. */
export function countedLeft(
  bill: Pick<IssuedInvoice, 'id' | 'groups'>,
  notes: readonly Pick<IssuedInvoice, 'id' | 'groups'>[],
  parts: ReadonlyMap<number, readonly CreditPart[]>,
): Counted {
  const back = notes.flatMap(({ id }) => parts.get(id) ?? []);
  const left = (parts.get(bill.id) ?? []).map(({ contractId, groups }) => ({
    contractId,
    groups: joinGroups([
      ...groups,
      ...back.filter((part) => part.contractId === contractId).flatMap((part) => part.groups),
    ]),
  }));
  const whole = joinGroups([bill, ...notes].flatMap(({ groups }) => groups));
  return { parts: left, extra: less(whole, joinGroups(left.flatMap(({ groups }) => groups))) };
}

function notCountedYet({ contractId, groups }: ContractPart, counted: readonly CreditPart[]): ContractLeft {
  const own = counted.filter((part) => part.contractId === contractId);
  const worth = joinGroups([...groups, ...own.filter(({ reduces }) => reduces).flatMap((part) => part.groups)]);
  const billed = joinGroups(own.flatMap((part) => part.groups));
  return { contractId, groups: less(worth, billed), remaining: price(subtotalOf(worth) - subtotalOf(billed)) };
}
