import { z } from 'zod';
import { FoundList, foundList } from '../../views/found.ts';
import { searchRecords } from '../../services/search/search.ts';
import { asData } from '../../printers/blocks.ts';
import { CREW, READ } from '../authority.ts';
import { defineTool } from '../define-tool.ts';
import { shortText } from '../fields.ts';

export const searchTool = defineTool({
  name: 'search',
  variant: 'crew',
  title: 'Search your jobs',
  description:
    'Finds jobs you are on, their photos, appointments and walk & talks by words or number; fetch opens one.',
  toolset: ['jobs', 'site'],
  roles: CREW,
  costs: 'none',
  annotations: READ,
  input: z.strictObject({ query: shortText }),
  output: FoundList,
  reads: async (scope, input) => foundList(await searchRecords(scope, input), scope.urlOf),
  text: (output) => [asData(output)],
});
