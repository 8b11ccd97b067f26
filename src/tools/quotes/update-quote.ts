import { z } from 'zod';
import type { VisibleAccount } from '../../domain/account.ts';
import { MOST_LINES } from '../../domain/paper.ts';
import { SETTABLE_QUOTE_STATUSES } from '../../domain/quote.ts';
import { refOf } from '../../kinds/reference.ts';
import { firstOf } from '../../services/shared/paging.ts';
import { costsDescribedByQuote } from '../../services/shared/private-costs.ts';
import { updateQuote } from '../../services/quotes/quotes.ts';
import { profitOrHidden } from '../../views/internal/profit-summary.ts';
import { quotePage, QuoteWritten } from '../../views/internal/quote.ts';
import { changeOf } from '../../views/internal/format.ts';
import { dueFields } from '../../views/internal/monthly-expense.ts';
import { OFFICE, UPDATE } from '../authority.ts';
import { defineTool } from '../define-tool.ts';
import { jobNowBlocks, jobNowField, jobNowOf } from '../job-now.ts';
import { date, discount, name, quoteLines, reference, text } from '../fields.ts';
import { doubtsInShort, figuresInShort } from '../../printers/forecast.ts';
import { quoteWrittenBlocks } from '../../printers/quote.ts';
import type { JobAfter } from '../../services/shared/job-profit.ts';
import { says } from '../../domain/message.ts';

const lineNumbers = z.array(z.union([z.int(), reference])).max(MOST_LINES);

function madeNow({ job, profitSummary }: JobAfter, account: VisibleAccount): string {
  const figures = profitOrHidden(profitSummary, account);
  return `${refOf('job', job.id)} ${job.name} now: ${figuresInShort(figures)}, by what is done${doubtsInShort(figures)}`;
}

export const updateQuoteTool = defineTool({
  name: 'update-quote',
  title: 'Update a quote',
  description:
    'Sends, accepts or declines a quote (estimate), edits an open one (lines replaces all; discount takes something off the whole, null none), or marks accepted lines done: they cost what was spent. Accepted lines are frozen: create-quote makes a change order.',
  toolset: 'quotes',
  roles: OFFICE,
  costs: 'needed',
  annotations: UPDATE,
  input: z.strictObject({
    quote: reference,
    status: z.enum(SETTABLE_QUOTE_STATUSES).optional(),
    statusOn: date.optional().describe('day of that status; today if left out'),
    title: name.optional(),
    notes: text.nullable().optional(),
    lines: quoteLines.optional(),
    discount: discount.optional(),
    doneLines: lineNumbers.optional().describe('["Q-31/2"]'),
    spentNothing: z.boolean().optional(),
    notDoneLines: lineNumbers.optional(),
  }),
  output: z.strictObject({ ...QuoteWritten.shape, ...jobNowField, ...dueFields }),
  writes: async (scope, input) => {
    const { quote, contract, notes, uncovered, changed, after } = await updateQuote(scope, input);
    const out = quotePage({ quote, contract, revisedBy: null, excerpt: firstOf(quote.lines) }, scope.account);
    const { ref, title } = out;
    const did =
      changed.length === 0
        ? says('log.so-already', { ref })
        : says('log.became', { ref, name: title, changes: changed });
    const now = after === null || scope.account.profitHidden !== null ? [] : [madeNow(after, scope.account)];
    const warnings = [...now, ...notes, ...(await costsDescribedByQuote(scope, quote))];
    const heading = after === null ? await jobNowOf(scope) : {};
    return { did, change: changeOf(scope), quote: out, uncovered: [...uncovered], warnings, ...heading };
  },
  text: (output) => [...quoteWrittenBlocks(output), ...jobNowBlocks(output)],
});
