// The account in words.
import { PERSON_SAYS_YES } from '../domain/account.ts';
import { TEMPLATES } from '../domain/templates.ts';
import type { AccountOut, Counts } from '../views/internal/account.ts';
import { counted, listed } from './format.ts';

export function accountText(account: AccountOut): string {
  const { countedTo } = account;
  const many = (count: number, one: string) =>
    count < countedTo ? counted(count, one) : `${countedTo} ${one}s or more`;
  const records = (counts: Counts) =>
    listed([
      many(counts.customers, 'customer'),
      TEMPLATES[account.template].jobs && many(counts.jobs, 'job'),
      many(counts.quotes, 'quote'),
      many(counts.invoices, 'invoice'),
      TEMPLATES[account.template].jobs && many(counts.expenses, 'expense'),
      counts.appointments > 0 && many(counts.appointments, 'appointment'),
      counts.walkAndTalks > 0 && many(counts.walkAndTalks, 'walk & talk'),
      counts.files > 0 && many(counts.files, 'file'),
    ]);
  const hasSamples = Object.values(account.samples).some((count) => count > 0);
  return [
    `Business: ${listed([account.name, account.address, account.phone, account.email])}`,
    `Template ${account.template}, ${account.currency}, ${account.timeZone}, today ${account.today}, plan ${account.plan}, invoices due after ${counted(account.paymentTermsDays, 'day')}.`,
    ...(account.closedThrough === null ? [] : [`Closed through ${account.closedThrough}.`]),
    ...(account.confirmBy === 'person' ? [`confirmBy is person. ${PERSON_SAYS_YES}`] : []),
    `On the books: ${records(account.records)}.`,
    ...(hasSamples
      ? [`Samples beside them: ${records(account.samples)}. update-account with removeSamples: true takes them out.`]
      : []),
    `Stages: ${account.stages.join(', ')}.`,
    `Usual lines: ${account.usualLines.map(({ description, unit }) => `${description} (${unit})`).join(', ')}.`,
  ].join('\n');
}
