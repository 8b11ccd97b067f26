import { z } from 'zod';
import { QUOTE_STATUSES } from '../../domain/quote.ts';
import { listQuotes } from '../../services/quotes/list-quotes.ts';
import { quoteList, QuoteList } from '../../views/internal/quote-list.ts';
import { quoteListBlocks } from '../../printers/quote-list.ts';
import { OFFICE, READ } from '../authority.ts';
import { defineTool } from '../define-tool.ts';
import { cursor, forWhom, includeSamples, limit, reference } from '../fields.ts';

export const listQuotesTool = defineTool({
  name: 'list-quotes',
  title: 'List quotes',
  description:
    'Quotes, estimates and change orders, newest first, by customer, job, status or words, with what the open ones (draft or sent) are worth and how old they are.',
  toolset: 'quotes',
  roles: OFFICE,
  costs: 'none',
  annotations: READ,
  input: z.strictObject({
    ...forWhom,
    status: z.enum(QUOTE_STATUSES).optional(),
    open: z.boolean().optional(),
    query: reference.optional(),
    includeSamples,
    limit,
    cursor,
  }),
  output: QuoteList,
  reads: async (scope, input) => quoteList(await listQuotes(scope, input), scope.account),
  text: quoteListBlocks,
});
