import type { PeriodMessages } from '../../domain/messages/period.ts';
import type { Catalogue } from '../catalogue.ts';

export const periodMessages: Catalogue<PeriodMessages> = {
  'period.as-reported': () => 'as it was when the month was closed',
  'period.changed-in-earlier-months': () => 'changed in months closed before',
  'period.changed-in-closed-months': () => 'changed in closed months',
  'period.expense-of-line': ({ description, ref, line }) => `${description} (covers ${ref} ${line})`,
  'period.planned': ({ description }) => `${description}: planned`,
  'period.planned-beyond-spent': ({ description }) => `${description}: planned beyond what is spent`,
};
