// Where a job is heading, in words: what a person needs of it comes first, by where the job stands.
import type { Printed } from './catalogue.ts';
import type { ForecastCard } from '../views/internal/forecast.ts';
import type { ProfitCard, ProfitFields } from '../views/internal/profit-summary.ts';
import { line, phrase, row, sum, toRecord, type Block, type Phrase, type SumRow } from './blocks.ts';
import { counted, joined, short, some } from './format.ts';
import {
  asideBlocks,
  doubtInShort,
  type DoubtAbout,
  costIsUnknown,
  isNotZero,
  marginRows,
  marginText,
  profitInShort,
  profitSummaryBlocks,
} from './profit-summary.ts';

type Figures = Pick<Printed<ProfitFields>, 'profit' | 'forecast'> & {
  standing?: ProfitFields['standing'] | undefined;
};
/** The same, whose doubts are not in words yet. */
type InShort = Omit<Figures, 'profit'> & {
  profit: (Pick<Profit, 'billed' | 'profit' | 'marginPercent'> & { readonly warnings: readonly DoubtAbout[] }) | null;
};
type Profit = Printed<ProfitCard>;
type Forecast = Printed<ForecastCard>;

/** @param before opens the first line of it in a text */
export function jobFiguresBlocks({ profit, standing, forecast }: Figures, before: Phrase = ''): Block[] {
  if (profit === null) return [];
  if (forecast === null || standing === undefined || standing === 'cancelled')
    return profitSummaryBlocks(profit, before);
  if (standing === 'finished')
    return [
      ...profitSummaryBlocks(profit, before),
      ...stillQuotedBlocks(forecast),
      ...collectedBlocks(profit, forecast),
    ];
  return [
    ...headingBlocks(profit, forecast, phrase`${before}${standing === 'unsold' ? 'Not sold yet. ' : ''}`),
    ...(forecast.sold || isNotZero(forecast.spent) ? soFarBlocks(profit, forecast) : []),
    ...collectedBlocks(profit, forecast),
    ...asideBlocks(profit),
  ];
}

function headingBlocks(profit: Profit, forecast: Forecast, before: Phrase): Block[] {
  const { offers, unpriced, contract, expectedProfit, sold } = forecast;
  if (offers !== undefined) return offersBlocks(profit, offers, before);
  if (unpriced !== undefined || expectedProfit === null) {
    const what = some(unpriced ?? [], 6);
    return [line(phrase`${before}A price in ${what} is not known yet, so what it will make is not known either.`)];
  }
  const isQuoted = contract !== null;
  if (!isQuoted && !isNotZero(profit.billed)) return [line(phrase`${before}${nothingQuoted(forecast)}.`)];
  const margin = marginText(profit, forecast.expectedMarginPercent, 'no margin');
  const lead = sold ? 'Expected profit' : 'If they accept: profit';
  return [
    sum(rowsOf(profit, forecast), [
      phrase`${before}${lead} ${expectedProfit} ${profit.currency}, ${margin}`,
      phrase`= ${joined(
        partsOf(profit, forecast).map(({ name, value }, index) => `${index === 0 ? '' : SIGNS[name]}${name} ${value}`),
        ' ',
      )}`,
    ]),
  ];
}

const SIGNS: Readonly<Record<string, string>> = {
  'left to bill': '+ ',
  'to credit': '− ',
  spent: '− ',
  'cost to come': '− ',
};

function partsOf({ billed }: Profit, { leftToBill, toCredit, spent, costToCome, sold }: Forecast) {
  return [
    ...(sold ? [{ name: 'billed', value: billed }] : []),
    { name: sold ? 'left to bill' : 'quoted', value: leftToBill ?? '' },
    ...(toCredit === undefined ? [] : [{ name: 'to credit', value: toCredit }]),
    { name: 'spent', value: spent },
    { name: 'cost to come', value: costToCome ?? '' },
  ];
}

function rowsOf(profit: Profit, forecast: Forecast): SumRow[] {
  const { expectedProfit, expectedMarginPercent } = forecast;
  return [
    ...partsOf(profit, forecast).map(({ name, value }) => ({
      name: `${SIGNS[name] ?? ''}${name}`,
      value,
      isResult: false,
    })),
    { name: '= expected profit', value: `${expectedProfit ?? ''} ${profit.currency}`, isResult: true },
    ...marginRows('Expected margin', profit, expectedMarginPercent),
  ];
}

