// What is left to bill of a job's contracts, as it was at the end of any day. The contract is today's: what it comes to
// now, with its change orders and less what was taken off its price, held against what was billed of it by that day.
import { subtotalOf, type RateGroup } from './billing.ts';
import type { Counting } from './contract.ts';
import { countedParts } from './counted.ts';
import type { CalendarDate } from './dates.ts';
import type { InvoiceStatus } from './invoice.ts';
import { price, sum, taxRate, type Price } from './money.ts';
import type { QuoteKind, QuoteStatus } from './quote.ts';

/** An accepted original with its accepted change orders. */
export type BilledContract = {
  readonly contractId: number;
  readonly worth: Price;
  /** What of it will never be billed, as somebody said. */
  readonly writtenOff: Price;
  /** What was billed of it on which day; credits are below 0. */
  readonly bills: readonly { readonly day: CalendarDate; readonly amount: Price }[];
};

type ContractQuote = {
  readonly contractId: number;
  readonly kind: QuoteKind;
  readonly status: QuoteStatus;
  readonly subtotal: Price;
  /** Contracts are in the order of these. */
  readonly acceptedIn: number | null;
};
export type BillOnContract = {
  readonly id: number;
  readonly status: InvoiceStatus;
  readonly issuedOn: CalendarDate | null;
  readonly subtotal: Price;
  readonly contractId: number | null;
  readonly creditsId: number | null;
  readonly counting: Counting | null;
};
/** What of a bill from lines, or of a credit note, counts against a contract. */
export type CountedPart = {
  readonly invoiceId: number;
  readonly contractId: number;
  readonly amount: Price;
  readonly reduces: boolean;
};

/**
 * The contracts of a job, and what counts against each. A credit takes a bill back; a price reduction lowers what the
 * contract comes to as well.
 */
export function billedContracts(
  quotes: readonly ContractQuote[],
  { bills, parts }: { bills: readonly BillOnContract[]; parts: readonly CountedPart[] },
  writtenOff: ReadonlyMap<number, Price>,
): BilledContract[] {
  const accepted = quotes.filter((quote) => quote.status === 'accepted');
  const ids = inOrder(accepted.filter(({ kind }) => kind === 'original')).map(({ contractId }) => contractId);
  const contracts = [...new Set(ids)].map((contractId) => ({
    contractId,
    groups: [untaxed(sum(accepted.filter((quote) => quote.contractId === contractId).map((quote) => quote.subtotal)))],
  }));
  const issued = bills.filter((bill) => bill.status === 'issued').sort((one, other) => one.id - other.id);
  const kept = Map.groupBy(parts, ({ invoiceId }) => invoiceId);
  const counted = countedParts(
    contracts,
    issued.map(({ subtotal, ...bill }) => ({
      ...bill,
      groups: [untaxed(subtotal)],
      parts: (kept.get(bill.id) ?? []).map(({ amount, ...part }) => ({ ...part, groups: [untaxed(amount)] })),
    })),
  );
  return contracts.map(({ contractId, groups }) => {
    const own = issued.flatMap(({ id, issuedOn }) =>
      (counted.get(id) ?? [])
        .filter((part) => part.contractId === contractId)
        .map((part) => ({ day: issuedOn, amount: subtotalOf(part.groups), reduces: part.reduces })),
    );
    return {
      contractId,
      worth: sum([subtotalOf(groups), ...own.filter(({ reduces }) => reduces).map(({ amount }) => amount)]),
      writtenOff: writtenOff.get(contractId) ?? price(0),
      bills: own.flatMap(({ day, amount }) => (day === null ? [] : [{ day, amount }])),
    };
  });
}

/** What counts against a contract does so before tax. */
function untaxed(amount: Price): RateGroup {
  return { rate: taxRate(0), base: amount, tax: price(0) };
}

type Ordered = { readonly acceptedIn: number | null; readonly contractId: number };

/**
 * What of a job is billed from lines, less its credits, while nothing is accepted there: an original counts it against
 * itself once it is. What was said to be extra work is left out.
 */
export function billedFromLines(bills: readonly BillOnContract[]): Price {
  const issued = bills.filter(({ status }) => status === 'issued');
  const own = new Set(
    issued
      .filter(
        ({ contractId, creditsId, counting }) => contractId === null && creditsId === null && counting !== 'extra',
      )
      .map(({ id }) => id),
  );
  return sum(issued.filter(({ id, creditsId }) => own.has(creditsId ?? id)).map(({ subtotal }) => subtotal));
}

/** As they were accepted; those from before that was kept come first. */
export function inOrder<Q extends Ordered>(originals: readonly Q[]): Q[] {
  return originals.toSorted(
    (one, other) => (one.acceptedIn ?? 0) - (other.acceptedIn ?? 0) || one.contractId - other.contractId,
  );
}

/** Of one contract; below 0 where more is billed than it comes to. @param day null: of all that is billed */
export function remainderOf({ worth, bills }: BilledContract, day: CalendarDate | null): Price {
  return price(worth - sum(bills.filter((bill) => day === null || bill.day <= day).map(({ amount }) => amount)));
}

/** What of a write-off still stands: whatever is billed beyond what is left takes from it. */
export function standingWriteOff(contract: BilledContract): Price {
  return price(Math.min(contract.writtenOff, Math.max(0, remainderOf(contract, null))));
}

type Quoted = { readonly isAccepted: boolean; readonly isDeclined: boolean; readonly subtotal: Price };

/**
 * By how much less a contract comes to by a quote of it that became another; below 0 by how much more. One that is declined
 * is no reduction: it takes back its own addition.
 */
export function reductionBy(before: Quoted | null, after: Quoted | null): Price {
  if (after?.isDeclined === true) return price(0);
  const worth = (quote: Quoted | null) => (quote?.isAccepted === true ? quote.subtotal : 0);
  return price(worth(before) - worth(after));
}

/** The same after the contract became less by so much: that takes from the write-off first, whatever else is left by then. */
export function writeOffAfter(contract: BilledContract, reduction: Price): Price {
  return standingWriteOff({ ...contract, writtenOff: price(Math.max(0, contract.writtenOff - reduction)) });
}

/** Of one contract, and whether what was written off of it counts by then; below 0 is to be credited. */
export function leftOfContract(contract: BilledContract, day: CalendarDate | null, writtenOff: boolean): Price {
  const remainder = remainderOf(contract, day);
  return price(writtenOff ? remainder - Math.min(contract.writtenOff, Math.max(0, remainder)) : remainder);
}

/** Of all contracts together, never below 0. @param writtenOff whether what was written off counts by then */
export function leftToBill(contracts: readonly BilledContract[], day: CalendarDate | null, writtenOff: boolean): Price {
  return price(Math.max(0, sum(contracts.map((contract) => leftOfContract(contract, day, writtenOff)))));
}

/** What is to be credited on one contract leaves another to be billed. */
export function isAnythingLeft(
  contracts: readonly BilledContract[],
  day: CalendarDate | null,
  writtenOff: boolean,
): boolean {
  return contracts.some((contract) => leftOfContract(contract, day, writtenOff) > 0);
}
