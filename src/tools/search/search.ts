import { z } from 'zod';
import { FoundList, foundList } from '../../views/found.ts';
import type { ReadContext } from '../../services/context.ts';
import { searchRecords } from '../../services/search/search.ts';
import { asData } from '../../printers/blocks.ts';
import { OFFICE, READ } from '../authority.ts';
import { defineTool, WITH_RECORDS, forCrew } from '../define-tool.ts';
import { shortText } from '../fields.ts';

/** The answer's shape, and its text as one piece of JSON, are what ChatGPT asks of a tool of this name. */
const asked = {
  annotations: READ,
  input: z.strictObject({ query: shortText }),
  output: FoundList,
  reads: async (scope: ReadContext, input: { query: string }) =>
    foundList(await searchRecords(scope, input), scope.urlOf),
  text: (output: FoundList) => [asData(output)],
};

export const searchTool = defineTool({
  name: 'search',
  title: 'Search the books',
  description:
    'Finds jobs, customers, quotes, invoices, expenses, files and visits by words or number, best first; fetch opens one.',
  toolset: WITH_RECORDS,
  roles: OFFICE,
  costs: 'where granted',
  ...asked,
  crew: forCrew({
    title: 'Search your jobs',
    description:
      'Finds jobs you are on, their photos, appointments and walk & talks by words or number; fetch opens one.',
    toolset: ['jobs', 'site'],
    ...asked,
  }),
});
