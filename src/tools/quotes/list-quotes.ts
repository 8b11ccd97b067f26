import { z } from 'zod';
import { QUOTE_STATUSES } from '../../domain/quote.ts';
import { listQuotes } from '../../services/quotes/quotes.ts';
import { quoteRow, QuoteRow } from '../../views/internal/quote.ts';
import { listBlocks } from '../../printers/format.ts';
import { quoteInListText } from '../../printers/quote.ts';
import { paged, placeOf } from '../../views/shapes.ts';
import { OFFICE, READ } from '../authority.ts';
import { defineTool } from '../define-tool.ts';
import { cursor, forWhom, limit, reference } from '../fields.ts';

export const listQuotesTool = defineTool({
  name: 'list-quotes',
  title: 'List quotes',
  description: 'Quotes, estimates and change orders, newest first, by customer, job, status or words.',
  toolset: 'quotes',
  roles: OFFICE,
  costs: 'none',
  annotations: READ,
  input: z.strictObject({
    ...forWhom,
    status: z.enum(QUOTE_STATUSES).optional(),
    query: reference.optional(),
    limit,
    cursor,
  }),
  output: z.strictObject({ quotes: z.array(QuoteRow), currency: z.string(), ...paged }),
  reads: async (scope, input) => {
    const { page, ...place } = await listQuotes(scope, input);
    const { account } = scope;
    return { quotes: page.map((each) => quoteRow(each, account)), currency: account.currency, ...placeOf(place) };
  },
  text: ({ quotes, currency, ...place }) =>
    listBlocks('quote', quotes.map(quoteInListText), { ...place, about: ` (${currency})` }),
});
