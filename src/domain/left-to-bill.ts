// What is left to bill of a job's contracts, as it was at the end of any day. The contract is today's: what it comes to
// now, with its change orders and less what was taken off its price, held against what was billed of it by that day.
import type { CalendarDate } from './dates.ts';
import type { InvoiceKind, InvoiceStatus } from './invoice.ts';
import { price, sum, type Price } from './money.ts';
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
};
export type ContractBill = {
  readonly id: number;
  readonly kind: InvoiceKind;
  readonly status: InvoiceStatus;
  readonly issuedOn: CalendarDate | null;
  readonly subtotal: Price;
  readonly contractId: number | null;
  readonly creditsId: number | null;
  readonly isCorrected: boolean;
};

/**
 * The contracts of a job, and what counts against each: bills made from it, and deposits and progress bills made from
 * lines, which count against the oldest. A credit takes a bill back and lowers the price, except that the one within a
 * correction is billed again.
 */
export function billedContracts(
  quotes: readonly ContractQuote[],
  bills: readonly ContractBill[],
  writtenOff: ReadonlyMap<number, Price>,
): BilledContract[] {
  const accepted = quotes.filter((quote) => quote.status === 'accepted');
  const ids = accepted.filter(({ kind }) => kind === 'original').map(({ contractId }) => contractId);
  const oldest = Math.min(...ids);
  const issued = bills.filter((bill) => bill.status === 'issued');
  const notesOf = Map.groupBy(issued, ({ creditsId }) => creditsId);
  return [...new Set(ids)].map((contractId) => {
    const own = issued.filter((bill) => countsAgainst(bill, oldest) === contractId);
    const notes = own.flatMap(({ id, isCorrected }) =>
      (notesOf.get(id) ?? []).map((note) => ({ ...note, lowersPrice: !isCorrected })),
    );
    return {
      contractId,
      worth: sum([
        ...accepted.filter((quote) => quote.contractId === contractId).map(({ subtotal }) => subtotal),
        ...notes.filter(({ lowersPrice }) => lowersPrice).map(({ subtotal }) => subtotal),
      ]),
      writtenOff: writtenOff.get(contractId) ?? price(0),
      bills: [...own, ...notes].flatMap(({ issuedOn, subtotal }) =>
        issuedOn === null ? [] : [{ day: issuedOn, amount: subtotal }],
      ),
    };
  });
}

function countsAgainst({ kind, contractId, creditsId }: ContractBill, oldest: number): number | null {
  if (creditsId !== null) return null;
  return contractId ?? (kind === 'standard' ? null : oldest);
}

/** Of one contract; below 0 where more is billed than it comes to. @param day null: of all that is billed */
export function remainderOf({ worth, bills }: BilledContract, day: CalendarDate | null): Price {
  return price(worth - sum(bills.filter((bill) => day === null || bill.day <= day).map(({ amount }) => amount)));
}

/**
 * What of a write-off still stands: a contract that shrinks takes from it first, and so does whatever is billed beyond
 * what is left.
 */
export function standingWriteOff(contract: BilledContract): Price {
  return price(Math.min(contract.writtenOff, Math.max(0, remainderOf(contract, null))));
}

/** Of all contracts, never below 0. @param writtenOff whether what was written off counts by then */
export function leftToBill(contracts: readonly BilledContract[], day: CalendarDate | null, writtenOff: boolean): Price {
  const left = sum(
    contracts.map((contract) => {
      const remainder = remainderOf(contract, day);
      return price(writtenOff ? remainder - Math.min(contract.writtenOff, Math.max(0, remainder)) : remainder);
    }),
  );
  return price(Math.max(0, left));
}
