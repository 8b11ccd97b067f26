// Amounts in the owner's answers, which are plain decimals in major units, and what is made of them.
import { z } from 'zod';
import { CATEGORIES } from '../../domain/cost.ts';
import { BILLINGS } from '../../domain/job.ts';
import { textOrNull } from '../shapes.ts';

export const money = z.string();
export const moneyOrNull = money.nullable();

export const category = z.enum(CATEGORIES);
export const billing = z.enum(BILLINGS);
/** There are some, which the sums leave out. */
export const samplesLeftOut = z.literal(true).optional();

/** What jobs came to together. */
/** Of how many jobs added up here nobody said what something costs; only where there are any. */
export const unknownCost = z.int().optional();

export function unknownMark(count: number): { unknownCost?: number } {
  return count === 0 ? {} : { unknownCost: count };
}

export const groupFields = {
  jobs: z.int(),
  billed: money,
  costOfWork: money,
  expenses: money,
  profit: money,
  marginPercent: z.number().nullable(),
  unknownCost,
};

export const taxLines = z.array(z.strictObject({ ratePercent: z.number(), base: money, tax: money }));
/** A line of a paper, without what it costs. */
export const pricedLine = {
  description: z.string(),
  quantity: z.number(),
  unit: textOrNull,
  unitPrice: moneyOrNull,
  taxRatePercent: z.number(),
  amount: money,
};