function offersBlocks({ warnings }: Profit, offers: NonNullable<Forecast['offers']>, before: Phrase): Block[] {
  return [
    line(phrase`${before}${counted(offers.length, 'quote')} are open at once:`),
    ...offers.map(({ ref, title, contract, expectedProfit, expectedMarginPercent }) =>
      row(
        contract === null || expectedProfit === null
          ? phrase`${toRecord(ref)} ${short(title, 60)}: a price in it is not known yet`
          : phrase`${toRecord(ref)} ${short(title, 60)}, ${contract}: if they accept it, ${profitInShort({ profit: expectedProfit, marginPercent: expectedMarginPercent, warnings: about(ref, warnings) })}`,
      ),
    ),
  ];
}

/** What is doubted of one of several quotes. */
function about<W extends DoubtAbout>(quote: string, warnings: readonly W[]): W[] {
  return warnings.filter(({ refs }) => refs.some((ref) => ref.startsWith(`${quote}/`)));
}

function nothingQuoted({ spent }: Pick<Forecast, 'spent'>): string {
  return isNotZero(spent) ? `Nothing quoted or billed, ${spent} spent` : 'Nothing quoted, billed or spent yet';
}

/** Before all is billed a loss may mean nothing but that. */
function soFarBlocks(profit: Profit, forecast: Forecast): Block[] {
  const { billed, costOfWork, expenses } = profit;
  if (!isNotZero(billed) && !isNotZero(costOfWork) && !isNotZero(expenses)) return [];
  const soFar = `All of the cost, held against what is billed so far: ${profit.profit} (billed ${billed} − cost of work ${costOfWork} − expenses ${expenses})`;
  return [...stillQuotedBlocks(forecast), line(soFar)];
}

function stillQuotedBlocks({ costToCome, spent }: Forecast): Block[] {
  if (costToCome === null || !isNotZero(costToCome)) return [];
  return [
    line(
      isNotZero(spent)
        ? `${costToCome} of the cost is still the quote, without a receipt; ${spent} is spent.`
        : `All of the cost, ${costToCome}, is still the quote; no receipt yet.`,
    ),
  ];
}

function collectedBlocks({ billed }: Profit, { collected }: Forecast): Block[] {
  return isNotZero(billed) || isNotZero(collected) ? [line(`Collected, with tax: ${collected}`)] : [];
}

/** `expected profit 4662.70 (34.3 %), 9748.00 left to bill`: for a list. */
export function figuresInShort({ profit, standing, forecast }: InShort): string {
  if (profit === null) return '';
  const made = `${profitInShort(profit)}, billed ${profit.billed}`;
  if (forecast === null || standing === undefined || standing === 'finished' || standing === 'cancelled') return made;
  const { offers, unpriced, contract, expectedProfit, expectedMarginPercent, leftToBill, toCredit, spent, sold } =
    forecast;
  if (offers !== undefined) {
    const each = offers.map(({ ref, expectedProfit: makes }) => {
      const doubt = costIsUnknown({ warnings: about(ref, profit.warnings) }) ? ' (cost not known)' : '';
      return makes === null ? `${ref} without a price` : `${ref} ${makes}${doubt}`;
    });
    return `${counted(offers.length, 'quote')} open, profit if accepted: ${some(each, 3)}`;
  }
  if (unpriced !== undefined || expectedProfit === null)
    return `a price in ${some(unpriced ?? [], 3)} is not known yet`;
  if (contract === null && !isNotZero(profit.billed)) return nothingQuoted({ spent }).toLowerCase();
  const short = profitInShort({ ...profit, profit: expectedProfit, marginPercent: expectedMarginPercent });
  if (!sold) return `not sold, quoted ${contract ?? '0'}: ${short} if accepted`;
  const credit = toCredit === undefined ? '' : `, ${toCredit} to credit`;
  return `expected ${short}, billed ${profit.billed}, ${leftToBill ?? ''} left to bill${credit}`;
}

/** Doubts that a list tells of one job. */
const MOST_DOUBTS = 3;

/** `; note: E-4 may already be planned in Q-3/1`, behind the figures of a job in a list. */
export function doubtsInShort({ profit, standing, forecast }: InShort): string {
  // That several quotes are open is what the figures themselves say of it.
  const isTold = forecast?.offers !== undefined && (standing === 'running' || standing === 'unsold');
  const doubts = (profit?.warnings ?? []).filter(({ code }) => code !== 'several_open_quotes' || !isTold);
  return doubts.length === 0 ? '' : `; note: ${some(doubts.map(doubtInShort), MOST_DOUBTS)}`;
}
