import type { RecordMessages } from '../../domain/messages/records.ts';
import { inLine, plain } from '../../domain/text.ts';
import type { Catalogue } from '../catalogue.ts';

const WHICH = 'Say which by its number.';
const ARE = {
  many: 'any of many; the newest are',
  soonest: 'any of many; the nearest are',
  one: 'this one, but the words do not fit exactly',
  some: 'any of these',
};
const STAYS = { revised: 'A revision stays on its job', walk: 'What is drafted from it stays on its job' };

function aOrAn(noun: string): string {
  return /^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`;
}

function listed(lines: readonly string[]): string {
  return lines.map((line) => `\n- ${inLine(line)}`).join('');
}

/** What was not found is no example of how to find it. */
function howNamed(said: string, like: string): string {
  return said === `"${like}"` ? 'words from its name' : `its number, like ${like}, or words from its name`;
}

function told({ title, status, day, amount, open }: RecordMessages['record.could-be']['records'][number]): string {
  const besides = [status === null ? null : plain(status), amount, open === null ? null : `${open} unpaid`, day];
  return [title, ...besides.filter((each) => each !== null)].join(', ');
}

export const NO_JOBS =
  'This account is on the sales-pipeline template, where every customer is one deal and there are no jobs.';

export const recordMessages: Catalogue<RecordMessages> = {
  'record.of-other-kind': ({ said, is, wanted, like }) =>
    `${said} is the number of ${aOrAn(is)}. Give ${aOrAn(wanted)}, like ${like}, or its name.`,
  'record.none-of-kind': ({ said, noun, like, listedBy }) => ({
    says: `no ${noun} matches ${said}.`,
    next: `Give ${howNamed(said, like)}; ${listedBy} shows them.`,
    instead: `Give ${howNamed(said, like)}.`,
  }),
  'record.could-be': ({ said, records, are }) => `${said} could be ${ARE[are]}:${listed(records.map(told))}\n${WHICH}`,
  'record.no-such-line': ({ said }) => ({
    says: `there is no line ${said}.`,
    next: `get-quote shows a quote's lines${said === '"Q-31/2"' ? '' : ', numbered like Q-31/2'}.`,
  }),
  'record.line-of-other-job': ({ ref }) =>
    `${ref} belongs to another job. An expense covers a line of its own job's quotes.`,
  'record.line-could-be': ({ said, lines }) =>
    `${said} could be any of these lines:${listed(lines.map(({ ref, description }) => `${ref} ${description}`))}\n${WHICH}`,
  'record.holds-costs': () => ({
    says: 'quotes and expenses hold private costs, and this assistant was not granted costs:read.',
    next: 'Sign in again and allow it; get-document shows a quote as its customer sees it.',
    instead: 'Sign in again and allow it.',
  }),
  'record.no-jobs-here': () => NO_JOBS,
  'record.switched-off': ({ like }) => `records like ${like} are switched off here by the server's --toolsets.`,
  'record.no-address': ({ said }) =>
    `${said} is no address of a record here. Those begin with jobwright://; a record's number, like J-12, does as well.`,
  'record.none': ({ said }) => ({
    says: `no record matches ${said}.`,
    next: 'Give its number, like J-12, C-7 or INV-1043; search finds records by words.',
    instead: 'Give its number, like J-12, C-7 or INV-1043.',
  }),
  'record.document-by-number': ({ said }) =>
    `${said}: the paper for a customer is opened by its number, like Q-31 or INV-1043.`,
  'record.file-shows-cost': ({ ref }) =>
    `${ref} shows what something cost, and this assistant was not granted costs:read. Sign in again and allow it.`,
  'party.missing': ({ jobs }) =>
    `say who it is for: ${jobs ? 'job (J-12, or its name) or customer (C-7, or a name)' : 'customer (C-7, or a name)'}.`,
  'party.other-customer': ({ customer, of }) => {
    const earlier = of === 'revised' ? 'the quote it revises' : 'the walk & talk it comes from';
    const other = typeof of === 'object' ? of.job : earlier;
    return `${customer} is not the customer ${other} is for. Leave customer out, or correct it.`;
  },
  'party.for-other-customer': ({ ref, customer, name, field }) => ({
    says: `${ref} is for ${customer} ${name}.`,
    next: `Leave ${field} out.`,
  }),
  'party.on-other-job': ({ ref, job, earlier, field }) => ({
    next: `${ref} is on ${job}. ${STAYS[earlier]}; leave ${field} out.`,
    instead: `${ref} is on ${job}. ${STAYS[earlier]}.`,
  }),
  'page.not-a-cursor': () => ({
    says: 'this is not a cursor of this list in this order.',
    next: "Use the last answer's nextCursor, or leave it out to start over.",
    instead: 'Start over.',
  }),
  'page.appointment-gone': () => 'the appointment that the last page ended with is gone. Start over.',
  'page.cursor-without-section': () => 'leads on in one section. Give that section too.',
  'record.line-title': ({ ref, description, quote, customer }) =>
    `${ref} ${description}, line of ${quote}, ${customer}`,
  'record.document-title': ({ ref }) => `${ref} as the customer sees it`,
};
