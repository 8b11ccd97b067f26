// Where a job is heading: what is left to bill of what was quoted, what its work is still to cost, and what it will have
// made then. It counts the revenue of exactly those quotes whose costs the profit summary counts.
import { cost, type Cost } from './cost.ts';
import { standingOf, type Standing } from './job.ts';
import { leftOfContract, remainderOf } from './left-to-bill.ts';
import { says } from './message.ts';
import { amount, price, sum, sumUp, type Amount, type Price, type Total } from './money.ts';
import { choicesOf, isMoreToBill, leftOfOffers } from './offers.ts';
import {
  computeProfit,
  countedQuotes,
  marginOf,
  type Entry,
  type JobLedger,
  type JobProfit,
  type Profit,
  type ProfitSummary,
} from './profit.ts';
import { isContracted, isOpen } from './quote.ts';
import { cut } from './text.ts';

/** What a job comes to once all that is quoted is done and billed. */
export type Outlook = {
  /** What was quoted, less price reductions. */
  readonly contract: Price;
  readonly leftToBill: Price;
  /** What is billed beyond contracts, above 0. */
  readonly toCredit: Price;
  readonly costToCome: Cost;
  /** What is billed with what is left to bill, less what is to be credited. */
  readonly expectedRevenue: Price;
  readonly expectedProfit: Profit;
};

/** One of several originals that are open at once: what the job comes to if that one is accepted. */
export type Offer = {
  readonly ref: string;
  readonly title: string;
  /** Null where it has a price that is not known yet. */
  readonly outlook: Outlook | null;
};

/** What is not known, or not yet decided, is null; the contract also where nothing is quoted. */
export type Forecast = { readonly [Figure in keyof Outlook]: Outlook[Figure] | null } & {
  /** An original is accepted, or something is billed. */
  readonly sold: boolean;
  readonly expectedMarginTenths: number | null;
  /** All expenses, whether they cover a line or not. */
  readonly spent: Cost;
  readonly collected: Price;
  /** The first few of several open originals; none where it is decided. */
  readonly offers: readonly Offer[];
  /** Counted quotes with a price that is not known yet. */
  readonly unpriced: readonly string[];
};

/** What a job made, with where it stands and is heading. */
export type JobFigures = ProfitSummary & { readonly standing: Standing; readonly forecast: Forecast };

/** By what a job is thin or a loss. */
export type Ranked = { readonly profit: Profit | null; readonly marginTenths: number | null };

export type JobForecast = {
  readonly standing: Standing;
  readonly forecast: Forecast;
  /**
   * What the job adds to totals: of several open originals the one with the lowest expected profit. Null where a price
   * is not known.
   */
  readonly outlook: Outlook | null;
  /** What the job made as totals count it: of several open originals with the cost of that one alone. */
  readonly counted: JobProfit;
  /** A finished job by what it made, any other by what it is heading for. */
  readonly ranked: Ranked;
};

/** Offers that are shown one by one; a warning names all. */
const FEW_OFFERS = 6;
const LONGEST_TITLE = 60;

const UNDECIDED: Pick<Forecast, keyof Outlook> = {
  ...{ contract: null, leftToBill: null, toCredit: null },
  ...{ costToCome: null, expectedRevenue: null, expectedProfit: null },
};

/** @param jobProfit of the same job */
export function forecastOf(job: JobLedger, jobProfit: JobProfit): JobForecast {
  const { profitSummary } = jobProfit;
  const { billed } = profitSummary;
  const spent = spentOn(job);
  const alternatives = alternativesOf(job);
  const offers = alternatives.map(({ offer }) => offer);
  const lowest = lowestOf(alternatives);
  const isDecided = lowest === null;
  const unpriced = unpricedOf(job);
  const ofAll = unpriced.length > 0 ? null : outlookOf(job, profitSummary);
  const outlook = isDecided ? ofAll : lowest.offer.outlook;
  const standing = standingIn(job, billed);
  const costToCome = unpriced.length > 0 ? costToComeOf(profitSummary, spent) : null;
  return {
    standing,
    outlook,
    counted: lowest?.profit ?? jobProfit,
    ranked: rankedBy(standing, profitSummary, outlook),
    forecast: {
      ...(isDecided ? (ofAll ?? { ...UNDECIDED, costToCome }) : UNDECIDED),
      ...(countedQuotes(job).quotes.length === 0 ? { contract: null } : {}),
      sold: isSold(job, billed),
      expectedMarginTenths: isDecided ? expectedMargin(ofAll) : null,
      spent,
      collected: job.collected,
      offers: offers.slice(0, FEW_OFFERS),
      unpriced,
    },
  };
}

/** Of what is billed and left to bill. */
export function expectedMargin(outlook: Outlook | null): number | null {
  return outlook === null ? null : marginOf(BigInt(outlook.expectedProfit), BigInt(outlook.expectedRevenue));
}

function spentOn({ expenses }: JobLedger): Cost {
  return sum(expenses.map((expense) => expense.amount));
}

/** What of the cost is no expense yet: on a finished job it is still the quote. */
function costToComeOf({ costOfWork, expenses }: ProfitSummary, spent: Cost): Cost {
  return cost(costOfWork + expenses - spent);
}

function isSold({ quotes }: JobLedger, billed: Price): boolean {
  return isContracted(quotes) || billed > 0;
}

function unpricedOf(job: JobLedger): string[] {
  const counted = countedQuotes(job).quotes;
  return counted.filter(({ lines }) => lines.some(({ unitPrice }) => unitPrice === null)).map(({ ref }) => ref);
}

