import type { ExpenseMessages } from '../../domain/messages/expenses.ts';
import { inLine } from '../../domain/text.ts';
import type { Catalogue } from '../catalogue.ts';
import { counted, listed, short, some } from '../format.ts';

const LONGEST_NAMED = 60;
const MOST_COVERING = 3;

/** `ABC Supply, Home Depot and 3 more` */
export function someNames(names: readonly string[], more: number): string {
  const all = names.map(inLine).join(', ');
  return more > 0 ? `${all} and ${more} more` : all;
}

export const expenseMessages: Catalogue<ExpenseMessages> = {
  'expense.not-with-remove': () => 'does not go with remove, which takes the expense out. Leave one of them out.',
  'expense.not-with-links': () => ({
    next: 'does not go with links, which name their expenses. Correct one expense in a call of its own.',
    instead: 'does not go with linking several expenses.',
  }),
  'expense.say-which': () => ({
    next: 'is missing. Give the expense (E-88, or words from it), or links for several.',
    instead: 'say which expense is meant.',
  }),
  'expense.linked-twice': ({ ref }) => `${ref} is named already.`,
  'expense.line-counts-no-more': ({ ref, status }) =>
    `${ref} is on a ${status} quote, whose lines count no more. Cover a line of an open or accepted quote.`,
  'expense.plan-left': ({ expense, lines, more }) => {
    const told = lines.map(
      ({ ref, description, left, planned, by }) =>
        `${ref} ${short(description, LONGEST_NAMED)}, which has ${left} of its ${planned} planned left (covered so far by ${some(by, MOST_COVERING)})`,
    );
    const [only] = lines;
    const one = only !== undefined && lines.length + more === 1 ? only.ref : null;
    return {
      says: `${expense} counts on top of the plan, but may already be planned in ${listed(told, '; ')}${more > 0 ? `; and ${more} more` : ''}.`,
      next: `If it is: update-job-expense with expense: "${expense}", coversLine: ${one === null ? 'its line' : `"${one}"`}.`,
      instead: `If it is, let it cover ${one ?? 'its line'}.`,
    };
  },
  'expense.like-others': ({ expense, others, more, isOverhead }) => {
    const named = others.map(({ ref, description }) => `${ref} (${short(description, LONGEST_NAMED)})`);
    const many = others.length + more;
    return {
      says: `${some(named, named.length, many)} ${many === 1 ? 'has' : 'have'} the same amount on the same day, ${isOverhead ? 'as overhead too' : 'on the same job'}.`,
      next: `If it is the same, take ${expense} out: update-job-expense with expense: "${expense}", remove: true.`,
      instead: `If it is the same, take ${expense} out.`,
    };
  },
  'expense.more-doubts': ({ count }) => ({
    says: `${counted(count, 'more note')} like these ${count === 1 ? 'is' : 'are'} left out.`,
    next: 'list-expenses says of each which line it may already be planned in.',
  }),
  'expense.line-takes-out': ({ ref }) =>
    `${ref} takes work out (its cost is negative), so nothing covers it. Cover the line it changes.`,
  'expense.overhead-covers-nothing': () => ({
    says: 'overhead is on no job, so it covers no quoted line.',
    next: 'Leave coversLine out, or give the job that it is on.',
  }),
  'expense.job-or-overhead': () => ({
    says: 'overhead is on no job.',
    next: 'Give either job or overhead: true.',
    instead: 'Say one of the two.',
  }),
  'expense.say-where': () => ({
    says: 'say which job it is for.',
    next: 'Give job, or overhead: true where it is for none.',
    instead: 'Or say that it is overhead.',
  }),
  'expense.overhead-to-what': ({ ref }) => ({
    says: `${ref} is overhead.`,
    next: 'Give the job that it goes to (job).',
    instead: 'Say which job it goes to.',
  }),
  'expense.tax-is-all': ({ tax, amount }) =>
    `the tax you get back (${tax}) is part of the amount, so it has to be less than ${amount}. Give amount as what was paid in all, with tax.`,
  'expense.returned-beyond': ({ line, returned, spent }) => ({
    says: `${returned} would come back on ${line ?? 'its line'}, on which other expenses come to ${spent}: a return covers a line only up to what was bought for it.`,
    next: 'Let the purchase cover the line first, or leave the return uncovered (coversLine: null).',
    instead: 'Let the purchase cover the line first, or leave the return uncovered.',
  }),
  'expense.near-vendors': ({ names, more }) => `Left out, though written nearly so: ${someNames(names, more)}.`,
  'expense.named-only': ({ said, count, spent }) => ({
    says: `Left out: ${counted(count, 'expense')} without a vendor that ${count === 1 ? 'names' : 'name'} ${said}, ${spent} in all.`,
    next: `query: ${said} lists ${count === 1 ? 'it' : 'them'}.`,
  }),
  'expense.no-such-vendor': ({ said, names, more }) => ({
    says: `No expense is from a vendor called ${said}.${names.length === 0 ? '' : ` Vendors: ${someNames(names, more)}.`}`,
    next: 'query finds words in descriptions too.',
  }),
};
