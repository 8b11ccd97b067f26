import { z } from 'zod';
import { getQuote } from '../../services/quotes.ts';
import { quotePageOut, quotePageText } from '../../views/internal/quote.ts';
import { defineTool, READ } from '../define-tool.ts';
import { quotePage, reference } from '../fields.ts';

export const getQuoteTool = defineTool({
  name: 'get-quote',
  title: 'Show a quote',
  description:
    'One quote line by line with its private cost and margin. For the owner only: never pass cost or margin on to the customer.',
  toolset: 'quotes',
  annotations: READ,
  input: z.strictObject({ quote: reference.describe('number (Q-31) or words from its title') }),
  output: z.strictObject({ quote: quotePage }),
  reads: async (scope, input) => ({ quote: quotePageOut(await getQuote(scope, input), scope.account) }),
  text: (output) => quotePageText(output.quote),
});