function outlookOf(job: JobLedger, profitSummary: ProfitSummary): Outlook {
  const { billed, profit } = profitSummary;
  const revenue = revenueOf(job);
  const more = revenue.leftToBill - revenue.toCredit;
  return {
    ...revenue,
    costToCome: costToComeOf(profitSummary, spentOn(job)),
    expectedRevenue: price(billed + more),
    expectedProfit: amount<'profit'>(profit + more),
  };
}

/** What is left to bill of each contract, and of what is offered; below 0 is to credit. The sum is that of the outlook. */
export function leftEntries(job: JobLedger): Entry<'price'>[] {
  const { contracts, quotes, status, billingDoneOn } = job;
  if (status === 'cancelled') return [];
  const titled = (quote: JobLedger['quotes'][number] | undefined, left: Price, of: 'contract' | 'offer' | 'order') =>
    quote === undefined || left === 0
      ? []
      : [{ ref: quote.ref, what: says('profit.left-of', { title: quote.title, of }), amount: left }];
  const under = new Set(contracts.map(({ contractId }) => contractId));
  const offered = countedQuotes(job).quotes.find(({ contractId }) => !under.has(contractId));
  return [
    ...contracts.flatMap((contract) => {
      const own = quotes.filter((quote) => quote.contractId === contract.contractId && quote.status === 'accepted');
      const original = own.find(({ kind }) => kind === 'original') ?? own[0];
      return titled(original, leftOfContract(contract, null, billingDoneOn !== null), 'contract');
    }),
    ...titled(offered, leftOfOffers(job).left, offered?.status === 'accepted' ? 'order' : 'offer'),
  ];
}

/** What the counted quotes come to, and how far they are billed. */
function revenueOf(job: JobLedger): Pick<Outlook, 'contract' | 'leftToBill' | 'toCredit'> {
  const { contracts, status, billingDoneOn } = job;
  const { worth, left } = leftOfOffers(job);
  const contract = sum([...contracts.map((each) => each.worth), worth]);
  if (status === 'cancelled') return { contract, leftToBill: price(0), toCredit: price(0) };
  const remainders = [...contracts.map((each) => leftOfContract(each, null, billingDoneOn !== null)), left];
  return {
    contract,
    leftToBill: sum(remainders.filter((each) => each > 0)),
    toCredit: price(0 - sum(remainders.filter((each) => each < 0))),
  };
}

type Alternative = { readonly offer: Offer; readonly profit: JobProfit };

/** What the job comes to with each of several open originals. */
function alternativesOf(job: JobLedger): Alternative[] {
  return choicesOf(job).map(({ original, alone }) => {
    const isPriced = unpricedOf(alone).length === 0;
    const profit = computeProfit(alone);
    const outlook = isPriced ? outlookOf(alone, profit.profitSummary) : null;
    return { offer: { ref: original.ref, title: cut(original.title, LONGEST_TITLE), outlook }, profit };
  });
}

/** The one that makes least; where none has a price that is known, the one that costs most. Null where there is no choice. */
function lowestOf(alternatives: readonly Alternative[]): Alternative | null {
  const priced = alternatives.filter(({ offer }) => offer.outlook !== null);
  const makes = ({ offer, profit }: Alternative) => offer.outlook?.expectedProfit ?? profit.profitSummary.profit;
  return (priced.length > 0 ? priced : alternatives).reduce<Alternative | null>(
    (lowest, each) => (lowest === null || makes(each) < makes(lowest) ? each : lowest),
    null,
  );
}

function standingIn(job: JobLedger, billed: Price): Standing {
  const { status, quotes, invoices, contracts, billingDoneOn } = job;
  return standingOf({
    status,
    isSold: isSold(job, billed),
    isOffered: quotes.some((quote) => quote.kind === 'original' && isOpen(quote.status)),
    isAnythingSpent: spentOn(job) !== 0,
    hasContract: contracts.length > 0,
    isInvoiced: invoices.some((invoice) => invoice.status === 'issued' && !invoice.isCredit),
    isAnythingLeft: isMoreToBill(job),
    isAnythingToCredit:
      contracts.some((contract) => remainderOf(contract, null) < 0) ||
      (isContracted(quotes) && leftOfOffers(job).left < 0),
    isDone: billingDoneOn !== null,
  });
}

function rankedBy(standing: Standing, { profit, marginTenths }: ProfitSummary, outlook: Outlook | null): Ranked {
  if (standing === 'finished' || standing === 'cancelled') return { profit, marginTenths };
  return { profit: outlook?.expectedProfit ?? null, marginTenths: expectedMargin(outlook) };
}

/** Outlooks of many jobs added up. */
export type TotalOutlook = {
  readonly [Figure in keyof Outlook]: Outlook[Figure] extends Amount<infer B> ? Total<B> : never;
};

export function totalOutlook(
  parts: readonly { readonly [Figure in keyof Outlook]: Outlook[Figure] | TotalOutlook[Figure] }[],
): TotalOutlook & { readonly expectedMarginTenths: number | null } {
  const expectedRevenue = sumUp(parts.map((part) => part.expectedRevenue));
  const expectedProfit = sumUp(parts.map((part) => part.expectedProfit));
  return {
    contract: sumUp(parts.map((part) => part.contract)),
    leftToBill: sumUp(parts.map((part) => part.leftToBill)),
    toCredit: sumUp(parts.map((part) => part.toCredit)),
    costToCome: sumUp(parts.map((part) => part.costToCome)),
    expectedRevenue,
    expectedProfit,
    expectedMarginTenths: marginOf(expectedProfit, expectedRevenue),
  };
}
