import { z } from 'zod';
import { WorkFound, workFound } from '../../views/crew/found.ts';
import { FoundList, foundList } from '../../views/found.ts';
import type { ReadContext } from '../../services/context.ts';
import { searchRecords } from '../../services/search/search.ts';
import { asData } from '../../printers/blocks.ts';
import { dueFields } from '../../views/internal/monthly-expense.ts';
import { OFFICE, READ } from '../authority.ts';
import { WITH_RECORDS } from '../../kinds/in-toolset.ts';
import { defineTool, forCrew } from '../define-tool.ts';
import { cursor, shortText } from '../fields.ts';

/** The answer's shape, and its text as one piece of JSON, are what ChatGPT asks of a tool of this name. */
const asked = { annotations: READ, input: z.strictObject({ query: shortText, cursor }) };
type Asked = { query: string; cursor?: string | undefined };

export const searchTool = defineTool({
  name: 'search',
  title: 'Search the books',
  description:
    'Finds jobs, customers, quotes, invoices, expenses, files and visits by words, number, phone or e-mail, best first, ' +
    'with amount, balance, status and date, and how many there are; fetch opens one. list-jobs, list-invoices and others ' +
    'filter and sum those of a kind.',
  toolset: WITH_RECORDS,
  roles: OFFICE,
  costs: 'where granted',
  ...asked,
  output: FoundList.extend(dueFields),
  reads: async (scope: ReadContext, input: Asked) =>
    foundList(await searchRecords(scope, input), { urlOf: scope.urlOf, currency: scope.account.currency }),
  text: (output: FoundList) => [asData(output)],
  crew: forCrew({
    title: 'Search your jobs',
    description:
      'Finds jobs you are on, their photos, appointments and walk & talks by words or number; fetch opens one.',
    toolset: ['jobs', 'site'],
    ...asked,
    output: WorkFound,
    reads: async (scope: ReadContext, input: Asked) => workFound(await searchRecords(scope, input), scope.urlOf),
    text: (output: WorkFound) => [asData(output)],
  }),
});
