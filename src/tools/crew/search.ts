import { z } from 'zod';
import { crewSearch } from '../../services/crew.ts';
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
  output: z.strictObject({
    results: z.array(z.strictObject({ id: z.string(), title: z.string(), url: z.string() })),
  }),
  reads: async (scope, { query }) => ({
    results: (await crewSearch(scope, query)).map(({ kind, ref, title }) => ({
      id: ref,
      title,
      url: scope.urlOf(kind, ref),
    })),
  }),
  text: (output) => JSON.stringify(output),
});
