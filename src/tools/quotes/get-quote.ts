import { z } from 'zod';
import { getQuote } from '../../services/quotes/quotes.ts';
import { quoteAnswer, QuoteAnswer } from '../../views/internal/what-if.ts';
import { quoteAnswerBlocks } from '../../printers/what-if.ts';
import { dueFields } from '../../views/internal/monthly-expense.ts';
import { OFFICE, READ } from '../authority.ts';
import { defineTool } from '../define-tool.ts';
import { cursor, reference, whatIfAsked } from '../fields.ts';

export const getQuoteTool = defineTool({
  name: 'get-quote',
  title: 'Show a quote',
  description:
    'One quote (estimate) line by line with its private cost and margin. whatIf tries other costs or prices; nothing is saved.',
  toolset: 'quotes',
  roles: OFFICE,
  costs: 'needed',
  annotations: READ,
  input: z.strictObject({
    quote: reference,
    whatIf: whatIfAsked.optional(),
    cursor,
  }),
  output: QuoteAnswer.extend(dueFields),
  reads: async (scope, input) => quoteAnswer(await getQuote(scope, input), scope.account),
  text: quoteAnswerBlocks,
});
