import { z } from 'zod';
import { FoundList, foundList } from '../../views/found.ts';
import { searchRecords } from '../../services/search/search.ts';
import { asData } from '../../printers/blocks.ts';
import { OFFICE, READ } from '../authority.ts';
import { defineTool, WITH_RECORDS } from '../define-tool.ts';
import { shortText } from '../fields.ts';

/** The answer's shape, and its text as one piece of JSON, are what ChatGPT asks of a tool of this name. */
export const searchTool = defineTool({
  name: 'search',
  title: 'Search the books',
  description:
    'Finds jobs, customers, quotes, invoices, expenses, files and visits by words or number, best first; fetch opens one.',
  toolset: WITH_RECORDS,
  roles: OFFICE,
  costs: 'where granted',
  annotations: READ,
  input: z.strictObject({ query: shortText }),
  output: FoundList,
  reads: async (scope, input) => foundList(await searchRecords(scope, input), scope.urlOf),
  text: (output) => [asData(output)],
});
