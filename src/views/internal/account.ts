// The account as its owner sees it.
import { z } from 'zod';
import { type Account, CONFIRM_BY } from '../../domain/account.ts';
import { planTitle } from '../../domain/plans.ts';
import { TEMPLATE_NAMES, TEMPLATES } from '../../domain/templates.ts';
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
