import { z } from 'zod';
import { workRecord } from '../../printers/crew-record.ts';
import { crewPage } from '../../services/search/crew-page.ts';
import type { StoredFile } from '../../domain/file.ts';
import type { Effects } from '../../services/context.ts';
import { holdsCosts } from '../../kinds/reference.ts';
import { readAsked, readPage } from '../../kinds/uri.ts';
import { WholeRecord } from '../../views/found.ts';
import { getRecord } from '../../services/search/records.ts';
import { asData } from '../../printers/blocks.ts';
import { wholeRecord } from '../../printers/record.ts';
import { dueFields } from '../../views/internal/monthly-expense.ts';
import { OFFICE, READ } from '../authority.ts';
import { WITH_RECORDS } from '../../kinds/in-toolset.ts';
import { defineTool, forCrew } from '../define-tool.ts';
import { cursor, shortLine } from '../fields.ts';
import { inPart } from '../in-parts.ts';
import { withContent } from '../with-content.ts';

/** The answer's shape, and its text as one piece of JSON, are what ChatGPT asks of a tool of this name. */
const asked = {
  annotations: READ,
  input: z.strictObject({ id: shortLine, cursor }),
  output: WholeRecord,
  text: (output: WholeRecord) => [asData(output, ['text'])],
};

export const fetchTool = defineTool({
  name: 'fetch',
  title: 'Open a record',
  description:
    'Any record in full by number (J-12, Q-31/2, F-9, W-3); a file with its content, a walk & talk with its transcript.',
  toolset: WITH_RECORDS,
  roles: OFFICE,
  costs: ({ id }) => typeof id === 'string' && holdsCosts(readAsked(id).place),
  ...asked,
  output: WholeRecord.extend(dueFields),
  reads: async (scope, { id }) => {
    const found = await getRecord(scope, readPage(id, scope.urlOf('job', '')), 'id');
    return { record: wholeRecord(found, scope), file: found.kind === 'file' ? found.page : null };
  },
  render: whole,
  crew: forCrew({
    description: 'A job you are on, its photo, appointment or walk & talk in full by number (J-12, F-9, A-4, W-3).',
    toolset: ['jobs', 'site'],
    ...asked,
    reads: async (scope, { id }) => {
      const page = await crewPage(scope, readPage(id, scope.urlOf('job', '')), 'id');
      return { record: workRecord(page, scope), file: page.kind === 'file' ? page.record : null };
    },
    render: whole,
  }),
});

type Read = { readonly record: WholeRecord; readonly file: StoredFile | null };

/** A text may be of several parts; what goes beside it goes with the first. */
async function whole({ record, file }: Read, { cursor: after }: { cursor?: string | undefined }, effects: Effects) {
  const { output, extras = [] } = await withContent(record, file, effects);
  return { output: inPart(output, after), extras: after === undefined ? extras : [] };
}
