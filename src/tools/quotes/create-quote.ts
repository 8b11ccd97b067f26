import { z } from 'zod';
import { QUOTE_KINDS, SETTABLE_QUOTE_STATUSES } from '../../domain/quote.ts';
import { firstOf } from '../../services/shared/paging.ts';
import { costsDescribedByQuote } from '../../services/shared/private-costs.ts';
import { createQuote } from '../../services/quotes/quotes.ts';
import { quotePage, QuoteWritten } from '../../views/internal/quote.ts';
import { changeOf } from '../../views/internal/format.ts';
import { dueFields } from '../../views/internal/monthly-expense.ts';
import { OFFICE, VOID } from '../authority.ts';
import { defineTool } from '../define-tool.ts';
import { jobNowOf } from '../job-now.ts';
import { jobNowBlocks } from '../../printers/job-now.ts';
import { jobNowFields } from '../../views/internal/job-now.ts';
import { date, discount, forWhom, name, percent, quoteLines, reference, text } from '../fields.ts';
import { notMailedBlocks } from '../../printers/not-mailed.ts';
import { notMailed, notMailedFields } from '../../views/internal/not-mailed.ts';
import { quoteWrittenBlocks } from '../../printers/quote.ts';
import { says } from '../../domain/message.ts';

export const createQuoteTool = defineTool({
  name: 'create-quote',
  title: 'Write a quote',
  description:
    'Writes a quote, estimate or change order. change_order: extra work beside an accepted original, dropped work is negative. revises makes a new version: lines of the same description keep their history. copyOf makes the same quote for other work (customer or job says whose), given lines are added. changePercent raises or lowers the prices that copyOf, or revises without lines, takes over. fromWalkAndTalk: every line cites its transcript.',
  toolset: 'quotes',
  // A new version of an open quote takes its place.
  roles: OFFICE,
  costs: 'needed',
  annotations: VOID,
  feature: (input) => (input.job === undefined ? null : 'groupPapers'),
  input: z.strictObject({
    ...forWhom,
    title: name.optional(),
    kind: z.enum(QUOTE_KINDS).optional(),
    status: z.enum(SETTABLE_QUOTE_STATUSES).optional(),
    contract: reference.optional().describe('Q-4: the one that a change_order changes, where there are several'),
    revises: reference.optional().describe('Q-31'),
    fromWalkAndTalk: reference.optional().describe('W-3'),
    copyOf: reference.optional().describe('Q-31'),
    changePercent: percent.optional().describe('10: 10 % more, -5: 5 % less'),
    lines: quoteLines.optional(),
    discount: discount.optional(),
    notes: text.optional().describe('for the customer'),
    quotedOn: date.optional(),
  }),
  output: z.strictObject({ ...QuoteWritten.shape, ...notMailedFields, ...jobNowFields, ...dueFields }),
  adds: () => true,
  writes: async (scope, input) => {
    const { quote, contract, notes, sentTo, uncovered, copyOf } = await createQuote(scope, input);
    const out = quotePage({ quote, contract, revisedBy: null, excerpt: firstOf(quote.lines) }, scope.account);
    const { ref, title, kind, contract: changes = null, customer, status } = out;
    const did = says('log.wrote', {
      ...{ quote: ref, title, kind, contract: changes, customer: customer.name, status },
      subtotal: out.subtotal === null ? null : `${out.subtotal} ${out.currency}`,
      ...(copyOf === undefined ? {} : { copyOf }),
      ...(input.changePercent === undefined ? {} : { percent: Number(input.changePercent) }),
    });
    const described = await costsDescribedByQuote(scope, quote);
    const now = await jobNowOf(scope);
    const warnings = [...notes, ...described];
    return {
      did,
      change: changeOf(scope),
      quote: out,
      uncovered: [...uncovered],
      warnings,
      ...notMailed(sentTo),
      ...now,
    };
  },
  text: (output) => [...quoteWrittenBlocks(output), ...notMailedBlocks(output), ...jobNowBlocks(output)],
});
