import { z } from 'zod';
import { holdsCosts } from '../../kinds/reference.ts';
import { readAsked, readPage } from '../../kinds/uri.ts';
import { WholeRecord } from '../../views/found.ts';
import { getRecord } from '../../services/search/records.ts';
import { asData } from '../../printers/blocks.ts';
import { wholeRecord } from '../../printers/record.ts';
import { OFFICE, READ } from '../authority.ts';
import { defineTool, WITH_RECORDS } from '../define-tool.ts';
import { cursor, shortLine } from '../fields.ts';
import { inPart } from '../in-parts.ts';
import { withContent } from '../with-content.ts';

/** The answer's shape, and its text as one piece of JSON, are what ChatGPT asks of a tool of this name. */
export const fetchTool = defineTool({
  name: 'fetch',
  title: 'Open a record',
  description:
    'Any record in full by number (J-12, Q-31/2, F-9, W-3); a file with its content, a walk & talk with its transcript.',
  toolset: WITH_RECORDS,
  roles: OFFICE,
  costs: ({ id }) => typeof id === 'string' && holdsCosts(readAsked(id).place),
  annotations: READ,
  input: z.strictObject({ id: shortLine, cursor }),
  output: WholeRecord,
  reads: async (scope, { id }) => {
    const found = await getRecord(scope, readPage(id, scope.urlOf('job', '')), 'id');
    return { record: wholeRecord(found, scope), file: found.kind === 'file' ? found.page : null };
  },
  render: async ({ record, file }, { cursor: after }, effects) => {
    const { output, extras = [] } = await withContent(record, file, effects);
    // A text may be of several parts; what goes beside it goes with the first.
    return { output: inPart(output, after), extras: after === undefined ? extras : [] };
  },
  text: (output) => [asData(output, ['text'])],
});
