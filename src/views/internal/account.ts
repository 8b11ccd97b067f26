// The account as its owner sees it.
import { z } from 'zod';
import { type Account, CONFIRM_BY } from '../../domain/account.ts';
import { planTitle } from '../../domain/plans.ts';
import type { Said } from '../../domain/message.ts';
import { text, type Total } from '../../domain/money.ts';
import { TEMPLATE_NAMES, TEMPLATES } from '../../domain/templates.ts';
import { said } from '../message.ts';
import { textOrNull } from '../shapes.ts';
import { category } from './money.ts';

const RecordCounts = z.strictObject({
  customers: z.int(),
  jobs: z.int(),
  quotes: z.int(),
  invoices: z.int(),
  expenses: z.int(),
  appointments: z.int(),
  walkAndTalks: z.int(),
  files: z.int(),
});

export type Counts = z.output<typeof RecordCounts>;

export const AccountCard = z.strictObject({
  name: z.string(),
  address: textOrNull,
  phone: textOrNull,
  email: textOrNull,
  template: z.enum(TEMPLATE_NAMES),
  currency: z.string(),
  timeZone: z.string(),
  country: textOrNull,
  countryGuessed: z.boolean(),
  today: z.string(),
  plan: z.string(),
  paymentTermsDays: z.int(),
  closedThrough: textOrNull,
  confirmBy: z.enum(CONFIRM_BY),
  stages: z.array(z.string()),
  usualLines: z.array(z.strictObject({ description: z.string(), unit: z.string(), category })),
  records: RecordCounts,
  samples: RecordCounts,
  countedTo: z.int(),
});
export type AccountCard = z.output<typeof AccountCard>;

export function accountCard(
  {
    account,
    country,
    real,
    samples,
    countedTo,
  }: { account: Account; country: string | null; real: Counts; samples: Counts; countedTo: number },
  today: string,
): AccountCard {
  const template = TEMPLATES[account.template];
  return {
    name: account.name,
    address: account.address,
    phone: account.phone,
    email: account.email,
    template: account.template,
    currency: account.currency,
    timeZone: account.timeZone,
    country,
    countryGuessed: country !== null && account.country === null,
    today,
    plan: planTitle(account.plan),
    paymentTermsDays: account.paymentTermsDays,
    closedThrough: account.closedThrough,
    confirmBy: account.confirmBy,
    stages: [...template.stages],
    usualLines: template.usualLines.map(({ description, unit, category }) => ({ description, unit, category })),
    records: { ...real },
    samples: { ...samples },
    countedTo,
  };
}

/** What stays of samples that are taken out, since real records stand on it: what is real itself, and what counts nowhere. */
export const keptFields = {
  kept: z.array(said),
  keptUncounted: z.array(said).optional(),
  keptFigures: z.strictObject({ billed: z.string(), received: z.string(), spent: z.string().optional() }).optional(),
};
export type KeptShown = z.output<z.ZodObject<typeof keptFields>>;

type KeptFound = {
  readonly real: readonly Said[];
  readonly uncounted: readonly Said[];
  readonly figures: {
    readonly billed: Total<'price'>;
    readonly received: Total<'price'>;
    readonly spent: Total<'cost'> | null;
  };
};

export function keptShown(found: KeptFound | null, { currency }: Pick<Account, 'currency'>): KeptShown {
  if (found === null) return { kept: [] };
  const { real, uncounted, figures } = found;
  const { billed, received, spent } = figures;
  return {
    kept: [...real],
    keptUncounted: [...uncounted],
    keptFigures: {
      ...{ billed: text(billed, currency), received: text(received, currency) },
      ...(spent === null ? {} : { spent: text(spent, currency) }),
    },
  };
}
