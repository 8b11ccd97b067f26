import type { NoFacts } from '../message.ts';

/** The first few, and how many there are in all. */
export type Mentions = {
  readonly few: readonly { readonly ref: string; readonly description: string }[];
  readonly count: number;
};

/** What is said of a profit that may not be what it seems. Amounts are plain decimals. */
export type ProfitMessages = {
  'profit.of-invoice': { readonly is: 'invoice' | 'credit note' | 'draft invoice' };
  'profit.sales-tax': NoFacts;
  'profit.of-expense': { readonly description: string; readonly category: string };
  /** A line of work: what of its cost is known, and from which expenses. */
  'profit.of-work': {
    readonly description: string;
    readonly known: 'planned' | 'still quoted' | 'spent';
    readonly by: readonly string[];
  };
  /** What is left to bill of a contract, of what is offered, or of an accepted change order whose own quote is not. */
  'profit.left-of': { readonly title: string; readonly of: 'contract' | 'offer' | 'order' };
  'profit.several-open-quotes': { readonly refs: readonly string[] };
  'profit.possible-double-count': { readonly expenses: Mentions; readonly lines: Mentions };
  /** No lines: nothing at all is known of what it cost. */
  'profit.unknown-cost': { readonly lines: Mentions };
  'profit.over-plan': {
    readonly over: readonly {
      readonly category: string | null;
      readonly lines: Mentions;
      readonly planned: string;
      readonly spent: string;
      /** What else its lines have to come; null where that is nothing. */
      readonly toCome: string | null;
    }[];
    readonly more: number;
  };
};
