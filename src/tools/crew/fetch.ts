import { z } from 'zod';
import { readPage } from '../../kinds/uri.ts';
import { WholeRecord } from '../../views/found.ts';
import { crewPage } from '../../services/crew/crew-page.ts';
import { asData } from '../../printers/blocks.ts';
import { wholeRecord } from '../../printers/crew-record.ts';
import { CREW, READ } from '../authority.ts';
import { defineTool } from '../define-tool.ts';
import { cursor, shortLine } from '../fields.ts';
import { inPart } from '../in-parts.ts';
import { withContent } from '../with-content.ts';

export const fetchTool = defineTool({
  name: 'fetch',
  variant: 'crew',
  title: 'Open a record',
  description: 'A job you are on, its photo, appointment or walk & talk in full by number (J-12, F-9, A-4, W-3).',
  toolset: ['jobs', 'site'],
  roles: CREW,
  costs: 'none',
  annotations: READ,
  input: z.strictObject({ id: shortLine, cursor }),
  output: WholeRecord,
  reads: async (scope, { id }) => {
    const page = await crewPage(scope, readPage(id, scope.urlOf('job', '')), 'id');
    return { record: wholeRecord(page, scope), file: page.kind === 'file' ? page.record : null };
  },
  render: async ({ record, file }, { cursor: after }, effects) => {
    const { output, extras = [] } = await withContent(record, file, effects);
    // A text may be of several parts; what goes beside it goes with the first.
    return { output: inPart(output, after), extras: after === undefined ? extras : [] };
  },
  text: (output) => [asData(output, ['text'])],
});
