import type { QuoteMessages } from '../../domain/messages/quotes.ts';
import type { Catalogue } from '../catalogue.ts';

const UNFREEZE = {
  accepted:
    'Make a change order for extra or dropped work (create-quote with kind change_order), or revise it (create-quote with revises).',
  declined: 'Make a new quote, or set it back to draft first.',
  superseded: 'Change its revision instead.',
};

export const quoteMessages: Catalogue<QuoteMessages> = {
  'quote.replaced': ({ ref }) => `${ref} was replaced by its revision. Change the revision instead.`,
  'quote.stays-accepted': ({ ref }) =>
    `${ref} is accepted and stays so. Revise it, add a change order, or set it to declined.`,
  'quote.billed': ({ ref, invoices }) =>
    `${ref} is billed by ${invoices.join(', ')}. Void that first (a paid one is credited: create-invoice with creditFor, all and billAgain: true), then decline the quote.`,
  'quote.frozen': ({ ref, status }) => ({ says: `${ref} is ${status}: its lines are frozen.`, next: UNFREEZE[status] }),
  'what-if.too-large': ({ line, description }) =>
    `${line} (${description}) would grow beyond what a line may come to. Give a smaller change.`,
};
