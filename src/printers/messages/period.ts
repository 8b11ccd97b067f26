import type { PeriodMessages } from '../../domain/messages/period.ts';
import type { Catalogue } from '../catalogue.ts';

export const periodMessages: Catalogue<PeriodMessages> = {
  'period.as-reported': () => 'as it was when the month was closed',
  'period.changed-in-earlier-months': () => 'changed in months closed before',
  'period.changed-in-closed-months': () => 'changed in closed months',
  'period.expense-of-line': ({ description, ref, line }) => `${description} (covers ${ref} ${line})`,
  'period.planned': ({ description }) => `${description}: planned`,
  'period.planned-beyond-spent': ({ description }) => `${description}: planned beyond what is spent`,
  'report.tax-is-of-all': () => ({
    says: 'sales tax is of the whole business, by rate and period.',
    next: 'by: tax takes only from and to. The invoices of one customer or job, with their tax: list-invoices.',
  }),
  'report.category-is-by-job': ({ by }) => ({
    says: `rows by ${by} are not of one kind of cost.`,
    next: 'Give category with by: job; by: category alone shows every kind.',
  }),
};
