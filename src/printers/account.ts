// The account in words.
import { says } from '../domain/message.ts';
import { forModel } from './in-words.ts';
import { TEMPLATES } from '../domain/templates.ts';
import type { AccountCard, Counts, KeptShown } from '../views/internal/account.ts';
import { line, type Block } from './blocks.ts';
import { counted, listed } from './format.ts';

type Kept = KeptShown & { readonly account: AccountCard };

export function accountBlocks(account: AccountCard): Block[] {
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
    line(`Business: ${listed([account.name, account.address, account.phone, account.email])}`),
    line(
      `Template ${account.template}, ${account.currency}, ${account.timeZone}, today ${account.today}, plan ${account.plan}, invoices due after ${counted(account.paymentTermsDays, 'day')}.`,
    ),
    countryLine(account),
    ...(account.closedThrough === null ? [] : [line(`Closed through ${account.closedThrough}.`)]),
    ...(account.confirmBy === 'person'
      ? [line(`confirmBy is person. ${forModel(says('account.person-says-yes'))}`)]
      : []),
    line(`On the books: ${records(account.records)}.`),
    ...(hasSamples
      ? [
          line(`Samples beside them: ${records(account.samples)}.`, {
            ...{ next: ' update-account with removeSamples: true takes them out.', instead: '' },
          }),
        ]
      : []),
    line(`Stages: ${account.stages.join(', ')}.`),
    line(`Usual lines: ${account.usualLines.map(({ description, unit }) => `${description} (${unit})`).join(', ')}.`),
  ];
}

/** What stays of samples that are taken out, and what it brings into the figures. */
export function keptBlocks({ kept, keptUncounted = [], keptFigures, account }: Kept): Block[] {
  if (keptFigures === undefined) return [];
  const { billed, received, spent = null } = keptFigures;
  const facts = { real: kept, uncounted: keptUncounted, billed, received, spent, currency: account.currency };
  return [line(forModel(says('sample.kept', facts)))];
}

/** Names of countries; made once they are asked for, which takes longer than the rest of the page. */
let countries: Intl.DisplayNames | undefined;

/** Phone numbers without a country code are read in it, so a guess is worth one question. */
function countryLine({ country, countryGuessed }: Pick<AccountCard, 'country' | 'countryGuessed'>): Block {
  const asks = {
    next: ' Ask once which it is: the owner keeps it by update-account country, and phone numbers are read in it.',
    instead: '',
  };
  if (country === null) return line('Country not known.', asks);
  countries ??= new Intl.DisplayNames('en', { type: 'region' });
  const name = `${countries.of(country) ?? country} (${country})`;
  return countryGuessed ? line(`Country ${name}, guessed from the time zone.`, asks) : line(`Country ${name}.`);
}
