import type { FilingMessages } from '../../domain/messages/filing.ts';
import type { Catalogue } from '../catalogue.ts';
import { some } from '../format.ts';

/** Records named one by one; the rest is counted. */
const MOST_NAMED = 10;

export const filingMessages: Catalogue<FilingMessages> = {
  'filing.expense-has-its-job': () => ({
    says: 'an expense is always on a job.',
    next: 'update-job-expense with job moves it to another.',
    instead: 'The expense itself can be moved to another.',
  }),
  'filing.what-is-it': ({ said }) =>
    `${said} does not say what it is. Give a number like Q-31, INV-1043, DRAFT-5, F-9, A-4 or W-3, or words like "the roof quote".`,
  'filing.other-customer': ({ ref, owner, job, name, customer }) =>
    `${ref} is ${owner}'s, and ${job} ${name} is for ${customer}. Records stay with their customer; nothing was moved.`,
  'filing.attached-to-expense': ({ ref, expense, job }) => ({
    says: `${ref} belongs to ${expense} and stays with it.`,
    next: `update-job-expense with expense: "${expense}", ${job === null ? 'overhead: true' : `job: "${job}"`} moves both.`,
    instead: `Move ${expense}, and it goes along.`,
  }),
  'filing.photo-of-walk': ({ ref, walk }) =>
    `${ref} is a photo of ${walk} and stays with it. Name ${walk}: its photos come along.`,
  'filing.order-parted': ({ ref, changed, other }) =>
    `${ref} changes ${changed}, and the two would end up on different jobs. Name ${other} too.`,
  'filing.invoice-stays-with-quote': ({ invoice, quote, job }) =>
    `${invoice ?? 'the invoice'} bills ${quote}, which is under ${job}. An invoice stays with the quote it was made from: name ${quote}, and its change orders and invoices come along.`,
  'note.outside-jobs': ({ ref, customer, jobs: [first, ...others], more }) => {
    const isOne = others.length === 0 && !more;
    const named = [...(first === undefined ? [] : [first]), ...others].map((job) => `${job.ref} ${job.name}`);
    const which = isOne ? 'If it is for that job' : 'If it is for one of them';
    const jobs = [...(first === undefined ? [] : [first]), ...others].map((job) => `"${job.ref}"`);
    // None of several is offered as if it were the one that is meant.
    const offered = isOne
      ? jobs.join('')
      : [jobs.slice(0, -1).join(', '), jobs.at(-1)].filter((each) => each !== '').join(' or ');
    return {
      says: `${ref} is under no job, so no job's profit counts it; ${customer} has ${named.join(', ')}${more ? ' and more' : ''}.`,
      next: `${which}: file-under-job with job: ${offered} and records: ["${ref}"].${isOne ? '' : ' If it is for none, create-job makes one first.'}`,
      instead: `${which}, have it filed there.`,
    };
  },
  'note.taken-out': ({ refs, jobs: [first = '', ...others] }) => ({
    says: `${some(refs, MOST_NAMED)} ${refs.length === 1 ? 'is' : 'are'} under no job now, so no job's profit counts ${refs.length === 1 ? 'it' : 'them'}.`,
    next: `file-under-job with ${others.length === 0 ? `job: "${first}"` : 'their job'} puts ${refs.length === 1 ? 'it' : 'them'} back, or under another of the customer.`,
    instead: 'Have what belongs to a job filed under it.',
  }),
  'note.counts-nowhere': ({ ref, toward }) =>
    `${ref} counted toward ${toward} and now counts toward no contract: billing the rest of ${toward} would bill it again. File the two under one job to count it.`,
  'note.counts-elsewhere': ({ ref, toward, now }) =>
    `${ref} counted toward ${toward} and now counts toward ${now}, the contract of its job.`,
  'note.of-bill': ({ ref, note }) => `${ref}: ${note}`,
};
