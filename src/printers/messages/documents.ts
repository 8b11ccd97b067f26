import type { DocumentMessages } from '../../domain/messages/documents.ts';
import type { Catalogue } from '../catalogue.ts';

export const documentMessages: Catalogue<DocumentMessages> = {
  'document.costs-too-large': ({ cost, limit, currency }) =>
    `the costs of these lines come to ${cost} ${currency}, more than the ${limit} that a document may hold. Check quantities and unit costs for a slip, or make several quotes.`,
  'document.too-large': ({ amount, limit, currency }) =>
    `this comes to ${amount} ${currency}, and no document may come to more than ${limit}. Check quantities and prices for a slip, or make several documents.`,
  'document.unpriced': ({ ref, lines }) => ({
    says: `${typeof ref === 'string' ? ref : `The ${ref.made}`} has no price yet on line ${lines.map(({ number, description }) => `${number} (${description})`).join(', ')}.`,
    next: 'Give each line a unitPrice first.',
    instead: 'Give each line a price first.',
  }),
  'line.negative-twice': ({ what }) =>
    `the quantity is negative already; a negative ${what} as well would add instead of taking out. Make one of them positive.`,
  'line.too-large': ({ what }) => `quantity × unit ${what} is too large to be meant. Check both.`,
  'document.of-other-kind': ({ said }) =>
    `${said} is the number of another kind of record. Give a quote or an invoice, like Q-31 or INV-1043.`,
  'document.quote-or-invoice': ({ said }) =>
    `${said} could be a quote or an invoice. Say kind: quote or invoice, or give its number, like Q-31 or INV-1043.`,
  'document.shows-private-figure': ({ what, excerpt, of: { figure, ref } }) =>
    `The ${what} "${excerpt}" shows the customer a private figure (${figure === 'line' ? ref : `the ${figure} of ${ref}`}). Take it out unless it is meant.`,
  'document.too-long-for-pdf': ({ ref, characters, most }) =>
    `${ref} is too long for a PDF here: ${characters} characters, and at most ${most} fit. Ask for format html, which a browser prints.`,
  'document.more-private-figures': ({ count }) => `${count} more texts show the customer a private figure.`,
};
