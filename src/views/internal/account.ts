// The account as its owner sees it.
import type { Account } from '../../domain/account.ts';
import { planTitle } from '../../domain/plans.ts';
import { TEMPLATES } from '../../domain/templates.ts';
import type { Sent } from './words.ts';

export type Counts = {
  readonly customers: number;
  readonly jobs: number;
  readonly quotes: number;
  readonly invoices: number;
  readonly expenses: number;
  readonly appointments: number;
  readonly walkAndTalks: number;
  readonly files: number;
};

export function accountOut(
  { account, real, samples, countedTo }: { account: Account; real: Counts; samples: Counts; countedTo: number },
  today: string,
) {
  const template = TEMPLATES[account.template];
  return {
    name: account.name,
    address: account.address,
    phone: account.phone,
    email: account.email,
    template: account.template,
    currency: account.currency,
    timeZone: account.timeZone,
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
export type AccountOut = Sent<ReturnType<typeof accountOut>>;
