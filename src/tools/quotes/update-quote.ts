import { z } from 'zod';
import type { VisibleAccount } from '../../domain/account.ts';
import { MOST_LINES } from '../../domain/paper.ts';
import { SETTABLE_QUOTE_STATUSES } from '../../domain/quote.ts';
import { firstOf } from '../../services/shared/paging.ts';
import { costsDescribedByQuote } from '../../services/shared/private-costs.ts';
import { updateQuote } from '../../services/quotes/quotes.ts';
import { quotePage, QuoteWritten } from '../../views/internal/quote.ts';
import { changeOf } from '../../views/internal/format.ts';
import { dueFields } from '../../views/internal/monthly-expense.ts';
import { OFFICE, VOID } from '../authority.ts';
import { defineTool } from '../define-tool.ts';
import { jobNowOf } from '../job-now.ts';
import { jobNowBlocks } from '../../printers/job-now.ts';
import { jobNowFields, jobsNow, madeNow } from '../../views/internal/job-now.ts';
import { date, addedLines, discount, name, quoteLines, reference, text } from '../fields.ts';
import { notMailedBlocks } from '../../printers/not-mailed.ts';
import { notMailed, notMailedFields } from '../../views/internal/not-mailed.ts';
import { quoteWrittenBlocks } from '../../printers/quote.ts';
import type { JobAfter } from '../../services/shared/job-profit.ts';
import { says } from '../../domain/message.ts';

const lineNumbers = z.array(z.union([z.int(), reference])).max(MOST_LINES);

/** By what is done, where lines were marked so or are so no more. */
function byWhatIsDone(after: JobAfter, account: VisibleAccount) {
  return account.profitHidden === null ? jobsNow([madeNow(after, account, true)], 0) : {};
}

export const updateQuoteTool = defineTool({
  name: 'update-quote',
  title: 'Update a quote',
  description:
    'Marks a quote (estimate) sent, accepted or declined; does not send it. Edits an open one (addLines adds, lines replaces all; discount null: none). Accepted lines marked done cost what was spent. Accepted lines are frozen: create-quote makes a change order.',
  toolset: 'quotes',
  roles: OFFICE,
  costs: 'needed',
  annotations: VOID,
  input: z.strictObject({
    quote: reference,
    status: z.enum(SETTABLE_QUOTE_STATUSES).optional(),
    statusOn: date.optional(),
    title: name.optional(),
    notes: text.nullable().optional(),
    lines: quoteLines.optional(),
    addLines: addedLines.optional(),
    discount: discount.optional(),
    doneLines: lineNumbers.optional().describe('["Q-31/2"]'),
    spentNothing: z.boolean().optional(),
    notDoneLines: lineNumbers.optional(),
  }),
  output: z.strictObject({ ...QuoteWritten.shape, ...notMailedFields, ...jobNowFields, ...dueFields }),
  // What was added is added once more by whoever lost the answer.
  adds: ({ addLines }) => addLines !== undefined,
  writes: async (scope, input) => {
    const { quote, contract, notes, sentTo, uncovered, changed, after } = await updateQuote(scope, input);
    const out = quotePage({ quote, contract, revisedBy: null, excerpt: firstOf(quote.lines) }, scope.account);
    const { ref, title } = out;
    const did =
      changed.length === 0
        ? says('log.so-already', { ref })
        : says('log.became', { ref, name: title, changes: changed });
    const warnings = [...notes, ...(await costsDescribedByQuote(scope, quote))];
    const now = after === null ? await jobNowOf(scope) : byWhatIsDone(after, scope.account);
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
